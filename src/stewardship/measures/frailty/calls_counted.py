"""Calls and what came of them, counted by year and group and made fit to be shown.

Everything is controlled together: what is counted of index calls adds up in several ways (those followed up, those not
yet, those in hospital), and groups add up to everyone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from stewardship.measures import statistics
from stewardship.measures.cancer.courses import Days, Flags, Names
from stewardship.measures.cancer.grid import Counts, Groups, Spans, adding_up
from stewardship.measures.controlled import HIDDEN_WORDS, Controlled
from stewardship.measures.differencing import Partition
from stewardship.measures.disclosure import People, control_rates
from stewardship.measures.frailty.calls_judged import (
    ADMITTED,
    ASKED,
    AT_HOME,
    ATTENDED,
    CAME,
    CLAIMED,
    DIED,
    DIED_FIRST,
    IN_HOSPITAL,
    INDEX,
    KNOWN,
    NOT_ADMITTED,
    NOT_YET,
    TO_HOSPITAL,
    TO_STAY,
    Judged,
    by_day,
)
from stewardship.measures.frailty.calls_published import CALLS, OUTCOMES
from stewardship.measures.published import EVERYONE
from stewardship.rules.frailty.calls import DAYS

REST = "not "


@dataclass(frozen=True)
class Share:
    """A share that is published: of how many, and on which day. of: what is its denominator."""

    what: str
    of: str
    day: int | None = None


SHARES = (
    *(
        Share(by_day(each, day), by_day(KNOWN, day), day)
        for day in DAYS
        for each in (ATTENDED, DIED, AT_HOME)
    ),
    *(Share(by_day(ADMITTED, day), by_day("admitted or not", day), day) for day in DAYS),
    *(Share(by_day(each, day), INDEX, day) for day in DAYS for each in (KNOWN, NOT_YET)),
    Share(IN_HOSPITAL, INDEX),
    Share(ASKED, INDEX),
    Share(TO_HOSPITAL, ASKED),
    Share(CLAIMED, TO_HOSPITAL),
    Share(CAME, TO_STAY, 1),
)
SUMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    *((INDEX, (by_day(KNOWN, day), by_day(NOT_YET, day), IN_HOSPITAL)) for day in DAYS),
    *((by_day(KNOWN, day), (by_day("admitted or not", day), by_day(DIED_FIRST, day))) for day in DAYS),
    *((by_day("admitted or not", day), (by_day(ADMITTED, day), by_day(NOT_ADMITTED, day))) for day in DAYS),
    *(
        (by_day(KNOWN, day), (by_day(each, day), REST + by_day(each, day)))
        for day in DAYS
        for each in (ATTENDED, DIED, AT_HOME)
    ),
    (INDEX, (ASKED, REST + ASKED)),
    (ASKED, (TO_HOSPITAL, REST + TO_HOSPITAL)),
    (TO_HOSPITAL, (CLAIMED, REST + CLAIMED)),
    (INDEX, (TO_STAY, REST + TO_STAY)),
    (TO_STAY, (CAME, REST + CAME)),
)
"""What adds up to what, of the index calls of a year and group."""


@dataclass(frozen=True)
class Placed:
    """Where calls stand: year (-1 for none), person, and their group in each way of dividing them."""

    year: Days
    person: Days
    groups: Groups
    numbers: tuple[Days, ...]

    @staticmethod
    def of(year: Days, person: Days, named: Mapping[str, Names]) -> "Placed":
        """Of calls whose groups have these names."""
        groups = Groups.of(named)
        numbers = [np.zeros(len(year), np.int64), *(groups.numbers(by, each) for by, each in named.items())]
        return Placed(year, person, groups, tuple(numbers))

    def counted(self, those: Flags, years: int) -> tuple[Counts, Counts]:
        """Calls and people, years x groups, of some of them."""
        return self.by_span(self.year, those, years)

    def by_span(self, span: Days, those: Flags, spans: int) -> tuple[Counts, Counts]:
        """Calls and people, spans x groups, of some of the calls. span: of each, -1 for none."""
        calls, people = (np.zeros((spans, len(self.groups)), np.int64) for _ in range(2))
        inside = those & (span >= 0)
        for number in self.numbers:
            np.add.at(calls, (span[inside], number[inside]), 1)
            whose = np.unique(np.stack([span[inside], number[inside], self.person[inside]], axis=1), axis=0)
            np.add.at(people, (whose[:, 0], whose[:, 1]), 1)
        return calls, people


def fit_to_show(calls: Counts, people: Counts, sums: Sequence[Partition]) -> Controlled:
    """Counts of calls, hidden where 1 to 7 of them, or of the people they are about, would be told of."""
    behind = people.reshape(-1)
    flat = calls.reshape(-1)
    return control_rates(flat, np.zeros_like(flat), sums, People(behind, behind)).numerator


def calls_table(placed: Placed, day: Days, spans: Spans) -> pa.Table:
    """All calls (CALLS)."""
    every = np.ones(len(placed.year), np.bool_)
    years, people = placed.counted(every, len(spans.years))
    alone = Placed(placed.year, placed.person, Groups(((EVERYONE, EVERYONE),)), placed.numbers[:1])
    # Behind the months and the years stands what is left of each year, of which nothing is told.
    months, of_months = alone.by_span(spans.month(day), every, len(spans))
    of_everyone = np.arange(len(spans.years)) + len(spans.months)
    months[of_everyone], of_months[of_everyone] = years[:, :1], people[:, :1]
    rows = np.arange(years.size).reshape(years.shape)
    parts, totals = spans.in_years
    first, many = len(months), len(placed.groups)
    sums = [*(each.moved(first) for each in adding_up(placed.groups, rows)), Partition(parts, totals)]
    # Everyone of a year stands in both: one row of months, one of groups, which are the same.
    sums.append(Partition(first + rows[:, 0], of_everyone))
    shown = fit_to_show(np.concatenate([months[:, 0], years.reshape(-1)]),
                        np.concatenate([of_months[:, 0], people.reshape(-1)]), sums)  # fmt: skip
    chosen = np.concatenate([np.arange(len(spans.months)), first + np.arange(years.size)])
    ends = [*spans.months, *(year for year in spans.years for _ in range(many))]
    pairs = [(EVERYONE, EVERYONE)] * len(spans.months) + [*placed.groups.pairs] * len(spans.years)
    return pa.table({
        "period": ["month"] * len(spans.months) + ["year"] * years.size,
        **_where(ends, pairs),
        "calls": _numbers(shown, chosen), **_states(~shown.shown[chosen]),
    }).select(CALLS.names).cast(CALLS)  # fmt: skip


def outcomes_table(placed: Placed, judged: Judged, spans: Spans) -> pa.Table:
    """What came of index calls (OUTCOMES). placed: the index calls alone."""
    those = _with_rests(judged.those)
    names = {name: number for number, name in enumerate(those)}
    counted = [placed.counted(flags, len(spans.years)) for flags in those.values()]
    calls, people = (np.stack([each[side] for each in counted]) for side in (0, 1))
    rows = np.arange(calls.size).reshape(calls.shape)
    sums = adding_up(placed.groups, rows)
    for total, parts in SUMS:
        of = np.concatenate([rows[names[part]].reshape(-1) for part in parts])
        sums.append(Partition(of, np.tile(rows[names[total]].reshape(-1), len(parts))))
    shown = fit_to_show(calls, people, sums)
    tables = [
        _share(each, shown, rows[names[each.what]], rows[names[each.of]], placed, spans) for each in SHARES
    ]
    return pa.concat_tables(tables)


def _with_rests(those: Mapping[str, Flags]) -> dict[str, Flags]:
    """With those among whom a share is counted and of whom it is not said."""
    found = dict(those)
    for day in DAYS:
        found[by_day("admitted or not", day)] = (
            found[by_day(ADMITTED, day)] | found[by_day(NOT_ADMITTED, day)]
        )
    for total, parts in SUMS:
        for part in parts:
            if part.startswith(REST) and part not in found:
                found[part] = found[total] & ~found[part.removeprefix(REST)]
    return found


def _share(
    share: Share, shown: Controlled, what: Counts, of: Counts, placed: Placed, spans: Spans
) -> pa.Table:
    part, whole = what.reshape(-1), of.reshape(-1)
    hidden = ~shown.shown[part] | ~shown.shown[whole]
    numerator = np.minimum(shown.numbers[part], shown.numbers[whole])
    found = statistics.proportions(numerator, shown.numbers[whole], multiplier=100)
    ends = [year for year in spans.years for _ in placed.groups.pairs]
    return pa.table({
        "what": [share.what] * len(part), "of": [share.of] * len(part),
        "day": pa.array([share.day] * len(part), pa.int64()), "period": ["year"] * len(part),
        **_where(ends, [*placed.groups.pairs] * len(spans.years)),
        "numerator": pa.array(numerator, from_pandas=True).cast(pa.int64()),
        "denominator": _numbers(shown, whole),
        **{name: pa.array(getattr(found, name), from_pandas=True) for name in ("value", "lower95", "upper95")},
        **_states(hidden),
    }).select(OUTCOMES.names).cast(OUTCOMES)  # fmt: skip


def _where(ends: Sequence[tuple[object, object]], pairs: Sequence[tuple[str, str]]) -> dict[str, pa.Array]:
    return {
        "start": pa.array([start for start, _ in ends], pa.date32()),
        "end": pa.array([end for _, end in ends], pa.date32()),
        "by": pa.array([by for by, _ in pairs], pa.string()),
        "group": pa.array([name for _, name in pairs], pa.string()),
    }


def _numbers(shown: Controlled, rows: Counts) -> pa.Array:
    return pa.array(shown.numbers[rows], from_pandas=True).cast(pa.int64())


def _states(hidden: Flags) -> dict[str, pa.Array]:
    return {
        "state": pa.array(np.where(hidden, "suppressed", "shown").astype(object), pa.string()),
        "reason": pa.array(np.where(hidden, HIDDEN_WORDS, "").astype(object), pa.string()),
    }
