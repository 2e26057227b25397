"""The canonical tables of what happened to people, one row an event."""

from stewardship.records.model.declared import (
    CODE,
    CODE_SYSTEM,
    COST,
    COST_BASES,
    DATE,
    INTEGER,
    NUMBER,
    PERSON_ID,
    TEXT,
    Column,
    Table,
)

ADMISSION_METHODS = ("emergency", "elective", "maternity", "other")
ATTENDANCES = ("first", "follow-up")

POINTS_OF_DELIVERY = {
    "gp_appointment": "GP practice appointment",
    "prescription": "Prescription item",
    "emergency_department": "Emergency department attendance",
    "ambulance": "Ambulance incident",
    "nhs_111": "NHS 111 call",
    "advice_line": "Consultant advice line call",
    "emergency_admission": "Emergency admission",
    "planned_admission": "Planned admission",
    "day_case": "Day case",
    "regular_attender": "Regular day or night attender",
    "maternity_admission": "Maternity admission",
    "other_admission": "Other admission",
    "unclassified_admission": "Hospital stay of which the source does not tell how it began",
    "outpatient": "Outpatient attendance",
    "community": "Community health contact",
    "mental_health": "Mental health contact",
    "social_care": "Social care",
    "diagnostic": "Direct-access diagnostic test",
    "other_contact": "Contact of a kind the source does not tell",
}

CONDITION = Table(
    "condition", "One row a recorded condition.", ("source", "event_id"),
    (
        Column("event_id", INTEGER, "The source's own number for the event.", required=True),
        PERSON_ID,
        CODE_SYSTEM,
        CODE,
        Column("start", DATE, "Day recorded or first noted.", required=True),
        Column("end", DATE, "Day it was noted as ended, where the source tells.", not_before="start",
               may_be_future=True),
    ),
)  # fmt: skip

OBSERVATION = Table(
    "observation", "One row a reading, test or recorded finding.", ("source", "source_file", "event_id"),
    (
        Column("event_id", INTEGER, "The source's own number for the event.", required=True),
        PERSON_ID,
        CODE_SYSTEM,
        CODE,
        Column("date", DATE, "Day of the reading.", required=True),
        Column("value", NUMBER, "The number read, in `unit`."),
        Column("unit", TEXT, "Unit (UCUM spelling); empty where the source sent none: such a value is never compared."),
    ),
)  # fmt: skip

MEDICATION = Table(
    "medication", "One row an item issued or dispensed.", ("source", "event_id"),
    (
        Column("event_id", INTEGER, "The source's own number for the event.", required=True),
        PERSON_ID,
        CODE_SYSTEM,
        CODE,
        Column("date", DATE, "Day issued.", required=True),
        Column("quantity", NUMBER, "Quantity issued.", at_least=0),
        COST,
    ),
)  # fmt: skip

ASSESSMENT = Table(
    "assessment", "One row a score by some tool.", ("source", "event_id"),
    (
        Column("event_id", INTEGER, "The source's own number for the event.", required=True),
        PERSON_ID,
        Column("tool", TEXT, "Name of the tool, as sent.", required=True),
        Column("score", NUMBER, "The score."),
        Column("date", DATE, "Day of the assessment.", required=True),
        Column("setting", TEXT, "Where it was done, as sent."),
    ),
)  # fmt: skip

ACTIVITY = Table(
    "activity", "One row a contact, attendance or stay.", ("source", "activity_id"),
    (
        Column("activity_id", INTEGER, "The source's own number for the activity.", required=True),
        PERSON_ID,
        Column("point_of_delivery", TEXT, "Where care was given, and how it began.", required=True,
               values=tuple(POINTS_OF_DELIVERY)),
        Column("provider", TEXT, "Code of the organisation that gave the care."),
        Column("specialty", TEXT, "Treatment function code; of community and mental health care, the service or team."),
        Column("start", DATE, "First day.", required=True),
        Column("end", DATE, "Last day; empty while it goes on.", not_before="start", may_be_future=True),
        Column("admission_method", TEXT, "How a stay in hospital began; births are maternity, transfers are other.",
               values=ADMISSION_METHODS),
        COST,
        Column("cost_basis", TEXT, "How the cost is known.", values=COST_BASES),
        Column("pathway_id", INTEGER, "The pathway or referral it belongs to, where the source says."),
        Column("referred_by", TEXT, "Who referred, called or brought the person, in the service's codes."),
        Column("medium", TEXT, "How people met, in the service's codes: face to face, by telephone, …."),
        Column("urgency", TEXT, "How urgent it was, in the service's codes: category of an incident, acuity, …."),
        Column("response_minutes", INTEGER, "Minutes until help came.", at_least=0),
        Column("reason", TEXT, "Why it came about, in the service's codes: reason of a call, complaint, …."),
        Column("intended", TEXT, "What whoever called for advice would have done without it."),
        Column("outcome", TEXT, "What came of it, in the service's codes: advice, disposition, conveyed, …."),
        Column("attendance", TEXT, "Of an outpatient attendance, whether it was the first for its referral.",
               values=ATTENDANCES),
        Column("department", TEXT, "Type of an emergency department, in the codes of the NHS Data Dictionary: 01 is a "
               "major one, 03 treats minor injuries and illness, …."),
        Column("minutes", INTEGER, "Minutes from arrival in an emergency department to departure from it.",
               at_least=0),
    ),
)  # fmt: skip

ACTIVITY_CODE = Table(
    "activity_code", "One row a diagnosis or procedure, every one kept.", ("source", "kind", "event_id"),
    (
        Column("event_id", INTEGER, "The source's own number for the event.", required=True),
        Column("activity_id", INTEGER, "The activity it belongs to, where the source says."),
        PERSON_ID,
        Column("kind", TEXT, "What the code tells.", required=True, values=("diagnosis", "procedure")),
        Column("position", INTEGER, "1 is the primary diagnosis or main procedure of the activity.", at_least=1),
        CODE_SYSTEM,
        CODE,
        Column("date", DATE, "Day recorded or done.", required=True),
    ),
)  # fmt: skip
