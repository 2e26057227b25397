"""The site as Django knows it."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Sign-in, roles and the pages around the rooms."""

    name = "stewardship.site"
    label = "site"
    verbose_name = "Site"
