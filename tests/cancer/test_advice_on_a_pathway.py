"""What the page of a pathway says of its tests, its skipped steps and whom to tell, from what is recorded."""

from datetime import timedelta

import pytest

from support.tracked import NOW, TODAY, again, day, pathway, told

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def advised_of():
    def said(one, today=TODAY):
        from stewardship.cancer.pathway_page import page_of

        return {each.about: each.words for each in page_of(again(one), today)["advice"]}

    return said


def lists_of(one):
    """The worklists that the database has somebody on today."""
    days = again(one).worklist_days.filter(first__lte=TODAY, last__gte=TODAY)
    return set(days.values_list("worklist", flat=True))


def record(action, one, **given):
    from stewardship.cancer import actions

    getattr(actions, action)(**told(again(one), **given))


def test_a_fit_is_asked_for_and_then_read(advised_of):
    one = pathway()
    assert advised_of(one)["FIT"].startswith("No result. Ask the person for the sample by text message")
    record("record_fit", one, comparator="<", micrograms_tenths=40, resulted_on=day(5))
    assert advised_of(one)["FIT"].startswith("Below the threshold. Clinical review")
    assert lists_of(one) >= {"fit-below-threshold"}
    record("record_fit", one, micrograms_tenths=100, resulted_on=day(7))
    assert advised_of(one)["FIT"].startswith("At or over the threshold.")
    assert "fit-below-threshold" not in lists_of(one)


def test_a_mass_does_not_wait_for_a_fit(advised_of):
    one = pathway()
    record("record_fit", one, missing_because="Rectal mass")
    assert advised_of(one)["FIT"].startswith("Not waited for. Go on without a FIT result")


def test_filter_tests_that_are_missing_are_named(advised_of):
    one = pathway(referral_type="17", sex="2")
    assert "Full blood count" in advised_of(one)["filter tests"]
    assert "CA125" in advised_of(one)["filter tests"] and "PSA" not in advised_of(one)["filter tests"]
    record("record_filter_test", one, test="full_blood_count", done_on=day(1))
    assert "Full blood count" not in advised_of(one)["filter tests"]


def test_every_filter_test_can_be_chosen_in_its_form():
    from stewardship.cancer.forms import FilterTest
    from stewardship.rules.cancer.timed.filter_tests import filter_tests

    offered = {code for code, _ in FilterTest().fields["test"].choices}
    assert {test.code for test in filter_tests()} <= offered


def test_an_outcome_of_teledermatology_says_what_follows(advised_of):
    one = pathway(referral_type="08", triage_outcome="TD4", triage_outcome_on=day(3))
    assert "Book an urgent face-to-face appointment" in advised_of(one)["teledermatology"]


def test_an_escalation_is_asked_for_until_it_is_made(advised_of):
    one = pathway()
    late = TODAY + timedelta(days=40)  # day 71
    assert advised_of(one, late)["escalation"].startswith("Escalate to level 4: day 62 has passed.")
    record(
        "escalate",
        one,
        level=4,
        to="The cancer manager",
        reason="day 62 has passed",
        now=NOW + timedelta(days=40),
    )
    assert "escalation" not in advised_of(one, late)


def test_a_step_that_was_skipped_is_said(advised_of):
    one = pathway(faster_diagnosis_end_on=day(20), faster_diagnosis_end_reason="01")
    assert advised_of(one)["timed pathway"].startswith(
        "“Told the diagnosis” came before “Nurse telephone triage"
    )


def test_the_timed_pathway_that_was_chosen_at_triage_is_the_one_that_is_shown():
    from stewardship.cancer.forms import Correct
    from stewardship.cancer.pathway_page import page_of

    one = pathway(referral_type="11")
    assert page_of(one, TODAY)["timed"] == "28-day skeleton of every tumour group"
    assert ("prostate", "Prostate") in Correct().fields["sub_pathway"].choices
    record("correct_pathway", one, fields={"sub_pathway": "prostate"}, reason="decided at triage")
    shown = page_of(again(one), TODAY)
    assert shown["timed"] == "Prostate"
    assert "Shared decision clinic" in [step.name for step in shown["steps"]]


def test_a_test_beyond_the_plan_stands_on_the_timeline():
    from stewardship.cancer.models import MilestoneEvent
    from stewardship.cancer.pathway_page import page_of

    one = pathway()
    MilestoneEvent.objects.create(pathway=one, code="TEST3", booked_on=day(40))
    shown = page_of(again(one), TODAY)
    (further,) = [step for step in shown["steps"] if step.name == "Key test 3"]
    assert (further.target, further.booked, further.state) == (None, 40, "no target day")
    assert "Key test 3: no target day" in shown["said_steps"]
