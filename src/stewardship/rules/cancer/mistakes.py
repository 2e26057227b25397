"""What cannot be true of a pathway, as sentences for whoever can mend it.

Source: section 9 of the rules (checks 1 to 3), docs/cancer-waiting-times.md.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from stewardship.rules.cancer import codes
from stewardship.rules.cancer.pathway import Pathway

HAPPENED = {
    "received": "the referral was received",
    "upgraded": "the consultant's upgrade was made",
    "missed": "the first appointment was missed",
    "rebooked": "the first appointment was rebooked",
    "first_seen": "the person was first seen",
    "told": "the 28-day pathway ended",
    "left": "the person left the pathway",
    "transferred": "the transfer was received",
    "decided": "the decision to treat was made",
    "started": "treatment started",
    "pause_from": "the pause began",
    "pause_to": "the pause ended",
}
ORDERS = (
    *(("received", later) for later in HAPPENED if later != "received"),
    ("missed", "rebooked"),
    ("missed", "first_seen"),
    ("rebooked", "first_seen"),
    ("pause_from", "pause_to"),
    ("pause_from", "started"),
    ("pause_to", "started"),
    ("transferred", "started"),
)
"""Which may not come after which. A decision after treatment is allowed: its wait is 0 days (R7)."""
OF_AN_UPGRADE = (("upgraded", "decided"), ("upgraded", "started"))

CODED: tuple[tuple[str, Collection[str]], ...] = (
    ("referral_type", codes.REFERRAL_TYPES),
    ("end_reason", codes.END_REASONS),
    ("event_type", codes.TREATMENT_EVENTS),
    ("modality", {**codes.MODALITIES, **codes.RETIRED_MODALITIES}),
    ("care_setting", codes.CARE_SETTINGS),
)


class Mistake(NamedTuple):
    """What is wrong, and with which field of a `Pathway` or its `Treatment`; words are a sentence without a stop."""

    field: str
    words: str


def mistakes(pathway: Pathway) -> tuple[Mistake, ...]:
    """What has to be mended before a pathway can be judged: unknown codes, a missing start, orders that cannot be."""
    return (*_unknown_codes(pathway), *_no_start(pathway), *_impossible_orders(pathway))


def _of(pathway: Pathway, field: str) -> object:
    """A field of the pathway or, where it has none of that name, of its treatment."""
    return getattr(pathway, field) if hasattr(pathway, field) else getattr(pathway.treatment, field, None)


def _unknown_codes(pathway: Pathway) -> Iterator[Mistake]:
    for field, known in CODED:
        code = _of(pathway, field)
        if code and code not in known:
            yield Mistake(field, f"that is no code of it: it can be {_listed(known)}")


def _listed(known: Collection[str]) -> str:
    *others, last = sorted(known)
    return f"{', '.join(others)} or {last}"


def _no_start(pathway: Pathway) -> Iterator[Mistake]:
    if pathway.route is codes.Route.UPGRADE:
        if pathway.upgraded is None:
            yield Mistake("upgraded", "an upgrade needs the day on which the consultant made it")
    elif pathway.route is not codes.Route.NONE and pathway.received is None:
        yield Mistake("received", f"the route {pathway.route.value} needs the day its referral was received")


def _impossible_orders(pathway: Pathway) -> Iterator[Mistake]:
    orders = (*ORDERS, *OF_AN_UPGRADE) if pathway.route is codes.Route.UPGRADE else ORDERS
    for first, second in orders:
        before, after = _of(pathway, first), _of(pathway, second)
        if isinstance(before, date) and isinstance(after, date) and after < before:
            words = f"{HAPPENED[second]} on {in_words(after)}, before {HAPPENED[first]} on {in_words(before)}"
            yield Mistake(second, words)


def in_words(day: date) -> str:
    """A day as people write it: 3 May 2025."""
    return f"{day.day} {day:%B %Y}"
