"""How much a made system uses, beside what is published: counted batch by batch, and added up."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.synthetic.compared import Compared
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.lives import People, Plan, Share
from stewardship.synthetic.use.appointments import ATTENDED, WITH_GP
from stewardship.synthetic.use.columns import pounds
from stewardship.synthetic.use.lists import streams
from stewardship.synthetic.use.social_care import COST_A_HEAD
from stewardship.synthetic.use.times import stretches_of

ADMISSIONS = 0.276
_SIZES = "NHS England 2023-24: volumes of England over 63.67 million registered people"
_UNITS = "published rate times the indicative unit cost of points of delivery"
_EMERGENCY = ("21", "22", "23", "24", "25", "28", "2A", "2B", "2C", "2D")
_PREGNANT = ("31", "32")
_NEWBORN = ("82", "83")


class Added(NamedTuple):
    """What some rows add up to: contacts and pence; and of each, the squares of what each person has of it."""

    contacts: int = 0
    pence: int = 0
    contacts_squared: float = 0.0
    pence_squared: float = 0.0

    def plus(self, other: "Added") -> "Added":
        """Both together, of different people."""
        return Added(
            self.contacts + other.contacts,
            self.pence + other.pence,
            self.contacts_squared + other.contacts_squared,
            self.pence_squared + other.pence_squared,
        )


@dataclass
class Counted:
    """Contacts and pounds of a made system by what they are, and the years that people were registered."""

    years: float = 0.0
    sums: dict[str, Added] = field(default_factory=dict)

    def add(self, plan: Plan, people: People, extracts: Iterable[Extract]) -> None:
        """Add a batch: its people, and what is sent of them."""
        self.years += float(stretches_of(plan, people).years.sum())
        for extract in extracts:
            for key, found in _counts(plan, extract):
                self.sums[key] = self.of(key).plus(found)

    def of(self, key: str) -> Added:
        """What was added up of one kind."""
        return self.sums.get(key, Added())

    def a_head(self, key: str) -> float:
        """Contacts a person-year."""
        return self.of(key).contacts / self.years

    def error_a_head(self, key: str) -> float:
        """Standard error of that: people are drawn one by one, each with all their contacts."""
        return float(self.of(key).contacts_squared ** 0.5) / self.years

    def pounds_a_head(self, *keys: str) -> float:
        """Pounds a person-year."""
        return sum(self.of(key).pence for key in keys) / 100 / self.years

    def error_in_pounds(self, *keys: str) -> float:
        """Standard error of that, as if what is paid of several kinds were of different people."""
        return float(sum(self.of(key).pence_squared for key in keys) ** 0.5) / 100 / self.years


def compared_use(counted: Counted) -> list[Compared]:
    """Contacts and cost a head beside the published ones. Costs are without medicines."""
    rows = [
        Compared(
            "Use",
            f"{words}, a person-year",
            published,
            counted.a_head(key),
            0.03,
            True,
            source,
            counted.error_a_head(key),
        )
        for key, words, published, source in _published()
    ]
    for words, keys, published, source in _costs():
        made = counted.pounds_a_head(*keys)
        error = counted.error_in_pounds(*keys)
        rows.append(
            Compared("Cost", f"{words}, pounds a person-year", published, made, 0.03, True, source, error)
        )
    return rows


def _published() -> list[tuple[str, str, float, str]]:
    told = {stream.key: stream for stream in streams()}

    def of(stream: str, words: str) -> tuple[str, str, float, str]:
        return stream, words, told[stream].per_year, told[stream].source

    return [
        ("appointment", "appointments in general practice", 6.0, told["appointment"].source),
        ("spell", "admissions of all kinds", ADMISSIONS, _SIZES),
        of("emergency", "emergency admissions"),
        ("planned", "planned admissions, day cases and regular attenders", 0.1495, told["day_case"].source),
        of("maternity", "stays in pregnancy and at birth"),
        of("outpatient", "outpatient appointments"),
        ("attended", "outpatient appointments attended", 1.6, _SIZES),
        ("ecds", "attendances at emergency departments", 0.41, _SIZES),
        ("ambulance", "ambulance incidents", 0.14, _SIZES),
        of("call_111", "calls to 111"),
        ("community", "community contacts", 1.5, told["community"].source),
        of("mental_health", "mental health contacts"),
        of("talking_therapy", "talking therapies contacts"),
    ]


def _costs() -> list[tuple[str, tuple[str, ...], float, str]]:
    of, rate = pounds(), {stream.key: stream.per_year for stream in streams()}
    emergency = rate["emergency"] * (0.45 * of["emergency_short"] + 0.55 * of["emergency_long"])
    planned = sum(rate[kind] * of[kind] for kind in ("elective", "day_case", "regular"))
    newborn = (ADMISSIONS - rate["emergency"] - 0.1495 - rate["maternity"]) * of["birth"]
    attended = 1.6 * (0.30 * of["first"] + 0.55 * of["follow_up"] + 0.15 * of["procedure"])
    at_home = rate["attendance"]
    admitted = 0.41 - at_home
    type_1 = admitted + 0.60 * at_home
    departments = type_1 * of["emergency_department"] + (0.41 - type_1) * of["urgent_treatment"]
    ambulance = 0.082 * of["conveyed"] + rate["not_conveyed"] * of["not_conveyed"]
    mind = rate["mental_health"] * of["mental_health"] + rate["talking_therapy"] * of["talking_therapy"]
    practice = 6.0 * ATTENDED * (WITH_GP * of["gp"] + (1 - WITH_GP) * of["nurse"])
    return [
        ("general practice appointments attended", ("appointment",), practice, _UNITS),
        ("emergency admissions", ("emergency",), emergency, _UNITS),
        ("planned admissions, day cases and regular attenders", ("planned",), planned, _UNITS),
        ("stays in pregnancy, at birth and of the new-born", ("maternity", "newborn"),
         rate["maternity"] * of["maternity"] + newborn, _UNITS),
        ("outpatients", ("outpatient",), attended, _UNITS),
        ("emergency departments", ("ecds",), departments, _UNITS),
        ("ambulances", ("ambulance",), ambulance, _UNITS),
        ("calls to 111", ("call_111",), rate["call_111"] * of["call_111"], _UNITS),
        ("community services", ("community",), 1.5 * of["community"], _UNITS),
        ("mental health services", ("mental_health", "talking_therapy"), mind, _UNITS),
        ("adult social care", ("social_care",), COST_A_HEAD,
         "Adult social care activity and finance 2022-23: 23.7 billion pounds gross for 57.1 million people"),
    ]  # fmt: skip


def _counts(plan: Plan, extract: Extract) -> list[tuple[str, Added]]:
    """What one extract adds, by key."""
    rows, name = extract.rows, f"{extract.partner}/{extract.kind}"
    if name == "hospital/apc":
        return _stays(rows)
    if name == "hospital/op":
        seen = pc.is_in(rows["AttendedOrDidNotAttend"].cast(pa.string()), pa.array(["5", "6"]))
        return [("outpatient", _added(rows)), ("attended", _added(rows.filter(seen)))]
    if name == "mental-health/contacts":
        talking = pc.equal(rows["ServTeamTypeRefToMH"].cast(pa.string()), "TT")
        parts = (
            ("talking_therapy", rows.filter(talking)),
            ("mental_health", rows.filter(pc.invert(talking))),
        )
        return [(key, _added(part)) for key, part in parts]
    if name == "social-care/events":
        return [("social_care", _added(rows, _of_weeks(plan, rows)))]
    simple = {
        "general-practice/appointments": "appointment",
        "hospital/ecds": "ecds", "urgent-care/ambulance": "ambulance", "community/contacts": "community",
        "urgent-care/calls-111": "call_111", "urgent-care/advice-line": "advice",
        "mental-health/referrals": "mental_health_referral",
    }  # fmt: skip
    if name not in simple:
        return []
    return [(simple[name], _added(rows))]


def _stays(rows: pa.Table) -> list[tuple[str, Added]]:
    first = rows.filter(pc.equal(rows["EpisodeNumber"], 1))
    method = first["AdmissionMethodHospitalProviderSpell"].cast(pa.string())
    kinds = {
        "emergency": _EMERGENCY,
        "maternity": _PREGNANT,
        "newborn": _NEWBORN,
        "planned": ("11", "12", "13"),
    }
    parts = {key: first.filter(pc.is_in(method, pa.array(codes))) for key, codes in kinds.items()}
    diagnoses = sum(len(rows) - rows[f"DiagnosisICD_{number:02}"].null_count for number in range(1, 13))
    procedures = sum(len(rows) - rows[f"ProcedureOPCS_{number:02}"].null_count for number in range(1, 9))
    return [
        ("spell", _added(first)),
        ("episode", Added(len(rows))),
        ("diagnosis", Added(diagnoses)),
        ("procedure", Added(procedures)),
        *((key, _added(part)) for key, part in parts.items()),
    ]


def _of_weeks(plan: Plan, rows: pa.Table) -> Share:
    """Pence of each service within the years told."""
    begin = np.maximum(rows["Event_Start_Date"].cast(pa.int32()).to_numpy(), plan.first)
    end = rows["Event_End_Date"].cast(pa.int32()).fill_null(plan.last).to_numpy()
    weekly = rows["WeeklyCostPence"].fill_null(0).to_numpy()
    return np.asarray(np.maximum(np.minimum(end, plan.last) - begin, 0) / 7 * weekly)


def _added(rows: pa.Table, pence: Share | None = None) -> Added:
    """Rows of contacts added up. pence: of each; without it those of the column of costs, if there is one."""
    if pence is None:
        known = "CostPence" in rows.column_names
        pence = rows["CostPence"].fill_null(0).to_numpy().astype(np.float64) if known else np.zeros(len(rows))
    who = rows["NHSNumber"].combine_chunks().indices.to_numpy()
    contacts, paid = np.bincount(who), np.bincount(who, weights=pence)
    return Added(len(rows), round(float(pence.sum())), float((contacts**2).sum()), float((paid**2).sum()))
