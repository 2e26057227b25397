"""Whom the tracking list is about, for the vault, which keeps the people that work refers to."""

from collections.abc import Collection


def on_a_pathway(person_ids: Collection[int]) -> set[int]:
    """Those of these people who have a pathway, open or closed."""
    from stewardship.cancer.models import TrackedPathway

    found = TrackedPathway.objects.filter(person_id__in=person_ids)
    return set(found.values_list("person_id", flat=True))
