"""Medicines, readings and care processes of the made system, counted from what is sent, beside what is published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from stewardship.synthetic.care.kinds import positions
from stewardship.synthetic.care.medicines import COST_OF_AN_ITEM, ITEMS_A_YEAR, medicines
from stewardship.synthetic.care.readings import READINGS_A_YEAR
from stewardship.synthetic.care.stays import YEAR, Positions, since_any, stay_of
from stewardship.synthetic.compared import Compared
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.lives import Days, Flags, Health, People, Plan, Share
from stewardship.synthetic.tables import published, source_of

Count = tuple[float, float, float]
Counts = Mapping[str, Count]
"""Of each figure: what it is out of, how much or how many of that, and the variance of this."""
_ITEMS, _COST, _READINGS = (
    "Items a person-year",
    "Net ingredient cost of an item, pence",
    "Readings a person-year",
)
_PRESCRIBED = "Prescription Cost Analysis, England, 2023/24 (NHSBSA), and people registered in England"
_SIZING = "About 65 million readings of the kinds that are kept in five years of 1.3 million people"
_LAST_BP = "Last BP reading of patients ({}, with hypertension), in the last 12 months is <= {} mmHg"
_BLOOD_PRESSURE = {
    _LAST_BP.format("<80 yrs", "140/90"): (0, 79, 140, 90),
    _LAST_BP.format("80+ yrs", "150/90"): (80, 120, 150, 90),
}
# Measure -> what is recorded, from and to which age, of which sex, within how many years.
_RECORDED: dict[str, tuple[str, int, int, str, float]] = {
    "Bowel cancer screening coverage: aged 60 to 74 years old": ("bowel_screening", 60, 74, "", 2.5),
    "Breast screening coverage: aged 53 to 70 years old": ("breast_screening", 53, 70, "F", 3.0),
    "Cervical screening coverage: aged 25 to 49 years old": ("cervical_screening", 25, 49, "F", 3.5),
    "Cervical screening coverage: aged 50 to 64 years old": ("cervical_screening", 50, 64, "F", 5.5),
    "Patients (aged 45+ yrs), who have a record of blood pressure in the last 5 yrs": ("systolic", 45, 120, "", 5.0),
    "Children who received at least 1 dose of MMR vaccine between the ages of 1 and 1.5 yrs": (
        "mmr_vaccine", 2, 3, "", 5.0,
    ),
}  # fmt: skip
_STATIN_MEASURE = "Patients with diabetes and a history of CVD (excl. haem. stroke) treated with a statin"
_FEET = "People with type 2 diabetes who have received an annual foot check"
_CHOLESTEROL = "People with type 2 diabetes who received a cholesterol check"
TOLERANCE, POINTS = 0.03, 4.0  # relative; percentage points


@dataclass(frozen=True)
class _Rows:
    """Rows of readings: position of the person, and of the kind, day and value."""

    who: Positions
    kind: Positions
    day: Days
    value: Share

    def anyone(self, people: int, key: str, after: float) -> Flags:
        """Who has a reading of a kind after a day."""
        return _any(people, self.who[(self.kind == positions()[key]) & (self.day > after)])

    def latest(self, people: int, key: str, after: float) -> Share:
        """Each person's latest value after a day; infinite where there is none."""
        rows = np.flatnonzero((self.kind == positions()[key]) & (self.day > after))
        rows = rows[np.argsort(self.day[rows], kind="stable")]
        latest = np.full(people, np.inf)
        latest[self.who[rows]] = self.value[rows]
        return latest


def care_counted(
    plan: Plan, people: People, health: Health, medications: Extract, readings: Extract
) -> dict[str, Count]:
    """The figures of a batch, of those registered on the last day where a figure is of people."""
    years = float(stay_of(plan, people).years.sum())
    pence, patient = (
        medications.rows["NetIngredientCostPence"].to_numpy(),
        _index(medications.rows, "NHSNumber"),
    )
    items, paid = np.bincount(patient), np.bincount(patient, weights=pence)
    read = _Rows(
        _index(readings.rows, "NHSNumber"), _index(readings.rows, "SNOMEDConceptID"),
        _days(readings.rows, "EventDate"), readings.rows["NumericValue"].to_numpy(zero_copy_only=False),
    )  # fmt: skip
    here = np.asarray((people.end > plan.last) & (people.start <= plan.last))
    processes = _pressures(plan, people, health, read, here) | _recorded(plan, people, health, read, here)
    processes[_STATIN_MEASURE] = _on_a_statin(plan, people, health, medications.rows, here)
    return {
        _ITEMS: (years, float(items.sum()), float((items**2).sum())),
        _COST: (float(items.sum()), float(paid.sum()), float(((paid - COST_OF_AN_ITEM * items) ** 2).sum())),
        _READINGS: (years, len(read.who), float((np.bincount(read.who) ** 2).sum())),
        **{name: _share(float(of.sum()), float((of & met).sum())) for name, (of, met) in processes.items()},
    }


