"""Outpatient appointments as SUS has them."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers, numbers
from stewardship.synthetic.lives import Flags, Small, Whole
from stewardship.synthetic.use.choosing import suited
from stewardship.synthetic.use.columns import Columns, picked, pounds, spread_cost
from stewardship.synthetic.use.lists import rows
from stewardship.synthetic.use.rates import Expected
from stewardship.synthetic.use.spells import served
from stewardship.synthetic.use.times import Happened, Positions

_BANDS, _EDGES = ("under_5", "under_18", "under_45", "under_65", "from_65"), (5, 18, 45, 65)
# Seen, seen though late, cancelled by the patient, did not attend, cancelled by the provider, too late to be seen.
_ATTENDANCE = ("5", "6", "2", "3", "4", "7")
_ATTENDANCE_SHARES = (
    0.752,
    0.010,
    0.085,
    0.068,
    0.084,
    0.001,
)  # HES outpatients 2023-24: 1.6 attended of 2.1
_PROCEDURE = 0.15  # of appointments
_SOURCES, _SOURCE_SHARES = ("03", "11", "01", "05", "97"), (0.55, 0.2, 0.12, 0.08, 0.05)
_PROCEDURES = ("C873", "A843", "H259", "S571", "M459", "Q554", "E252", "U201", "D071", "S065", "X384", "T625")
_GROUPS = ("WF01A", "WF01B", "WF01C", "WF01D", "BZ23Z")
_OUTCOMES = ("1", "2", "3")  # discharged, another appointment given, to be given


def outpatients(expected: Expected, columns: Columns) -> tuple[list[Extract], Happened, Flags]:
    """Outpatient appointments, sent by their day; all that would be, and which of them are."""
    people = expected.people
    rng = stream(expected.plan.seed, people.batch, "outpatients")
    every = expected.drawn(rng, "outpatient")
    kept = served(rng, expected, every.who)
    found = every.kept(kept)
    return [Extract("hospital", "op", found.day, _table(rng, expected, columns, found))], every, kept


def _table(rng: np.random.Generator, expected: Expected, columns: Columns, found: Happened) -> pa.Table:
    many, people = len(found), expected.people
    clinics = rows("clinics")
    clinic = suited(rng, clinics, _BANDS, _EDGES, people, expected.health, found.who, found.day)
    attended = picked(rng, _ATTENDANCE_SHARES, many)
    seen = attended < 2
    kind = rng.random(many, dtype=np.float32)
    first, procedure = kind < _share("first")[clinic], (kind >= 1 - _PROCEDURE) & seen
    remote = rng.random(many, dtype=np.float32) < _share("medium_remote")[clinic] * ~procedure
    site, _, trusts = columns.hospital(rng, found.who)
    wait = rng.standard_gamma(2.0, many, dtype=np.float32) * np.float32(40)
    received = np.maximum(found.day - wait.astype(np.int32) - 365 * ~first, people.birth[found.who])
    outcome = np.where(rng.random(many, dtype=np.float32) < 0.3, 0, 1 + first)
    return pa.table(
        {
            **columns.of_hospital(found.who),
            "OrganisationCodeProvider": chosen(trusts, site),
            "AttendanceIdentifier": identifiers(people.batch, many),
            "AppointmentDate": days(found.day),
            "AttendedOrDidNotAttend": chosen(_ATTENDANCE, attended),
            "FirstAttendance": chosen(["1", "2", "3", "4"], (~first).astype(np.int8) + 2 * remote),
            "OutcomeOfAttendance": chosen(_OUTCOMES, np.where(seen, outcome, -1)),
            "ConsultationMediumUsed": chosen(["01", "02", "03"], np.where(remote, 1, 0)),
            "TreatmentFunctionCode": chosen([row["specialty"] for row in clinics], clinic),
            "ReferralRequestReceivedDate": days(received.astype(np.int32)),
            "SourceOfReferralForOutpatients": chosen(_SOURCES, picked(rng, _SOURCE_SHARES, many)),
            "PriorityType": chosen(["1", "2", "3"], picked(rng, (0.75, 0.13, 0.12), many)),
            "CoreHRG": chosen(_GROUPS, _groups(first, remote, procedure)),
            "CostPence": numbers(_pence(rng, seen, first, procedure)),
            "ProcedureOPCS_01": _procedure(rng, procedure),
            "ProcedureOPCS_02": chosen(["Z942", "Z943"], np.where(procedure & (kind > 0.94), first * 1, -1)),
            "DiagnosisICD_01": chosen(["R69X"], np.where(kind > 0.97, 0, -1)),
        }
    )


def _share(name: str) -> npt.NDArray[np.float32]:
    """A share of appointments by clinic. `first`: the others are follow-ups; England has 30 first ones in a hundred
    (HES outpatients 2023-24), and how clinics differ is indicative."""
    return np.array([float(row[name]) for row in rows("clinics")], dtype=np.float32)


def _groups(first: Flags, remote: Flags, procedure: Flags) -> Small:
    """Healthcare resource group: attendances by kind, two of procedures."""
    of_attendance = np.where(first, 1, 0) + 2 * remote
    return np.where(procedure, 4, of_attendance).astype(np.int16)


def _pence(rng: np.random.Generator, seen: Flags, first: Flags, procedure: Flags) -> Whole:
    """Cost of each appointment; nothing for who was not seen."""
    pence = np.zeros(len(seen), dtype=np.int64)
    spread = np.exp(rng.standard_normal(len(seen), dtype=np.float32) * np.float32(0.25))
    follow_up = ~first & ~procedure
    for those, unit in ((first, "first"), (procedure, "procedure"), (follow_up, "follow_up")):
        pence[those & seen] = spread_cost(pounds()[unit], spread[those & seen])
    return pence


def _procedure(rng: np.random.Generator, procedure: Flags) -> pa.Array:
    index: Positions = np.where(procedure, rng.integers(0, len(_PROCEDURES), len(procedure)), -1).astype(
        np.int32
    )
    return chosen(_PROCEDURES, index)
