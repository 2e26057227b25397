"""The 36 deficits of the electronic frailty index, and who has frailty recorded.

Source: Clegg et al., Age and Ageing 2016: fit up to 4 of 36, mildly frail 5 to 8, moderately 9 to 12, severely from 13.
"""

import numpy as np

from stewardship.synthetic.lives import NEVER, Days, Flags, People, Share, Small

YEAR = 365.25
MILD, MODERATE, SEVERE = 5, 9, 13  # the fewest deficits of each
CODES = {
    "mild_frailty": "925791000000100",
    "moderate_frailty": "925831000000107",
    "severe_frailty": "925861000000102",
}

# The deficits that are conditions: any of these recorded is one deficit.
_CONDITIONS = (
    ("iron_deficiency_anaemia",), ("knee_osteoarthritis", "hip_osteoarthritis", "rheumatoid_arthritis", "gout"),
    ("atrial_fibrillation",), ("stroke", "transient_ischaemic_attack"), ("chronic_kidney_disease",),
    ("type_1_diabetes", "type_2_diabetes"), ("falls",), ("diabetic_foot_ulcer",), ("fragility_fracture",),
    ("hearing_loss",), ("heart_failure",), ("heart_valve_disease",), ("hypertension",), ("coronary_heart_disease",),
    ("dementia", "memory_loss"), ("osteoporosis",), ("parkinsons_disease",), ("peptic_ulcer",),
    ("peripheral_arterial_disease",), ("asthma", "copd", "bronchiectasis"), ("pressure_ulcer",), ("insomnia",),
    ("thyroid_disease",), ("urinary_incontinence",), ("benign_prostatic_hyperplasia", "kidney_stone"),
    ("cataract", "glaucoma", "macular_degeneration", "sight_impairment"),
)  # fmt: skip
_OTHERS = 36 - len(
    _CONDITIONS
)  # activity, dizziness, breathlessness, housebound, low pressure, mobility, medicines ...
_AT_75, _BY_DECADE, _BY_FRAILTY = -1.85, 0.42, 0.75  # log odds of each of the others
_CODED = {"mild_frailty": 0.20, "moderate_frailty": 0.30, "severe_frailty": 0.45}
"""Share of people of 65 and over in each range who have it recorded. Source: four fifths of expected frailty in Mid and
South Essex was not recorded (Healthcare Leader, February 2025); more often the more severe (general knowledge)."""


def deficits_of(rng: np.random.Generator, people: People, onset: dict[str, Days], seen: Days) -> Small:
    """How many of the 36 deficits each person has when last seen."""
    found = np.zeros(len(people), dtype=np.int16)
    for conditions in _CONDITIONS:
        found += np.minimum.reduce([onset[name] for name in conditions]) <= seen
    age = (seen - people.birth) / YEAR
    odds = _AT_75 + _BY_DECADE * (np.minimum(age, 95) - 75) / 10 + _BY_FRAILTY * people.frailty
    chance = np.where(age >= 40, 1 / (1 + np.exp(-odds)), 0.01)
    return (found + rng.binomial(_OTHERS, chance)).astype(np.int16)


def recorded_frailty(
    rng: np.random.Generator, people: People, deficits: Small, seen: Days
) -> dict[str, Days]:
    """The day that mild, moderate or severe frailty was recorded; the latest severity is how people are now."""
    old = (seen - people.birth) / YEAR >= 65
    limits = {
        "mild_frailty": (MILD, MODERATE),
        "moderate_frailty": (MODERATE, SEVERE),
        "severe_frailty": (SEVERE, 37),
    }
    ago = rng.exponential(4.0 * YEAR, len(people))
    return {
        key: _since(rng, old & (deficits >= least) & (deficits < beyond), _CODED[key], people, seen, ago)
        for key, (least, beyond) in limits.items()
    }


def _since(
    rng: np.random.Generator, among: Flags, share: float, people: People, seen: Days, ago: Share
) -> Days:
    coded = among & (rng.random(len(people)) < share)
    day = np.maximum(seen - ago, people.birth + 65 * YEAR)
    return np.where(coded, day, NEVER).astype(np.int32)
