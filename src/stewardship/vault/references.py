"""Which people work refers to: each part of the product that keeps work about named people says so here."""

from collections.abc import Callable, Collection

from stewardship.vault.errors import VaultError

Refers = Callable[[Collection[int]], Collection[int]]
"""Given some ids of people, those of them that work refers to."""

_registered: dict[str, Refers] = {}


def register(name: str, refers: Refers) -> None:
    """Let a part of the product keep the people whom its work refers to; called when the part is loaded."""
    _registered[name] = refers


def referred_to(person_ids: Collection[int]) -> set[int]:
    """Those of these ids that any work refers to.

    Raises VaultError while no part has registered: nothing then tells an orphan from a person in somebody's care.
    """
    if not _registered:
        raise VaultError("No part of this system keeps work about named people, so nothing was swept.")
    return {each for refers in _registered.values() for each in refers(person_ids)}
