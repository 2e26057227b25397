"""People whose care is coordinated, beside people like them elsewhere: chosen by the same rule, and matched.

Who is chosen for a year of high use has less of it afterwards in any case; a control chosen by the same rule has just
as much less. So what is left between the two is the change, and what chance leaves.
"""

from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa
from scipy.spatial import cKDTree

from stewardship.synthetic.extracts import chosen, days, numbers
from stewardship.synthetic.lives import NEVER, Days, Flags, Small, Whole
from stewardship.synthetic.months import Months, each_month
from stewardship.synthetic.places import Places
from stewardship.synthetic.use.changes import (
    NETWORKS,
    Enrolled,
    change_day,
    is_here,
    practice_on,
    use_before,
    used_much,
)
from stewardship.synthetic.use.emergencies import Emergencies
from stewardship.synthetic.use.rates import Expected, deficits_on
from stewardship.synthetic.use.times import Happened

CONTROLS = 5  # of each enrolled person; one may be the control of several
_AGE_BANDS = np.array([50, 65, 75, 85])
_APART = 1000.0  # people of different strata are never neighbours
_MOST_COUNTED = 4  # admissions of the year before, above which all are alike


@dataclass(frozen=True)
class Candidates:
    """Enrolled people, and people elsewhere who would have been chosen; one entry a person, but in the last two.

    since: the day of enrolment, NEVER for the others. admitted, attended: emergency use in the year before the change.
    admissions, observed: of each month (columns), emergency admissions, and days alive and registered.
    """

    number: Whole
    since: Days
    practice: Small
    age: Days
    female: Flags
    fifth: Small
    deficits: Small
    admitted: Whole
    attended: Whole
    admissions: Whole
    observed: Whole

    @property
    def enrolled(self) -> Flags:
        """Who is enrolled."""
        return np.asarray(self.since < NEVER)


def candidates_of(
    expected: Expected, emergencies: Emergencies, attendances: Happened, enrolled: Enrolled, months: Months
) -> Candidates:
    """The enrolled of a batch, and who elsewhere meets the same rule."""
    people, change = expected.people, change_day(expected.plan)
    admitted = use_before(expected, emergencies.who, emergencies.day, emergencies.happened)
    attended = use_before(expected, attendances.who, attendances.day)
    practice = practice_on(expected, change)
    elsewhere = ~np.isin(expected.places.practices.network[practice], NETWORKS)
    here = is_here(expected, np.full(len(people), change, dtype=np.int32))
    since = np.full(len(people), NEVER, dtype=np.int32)
    since[enrolled.who] = enrolled.since
    own = np.flatnonzero((since < NEVER) | (used_much(expected, emergencies) & elsewhere & here))
    happened = emergencies.happened
    return Candidates(
        number=people.number[own],
        since=since[own],
        practice=practice[own],
        age=people.age(change)[own],
        female=people.female[own],
        fifth=people.fifth[own],
        deficits=deficits_on(expected.plan, expected.health, change)[own],
        admitted=admitted[own],
        attended=attended[own],
        admissions=months.counted(emergencies.who[happened], emergencies.day[happened], own, len(people)),
        observed=months.observed(people, own),
    )


def all_of(parts: list[Candidates]) -> Candidates:
    """The candidates of several batches, in their order."""
    return Candidates(**{
        field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Candidates)
    })  # fmt: skip


def matched(candidates: Candidates) -> tuple[Whole, Whole]:
    """Pairs of positions: an enrolled person and a control. Nobody without a control of the same stratum is in one.

    Exact on age band, sex, deprivation fifth and admissions of the year before; then the nearest by age, attendances,
    deficits, and the sum of admissions of all months before the change.
    """
    place = _places_of(candidates)
    enrolled, others = np.flatnonzero(candidates.enrolled), np.flatnonzero(~candidates.enrolled)
    if not len(enrolled) or len(others) < CONTROLS:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    distance, nearest = cKDTree(place[others]).query(place[enrolled], k=CONTROLS)
    near = distance < _APART / 2
    return np.repeat(enrolled, CONTROLS)[near.ravel()], others[nearest[near]]


def people_table(candidates: Candidates, pairs: tuple[Whole, Whole], places: Places) -> pa.Table:
    """Each matched person, once a set: the set is named by the number of its enrolled person."""
    enrolled, controls = pairs
    sets = np.unique(enrolled)
    who = np.concatenate([sets, controls])
    of = candidates.number[np.concatenate([sets, enrolled])]
    order = np.lexsort((candidates.number[who], ~candidates.enrolled[who], of))
    who, of = who[order], of[order]
    return pa.table(
        {
            "matched_set": numbers(of),
            "person": numbers(candidates.number[who]),
            "enrolled": pa.array(candidates.enrolled[who]),
            "enrolled_on": days(candidates.since[who]),
            "practice": chosen(places.practices.code, candidates.practice[who]),
            "network": chosen(places.networks.code, places.practices.network[candidates.practice[who]]),
            "age": numbers(candidates.age[who]),
            "sex": chosen(["M", "F"], candidates.female[who].astype(np.int8)),
            "deprivation_fifth": numbers(candidates.fifth[who]),
            "deficits": numbers(candidates.deficits[who]),
            "emergency_admissions_year_before": numbers(candidates.admitted[who]),
            "attendances_year_before": numbers(candidates.attended[who]),
        }
    )


def months_table(candidates: Candidates, pairs: tuple[Whole, Whole], months: Months) -> pa.Table:
    """Each matched person and month: days alive and registered, and emergency admissions."""
    who = np.unique(np.concatenate(pairs))
    return pa.table(
        {
            "person": numbers(np.repeat(candidates.number[who], len(months))),
            "month": each_month(months, len(who)),
            "days": numbers(candidates.observed[who].ravel()),
            "emergency_admissions": numbers(candidates.admissions[who].ravel()),
        }
    )


def _places_of(candidates: Candidates) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Where people stand, so that who is alike is near: one stratum far from the next."""
    band = np.searchsorted(_AGE_BANDS, candidates.age, side="right")
    admitted = np.minimum(candidates.admitted, _MOST_COUNTED)
    stratum = ((band * 2 + candidates.female) * 6 + candidates.fifth) * (_MOST_COUNTED + 1) + admitted
    attended = np.minimum(candidates.attended, 8)
    return np.stack([stratum * _APART, candidates.age / 5, attended * 1.0, candidates.deficits / 3], axis=1)
