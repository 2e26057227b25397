"""What happens next, who owes it, and where the days went."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.rules.cancer.timed.next_step import next_step
from stewardship.rules.cancer.timed.progress import DONE, State, standings
from stewardship.rules.cancer.timed.stretches import bottleneck, stretches
from stewardship.rules.cancer.timed.tracked import Dates, Tracked

START = date(2026, 2, 4)


def on(day):
    return None if day is None else START + timedelta(days=day)


def dates(code, requested=None, booked=None, done=None, reported=None):
    return Dates(code=code, requested=on(requested), booked=on(booked), done=on(done), reported=on(reported))


TRIAGED = dates("TRI", done=3)
SCANNED = dates("TEST1", 3, 8, 8, 10)
SAMPLED = dates("BX", 10, 13, 13)


@pytest.mark.parametrize("rows, day, words, owner, due", [
    ((), 1, "Review: triage, decision on going straight to MRI, call to the person", "Consultant team", 3),
    ((TRIAGED,), 4, "Request: multiparametric MRI before biopsy", "Consultant team", 9),
    ((TRIAGED, dates("TEST1", 3)), 4, "Book: multiparametric MRI before biopsy", "Imaging", 9),
    ((TRIAGED, dates("TEST1", 3, 8)), 8, "Await: multiparametric MRI before biopsy", "Imaging", 9),
    ((TRIAGED, dates("TEST1", 3, 8)), 9, "Chase: multiparametric MRI before biopsy", "Imaging", 9),
    ((TRIAGED, dates("TEST1", 3, 8, 8)), 10, "Await: report of the MRI", "Imaging", 10),
    ((TRIAGED, dates("TEST1", 3, 8, 8)), 11, "Chase: report of the MRI", "Imaging", 10),
    ((TRIAGED, SCANNED, SAMPLED), 22, "Chase: report of the biopsy", "Pathology", 21),
    ((TRIAGED, SCANNED), 11, "Discuss at MDT: the results", "MDT coordinator", 21),
    ((TRIAGED, SCANNED, dates("MDT", done=20)), 21, "Inform patient: the result", "Clinical nurse specialist", 28),
    ((TRIAGED, SCANNED, dates("MDT", done=20), dates("TOLD", done=27)), 28,
     "Book: shared decision clinic with surgery and oncology", "Booking team", 38),
    ((TRIAGED, SCANNED, dates("MDT", done=20), dates("TOLD", done=27), dates("IPT", 28)), 29,
     "Transfer: to the treating provider", "MDT coordinator", 38),
    ((TRIAGED, SCANNED, dates("MDT", done=20), dates("TOLD", done=27), dates("SDC", done=30)), 31,
     "Await: decision to treat", "Consultant team", 38),
    ((TRIAGED, SCANNED, dates("TOLD", done=27), dates("DTT", done=35), dates("FDT", None, 58)), 40,
     "Await: first definitive treatment", "Consultant team", 62),
])  # fmt: skip
def test_the_next_step_on_the_way_to_a_prostate_treatment(rows, day, words, owner, due):
    step = next_step(Tracked(timed_pathway="prostate", clock_start=START, milestones=rows), on(day))
    assert (step.words, step.owner_in_words, step.expected) == (words, owner, on(due))


def test_a_skipped_milestone_is_not_the_next_step_unless_it_was_asked_for():
    tracked = Tracked(timed_pathway="lower_gi", clock_start=START, milestones=(TRIAGED,), told=on(12))
    assert next_step(tracked, on(13)).milestone.code == "DTT"
    asked = Tracked(
        timed_pathway="lower_gi", clock_start=START, milestones=(TRIAGED, dates("TEST1", 5)), told=on(12)
    )
    assert next_step(asked, on(13)).milestone.code == "TEST1"


def test_a_booked_treatment_is_awaited_without_a_row_of_its_own():
    known = {"told": on(27), "decided": on(35), "first_seen": on(10), "treatment_booked": on(58)}
    step = next_step(Tracked(timed_pathway="breast", clock_start=START, **known), on(40))
    assert (step.words, step.booked) == ("Await: first definitive treatment", on(58))


def test_what_may_come_in_any_order_is_not_passed_over():
    seen = (dates("TRI", done=2), dates("FSEEN", done=10))
    assert (
        next_step(Tracked(timed_pathway="generic", clock_start=START, milestones=seen), on(11)).milestone.code
        == "TEST1"
    )


@pytest.mark.parametrize("facts", [
    {"ruled_out": on(12), "told": on(12)},
    {"closed": on(20)},
    {"told": on(20), "decided": on(25), "treated": on(40)},
])  # fmt: skip
def test_a_settled_pathway_has_no_next_step(facts):
    assert next_step(Tracked(timed_pathway="breast", clock_start=START, **facts), on(60)) is None


def waited(*rows, **facts):
    """The pathway of the guide: an endoscopy 19 days late, and nothing since has won them back."""
    rows = rows or (
        dates("TRI", done=2), dates("TEST1", 2, 33, 33), dates("BX", 33, 33, 33, 40), dates("MDT", done=44),
        dates("FDT", None, 83),
    )  # fmt: skip
    return Tracked(
        timed_pathway="lower_gi", clock_start=START, milestones=rows, told=on(47), decided=on(57), **facts
    )


def test_the_bottleneck_is_the_stretch_that_lost_most_against_the_plan():
    worst = bottleneck(waited(), on(71))
    assert (worst.after.code, worst.before.code) == ("TRI", "TEST1")
    assert (worst.days, worst.planned, worst.lost, worst.still_open) == (31, 11, 20, False)


@pytest.mark.parametrize("day, days, open_one", [(71, 14, "TRI"), (101, 44, "TRI"), (102, 45, "DTT")])
def test_the_stretch_that_is_still_open_counts_to_the_day(day, days, open_one):
    last = stretches(waited(), on(day))[-1]
    assert (last.after.code, last.before.code, last.days, last.still_open) == ("DTT", "FDT", days, True)
    assert bottleneck(waited(), on(day)).after.code == open_one


def test_nothing_is_a_bottleneck_where_no_days_were_lost():
    tracked = Tracked(timed_pathway="lower_gi", clock_start=START, milestones=(dates("TRI", done=3),))
    assert bottleneck(tracked, on(10)) is None


came = st.lists(
    st.builds(
        dates,
        code=st.sampled_from(["TRI", "TEST1", "BX", "MDT", "TOLD", "DTT", "FDT", "STAGE"]),
        done=st.integers(0, 100), reported=st.none() | st.integers(0, 100),
    ),
    max_size=8, unique_by=lambda row: row.code,
).map(tuple)  # fmt: skip


@given(came, st.integers(0, 130))
def test_stretches_add_up_to_the_whole_time(rows, day):
    tracked = Tracked(timed_pathway="prostate", clock_start=START, milestones=rows)
    found = stretches(tracked, on(day))
    last = max(each.on for each in standings(tracked, on(day)) if each.on)
    end = last if next_step(tracked, on(day)) is None else on(day)
    assert sum(stretch.days for stretch in found) == (end - START).days
    assert all(stretch.days >= 0 for stretch in found)


@given(came, st.integers(0, 130))
def test_a_next_step_is_still_to_be_done(rows, day):
    tracked = Tracked(timed_pathway="generic", clock_start=START, milestones=rows)
    step = next_step(tracked, on(day))
    waits = {s.milestone for s in standings(tracked, on(day)) if s.state not in (*DONE, State.NOT_NEEDED)}
    assert step is None or step.milestone in waits
