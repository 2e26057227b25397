"""Small tables that others look into: concepts, homes, care sites, costs. Each keeps the first row of a
number."""

from dataclasses import dataclass

from stewardship.records.codes import code_as_written_here, system_of
from stewardship.records.engine import Engine, quoted
from stewardship.records.row_checks import Fault

POUND_STERLING = 44818571  # Currency vocabulary of OMOP; 44818668 is the US dollar, 44818568 the euro

SHAPES = {
    "concept": "concept_id BIGINT, system VARCHAR, code VARCHAR",
    "location": "location_id BIGINT, code VARCHAR",
    "care_site": "care_site_id BIGINT, name VARCHAR, code VARCHAR, service VARCHAR, service_concept BIGINT, "
    "source_row BIGINT",
    "visit_cost": "event_id BIGINT, cost_pence BIGINT, basis VARCHAR",
    "drug_cost": "event_id BIGINT, cost_pence BIGINT, basis VARCHAR",
}


def _empty(column: str) -> Fault:
    return Fault(f"{column} IS NULL", quoted(column), quoted(f"{column} is empty"))


def _cost_of(domain: str) -> str:
    return (
        "SELECT cost_event_id AS event_id, sum(round(coalesce(total_paid, total_cost) * "
        "100)::BIGINT)::BIGINT "
        f"AS cost_pence, 'actual' AS basis FROM sound WHERE lower(cost_domain_id) = '{domain}' GROUP BY "
        "cost_event_id"
    )


@dataclass(frozen=True)
class Lookup:
    """A file read only to be looked into: its number, what sets a row aside, and the tables made of its sound
    rows."""

    key: str
    faults: tuple[Fault, ...]
    tables: dict[str, str]


_SYSTEM = system_of("vocabulary_id")

LOOKUPS = {
    "concept": Lookup(
        "concept_id",
        (_empty("concept_id"), _empty("vocabulary_id"), _empty("concept_code")),
        {
            "concept": f"SELECT concept_id, {_SYSTEM} AS system, "
            f"{code_as_written_here(_SYSTEM, 'concept_code')} AS code "
            "FROM sound WHERE concept_id <> 0 AND vocabulary_id <> 'None'"
        },
    ),
    "location": Lookup(
        "location_id",
        (_empty("location_id"),),
        {"location": "SELECT location_id, location_source_value AS code FROM sound"},
    ),
    "care_site": Lookup(
        "care_site_id",
        (_empty("care_site_id"), _empty("care_site_source_value")),
        {
            "care_site": "SELECT care_site_id, coalesce(care_site_name, care_site_source_value) AS name, "
            "care_site_source_value AS code, place_of_service_source_value AS service, "
            "place_of_service_concept_id AS service_concept, source_row FROM sound"
        },
    ),
    "cost": Lookup(
        "cost_id",
        (
            _empty("cost_id"),
            Fault(
                f"currency_concept_id NOT IN (0, {POUND_STERLING})",
                "'currency_concept_id'",
                f"'the cost is not in pounds sterling (currency concept {POUND_STERLING})'",
            ),
            Fault(
                "coalesce(total_paid, total_cost) IS NULL",
                "'total_paid'",
                "'total_paid and total_cost are empty'",
            ),
            Fault("coalesce(total_paid, total_cost) < 0", "'total_paid'", "'the cost is below 0'"),
        ),
        {"visit_cost": _cost_of("visit"), "drug_cost": _cost_of("drug")},
    ),
}


def create_empty(engine: Engine) -> None:
    """Every lookup table with no rows, for feeds that lack its file."""
    for name, shape in SHAPES.items():
        engine.run(f"CREATE OR REPLACE TABLE {name} ({shape})")
