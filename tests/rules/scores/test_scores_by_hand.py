"""Scores of people drawn by hand, added up from the published weights."""

import pytest

from stewardship.rules.scores.cambridge import CAMBRIDGE
from stewardship.rules.scores.charlson import CHARLSON, CHARLSON_2011, with_age
from stewardship.rules.scores.core20plus5 import belongs_by
from stewardship.rules.scores.electronic_frailty import ELECTRONIC_FRAILTY, band_of_share, share
from stewardship.rules.scores.hospital_frailty import HOSPITAL_FRAILTY
from stewardship.rules.scores.score import band_of, groups_found, points_of
from stewardship.rules.scores.segments import segment_of


@pytest.mark.parametrize("codes, score", [
    ([], 0.0),
    ([("SNOMED", "52448006")], 2.5),  # dementia
    ([("ICD10", "F009")], 2.5),
    ([("SNOMED", "44054006"), ("SNOMED", "59621000")], 0.83),  # diabetes 0.75, hypertension 0.08
    ([("SNOMED", "13645005"), ("SNOMED", "84114007"), ("SNOMED", "49436004")], 3.98),  # 1.46 + 1.18 + 1.34
    ([("SNOMED", "35489007"), ("SNOMED", "197480006")], 0.5),  # depression and anxiety are one
    ([("ICD10", "44054006")], 0.0),  # a code of another system
])  # fmt: skip
def test_cambridge_adds_the_weights_of_conditions(codes, score):
    assert CAMBRIDGE.value(points_of(CAMBRIDGE, groups_found(CAMBRIDGE, codes))) == pytest.approx(score)


@pytest.mark.parametrize("codes, of_1987, of_2011", [
    ([("ICD10", "I252")], 1, 0),
    ([("ICD10", "I500")], 1, 2),
    ([("SNOMED", "84114007")], 1, 2),
    ([("ICD10", "E119"), ("ICD10", "E114")], 2, 1),  # with complications instead of without
    ([("ICD10", "K703"), ("ICD10", "K704")], 3, 4),  # severe liver disease instead of mild
    ([("ICD10", "C509"), ("ICD10", "C780")], 6, 6),  # spread instead of any cancer
    ([("ICD10", "J449"), ("ICD10", "N183"), ("ICD10", "F03X")], 4, 4),
])  # fmt: skip
def test_charlson_counts_the_severe_form_instead_of_the_mild_one(codes, of_1987, of_2011):
    assert points_of(CHARLSON, groups_found(CHARLSON, codes)) == of_1987
    assert points_of(CHARLSON_2011, groups_found(CHARLSON_2011, codes)) == of_2011


@pytest.mark.parametrize(
    "age, added", [(0, 0), (49, 0), (50, 1), (59, 1), (60, 2), (70, 3), (79, 3), (80, 4), (101, 4)]
)
def test_charlson_with_age_adds_a_point_for_each_ten_years_from_fifty(age, added):
    assert with_age(3, age) == 3 + added


@pytest.mark.parametrize("codes, score, band", [
    ([], 0.0, "low"),
    ([("ICD10", "F009"), ("ICD10", "W190")], 10.3, "intermediate"),
    ([("ICD10", "F009"), ("ICD10", "F001"), ("ICD10", "F009")], 7.1, "intermediate"),  # a code counts once
    ([("ICD10", "G819"), ("ICD10", "R000")], 5.1, "intermediate"),
    ([("ICD10", "G819"), ("ICD10", "F329")], 4.9, "low"),
    ([("ICD10", "F009"), ("ICD10", "G309"), ("ICD10", "R296"), ("ICD10", "F509")], 14.7, "intermediate"),
    ([("ICD10", "F009"), ("ICD10", "G309"), ("ICD10", "I694"), ("ICD10", "R500")], 14.9, "intermediate"),
    ([("ICD10", "F009"), ("ICD10", "G309"), ("ICD10", "R296"), ("ICD10", "R110"), ("ICD10", "R500")], 15.1, "high"),
    ([("SNOMED", "F009")], 0.0, "low"),
])  # fmt: skip
def test_hospital_frailty_counts_each_code_once(codes, score, band):
    points = points_of(HOSPITAL_FRAILTY, groups_found(HOSPITAL_FRAILTY, codes))
    assert HOSPITAL_FRAILTY.value(points) == pytest.approx(score)
    assert band_of(HOSPITAL_FRAILTY, points, age=75).name == band
    assert band_of(HOSPITAL_FRAILTY, points, age=74) is None


@pytest.mark.parametrize(
    "points, band", [(49, "low"), (50, "intermediate"), (150, "intermediate"), (151, "high")]
)
def test_five_and_fifteen_are_intermediate(points, band):
    assert band_of(HOSPITAL_FRAILTY, points, age=80).name == band


@pytest.mark.parametrize("deficits, band", [
    (0, "fit"), (4, "fit"), (5, "mild"), (8, "mild"), (9, "moderate"), (12, "moderate"), (13, "severe"), (36, "severe"),
])  # fmt: skip
def test_frailty_is_banded_by_its_deficits_from_65(deficits, band):
    assert band_of(ELECTRONIC_FRAILTY, deficits, age=65).name == band
    assert band_of(ELECTRONIC_FRAILTY, deficits, age=64) is None
    assert band_of_share(share(deficits)).name == band
    assert band_of_share(round(share(deficits), 2)).name == band  # as other systems store it


@pytest.mark.parametrize("index", [-0.1, 1.2])
def test_an_index_beyond_its_range_is_refused(index):
    with pytest.raises(ValueError, match="from 0 to 1"):
        band_of_share(index)


@pytest.mark.parametrize("applies, segment", [
    (set(), "generally_well"),
    ({"long_term_conditions"}, "long_term_conditions"),
    ({"long_term_conditions", "organ_failure"}, "organ_failure"),
    ({"frailty_dementia", "incurable_cancer", "organ_failure"}, "frailty_dementia"),
    ({"disability", "maternal_infant"}, "disability"),
    ({"acutely_ill"}, "generally_well"),  # an overlay
])  # fmt: skip
def test_the_highest_segment_that_applies_is_the_one(applies, segment):
    assert segment_of(applies).key == segment


@pytest.mark.parametrize("parts, by", [
    ({"core20", "maternity"}, ["core20"]),
    ({"autism", "ethnic_minority"}, ["ethnic_minority", "autism"]),
    ({"respiratory"}, []),  # a clinical area takes nobody in by itself
])  # fmt: skip
def test_membership_tells_by_which_parts(parts, by):
    assert [part.key for part in belongs_by(parts)] == by
