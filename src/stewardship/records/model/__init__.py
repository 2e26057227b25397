"""The canonical tables: what every partner's data becomes, each declared once.

Arrow schemas, empty tables, row checks and the data dictionary all derive from these declarations.
"""

from stewardship.records.model.declared import (
    COST_BASES,
    DATE,
    INTEGER,
    NUMBER,
    PROVENANCE,
    TEXT,
    Column,
    Table,
)
from stewardship.records.model.events import (
    ACTIVITY,
    ACTIVITY_CODE,
    ADMISSION_METHODS,
    ASSESSMENT,
    ATTENDANCES,
    CONDITION,
    MEDICATION,
    OBSERVATION,
    POINTS_OF_DELIVERY,
)
from stewardship.records.model.money import PUBLISHED_FIGURE, SPEND
from stewardship.records.model.people import (
    ADDRESS,
    CHARACTERISTIC,
    CHARACTERISTICS,
    DEATH,
    ETHNIC_GROUPS,
    OPT_OUT,
    OPT_OUT_KINDS,
    PERSON,
    REGISTRATION,
    SEXES,
    UNDATED_HOME,
)
from stewardship.records.model.places import ORGANISATION, PLACE, PLACE_LEVELS, SMALL_AREA
from stewardship.records.model.services import (
    CARE_CLIENTS,
    CARE_EVENTS,
    PATHWAY_EVENT,
    PATHWAY_EVENTS,
    PATHWAY_KINDS,
    SOCIAL_CARE,
)

__all__ = [
    "ACTIVITY",
    "ACTIVITY_CODE",
    "ADDRESS",
    "ADMISSION_METHODS",
    "ASSESSMENT",
    "ATTENDANCES",
    "CARE_CLIENTS",
    "CARE_EVENTS",
    "CHARACTERISTIC",
    "CHARACTERISTICS",
    "CONDITION",
    "COST_BASES",
    "DATE",
    "DEATH",
    "ETHNIC_GROUPS",
    "INTEGER",
    "MEDICATION",
    "NUMBER",
    "OBSERVATION",
    "OF_SOURCES",
    "OPT_OUT",
    "OPT_OUT_KINDS",
    "ORGANISATION",
    "PATHWAY_EVENT",
    "PATHWAY_EVENTS",
    "PATHWAY_KINDS",
    "PERSON",
    "PLACE",
    "PLACE_LEVELS",
    "POINTS_OF_DELIVERY",
    "PROVENANCE",
    "PUBLISHED_FIGURE",
    "REGISTRATION",
    "SEXES",
    "SHARED",
    "SMALL_AREA",
    "SOCIAL_CARE",
    "SPEND",
    "SUPPLIED",
    "TABLES",
    "TEXT",
    "UNDATED_HOME",
    "Column",
    "Table",
]

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        PERSON, ADDRESS, REGISTRATION, CHARACTERISTIC, CONDITION, OBSERVATION, MEDICATION, ASSESSMENT, ACTIVITY,
        ACTIVITY_CODE, SOCIAL_CARE, PATHWAY_EVENT, DEATH, OPT_OUT, ORGANISATION, PLACE, SMALL_AREA, SPEND,
        PUBLISHED_FIGURE,
    )
}  # fmt: skip
SUPPLIED = ("spend", "published_figure")
"""Tables about nobody that come as files of their own, not with a source of people."""
SHARED = ("organisation", "place", "small_area", *SUPPLIED)
OF_SOURCES = tuple(name for name in TABLES if name not in (*SHARED, "opt_out"))
