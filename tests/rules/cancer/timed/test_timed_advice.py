"""What is said of a pathway beside its next step."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from stewardship.rules.cancer.timed.advice import advice
from stewardship.rules.cancer.timed.filter_tests import filter_tests
from stewardship.rules.cancer.timed.fit import Fit
from stewardship.rules.cancer.timed.progress import unplanned
from stewardship.rules.cancer.timed.tracked import Dates, Raised, Review, Tracked, Triaged

START = date(2026, 3, 2)


def on(day):
    return START + timedelta(days=day)


def said(tracked, day, *, fit=None, done=(), sex="2", about=None):
    found = advice(replace(tracked, fit=fit), on(day), filter_tests_done=done, sex=sex)
    return [each.words for each in found if about in (None, each.about)]


def pathway(key="breast", *rows, **facts):
    return Tracked(timed_pathway=key, clock_start=START, milestones=rows, **facts)


def test_a_pathway_on_time_has_nothing_to_be_said():
    assert said(pathway(), 2) == []


def test_an_escalation_says_why_to_whom_and_by_when():
    rows = (Dates(code=code, done=on(5)) for code in ("TRI", "FSEEN", "MDT"))
    late = pathway("breast", *rows, told=on(20), waiting_to_be_told=False, decided=on(25))
    assert said(late, 50) == [
        "Escalate to level 3: day 50 without a date for treatment. "
        "General manager and clinical lead; answer the same day."
    ]


@pytest.mark.parametrize("answered, day, unanswered", [(None, 51, False), (None, 52, True), (51, 52, False)])
def test_an_escalation_without_an_answer_is_said_once_it_is_late(answered, day, unanswered):
    made = Raised(level=3, on=on(51), answered=None if answered is None else on(answered))
    rows = (Dates(code=code, done=on(5)) for code in ("TRI", "FSEEN", "MDT"))
    facts = {"told": on(20), "waiting_to_be_told": False, "decided": on(25), "escalations": (made,)}
    words = said(pathway("breast", *rows, **facts), day)
    assert words == (
        ["Level 3 was not answered by 22 April 2026. General manager and clinical lead."]
        if unanswered
        else []
    )


def test_an_outcome_of_teledermatology_says_the_next_step_and_the_clock():
    triaged = pathway("skin", triaged=Triaged(outcome="TD1", decided=on(3)))
    [words] = said(triaged, 4, about="teledermatology")
    assert words.startswith("Benign: discharge with advice. Tell the person and the practice")
    assert words.endswith("The clock runs until the person is told.")
    assert said(triaged, 2, about="teledermatology") == []


@pytest.mark.parametrize("tracked, fit, begins", [
    (pathway("lower_gi"), None, "No result. Ask the person for the sample"),
    (pathway("lower_gi", told=on(3)), None, None),
    (pathway("lower_gi", Dates(code="TEST1", done=on(3))), None, None),
    (pathway("lower_gi", closed=on(3)), None, None),
    (pathway("breast"), None, None),
    (pathway("lower_gi"), Fit(value=Decimal(40)), "At or over the threshold. Go on"),
    (pathway("non_specific"), Fit(value=Decimal(20), comparator="<"), "Cannot be compared."),
])  # fmt: skip
def test_a_fit_says_what_to_do_and_a_missing_one_only_where_it_is_asked_for(tracked, fit, begins):
    words = said(tracked, 4, fit=fit, about="FIT")
    assert len(words) == (begins is not None)
    assert all(each.startswith(begins) for each in words)


def test_a_fit_below_the_threshold_says_when_to_look_again():
    [words] = said(pathway("lower_gi"), 4, fit=Fit(value=Decimal(3), resulted=START), about="FIT")
    assert words.endswith("Look again between 27 April 2026 and 11 May 2026.")


def test_filter_tests_are_missing_on_their_pathway_until_the_person_is_told():
    codes = [test.code for test in filter_tests() if test.code not in ("ferritin", "ca125", "psa")]
    words = ["Missing: Ferritin, CA125."]
    assert said(pathway("non_specific"), 1, done=codes, about="filter tests") == words
    assert said(pathway("breast"), 1, done=codes, about="filter tests") == []
    assert said(pathway("non_specific", told=on(1)), 1, done=codes, about="filter tests") == []
    assert said(pathway("non_specific"), 1, done=[*codes, "ferritin", "ca125"], about="filter tests") == []


def test_care_reviews_are_said_with_their_day():
    treated = pathway(diagnosed=START, closed=on(60))
    assert said(treated, 94) == ["3-month review by the practice, by 3 June 2026: overdue."]
    held = Review(months=3, done=on(80), by_practice=False)
    assert said(pathway(diagnosed=START, closed=on(60), reviews=(held,)), 94) == [
        "3-month review by the practice, by 3 June 2026: done by hospital only."
    ]


def test_what_was_skipped_or_left_out_is_said():
    rows = (Dates(code="TRI", done=on(2)), Dates(code="DTT", not_needed="no treatment wished"))
    told = pathway("lower_gi", *rows, told=on(9), waiting_to_be_told=False)
    assert said(told, 10, about="timed pathway") == [
        "“Told the diagnosis” came before “Colonoscopy, CT colonography, flexible sigmoidoscopy or CT”, "
        "“MDT discussion”.",
        "“Decision to treat” was left out: no treatment wished.",
    ]


def test_a_skipped_step_is_said_once_however_much_came_before_it():
    rows = (*(Dates(code=code, done=on(2)) for code in ("TRI", "TEST1")), Dates(code="BX", requested=on(2)))
    waits = pathway("lower_gi", *rows, Dates(code="MDT", done=on(8)), told=on(9), decided=on(12))
    assert said(waits, 13, about="timed pathway") == ["“MDT discussion” came before “Biopsy reported”."]


def test_a_test_that_the_plan_does_not_have_is_not_lost():
    further = Dates(code="TEST4", booked=on(12))
    assert unplanned(pathway("lower_gi", Dates(code="TEST1", done=on(3)), further)) == (further,)
