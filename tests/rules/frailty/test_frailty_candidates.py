"""Why somebody may belong on the register: each reason with its evidence, and what is new after a rejection."""

from dataclasses import replace
from datetime import date

import pytest

from stewardship.rules.frailty.candidates import (
    Evidence,
    Found,
    Reason,
    Route,
    new_evidence,
    reasons,
    thresholds_on,
)
from stewardship.rules.frailty.conditions import Coded, Condition, recorded
from stewardship.rules.scores.electronic_frailty import ELECTRONIC_FRAILTY

TODAY = date(2026, 3, 31)
NAMES = [group.name for group in ELECTRONIC_FRAILTY.groups]


def deficits(many):
    return {name: date(2020, 1, 1 + number) for number, name in enumerate(NAMES[:many])}


def days(*written):
    return tuple(date.fromisoformat(each) for each in written)


def routes(found):
    return [(reason.route.value, reason.condition.value) for reason in reasons(found, TODAY)]


@pytest.mark.parametrize("found, expected", [
    (Found(age=80), []),
    (Found(age=80, deficits=deficits(8)), []),
    (Found(age=80, deficits=deficits(9)), [("efi", "frailty")]),
    (Found(age=64, deficits=deficits(20)), []),
    (Found(age=65, deficits=deficits(9)), [("efi", "frailty")]),
    # F00 7.1, G81 4.4, G30 4.0: 15.5; without G30 11.5
    (Found(age=75, diagnoses=dict.fromkeys(("F00", "G81", "G30"), TODAY)), [("hfrs", "frailty")]),
    (Found(age=74, diagnoses=dict.fromkeys(("F00", "G81", "G30"), TODAY)), []),
    (Found(age=75, diagnoses=dict.fromkeys(("F00", "G81"), TODAY)), []),
    (Found(age=50, codes=(Coded(TODAY, "SNOMED", "52448006"),)), [("codes", "dementia")]),
    (Found(age=50, codes=(Coded(TODAY, "SNOMED", "925791000000100"),)), [("codes", "frailty")]),
    (Found(age=50, codes=(Coded(TODAY, "SNOMED", "103735009"),)), [("codes", "end_of_life")]),
    (Found(age=50, codes=(Coded(date(2025, 1, 1), "SNOMED", "103735009"),), palliative_ended=(TODAY,)), []),
    (Found(age=65, care_home=TODAY), [("care_home", "frailty")]),
    (Found(age=64, care_home=TODAY), []),
    (Found(age=65, falls=days("2025-04-01", "2026-01-05")), [("falls", "frailty")]),
    (Found(age=65, falls=days("2025-03-31", "2026-01-05")), []),          # twelve months end on the day
    (Found(age=65, falls=days("2026-01-05")), []),
    (Found(age=65, falls=days("2026-01-05"), admissions=days("2026-01-05")), [("falls", "frailty")]),
    (Found(age=64, falls=days("2026-01-05", "2026-01-06")), []),
    (Found(age=65, admissions=days("2025-10-01", "2026-01-05")), [("high_use", "end_of_life")]),
    (Found(age=65, admissions=days("2025-09-30", "2026-01-05")), []),     # six months end on the day
    (Found(age=64, admissions=days("2025-10-01", "2026-01-05")), []),
    (Found(age=40, admissions=days("2025-04-01", "2025-06-01", "2025-09-30")), [("high_use", "frailty")]),
    (Found(age=39, admissions=days("2025-04-01", "2025-06-01", "2025-09-30")), []),
    (Found(age=40, attendances=days(*["2026-01-01"] * 5)), [("high_use", "frailty")]),
    (Found(age=40, attendances=days(*["2026-01-01"] * 4)), []),
])  # fmt: skip
def test_each_reason_begins_where_it_is_configured_to(found, expected):
    assert routes(found) == expected


