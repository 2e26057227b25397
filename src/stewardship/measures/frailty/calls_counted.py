"""Calls and what came of them, counted by year and group and made fit to be shown.

What is shown of index calls is of those followed up alone: how many were in hospital or are not yet followed up is not
told, since with what is shown it would tell of a few people.
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
from stewardship.measures.disclosure import People, control_proportions, control_rates
from stewardship.measures.frailty.calls_judged import Judged
from stewardship.measures.frailty.calls_named import (
    CAME,
    CLAIMED,
    KNOWN,
    TO_HOSPITAL,
    TO_STAY,
    by_day,
)
from stewardship.measures.frailty.calls_named import OUTCOMES as CAME_OF
from stewardship.measures.frailty.calls_published import CALLS, OUTCOMES
from stewardship.measures.published import EVERYONE
from stewardship.rules.frailty.calls import DAYS


@dataclass(frozen=True)
class Share:
    """A share that is published: of how many, and on which day. of: what is its denominator."""

    what: str
    of: str
    day: int | None = None


SHARES = (
    *(Share(by_day(each, day), by_day(KNOWN, day), day) for day in DAYS for each in CAME_OF),
    Share(CLAIMED, TO_HOSPITAL),
    Share(CAME, TO_STAY, 1),
)


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
    years = len(spans.years)
    counted = {name: placed.counted(flags, years) for name, flags in judged.those.items()}
    sums = adding_up(placed.groups, np.arange(years * len(placed.groups)).reshape(years, -1))
    return pa.concat_tables(
        [_share(each, counted[each.what], counted[each.of], sums, placed, spans) for each in SHARES]
    )


def _share(
    share: Share,
    what: tuple[Counts, Counts],
    of: tuple[Counts, Counts],
    sums: Sequence[Partition],
    placed: Placed,
    spans: Spans,
) -> pa.Table:
    """One share. what, of: calls and people, years x groups."""
    (part, had), (whole, called) = ([each.reshape(-1) for each in pair] for pair in (what, of))
    pair = control_proportions(part, whole, sums, People(called, had))
    denominator = pair.denominator.numbers
    numerator = np.minimum(pair.numerator.numbers, denominator)
    found = statistics.proportions(numerator, denominator, multiplier=100)
    ends = [year for year in spans.years for _ in placed.groups.pairs]
    return pa.table({
        "what": [share.what] * len(part), "of": [share.of] * len(part),
        "day": pa.array([share.day] * len(part), pa.int64()), "period": ["year"] * len(part),
        **_where(ends, [*placed.groups.pairs] * len(spans.years)),
        "numerator": pa.array(numerator, from_pandas=True).cast(pa.int64()),
        "denominator": pa.array(denominator, from_pandas=True).cast(pa.int64()),
        **{name: pa.array(getattr(found, name), from_pandas=True) for name in ("value", "lower95", "upper95")},
        **_states(np.isnan(numerator)),
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
