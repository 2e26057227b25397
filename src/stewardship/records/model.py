"""The canonical tables: what every partner's data becomes, each declared once.

Arrow schemas, empty tables, row checks and the data dictionary all derive from these declarations.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyarrow as pa

# The first day of every home that comes without one, whoever lives there: so that of several sources the one that is
# believed first tells the home, whatever day of birth each of them knows.
UNDATED_HOME = date(1800, 1, 1)

INTEGER, NUMBER, TEXT, DATE = pa.int64(), pa.float64(), pa.string(), pa.date32()


@dataclass(frozen=True)
class Column:
    """One column of a canonical table.

    values: the only values allowed, where the list is closed.
    at_least: the smallest value allowed.
    not_before: another date column of the row that this one may not come before.
    may_be_future: a date that may lie after the data's last day (the end of something still going on).
    identifying: a bad value is reported as a pattern ("9 digits"), never kept.
    """

    name: str
    type: pa.DataType
    meaning: str
    required: bool = False
    values: tuple[str, ...] = ()
    at_least: float | None = None
    not_before: str | None = None
    may_be_future: bool = False
    identifying: bool = False


@dataclass(frozen=True)
class Table:
    """A canonical table: its grain in words, its key, and its columns."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """The declared columns, then where each row came from."""
        return self.columns + PROVENANCE

    @cached_property
    def schema(self) -> pa.Schema:
        """The Arrow schema, required columns not nullable."""
        return pa.schema([pa.field(c.name, c.type, nullable=not c.required) for c in self.all_columns])

    def empty(self) -> pa.Table:
        """The table with no rows."""
        return self.schema.empty_table()

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        return next(c for c in self.all_columns if c.name == name)


PROVENANCE = (
    Column("source", TEXT, "Which partner's feed the row came from.", required=True),
    Column("source_file", TEXT, "The file within the feed.", required=True),
    Column(
        "source_row", INTEGER, "The row's number in that file; the first row of data is 1.", required=True
    ),
)

PERSON_ID = Column(
    "person_id", INTEGER, "The person's pseudonym, the same in every table and snapshot.", required=True
)
CODE_SYSTEM = Column(
    "system", TEXT, "Code system: SNOMED, ICD10, OPCS4, LOINC, RXNORM, DMD, BNF, CVX, …; LOCAL if unknown.",
    required=True,
)  # fmt: skip
CODE = Column("code", TEXT, "The code, without dots.", required=True)
COST = Column("cost_pence", INTEGER, "Cost in pence.", at_least=0)

SEXES = ("female", "male", "unknown")
ETHNIC_GROUPS = ("Asian", "Black", "Mixed", "White", "Other", "Not known")
ADMISSION_METHODS = ("emergency", "elective", "maternity", "other")

POINTS_OF_DELIVERY = {
    "gp_appointment": "GP practice appointment",
    "prescription": "Prescription item",
    "emergency_department": "Emergency department attendance",
    "ambulance": "Ambulance incident",
    "emergency_admission": "Emergency admission",
    "planned_admission": "Planned admission",
    "day_case": "Day case",
    "regular_attender": "Regular day or night attender",
    "unclassified_admission": "Hospital stay of which the source does not tell how it began",
    "outpatient": "Outpatient attendance",
    "community": "Community health contact",
    "mental_health": "Mental health contact",
    "social_care": "Social care",
    "diagnostic": "Direct-access diagnostic test",
    "other_contact": "Contact of a kind the source does not tell",
}

PERSON = Table(
    "person", "One row a person.", ("person_id",),
    (
        PERSON_ID,
        Column("birth_date", DATE, "Date of birth; the first of July where only the year is known.",
               required=True, identifying=True),
        Column("birth_precision", TEXT, "How much of the date of birth the source gave.", required=True,
               values=("day", "month", "year")),
        Column("sex", TEXT, "Sex as recorded.", required=True, values=SEXES),
        Column("ethnic_group", TEXT, "Ethnic group, five groups of the census and Not known.", required=True,
               values=ETHNIC_GROUPS),
    ),
)  # fmt: skip

ADDRESS = Table(
    "address", "One row a person and home.", ("person_id", "start"),
    (
        PERSON_ID,
        Column("small_area", TEXT, "Code of the small area (LSOA) of the home.", required=True),
        Column("household", TEXT, "Pseudonym of the household.", identifying=True),
        Column("start", DATE, f"First day there; {UNDATED_HOME} where the source does not tell.", required=True),
        Column("end", DATE, "Last day there; empty while it is the home.", not_before="start", may_be_future=True),
    ),
)  # fmt: skip

REGISTRATION = Table(
    "registration", "One row a person and spell with a practice.", ("person_id", "start"),
    (
        PERSON_ID,
        Column("practice", TEXT, "Code of the general practice, where the source names one."),
        Column("start", DATE, "First day registered.", required=True),
        Column("end", DATE, "Last day registered; empty while it goes on.", not_before="start", may_be_future=True),
    ),
)  # fmt: skip

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

ACTIVITY = Table(
    "activity", "One row a contact, attendance or stay.", ("source", "activity_id"),
    (
        Column("activity_id", INTEGER, "The source's own number for the activity.", required=True),
        PERSON_ID,
        Column("point_of_delivery", TEXT, "Where care was given, and how it began.", required=True,
               values=tuple(POINTS_OF_DELIVERY)),
        Column("provider", TEXT, "Code of the organisation that gave the care."),
        Column("specialty", TEXT, "Treatment function code."),
        Column("start", DATE, "First day.", required=True),
        Column("end", DATE, "Last day; empty while it goes on.", not_before="start", may_be_future=True),
        Column("admission_method", TEXT, "How a stay in hospital began.", values=ADMISSION_METHODS),
        COST,
        Column("cost_basis", TEXT, "How the cost is known.", values=("actual", "apportioned", "estimated")),
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

DEATH = Table(
    "death", "One row a person who has died.", ("person_id",),
    (
        PERSON_ID,
        Column("date", DATE, "Day of death.", required=True),
        Column("system", TEXT, "Code system of the underlying cause."),
        Column("code", TEXT, "Underlying cause, without dots."),
    ),
)  # fmt: skip

OPT_OUT_KINDS = {
    "type 1": "Data of general practice leave the practice for the person's own care only.",
    "national": "Nothing that identifies the person is used beyond their own care.",
    "risk stratification objection": "The person is not scored, nor listed by a score.",
}

OPT_OUT = Table(
    "opt_out", "One row a person, kind of opt-out and spell of it.", ("person_id", "kind", "start"),
    (
        PERSON_ID,
        Column("kind", TEXT, "Which choice the person made.", required=True, values=tuple(OPT_OUT_KINDS)),
        Column("start", DATE, "First day; empty where the list does not tell."),
        Column("end", DATE, "Last day; empty while it stands, and it stands after death.", not_before="start",
               may_be_future=True),
    ),
)  # fmt: skip

ORGANISATION = Table(
    "organisation", "One row an organisation and spell of its existence.", ("code", "start"),
    (
        Column("code", TEXT, "Organisation code.", required=True),
        Column("name", TEXT, "Name.", required=True),
        Column("role", TEXT, "What it is.", required=True,
               values=("practice", "network", "provider", "alliance", "system")),
        Column("start", DATE, "First day open."),
        Column("end", DATE, "Last day open; empty while open.", not_before="start", may_be_future=True),
        Column("successor", TEXT, "Code of the organisation that followed."),
    ),
)  # fmt: skip

PLACE_LEVELS = ("system", "alliance", "network", "practice", "local_authority", "neighbourhood", "small_area")

PLACE = Table(
    "place", "One row a place, hierarchy and spell of its membership.", ("hierarchy", "code", "start"),
    (
        Column("code", TEXT, "Code of the place, unlike that of any other place at any level.", required=True),
        Column("name", TEXT, "Name.", required=True),
        Column("level", TEXT, "Level in its hierarchy.", required=True, values=PLACE_LEVELS),
        Column("hierarchy", TEXT, "By registration with a practice, or by residence.", required=True,
               values=("registration", "residence")),
        Column("parent", TEXT, "Code of the place it lies in; empty for the system."),
        Column("start", DATE, "First day of the membership; empty if always."),
        Column("end", DATE, "Last day of the membership; empty while it lasts.", not_before="start",
               may_be_future=True),
    ),
)  # fmt: skip

SMALL_AREA = Table(
    "small_area", "One row a small area and edition of the deprivation index.", ("code", "deprivation_edition"),
    (
        Column("code", TEXT, "Code of the small area (LSOA).", required=True),
        Column("deprivation_edition", INTEGER, "Year of the index of multiple deprivation.", required=True),
        Column("deprivation_rank", INTEGER, "National rank, 1 the most deprived.", at_least=1),
        Column("deprivation_decile", INTEGER, "National tenth, 1 the most deprived.", at_least=1),
        Column("deprivation_fifth", INTEGER, "National fifth, 1 the most deprived.", at_least=1),
        Column("population", INTEGER, "Usual residents.", at_least=0),
    ),
)  # fmt: skip

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        PERSON, ADDRESS, REGISTRATION, CONDITION, OBSERVATION, MEDICATION, ACTIVITY, ACTIVITY_CODE, DEATH,
        OPT_OUT, ORGANISATION, PLACE, SMALL_AREA,
    )
}  # fmt: skip
SHARED = ("organisation", "place", "small_area")
OF_SOURCES = tuple(name for name in TABLES if name not in (*SHARED, "opt_out"))
