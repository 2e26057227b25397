"""The tracking list as Django knows it."""

from django.apps import AppConfig


class CancerConfig(AppConfig):
    """People on suspected-cancer pathways, whose names are in the vault, and the work of those who track them."""

    name = "stewardship.cancer"
    label = "cancer"
    verbose_name = "Cancer tracking list"

    def ready(self) -> None:
        """The vault keeps whoever a pathway is about."""
        from stewardship.cancer.references import on_a_pathway
        from stewardship.vault.references import register

        register("cancer", on_a_pathway)
