"""The access log as Django knows it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The log of who looked at whom, its pages, and the watch over unusual reading."""

    name = "stewardship.access"
    label = "access"
    verbose_name = "Access log"
