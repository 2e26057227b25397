"""Crises of people with frailty since the advice line began, with what was known of the people before, and their stays.

At some a consultant was called and at others not, by chance alone: so those without a call are what a study of the
line compares with.
"""

import numpy as np
import pyarrow as pa

from stewardship.synthetic.extracts import chosen, days, numbers
from stewardship.synthetic.lives import Days, Whole
from stewardship.synthetic.use.changes import LOOK_BACK, Crises, line_day, practice_on
from stewardship.synthetic.use.emergencies import Emergencies
from stewardship.synthetic.use.rates import Expected, deficits_on
from stewardship.synthetic.use.times import Positions

MONTH_DAYS = 30
_APART = np.int64(100_000)  # more than there are days


def crises_table(expected: Expected, emergencies: Emergencies, crises: Crises) -> pa.Table:
    """Each crisis since the line began, by person and day; practice and deficits as of the line's first day, the
    rest as of the day before the crisis."""
    begun = line_day(expected.plan)
    since = np.flatnonzero(crises.day >= begun)
    order = since[np.lexsort((crises.called[since], crises.day[since], crises.who[since]))]
    who, day = crises.who[order], crises.day[order]
    people, places = expected.people, expected.places
    practice = practice_on(expected, begun)[who]
    return pa.table(
        {
            "person": numbers(people.number[who]),
            "day": days(day),
            "known_until": days(day - 1),
            "called": pa.array(crises.called[order]),
            "practice": chosen(places.practices.code, practice),
            "network": chosen(places.networks.code, places.practices.network[practice]),
            "age": numbers(np.floor((day - 1 - people.birth[who]) / 365.25).astype(np.int64)),
            "sex": chosen(["M", "F"], people.female[who].astype(np.int8)),
            "deprivation_fifth": numbers(people.fifth[who]),
            "care_home": pa.array(people.care_home[who]),
            "deficits": numbers(deficits_on(expected.plan, expected.health, begun)[who]),
            "emergency_admissions_year_before": numbers(_admitted(emergencies, who, day, LOOK_BACK)),
            "emergency_admissions_month_before": numbers(_admitted(emergencies, who, day, MONTH_DAYS)),
            "died_on": days(people.death[who]),
        }
    )


def stays_table(expected: Expected, emergencies: Emergencies, crises: Crises) -> pa.Table:
    """Emergency stays of people who had a crisis since the line began, also those of before; the last day may be
    after the last day of all data."""
    had = np.unique(crises.who[crises.day >= line_day(expected.plan)])
    own = np.flatnonzero(emergencies.happened & np.isin(emergencies.who, had))
    first = emergencies.day[own]
    return pa.table(
        {
            "person": numbers(expected.people.number[emergencies.who[own]]),
            "first_day": days(first),
            "last_day": days(first + emergencies.nights[own]),
        }
    )


def _admitted(emergencies: Emergencies, who: Positions, day: Days, back: int) -> Whole:
    """How many emergency admissions people had in so many days before a day."""
    happened = emergencies.happened
    admitted = np.sort(emergencies.who[happened] * _APART + emergencies.day[happened])
    until = np.searchsorted(admitted, who * _APART + day, side="left")
    return np.asarray(
        until - np.searchsorted(admitted, who * _APART + day - back, side="left"), dtype=np.int64
    )
