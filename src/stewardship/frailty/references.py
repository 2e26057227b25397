"""Whom the register and the advice line are about, for the vault, which keeps the people that work refers to."""

from collections.abc import Collection


def on_the_register(person_ids: Collection[int]) -> set[int]:
    """Those of these people who have an entry of whatever state, or whom a call was about."""
    from stewardship.frailty.models import AdviceCall, Draft, Entry

    found: set[int] = set()
    for model in (Entry, AdviceCall, Draft):
        rows = model._default_manager.filter(person_id__in=person_ids)
        found |= {each for each in rows.values_list("person_id", flat=True) if each is not None}
    return found
