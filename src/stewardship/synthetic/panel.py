"""Tables of practices and of matched people by month, without files of partners: for studies over hundreds of seeds.

They come from the same draws as the files: the same people, the same admissions, the same that were prevented.
What is not needed for them is not made, so that a system of any size takes seconds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.records.progress import Progress, silent
from stewardship.synthetic.batches import Making
from stewardship.synthetic.crises import crises_table, stays_table
from stewardship.synthetic.delivering import in_order
from stewardship.synthetic.extracts import chosen, days, numbers
from stewardship.synthetic.lives import Days, Plan, Small, Whole
from stewardship.synthetic.matching import (
    Candidates,
    all_of,
    candidates_of,
    matched,
    months_table,
    people_table,
)
from stewardship.synthetic.months import Months, each_month, months_of
from stewardship.synthetic.places import Places
from stewardship.synthetic.synthesise import TRUTH, Synthesised, made_with
from stewardship.synthetic.truth import Planted, together, write_truth
from stewardship.synthetic.use.changes import (
    NETWORKS,
    Crises,
    change_day,
    with_advice_line,
    with_coordination,
)
from stewardship.synthetic.use.emergencies import Emergencies, emergencies_of
from stewardship.synthetic.use.rates import Expected
from stewardship.synthetic.use.times import Happened, Positions
from stewardship.synthetic.use.truths import advice_line_effect, service_change
from stewardship.synthetic.use.urgent_care import home_attendances

Prevented = Literal["advice line", "coordination"]
NOTHING: frozenset[Prevented] = frozenset()


@dataclass(frozen=True)
class PracticeMonths:
    """Whole numbers by practice (rows) and month (columns): days registered and alive, emergency use; of all, and of
    people with frailty."""

    observed: Whole
    observed_frail: Whole
    admissions: Whole
    admissions_frail: Whole
    attendances: Whole

    def __add__(self, other: "PracticeMonths") -> "PracticeMonths":
        """Those of two groups of residents."""
        return PracticeMonths(
            *(getattr(self, each.name) + getattr(other, each.name) for each in fields(self))
        )


@dataclass(frozen=True)
class Panel:
    """What is known of a system by month.

    practices: a row a practice and month. people: enrolled people and their controls, by set. person_months: a row a
    matched person and month. exposure: the networks of the service change, and its first day. crises: of people with
    frailty since the advice line began; stays: emergency stays of those people.
    """

    practices: pa.Table
    people: pa.Table
    person_months: pa.Table
    exposure: pa.Table
    crises: pa.Table
    stays: pa.Table
    planted: dict[str, Planted] = field(compare=False)


@dataclass(frozen=True)
class _Part:
    months: PracticeMonths
    candidates: Candidates
    crises: pa.Table
    stays: pa.Table
    planted: tuple[Planted, ...]


def panel(plan: Plan, *, threads: int = 1, progress: Progress = silent) -> Panel:
    """The tables of a plan; the same for the same plan, whatever the threads."""
    (made,) = worlds(plan, [NOTHING], threads=threads, progress=progress)
    return made


def worlds(
    plan: Plan, without: Sequence[frozenset[Prevented]], *, threads: int = 1, progress: Progress = silent
) -> list[Panel]:
    """The tables of a plan as they would be if some of what is planted happened but prevented nothing.

    without: for each of the panels, what prevents nothing there, so that a study of it should find nothing.
    """
    progress("Settling how much is used", 0.0)
    making, months = Making.of(plan), months_of(plan)
    parts = []
    for number, of_batch in enumerate(
        in_order(lambda batch: _parts(making, batch, months, without), making.batches, threads)
    ):
        parts.append(of_batch)
        progress("Making tables by month", (number + 1) / making.batches)
    return [_panel(plan, making.places, months, own) for own in zip(*parts, strict=True)]


def _panel(plan: Plan, places: Places, months: Months, parts: Sequence[_Part]) -> Panel:
    candidates = all_of([part.candidates for part in parts])
    pairs = matched(candidates)
    return Panel(
        practices=_practice_table(_sum(part.months for part in parts), places, months),
        people=people_table(candidates, pairs, places),
        person_months=months_table(candidates, pairs, months),
        exposure=_exposure(plan, places),
        crises=pa.concat_tables(part.crises for part in parts).unify_dictionaries(),
        stays=pa.concat_tables(part.stays for part in parts),
        planted=together(planted for part in parts for planted in part.planted),
    )


def write_panel(plan: Plan, into: Path, *, threads: int = 1, progress: Progress = silent) -> Synthesised:
    """Write the tables of a plan as Parquet files, and truth.json beside them."""
    made = panel(plan, threads=threads, progress=progress)
    tables = {
        "practice-months": made.practices,
        "matched-people": made.people,
        "matched-person-months": made.person_months,
        "exposure": made.exposure,
        "crises": made.crises,
        "crisis-stays": made.stays,
    }
    for name, table in tables.items():
        pq.write_table(table, into / f"{name}.parquet", compression="zstd", compression_level=1)
    write_truth(into / TRUTH, made_with(plan), made.planted)
    return Synthesised({name: table.num_rows for name, table in tables.items()}, made.planted)


def _parts(
    making: Making, batch: int, months: Months, without: Sequence[frozenset[Prevented]]
) -> list[_Part]:
    expected = making.expected(batch)
    attendances, scales = home_attendances(expected), making.settled.use.scales
    emergencies = emergencies_of(expected)
    crises, advised = with_advice_line(expected, scales, emergencies)
    return [
        _part(
            expected,
            months,
            attendances,
            crises,
            emergencies if "advice line" in idle else advised,
            prevents="coordination" not in idle,
        )
        for idle in without
    ]


def _part(
    expected: Expected,
    months: Months,
    attendances: Happened,
    crises: Crises,
    emergencies: Emergencies,
    *,
    prevents: bool,
) -> _Part:
    enrolled, coordinated = with_coordination(expected, emergencies)
    emergencies = coordinated if prevents else emergencies
    return _Part(
        months=_practice_months(expected, emergencies, attendances, months),
        candidates=candidates_of(expected, emergencies, attendances, enrolled, months),
        crises=crises_table(expected, emergencies, crises),
        stays=stays_table(expected, emergencies, crises),
        planted=(
            service_change(expected, emergencies, attendances, enrolled),
            advice_line_effect(expected, emergencies, crises),
        ),
    )


def _practice_months(
    expected: Expected, emergencies: Emergencies, attendances: Happened, months: Months
) -> PracticeMonths:
    people, frail = expected.people, expected.frail
    by_practice = _Adding(people.practice, len(expected.places.practices.code), months)
    observed = months.observed(people, np.arange(len(people)))
    who, day = emergencies.who[emergencies.happened], emergencies.day[emergencies.happened]
    return PracticeMonths(
        observed=by_practice.days(observed),
        observed_frail=by_practice.days(observed * frail[:, None]),
        admissions=by_practice.events(who, day),
        admissions_frail=by_practice.events(who[frail[who]], day[frail[who]]),
        attendances=by_practice.events(attendances.who, attendances.day),
    )


@dataclass(frozen=True)
class _Adding:
    """Adds up by practice and month. practice: of each person."""

    practice: Small
    practices: int
    months: Months

    def days(self, observed: Whole) -> Whole:
        """Days of people (rows) in months (columns)."""
        of_month = (np.bincount(self.practice, each, minlength=self.practices) for each in observed.T)
        return np.stack(list(of_month), axis=1).astype(np.int64)

    def events(self, who: Positions, day: Days) -> Whole:
        """Events of people, by their position, on days."""
        month, many = self.months.of(day), len(self.months)
        inside = (month >= 0) & (month < many)
        cell = self.practice[who[inside]].astype(np.int64) * many + month[inside]
        return np.asarray(np.bincount(cell, minlength=self.practices * many).reshape(self.practices, many))


def _sum(parts: Iterable[PracticeMonths]) -> PracticeMonths:
    first, *rest = parts
    for part in rest:
        first = first + part
    return first


def _practice_table(added: PracticeMonths, places: Places, months: Months) -> pa.Table:
    practices = places.practices
    practice = np.repeat(np.arange(len(practices.code)), len(months))
    return pa.table(
        {
            "practice": chosen(practices.code, practice),
            "network": chosen(places.networks.code, practices.network[practice]),
            "month": each_month(months, len(practices.code)),
            "days": numbers(added.observed.ravel()),
            "days_of_people_with_frailty": numbers(added.observed_frail.ravel()),
            "emergency_admissions": numbers(added.admissions.ravel()),
            "emergency_admissions_of_people_with_frailty": numbers(added.admissions_frail.ravel()),
            "attendances": numbers(added.attendances.ravel()),
        }
    )


def _exposure(plan: Plan, places: Places) -> pa.Table:
    networks = np.array(NETWORKS)
    since = np.full(len(networks), change_day(plan), dtype=np.int32)
    return pa.table({"network": chosen(places.networks.code, networks), "since": days(since)})
