"""The care-area pages as Django knows them."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """Care areas: what is published about each, by place."""

    name = "stewardship.profiles"
    label = "profiles"
    verbose_name = "Care areas"