def test_a_moderate_index_and_level_3_of_the_scale_without_a_diagnosis_is_a_question_not_an_entry():
    found = Found(age=82, deficits=deficits(10), frailty_scale=((date(2026, 2, 1), 3), (date(2025, 2, 1), 6)))
    (reason,) = reasons(found, TODAY)
    assert (reason.route, reason.degree) == (Route.EFI, "moderate")
    assert reason.words == "10 of the 36 deficits of the electronic frailty index: moderate"
    assert (
        Evidence("Clinical Frailty Scale 3", "", date(2026, 2, 1)) in reason.evidence
    )  # the latest of the two
    assert len(reason.evidence) == 11
    assert recorded(found.codes, TODAY) == ()  # by no code is the person on a register


def test_every_reason_tells_what_was_found_and_when():
    found = Found(
        age=80,
        codes=(Coded(date(2024, 5, 1), "ICD10", "F009"), Coded(date(2024, 6, 1), "SNOMED", "925861000000102")),
        diagnoses=dict.fromkeys(("F00", "G81", "G30"), date(2026, 1, 5)),
        falls=days("2026-01-05"), admissions=days("2026-01-05", "2026-02-05"), care_home=date(2025, 7, 1),
    )  # fmt: skip
    told = {(reason.route, reason.condition): reason for reason in reasons(found, TODAY)}
    assert [reason.words for reason in told.values()] == [
        "Severe frailty has been recorded, first on 1 June 2024",
        "Dementia has been recorded, first on 1 May 2024",
        "Hospital Frailty Risk Score 15.5, of emergency admissions in two years",
        "Lives in a care home, recorded on 1 July 2025",
        "A fall that led to an emergency admission in 12 months",
        "2 emergency admissions in 6 months",
    ]
    assert told[Route.CODES, Condition.DEMENTIA].evidence == (Evidence("dementia", "F009", date(2024, 5, 1)),)
    assert {each.code for each in told[Route.HFRS, Condition.FRAILTY].evidence} == {"F00", "G30", "G81"}
    assert told[Route.FALLS, Condition.FRAILTY].evidence[0].what == "fall, with an emergency admission"
    assert told[Route.HIGH_USE, Condition.END_OF_LIFE].latest == date(2026, 2, 5)


@pytest.mark.parametrize("change, new", [
    ({}, []),
    ({"falls": days("2025-06-01", "2026-01-05", "2026-03-30")}, [Route.FALLS]),   # a fall since
    ({"falls": days("2026-01-05", "2025-06-01")}, []),
    ({"deficits": deficits(10)}, [Route.EFI]),
    ({"deficits": deficits(8)}, []),                                              # fewer than before
    ({"diagnoses": dict.fromkeys(("F00", "G81", "G30"), date(2026, 3, 1))}, []),  # the same diagnoses again
    ({"diagnoses": dict.fromkeys(("F00", "G81", "G30", "W19"), date(2026, 1, 1))}, [Route.HFRS]),
    ({"care_home": date(2026, 3, 1)}, [Route.CARE_HOME]),
    ({"codes": (Coded(TODAY, "SNOMED", "52448006"),)}, [Route.CODES]),
])  # fmt: skip
def test_somebody_rejected_is_asked_about_again_by_new_evidence_alone(change, new):
    before = Found(
        age=80, deficits=deficits(9), falls=days("2025-06-01", "2026-01-05"),
        diagnoses=dict.fromkeys(("F00", "G81", "G30"), date(2026, 1, 1)),
    )  # fmt: skip
    now = reasons(replace(before, **change), TODAY)
    assert [reason.route for reason in new_evidence(now, reasons(before, TODAY))] == new


def test_a_frailty_that_grew_is_new():
    evidence = (Evidence("a deficit"),)
    mild, severe = (
        Reason(route=Route.EFI, condition=Condition.FRAILTY, degree=degree, words="", evidence=evidence)
        for degree in ("moderate", "severe")
    )
    assert new_evidence([severe], [mild]) == (severe,)
    assert new_evidence([mild, severe], [mild, severe]) == ()
    assert mild.latest is None


def test_thresholds_are_those_of_their_day():
    assert thresholds_on(date(2026, 1, 1))["efi_deficits"] == 9
    assert thresholds_on(date(2000, 1, 1)) == thresholds_on(date(2022, 4, 1))
    assert not reasons(
        Found(age=80, deficits=deficits(9)), TODAY, limits={**thresholds_on(TODAY), "efi_deficits": 10}
    )
