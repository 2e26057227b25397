"""What the database is asked for a worklist is what the rules say, on the day it was worked out and every later one."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from stewardship.cancer.on_lists import AFTER_CLOSING, stretches
from stewardship.rules.cancer.timed.fit import Fit
from stewardship.rules.cancer.timed.milestones import timed_pathways
from stewardship.rules.cancer.timed.reviews import review_kinds
from stewardship.rules.cancer.timed.tracked import Action, Dates, Review, Tracked, Triaged
from stewardship.rules.cancer.timed.worklists import worklists_of

START = date(2026, 1, 5)
TODAY = date(2026, 4, 16)
CODES = ("TRI", "FSEEN", "TEST1", "TEST2", "BX", "MDT", "STAGE", "IPT", "DTT")

days = st.integers(-20, 180).map(lambda many: START + timedelta(days=many))
maybe = st.none() | days
dates = st.builds(
    Dates, code=st.sampled_from(CODES), requested=maybe, booked=maybe, done=maybe, reported=maybe,
    not_needed=st.sampled_from(("", "", "done elsewhere")),
)  # fmt: skip
pathways = st.builds(
    Tracked,
    timed_pathway=st.sampled_from(sorted(timed_pathways())),
    clock_start=st.integers(0, 140).map(lambda many: START + timedelta(days=many)),
    adjusted_days=st.sampled_from((0, 0, 14)),
    waiting_to_be_told=st.booleans(),
    waiting_for_treatment=st.booleans(),
    milestones=st.lists(dates, max_size=5, unique_by=lambda one: one.code).map(tuple),
    actions=st.lists(st.builds(Action, due=maybe, done=maybe), max_size=3).map(tuple),
    triaged=st.none() | st.builds(
        Triaged, outcome=st.sampled_from(("TD1", "TD4")), decided=days, patient_told=maybe, practice_told=maybe
    ),
    fit=st.none() | st.builds(Fit, value=st.sampled_from((Decimal(4), Decimal(40))), sampled=maybe, resulted=maybe),
    told=maybe, ruled_out=maybe, practice_told=maybe, decided=maybe, transfer_planned=st.booleans(),
    transferred=maybe, cancer_ended=maybe, harm_reviewed=maybe, diagnosed=maybe, closed=maybe, vanished=maybe,
    reviews=st.lists(
        st.builds(
            Review, months=st.sampled_from([one.months for one in review_kinds()]), done=maybe,
            by_practice=st.booleans(), declined=maybe,
        ),
        max_size=2,
    ).map(tuple),
)  # fmt: skip


def kept(found, day):
    """What is found by asking for the stretches that a day lies in."""
    return {one.worklist for one in found if one.first <= day <= one.last}


@given(pathways, st.integers(0, 500))
def test_the_stretches_of_a_pathway_say_what_the_rules_say_on_every_later_day(pathway, later):
    found = stretches(pathway, TODAY)
    day = TODAY + timedelta(days=later)
    said = set(worklists_of(pathway, day))
    assert kept(found, day) == said
    assert pathway.is_open or said <= AFTER_CLOSING


@given(pathways)
def test_every_turn_is_on_the_day_the_rules_turn(pathway):
    found = stretches(pathway, TODAY)
    turns = {day for one in found for day in (one.first, one.last) if TODAY < day < date(2029, 1, 1)}
    for turn in turns:
        for day in (turn - timedelta(days=1), turn, turn + timedelta(days=1)):
            assert kept(found, day) == set(worklists_of(pathway, day))


def test_a_stretch_has_a_first_and_a_last_day():
    pathway = Tracked(timed_pathway="generic", clock_start=TODAY - timedelta(days=25))
    found = {one.worklist: one for one in stretches(pathway, TODAY)}
    assert found["approaching-28"][1:] == (TODAY, TODAY + timedelta(days=3))
    assert found["over-28"].first == TODAY + timedelta(days=4)
    assert found["over-62"].first == TODAY + timedelta(days=38)
    assert found["over-62"].last == date.max
