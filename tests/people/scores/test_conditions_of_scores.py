"""Scores know a condition by the codes by which the care areas know it."""

import pytest

from stewardship.care_areas.vocabulary import CODE_LISTS
from stewardship.rules.scores.tables import codes_of

CONDITIONS = {
    "asthma": ("asthma",),
    "atrial-fibrillation": ("atrial_fibrillation",),
    "autism": ("autism",),
    "cancer": ("cancer", "metastatic_cancer"),
    "cataract": ("cataract",),
    "chronic-obstructive-pulmonary-disease": ("copd",),
    "coronary-heart-disease": ("coronary_heart_disease",),
    "dementia": ("dementia",),
    "depression": ("depression",),
    "diabetes": ("diabetes",),
    "epilepsy": ("epilepsy",),
    "frailty-moderate-or-severe": ("moderate_frailty", "severe_frailty"),
    "glaucoma": ("glaucoma",),
    "heart-failure": ("heart_failure",),
    "hypertension": ("hypertension",),
    "learning-disability": ("learning_disability",),
    "macular-degeneration": ("macular_degeneration",),
    "osteoarthritis": ("osteoarthritis",),
    "osteoporosis": ("osteoporosis",),
    "palliative-care": ("palliative_care",),
    "peripheral-arterial-disease": ("peripheral_vascular_disease",),
    "rheumatoid-arthritis": ("rheumatoid_arthritis",),
    "severe-mental-illness": ("psychosis_bipolar",),
    "stroke": ("stroke_tia",),
    "transient-ischaemic-attack": ("stroke_tia",),
}


@pytest.mark.parametrize("listed", CONDITIONS)
def test_a_condition_has_all_codes_of_the_care_areas(listed):
    """Otherwise somebody on a register would not have what the register is of."""
    known = {code for _, code, _ in codes_of(*CONDITIONS[listed], system="SNOMED")}
    lacking = {rule.code: rule.term for rule in CODE_LISTS.get(listed).rules if rule.system == "SNOMED"}
    lacking = {code: term for code, term in lacking.items() if code not in known}
    assert not lacking, f"add these to rules/scores/conditions.csv under {CONDITIONS[listed][0]}"
