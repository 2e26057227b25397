"""The study of the advice line: crises of people with frailty at which somebody called, beside those without a call.

The comparison is with a crisis, never with a day on which nothing was wrong: a call is made because somebody is ill,
and beside an ordinary day every call would seem to do harm.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.evaluation.followed import STILL_THERE, Followed, Stays, began_within, followed
from stewardship.evaluation.matched import Comparison, compare_shares
from stewardship.evaluation.pool import Flags, Pool, Whole, days_of, pool_of
from stewardship.evaluation.reading import Words
from stewardship.rules.frailty.calls import DAYS, INDEX_DAYS, BedDays, bed_days, index_calls

EXACT = ("sex", "care_home", "admitted_before")
NEAR = (
    "age",
    "deficits",
    "deprivation_fifth",
    "emergency_admissions_year_before",
    "emergency_admissions_month_before",
)
MOST_COUNTED = 3  # admissions of the year before, above which people need not have had as many exactly
CALLED = "people about whom the advice line was called"
NOT_CALLED = "people in a crisis about whom nobody called"
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class AfterCalls:
    """What came of calls by the end of a day after them, beside what came of crises without a call.

    days: which day, the day of the call being day 0. bed_days: of the admissions avoided; None where that is refused.
    """

    days: int
    admissions: Comparison
    deaths: Comparison
    bed_days: BedDays | None


def after_calls(crises: pa.Table, stays: pa.Table, *, known_to: date) -> tuple[AfterCalls, ...]:
    """What came of calls by the end of each of DAYS; the study was made for emergency admissions by the first.

    crises: a row a crisis, with `person`, `day`, `known_until` (the last day of what is told of the person), `called`,
    `died_on`, `sex`, `care_home`, and the columns of NEAR. stays: emergency stays of these people, with `person`,
    `first_day`, and `last_day` (null while it goes on). known_to: the last day that the data tell of.
    """
    own = crises.filter(pa.array(index_crises(crises)))
    before = pc.min_element_wise(own["emergency_admissions_year_before"], MOST_COUNTED)
    pool = pool_of(
        own.append_column("admitted_before", before),
        person="person",
        exposed="called",
        index="day",
        known_until="known_until",
        exact=EXACT,
        near=NEAR,
    )
    in_hospital = Stays(
        stays["person"].to_numpy(),
        days_of(stays["first_day"], STILL_THERE),
        days_of(stays["last_day"], STILL_THERE),
    )
    died_on, until = days_of(own["died_on"], STILL_THERE), (known_to - _EPOCH).days
    return tuple(
        _after(pool, followed(pool, in_hospital, died_on, days=days, known_to=until)) for days in DAYS
    )


def index_crises(crises: pa.Table) -> Flags:
    """Which crises outcomes are counted of: by the rule of index calls, those called about and the others apart.

    A crisis soon after a call about the same person belongs to that call, and is none without one.
    """
    person, day = crises["person"].to_numpy(), days_of(crises["day"], STILL_THERE)
    called = crises["called"].to_numpy().astype(bool)
    calls = Stays(person[called], day[called], day[called])
    after_a_call = began_within(calls, person, day - INDEX_DAYS, day)
    kept = np.zeros(len(person), dtype=bool)
    for those in (called, ~called & ~after_a_call):
        kept[_index_rows(person, day, np.flatnonzero(those))] = True
    return kept


def _index_rows(person: Whole, day: Whole, rows: Whole) -> list[int]:
    row_of = {(int(person[row]), _EPOCH + timedelta(days=int(day[row]))): int(row) for row in rows[::-1]}
    return [row_of[call] for call in index_calls(row_of)]  # type: ignore[index]


def _after(pool: Pool, came: Followed) -> AfterCalls:
    within = f"within {came.days} days"
    admissions = compare_shares(
        pool, came.admissions, Words(CALLED, NOT_CALLED, "emergency admissions", within)
    )
    deaths = compare_shares(pool, came.deaths, Words(CALLED, NOT_CALLED, "deaths", within))
    return AfterCalls(came.days, admissions, deaths, _bed_days(admissions, came))


def _bed_days(admissions: Comparison, came: Followed) -> BedDays | None:
    """Of the admissions avoided, by the stays of the controls that were admitted."""
    if admissions.avoided is None:
        return None
    control = np.unique(admissions.sets.member[~admissions.sets.case])
    return bed_days(admissions.avoided, came.nights[control[came.admitted[control]]].tolist())
