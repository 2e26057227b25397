"""The attack on published results: whether anybody who knows the rules can work back what is hidden.

Only the published folders are read, never a record. Every figure is a statement about whole numbers: sums and
differences across places, groups, years and months, percentages and limits worked back, the same count shown by several
measures, and one snapshot less another. Nothing hidden may be determined, or bounded to fewer than seven values. Money
of budgets may not be told to within 7,000 pounds, and derived figures may not differ from what the published ones give.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from stewardship.measures.attack import (
    calls,
    follows,
    inverted,
    money,
    months,
    programmed,
    sums,
    two,
    waits,
    waits_found,
)
from stewardship.measures.attack.known import STEPS, THOUSAND_POUNDS, Known, Reading, read
from stewardship.measures.attack.report import Recovery, Report, Share
from stewardship.measures.published import EVERYONE, Published
from stewardship.records.progress import Progress, silent

__all__ = ["ENOUGH", "Recovery", "Report", "Share", "attack", "bounds"]

ENOUGH = 7  # so many values a hidden count keeps
SECONDS = 20.0  # for exact programming


def attack(
    published: Sequence[Published],
    *,
    everyone_is_placed: bool = False,
    seconds: float = SECONDS,
    progress: Progress = silent,
) -> Report:
    """Attack the results of one snapshot or several, oldest first.

    everyone_is_placed: take it that everybody of the system lies in one of the places under it, by practice and
    by home; right or wrong, it makes the attack stronger. seconds: how long integer programming may take for each.
    """
    tried: dict[str, int] = {}
    recovered: list[Recovery] = []
    counts = [0, 0, 0]
    before: Reading | None = None
    for number, each in enumerate(published):
        of = f"snapshot {number + 1} of {len(published)}" if len(published) > 1 else "the snapshot"
        progress(f"Reading {of}", 0.0)
        if before is not None:
            cells, found = two.subtract(before, read(each))
            tried[two.WAY] = tried.get(two.WAY, 0) + cells
            recovered += found
        one = _Attack(each, everyone_is_placed, seconds, progress, of)
        for way, cells in one.tried.items():
            tried[way] = tried.get(way, 0) + cells
        recovered += one.recovered
        counts = [sum(pair) for pair in zip(counts, one.counts, strict=True)]
        before = read(each) if number + 1 < len(published) else None
        progress(f"Reading {of}", 1.0)
    shares = shares_hidden(published[-1]) if published else ()
    ids = tuple(each.snapshot.id for each in published)
    return Report(ids, tried, tuple(recovered), shares, *counts)


def bounds(published: Published, *, everyone_is_placed: bool = False) -> Reading:
    """What the attack knows of every count in the end, without integer programming."""
    reading = read(published)
    for each in reading.inverted:
        inverted.invert(each)
    sums.carry_through(reading, everyone_is_placed=everyone_is_placed, progress=lambda done: None)
    return reading


def shares_hidden(published: Published) -> tuple[Share, ...]:
    """How many figures are hidden, by level of place, of everyone and of groups; those of missing data left out."""
    level = {card.code: card.level for card in published.snapshot.places}
    counted: dict[tuple[str, bool], list[int]] = {}
    for area in published.snapshot.with_strategy:
        table = published.table(area.key).select(["place", "by", "state"])
        for row, number in _counted(table):
            place, by, state = row
            if state == "missing":
                continue
            of = counted.setdefault((level.get(place, place), by != EVERYONE), [0, 0])
            of[0] += number
            of[1] += number * (state == "suppressed")
    return tuple(Share(*key, figures, hidden) for key, (figures, hidden) in sorted(counted.items()))


def _counted(table: pa.Table) -> list[tuple[tuple[str, str, str], int]]:
    grouped = table.group_by(["place", "by", "state"]).aggregate([([], "count_all")])
    columns = [grouped[name].to_pylist() for name in ("place", "by", "state", "count_all")]
    return [((p, b, s), n) for p, b, s, n in zip(*columns, strict=True)]


class _Attack:
    """The attack on one snapshot."""

    def __init__(
        self, published: Published, everyone_is_placed: bool, seconds: float, progress: Progress, of: str
    ) -> None:
        self.tried: dict[str, int] = {}
        self.recovered: list[Recovery] = []
        self.reading = reading = read(published)
        self._judge_differences()
        self._invert()
        progress(f"Adding up {of}", 0.0)
        sums.carry_through(
            reading,
            everyone_is_placed=everyone_is_placed,
            progress=lambda done: progress(f"Adding up {of}", done),
        )
        progress(f"Adding up {of}", 1.0)
        chosen = programmed.candidates(reading, ENOUGH)
        exactly = programmed.bound_exactly(
            reading,
            chosen,
            seconds=seconds,
            everyone_is_placed=everyone_is_placed,
            progress=lambda done: progress(f"Bounding {of} exactly", done),
        )
        progress(f"Bounding {of} exactly", 1.0)
        hidden = sum(int(known.hidden.sum()) for known in reading.known.values())
        self.counts = [hidden, exactly, len(chosen) - exactly]
        self._judge_hidden()
        self._beside(published, everyone_is_placed, progress, of)

    def _beside(self, published: Published, everyone_is_placed: bool, progress: Progress, of: str) -> None:
        """What stands beside the figures: months, the budget, cancer waits, and what was worked out of figures."""
        progress(f"Reading months, money and what follows of {of}", 0.0)
        of_months = months.attack_months(
            published, self.reading, everyone_is_placed=everyone_is_placed, enough=ENOUGH
        )
        by_way = {
            months.WAY: of_months,
            money.WAY: money.attack_money(published, enough=ENOUGH),
            follows.WAY: follows.attack_derived(published),
            waits.WAY: waits.attack_waits(published, enough=ENOUGH),
            waits_found.WAY: waits_found.attack_found(published, enough=ENOUGH),
            calls.WAY: calls.attack_calls(published, enough=ENOUGH),
        }
        for way, (tried, found) in by_way.items():
            self.tried[way] = tried
            self.recovered += found
        progress(f"Reading months, money and what follows of {of}", 1.0)

    def _invert(self) -> None:
        for each in self.reading.inverted:
            by_limits = each.measure.statistic == "standardised rate"
            way = "limits inverted" if by_limits else "percentages and rates inverted"
            self.tried[way] = self.tried.get(way, 0) + len(each.cells)
            inverted.invert(each)
            if by_limits:
                left = inverted.counts_left(each)
                for row in np.flatnonzero(left < ENOUGH):
                    self._found(way, each.numerator, int(each.cells[row]), STEPS[5], each.measure.key)

    def _judge_hidden(self) -> None:
        """Hidden counts that are determined or bounded to fewer than seven values, and shown counts of a few."""
        for known in self.reading.known.values():
            way = f"hidden {known.quantity.kind.replace('-', ' ')}"
            self.tried[way] = self.tried.get(way, 0) + int(known.hidden.sum())
            for cell in np.flatnonzero(self._told(known)):
                self._found(way, known, int(cell))
            if known.quantity.kind in ("people", "people-in-year"):
                few = known.shown & (known.low >= 1) & (known.high <= min(known.largest_hidden, ENOUGH))
                for cell in np.flatnonzero(few):
                    self._found("shown as it is", known, int(cell), "a count of a few people")

    def _told(self, known: Known) -> np.ndarray:
        width = np.floor(known.high + 1e-6) - np.ceil(known.low - 1e-6) + 1
        possible = known.high >= known.low - 1e-6
        if known.quantity.kind == "pence":
            few_people = self._hidden_people(known)
            little = (known.low > 0) & (width < ENOUGH * THOUSAND_POUNDS)
            return np.asarray(known.hidden & possible & few_people & little)
        if known.quantity.kind == "person-years":
            width = known.high - known.low + 1
        return np.asarray(known.hidden & possible & (known.high >= 1) & (width < ENOUGH - 1e-6))

    def _hidden_people(self, money: Known) -> np.ndarray:
        """Where the people whom money was for are hidden too: the narrowest of those among whom they are counted.

        The residents of a place may be hidden where the many of them who have a condition are not.
        """
        among = [
            known
            for known in self.reading.known.values()
            if known.quantity.kind == "people-in-year" and known.quantity.of < money.quantity.of
        ]
        narrowest = max((len(known.quantity.of) for known in among), default=0)
        hidden = np.zeros(len(money.low), np.bool_)
        for known in among:
            if len(known.quantity.of) == narrowest:
                hidden |= known.hidden
        return hidden

    def _judge_differences(self) -> None:
        """A group of people within another, both shown: the difference of the two must not pin those between.

        Each by its own figure: what sums add to a shown count is not looked at here.
        """
        way = "differences of nested groups"
        of_people = [known for known in self.reading.known.values() if known.quantity.kind == "people"]
        for inner in of_people:
            for outer in of_people:
                if not outer.quantity.of < inner.quantity.of or outer.quantity.years != inner.quantity.years:
                    continue
                both = inner.shown & outer.shown
                self.tried[way] = self.tried.get(way, 0) + int(both.sum())
                low = np.maximum(outer.low - inner.high, 0)
                high = outer.high - inner.low
                told = both & (low >= 1) & (low <= ENOUGH) & (high - low + 1 < ENOUGH) & (high <= ENOUGH)
                for cell in np.flatnonzero(told):
                    names = f"{outer.measures[0]} less {inner.measures[0]}"
                    where = self.reading.where(int(cell))
                    self.recovered.append(
                        Recovery(
                            way, names, *where, float(low[cell]), float(high[cell]), _steps(outer, int(cell))
                        )
                    )

    def _found(self, way: str, known: Known, cell: int, steps: str = "", measure: str = "") -> None:
        where = self.reading.where(cell)
        low, high = float(np.ceil(known.low[cell] - 1e-6)), float(np.floor(known.high[cell] + 1e-6))
        name = measure or known.measures[0]
        self.recovered.append(Recovery(way, name, *where, low, high, steps or _steps(known, cell)))


def _steps(known: Known, cell: int) -> str:
    told = int(known.steps[cell])
    return "; ".join(step for bit, step in enumerate(STEPS) if told >> bit & 1) or "its own figure"
