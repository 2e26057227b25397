"""Wherever figures of the most deprived fifth stand, they are said to be those of Core20."""

import re

import pytest
from django.test import override_settings

from stewardship.measures.budget_published import write_budget
from stewardship.site.roles import Steward
from support.budget_drawn import BUDGET
from support.site import signed_in
from support.snapshots import publish

AREA = "/care-areas/diabetes/"
MEASURE = f"{AREA}measures/foot-check/"


@pytest.mark.parametrize("address, said", [
    (AREA, ">Most deprived fifth (Core20)</th>"),
    (AREA, ">Most (Core20) v least deprived fifth</th>"),
    (AREA, "Most deprived (Core20)"),
    (AREA, ">1, most deprived (Core20)</th>"),
    (MEASURE, ">1, most deprived (Core20)</th>"),
    (MEASURE, "most (Core20) against least deprived fifth"),
    (f"{AREA}tables/outcomes.csv", 'Deprivation fifth,"1, most deprived (Core20)"'),
    (f"{AREA}tables/all.csv", 'Deprivation fifth,"1, most deprived (Core20)"'),
    (f"{AREA}tables/gap.csv", 'Deprivation fifth,"1, most deprived (Core20)"'),
    (f"{AREA}tables/budget.csv", '"1, most deprived (Core20)"'),
    (f"{MEASURE}tables/deprivation-fifth.csv", 'Deprivation fifth,"1, most deprived (Core20)"'),
])  # fmt: skip
def test_the_most_deprived_fifth_is_named_core20(tmp_path, address, said):
    write_budget(publish(tmp_path), BUDGET)
    with override_settings(SNAPSHOTS=tmp_path / "snapshots"):
        text = signed_in(Steward).get(address).content.decode()
    assert said in text
    in_lines = re.sub("<svg.*?</svg>", "", text, flags=re.DOTALL)  # pictures break it in two lines
    assert "1, most deprived<" not in in_lines
    assert '"1, most deprived"' not in in_lines
