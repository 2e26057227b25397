"""All use of one batch, from the scales of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.lives import Health, People, Plan
from stewardship.synthetic.places import Places
from stewardship.synthetic.truth import Planted
from stewardship.synthetic.use.admissions import admissions
from stewardship.synthetic.use.advice import advice_line
from stewardship.synthetic.use.appointments import appointments
from stewardship.synthetic.use.changes import with_advice_line, with_coordination
from stewardship.synthetic.use.columns import Columns
from stewardship.synthetic.use.community import community
from stewardship.synthetic.use.departments import emergency_departments
from stewardship.synthetic.use.emergencies import emergencies_of
from stewardship.synthetic.use.mental_health import mental_health
from stewardship.synthetic.use.outpatients import outpatients
from stewardship.synthetic.use.rates import Scales, expected_of, scales_of
from stewardship.synthetic.use.social_care import social_care, weekly_at_home
from stewardship.synthetic.use.spells import KINDS, spells_of
from stewardship.synthetic.use.truths import advice_line_effect, service_change, under_served_use
from stewardship.synthetic.use.urgent_care import (
    ambulances,
    attended_of,
    calls_111,
    home_attendances,
)


@dataclass(frozen=True)
class Prepared:
    """What use is made with: the scales of rates, and pounds that a week of support at home costs on average."""

    scales: Scales
    weekly: float


def prepared(plan: Plan, places: Places, reference: Sequence[tuple[People, Health]]) -> Prepared:
    """Worked out once for a plan, from batches of people of reference; about 80,000 are enough.

    ValueError where nobody among them has frailty.
    """
    scales = scales_of(plan, reference)
    weekly = weekly_at_home(expected_of(plan, places, *each, scales) for each in reference)
    return Prepared(scales, weekly)


def use_of(
    plan: Plan, places: Places, people: People, health: Health, ready: Prepared
) -> tuple[list[Extract], list[Planted]]:
    """Every contact of a batch as partners send it, and the batch's part of what was planted."""
    expected = expected_of(plan, places, people, health, ready.scales)
    columns = Columns(people, places)
    home = home_attendances(expected)
    crises, emergencies = with_advice_line(expected, ready.scales, emergencies_of(expected))
    enrolled, emergencies = with_coordination(expected, emergencies)
    spells = spells_of(expected, emergencies)
    attended = attended_of(expected, home, emergencies)
    clinics, outpatient, seen = outpatients(expected, columns)
    of_mind, therapy, given = mental_health(expected, columns)
    sent = [
        *appointments(expected, columns),
        *admissions(expected, columns, spells),
        *clinics,
        *emergency_departments(expected, columns, attended, emergencies),
        *community(expected, columns, crises, enrolled),
        *of_mind,
        *social_care(expected, ready.weekly, columns),
        *ambulances(expected, columns, attended),
        *calls_111(expected, columns),
        *advice_line(expected, columns, crises, emergencies),
    ]
    planned = {"outpatient": (outpatient.who, seen), "talking_therapy": (therapy.who, given)}
    for kind in ("elective", "day_case"):
        own = np.flatnonzero(spells.kind == KINDS.index(kind))
        planned[kind] = (spells.who[own], spells.happened[own])
    return sent, [
        service_change(expected, emergencies, home, enrolled),
        advice_line_effect(expected, emergencies, crises),
        under_served_use(expected, planned),
    ]
