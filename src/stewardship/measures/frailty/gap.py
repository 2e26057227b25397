"""Who is missing from the registers, and where: people recorded against people expected, by place and by fifth.

Worked out from published figures alone, after disclosure control, so that it tells nothing new. What is expected is a
share of residents of each age (`expected.toml`): a reason to look for people, and no target.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from stewardship.measures import statistics
from stewardship.measures.published import EVERYONE, Card, Figure, PlaceCard, Published

AREA = "ageing-well"
LEVELS = ("system", "alliance", "network", "practice")
"""Where the registers are kept: the places of registration."""
FIFTH = "deprivation fifth"
GAP = pa.schema([
    ("condition", pa.string()),  # frailty, dementia, end_of_life
    ("place", pa.string()), ("level", pa.string()), ("name", pa.string()),
    ("by", pa.string()), ("group", pa.string()),  # everyone, or deprivation fifth and 1 (most deprived) to 5
    ("recorded", pa.int64()), ("expected", pa.int64()), ("missing", pa.int64()),  # people; missing: not below 0
    ("found", pa.float64()), ("lower95", pa.float64()), ("upper95", pa.float64()),  # of each 100 expected
    ("state", pa.string()), ("reason", pa.string()),  # shown, suppressed or missing, and why
    ("verdict", pa.string()),  # fewer than expected, as many as expected, more than expected; or empty
    ("basis", pa.string()),  # what the expected number rests on, in words
])  # fmt: skip


@dataclass(frozen=True)
class Expected:
    """How common a condition is. measure: key of the proportion that counts who is recorded. ages: by age group."""

    key: str
    name: str
    measure: str
    among: str
    overall: float
    source: str
    ages: Mapping[str, float]


@cache
def expected_shares() -> tuple[Expected, ...]:
    """The shares of `expected.toml`."""
    written = tomllib.loads(Path(__file__).with_name("expected.toml").read_text(encoding="utf-8"))
    return tuple(Expected(**{"ages": {}, **row}) for row in written["condition"])


def gap_table(published: Published) -> pa.Table:
    """Recorded and expected of the latest year (GAP): conditions, then places by level and code, then fifths."""
    area = next((area for area in published.snapshot.areas if area.key == AREA), None)
    cards = {card.key: card for card in area.measures} if area else {}
    rows = [
        row
        for condition in expected_shares()
        if condition.measure in cards
        for row in _of_condition(published, condition, cards[condition.measure])
    ]
    return pa.Table.from_pylist(rows, schema=GAP)


def _of_condition(published: Published, condition: Expected, card: Card) -> Iterator[dict[str, Any]]:
    latest = published.snapshot.periods[-1][1]
    figures = {
        (figure.place, figure.by, figure.group): figure
        for figure in published.figures(AREA, measure=condition.measure)
        if figure.period_end == latest
    }
    order = sorted(
        (place for place in published.snapshot.places if place.level in LEVELS),
        key=lambda place: (LEVELS.index(place.level), place.code),
    )
    for place in order:
        of_place = {(by, group): each for (code, by, group), each in figures.items() if code == place.code}
        fifths = sorted(group for by, group in of_place if by == FIFTH and group.isdigit())
        for by, group in [(EVERYONE, EVERYONE), *((FIFTH, fifth) for fifth in fifths)]:
            yield _row(condition, card, place, by, group, of_place)


def _row(
    condition: Expected,
    card: Card,
    place: PlaceCard,
    by: str,
    group: str,
    figures: Mapping[tuple[str, str], Figure],
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "condition": condition.key, "place": place.code, "level": place.level, "name": place.name, "by": by,
        "group": group, "verdict": "", "basis": "",
    }  # fmt: skip
    figure = figures.get((by, group))
    if figure is None or figure.state != "shown" or figure.numerator is None or figure.denominator is None:
        state = "missing" if figure is None or figure.state == "missing" else "suppressed"
        why = figure.reason if figure else "Missing: nothing was counted of this place"
        return row | {"state": state, "reason": why}
    number, basis = _number(condition, figure, figures)
    if number <= 0:
        return row | {"state": "missing", "reason": f"Missing: no {condition.among} were counted"}
    return row | _compared(figure.numerator, number, card) | {"basis": basis}


def _number(
    condition: Expected, figure: Figure, figures: Mapping[tuple[str, str], Figure]
) -> tuple[float, str]:
    """How many are expected, by the ages of who lives there where they are shown, and else by the share overall."""
    people = {age: figures.get(("age band", age)) for age in condition.ages}
    known = [
        each.denominator for each in people.values() if each is not None and each.denominator is not None
    ]
    if figure.by == EVERYONE and condition.ages and len(known) == len(condition.ages):
        shares = condition.ages.values()
        return sum(share * many for share, many in zip(shares, known, strict=True)), "by age"
    return condition.overall * (figure.denominator or 0), f"{100 * condition.overall:g}% of {condition.among}"


def _compared(recorded: int, expected: float, card: Card) -> dict[str, Any]:
    """Recorded people are rounded: each limit is that of the number they may be at the least or at the most."""
    by = card.rounded_to // 2
    least, here, most = (
        statistics.rates(np.array([max(0, recorded + each)]), np.array([expected]), multiplier=100)
        for each in (-by, 0, by)
    )
    lower, upper = float(least.lower95[0]), float(most.upper95[0])
    verdict = (
        "fewer than expected"
        if upper < 100
        else "more than expected"
        if lower > 100
        else "as many as expected"
    )
    return {
        "recorded": recorded, "expected": round(expected), "missing": max(0, round(expected) - recorded),
        "found": float(here.value[0]), "lower95": lower, "upper95": upper, "state": "shown", "reason": "",
        "verdict": verdict,
    }  # fmt: skip
