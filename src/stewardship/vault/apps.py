"""The vault as Django knows it."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Who the people are, sealed, and the pages on which somebody is found."""

    name = "stewardship.vault"
    label = "vault"
    verbose_name = "Identity vault"

    def ready(self) -> None:
        """The privacy officer's pages follow superseded numbers through the crosswalk."""
        from stewardship.access.people import register_finder
        from stewardship.vault.formerly import everybody_meant

        register_finder(everybody_meant)
