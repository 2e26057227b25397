"""Days to breach, and what open clocks come to if booked dates are kept."""

from dataclasses import replace
from datetime import date

import pytest

from stewardship.rules.cancer.codes import Route
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.judgement import Result, WillBe
from stewardship.rules.cancer.pathway import Pathway, Treatment

RECEIVED = Pathway(route=Route.URGENT, received=date(2025, 7, 1), diagnosis="C61")
BOOKED = replace(
    RECEIVED,
    told=date(2025, 7, 29),
    end_reason="01",
    treatment=Treatment(decided=date(2025, 8, 1), started=date(2025, 9, 2), event_type="01", modality="23"),
)


def test_booked_dates_stop_nothing_and_say_what_will_be():
    found = judge(BOOKED, as_of=date(2025, 7, 20))
    assert found.faster_diagnosis.result is Result.OPEN
    assert found.faster_diagnosis.days == 19
    assert found.faster_diagnosis.will_be == WillBe(date(2025, 7, 29), 28, Result.MET)
    assert found.decision_to_treatment.days is None
    assert found.decision_to_treatment.will_be == WillBe(date(2025, 9, 2), 32, Result.BREACH)
    assert found.referral_to_treatment.will_be == WillBe(date(2025, 9, 2), 63, Result.BREACH)
    assert found.waiting.days == 19


def test_a_clock_that_has_stopped_is_what_it_is():
    found = judge(BOOKED, as_of=date(2025, 7, 29))
    assert (found.faster_diagnosis.result, found.faster_diagnosis.will_be) == (Result.MET, None)


def test_what_will_be_said_is_not_known_when_the_telling_is_booked():
    found = judge(replace(RECEIVED, told=date(2025, 7, 30)), as_of=date(2025, 7, 20))
    assert found.faster_diagnosis.will_be == WillBe(date(2025, 7, 30), 29, Result.BREACH)


def test_a_booked_treatment_says_what_will_be_before_a_diagnosis_is_recorded():
    booked = replace(RECEIVED, diagnosis="", treatment=Treatment(started=date(2025, 9, 1)))
    found = judge(booked, as_of=date(2025, 7, 20))
    assert found.referral_to_treatment.will_be == WillBe(date(2025, 9, 1), 62, Result.MET)
    assert found.decision_to_treatment.will_be is None


def test_without_a_booked_stop_nothing_will_be():
    assert judge(RECEIVED, as_of=date(2025, 7, 20)).referral_to_treatment.will_be is None


@pytest.mark.parametrize(
    ("as_of", "days_to_breach"),
    [("2025-07-01", 28), ("2025-07-29", 0), ("2025-07-30", -1), ("2025-08-28", -30)],
)
def test_days_to_breach_are_counted_to_the_last_day_inside(as_of, days_to_breach):
    on = date.fromisoformat(as_of)
    clock = judge(RECEIVED, as_of=on).faster_diagnosis
    assert (clock.target, clock.breach_date) == (date(2025, 7, 29), date(2025, 7, 30))
    assert clock.days_to_breach(on) == days_to_breach


def test_adjustments_move_the_breach_date():
    missed = replace(RECEIVED, missed=date(2025, 7, 8), rebooked=date(2025, 7, 11))
    clock = judge(missed, as_of=date(2025, 7, 20)).faster_diagnosis
    assert clock.days == 9
    assert clock.target == date(2025, 8, 8)


def test_before_a_referral_is_received_no_clock_runs():
    found = judge(RECEIVED, as_of=date(2025, 6, 30))
    assert found.faster_diagnosis.result is Result.NOT_APPLICABLE
    assert found.referral_to_treatment.result is Result.NOT_APPLICABLE
    assert found.waiting is None


PAUSED = replace(
    RECEIVED,
    treatment=Treatment(
        decided=date(2025, 8, 1), pause_from=date(2025, 8, 10), pause_reason="8", event_type="01"
    ),
)


