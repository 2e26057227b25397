"""Codes of the national upload record, with their words.

Source: NHS Data Model and Dictionary, National Cancer Waiting Times Monitoring Data Set; meanings that only a
hospital's register or general knowledge gives are marked in docs/cancer-waiting-times.md.
"""

from collections.abc import Mapping
from enum import StrEnum


class Route(StrEnum):
    """How somebody came to be on the pathway (table 2.1 of the rules)."""

    URGENT = "USC"
    BREAST_SYMPTOMATIC = "BREAST_SYMPTOMATIC"
    SCREENING = "SCREENING"
    UPGRADE = "UPGRADE"
    NONE = "NONE"


class EndReason(StrEnum):
    """Why the 28-day clock ended."""

    CANCER = "01"
    RULED_OUT = "02"
    EXCLUDED = "03"
    INTERVAL_SCAN = "04"


class Leaving(StrEnum):
    """Why somebody left the pathway before any treatment; none of these takes days off a wait."""

    DIED = "died"
    PRIVATE = "went private"
    EMERGENCY = "was admitted in an emergency before being seen"
    OTHER = "left the pathway"


ROUTES: Mapping[Route, str] = {
    Route.URGENT: "urgent suspected cancer",
    Route.BREAST_SYMPTOMATIC: "breast symptoms, cancer not suspected",
    Route.SCREENING: "screening",
    Route.UPGRADE: "consultant upgrade",
    Route.NONE: "no cancer route",
}

END_REASONS: Mapping[str, str] = {
    "01": "told that it is cancer",
    "02": "told that it is not cancer",
    "03": "excluded",
    "04": "told of no cancer at this point, with an interval scan planned",
}

REFERRAL_TYPES: Mapping[str, str] = {
    "01": "breast",
    "02": "children's",
    "03": "lung",
    "04": "haematological, other than acute leukaemia",
    "05": "acute leukaemia",
    "06": "upper gastrointestinal",
    "07": "lower gastrointestinal",
    "08": "skin",
    "09": "gynaecological",
    "10": "brain and central nervous system",
    "11": "urological, other than testicular",
    "12": "testicular",
    "13": "head and neck",
    "14": "sarcoma",
    "15": "other",
    "16": "breast symptoms, cancer not suspected",
    "17": "non-specific symptoms",
}
BREAST_SYMPTOMS = "16"
NON_SPECIFIC_SYMPTOMS = "17"

PRIORITIES: Mapping[str, str] = {"1": "routine", "2": "urgent", "3": "urgent suspected cancer"}
SCREENING_PROGRAMME = "17"  # SOURCE OF REFERRAL FOR OUT-PATIENTS: a national screening programme

TREATMENT_EVENTS: Mapping[str, str] = {
    "01": "first definitive treatment of a new primary",
    "02": "subsequent treatment of a new primary",
    "03": "treatment of a local recurrence",
    "04": "treatment of a regional recurrence",
    "05": "treatment of a distant recurrence",
    "06": "treatment of multiple recurrences",
    "07": "first treatment of a metastasis of unknown primary",
    "08": "subsequent treatment of a metastasis of unknown primary",
    "09": "treatment of a relapse",
    "10": "treatment of progression",
    "11": "treatment of transformation",
    "12": "first treatment of a metastasis of a known primary",
}
FIRST_TREATMENTS = frozenset({"01", "07", "12"})

MODALITIES: Mapping[str, str] = {
    "02": "chemotherapy",
    "03": "hormone treatment",
    "04": "chemoradiotherapy",
    "05": "external beam radiotherapy",
    "06": "brachytherapy",
    "07": "specialist palliative care",
    "08": "active monitoring",
    "09": "palliative care that is not specialist",
    "10": "radiofrequency ablation",
    "11": "high-intensity focused ultrasound",
    "12": "cryotherapy",
    "13": "proton therapy",
    "14": "other drug treatment",
    "15": "immunotherapy",
    "16": "light therapy",
    "17": "hyperbaric oxygen",
    "19": "radioisotope therapy",
    "20": "laser treatment",
    "21": "other biological treatment",
    "22": "radiosurgery",
    "23": "surgery",
    "24": "enabling surgery",
    "97": "other treatment",
    "98": "all treatment declined",
}
RETIRED_MODALITIES: Mapping[str, str] = {
    "01": "surgery (until October 2020)",
    "18": "a modality that is no longer used",
}
ALL_DECLINED = "98"
NOT_COUNTED_LATER = frozenset({"07", "08", "09"})
"""Modalities that have no 31-day wait as a subsequent treatment (R7)."""

PAUSE_REASONS: Mapping[str, str] = {
    "8": "patient choice",
    "9": "egg harvesting or other care for fertility",
    "10": "medical delay",
}

DELAY_REASONS: Mapping[str, str] = {
    "01": "clinic cancelled",
    "02": "outpatient capacity",
    "03": "administrative delay",
    "13": "elective cancellation, not for medical reasons",
    "14": "elective capacity",
    "15": "complex diagnostic pathway",
    "16": "diagnosis delayed for medical reasons",
    "17": "recovery after an invasive test",
    "18": "treatment delayed for medical reasons",
    "19": "delay of a test or of planning by the provider",
    "20": "patient choice, with notice",
    "21": "patient did not attend a test or planning",
    "22": "patient choice about the treatment date",
    "97": "treatment outside English NHS",
    "98": "other, with a comment",
}
"""Reasons for a breach of the 28, 31 or 62 days."""

FIRST_SEEN_DELAY_REASONS: Mapping[str, str] = {
    "01": "clinic cancelled",
    "02": "outpatient capacity",
    "03": "administrative delay",
    "05": "patient unavailable",
    "06": "patient declined all dates",
    "07": "patient cancelled",
    "08": "outside English NHS",
    "98": "other, with a comment",
}

CARE_SETTINGS: Mapping[str, str] = {"01": "inpatient", "02": "day case", "03": "outpatient or other"}
OUTPATIENT = "03"
