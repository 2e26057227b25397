"""Sending the outcome of a teledermatology review: what it does to the clock and to the worklists."""

import pytest

from support.tracked import TODAY, again, day, pathway, told

pytestmark = pytest.mark.usefixtures("site")


def sent(outcome, patient_told_on, practice_told_on, **fields):
    """Somebody referred with pictures, whose outcome of day 3 was sent on these days."""
    from stewardship.cancer.actions import record_triage_outcome, send_triage_outcome

    one = pathway(referral_type="08", **fields)
    record_triage_outcome(**told(one, outcome=outcome, decided_on=day(3)))
    days = {"patient_told_on": patient_told_on, "practice_told_on": practice_told_on}
    send_triage_outcome(**told(again(one), **days))
    return again(one)


def lists(one):
    from stewardship.cancer.facts import facts_of, judged, tracked
    from stewardship.rules.cancer.timed.worklists import worklists_of

    return worklists_of(tracked(facts_of(one), judged(one, as_of=TODAY)), TODAY)


@pytest.mark.parametrize("outcome", ["TD1", "TD2", "TD3"])
def test_telling_the_person_that_it_is_not_cancer_stops_the_28_days(outcome):
    from stewardship.cancer.facts import judged

    one = sent(outcome, day(5), day(6))
    clock = judged(one, as_of=TODAY).faster_diagnosis
    assert (clock.stop, clock.days, clock.result) == (day(5), 5, "MET")
    assert (one.faster_diagnosis_end_reason, one.ruled_out_on, one.practice_told_on) == ("02", day(3), day(6))
    assert not {"teledermatology-to-send", "ruled-out-not-notified"} & set(lists(one))


@pytest.mark.parametrize("outcome", ["TD4", "TD5", "TD6", "TD7"])
def test_any_other_outcome_leaves_the_clock_running(outcome):
    from stewardship.cancer.facts import judged

    one = sent(outcome, day(5), day(6))
    assert judged(one, as_of=TODAY).faster_diagnosis.result == "OPEN"
    assert (one.faster_diagnosis_end_on, one.ruled_out_on) == (None, None)
    assert "teledermatology-to-send" not in lists(one)


def test_the_clock_runs_until_the_person_is_told_and_not_the_practice_alone():
    one = sent("TD1", None, day(6))
    assert one.faster_diagnosis_end_on is None
    assert {"teledermatology-to-send", "ruled-out-not-notified"} <= set(lists(one))


def test_what_was_recorded_before_stands():
    one = sent("TD1", day(8), day(9), faster_diagnosis_end_on=day(4), faster_diagnosis_end_reason="02")
    assert one.faster_diagnosis_end_on == day(4)
