"""Stays of a made system that are told one by one: births of a woman, sessions of treatment again and again."""

from datetime import date

import numpy as np
import pytest

from stewardship.synthetic.health import health_of
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import people_of
from stewardship.synthetic.use import prepared
from stewardship.synthetic.use.emergencies import emergencies_of
from stewardship.synthetic.use.rates import expected_of
from stewardship.synthetic.use.reasons import reasons
from stewardship.synthetic.use.spells import KINDS, spells_of

PLAN = Plan(100_000, 5, 11, date(2026, 3, 31))


@pytest.fixture(scope="module")
def made():
    """What is expected of each batch, and its stays."""
    places, lives = places_of(PLAN), []
    for number in range(4):
        people = people_of(PLAN, places, number)
        lives.append((people, health_of(PLAN, people)))
    ready = prepared(PLAN, places, lives)
    every = [expected_of(PLAN, places, *each, ready.scales) for each in lives]
    return [(expected, spells_of(expected, emergencies_of(expected))) for expected in every]


def with_diagnosis(spells, kind, begins):
    """Which stays of a kind have a main diagnosis that begins so."""
    those = [number for number, code in enumerate(reasons(kind).diagnosis) if code.startswith(begins)]
    return (spells.kind == KINDS.index(kind)) & np.isin(spells.reason, those)


def test_nobody_gives_birth_as_a_child_or_twice_within_nine_months(made):
    ages, between = [], []
    for expected, spells in made:
        own = with_diagnosis(spells, "maternity", "O8")
        who, day = spells.who[own], spells.day[own]
        order = np.lexsort((day, who))
        who, day = who[order], day[order]
        between.append(np.diff(day)[np.diff(who) == 0])
        ages.append((day - expected.people.birth[who]) / 365.25)
    ages, between = np.concatenate(ages), np.concatenate(between)
    assert ages.min() >= 14
    assert (ages < 16).mean() < 0.003
    assert len(between) > 50
    assert between.min() >= 270


def test_few_people_have_many_sessions_of_dialysis(made):
    people, sessions, years, with_disease = 0, 0, 0.0, 0
    for expected, spells in made:
        own = with_diagnosis(spells, "regular", "N185")
        often = np.bincount(spells.who[own], minlength=len(expected.people))
        onset = expected.health.onset["chronic_kidney_disease"]
        begin = np.maximum(np.maximum(expected.people.start, onset), PLAN.first)
        end = np.minimum(np.minimum(expected.people.end, expected.people.death), PLAN.last)
        people += np.count_nonzero(often)
        sessions += often.sum()
        years += ((end - begin + 1) / 365.25)[often > 0].sum()
        with_disease += (onset <= PLAN.last).sum()
    assert 0 < people < 0.01 * with_disease
    assert sessions / years == pytest.approx(150, rel=0.1)
