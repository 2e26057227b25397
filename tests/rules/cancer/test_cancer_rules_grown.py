"""What holds of every pathway, whatever happened on it."""

import os
import re
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.judgement import Clock, Judgement, Method, Result
from stewardship.rules.cancer.known import known_on
from stewardship.rules.cancer.table import case_of, conclusions
from support.cancer_grown import DAYS, pathways
from support.cancer_worked_treated import GROUPS

COUNTED = (Result.MET, Result.BREACH)
AS_OF = st.one_of(st.none(), DAYS)


def clocks(found: Judgement) -> tuple[Clock, Clock, Clock]:
    return found.faster_diagnosis, found.decision_to_treatment, found.referral_to_treatment


@settings(max_examples=400)
@given(pathways(treated=True))
def test_investigation_and_treatment_add_up_to_the_62_day_wait(pathway):
    found = judge(pathway, as_of=None)
    assert found.referral_to_treatment.result in COUNTED
    if found.allocation.method is Method.SIX_SCENARIO:
        days = (found.allocation.investigating_days, found.allocation.treating_days)
        assert sum(days) == found.referral_to_treatment.days
        assert min(days) >= 0


@settings(max_examples=400)
@given(pathways(treated=True))
def test_each_phase_is_its_own_dates_less_its_own_adjustment(pathway):
    """Section 4: the missed appointment comes off the first phase, the pause off the second."""
    found = judge(pathway, as_of=None)
    clock, transferred = found.referral_to_treatment, pathway.transferred
    off = {each.why.rule: each.days for each in clock.adjustments}
    if found.allocation.method is Method.SIX_SCENARIO and clock.start <= transferred <= clock.stop:
        investigating = (transferred - clock.start).days - off.get("R4", 0)
        treating = (clock.stop - transferred).days - off.get("R5", 0)
        if min(investigating, treating) >= 0:
            days = (found.allocation.investigating_days, found.allocation.treating_days)
            assert days == (investigating, treating)


@settings(max_examples=400)
@given(pathways(treated=True))
def test_shares_add_up_to_one_patient_and_to_one_breach_or_none(pathway):
    found = judge(pathway, as_of=None)
    shares = (found.allocation.investigating, found.allocation.treating)
    assert sum(share.patients for share in shares) == 1
    assert sum(share.breaches for share in shares) == (found.referral_to_treatment.result is Result.BREACH)
    assert all(share.breaches <= share.patients for share in shares)


@settings(max_examples=400)
@given(pathways(), AS_OF)
def test_no_adjustment_makes_a_wait_negative(pathway, as_of):
    for clock in clocks(judge(pathway, as_of=as_of)):
        assert clock.days is None or clock.days >= 0
        assert all(each.days > 0 for each in clock.adjustments)


@settings(max_examples=400)
@given(pathways() | pathways(treated=True), AS_OF)
def test_a_wait_is_its_dates_less_its_adjustments_and_is_within_up_to_its_target(pathway, as_of):
    for clock in clocks(judge(pathway, as_of=as_of)):
        if clock.result in COUNTED:
            off = sum(each.days for each in clock.adjustments)
            assert clock.days == (clock.stop - clock.start).days - off
            assert (clock.result is Result.MET) == (clock.stop <= clock.target)
            assert clock.breach_date == clock.target + timedelta(1)
            assert clock.days_to_breach(date(2030, 1, 1)) == (clock.target - clock.stop).days


@settings(max_examples=400)
@given(pathways(), AS_OF)
def test_every_conclusion_has_its_reason(pathway, as_of):
    found = judge(pathway, as_of=as_of)
    assert all(clock.why for clock in clocks(found))
    assert found.allocation.why
    assert (found.waiting is None) or found.waiting.why


@settings(max_examples=200)
@given(pathways(), DAYS)
def test_no_clock_is_stopped_by_a_booked_date(pathway, as_of):
    found = judge(pathway, as_of=as_of)
    for clock in clocks(found):
        assert clock.stop is None or clock.stop <= as_of
        assert clock.will_be is None or (clock.result is Result.OPEN and clock.will_be.result in COUNTED)


@settings(max_examples=200)
@given(pathways(), DAYS)
def test_what_is_dated_later_might_as_well_not_be_recorded_yet(pathway, as_of):
    found = judge(pathway, as_of=as_of)
    again = judge(known_on(pathway, as_of), as_of=as_of)
    now, then = ([replace(clock, will_be=None) for clock in clocks(each)] for each in (found, again))
    assert (now, found.allocation, found.waiting) == (then, again.allocation, again.waiting)


@settings(max_examples=200)
@given(pathways(), DAYS, st.integers(1, 60))
def test_an_open_pathway_grows_older_by_a_day_a_day(pathway, as_of, days):
    before, after = judge(pathway, as_of=as_of).waiting, judge(pathway, as_of=as_of + timedelta(days)).waiting
    if before and after and pathway.rebooked is None:
        assert after.days == before.days + days


@pytest.fixture
def in_zone(monkeypatch):
    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    before = os.environ.get("TZ")
    yield move
    monkeypatch.setenv("TZ", before) if before else monkeypatch.delenv("TZ", raising=False)
    time.tzset()


def test_the_time_zone_of_the_machine_changes_nothing(in_zone):

    def all_of_them() -> list[dict[str, str]]:
        read = [case_of(case.row()) for cases in GROUPS.values() for case in cases]
        return [conclusions(name, judge(pathway, as_of=as_of)) for name, pathway, as_of in read]

    here = all_of_them()
    for zone in ("UTC", "Europe/London", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        in_zone(zone)
        assert all_of_them() == here


@pytest.mark.parametrize("time_of_day", ["T00:00", "T23:59:59", " 01:30:00+01:00", "T23:30:00Z"])
def test_a_time_of_day_after_a_date_changes_nothing(time_of_day):

    for case in (case for cases in GROUPS.values() for case in cases):
        row = case.row()
        dated = {name: re.sub(r"\d{4}-\d\d-\d\d", rf"\g<0>{time_of_day}", cell) for name, cell in row.items()}
        assert case_of(dated) == case_of(row)
