"""Prostate case finding: who is invited, which PSA is raised, and the next step."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.rules.cancer.timed.case_finding import (
    Found,
    case_finding_steps,
    is_raised,
    next_case_finding_step,
    psa_from,
    why_not_invited,
)

DAY = date(2026, 3, 2)


def invited(age, *risks, sex="1", known=False, on=DAY):
    return why_not_invited(sex=sex, age=age, risks=frozenset(risks), has_prostate_cancer=known, on=on)


@pytest.mark.parametrize("age, risks, why_not", [
    (49, (), "younger than 50 without a known higher risk"),
    (50, (), None),
    (70, (), None),
    (71, (), "older than 70"),
    (44, ("black",), "younger than 45"),
    (45, ("black",), None),
    (45, ("family_history",), None),
    (45, ("brca2",), None),
    (71, ("black", "family_history"), "older than 70"),
])  # fmt: skip
def test_men_of_fifty_to_seventy_are_invited_and_from_forty_five_at_higher_risk(age, risks, why_not):
    assert invited(age, *risks) == why_not


@pytest.mark.parametrize("facts, why_not", [
    ({"sex": "2"}, "not recorded as male"),
    ({"sex": "9"}, "not recorded as male"),
    ({"known": True}, "has a diagnosis of prostate cancer"),
    ({"on": date(2020, 1, 1)}, "no programme was in force"),
    ({"on": date(2021, 12, 14)}, "no programme was in force"),
    ({"on": date(2021, 12, 15)}, None),
])  # fmt: skip
def test_others_are_not_invited_for_a_reason(facts, why_not):
    assert invited(60, **facts) == why_not


def test_an_unknown_risk_is_refused():
    with pytest.raises(ValueError, match=r"smoker.*Use: black"):
        invited(60, "smoker")


@pytest.mark.parametrize("psa, age, raised", [
    ("2.9", 55, False), ("3.0", 55, True), ("2.9", 65, False), ("3.0", 70, True),
    ("2.5", 47, False), ("2.6", 47, True), ("2.6", 40, True), ("2.6", 49, True), ("2.6", 50, False),
    ("2.9", 39, False), ("3.0", 39, True),
])  # fmt: skip
def test_a_psa_is_raised_from_three_or_above_the_limit_of_the_age(psa, age, raised):
    assert is_raised(Decimal(psa), age, DAY) is raised
    assert not is_raised(Decimal(psa), age, date(2020, 1, 1))


def test_a_psa_waits_for_what_puts_it_off_longest():
    events = {"ejaculation": DAY, "urinary_infection": DAY - timedelta(days=30)}
    assert psa_from(events) == (DAY + timedelta(days=12), "a urinary infection")
    assert psa_from({"hard_exercise": DAY}) == (DAY + timedelta(days=2), "hard exercise")
    assert psa_from({}) is None
    with pytest.raises(ValueError, match="Nothing that puts off a PSA: lunch"):
        psa_from({"lunch": DAY})


@pytest.mark.parametrize("facts, code", [
    ({}, "invited"),
    ({"invited": DAY}, "consented"),
    ({"invited": DAY, "consented": DAY}, "surveyed"),
    ({"invited": DAY, "consented": DAY, "surveyed": DAY}, "tested"),
    ({"tested": DAY}, "told"),                           # what was skipped is not asked for again
    ({"tested": DAY, "psa": Decimal("3.4")}, "told"),
    ({"tested": DAY, "psa": Decimal("3.4"), "told": DAY}, "referred"),
    ({"psa": Decimal("3.4"), "told": DAY}, "referred"),
    ({"tested": DAY, "psa": Decimal("2.9"), "told": DAY}, None),
    ({"tested": DAY, "psa": Decimal("3.4"), "told": DAY, "referred": DAY}, "settled"),
    ({"tested": DAY, "psa": Decimal("3.4"), "referred": DAY, "settled": DAY}, None),
    ({"invited": DAY, "declined": DAY}, None),
    ({"invited": DAY, "consented": DAY + timedelta(days=1)}, "consented"),  # to come
])  # fmt: skip
def test_each_step_leads_to_the_next(facts, code):
    step = next_case_finding_step(Found(age=60, **facts), DAY)
    assert (step.code if step else None) == code


def test_steps_are_counted_as_the_figures_name_them():
    assert [step.counted for step in case_finding_steps() if step.counted] == [
        "invited", "consented", "tested", "referred",
    ]  # fmt: skip
    assert all(step.owner_in_words[0].isupper() for step in case_finding_steps())


days = st.none() | st.integers(-30, 30).map(lambda many: DAY + timedelta(days=many))
found = st.builds(
    Found, age=st.integers(45, 70), invited=days, consented=days, declined=days, surveyed=days, tested=days,
    told=days, referred=days, settled=days,
    psa=st.none() | st.integers(0, 200).map(lambda tenths: Decimal(tenths) / 10),
)  # fmt: skip


@given(found)
def test_the_next_step_has_not_happened_and_nobody_is_referred_without_a_raised_psa(facts):
    step = next_case_finding_step(facts, DAY)
    if step is not None:
        day = getattr(facts, step.code)
        assert day is None or day > DAY
    if step is not None and step.code == "referred":
        assert is_raised(facts.psa, facts.age, facts.tested or facts.told)
