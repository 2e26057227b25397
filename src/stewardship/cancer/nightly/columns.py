"""The columns of the two nightly files: what each holds, how it is checked, and where it goes.

Headings are the names of the national upload record (National Cancer Waiting Times Monitoring Data Set); what a tracker
needs besides has a heading of this project's own. A system's own headings are mapped in its settings.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from stewardship.cancer.words import Specific
from stewardship.rules.cancer import codes
from stewardship.rules.cancer.timed.milestones import is_milestone_code

Kind = Literal["day", "code", "number", "text"]
Part = Literal["key", "person", "pathway", "treatment", "transfer", "delay", "event"]

SITE = re.compile(r"[A-Z0-9]{3,9}")
IDENTIFIER = re.compile(r"[A-Z0-9][A-Z0-9/-]{0,19}", re.IGNORECASE)
ICD10 = re.compile(r"[A-Z][0-9]{2}(\.?[0-9X]{1,2})?")
TWO = re.compile(r"[0-9]{2}")
PAUSES = frozenset(codes.PAUSE_REASONS)
MODALITIES = frozenset({*codes.MODALITIES, *codes.RETIRED_MODALITIES})
MOST_DAYS = 2000


@dataclass(frozen=True, eq=False)
class Column:
    """One column. key: its name in the settings. field: of the row that is kept. needed: it may not be empty.

    among: the codes that it may be. like: what it has to look like. words: what is in it, for the template.
    """

    key: str
    heading: str
    part: Part
    field: str
    kind: Kind
    words: str
    needed: bool = False
    among: Collection[str] = ()
    like: re.Pattern[str] | None = None
    longest: int = 9

    @cached_property
    def known(self) -> dict[str, str]:
        """The codes that it may be, by themselves in capitals."""
        return {each.upper(): each for each in self.among}


def _day(key: str, heading: str, part: Part, field: str, words: str, *, needed: bool = False) -> Column:
    return Column(key, heading, part, field, "day", words, needed)


def _coded(
    key: str,
    heading: str,
    part: Part,
    field: str,
    words: str,
    among: Collection[str],
    *,
    needed: bool = False,
) -> Column:
    return Column(key, heading, part, field, "code", words, needed, among)


def _site(key: str, heading: str, part: Part, field: str, words: str, *, needed: bool = False) -> Column:
    return Column(key, heading, part, field, "code", words, needed, like=SITE)


def _text(key: str, heading: str, part: Part, field: str, words: str, longest: int) -> Column:
    return Column(key, heading, part, field, "text", words, longest=longest)


def _delay(key: str, what: str, standard: str, among: Collection[str]) -> tuple[Column, Column]:
    return (
        _coded(
            f"{key}_delay", f"CANCER CARE SPELL DELAY REASON ({what})", "delay", f"{standard} code",
            "Why it was late, by the national code", among,
        ),
        _text(
            f"{key}_delay_comment", f"CANCER CARE SPELL DELAY REASON COMMENT ({what})", "delay",
            f"{standard} comment", "In words; has to be there with code 98", 1000,
        ),
    )  # fmt: skip


WHO = (
    Column("nhs_number", "NHS NUMBER", "person", "nhs_number", "text", "Ten digits", True, longest=20),
    _text("family_name", "FAMILY NAME", "person", "family_name", "Has to be there", 300),
    _text("given_name", "GIVEN NAME", "person", "given_names", "May be empty", 300),
    Column("birth_date", "BIRTH DATE", "person", "birth_date", "text", "CCYY-MM-DD", True, longest=10),
    _text("address", "USUAL ADDRESS", "person", "address", "For letters; may be empty", 300),
    _text("postcode", "POSTCODE OF USUAL ADDRESS", "person", "postcode", "May be empty", 20),
    _text("contact", "CONTACT TELEPHONE NUMBER", "person", "phone", "May be empty", 300),
    _coded("sex", "PERSON STATED GENDER CODE", "pathway", "sex", "1 male, 2 female, 9 not stated", "0129"),
    _text("practice", "GENERAL MEDICAL PRACTICE CODE", "person", "practice", "Code of the practice", 12),
)
KEY = (
    Column(
        "pathway_identifier", "PATIENT PATHWAY IDENTIFIER", "key", "identifier", "code",
        "Of the pathway, the same every night", True, like=IDENTIFIER, longest=20,
    ),
    _site(
        "issuer", "ORGANISATION IDENTIFIER (PATIENT PATHWAY IDENTIFIER ISSUER)", "key", "issuer",
        "Code of the provider that issued it, and tracks the pathway", needed=True,
    ),
)  # fmt: skip
REFERRAL = (
    Column(
        "source_of_referral", "SOURCE OF REFERRAL FOR OUT-PATIENTS", "pathway", "source_of_referral", "code",
        "17 is a national screening programme", like=TWO, longest=2,
    ),
    _coded("priority_type", "PRIORITY TYPE CODE", "pathway", "priority_type", "3 is urgent suspected cancer",
           codes.PRIORITIES),
    _day("decision_to_refer", "DECISION TO REFER DATE (CANCER OR BREAST SYMPTOMS)", "pathway",
         "decision_to_refer_on", "Day of the decision to refer"),
    _day("received", "CANCER REFERRAL TO TREATMENT PERIOD START DATE", "pathway", "received_on",
         "Day the referral was received: day 0"),
    _coded("referral_type", "URGENT CANCER OR SYMPTOMATIC BREAST REFERRAL TYPE", "pathway", "referral_type",
           "Suspected cancer, 01 to 17", codes.REFERRAL_TYPES),
    _day("upgraded", "CONSULTANT UPGRADE DATE", "pathway", "upgraded_on", "Day of a consultant’s upgrade"),
    _site("upgrade_site", "ORGANISATION SITE IDENTIFIER (OF PROVIDER CONSULTANT UPGRADE)", "pathway",
          "upgrade_site", "Where"),
    _day("dna", "FIRST APPOINTMENT DNA DATE", "pathway", "first_appointment_dna_on",
         "First appointment missed without notice"),
    _day("rebooked", "FIRST APPOINTMENT REBOOKED DATE", "pathway", "rebooked_on",
         "Day on which the patient rebooked it"),
    _day("first_seen", "DATE FIRST SEEN", "pathway", "first_seen_on", "First appointment or first test"),
    _site("first_seen_site", "ORGANISATION SITE IDENTIFIER (OF PROVIDER FIRST SEEN)", "pathway",
          "first_seen_site", "Where"),
    Column("first_seen_adjustment", "WAITING TIME ADJUSTMENT (FIRST SEEN)", "pathway", "first_seen_adjustment",
           "number", "Days", longest=4),
    _coded("first_seen_adjustment_reason", "WAITING TIME ADJUSTMENT REASON (FIRST SEEN)", "pathway",
           "first_seen_adjustment_reason", "3 missed the first appointment, 9 none", "39"),
    *_delay("first_seen", "FIRST SEEN", "first seen", codes.FIRST_SEEN_DELAY_REASONS),
    _coded("mdt_discussed", "MULTIDISCIPLINARY TEAM CANCER CARE PLAN DISCUSSED INDICATOR", "pathway",
           "mdt_discussed", "Y or N", "YN"),
    _day("mdt", "MULTIDISCIPLINARY TEAM DISCUSSION DATE (CANCER)", "pathway", "mdt_on", "Day of the meeting"),
)  # fmt: skip
STATUS = (
    Column("patient_status", "CANCER OR SYMPTOMATIC BREAST REFERRAL PATIENT STATUS", "pathway", "patient_status",
           "code", "03 no new cancer, 14 suspected, 08 treated …", among=[f"{each:02}" for each in
           (3, *range(7, 37))], longest=2),
    Column("diagnosis", "PRIMARY DIAGNOSIS (ICD)", "pathway", "diagnosis", "code", "ICD-10, such as C18.7",
           like=ICD10, longest=6),
    _coded("morphology", "MORPHOLOGY FLAG", "pathway", "morphology", "BCC for a basal cell carcinoma", ("BCC",)),
    _coded("laterality", "TUMOUR LATERALITY", "pathway", "laterality", "L, R, M, B, 8 or 9", "LRMB89"),
    _day("faster_diagnosis_end", "CANCER FASTER DIAGNOSIS PATHWAY END DATE", "pathway",
         "faster_diagnosis_end_on", "Day the patient was told"),
    _coded("faster_diagnosis_end_reason", "CANCER FASTER DIAGNOSIS PATHWAY END REASON", "pathway",
           "faster_diagnosis_end_reason", "01 cancer, 02 ruled out, 03 excluded, 04 interval scan",
           codes.END_REASONS),
    Column("faster_diagnosis_exclusion", "CANCER FASTER DIAGNOSIS PATHWAY EXCLUSION REASON", "pathway",
           "faster_diagnosis_exclusion", "code", "With end reason 03", like=TWO, longest=2),
    _site("faster_diagnosis_site", "ORGANISATION SITE IDENTIFIER (OF CANCER FASTER DIAGNOSIS PATHWAY END DATE)",
          "pathway", "faster_diagnosis_site", "Where"),
    Column("told_how", "CANCER FASTER DIAGNOSIS PATHWAY COMMUNICATION METHOD", "pathway", "told_how", "code",
           "How the patient was told", like=TWO, longest=2),
    Column("told_by", "CARE PROFESSIONAL TYPE CODE (CANCER FASTER DIAGNOSIS PATHWAY)", "pathway", "told_by",
           "code", "Who told the patient", like=re.compile(r"[A-Z0-9]{2,3}"), longest=3),
    *_delay("told", "OUTCOME COMMUNICATION CANCER FASTER DIAGNOSIS PATHWAY", "28", codes.DELAY_REASONS),
)  # fmt: skip
MOVED = (
    _site("referring_site", "ORGANISATION SITE IDENTIFIER (REFERRING)", "transfer", "referring_site",
          "Of a transfer to another provider"),
    _site("receiving_site", "ORGANISATION SITE IDENTIFIER (RECEIVING)", "transfer", "receiving_site",
          "Of a transfer to another provider"),
    _day("transfer_received", "REFERRAL REQUEST RECEIVED DATE (INTER-PROVIDER TRANSFER)", "transfer", "received_on",
         "Day the receiving provider had the agreed data"),
    _site("accountable_provider", "ORGANISATION IDENTIFIER (ACCOUNTABLE INVESTIGATING PROVIDER)", "pathway",
          "accountable_provider", "Whose the investigating phase is"),
)  # fmt: skip
TREATED = (
    _day("decided", "CANCER TREATMENT PERIOD START DATE", "treatment", "decided_on",
         "Decision to treat, or earliest clinically appropriate date"),
    _site("decided_site", "ORGANISATION SITE IDENTIFIER (OF PROVIDER CANCER DECISION TO TREAT)", "treatment",
          "decided_site", "Where"),
    _coded("event_type", "CANCER TREATMENT EVENT TYPE", "treatment", "event_type", "01 to 12",
           codes.TREATMENT_EVENTS),
    _coded("modality", "CANCER TREATMENT MODALITY", "treatment", "modality", "02 to 24, 97 or 98", MODALITIES),
    Column("trial", "CLINICAL TRIAL INDICATOR", "treatment", "trial", "code", "As recorded", like=TWO, longest=2),
    _coded("setting", "CANCER CARE SETTING (TREATMENT)", "treatment", "setting", "01, 02 or 03",
           codes.CARE_SETTINGS),
    Column("radiotherapy_priority", "RADIOTHERAPY PRIORITY", "treatment", "radiotherapy_priority", "code",
           "As recorded", like=re.compile(r"[A-Z0-9]{1,2}"), longest=2),
    _day("started", "TREATMENT START DATE (CANCER)", "treatment", "started_on", "Day treatment started"),
    _site("treatment_site", "ORGANISATION SITE IDENTIFIER (OF PROVIDER TREATMENT START DATE (CANCER))",
          "treatment", "site", "Where"),
    Column("pause_days", "WAITING TIME ADJUSTMENT (TREATMENT)", "treatment", "pause_days", "number", "Days",
           longest=4),
    _coded("pause_reason", "WAITING TIME ADJUSTMENT REASON (TREATMENT)", "treatment", "pause_reason",
           "8 choice, 9 fertility, 10 medical; has to be there with days", PAUSES),
    *_delay("decision_to_treatment", "DECISION TO TREATMENT", "31", codes.DELAY_REASONS),
    *_delay("referral_to_treatment", "REFERRAL TO TREATMENT", "62", codes.DELAY_REASONS),
    *_delay("upgrade", "CONSULTANT UPGRADE", "upgrade", codes.DELAY_REASONS),
)  # fmt: skip
PATHWAYS = (*KEY, *WHO, *REFERRAL, *STATUS, *MOVED, *TREATED)

EVENTS = (
    *KEY,
    Column("milestone", "MILESTONE CODE", "event", "code", "code", "REF, TRI, FSEEN, TEST1 to TEST9, BX, …", True,
           longest=12),
    _day("requested", "REQUESTED DATE", "event", "requested_on", "Day it was asked for"),
    _day("booked", "BOOKED DATE", "event", "booked_on", "Day it is booked for; may lie ahead"),
    _day("done", "DONE DATE", "event", "done_on", "Day it was done; never ahead"),
    _day("reported", "REPORTED DATE", "event", "reported_on", "Day of the result; never ahead"),
    _site("provider", "PROVIDER", "event", "provider", "Where"),
    _coded("test", "TEST", "event", "test", "Kind of test; may be left out", Specific.values),
)  # fmt: skip

MAY_BE_ABSENT = frozenset({"test", "address", "postcode", "accountable_provider", "morphology"})
"""Columns that a file need not have; every other has to be there, if empty."""

PATHWAY_FIELDS = tuple(each.field for each in PATHWAYS if each.part == "pathway")
TREATMENT_FIELDS = tuple(each.field for each in PATHWAYS if each.part == "treatment")
TRANSFER_FIELDS = tuple(each.field for each in PATHWAYS if each.part == "transfer")
EVENT_FIELDS = tuple(each.field for each in EVENTS if each.part == "event" and each.field != "code")
_BY_FIELD = {each.field: each for each in reversed((*PATHWAYS, *EVENTS))}
_BY_FIELD["transfer"] = next(each for each in PATHWAYS if each.key == "transfer_received")

is_milestone: Callable[[str], bool] = is_milestone_code


def written(value: object) -> str:
    """A value as it is kept of what was sent, and shown in a difference: "" for none, days as 2026-03-31."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def read_value(field: str, text: str) -> object:
    """The value of a field that was `written`."""
    column = _BY_FIELD.get(field)
    if column is not None and column.kind == "day":
        return date.fromisoformat(text) if text else None
    if column is not None and column.kind == "number":
        return int(text) if text else None
    return text


def heading_of(field: str) -> str:
    """The heading of a field, as people who send files know it; of two columns of one name, the pathway's own."""
    column = _BY_FIELD.get(field)
    return column.heading if column else field