def _share(of: float, many: float) -> Count:
    """So many of some people, drawn one by one."""
    return of, many, many * (1 - many / max(of, 1))


def _pressures(
    plan: Plan, people: People, health: Health, read: _Rows, here: Flags
) -> dict[str, tuple[Flags, Flags]]:
    """Whose last blood pressure of the year is at target, of those with hypertension."""
    high, low = (read.latest(len(people), key, plan.last - YEAR) for key in ("systolic", "diastolic"))
    register = here & health.has("hypertension", plan.last)
    return {
        measure: (register & _aged(plan, people, youngest, oldest), (high <= systolic) & (low <= diastolic))
        for measure, (youngest, oldest, systolic, diastolic) in _BLOOD_PRESSURE.items()
    }


def _recorded(
    plan: Plan, people: People, health: Health, read: _Rows, here: Flags
) -> dict[str, tuple[Flags, Flags]]:
    """Who has what is recorded, of those it is for."""
    found = {}
    for measure, (key, youngest, oldest, sex, within) in _RECORDED.items():
        of = here & _aged(plan, people, youngest, oldest) & ((people.female == (sex == "F")) if sex else True)
        found[measure] = (of, read.anyone(len(people), key, plan.last - within * YEAR))
    type_2 = here & health.has("type_2_diabetes", plan.last - 365)
    for measure, key in ((_FEET, "foot_examination"), (_CHOLESTEROL, "cholesterol")):
        found[measure] = (type_2, read.anyone(len(people), key, plan.last - YEAR))
    return found


def _on_a_statin(
    plan: Plan, people: People, health: Health, rows: pa.Table, here: Flags
) -> tuple[Flags, Flags]:
    """Who had a statin in the year, of those with diabetes and arterial disease for a year or more."""
    sugar = since_any(health, ("type_1_diabetes", "type_2_diabetes")) <= plan.last - 365
    artery = (
        since_any(health, ("coronary_heart_disease", "stroke", "peripheral_arterial_disease"))
        <= plan.last - 365
    )
    statin = np.array([each.group == "statin" for each in medicines()])
    issued = statin[_index(rows, "BNFCode")] & (_days(rows, "IssueDate") > plan.last - YEAR)
    return np.asarray(here & sugar & artery), _any(len(people), _index(rows, "NHSNumber")[issued])


def added(counts: Iterable[Counts]) -> dict[str, Count]:
    """Several batches' figures as one."""
    total: dict[str, Count] = {}
    for each in counts:
        for name, (of, many, variance) in each.items():
            before = total.get(name, (0.0, 0.0, 0.0))
            total[name] = (before[0] + of, before[1] + many, before[2] + variance)
    return total


def compared_with_published(plan: Plan, counts: Counts) -> list[Compared]:
    """The figures beside those published. Those that look further back than the plan's years are left out."""
    amounts = {_ITEMS: (ITEMS_A_YEAR, _PRESCRIBED), _COST: (COST_OF_AN_ITEM, _PRESCRIBED)}
    amounts[_READINGS] = (READINGS_A_YEAR, _SIZING)
    rows = [
        Compared(
            "Medicines and readings",
            name,
            value,
            _quotient(counts[name]),
            TOLERANCE,
            True,
            source,
            _error(counts[name]),
        )
        for name, (value, source) in amounts.items()
    ]
    shares = {row["measure"]: float(row["system"]) for row in published("indicators")}
    source = source_of("indicators")
    return rows + [
        Compared(
            "Care processes",
            f"{name}, per cent",
            shares[name],
            100 * _quotient(counts[name]),
            POINTS,
            False,
            source,
            100 * _error(counts[name]),
        )
        for name in counts
        if name in shares and _looks_back(name) <= plan.years + 0.5
    ]


def _looks_back(measure: str) -> float:
    """How many years back a measure looks."""
    return _RECORDED[measure][4] if measure in _RECORDED else 1.0


def _quotient(counted: Count) -> float:
    return counted[1] / max(counted[0], 1e-9)


def _error(counted: Count) -> float:
    return float(counted[2] ** 0.5) / max(counted[0], 1e-9)


def _aged(plan: Plan, people: People, youngest: int, oldest: int) -> Flags:
    age = people.age(plan.last)
    return np.asarray((age >= youngest) & (age <= oldest))


def _any(people: int, who: Positions) -> Flags:
    found = np.zeros(people, dtype=bool)
    found[who] = True
    return found


def _index(rows: pa.Table, column: str) -> Positions:
    return np.asarray(rows[column].combine_chunks().indices.to_numpy())


def _days(rows: pa.Table, column: str) -> Days:
    return np.asarray(rows[column].cast(pa.int32()).to_numpy())
