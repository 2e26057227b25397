"""Emergency departments, ambulances and calls to 111."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers, moments, numbers
from stewardship.synthetic.lives import Days, Flags, Whole
from stewardship.synthetic.use.choosing import suited
from stewardship.synthetic.use.columns import Columns, picked, pounds, spread_cost
from stewardship.synthetic.use.emergencies import Emergencies
from stewardship.synthetic.use.lists import rows
from stewardship.synthetic.use.rates import Expected
from stewardship.synthetic.use.reasons import reasons
from stewardship.synthetic.use.times import Happened, Positions

_BANDS, _EDGES = ("under_5", "under_18", "under_45", "under_65", "from_65"), (5, 18, 45, 65)
_TYPE_1 = 0.60  # of attendances that end at home; NHS England 2023-24: 63% of all are of type 1
_HOURS = (3, 2, 2, 2, 2, 2, 3, 4, 6, 9, 11, 11, 11, 10, 10, 10, 10, 10, 10, 10, 9, 8, 6, 5)
_DAY = 24 * 60
_CATEGORIES, _CATEGORY_SHARES = ("1", "2", "3", "4"), (0.10, 0.58, 0.28, 0.04)
_RESPONSE = (8.6, 33.0, 110.0, 140.0)  # minutes on average by category; ambulance quality indicators 2023-24
_DISPOSITIONS = (
    "Ambulance", "Emergency department", "Primary care", "Dental care", "Pharmacy", "Other service", "Self care",
)  # fmt: skip
_DISPOSITION_SHARES = (0.12, 0.13, 0.40, 0.07, 0.06, 0.08, 0.14)


@dataclass(frozen=True)
class Attended:
    """Visits to an emergency department. admission: position of the emergency it ends in, -1 for none."""

    who: Positions
    day: Days
    admission: Positions
    ambulance: Flags

    def __len__(self) -> int:
        return len(self.who)


def home_attendances(expected: Expected) -> Happened:
    """Visits to an emergency department after which people go home."""
    rng = stream(expected.plan.seed, expected.people.batch, "attendances")
    return expected.drawn(rng, "attendance")


def attended_of(expected: Expected, home: Happened, emergencies: Emergencies) -> Attended:
    """Every visit that happened: of those who go home, and of those admitted through the department."""
    rng = stream(expected.plan.seed, expected.people.batch, "arrivals")
    age = (home.day - expected.people.birth[home.who]) / np.float32(365.25)
    brought = rng.random(len(home), dtype=np.float32) < np.clip(0.02 + 0.0017 * age, 0.02, 0.2)
    own = np.flatnonzero(emergencies.department & emergencies.happened).astype(np.int32)
    return Attended(
        np.concatenate([home.who, emergencies.who[own]]),
        np.concatenate([home.day, emergencies.day[own]]),
        np.concatenate([np.full(len(home), -1, dtype=np.int32), own]),
        np.concatenate([brought, emergencies.ambulance[own]]),
    )


def emergency_departments(
    expected: Expected, columns: Columns, attended: Attended, emergencies: Emergencies
) -> list[Extract]:
    """Attendances as the emergency care data set has them, sent by their day."""
    rng = stream(expected.plan.seed, expected.people.batch, "departments")
    many, admitted = len(attended), attended.admission >= 0
    seen = rows("urgent")
    row = suited(rng, seen, _BANDS, _EDGES, expected.people, expected.health, attended.who, attended.day)
    complaints = [*(each["complaint"] for each in seen), *(reasons("emergency").complaint)]
    of_reason = len(seen) + emergencies.reason[attended.admission]
    type_1 = admitted | (rng.random(many, dtype=np.float32) < _TYPE_1)
    arrived = picked(rng, _HOURS, many).astype(np.int64) * 60 + rng.integers(0, 60, many)
    until = np.minimum(
        np.minimum(expected.people.end, expected.people.death)[attended.who], expected.plan.last
    )
    midnight = (until - attended.day + 1).astype(np.int64) * _DAY  # after the last day they are there
    stayed = np.minimum(_minutes(rng, admitted, type_1), midnight - 1 - arrived)
    site, _, trusts = columns.hospital(rng, attended.who)
    spread = rng.lognormal(0, 0.4, many)
    pence = np.empty(many, dtype=np.int64)
    for those, unit in ((type_1, "emergency_department"), (~type_1, "urgent_treatment")):
        pence[those] = spread_cost(pounds()[unit], spread[those])
    died = expected.people.death[attended.who] == attended.day
    leaves = np.where(
        died & ~admitted, 3, np.where(admitted, 1, (rng.random(many, dtype=np.float32) < 0.04) * 2)
    )
    table = {
        **columns.of_hospital(attended.who),
        "OrganisationCodeProvider": chosen(trusts, site),
        "AttendanceIdentifier": identifiers(expected.people.batch, many),
        "DepartmentType": chosen(["01", "03"], (~type_1).astype(np.int8)),
        "ArrivalMode": chosen(["1048071000000103", "1048031000000100"], attended.ambulance.astype(np.int8)),
        "ArrivalDateTime": moments(attended.day, arrived),
        "DepartureDateTime": moments(attended.day, arrived + stayed),
        "Acuity": chosen(
            ["1064911000000105", "1064901000000108", "1077241000000103"],
            np.where(admitted, 0, picked(rng, (0.1, 0.5, 0.4), many)),
        ),
        "ChiefComplaintSNOMED": chosen(complaints, np.where(admitted, of_reason, row)),
        "DiagnosisSNOMED_01": chosen([each["diagnosis"] for each in seen], np.where(admitted, -1, row)),
        "DiagnosisSNOMED_02": chosen(
            ["38341003"], np.where(rng.random(many, dtype=np.float32) < 0.08, 0, -1)
        ),
        "DischargeDestination": chosen(["306689006", "306706006", "19712007", "305398007"], leaves),
        "CostPence": numbers(pence),
    }
    return [Extract("hospital", "ecds", attended.day, pa.table(table))]


def _minutes(rng: np.random.Generator, admitted: Flags, type_1: Flags) -> Whole:
    """From arrival to departure: those who are admitted, or come to a large department, wait longer."""
    many = len(admitted)
    middle = np.where(admitted, 330.0, np.where(type_1, 165.0, 90.0))
    return np.clip(middle * rng.lognormal(0, 0.55, many), 5, 2800).astype(np.int64)


def ambulances(expected: Expected, columns: Columns, attended: Attended) -> list[Extract]:
    """Incidents an ambulance went to: who was taken to a department, and who was not."""
    rng = stream(expected.plan.seed, expected.people.batch, "ambulances")
    other = expected.drawn(rng, "not_conveyed")
    who = np.concatenate([attended.who[attended.ambulance], other.who])
    day = np.concatenate([attended.day[attended.ambulance], other.day])
    many = len(who)
    conveyed = np.arange(many) < many - len(other)
    category = picked(rng, _CATEGORY_SHARES, many)
    minutes = np.array(_RESPONSE)[category] * rng.gamma(2.0, 0.5, many)
    pence = np.empty(many, dtype=np.int64)
    for those, unit in ((conveyed, "conveyed"), (~conveyed, "not_conveyed")):
        pence[those] = spread_cost(pounds()[unit], rng.lognormal(0, 0.2, int(those.sum())))
    table = {
        "IncidentID": identifiers(expected.people.batch, many),
        "NHSNumber": columns.nhs_number(who),
        "IncidentDate": days(day),
        "Category": chosen(_CATEGORIES, category),
        "Conveyed": chosen(["N", "Y"], conveyed.astype(np.int8)),
        "ResponseMinutes": numbers(np.maximum(minutes, 1).astype(np.int64)),
        "CostPence": numbers(pence),
    }
    return [Extract("urgent-care", "ambulance", day, pa.table(table))]


def calls_111(expected: Expected, columns: Columns) -> list[Extract]:
    """Calls to NHS 111."""
    rng = stream(expected.plan.seed, expected.people.batch, "calls to 111")
    found = expected.drawn(rng, "call_111")
    table = {
        "CallID": identifiers(expected.people.batch, len(found)),
        "NHSNumber": columns.nhs_number(found.who),
        "CallDate": days(found.day),
        "Disposition": chosen(_DISPOSITIONS, picked(rng, _DISPOSITION_SHARES, len(found))),
    }
    return [Extract("urgent-care", "calls-111", found.day, pa.table(table))]
