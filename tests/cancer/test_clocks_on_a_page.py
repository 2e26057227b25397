"""What the page of a pathway says of its clocks, from what the rules concluded."""

from dataclasses import replace
from datetime import date

import pytest

from stewardship.cancer.pathway_page import clocks, counted_for
from stewardship.rules.cancer.codes import Route
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.pathway import Pathway, Treatment

TODAY = date(2025, 9, 10)
OPEN = Pathway(
    route=Route.URGENT, received=date(2025, 7, 1), missed=date(2025, 7, 5), rebooked=date(2025, 7, 7)
)


def said(pathway: Pathway) -> list[str]:
    return [clock.said for clock in clocks(judge(pathway, as_of=TODAY), TODAY)]


def test_clocks_that_run_say_how_far_they_are():
    assert said(OPEN) == ["Day 65, 37 over, running", "Not started", "Day 65, 3 over, running"]


def test_a_wait_that_was_excluded_is_not_counted_and_no_breach():
    excluded = replace(OPEN, told=date(2025, 8, 30), end_reason="03", exclusion_reason="02")
    first = clocks(judge(excluded, as_of=TODAY), TODAY)[0]
    assert (first.said, first.kind) == ("Not counted", "")


def test_a_reason_is_said_once():
    for clock in clocks(judge(OPEN, as_of=TODAY), TODAY):
        assert len(set(clock.why)) == len(clock.why)


TREATED = replace(
    OPEN,
    told=date(2025, 7, 20),
    end_reason="01",
    diagnosis="C18.7",
    investigating_provider="RZ9",
    transferred=date(2025, 8, 1),
    treatment=Treatment(
        decided=date(2025, 8, 5), started=date(2025, 9, 1), event_type="01", modality="23", provider="RZ8"
    ),
)


@pytest.mark.parametrize(
    ("provider", "says"),
    [
        ("RZ9", "Of the 62 days, RZ9 counts one patient, within the limit: one provider (R8)."),
        (
            "RZ8",
            "Of the 62 days, RZ9 counts half a patient and RZ8 counts half a patient, within the limit: case 2: 25 "
            "days of investigation (limit 38), 31 of treatment (limit 24) (R8).",
        ),
    ],
)
def test_a_treated_pathway_says_which_providers_it_is_counted_for(provider, says):
    treated = replace(TREATED, treatment=replace(TREATED.treatment, provider=provider))
    assert counted_for(judge(treated, as_of=TODAY).allocation) == says


def test_an_open_pathway_is_counted_for_nobody_yet():
    assert counted_for(judge(OPEN, as_of=TODAY).allocation) == ""