@pytest.mark.parametrize(("pause_to", "days"), [(None, 15), (date(2025, 8, 20), 10), (date(2025, 9, 9), 15)])
def test_a_pause_that_lasts_is_counted_up_to_the_day(pause_to, days):
    pathway = replace(PAUSED, treatment=replace(PAUSED.treatment, pause_to=pause_to))
    found = judge(pathway, as_of=date(2025, 8, 25))
    assert found.treatment_days == days
    assert found.decision_to_treatment.days == 24 - days


@pytest.mark.parametrize(
    ("setting", "pause_from", "days"),
    [("03", "2020-06-30", 0), ("03", "2020-07-01", 9), ("01", "2020-06-30", 10), ("", "2020-06-30", 10)],
)
def test_until_july_2020_only_treatment_in_hospital_could_be_paused(setting, pause_from, days):
    treatment = Treatment(
        decided=date(2020, 6, 20),
        started=date(2020, 7, 20),
        event_type="01",
        modality="23",
        care_setting=setting,
        pause_from=date.fromisoformat(pause_from),
        pause_to=date(2020, 7, 10),
        pause_reason="8",
    )
    found = judge(Pathway(diagnosis="C61", treatment=treatment), as_of=None)
    assert found.treatment_days == days
    assert found.decision_to_treatment.days == 30 - days


def test_an_end_of_28_days_waits_for_its_reason():
    told = replace(RECEIVED, told=date(2025, 7, 20))
    found = judge(told, as_of=date(2025, 8, 1)).faster_diagnosis
    assert (found.result, found.stop, found.days) == (Result.OPEN, date(2025, 7, 20), 19)


def test_a_treatment_without_its_decision_waits_to_be_counted():
    treated = replace(BOOKED, treatment=replace(BOOKED.treatment, decided=None))
    found = judge(treated, as_of=date(2025, 10, 1))
    assert found.decision_to_treatment.result is Result.OPEN
    assert found.referral_to_treatment.result is Result.OPEN
    assert found.waiting is None  # treated, so not in the backlog


def test_an_open_clock_with_no_day_to_be_judged_on_has_no_days():
    found = judge(RECEIVED, as_of=None)
    assert (found.faster_diagnosis.result, found.faster_diagnosis.days, found.waiting) == (
        Result.OPEN,
        None,
        None,
    )


MISSED = replace(RECEIVED, missed=date(2025, 7, 8), rebooked=date(2025, 7, 11))
TREATED = Treatment(
    decided=date(2025, 8, 1),
    started=date(2025, 9, 1),
    event_type="01",
    pause_from=date(2025, 8, 5),
    pause_to=date(2025, 8, 9),
    pause_reason="8",
)


@pytest.mark.parametrize(
    ("pathway", "rule", "words"),
    [
        (replace(MISSED, rebooked=None), "R4", "takes days off once it is rebooked"),
        (
            replace(MISSED, route=Route.UPGRADE, upgraded=date(2025, 7, 20)),
            "R4",
            "rebooked before the clock started",
        ),
        (
            replace(MISSED, route=Route.UPGRADE, upgraded=date(2025, 7, 20), first_seen=date(2025, 7, 15)),
            "R6",
            "the upgrade came after being first seen",
        ),
        (replace(RECEIVED, treatment=replace(TREATED, pause_to=None)), "R5", "without its end"),
        (
            replace(RECEIVED, treatment=replace(TREATED, pause_reason="")),
            "R5",
            "one of the reasons that allow it",
        ),
        (
            replace(RECEIVED, treatment=replace(TREATED, pause_reason="7")),
            "R5",
            "one of the reasons that allow it",
        ),
        (
            replace(
                RECEIVED, treatment=replace(TREATED, pause_from=date(2025, 7, 5), pause_to=date(2025, 7, 9))
            ),
            "R5",
            "before the decision to treat",
        ),
    ],
)
def test_what_takes_nothing_off_says_why(pathway, rule, words):
    found = judge(pathway, as_of=date(2025, 10, 1))
    clock = found.referral_to_treatment
    assert (clock.adjustments, found.first_seen_days, found.treatment_days) == ((), 0, 0)
    assert any(why.rule == rule and words in why.words for why in clock.why)
