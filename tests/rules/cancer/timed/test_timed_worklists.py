"""Who is on which worklist on a day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.rules.cancer.codes import EndReason, Route
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.pathway import Pathway, Treatment
from stewardship.rules.cancer.timed.fit import Fit
from stewardship.rules.cancer.timed.tracked import Action, Dates, Review, Tracked, Triaged, as_judged
from stewardship.rules.cancer.timed.worklists import RULES, worklists, worklists_of

START = date(2026, 1, 5)


def on(day):
    return None if day is None else START + timedelta(days=day)


def tracked(**facts):
    """A pathway with an open next action that is not due, so that only what a test names is to be done."""
    usual = {
        "timed_pathway": "lower_gi",
        "clock_start": START,
        "actions": (Action(due=on(400)),),
        "first_seen": on(1),
    }
    return Tracked(**{**usual, **facts})


def test_every_worklist_has_its_rule_and_its_words():
    assert [worklist.key for worklist in worklists()] == list(RULES)
    assert all(worklist.name and worklist.words.endswith(".") for worklist in worklists())


@pytest.mark.parametrize("day, held", [
    (20, set()),
    (21, {"approaching-28"}),
    (28, {"approaching-28"}),
    (29, {"over-28"}),
    (30, {"over-28"}),
    (31, {"over-28", "approaching-38"}),
    (38, {"over-28", "approaching-38"}),
    (39, {"over-28"}),
    (47, {"over-28"}),
    (48, {"over-28", "approaching-62"}),
    (62, {"over-28", "approaching-62"}),
    (63, {"over-28", "over-62"}),
    (104, {"over-28", "over-62"}),
    (105, {"over-28", "over-62", "over-104", "harm-review-due"}),
])  # fmt: skip
def test_worklists_of_days_begin_and_end_where_the_limits_are(day, held):
    assert set(worklists_of(tracked(), on(day))) == held


@pytest.mark.parametrize("facts, day, key, held", [
    ({"adjusted_days": 14}, 42, "over-28", False),
    ({"adjusted_days": 14}, 43, "over-28", True),
    ({"waiting_to_be_told": False}, 40, "over-28", False),
    ({"waiting_to_be_told": False}, 25, "approaching-28", False),
    ({"waiting_for_treatment": False}, 70, "over-62", False),
    ({"waiting_for_treatment": False}, 60, "approaching-62", False),
    ({"decided": on(30)}, 35, "approaching-38", False),
    ({"decided": on(36)}, 35, "approaching-38", True),
    ({"transferred": on(30)}, 35, "approaching-38", False),
    ({"closed": on(50)}, 70, "over-62", False),
    ({"closed": on(50)}, 25, "approaching-28", False),
])  # fmt: skip
def test_a_worklist_of_days_is_of_clocks_that_run(facts, day, key, held):
    assert (key in worklists_of(tracked(**facts), on(day))) is held


@pytest.mark.parametrize("facts, day, held", [
    ({}, 20, False),
    ({"milestones": (Dates(code="TEST1", done=on(10)),)}, 20, True),  # an endoscopy is told of on the day
    ({"milestones": (Dates(code="TEST1", done=on(10)),)}, 9, False),
    ({"milestones": (Dates(code="TEST1", done=on(10)), Dates(code="BX", requested=on(10), done=on(10)))}, 20, False),
    ({"milestones": (Dates(code="BX", requested=on(10), done=on(10), reported=on(17)),)}, 20, True),
    ({"milestones": (Dates(code="BX", reported=on(17)), Dates(code="STAGE", requested=on(17)))}, 20, True),
    ({"milestones": (Dates(code="MDT", done=on(19)),)}, 20, True),
    ({"milestones": (Dates(code="TEST3", requested=on(5)), Dates(code="MDT", done=on(19)))}, 20, False),
    ({"milestones": (Dates(code="TEST3", booked=on(30)), Dates(code="MDT", done=on(19)))}, 20, False),
    ({"milestones": (Dates(code="TEST3", booked=on(9), not_needed="no"), Dates(code="MDT", done=on(19)))}, 20, True),
    ({"ruled_out": on(15), "milestones": (Dates(code="TEST3", requested=on(5)),)}, 20, True),
    ({"ruled_out": on(15), "told": on(16)}, 20, False),
    ({"ruled_out": on(15), "told": on(25)}, 20, True),
    ({"ruled_out": on(15), "closed": on(18)}, 20, False),
])  # fmt: skip
def test_a_result_is_known_once_nothing_that_settles_it_is_waited_for(facts, day, held):
    assert ("result-known-not-told" in worklists_of(tracked(**facts), on(day))) is held


LOW, RAISED = Fit(value=Decimal(4), resulted=on(2)), Fit(value=Decimal(10), resulted=on(2))


@pytest.mark.parametrize("facts, day, held", [
    ({"fit": LOW}, 2, True),
    ({"fit": LOW}, 1, False),  # not known yet
    ({"fit": RAISED}, 2, False),
    ({"fit": Fit(value=Decimal(20), comparator="<", resulted=on(2))}, 2, False),
    ({"fit": Fit(missing_because="not returned")}, 2, False),
    ({"fit": replace(LOW, found=("rectal mass",))}, 2, False),
    ({"fit": LOW, "timed_pathway": "non_specific"}, 2, False),
    ({"fit": LOW, "told": on(9), "waiting_to_be_told": False}, 10, False),
    ({"fit": LOW, "closed": on(9)}, 10, False),
    ({}, 2, False),
])  # fmt: skip
def test_who_was_referred_with_a_fit_below_the_threshold_is_on_a_list_of_their_own(facts, day, held):
    assert ("fit-below-threshold" in worklists_of(tracked(**facts), on(day))) is held


@pytest.mark.parametrize("told, practice_told, closed, held", [
    (None, None, None, True),
    (16, None, None, True),
    (None, 16, None, True),
    (16, 17, None, False),
    (16, 21, None, True),   # a letter dated later has not gone
    (16, None, 18, True),   # closing does not tell the practice
    (16, 17, 18, False),
])  # fmt: skip
def test_ruled_out_stays_until_the_person_and_the_practice_are_told(told, practice_told, closed, held):
    facts = {"ruled_out": on(15), "told": on(told), "practice_told": on(practice_told), "closed": on(closed)}
    assert ("ruled-out-not-notified" in worklists_of(tracked(**facts), on(20))) is held
    assert "ruled-out-not-notified" not in worklists_of(tracked(**facts), on(14))


@pytest.mark.parametrize("patient, practice, day, held", [
    (None, None, 3, False), (None, None, 4, True), (5, None, 6, True), (None, 5, 6, True), (5, 5, 6, False),
    (5, 5, 4, True),
])  # fmt: skip
def test_an_outcome_of_teledermatology_is_to_send_until_both_are_told(patient, practice, day, held):
    triaged = Triaged(outcome="TD1", decided=on(4), patient_told=on(patient), practice_told=on(practice))
    assert ("teledermatology-to-send" in worklists_of(tracked(triaged=triaged), on(day))) is held


@pytest.mark.parametrize(
    "told, practice_told, held", [(6, 7, False), (6, None, True), (3, 3, True), (6, 11, True)]
)
def test_an_outcome_is_not_sent_to_whom_more_was_told_since(told, practice_told, held):
    facts = {
        "triaged": Triaged(outcome="TD4", decided=on(4)),
        "told": on(told),
        "practice_told": on(practice_told),
    }
    assert ("teledermatology-to-send" in worklists_of(tracked(**facts), on(10))) is held


@pytest.mark.parametrize("facts, day, held", [
    ({}, 40, False),
    ({"transfer_planned": True}, 30, False),
    ({"transfer_planned": True}, 31, True),
    ({"transfer_planned": True}, 60, True),
    ({"transfer_planned": True, "transferred": on(35)}, 34, True),
    ({"transfer_planned": True, "transferred": on(35)}, 35, False),
    ({"transfer_planned": True, "waiting_for_treatment": False}, 40, False),
])  # fmt: skip
def test_a_transfer_is_due_from_a_week_before_day_38(facts, day, held):
    assert ("transfers-due" in worklists_of(tracked(**facts), on(day))) is held


@pytest.mark.parametrize("facts, day, held", [
    ({}, 104, False),
    ({}, 105, True),
    ({"harm_reviewed": on(106)}, 105, True),
    ({"harm_reviewed": on(106)}, 106, False),
    ({"cancer_ended": on(104), "waiting_for_treatment": False, "closed": on(104)}, 200, False),
    ({"cancer_ended": on(105), "waiting_for_treatment": False, "closed": on(105)}, 200, True),
    ({"cancer_ended": on(105), "waiting_for_treatment": False}, 105, True),  # on the day itself
    ({"cancer_ended": on(105), "adjusted_days": 1, "closed": on(105)}, 200, False),
    ({"ruled_out": on(110), "told": on(110), "waiting_for_treatment": False}, 200, False),
])  # fmt: skip
def test_a_harm_review_is_due_for_who_waited_over_104_days_with_cancer_or_still_waits(facts, day, held):
    assert ("harm-review-due" in worklists_of(tracked(**facts), on(day))) is held


@pytest.mark.parametrize("actions, none, overdue", [
    ((), True, False),
    ((Action(due=on(10)),), False, False),             # due today
    ((Action(due=on(9)),), False, True),
    ((Action(),), False, False),
    ((Action(due=on(9), done=on(9)),), True, False),
    ((Action(due=on(9), done=on(11)),), False, True),  # done later than this day
    ((Action(due=on(9), done=on(9)), Action(due=on(20))), False, False),
])  # fmt: skip
def test_next_actions_are_missing_or_overdue(actions, none, overdue):
    found = worklists_of(tracked(actions=actions), on(10))
    assert ("no-next-action" in found, "next-action-overdue" in found) == (none, overdue)
    assert not {"no-next-action", "next-action-overdue"} & set(
        worklists_of(tracked(actions=actions, closed=on(5)), on(10))
    )


@pytest.mark.parametrize("facts, day, held", [
    ({"first_seen": None}, 5, False),
    ({"first_seen": None}, 6, True),
    ({"first_seen": on(20)}, 6, False),
    ({"first_seen": None, "milestones": (Dates(code="FSEEN", requested=on(2)),)}, 6, True),
    ({"first_seen": None, "milestones": (Dates(code="FSEEN", booked=on(12)),)}, 6, False),
    ({"first_seen": None, "milestones": (Dates(code="TEST2", booked=on(12)),)}, 6, False),
])  # fmt: skip
def test_a_first_appointment_should_be_booked_in_five_days(facts, day, held):
    assert ("first-appointment-not-booked" in worklists_of(tracked(**facts), on(day))) is held


@pytest.mark.parametrize("row, day, histology, imaging", [
    (Dates(code="BX", requested=on(1), done=on(10)), 17, False, False),
    (Dates(code="BX", requested=on(1), done=on(10)), 18, True, False),
    (Dates(code="BX", requested=on(1), done=on(10), reported=on(18)), 18, False, False),
    (Dates(code="BX", requested=on(1)), 40, False, False),           # not taken yet
    (Dates(code="BX", requested=on(1), booked=on(30)), 20, False, False),
    (Dates(code="STAGE", requested=on(10)), 17, False, False),
    (Dates(code="STAGE", requested=on(10)), 18, False, True),
    (Dates(code="STAGE", requested=on(10), done=on(17)), 18, False, False),  # staging ends when it is done
    (Dates(code="TEST2", requested=on(10), done=on(12)), 18, False, True),   # done, not reported
    (Dates(code="TEST2", requested=on(10), done=on(12), kind="histology"), 20, True, False),
    (Dates(code="TEST2", requested=on(10), not_needed="declined"), 20, False, False),
    (Dates(code="FSEEN", requested=on(1)), 20, False, False),
])  # fmt: skip
def test_histology_and_imaging_are_waited_for_up_to_their_limits(row, day, histology, imaging):
    found = worklists_of(tracked(milestones=(row,)), on(day))
    assert ("waiting-for-histology" in found, "waiting-for-imaging" in found) == (histology, imaging)


@pytest.mark.parametrize("vanished, closed, day, held", [
    (None, None, 10, False), (10, None, 9, False), (10, None, 10, True), (10, 12, 13, False),
])  # fmt: skip
def test_who_vanished_is_listed_until_a_reason_is_given(vanished, closed, day, held):
    facts = {"vanished": on(vanished), "closed": on(closed)}
    assert ("vanished" in worklists_of(tracked(**facts), on(day))) is held


def test_care_reviews_are_due_after_the_pathway_is_closed():
    done = tracked(closed=on(60), diagnosed=on(20), reviews=(Review(months=3, done=on(100)),))
    assert worklists_of(done, on(120)) == ()
    assert worklists_of(replace(done, reviews=()), on(120)) == ("care-reviews-due",)


@pytest.mark.parametrize("facts, as_of, zero, told_runs, treated_runs", [
    ({}, 10, 0, True, True),
    ({"missed": on(3), "rebooked": on(8)}, 20, 8, True, True),
    ({"told": on(9), "end_reason": EndReason.RULED_OUT}, 10, 0, False, False),
    ({"told": on(9), "end_reason": EndReason.CANCER}, 10, 0, False, True),
    ({"told": on(9), "end_reason": EndReason.CANCER}, 8, 0, True, True),
    ({"route": Route.UPGRADE, "upgraded": on(5)}, 10, 5, False, True),
    ({"route": Route.NONE}, 10, 0, False, False),
    ({"told": on(9), "end_reason": "01", "treatment": Treatment(decided=on(20), started=on(40))}, 50, 0, False, False),
])  # fmt: skip
def test_the_clocks_are_those_of_the_waiting_time_rules(facts, as_of, zero, told_runs, treated_runs):
    pathway = Pathway(**{"route": Route.URGENT, "received": START, **facts})
    found = as_judged(tracked(), judge(pathway, as_of=on(as_of)))
    assert found.day_zero == on(zero)
    assert (found.waiting_to_be_told, found.waiting_for_treatment) == (told_runs, treated_runs)


days = st.none() | st.integers(-5, 150).map(on)


@given(
    st.builds(
        Tracked, timed_pathway=st.just("skin"), clock_start=st.just(START), adjusted_days=st.integers(0, 20),
        told=days, ruled_out=days, practice_told=days, decided=days, transferred=days, cancer_ended=days,
        waiting_to_be_told=st.booleans(), waiting_for_treatment=st.booleans(), vanished=days,
    ),
    st.integers(0, 150).map(on),
)  # fmt: skip
def test_a_pathway_is_never_before_and_after_the_same_limit(pathway, as_of):
    found = set(worklists_of(pathway, as_of))
    assert not {"approaching-28", "over-28"} <= found
    assert not {"approaching-62", "over-62"} <= found
    assert "over-104" not in found or "over-62" in found
    open_lists = found - {"ruled-out-not-notified", "harm-review-due"}
    closed = set(worklists_of(replace(pathway, closed=as_of), as_of))
    assert not closed & open_lists
