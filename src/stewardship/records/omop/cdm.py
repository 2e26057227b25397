"""The tables of the OMOP common data model, versions 5.3 and 5.4: which columns we read, and which tables we
do not.

Source: OHDSI Common Data Model v5.3 and v5.4 (https://ohdsi.github.io/CommonDataModel/).
"""

from dataclasses import dataclass, replace

from stewardship.records.fields import Kind, SourceColumn
from stewardship.records.omop.options import Options


@dataclass(frozen=True)
class CdmTable:
    """A table we read, and the canonical table that its rows chiefly become.

    identifying: its rows may tell who somebody is, so they are never kept beyond the reading.
    """

    name: str
    becomes: str
    columns: tuple[SourceColumn, ...]
    identifying: bool = False

    def to_read(self, options: Options) -> tuple[SourceColumn, ...]:
        """The columns to read, with those that name a person as the feed names people."""
        columns = self.columns
        if options.hides_person_id:
            columns = tuple(
                replace(column, kind="identity") if column.name == "person_id" else column
                for column in columns
            )
        if self.name != "person":
            return columns
        heading = options.naming.column
        return (
            *columns,
            SourceColumn("identity", "identity", needed=True, identifying=True, heading=heading),
            SourceColumn("identity_check", "identity check", identifying=True, heading=heading),
        )


def _id(name: str, *aliases: str, needed: bool = False) -> SourceColumn:
    return SourceColumn(name, "integer", needed, aliases, identifying=True)


def _column(name: str, kind: Kind, *aliases: str, needed: bool = False) -> SourceColumn:
    return SourceColumn(name, kind, needed, aliases)


def _coded(prefix: str) -> tuple[SourceColumn, ...]:
    return (
        _column(f"{prefix}_concept_id", "integer"),
        _column(f"{prefix}_source_concept_id", "integer"),
        _column(f"{prefix}_source_value", "code"),
    )


def _event(prefix: str, day: str) -> tuple[SourceColumn, ...]:
    return (_id(f"{prefix}_id", needed=True), _id("person_id", needed=True), _column(day, "day", needed=True))


_VALUE = (
    _column("value_as_number", "number"),
    _column("unit_concept_id", "integer"),
    _column("unit_source_value", "text"),
)
_VISIT_ID = _id("visit_occurrence_id")

PERSON = CdmTable(
    "person", "person",
    (
        _id("person_id", needed=True),
        _column("gender_concept_id", "integer"),
        SourceColumn("year_of_birth", "integer", identifying=True),
        SourceColumn("month_of_birth", "integer", identifying=True),
        SourceColumn("day_of_birth", "integer", identifying=True),
        SourceColumn("birth_datetime", "day", identifying=True),
        _column("race_concept_id", "integer"),
        _id("location_id"),
        _id("care_site_id"),
        _column("gender_source_value", "text"),
        _column("race_source_value", "text"),
        _column("ethnicity_source_value", "text"),
    ),
    identifying=True,
)  # fmt: skip

LOCATION = CdmTable(
    "location", "address",
    (_id("location_id", needed=True), _column("location_source_value", "text")),
    identifying=True,
)  # fmt: skip

CARE_SITE = CdmTable(
    "care_site", "organisation",
    (
        _id("care_site_id", needed=True),
        _column("care_site_name", "text"),
        _column("place_of_service_concept_id", "integer"),
        _column("care_site_source_value", "text"),
        _column("place_of_service_source_value", "text"),
    ),
)  # fmt: skip

OBSERVATION_PERIOD = CdmTable(
    "observation_period", "registration",
    (
        _id("observation_period_id", needed=True),
        _id("person_id", needed=True),
        _column("observation_period_start_date", "day", needed=True),
        _column("observation_period_end_date", "day", needed=True),
    ),
)  # fmt: skip

VISIT_OCCURRENCE = CdmTable(
    "visit_occurrence", "activity",
    (
        *_event("visit_occurrence", "visit_start_date"),
        _column("visit_end_date", "day"),
        _column("visit_concept_id", "integer"),
        _id("care_site_id"),
        _column("visit_source_value", "text"),
        _column("admitted_from_concept_id", "integer", "admitting_source_concept_id"),
        _column("admitted_from_source_value", "text", "admitting_source_value"),
        _id("preceding_visit_occurrence_id"),
    ),
)  # fmt: skip

CONDITION_OCCURRENCE = CdmTable(
    "condition_occurrence", "condition",
    (
        *_event("condition_occurrence", "condition_start_date"),
        _column("condition_end_date", "day"),
        *_coded("condition"),
        _VISIT_ID,
        _column("condition_status_concept_id", "integer"),
        _column("condition_status_source_value", "text"),
    ),
)  # fmt: skip

MEASUREMENT = CdmTable(
    "measurement", "observation",
    (*_event("measurement", "measurement_date"), *_coded("measurement"), *_VALUE),
)  # fmt: skip

OBSERVATION = CdmTable(
    "observation", "observation",
    (*_event("observation", "observation_date"), *_coded("observation"), *_VALUE),
)  # fmt: skip

DRUG_EXPOSURE = CdmTable(
    "drug_exposure", "medication",
    (
        *_event("drug_exposure", "drug_exposure_start_date"),
        *_coded("drug"),
        _column("quantity", "number"),
    ),
)  # fmt: skip

PROCEDURE_OCCURRENCE = CdmTable(
    "procedure_occurrence", "activity_code",
    (*_event("procedure_occurrence", "procedure_date"), *_coded("procedure"), _VISIT_ID),
)  # fmt: skip

DEATH = CdmTable(
    "death", "death",
    (
        _id("person_id", needed=True),
        _column("death_date", "day", needed=True),
        _column("cause_concept_id", "integer"),
        _column("cause_source_concept_id", "integer"),
        _column("cause_source_value", "text"),
    ),
)  # fmt: skip

COST = CdmTable(
    "cost", "activity",
    (
        _id("cost_id", needed=True),
        _id("cost_event_id", needed=True),
        _column("cost_domain_id", "text", needed=True),
        _column("currency_concept_id", "integer"),
        _column("total_paid", "number"),
        _column("total_cost", "number"),
    ),
)  # fmt: skip

CONCEPT = CdmTable(
    "concept", "code",
    (
        _column("concept_id", "integer", needed=True),
        _column("vocabulary_id", "text", needed=True),
        _column("concept_code", "text", needed=True),
    ),
)  # fmt: skip

READ: dict[str, CdmTable] = {
    table.name: table
    for table in (
        CONCEPT, PERSON, LOCATION, CARE_SITE, OBSERVATION_PERIOD, VISIT_OCCURRENCE, CONDITION_OCCURRENCE,
        MEASUREMENT, OBSERVATION, DRUG_EXPOSURE, PROCEDURE_OCCURRENCE, DEATH, COST,
    )
}  # fmt: skip

NOT_USED = frozenset({
    "attribute_definition", "cdm_source", "cohort", "cohort_attribute", "cohort_definition",
    "concept_ancestor", "concept_class", "concept_relationship", "concept_synonym", "condition_era",
    "device_exposure", "domain", "dose_era", "drug_era", "drug_strength", "episode", "episode_event",
    "fact_relationship", "metadata", "note", "note_nlp", "payer_plan_period", "provider",
    "relationship", "source_to_concept_map", "specimen", "visit_detail", "vocabulary",
})  # fmt: skip
