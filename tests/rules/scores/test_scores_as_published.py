"""The tables of the scores are those of the reference files, and their codes are well formed."""

import csv
import re
from pathlib import Path

import pytest

from stewardship.rules.scores.cambridge import CAMBRIDGE, COUNTED_WHEN
from stewardship.rules.scores.charlson import CHARLSON, CHARLSON_2011
from stewardship.rules.scores.core20plus5 import PARTS
from stewardship.rules.scores.electronic_frailty import ELECTRONIC_FRAILTY, KINDS_OF_MEDICINE
from stewardship.rules.scores.hospital_frailty import HOSPITAL_FRAILTY
from stewardship.rules.scores.segments import EXCLUSIVE, SEGMENTS
from stewardship.rules.scores.tables import codes_of, condition_names, rows_of

SCORES = (CAMBRIDGE, CHARLSON, CHARLSON_2011, HOSPITAL_FRAILTY, ELECTRONIC_FRAILTY, KINDS_OF_MEDICINE)
REFERENCE = Path(__file__).parents[4] / "shared" / "reference"
WELL_FORMED = {
    ("SNOMED", "exact"): r"[1-9][0-9]{5,17}",
    ("ICD10", "prefix"): r"[A-Z][0-9]{1,3}",
    ("ICD10", "range"): r"[A-Z][0-9]{2,3}-[A-Z][0-9]{2,3}",
    ("BNF", "prefix"): r"[0-9]{4,7}[A-Z0-9]{0,2}",
}


def reference(name):
    path = REFERENCE / name
    if not path.is_file():
        pytest.skip("the reference files are not beside the project")
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_cambridge_has_the_published_weights():
    published = {
        row["condition"]: row["general_outcome_weight"] for row in reference("cambridge_multimorbidity.csv")
    }
    assert {group.name: group.points for group in CAMBRIDGE.groups} == {
        name: round(float(weight) * 100) for name, weight in published.items()
    }
    assert set(COUNTED_WHEN) == set(published)


@pytest.mark.parametrize(
    "score, column", [(CHARLSON, "weight_charlson1987"), (CHARLSON_2011, "weight_quan2011")]
)
def test_charlson_has_the_published_weights_and_codes(score, column):
    for row, group in zip(reference("charlson.csv"), score.groups, strict=True):
        assert group.points == int(row[column])
        assert [code for system, code, _ in group.codes if system == "ICD10"] == row["icd10_quan"].split()


def test_hospital_frailty_has_the_published_weights():
    published = {row["icd10_3char"]: float(row["weight"]) for row in reference("hfrs.csv")}
    assert {
        group.name: HOSPITAL_FRAILTY.value(group.points) for group in HOSPITAL_FRAILTY.groups
    } == published
    assert HOSPITAL_FRAILTY.value(HOSPITAL_FRAILTY.most) == 173.2


def test_frailty_has_36_deficits():
    assert [group.points for group in ELECTRONIC_FRAILTY.groups] == [1] * 36


def test_segments_stand_in_the_published_order():
    assert [segment.number for segment in SEGMENTS] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert len(EXCLUSIVE) == 7


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score.key)
def test_a_score_names_its_groups_once_and_its_source(score):
    names = [group.name for group in score.groups]
    assert len(set(names)) == len(names)
    assert score.edition and score.source
    assert all(group.points >= 0 for group in score.groups)
    assert [band.at_least for band in score.bands] == sorted(band.at_least for band in score.bands)


def test_codes_are_well_formed():
    found = [code for score in SCORES for group in score.groups for code in group.codes]
    found += [code for name in condition_names() for code in codes_of(name)]
    for system, code, match in found:
        assert re.fullmatch(WELL_FORMED[system, match], code), (system, code, match)


def test_no_code_of_a_condition_stands_twice():
    rows = [(row["condition"], row["system"], row["code"]) for row in rows_of("conditions")]
    assert len(set(rows)) == len(rows)


def test_a_snomed_code_has_one_term():
    terms = {}
    for row in rows_of("conditions"):
        if row["system"] == "SNOMED":
            assert terms.setdefault(row["code"], row["term"]) == row["term"]


def test_snomed_codes_end_with_their_check_digit():
    """Verhoeff's check digit finds any digit mistyped and any two swapped."""
    for row in rows_of("conditions"):
        if row["system"] == "SNOMED":
            assert verhoeff(row["code"]) == 0, row


def verhoeff(digits):
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = MULTIPLY[check][PERMUTE[place % 8][int(digit)]]
    return check


MULTIPLY = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 0, 6, 7, 8, 9, 5], [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7], [4, 0, 1, 2, 3, 9, 5, 6, 7, 8], [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2], [7, 6, 5, 9, 8, 2, 1, 0, 4, 3], [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
]  # fmt: skip
PERMUTE = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 5, 7, 6, 2, 8, 3, 0, 9, 4], [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7], [9, 4, 5, 3, 1, 2, 6, 8, 7, 0], [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5], [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
]  # fmt: skip


def test_parts_have_keys_of_their_own():
    assert len({part.key for part in PARTS}) == len(PARTS)
