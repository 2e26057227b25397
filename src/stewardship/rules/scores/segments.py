"""Bridges to Health: eight segments by what people need, of which everybody is in one.

Order: the highest that applies. Acute illness overlays the others rather than taking people out of them.
Source: Lynn J and others, Using population segmentation to provide better health care for all: the "Bridges to
Health" model, Milbank Quarterly 2007;85:185-208; adapted by NHS England (Outcomes Based Healthcare), national
data set since 2019. The national business rules are published condition by condition and are not copied here: the
rules are a workable approximation, and the expected shares are general knowledge, to be verified.
"""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Segment:
    """A segment. number: its place in the model, 8 the highest need. expected: share of residents, per cent."""

    key: str
    number: int
    title: str
    description: str
    expected: tuple[float, float]
    overlay: bool = False


SEGMENTS = (
    Segment("frailty_dementia", 8, "Frailty and dementia",
            "dementia; severe frailty, recorded or by the electronic frailty index; 75 and over with a high Hospital "
            "Frailty Risk Score; 65 and over in a care home", (1.5, 3)),
    Segment("organ_failure", 7, "Organ failure",
            "heart failure; COPD with two emergency admissions for it in two years; kidney disease of stage 5; failure "
            "of the liver; motor neurone disease", (1, 2)),
    Segment("incurable_cancer", 6, "Incurable cancer",
            "cancer that has spread, or cancer and palliative care", (0.3, 0.5)),
    Segment("disability", 5, "Disability",
            "learning disability; paralysis; impaired sight; injury of the brain; cerebral palsy", (1, 2)),
    Segment("long_term_conditions", 4, "Long-term conditions", "one or more long-term conditions", (30, 35)),
    Segment("acutely_ill", 3, "Acutely ill",
            "an emergency admission or attendance in the last three months of somebody otherwise generally well",
            (0, 0), overlay=True),
    Segment("maternal_infant", 2, "Maternal and infant health",
            "pregnancy up to a year after birth; children under one", (1, 2)),
    Segment("generally_well", 1, "Healthy or generally well", "none of the others", (55, 60)),
)  # fmt: skip
EXCLUSIVE = tuple(segment for segment in SEGMENTS if not segment.overlay)
DEFAULT = EXCLUSIVE[-1]


LONG_TERM = (
    "anxiety", "asthma", "atrial_fibrillation", "bronchiectasis", "cancer", "chronic_kidney_disease",
    "chronic_liver_disease", "connective_tissue_disease", "copd", "coronary_heart_disease", "cystic_fibrosis",
    "dementia", "depression", "diabetes", "endometriosis", "epilepsy", "heart_failure", "heart_valve_disease",
    "hypertension", "inflammatory_bowel_disease", "interstitial_lung_disease", "motor_neurone_disease",
    "multiple_sclerosis", "osteoarthritis", "osteoporosis", "parkinsons_disease",
    "peripheral_vascular_disease", "psychosis_bipolar", "rheumatoid_arthritis", "sarcoidosis",
    "sickle_cell_disease", "stroke_tia",
)  # fmt: skip
"""The long-term conditions that are counted, by their names in the table of conditions."""


def segment_of(applies: Collection[str]) -> Segment:
    """The one segment of somebody to whom these apply, by their keys: the highest, or generally well."""
    return next((segment for segment in EXCLUSIVE if segment.key in applies), DEFAULT)
