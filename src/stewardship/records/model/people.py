"""The canonical tables of who people are: where they live, with whom they are registered, what they chose."""

from datetime import date

from stewardship.records.model.declared import DATE, PERSON_ID, TEXT, Column, Table

# The first day of every home that comes without one, whoever lives there: so that of several sources the one that is
# believed first tells the home, whatever day of birth each of them knows.
UNDATED_HOME = date(1800, 1, 1)

SEXES = ("female", "male", "unknown")
ETHNIC_GROUPS = ("Asian", "Black", "Mixed", "White", "Other", "Not known")

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

# Who may be met with least care, as NHS England's Core20PLUS5 lists the groups that a system may choose. Being of an
# ethnic minority, having several conditions and living at the coast are worked out from other tables.
CHARACTERISTICS = (
    "learning disability", "autism", "homeless or insecurely housed", "drug or alcohol dependence",
    "vulnerable migrant", "Gypsy, Roma or Traveller", "sex worker", "contact with the justice system",
    "victim of modern slavery", "young carer", "looked-after child or care leaver", "unpaid carer", "veteran",
    "digitally excluded", "main language not English",
)  # fmt: skip

CHARACTERISTIC = Table(
    "characteristic", "One row a person, characteristic and spell of it; nobody is known to be without one.",
    ("source", "person_id", "characteristic", "start"),
    (
        PERSON_ID,
        Column("characteristic", TEXT, "Which one.", required=True, values=CHARACTERISTICS),
        Column("start", DATE, "Day recorded.", required=True),
        Column("end", DATE, "Last day; empty while it holds.", not_before="start", may_be_future=True),
    ),
)  # fmt: skip

DEATH = Table(
    "death", "One row a person who has died.", ("person_id",),
    (
        PERSON_ID,
        Column("date", DATE, "Day of death.", required=True),
        Column("system", TEXT, "Code system of the underlying cause."),
        Column("code", TEXT, "Underlying cause, without dots."),
        Column("contributory_1", TEXT, "A contributory cause, in the same code system."),
        Column("contributory_2", TEXT, "Another contributory cause."),
        Column("place", TEXT, "Kind of place where the person died, as sent."),
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
