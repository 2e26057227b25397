"""What the contacts of a batch cost, by point of delivery and month: what ledgers are made of."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.records.extracts.hospital import ELECTIVE, EMERGENCY, MATERNITY, TRANSFER
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.lives import NEVER, Days, Plan, Whole
from stewardship.synthetic.money import Costs, monthly, months_of_ledger

# Point of delivery, day and pence of what each kind of file tells.
_COSTED = {
    ("general-practice", "medications"): ("prescription", "IssueDate", "NetIngredientCostPence"),
    ("general-practice", "appointments"): ("gp_appointment", "StartDate", "CostPence"),
    ("hospital", "op"): ("outpatient", "AppointmentDate", "CostPence"),
    ("hospital", "ecds"): ("emergency_department", "ArrivalDateTime", "CostPence"),
    ("community", "contacts"): ("community", "CareContactDate", "CostPence"),
    ("mental-health", "contacts"): ("mental_health", "CareContDate", "CostPence"),
    ("urgent-care", "ambulance"): ("ambulance", "IncidentDate", "CostPence"),
    ("urgent-care", "calls-111"): ("nhs_111", "CallDate", "CostPence"),
    ("urgent-care", "advice-line"): ("advice_line", "CallDate", "CostPence"),
}
_WEEK = 7


def costs_of(plan: Plan, extracts: Sequence[Extract]) -> Costs:
    """Pence by point of delivery, as in the canonical tables, and month of the plan."""
    found: dict[str, Whole] = {}
    for extract in extracts:
        for point, pence in _of(plan, extract).items():
            found[point] = found[point] + pence if point in found else pence
    return found


def _of(plan: Plan, extract: Extract) -> Costs:
    rows, key = extract.rows, (extract.partner, extract.kind)
    if key in _COSTED:
        point, day, pence = _COSTED[key]
        return {point: monthly(plan, _days(rows, day), _pence(rows, pence))}
    if key == ("hospital", "apc"):
        return _of_stays(plan, rows)
    if extract.partner == "social-care":
        return {"social_care": _of_support(plan, rows)}
    return {}


def _of_stays(plan: Plan, rows: pa.Table) -> Costs:
    """A stay's point of delivery is judged by its first episode, on which its cost stands."""
    first = rows.filter(pc.is_valid(rows["CostPence"]))
    classification, method = (
        first[name].cast(pa.string())
        for name in ("PatientClassification", "AdmissionMethodHospitalProviderSpell")
    )
    day, pence = _days(first, "StartDateHospitalProviderSpell"), _pence(first, "CostPence")
    kinds = np.select(
        [
            _among(classification, ("3", "4")),
            _among(method, EMERGENCY),
            _among(method, MATERNITY),
            _among(method, TRANSFER),
            _among(classification, ("2",)),
            _among(method, ELECTIVE),
        ],
        [0, 1, 2, 3, 4, 5],
        6,
    )
    names = (
        "regular_attender",
        "emergency_admission",
        "maternity_admission",
        "other_admission",
        "day_case",
        "planned_admission",
        "unclassified_admission",
    )
    return {
        name: monthly(plan, day[kinds == number], pence[kinds == number]) for number, name in enumerate(names)
    }


def _of_support(plan: Plan, rows: pa.Table) -> Whole:
    """The weekly cost of services, for as many days of each month as they last."""
    start, end, weekly = (
        _days(rows, "Event_Start_Date"),
        _days(rows, "Event_End_Date"),
        _pence(rows, "WeeklyCostPence"),
    )
    months = months_of_ledger(plan)
    beyond = np.append(months[1:], plan.last + 1)
    lasted = [
        np.clip(np.minimum(end + 1, after) - np.maximum(start, max(first, plan.first)), 0, None)
        for first, after in zip(months, beyond, strict=True)
    ]
    return np.array([int((weekly * days).sum()) // _WEEK for days in lasted], dtype=np.int64)


def _among(column: pa.ChunkedArray, values: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.asarray(pc.is_in(column, pa.array(values)).to_numpy())


def _days(rows: pa.Table, name: str) -> Days:
    """A column of dates or times as days since 1970; NEVER where it is empty."""
    column = rows[name].cast(pa.date32()).cast(pa.int32())
    return np.asarray(pc.fill_null(column, NEVER).to_numpy(), dtype=np.int32)


def _pence(rows: pa.Table, name: str) -> Whole:
    return np.asarray(pc.fill_null(rows[name], 0).to_numpy(), dtype=np.int64)
