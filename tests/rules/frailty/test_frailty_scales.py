"""Scores of the register: bands at their edges, what cannot be, and ages they are not meant for."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.rules.frailty.scales import (
    CFS_NAMES,
    SCALES,
    ScaleError,
    Scored,
    cfs_name,
    reading,
    reading_of_deficits,
    scale_named,
    trends,
    yearly_risk,
)


def band(key, value, age=80, **more):
    return reading(key, Decimal(str(value)), age=age, **more).band


@pytest.mark.parametrize("value, expected", [
    ("0", "fit"), ("0.11", "fit"), ("0.12", "mild"), ("0.23", "mild"), ("0.24", "moderate"), ("0.35", "moderate"),
    ("0.36", "severe"),    # 13 of 36, rounded
    ("0.3611", "severe"),  # and not rounded
    ("0.3333", "moderate"), ("1", "severe"),
])  # fmt: skip
def test_a_frailty_index_is_called_by_its_cut_points_rounded_or_not(value, expected):
    assert band("efi", value) == expected


@pytest.mark.parametrize("deficits, expected", [
    (0, "fit"), (4, "fit"), (5, "mild"), (8, "mild"), (9, "moderate"), (12, "moderate"), (13, "severe"), (36, "severe"),
])  # fmt: skip
def test_a_count_of_deficits_decides_wherever_it_is_known(deficits, expected):
    assert reading_of_deficits(deficits, age=70).band == expected


@settings(max_examples=37)
@given(st.integers(0, 36))
def test_a_count_and_its_share_rounded_to_two_places_are_called_the_same(deficits):
    rounded = (Decimal(deficits) / 36).quantize(Decimal("0.01"))
    assert reading_of_deficits(deficits, age=70).band == band("efi", rounded)


@pytest.mark.parametrize("value, two_places, expected", [
    ("0.0856", False, "fit"), ("0.0857", False, "mild"), ("0.1623", False, "mild"), ("0.1624", False, "moderate"),
    ("0.2391", False, "moderate"), ("0.2392", False, "severe"),
    ("0.08", True, "fit"), ("0.09", True, "mild"), ("0.15", True, "mild"), ("0.16", True, "moderate"),
    ("0.23", True, "moderate"), ("0.24", True, "severe"),
    ("0.16", False, "mild"),
])  # fmt: skip
def test_the_second_index_has_cut_points_of_its_own_and_rounded_ones(value, two_places, expected):
    assert band("efi2", value, two_places=two_places) == expected


@pytest.mark.parametrize("key, value, expected", [
    ("cfs", 1, "not frail"), ("cfs", 3, "not frail"), ("cfs", 4, "watch"), ("cfs", 5, "mild"), ("cfs", 6, "moderate"),
    ("cfs", 7, "severe"), ("cfs", 8, "severe"), ("cfs", 9, "end of life"),
    ("hfrs", "4.9", "low"), ("hfrs", 5, "intermediate"), ("hfrs", "10.3", "intermediate"), ("hfrs", 15, "intermediate"),
    ("hfrs", "15.1", "high"),
    ("4at", 0, "delirium unlikely"), ("4at", 3, "possible cognitive impairment"), ("4at", 4, "possible delirium"),
    ("amt", 7, "cognitive impairment likely"), ("amt", 8, "normal"),
    ("6cit", 7, "normal"), ("6cit", 8, "mild cognitive impairment"), ("6cit", 10, "cognitive impairment"),
    ("must", 1, "medium risk"), ("must", 2, "high risk"),
    ("waterlow", 9, "not at risk"), ("waterlow", 10, "at risk"), ("waterlow", 20, "very high risk"),
    ("falls-risk", 3, "higher risk"), ("loneliness", 6, "lonely"), ("barthel", 20, ""), ("eq5d", "-0.594", ""),
])  # fmt: skip
def test_each_scale_has_its_bands(key, value, expected):
    assert band(key, value) == expected


@pytest.mark.parametrize("key, value", [
    ("cfs", 0), ("cfs", 10), ("cfs", "6.5"), ("efi", "1.01"), ("efi", "-0.01"), ("efi2", "1.1"), ("hfrs", "-0.1"),
    ("hfrs", "999"), ("4at", 13), ("barthel", 21), ("loneliness", 2), ("efi", "NaN"), ("hfrs", "5.05"),
])  # fmt: skip
def test_a_value_that_a_scale_cannot_have_is_refused_in_a_sentence(key, value):
    with pytest.raises(ScaleError, match=SCALES[key].title):
        reading(key, Decimal(str(value)), age=80)


def test_more_deficits_than_there_are_and_unknown_scales_are_refused():
    with pytest.raises(ScaleError, match="0 to 36 deficits"):
        reading_of_deficits(37, age=80)
    with pytest.raises(ScaleError, match="no scale called karnofsky"):
        scale_named("karnofsky")


@pytest.mark.parametrize("key, value, age, doubt", [
    ("hfrs", 20, 74, "meant from the age of 75, and the person was 74"),
    ("efi", "0.4", 64, "meant from the age of 65, and the person was 64"),
    ("cfs", 6, 40, "meant from the age of 65, and the person was 40"),
    ("efi", "0.4", None, "the age is not known"),
])  # fmt: skip
def test_a_score_of_somebody_too_young_is_kept_and_doubted_and_called_nothing(key, value, age, doubt):
    found = reading(key, Decimal(str(value)), age=age)
    assert (found.value, found.band, found.doubt) == (Decimal(str(value)), "", doubt)
    assert reading_of_deficits(20, age=64).doubt


def test_the_frailty_scale_has_nine_names_and_no_more():
    assert [cfs_name(level) for level in range(1, 10)] == list(CFS_NAMES.values())
    with pytest.raises(ScaleError):
        cfs_name(10)


@pytest.mark.parametrize("score, risk", [("0", 0.0151), ("0.1624", 0.0594), ("0.2392", 0.1134), ("1", 1.0)])
def test_the_second_index_tells_a_yearly_risk(score, risk):
    assert yearly_risk(Decimal(score)) == pytest.approx(risk, abs=0.0005)


def test_indexes_and_versions_never_share_a_line():
    on, later = date(2026, 1, 5), date(2026, 2, 5)
    scores = [
        Scored(scale="efi2", version="1", on=on, value=Decimal("0.2")),
        Scored(scale="efi", version="2016", on=later, value=Decimal("0.3")),
        Scored(scale="efi", version="2016", on=on, value=Decimal("0.2")),
        Scored(scale="efi", version="own", on=on, value=Decimal("0.1")),
    ]
    lines = trends(scores)
    assert list(lines) == [("efi", "2016"), ("efi", "own"), ("efi2", "1")]
    assert [each.on for each in lines["efi", "2016"]] == [on, later]
