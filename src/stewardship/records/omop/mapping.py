"""What the rows of each OMOP table become: one declaration a table, as SQL over the staged rows `s`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stewardship.records import model
from stewardship.records.omop import people, visits

NO_CODE = {
    "system": "the row has no code: neither a concept nor a source value that is a code",
    "code": "the row has no code: neither a concept nor a source value that is a code",
}
PRIMARY_STATUS = (32901, 32902, 32903)  # primary admission, primary, primary discharge diagnosis


@dataclass(frozen=True)
class Meaning:
    """What the rows of one source table become.

    source: the OMOP table. table: the canonical table. key: columns by which a row may come only once.
    select: canonical column to SQL. extras: further columns that later steps need. rows: the staged rows,
    with what is looked up for them; `known` is who the person of each is. said: what the source calls a
    canonical column; missing: see `model_faults`. of_person: whether a row must belong to someone in PERSON.
    """

    source: str
    table: model.Table
    key: tuple[str, ...]
    select: Mapping[str, str]
    rows: str = "{staged} s"
    extras: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    of_person: bool = True


def coded(prefix: str) -> str:
    """The staged rows with `system`, `code` and `coded_by`: source concept, else standard concept, else
    source value.

    A concept not in CONCEPT is passed over. A source value is SNOMED if it is a well-formed identifier, else
    LOCAL. Where nothing else is known the concept's number stands, under the system OMOP.
    """
    value, concept = f"s.{prefix}_source_value", f"nullif(s.{prefix}_concept_id, 0)"
    by_value = f"CASE WHEN is_snomed_concept({value}) THEN 'SNOMED' WHEN {value} IS NOT NULL THEN 'LOCAL' END"
    return (
        f"(SELECT s.*, coalesce(a.system, b.system, {by_value}, CASE WHEN {concept} IS NOT NULL THEN "
        "'OMOP' END) "
        f"AS system, coalesce(a.code, b.code, {value}, {concept}::VARCHAR) AS code, "
        "CASE WHEN a.code IS NOT NULL THEN 'source concept' WHEN b.code IS NOT NULL THEN 'concept' "
        f"WHEN {value} IS NOT NULL THEN 'source value' ELSE 'concept number' END AS coded_by FROM "
        f"{{staged}} s "
        f"LEFT JOIN concept a ON a.concept_id = s.{prefix}_source_concept_id "
        f"LEFT JOIN concept b ON b.concept_id = s.{prefix}_concept_id) s"
    )


def _with_visit(prefix: str) -> str:
    """The staged rows, coded, with the person of the visit that each names."""
    return f"{coded(prefix)} LEFT JOIN visit_person v ON v.visit_occurrence_id = s.visit_occurrence_id"


_OF_ANOTHER = "coalesce(v.local_id <> s.person_id AND v.person_id IS DISTINCT FROM known.person_id, false)"
_VISIT = {
    "visit": f"CASE WHEN NOT {_OF_ANOTHER} THEN nullif(s.visit_occurrence_id, 0) END",
    "of_another": _OF_ANOTHER,
}
_KNOWN = {"person_id": "known.person_id"}  # who the feed's own person_id is, in `person_loaded`
_CODE = {**_KNOWN, "system": "s.system", "code": "s.code"}

PERSON = Meaning(
    "person", model.PERSON, ("person_id",),
    select={
        "person_id": "s.identity",
        "birth_date": people.birth_date(),
        "birth_precision": people.birth_precision(),
        "sex": people.sex(),
        "ethnic_group": people.ethnic_group(),
    },
    extras={
        "local_id": "s.person_id",
        "location_id": "nullif(s.location_id, 0)",
        "care_site_id": "nullif(s.care_site_id, 0)",
    },
    said={"birth_date": "year_of_birth"},
    missing={"birth_date": "year, month and day of birth make no day"},
    of_person=False,
)  # fmt: skip

REGISTRATION = Meaning(
    "observation_period", model.REGISTRATION, ("person_id", "observation_period_start_date"),
    select={
        **_KNOWN,
        "practice": "site.code",
        "start": "s.observation_period_start_date",
        "end": "s.observation_period_end_date",
    },
    rows="{staged} s LEFT JOIN person_loaded home ON home.local_id = s.person_id "
    "LEFT JOIN care_site site ON site.care_site_id = home.care_site_id",
    said={"start": "observation_period_start_date", "end": "observation_period_end_date"},
)  # fmt: skip

ACTIVITY = Meaning(
    "visit_occurrence", model.ACTIVITY, ("visit_occurrence_id",),
    select={
        "activity_id": "s.visit_occurrence_id",
        **_KNOWN,
        "point_of_delivery": visits.point_of_delivery(),
        "provider": "site.code",
        "specialty": visits.specialty(),
        "start": "s.visit_start_date",
        "end": "s.visit_end_date",
        "admission_method": visits.admission_method(visits.point_of_delivery()),
        "cost_pence": "cost.cost_pence",
        "cost_basis": "cost.basis",
    },
    rows=f"{{staged}} s LEFT JOIN care_site site ON site.care_site_id = s.care_site_id "
    f"{visits.emergency_before()} "
    "LEFT JOIN visit_cost cost ON cost.event_id = s.visit_occurrence_id",
    extras={"inpatient": f"coalesce(s.visit_concept_id = {visits.INPATIENT}, false)"},
    said={"activity_id": "visit_occurrence_id", "start": "visit_start_date", "end": "visit_end_date"},
)  # fmt: skip

CONDITION = Meaning(
    "condition_occurrence", model.CONDITION, ("condition_occurrence_id",),
    select={
        "event_id": "s.condition_occurrence_id",
        **_CODE,
        "start": "s.condition_start_date",
        "end": "s.condition_end_date",
    },
    rows=_with_visit("condition"),
    extras={
        "coded_by": "s.coded_by",
        **_VISIT,
        "is_primary": f"coalesce(s.condition_status_concept_id IN {PRIMARY_STATUS} "
        "OR lower(s.condition_status_source_value) LIKE 'primary%', false)",
    },
    said={
        "event_id": "condition_occurrence_id",
        "system": "condition_source_value",
        "start": "condition_start_date",
        "end": "condition_end_date",
    },
    missing=NO_CODE,
)  # fmt: skip


def _reading(prefix: str) -> Meaning:
    """A measurement or observation: its value, in the unit in which values of its code are compared."""
    coded_with_unit = (
        "(SELECT s.*, coalesce(CASE WHEN u.system = 'UCUM' THEN u.code END, s.unit_source_value) AS "
        "unit_sent "
        f"FROM {coded(prefix)} LEFT JOIN concept u ON u.concept_id = s.unit_concept_id) s "
        "LEFT JOIN unit_spelling spelt ON spelt.sent = lower(s.unit_sent) "
        "LEFT JOIN unit_conversion c ON c.system = s.system AND c.code = s.code "
        "AND c.sent = coalesce(spelt.unit, s.unit_sent)"
    )
    return Meaning(
        prefix, model.OBSERVATION, (f"{prefix}_id",),
        select={
            "event_id": f"s.{prefix}_id",
            **_CODE,
            "date": f"s.{prefix}_date",
            "value": "CASE WHEN c.unit IS NULL THEN s.value_as_number "
            "ELSE round(s.value_as_number * c.factor + c.shift, c.places) END",
            "unit": "CASE WHEN s.value_as_number IS NOT NULL THEN coalesce(c.unit, spelt.unit, "
            "s.unit_sent) END",
        },
        rows=coded_with_unit,
        extras={
            "coded_by": "s.coded_by",
            "converted": "c.unit IS NOT NULL AND s.value_as_number IS NOT NULL",
        },
        said={"event_id": f"{prefix}_id", "system": f"{prefix}_source_value", "date": f"{prefix}_date"},
        missing=NO_CODE,
    )  # fmt: skip


MEASUREMENT, OBSERVATION = _reading("measurement"), _reading("observation")

MEDICATION = Meaning(
    "drug_exposure", model.MEDICATION, ("drug_exposure_id",),
    select={
        "event_id": "s.drug_exposure_id",
        **_CODE,
        "date": "s.drug_exposure_start_date",
        "quantity": "s.quantity",
        "cost_pence": "cost.cost_pence",
    },
    rows=f"{coded('drug')} LEFT JOIN drug_cost cost ON cost.event_id = s.drug_exposure_id",
    extras={"coded_by": "s.coded_by"},
    said={"event_id": "drug_exposure_id", "system": "drug_source_value", "date": "drug_exposure_start_date"},
    missing=NO_CODE,
)  # fmt: skip

PROCEDURE = Meaning(
    "procedure_occurrence", model.ACTIVITY_CODE, ("procedure_occurrence_id",),
    select={
        "event_id": "s.procedure_occurrence_id",
        "activity_id": _VISIT["visit"],
        **_KNOWN,
        "kind": "'procedure'",
        "position": "NULL::BIGINT",
        "system": "s.system",
        "code": "s.code",
        "date": "s.procedure_date",
    },
    rows=_with_visit("procedure"),
    extras={"coded_by": "s.coded_by", **_VISIT},
    said={
        "event_id": "procedure_occurrence_id",
        "system": "procedure_source_value",
        "date": "procedure_date",
    },
    missing=NO_CODE,
)  # fmt: skip

DEATH = Meaning(
    "death", model.DEATH, ("person_id",),
    select={
        **_KNOWN,
        "date": "s.death_date",
        "system": "CASE WHEN s.coded_by <> 'concept number' THEN s.system END",
        "code": "CASE WHEN s.coded_by <> 'concept number' THEN s.code END",
    },
    rows=coded("cause"),
    said={"date": "death_date"},
)  # fmt: skip

EVENTS = (ACTIVITY, CONDITION, MEASUREMENT, OBSERVATION, MEDICATION, PROCEDURE, DEATH)

# The day on which each table says that someone was seen, for the data's last day and a person's last contact.
SEEN = {
    "visit_occurrence": "visit_start_date",
    "condition_occurrence": "condition_start_date",
    "measurement": "measurement_date",
    "observation": "observation_date",
    "drug_exposure": "drug_exposure_start_date",
    "procedure_occurrence": "procedure_date",
}
LAST_SEEN = {**SEEN, "visit_occurrence": "greatest(visit_start_date, visit_end_date)"}
