"""The frailty register as Django knows it."""

from django.apps import AppConfig


class FrailtyConfig(AppConfig):
    """People on the frailty register and the advice line, whose names are in the vault, and what is done for them."""

    name = "stewardship.frailty"
    label = "frailty"
    verbose_name = "Frailty register and advice line"

    def ready(self) -> None:
        """The vault keeps whoever an entry is about."""
        from stewardship.frailty.references import on_the_register
        from stewardship.vault.references import register

        register("frailty", on_the_register)
