"""What care areas claim: no two the same at the same rank, written plainly, and mistakes told in words."""

import pytest

from stewardship.care_areas.claims import Claims, bnf, clash, icd10
from stewardship.care_areas.registry import care_areas
from stewardship.people.expressions import ExpressionError
from stewardship.records.model import POINTS_OF_DELIVERY


@pytest.mark.parametrize("one, other, says", [
    ({"diagnoses": icd10("I20-I25")}, {"diagnoses": icd10("I24")}, "the diagnosis I24 (ICD10)"),
    ({"diagnoses": icd10("I20-I25")}, {"diagnoses": icd10("I25-I28")}, "the diagnosis I25-I28 (ICD10)"),
    ({"diagnoses": icd10("E10", "J40-J47")}, {"diagnoses": icd10("E101")}, "the diagnosis E101 (ICD10)"),
    ({"diagnoses": icd10("E101")}, {"diagnoses": icd10("E10-E14")}, "the diagnosis E101 (ICD10)"),
    ({"medicines": bnf("02")}, {"medicines": bnf("0208")}, "the medicine 0208 (BNF)"),
    ({"specialties": ("320",)}, {"specialties": ("340", "320")}, 'the specialty "320"'),
    ({"teams": ("Podiatry",)}, {"teams": ("Podiatry",)}, 'the team "Podiatry"'),
    ({"programmes": ("10A",)}, {"programmes": ("10A",)}, 'the programme "10A"'),
    ({"points_of_delivery": ("ambulance",)}, {"points_of_delivery": ("ambulance",)},
     'the point of delivery "ambulance"'),
    ({"ages": (0, 17)}, {"ages": (17, 24)}, "people aged 17"),
])  # fmt: skip
def test_two_areas_may_not_claim_the_same(one, other, says):
    said = clash([("Heart", Claims(**one)), ("Lungs", Claims(**other))])
    assert said.startswith("Heart and Lungs both claim ") or said.startswith("Lungs and Heart both claim ")
    assert says in said


@pytest.mark.parametrize("one, other", [
    (Claims(diagnoses=icd10("I20-I25")), Claims(diagnoses=icd10("I26-I28", "I1"))),
    (Claims(diagnoses=icd10("I20-I25", "I24")), Claims()),  # twice in one area is no clash
    (Claims(medicines=bnf("0201-0207")), Claims(medicines=bnf("0208"))),
    (Claims(medicines=bnf("10")), Claims(diagnoses=icd10("A10"))),
    (Claims(points_of_delivery=("ambulance",)), Claims(points_of_delivery=("ambulance",), overlay=True)),
    (Claims(ages=(0, 17)), Claims(ages=(18, 24))),
])  # fmt: skip
def test_what_lies_apart_or_over_the_others_is_no_clash(one, other):
    assert clash([("Heart", one), ("Lungs", other)]) == ""


@pytest.mark.parametrize("made, says", [
    (lambda: icd10("E10.1"), 'no ICD10 code. Write it in capitals without dots, such as "E10"'),
    (lambda: icd10("e10"), '"e10" is no ICD10 code'),
    (lambda: icd10("E14-E10"), '"E14-E10" is no ICD10 code'),
    (lambda: Claims(specialties="320"), 'write specialties=("320",)'),
    (lambda: Claims(programmes=("4A",)), '"4A" is no programme budgeting code'),
    (lambda: Claims(points_of_delivery=("clinic",)), 'no point of delivery "clinic"'),
    (lambda: Claims(ages=(18, 0)), "hold nobody"),
    (lambda: Claims(diagnoses=icd10("E10"), overlay=True), "an overlay has nothing of its own"),
])  # fmt: skip
def test_a_mistake_in_a_claim_is_told_in_words(made, says):
    with pytest.raises(ExpressionError) as error:
        made()
    assert says in str(error.value)


def test_the_areas_of_the_package_claim_apart_and_overlays_nothing():
    claims = {area.key: area.claims for area in care_areas() if area.claims is not None}
    assert clash(list(claims.items())) == ""
    overlays = {key for key, claimed in claims.items() if claimed.overlay}
    assert overlays <= {"ageing-well", "urgent-and-emergency"}
    assert all(point in POINTS_OF_DELIVERY for one in claims.values() for point in one.points_of_delivery)
