"""Milestones of the timed pathways: what is configured, and how each stands on a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.rules.cancer.timed.configured import configured, in_force
from stewardship.rules.cancer.timed.milestones import (
    is_milestone_code,
    milestones_of,
    timed_pathway_of,
    timed_pathways,
    verb_words,
)
from stewardship.rules.cancer.timed.progress import DONE, State, expected_on, standings
from stewardship.rules.cancer.timed.tracked import Dates, Tracked

START = date(2026, 3, 2)


def on(day):
    return START + timedelta(days=day)


def pathway(key="lower_gi", *milestones, **facts):
    return Tracked(timed_pathway=key, clock_start=START, milestones=milestones, **facts)


def standing(tracked, code, as_of, at="done"):
    found = [s for s in standings(tracked, as_of) if (s.milestone.code, s.milestone.at) == (code, at)]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("key, code, at, earliest, day", [
    ("generic", "TRI", "done", 1, 3),
    ("generic", "FSEEN", "done", 14, 14),
    ("generic", "BX", "reported", 14, 21),
    ("generic", "MDT", "done", 21, 21),
    ("generic", "STAGE", "done", 28, 35),
    ("generic", "IPT", "done", 38, 38),
    ("generic", "DTT", "done", 31, 38),
    ("generic", "FDT", "done", 62, 62),
    ("prostate", "TEST1", "done", 7, 9),
    ("prostate", "TEST1", "reported", 9, 10),
    ("prostate", "BX", "done", 10, 14),
    ("prostate", "BX", "reported", 17, 21),
    ("prostate", "SDC", "done", 35, 38),
    ("prostate", "TOLD", "done", 28, 28),
    ("lower_gi", "TRI", "done", 1, 3),
    ("lower_gi", "TEST1", "done", 14, 14),
    ("lower_gi", "STAGE", "done", 14, 18),
    ("lower_gi", "BX", "reported", 18, 21),
    ("gynaecological", "FSEEN", "done", 7, 14),
    ("gynaecological_ovarian", "TEST1", "done", 7, 14),
    ("gynaecological_ovarian", "MDT", "done", 21, 28),
    ("breast", "FSEEN", "done", 10, 14),
    ("breast", "BX", "reported", 14, 19),
    ("breast", "MDT", "done", 19, 21),
    ("breast", "TOLD", "done", 21, 28),
    ("skin", "TRI", "done", 2, 5),
    ("skin", "TRI", "reported", 7, 7),
    ("skin", "BX", "reported", 21, 24),
    ("non_specific", "TRI", "done", 0, 2),
    ("non_specific", "FSEEN", "done", 2, 10),
    ("non_specific", "MDT", "done", 10, 15),
    ("non_specific", "TOLD", "done", 28, 28),
    ("generic", "REF", "done", 0, 0),
    ("generic", "TEST1", "done", 14, 14),
    ("generic", "BX", "done", 14, 14),
    ("generic", "TOLD", "done", 28, 28),
    ("prostate", "REF", "done", 0, 0),
    ("prostate", "TRI", "done", 3, 3),
    ("prostate", "RULEOUT", "done", 9, 10),
    ("prostate", "MDT", "done", 21, 21),
    ("prostate", "STAGE", "done", 21, 21),
    ("lower_gi", "RULEOUT", "done", 14, 14),
    ("lower_gi", "MDT", "done", 21, 21),
    ("lower_gi", "TOLD", "done", 28, 28),
    ("gynaecological", "TRI", "done", 1, 3),
    ("gynaecological", "BX", "done", 7, 14),
    ("gynaecological", "BX", "reported", 14, 21),
    ("gynaecological", "STAGE", "done", 21, 28),
    ("gynaecological", "TOLD", "done", 28, 28),
    ("gynaecological_bleeding", "TEST1", "done", 7, 14),
    ("gynaecological_bleeding", "TEST2", "done", 7, 14),
    ("gynaecological_ovarian", "TEST2", "done", 7, 14),
    ("gynaecological_cervical", "FSEEN", "done", 7, 14),
    ("gynaecological_vulval", "FSEEN", "done", 7, 14),
    ("breast", "TRI", "done", 1, 3),
    ("breast", "BX", "done", 10, 14),
    ("skin", "FSEEN", "done", 7, 14),
    ("skin", "BX", "done", 7, 14),
    ("skin", "MDT", "done", 21, 28),
    ("skin", "TOLD", "done", 28, 28),
])  # fmt: skip
def test_target_days_are_those_of_the_published_windows(key, code, at, earliest, day):
    rows = {(row.code, row.at): row for row in milestones_of(key, START)}
    assert (rows[code, at].earliest, rows[code, at].day) == (earliest, day)


def test_every_pathway_ends_with_being_told_and_treated_and_is_in_order():
    for key in timed_pathways():
        rows = milestones_of(key, START)
        assert {"REF", "RULEOUT", "TOLD", "IPT", "DTT", "FDT"} <= {row.code for row in rows}
        assert [row.order for row in rows] == sorted(row.order for row in rows)
        assert rows[0].code == "REF" and rows[-1].code == "FDT"
        assert len({(row.code, row.at) for row in rows}) == len(rows)


def test_what_is_configured_names_only_what_there_is():
    owners = configured("milestones")["owners"]
    for key in timed_pathways():
        for row in milestones_of(key, START):
            assert is_milestone_code(row.code) and row.owner in owners and verb_words(row.verb)
            assert row.at in ("done", "reported") and 0 <= row.earliest <= row.day <= 62
            assert row.kind in ("", "imaging", "endoscopy", "histology", "test")
        assert timed_pathways()[key].source


@pytest.mark.parametrize("code, known", [
    ("REF", True), ("TEST1", True), ("TEST9", True), ("TEST", False), ("TEST0", False), ("TEST10", False),
    ("XYZ", False), ("", False),
])  # fmt: skip
def test_a_file_may_name_configured_codes_and_numbered_tests(code, known):
    assert is_milestone_code(code) is known


@pytest.mark.parametrize("referral_type, diagnosis, key", [
    ("07", "", "lower_gi"), ("09", "", "gynaecological"), ("01", "", "breast"), ("16", "", "breast"),
    ("08", "", "skin"), ("17", "", "non_specific"), ("11", "", "generic"), ("11", "C61", "prostate"),
    ("11", "C67.9", "generic"), ("03", "", "generic"), ("", "", "generic"), ("07", "c61.X", "prostate"),
])  # fmt: skip
def test_a_referral_takes_the_pathway_of_its_type_unless_the_diagnosis_says_more(
    referral_type, diagnosis, key
):
    assert timed_pathway_of(referral_type, diagnosis) == key


@pytest.mark.parametrize("chosen, key", [
    ("prostate", "prostate"), ("gynaecological_vulval", "gynaecological_vulval"), ("lung_of_1999", "lower_gi"),
    ("", "lower_gi"),
])  # fmt: skip
def test_what_was_chosen_at_triage_goes_before_the_type(chosen, key):
    assert timed_pathway_of("07", "C18", chosen) == key


def test_an_unknown_pathway_is_said_with_those_there_are():
    with pytest.raises(ValueError, match=r'no timed pathway "lung".*generic, prostate'):
        standings(Tracked(timed_pathway="lung", clock_start=START), START)


@pytest.mark.parametrize("done, as_of, state, late_by", [
    (None, 10, State.NOT_YET_DUE, 0),
    (None, 11, State.DUE_SOON, 0),   # three days before day 14
    (None, 14, State.DUE_SOON, 0),   # due today
    (None, 15, State.OVERDUE, 1),
    (None, 33, State.OVERDUE, 19),
    (13, 40, State.DONE_ON_TIME, 0),
    (14, 40, State.DONE_ON_TIME, 0),  # the target day is inside
    (15, 40, State.DONE_LATE, 1),
    (20, 12, State.DUE_SOON, 0),     # a day to come has not happened
    (20, 15, State.OVERDUE, 1),
])  # fmt: skip
def test_a_milestone_is_judged_by_its_target_day(done, as_of, state, late_by):
    dates = Dates(code="TEST1", done=None if done is None else on(done))
    found = standing(pathway("lower_gi", dates), "TEST1", on(as_of))
    assert (found.state, found.late_by, found.expected) == (state, late_by, on(14))


def test_a_missed_first_appointment_moves_every_expected_day():
    tracked = pathway("lower_gi", adjusted_days=11)
    assert standing(tracked, "TEST1", on(20)).expected == on(25)
    assert standing(tracked, "TEST1", on(20)).state is State.NOT_YET_DUE


def test_the_report_counts_where_the_report_is_the_milestone():
    tracked = pathway("prostate", Dates(code="TEST1", done=on(8), reported=on(12)))
    assert standing(tracked, "TEST1", on(20)).state is State.DONE_ON_TIME
    assert standing(tracked, "TEST1", on(20), at="reported").late_by == 2


def test_not_needed_takes_its_reason_and_a_mandatory_one_is_flagged():
    tracked = pathway(
        "prostate",
        Dates(code="TEST1", not_needed="cannot have MRI"),
        Dates(code="DTT", not_needed="chose none"),
    )
    left_out = standing(tracked, "TEST1", on(30))
    assert (left_out.state, left_out.why_not, left_out.left_out) == (
        State.NOT_NEEDED,
        "cannot have MRI",
        False,
    )
    assert standing(tracked, "DTT", on(30)).left_out


def test_what_is_needed_only_sometimes_waits_until_it_is_asked_for():
    assert standing(pathway(), "IPT", on(60)).why_not == "only where another provider is to treat"
    assert standing(pathway(transfer_planned=True), "IPT", on(60)).state is State.OVERDUE
    asked = pathway("lower_gi", Dates(code="BX", requested=on(14)))
    assert standing(asked, "BX", on(20), at="reported").state is State.DUE_SOON


def test_what_is_known_of_the_pathway_counts_without_a_row_of_its_own():
    tracked = pathway("breast", first_seen=on(10), told=on(20), decided=on(25), treated=on(50))
    for code, day in (("REF", 0), ("FSEEN", 10), ("TOLD", 20), ("DTT", 25), ("FDT", 50)):
        assert standing(tracked, code, on(60)).on == on(day)


def test_ruling_out_settles_what_was_still_to_come():
    tracked = pathway("lower_gi", Dates(code="TEST1", done=on(12)), ruled_out=on(12), told=on(12))
    found = {s.milestone.code: s for s in standings(tracked, on(80))}
    assert found["RULEOUT"].state is State.DONE_ON_TIME
    assert found["TOLD"].why_not == found["FDT"].why_not == "cancer was ruled out"
    assert not any(s.state is State.OVERDUE for s in found.values())


def test_a_closed_pathway_has_nothing_overdue():
    for day in (30, 90):
        found = standings(pathway(closed=on(30)), on(day))
        assert all(s.state is State.NOT_NEEDED for s in found if s.milestone.code != "REF")
    assert any(s.state is State.OVERDUE for s in standings(pathway(closed=on(30)), on(29)))


def test_told_without_a_test_is_allowed_and_flagged():
    told = standing(pathway("lower_gi", Dates(code="TRI", done=on(2)), told=on(9)), "TOLD", on(10))
    assert [row.code for row in told.ahead_of] == ["TEST1", "MDT"]
    assert told.state is State.DONE_ON_TIME


@pytest.mark.parametrize("tested, skipped", [(9, []), (10, ["TEST1"])])
def test_a_test_that_came_after_being_told_was_skipped(tested, skipped):
    rows = (
        Dates(code="TRI", done=on(2)),
        Dates(code="TEST1", done=on(tested)),
        Dates(code="MDT", done=on(9)),
    )
    told = standing(pathway("lower_gi", *rows, told=on(9)), "TOLD", on(20))
    assert [row.code for row in told.ahead_of] == skipped


def test_a_test_with_a_reason_is_not_skipped():
    rows = (
        Dates(code="TRI", done=on(2)),
        Dates(code="TEST1", not_needed="done before"),
        Dates(code="MDT", not_needed="benign"),
    )
    assert standing(pathway("lower_gi", *rows, told=on(9)), "TOLD", on(20)).ahead_of == ()


def test_configuration_holds_between_its_days():
    rows = milestones_of("generic", date(2023, 10, 1))
    assert rows and not milestones_of("generic", date(2023, 9, 30))
    assert in_force(rows, date(2023, 10, 1)) == rows
    ended = replace(rows[0], until=date(2025, 3, 31))
    assert in_force((ended,), date(2025, 3, 31)) == (ended,)
    assert in_force((ended,), date(2025, 4, 1)) == ()


days = st.none() | st.integers(-5, 120).map(on)
dates = st.builds(
    Dates,
    code=st.sampled_from(
        ["TRI", "FSEEN", "TEST1", "TEST2", "BX", "RULEOUT", "MDT", "TOLD", "STAGE", "IPT", "DTT", "FDT"]
    ),
    requested=days, booked=days, done=days, reported=days, not_needed=st.sampled_from(["", "", "not wanted"]),
)  # fmt: skip
tracked_pathways = st.builds(
    Tracked,
    timed_pathway=st.sampled_from(sorted(timed_pathways())), clock_start=st.just(START),
    adjusted_days=st.integers(0, 20), milestones=st.lists(dates, max_size=8, unique_by=lambda d: d.code).map(tuple),
    told=days, ruled_out=days, decided=days, treated=days, first_seen=days, closed=days,
    transfer_planned=st.booleans(), transferred=days, treatment_booked=days,
)  # fmt: skip


@given(tracked_pathways, st.integers(0, 150).map(on))
def test_whatever_is_recorded_each_milestone_has_one_state_that_fits_its_dates(tracked, as_of):
    for found in standings(tracked, as_of):
        assert found.expected == expected_on(found.milestone, tracked)
        assert (found.on is not None) == (found.state in DONE)
        assert (found.why_not != "") == (found.state is State.NOT_NEEDED)
        assert found.on is None or found.on <= as_of
        assert (found.late_by > 0) == (found.state in (State.OVERDUE, State.DONE_LATE))


@given(tracked_pathways, st.integers(0, 150).map(on))
def test_what_is_dated_after_the_day_changes_nothing_that_is_done(tracked, as_of):
    earlier = {s.milestone: s.on for s in standings(tracked, as_of) if s.on}
    later = {s.milestone: s.on for s in standings(tracked, as_of + timedelta(days=30))}
    assert all(later[milestone] == day for milestone, day in earlier.items())
