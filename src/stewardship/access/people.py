"""Which pseudonyms an officer means who gives an NHS number or a pseudonym."""

from collections.abc import Callable, Collection

from stewardship.records.identity import Identities
from stewardship.rules.nhs_number import nhs_number
from stewardship.system.environment import pseudonym_key
from stewardship.system.settings import NHS_NUMBERS, KeyVariables

LARGEST = 2**63 - 1
Finder = Callable[[str], Collection[int]]
"""Given the ten digits of an NHS number, every person_id that it stands for or once stood for."""

_finders: list[Finder] = []


class NobodyMeantError(Exception):
    """What was given is neither; the message says what to give, and never repeats it."""


def register_finder(find: Finder) -> None:
    """Let a room above that knows of superseded numbers add the pseudonyms they lead to."""
    _finders.append(find)


def people_meant(written: str) -> list[int]:
    """The person_ids that an NHS number, or pseudonyms separated by spaces, stand for.

    Raises NobodyMeantError, and SettingsError where the key of pseudonyms is missing.
    """
    if number := nhs_number(written):
        own = Identities(pseudonym_key(KeyVariables())).person_ids(NHS_NUMBERS, [number])
        return sorted({*own, *(person for find in _finders for person in find(number))})
    given = written.split()
    if not given or not all(_is_pseudonym(one) for one in given):
        raise NobodyMeantError("Enter an NHS number of ten digits, or a pseudonym. Check what was typed.")
    return sorted({int(one) for one in given})


def _is_pseudonym(text: str) -> bool:
    """Whether it can be one. Ten digits are an NHS number with a mistake in it, more likely than a pseudonym."""
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))
    return digits and len(text) != len("9990000018") and 0 < int(text) <= LARGEST
