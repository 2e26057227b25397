"""Whom the register is about, for the vault, which keeps the people that work refers to."""

from collections.abc import Collection


def on_the_register(person_ids: Collection[int]) -> set[int]:
    """Those of these people who have an entry of whatever state."""
    from stewardship.frailty.models import Entry

    found = Entry.objects.filter(person_id__in=person_ids)
    return set(found.values_list("person_id", flat=True))
