"""The page "What can be measured" as Django knows it."""

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    """Which care areas can use which measures yet, and what would unlock the rest."""

    name = "stewardship.readiness"
    label = "readiness"
    verbose_name = "What can be measured"
