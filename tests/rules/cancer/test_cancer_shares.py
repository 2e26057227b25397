"""Whose a 62-day wait is, where the accountable investigating provider is not known (R8)."""

from dataclasses import replace
from datetime import date

import pytest

from stewardship.rules.cancer.codes import Route
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.judgement import Method
from stewardship.rules.cancer.pathway import Pathway, Treatment

UPGRADED = Pathway(
    route=Route.UPGRADE,
    received=date(2025, 2, 3),
    upgraded=date(2025, 3, 10),
    first_seen=date(2025, 3, 3),
    diagnosis="C34.1",
    transferred=date(2025, 4, 10),
    treatment=Treatment(
        decided=date(2025, 4, 14),
        started=date(2025, 5, 12),  # day 63
        event_type="01",
        modality="02",
        provider="RZ701",
    ),
)


@pytest.mark.parametrize("known, upgraded_by, seen_by, method, shares", [
    ("", "RZ801", "RZ901", Method.SHARED, {"RZ801": (0.5, 0.5), "RZ701": (0.5, 0.5)}),
    ("", "", "RZ901", Method.SHARED, {"RZ901": (0.5, 0.5), "RZ701": (0.5, 0.5)}),
    ("", "RZ702", "RZ901", Method.SOLO, {"RZ702": (1, 1)}),  # another site of the treating trust
    ("", "", "RZ702", Method.SOLO, {"RZ702": (1, 1)}),
    ("RZ901", "RZ801", "RZ801", Method.SIX_SCENARIO, {"RZ701": (1, 1)}),  # 31 and 32 days: case 4
    ("RZ702", "RZ801", "RZ801", Method.SOLO, {"RZ702": (1, 1)}),
])  # fmt: skip
def test_who_upgraded_comes_before_who_saw_first_and_the_accountable_before_both(
    known, upgraded_by, seen_by, method, shares
):
    pathway = replace(
        UPGRADED, investigating_provider=known, upgrade_provider=upgraded_by, first_seen_provider=seen_by
    )
    found = judge(pathway, as_of=None).allocation
    assert found.method is method
    told = (found.investigating, found.treating)
    assert {each.provider: (each.patients, each.breaches) for each in told if each.patients} == shares
