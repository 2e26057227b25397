"""Burden beside money: deaths under 75, and the years of life lost with them, by the area that claims their cause.

Years of life lost are those up to a 75th birthday, from the middle of the year of age in which somebody dies: 75 less
the age in whole years less a half. 75 is the age under which deaths count as premature in public health profiles.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
from numpy.typing import NDArray

from stewardship.measures.allocation_claims import Claimant, by_code
from stewardship.measures.budget_totals import Rows
from stewardship.people.joins import Keyed, look_up
from stewardship.people.periods import Period
from stewardship.records.opened import Records

TOO_OLD = 75


@dataclass(frozen=True)
class Burden:
    """Of each year (rows) and row of the budget: deaths under 75, and half years of life lost with them."""

    deaths: NDArray[np.int64]
    half_years: NDArray[np.int64]


def burden_of(records: Records, areas: Sequence[Claimant], periods: Sequence[Period]) -> Burden:
    """Every death under 75 is of one area, by its underlying cause, or nobody's, and of everything."""
    rows = Rows(areas)
    shape = (len(periods), len(rows.keys))
    deaths, half_years = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    told = records.engine.ibis.to_pyarrow(_deaths(records, periods)).to_pylist()
    codes = {(row["system"], row["code"]): None for row in told}
    claimed = by_code(areas, "diagnoses", list(codes))
    for row in told:
        of = claimed.get((row["system"], row["code"]), len(areas))
        for number in (of, rows.whole):
            deaths[row["period"], number] += row["deaths"]
            half_years[row["period"], number] += row["half_years"]
    return Burden(deaths, half_years)


def _deaths(records: Records, periods: Sequence[Period]) -> Any:
    """Year, cause, and how many people died of it under 75 with how many half years lost."""
    person = records.table("person").select("person_id", "birth_date")
    death = records.table("death").select("person_id", "date", "system", "code")
    rows = look_up(death, Keyed(person, ("person_id",)), ("person_id",), keep_all=False)
    born, died = rows.birth_date, rows.date
    before = (died.month() < born.month()) | ((died.month() == born.month()) & (died.day() < born.day()))
    within = [
        (died.between(ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())), number)
        for number, period in enumerate(periods)
    ]
    rows = rows.mutate(
        period=ibis.cases(*within), age=died.year() - born.year() - before.cast("int32"),
        system=rows.system.fill_null(""), code=rows.code.fill_null(""),
    )  # fmt: skip
    rows = rows.filter(rows.period.notnull() & (rows.age < TOO_OLD) & (rows.age >= 0))
    return rows.group_by("period", "system", "code").aggregate(
        deaths=rows.count().cast("int64"), half_years=(2 * (TOO_OLD - rows.age) - 1).sum().cast("int64")
    )
