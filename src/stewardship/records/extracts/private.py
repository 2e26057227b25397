"""Tables between a partner's file and the canonical ones: what is made of all files of a source together."""

from dataclasses import replace

import pyarrow as pa

from stewardship.records import model
from stewardship.records.model import Column, Table

_DAY, _NUMBER, _TEXT = pa.date32(), pa.int64(), pa.string()
_PERSON = model.TABLES["person"]
_CODES = pa.list_(pa.string())

# What a row tells of its person, and the day of which it tells it.
DEMOGRAPHICS = Table(
    "demographics", "One row a person and file.", ("person_id",),
    (*_PERSON.columns, Column("seen", _DAY, "The day of which the row tells.")),
)  # fmt: skip

SUPERSEDED = Table(
    "superseded", "One row a number that another took the place of.", ("person_id",),
    (
        replace(_PERSON.columns[0], meaning="The person by the number that is used no more."),
        Column("newer", _NUMBER, "The same person by the number that took its place.", required=True),
    ),
)  # fmt: skip

# What is told of whose numbers are one person's, contradictions and all: no opt-out is to miss a number for them.
SAME_PERSON = replace(
    SUPERSEDED, name="same_person", grain="One row a number and another of the same person."
)

# One consultant's part of a stay in hospital, before the parts of a stay are put together.
EPISODE = Table(
    "episode", "One row an episode of a hospital stay.", ("event_id",),
    (
        Column("event_id", _NUMBER, "Number of the episode.", required=True),
        _PERSON.columns[0],
        Column("spell", _NUMBER, "Number of the stay.", required=True),
        Column("place", _NUMBER, "Its place among the episodes of the stay.", at_least=0),
        Column("start", _DAY, "First day of the episode.", required=True),
        Column("admitted", _DAY, "First day of the stay."),
        Column("discharged", _DAY, "Last day of the stay; empty while it goes on.", not_before="start",
               may_be_future=True),
        Column("method", _TEXT, "Admission method."),
        Column("classification", _TEXT, "Patient classification."),
        Column("provider", _TEXT, "Code of the provider."),
        Column("specialty", _TEXT, "Treatment function code."),
        Column("cost_pence", _NUMBER, "Cost of the stay in pence.", at_least=0),
        Column("diagnoses", _CODES, "Every diagnosis, as it was placed."),
        Column("procedures", _CODES, "Every procedure, as it was placed."),
    ),
)  # fmt: skip

PRIVATE = {table.name: table for table in (DEMOGRAPHICS, SUPERSEDED, SAME_PERSON, EPISODE)}


def table_named(name: str) -> Table:
    """The canonical or private table of that name."""
    return PRIVATE.get(name) or model.TABLES[name]


def engine_type(kind: pa.DataType) -> str:
    """The engine's name for a column's type."""
    types = {_NUMBER: "BIGINT", pa.float64(): "DOUBLE", _TEXT: "VARCHAR", _DAY: "DATE", _CODES: "VARCHAR[]"}
    return types[kind]
