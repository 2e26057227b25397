"""The vault as Django knows it."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Who the people are, sealed, and the pages on which somebody is found."""

    name = "stewardship.vault"
    label = "vault"
    verbose_name = "Identity vault"
