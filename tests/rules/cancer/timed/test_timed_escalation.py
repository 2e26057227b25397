"""To whom a pathway is escalated, why, and by when they answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.rules.cancer.timed.escalation import RULES, escalation, levels, triggers
from stewardship.rules.cancer.timed.tracked import Action, Dates, Raised, Tracked

START = date(2026, 3, 2)  # a Monday


def on(day):
    return None if day is None else START + timedelta(days=day)


def tracked(**facts):
    """A pathway on which nothing is overdue until its own facts say so: every early milestone is done."""
    rows = facts.pop("milestones", ())
    done = tuple(Dates(code=code, done=on(day)) for code, day in (("TRI", 1), ("TEST1", 5), ("MDT", 20)))
    usual = {"timed_pathway": "lower_gi", "clock_start": START, "milestones": (*done, *rows)}
    return Tracked(**{**usual, **facts})


def triggered(pathway, day):
    return [one.key for one in escalation(pathway, on(day)).why]


def test_every_trigger_has_its_rule_and_leads_to_a_rung():
    assert [one.key for one in triggers()] == list(RULES)
    assert [level.level for level in levels()] == [0, 1, 2, 3, 4, 5]
    assert {one.level for one in triggers()} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("due, day, level", [
    (3, 4, 0),   # due Thursday: Friday is one working day
    (3, 6, 0),   # Sunday is no second
    (3, 7, 1),   # Monday is
    (4, 7, 0),
    (4, 8, 1),
    (None, 20, 0),
])  # fmt: skip
def test_an_action_is_escalated_two_working_days_after_it_was_due(due, day, level):
    found = escalation(tracked(actions=(Action(due=on(due)),)), on(day))
    assert found.level.level == level


def test_easter_puts_off_an_escalation():
    action = Action(due=date(2026, 4, 1))
    quiet = {"told": on(25), "waiting_to_be_told": False}
    assert escalation(tracked(actions=(action,), **quiet), date(2026, 4, 6)).level.level == 0
    assert escalation(tracked(actions=(action,), **quiet), date(2026, 4, 7)).level.level == 1


@pytest.mark.parametrize("facts, day, found", [
    ({}, 20, []),
    ({"milestones": (Dates(code="BX", requested=on(10)),)}, 17, []),
    ({"milestones": (Dates(code="BX", requested=on(10)),)}, 18, ["report-late"]),
    ({"milestones": (Dates(code="BX", requested=on(10), reported=on(18)),)}, 18, []),
    ({"milestones": (Dates(code="BX", requested=on(10)),)}, 22, ["milestone-missed", "report-late"]),
    ({}, 28, []),
    ({}, 29, ["milestone-missed", "not-told"]),
    ({"told": on(28), "waiting_to_be_told": False}, 29, []),
    ({"told": on(28), "waiting_to_be_told": False, "decided": on(30)}, 45, []),
    ({"told": on(28), "waiting_to_be_told": False, "decided": on(30)}, 49, []),
    ({"told": on(28), "waiting_to_be_told": False, "decided": on(30)}, 50, ["no-treatment-date"]),
    ({"told": on(28), "waiting_to_be_told": False, "decided": on(30), "treatment_booked": on(60)}, 50, []),
    ({"told": on(28), "waiting_to_be_told": False, "decided": on(30), "treatment_booked": on(70)}, 62, []),
    ({"told": on(28), "waiting_to_be_told": False, "decided": on(30), "treatment_booked": on(70)}, 63,
     ["milestone-missed", "not-treated"]),
    ({"told": on(28), "waiting_to_be_told": False, "decided": on(30), "treatment_booked": on(110)}, 104,
     ["milestone-missed", "not-treated", "long-wait"]),
    ({"told": on(28), "waiting_to_be_told": False}, 90,
     ["milestone-missed", "no-treatment-date", "not-treated", "no-plan"]),
    ({"told": on(28), "waiting_to_be_told": False, "decided": on(30)}, 90,
     ["milestone-missed", "no-treatment-date", "not-treated"]),
    ({"told": on(28), "waiting_to_be_told": False, "decided": on(30), "transfer_planned": True}, 37, []),
    ({"told": on(28), "waiting_to_be_told": False, "decided": on(30), "transfer_planned": True}, 38,
     ["not-transferred"]),
    ({"told": on(28), "waiting_to_be_told": False, "decided": on(30), "transfer_planned": True,
      "transferred": on(38)}, 38, []),
    ({"waiting_to_be_told": False, "waiting_for_treatment": False, "closed": on(30)}, 120, []),
    ({"closed": on(30)}, 30, []),
    ({"closed": on(31)}, 30, ["milestone-missed", "not-told"]),
    ({"actions": (Action(due=on(2), done=on(20)),)}, 20, []),
    ({"actions": (Action(due=on(2), done=on(21)),)}, 20, ["action-overdue"]),
])  # fmt: skip
def test_each_trigger_begins_on_its_day(facts, day, found):
    assert triggered(tracked(**facts), day) == found


@pytest.mark.parametrize(
    "day, level", [(28, 0), (29, 2), (37, 2), (50, 3), (62, 3), (63, 4), (89, 4), (90, 5), (104, 5)]
)
def test_the_level_rises_with_the_days(day, level):
    assert escalation(tracked(), on(day)).level.level == level


@pytest.mark.parametrize("raised_on, answered, day, level", [
    (7, None, 8, 1),    # Monday, answer by Tuesday
    (7, None, 9, 2),
    (7, 9, 9, 1),
    (11, None, 14, 1),  # Friday, answer by Monday
    (11, None, 15, 2),
    (None, None, 15, 1),
])  # fmt: skip
def test_what_is_not_answered_in_its_time_goes_up(raised_on, answered, day, level):
    made = () if raised_on is None else (Raised(level=1, on=on(raised_on), answered=on(answered)),)
    found = escalation(tracked(actions=(Action(due=on(2)),), escalations=made), on(day))
    assert found.level.level == level


def test_an_escalation_says_whether_it_was_raised_and_by_when_it_is_answered():
    late = {"told": on(28), "waiting_to_be_told": False, "treatment_booked": on(80)}
    waits = escalation(tracked(**late), on(64))
    assert (waits.level.to, waits.to_raise) == (
        "Cancer manager, and the report to the chief operating officer",
        True,
    )
    raised = Raised(level=4, on=on(63))  # Monday 4 May 2026, a bank holiday
    made = escalation(tracked(**late, escalations=(raised,)), on(64))
    assert (made.to_raise, made.raised, made.answer_by) == (False, raised, date(2026, 5, 11))
    lower = escalation(tracked(**late, escalations=(Raised(level=2, on=on(40), answered=on(41)),)), on(64))
    assert lower.to_raise


@given(st.integers(0, 130), st.integers(0, 130), st.booleans(), st.booleans())
def test_the_days_alone_never_take_a_pathway_down_the_ladder(one, other, told, planned):
    pathway = tracked(waiting_to_be_told=not told, told=on(25) if told else None, transfer_planned=planned)
    earlier, later = sorted((one, other))
    assert escalation(pathway, on(earlier)).level.level <= escalation(pathway, on(later)).level.level
