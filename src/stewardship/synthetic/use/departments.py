"""Emergency departments: attendances as the emergency care data set has them."""

import numpy as np
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, identifiers, moments, numbers
from stewardship.synthetic.lives import Flags, Whole
from stewardship.synthetic.use.choosing import suited
from stewardship.synthetic.use.columns import Columns, picked, pounds, spread_cost
from stewardship.synthetic.use.emergencies import Emergencies
from stewardship.synthetic.use.lists import rows
from stewardship.synthetic.use.rates import Expected
from stewardship.synthetic.use.reasons import reasons
from stewardship.synthetic.use.times import Positions
from stewardship.synthetic.use.urgent_care import Attended, is_last

_BANDS, _EDGES = ("under_5", "under_18", "under_45", "under_65", "from_65"), (5, 18, 45, 65)
_TYPE_1 = 0.60  # of attendances that end at home; NHS England 2023-24: 63% of all are of type 1
_HOURS = (3, 2, 2, 2, 2, 2, 3, 4, 6, 9, 11, 11, 11, 10, 10, 10, 10, 10, 10, 10, 9, 8, 6, 5)
_DAY = 24 * 60
_SECOND, _TRANSFERRED = 0.08, 0.04  # of attendances: with a second diagnosis, sent on elsewhere
_HYPERTENSION, _CARDIAC_ARREST = "38341003", "410429000"
# SNOMED CT: by own means, by road ambulance; very urgent, urgent, standard; home, ward, transfer, mortuary.
_ARRIVALS = ("1048071000000103", "1048031000000100")
_URGENCIES, _URGENCY_SHARES = ("1064911000000105", "1064901000000108", "1077241000000103"), (0.1, 0.5, 0.4)
_DESTINATIONS = ("306689006", "306706006", "19712007", "305398007")


def emergency_departments(
    expected: Expected, columns: Columns, attended: Attended, emergencies: Emergencies
) -> list[Extract]:
    """Attendances as the emergency care data set has them, sent by their day."""
    rng = stream(expected.plan.seed, expected.people.batch, "departments")
    many, admitted = len(attended), attended.admission >= 0
    died = is_last(expected, attended.who, attended.day)
    type_1 = admitted | died | (rng.random(many, dtype=np.float32) < _TYPE_1)
    site, _, trusts = columns.hospital(rng, attended.who)
    urgency = np.where(admitted | died, 0, picked(rng, _URGENCY_SHARES, many))
    table = {
        **columns.of_hospital(attended.who),
        "OrganisationCodeProvider": chosen(trusts, site),
        "AttendanceIdentifier": identifiers(expected.people.batch, many),
        "DepartmentType": chosen(["01", "03"], (~type_1).astype(np.int8)),
        "ArrivalMode": chosen(_ARRIVALS, attended.ambulance.astype(np.int8)),
        **_times(rng, expected, attended, type_1),
        "Acuity": chosen(_URGENCIES, urgency),
        **_reasons(rng, expected, attended, emergencies, died),
        "DischargeDestination": chosen(_DESTINATIONS, _leaving(rng, attended, died)),
        "CostPence": numbers(_pence(rng, type_1)),
    }
    return [Extract("hospital", "ecds", attended.day, pa.table(table))]


def _times(
    rng: np.random.Generator, expected: Expected, attended: Attended, type_1: Flags
) -> dict[str, pa.Array]:
    """Arrival and departure, not after the last day a person is there."""
    people, many = expected.people, len(attended)
    arrived = picked(rng, _HOURS, many).astype(np.int64) * 60 + rng.integers(0, 60, many)
    until = np.minimum(np.minimum(people.end, people.death)[attended.who], expected.plan.last)
    midnight = (until - attended.day + 1).astype(np.int64) * _DAY
    stayed = np.minimum(_minutes(rng, attended.admission >= 0, type_1), midnight - 1 - arrived)
    return {
        "ArrivalDateTime": moments(attended.day, arrived),
        "DepartureDateTime": moments(attended.day, arrived + stayed),
    }


def _minutes(rng: np.random.Generator, admitted: Flags, type_1: Flags) -> Whole:
    """From arrival to departure: those who are admitted, or come to a large department, wait longer."""
    many = len(admitted)
    middle = np.where(admitted, 330.0, np.where(type_1, 165.0, 90.0))
    return np.clip(middle * rng.lognormal(0, 0.55, many), 5, 2800).astype(np.int64)


def _reasons(
    rng: np.random.Generator, expected: Expected, attended: Attended, emergencies: Emergencies, died: Flags
) -> dict[str, pa.Array]:
    """Complaint and diagnoses: of an admission its own complaint, and no diagnosis yet; of who dies, cardiac arrest."""
    seen, admitted = rows("urgent"), attended.admission >= 0
    row = suited(rng, seen, _BANDS, _EDGES, expected.people, expected.health, attended.who, attended.day)
    row = np.where(died, len(seen), row)
    complaints = [*(each["complaint"] for each in seen), _CARDIAC_ARREST, *(reasons("emergency").complaint)]
    of_reason = len(seen) + 1 + emergencies.reason[attended.admission]
    second = rng.random(len(attended), dtype=np.float32) < _SECOND
    return {
        "ChiefComplaintSNOMED": chosen(complaints, np.where(admitted, of_reason, row)),
        "DiagnosisSNOMED_01": chosen(
            [*(each["diagnosis"] for each in seen), _CARDIAC_ARREST], np.where(admitted, -1, row)
        ),
        "DiagnosisSNOMED_02": chosen([_HYPERTENSION], np.where(second & ~admitted, 0, -1)),
    }


def _leaving(rng: np.random.Generator, attended: Attended, died: Flags) -> Positions:
    """Where people go: position among the destinations."""
    transferred = rng.random(len(attended), dtype=np.float32) < _TRANSFERRED
    return np.select([attended.admission >= 0, died, transferred], [1, 3, 2], 0).astype(np.int32)


def _pence(rng: np.random.Generator, type_1: Flags) -> Whole:
    spread, pence = rng.lognormal(0, 0.4, len(type_1)), np.empty(len(type_1), dtype=np.int64)
    for those, unit in ((type_1, "emergency_department"), (~type_1, "urgent_treatment")):
        pence[those] = spread_cost(pounds()[unit], spread[those])
    return pence
