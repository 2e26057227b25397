"""The tables of an OMOP folder, version 5.4, with all their columns, written as Parquet.

Source: OHDSI Common Data Model v5.4 (https://ohdsi.github.io/CommonDataModel/cdm54.html).
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

MONEY = pa.decimal128(12, 2)
NUMBERS = frozenset({"value_as_number", "range_low", "range_high", "quantity", "latitude", "longitude"})
WHOLE = frozenset({"year_of_birth", "month_of_birth", "day_of_birth", "refills", "days_supply"})

COLUMNS = {
    "PERSON": "person_id gender_concept_id year_of_birth month_of_birth day_of_birth "
    "birth_datetime race_concept_id ethnicity_concept_id location_id provider_id "
    "care_site_id person_source_value gender_source_value gender_source_concept_id "
    "race_source_value race_source_concept_id ethnicity_source_value "
    "ethnicity_source_concept_id",
    "LOCATION": "location_id address_1 address_2 city state zip county location_source_value "
    "country_concept_id country_source_value latitude longitude",
    "CARE_SITE": "care_site_id care_site_name place_of_service_concept_id location_id "
    "care_site_source_value place_of_service_source_value",
    "OBSERVATION_PERIOD": "observation_period_id person_id observation_period_start_date "
    "observation_period_end_date period_type_concept_id",
    "VISIT_OCCURRENCE": "visit_occurrence_id person_id visit_concept_id visit_start_date "
    "visit_start_datetime visit_end_date visit_end_datetime visit_type_concept_id "
    "provider_id care_site_id visit_source_value visit_source_concept_id "
    "admitted_from_concept_id admitted_from_source_value discharged_to_concept_id "
    "discharged_to_source_value preceding_visit_occurrence_id",
    "CONDITION_OCCURRENCE": "condition_occurrence_id person_id condition_concept_id condition_start_date "
    "condition_start_datetime condition_end_date condition_end_datetime "
    "condition_type_concept_id condition_status_concept_id stop_reason provider_id "
    "visit_occurrence_id visit_detail_id condition_source_value "
    "condition_source_concept_id condition_status_source_value",
    "MEASUREMENT": "measurement_id person_id measurement_concept_id measurement_date "
    "measurement_datetime measurement_time measurement_type_concept_id "
    "operator_concept_id value_as_number value_as_concept_id unit_concept_id "
    "range_low range_high provider_id visit_occurrence_id visit_detail_id "
    "measurement_source_value measurement_source_concept_id unit_source_value "
    "unit_source_concept_id value_source_value measurement_event_id "
    "meas_event_field_concept_id",
    "OBSERVATION": "observation_id person_id observation_concept_id observation_date "
    "observation_datetime observation_type_concept_id value_as_number value_as_string "
    "value_as_concept_id qualifier_concept_id unit_concept_id provider_id "
    "visit_occurrence_id visit_detail_id observation_source_value "
    "observation_source_concept_id unit_source_value qualifier_source_value "
    "value_source_value observation_event_id obs_event_field_concept_id",
    "DRUG_EXPOSURE": "drug_exposure_id person_id drug_concept_id drug_exposure_start_date "
    "drug_exposure_start_datetime drug_exposure_end_date drug_exposure_end_datetime "
    "verbatim_end_date drug_type_concept_id stop_reason refills quantity days_supply "
    "sig route_concept_id lot_number provider_id visit_occurrence_id visit_detail_id "
    "drug_source_value drug_source_concept_id route_source_value "
    "dose_unit_source_value",
    "PROCEDURE_OCCURRENCE": "procedure_occurrence_id person_id procedure_concept_id procedure_date "
    "procedure_datetime procedure_end_date procedure_end_datetime "
    "procedure_type_concept_id modifier_concept_id quantity provider_id "
    "visit_occurrence_id visit_detail_id procedure_source_value "
    "procedure_source_concept_id modifier_source_value",
    "DEATH": "person_id death_date death_datetime death_type_concept_id cause_concept_id "
    "cause_source_value cause_source_concept_id",
    "COST": "cost_id cost_event_id cost_domain_id cost_type_concept_id currency_concept_id "
    "total_charge total_cost total_paid paid_by_payer paid_by_patient "
    "paid_patient_copay paid_patient_coinsurance paid_patient_deductible "
    "paid_by_primary paid_ingredient_cost paid_dispensing_fee payer_plan_period_id "
    "amount_allowed revenue_code_concept_id revenue_code_source_value drg_concept_id "
    "drg_source_value",
    "CONCEPT": "concept_id concept_name domain_id vocabulary_id concept_class_id "
    "standard_concept concept_code valid_start_date valid_end_date invalid_reason",
}


def kind_of(table: str, column: str) -> pa.DataType:
    """The Arrow type of a column, told by its name."""
    if column.endswith("_date"):
        return pa.date32()
    if column.endswith("_datetime"):
        return pa.timestamp("s")
    if table == "COST" and column.startswith(("total", "paid", "amount")):
        return MONEY
    if table == "CONCEPT" and column in ("domain_id", "vocabulary_id", "concept_class_id"):
        return pa.string()
    if column == "cost_domain_id":
        return pa.string()
    if column in NUMBERS:
        return pa.float64()
    return pa.int64() if column.endswith("_id") or column in WHOLE else pa.string()


def schema(table: str) -> pa.Schema:
    """All columns of a table, in the order of the model."""
    return pa.schema([(column, kind_of(table, column)) for column in COLUMNS[table].split()])


def omop_table(table: str, columns: dict[str, object], many: int) -> pa.Table:
    """A table of so many rows from the columns that are known; the others are empty.

    A column is an array with one element a row, or one value for all rows; days are days since 1970, and
    NaN and "" are empty.
    """
    unknown = set(columns) - set(COLUMNS[table].split())
    if unknown:
        raise KeyError(f"{table} has no columns {sorted(unknown)}")
    fields = schema(table)
    arrays = [_array(columns.get(field.name), field.type, many) for field in fields]
    return pa.table(arrays, schema=fields)


def _array(values: object, kind: pa.DataType, many: int) -> pa.Array:
    if values is None:
        return pa.nulls(many, kind)
    if isinstance(values, pa.Array):
        return values.cast(kind)
    if not isinstance(values, np.ndarray):
        return pa.repeat(pa.scalar(values, kind), many)
    if kind == pa.string():
        return pa.array(values, kind, mask=np.array([value in ("", None) for value in values], dtype=bool))
    if kind == pa.date32():
        return pa.array(values.astype(np.int32), pa.int32()).cast(kind)
    return pa.array(values, from_pandas=True).cast(kind)


def pounds(pence: np.ndarray) -> pa.Array:
    """Pence as exact pounds."""
    hundred = pa.scalar(100, pa.decimal128(5, 0))
    exact = pa.array(pence.astype(np.int64)).cast(pa.decimal128(19, 0))
    return pc.divide(exact.cast(pa.decimal128(21, 2)), hundred).cast(MONEY)


def write(into: Path, tables: dict[str, pa.Table]) -> None:
    """Write each table as NAME.parquet."""
    into.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        pq.write_table(table, into / f"{name}.parquet")
