"""Who comes to emergency departments; ambulances; calls to 111."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers, numbers
from stewardship.synthetic.lives import Days, Flags
from stewardship.synthetic.use.columns import Columns, picked, pounds, spread_cost, unit_cost
from stewardship.synthetic.use.emergencies import Emergencies
from stewardship.synthetic.use.rates import Expected, dies_in_department
from stewardship.synthetic.use.times import Happened, Positions

_CATEGORIES, _CATEGORY_SHARES = ("1", "2", "3", "4"), (0.10, 0.58, 0.28, 0.04)
_RESPONSE = (8.6, 33.0, 110.0, 140.0)  # minutes on average by category; ambulance quality indicators 2023-24
_DISPOSITIONS = (
    "Ambulance", "Emergency department", "Primary care", "Dental care", "Pharmacy", "Other service", "Self care",
)  # fmt: skip
_DISPOSITION_SHARES = (0.12, 0.13, 0.40, 0.07, 0.06, 0.08, 0.14)
_DYING_BROUGHT = 0.9  # of those who die in a department, by an ambulance (general knowledge)


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
    """Visits to an emergency department that end without admission: at home, or with death in the department.

    Who dies in one comes once on that day, and to no other.
    """
    rng = stream(expected.plan.seed, expected.people.batch, "attendances")
    drawn = expected.drawn(rng, "attendance")
    others = drawn.kept(~is_last(expected, drawn.who, drawn.day))
    dying = np.flatnonzero(dies_in_department(expected.plan, expected.people)).astype(np.int32)
    at_the_end = np.full(len(dying), expected.stretches.first.shape[1] - 1, dtype=np.int32)
    who = np.concatenate([others.who, dying])
    order = np.argsort(who, kind="stable")
    return Happened(
        who[order],
        np.concatenate([others.stretch, at_the_end])[order],
        np.concatenate([others.day, expected.people.death[dying]])[order],
    )


def is_last(expected: Expected, who: Positions, day: Days) -> Flags:
    """Which visits are of people on the day that they die in a department."""
    dying = dies_in_department(expected.plan, expected.people)
    return np.asarray(dying[who] & (expected.people.death[who] == day))


def attended_of(expected: Expected, home: Happened, emergencies: Emergencies) -> Attended:
    """Every visit that happened: of those who are not admitted, and of those admitted through the department."""
    rng = stream(expected.plan.seed, expected.people.batch, "arrivals")
    age = (home.day - expected.people.birth[home.who]) / np.float32(365.25)
    often = np.where(
        is_last(expected, home.who, home.day), _DYING_BROUGHT, np.clip(0.02 + 0.0017 * age, 0.02, 0.2)
    )
    brought = rng.random(len(home), dtype=np.float32) < often
    own = np.flatnonzero(emergencies.department & emergencies.happened).astype(np.int32)
    return Attended(
        np.concatenate([home.who, emergencies.who[own]]),
        np.concatenate([home.day, emergencies.day[own]]),
        np.concatenate([np.full(len(home), -1, dtype=np.int32), own]),
        np.concatenate([brought, emergencies.ambulance[own]]),
    )


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
        "CostPence": unit_cost("call_111", len(found)),
    }
    return [Extract("urgent-care", "calls-111", found.day, pa.table(table))]
