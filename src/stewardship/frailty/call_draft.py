"""Two pages of one draft: what each typed is brought together field by field, and where both changed one, none is lost.

Pure: what was saved, what a page saw and what it sends now come in as texts by field.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from stewardship.frailty.call_fields import FIELDS

Typed = Mapping[str, str]


@dataclass(frozen=True)
class Difference:
    """A field that this page changed after another page had: what is saved now, and what this page has."""

    name: str
    now: str
    mine: str


@dataclass(frozen=True)
class Merged:
    """taken: fields to be saved. differences: fields that wait for somebody to choose. unasked: advice for which the
    caller was not asked first what they would do."""

    taken: Typed
    differences: tuple[Difference, ...]
    unasked: Typed


def merged(now: Typed, seen: Typed, mine: Typed) -> Merged:
    """What a page sends, brought together with what is saved.

    now: what is saved. seen: what was saved when the page last looked. mine: the fields that the page sends, others are
    left as they are. A field that the page did not change is left to whoever did. Advice is not taken before the
    caller's intended action is there, and that action is not taken away again while advice stands.
    """
    changed = {name: value for name, value in mine.items() if name in FIELDS and value != seen.get(name, "")}
    differs = {name for name in changed if now.get(name, "") not in (seen.get(name, ""), changed[name])}
    wanted = {
        name: value for name, value in changed.items() if name not in differs and value != now.get(name, "")
    }
    unasked = _unasked(now, wanted)
    taken = {name: value for name, value in wanted.items() if name not in unasked}
    differences = tuple(
        Difference(name, now.get(name, ""), changed[name]) for name in changed if name in differs
    )
    return Merged(taken, differences, unasked)


def _unasked(now: Typed, wanted: Typed) -> dict[str, str]:
    intended = wanted.get("intended", now.get("intended", ""))
    if intended:
        return {}
    kept = {name: value for name, value in wanted.items() if FIELDS[name].advice and value}
    advised = any(value and FIELDS[name].advice for name, value in now.items() if name in FIELDS)
    if advised and "intended" in wanted:
        kept["intended"] = ""
    return kept
