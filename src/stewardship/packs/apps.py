"""The packs of care areas as Django knows them."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """What a care area's team takes to its meeting: a paper and a workbook."""

    name = "stewardship.packs"
    label = "packs"
    verbose_name = "Packs"
