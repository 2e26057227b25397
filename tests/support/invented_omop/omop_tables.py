"""What was invented, as the tables of OMOP."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from stewardship.records.places import Places
from support.invented_omop import concepts as used
from support.invented_omop.activity import COMMUNITY_SERVICES, HOSPITALS, OWN_PRACTICE, Visits
from support.invented_omop.concepts import Text, Whole, ids, source_values
from support.invented_omop.happenings import Events
from support.invented_omop.omop_files import omop_table, pounds
from support.invented_omop.population import People, Stay

POUND_STERLING = 44818571
FIRST_PRACTICE = 100
ONGOING = ("planned_admission", "day_case", "emergency_admission")
OTHER_SITES = {
    HOSPITALS[0]: ("Pretend General Hospital", "ZZH01", "hospital"),
    HOSPITALS[1]: ("Stand-in Infirmary", "ZZH02", "hospital"),
    COMMUNITY_SERVICES: ("Makeshift Community Services", "ZZC01", "community"),
}


@dataclass(frozen=True)
class Invented:
    """Everything that was invented."""

    people: People
    stay: Stay
    cause: Text
    conditions: Events
    care: Events
    medicines: Events
    visits: Visits


def omop_tables(invented: Invented, places: Places) -> dict[str, pa.Table]:
    """The tables by name, sound throughout."""
    practices = _practices(places)
    sites = {code: FIRST_PRACTICE + number for number, (code, _) in enumerate(practices)}
    areas = sorted(set(invented.people.area))
    own = np.array([sites.get(code, -1) for code in invented.people.practice], dtype=np.int64)
    costs = _costs(invented)
    return {
        "PERSON": _person(invented.people, areas, own),
        "LOCATION": omop_table(
            "LOCATION",
            {
                "location_id": np.arange(1, len(areas) + 1),
                "location_source_value": np.array(areas, dtype=object),
            },
            len(areas),
        ),
        "CARE_SITE": _care_site(practices),
        "OBSERVATION_PERIOD": _observation_period(invented),
        "VISIT_OCCURRENCE": _visit_occurrence(invented, own),
        "CONDITION_OCCURRENCE": _condition_occurrence(invented),
        "MEASUREMENT": _measurement(invented),
        "OBSERVATION": _observation(invented),
        "DRUG_EXPOSURE": _drug_exposure(invented),
        "PROCEDURE_OCCURRENCE": _procedure_occurrence(invented),
        "DEATH": _death(invented),
        "COST": costs,
        "CONCEPT": _concept(),
    }


def _practices(places: Places) -> list[tuple[str, str]]:
    rows = {row["code"]: row["name"] for row in places.place.to_pylist() if row["level"] == "practice"}
    return sorted(rows.items())


def _numbers(many: int) -> Whole:
    return np.arange(1, many + 1, dtype=np.int64)


def _known(site: Whole) -> pa.Array:
    return pa.array(site, mask=site < 0)


def _person(people: People, areas: list[str], own: Whole) -> pa.Table:
    born = people.birth.astype("datetime64[D]")
    month = born.astype("datetime64[M]")
    homes = {code: number for number, code in enumerate(areas, start=1)}
    return omop_table(
        "PERSON",
        {
            "person_id": people.person,
            "gender_concept_id": np.where(people.female, used.FEMALE, used.MALE),
            "year_of_birth": born.astype("datetime64[Y]").astype(np.int64) + 1970,
            "month_of_birth": month.astype(np.int64) % 12 + 1,
            "day_of_birth": (born - month).astype(np.int64) + 1,
            "race_concept_id": 0,
            "ethnicity_concept_id": 0,
            "location_id": np.array([homes[code] for code in people.area], dtype=np.int64),
            "care_site_id": _known(own),
            "person_source_value": np.array([f"INVENTED-{number}" for number in people.person], dtype=object),
            "gender_source_value": np.where(people.female, "F", "M").astype(object),
            "race_source_value": people.ethnicity,
        },
        len(people.person),
    )


def _care_site(practices: list[tuple[str, str]]) -> pa.Table:
    rows = [(number, name, code, kind) for number, (name, code, kind) in OTHER_SITES.items()]
    rows += [(FIRST_PRACTICE + n, name, code, "general practice") for n, (code, name) in enumerate(practices)]
    number, name, code, kind = (np.array(values, dtype=object) for values in zip(*rows, strict=True))
    columns = {
        "care_site_id": number.astype(np.int64),
        "care_site_name": name,
        "place_of_service_concept_id": 0,
        "care_site_source_value": code,
        "place_of_service_source_value": kind,
    }
    return omop_table("CARE_SITE", columns, len(rows))


def _observation_period(invented: Invented) -> pa.Table:
    many = len(invented.people.person)
    columns = {
        "observation_period_id": _numbers(many),
        "person_id": invented.people.person,
        "observation_period_start_date": invented.stay.first,
        "observation_period_end_date": invented.stay.last,
        "period_type_concept_id": used.RECORDED,
    }
    return omop_table("OBSERVATION_PERIOD", columns, many)


def _visit_occurrence(invented: Invented, own: Whole) -> pa.Table:
    visits = invented.visits
    many = len(visits.who)
    point = np.array([kind.split(":")[0] for kind in visits.kind], dtype=object)
    stays = np.isin(point, ONGOING)
    concept = np.where(stays, used.INPATIENT_VISIT, used.OUTPATIENT_VISIT)
    columns = {
        "visit_occurrence_id": _numbers(many),
        "person_id": invented.people.person[visits.who],
        "visit_concept_id": np.where(point == "emergency_department", used.EMERGENCY_VISIT, concept),
        "visit_start_date": visits.start,
        "visit_end_date": visits.end,
        "visit_type_concept_id": used.RECORDED,
        "care_site_id": _known(np.where(visits.site == OWN_PRACTICE, own[visits.who], visits.site)),
        "visit_source_value": visits.kind,
    }
    return omop_table("VISIT_OCCURRENCE", columns, many)


def _condition_occurrence(invented: Invented) -> pa.Table:
    """Diagnoses of the GP record, without a visit; then those of hospital stays, primary and secondary."""
    visits, person = invented.visits, invented.people.person
    primary, secondary = np.flatnonzero(visits.primary != ""), np.flatnonzero(visits.secondary != "")
    stays = np.concatenate([primary, secondary])
    recorded = len(invented.conditions.who)
    key = np.concatenate([invented.conditions.key, visits.primary[primary], visits.secondary[secondary]])
    status = np.array(
        [""] * recorded + ["primary"] * len(primary) + ["secondary"] * len(secondary), dtype=object
    )
    concept = np.where(status == "primary", used.PRIMARY_DIAGNOSIS, used.SECONDARY_DIAGNOSIS)
    columns = {
        "condition_occurrence_id": _numbers(len(key)),
        "person_id": np.concatenate([person[invented.conditions.who], person[visits.who[stays]]]),
        "condition_concept_id": ids(key),
        "condition_start_date": np.concatenate([invented.conditions.day, visits.start[stays]]),
        "condition_type_concept_id": used.RECORDED,
        "condition_status_concept_id": np.where(status == "", 0, concept),
        "condition_status_source_value": status,
        "condition_source_value": source_values(key),
        "condition_source_concept_id": ids(key),
        "visit_occurrence_id": pa.concat_arrays([pa.nulls(recorded, pa.int64()), pa.array(stays + 1)]),
    }
    return omop_table("CONDITION_OCCURRENCE", columns, len(key))


def _of_domain(events: Events, domain: str) -> Events:
    """The events of one OMOP domain, in order of day, person and code."""
    known = used.concepts()
    kept = np.flatnonzero(np.array([known[key].domain == domain for key in events.key], dtype=bool))
    order = kept[np.lexsort((events.key[kept].astype(str), events.who[kept], events.day[kept]))]
    return Events(events.who[order], events.day[order], events.key[order], events.value[order])


def _measurement(invented: Invented) -> pa.Table:
    events = _of_domain(invented.care, "Measurement")
    unit = np.array([used.concepts()[key].unit for key in events.key], dtype=object)
    columns = {
        "measurement_id": _numbers(len(events.who)),
        "person_id": invented.people.person[events.who],
        "measurement_concept_id": ids(events.key),
        "measurement_date": events.day,
        "measurement_type_concept_id": used.RECORDED,
        "value_as_number": events.value,
        "unit_concept_id": np.array([used.units()[name] for name in unit], dtype=np.int64),
        "measurement_source_value": source_values(events.key),
        "measurement_source_concept_id": ids(events.key),
        "unit_source_value": unit,
    }
    return omop_table("MEASUREMENT", columns, len(events.who))


def _observation(invented: Invented) -> pa.Table:
    events = _of_domain(invented.care, "Observation")
    columns = {
        "observation_id": _numbers(len(events.who)),
        "person_id": invented.people.person[events.who],
        "observation_concept_id": ids(events.key),
        "observation_date": events.day,
        "observation_type_concept_id": used.RECORDED,
        "observation_source_value": source_values(events.key),
        "observation_source_concept_id": ids(events.key),
    }
    return omop_table("OBSERVATION", columns, len(events.who))


def _drug_exposure(invented: Invented) -> pa.Table:
    events = _of_domain(invented.medicines, "Drug")
    columns = {
        "drug_exposure_id": _numbers(len(events.who)),
        "person_id": invented.people.person[events.who],
        "drug_concept_id": ids(events.key),
        "drug_exposure_start_date": events.day,
        "drug_exposure_end_date": events.day,
        "drug_type_concept_id": used.RECORDED,
        "quantity": 1.0,
        "drug_source_value": source_values(events.key),
        "drug_source_concept_id": ids(events.key),
    }
    return omop_table("DRUG_EXPOSURE", columns, len(events.who))


def _procedure_occurrence(invented: Invented) -> pa.Table:
    visits = invented.visits
    done = np.flatnonzero(visits.procedure != "")
    key = visits.procedure[done]
    columns = {
        "procedure_occurrence_id": _numbers(len(done)),
        "person_id": invented.people.person[visits.who[done]],
        "procedure_concept_id": ids(key),
        "procedure_date": visits.start[done],
        "procedure_type_concept_id": used.RECORDED,
        "visit_occurrence_id": done + 1,
        "procedure_source_value": source_values(key),
        "procedure_source_concept_id": ids(key),
    }
    return omop_table("PROCEDURE_OCCURRENCE", columns, len(done))


def _death(invented: Invented) -> pa.Table:
    died = invented.stay.died
    cause = invented.cause[died]
    columns = {
        "person_id": invented.people.person[died],
        "death_date": invented.stay.last[died],
        "death_type_concept_id": used.RECORDED,
        "cause_concept_id": ids(cause),
        "cause_source_value": source_values(cause),
        "cause_source_concept_id": ids(cause),
    }
    return omop_table("DEATH", columns, int(died.sum()))


def _costs(invented: Invented) -> pa.Table:
    """What every visit cost, then every item issued."""
    visits, items = len(invented.visits.who), _of_domain(invented.medicines, "Drug").key
    pence = np.array([used.concepts()[key].pence for key in items], dtype=np.int64)
    many = visits + len(items)
    columns = {
        "cost_id": _numbers(many),
        "cost_event_id": np.concatenate([_numbers(visits), _numbers(len(items))]),
        "cost_domain_id": np.array(["Visit"] * visits + ["Drug"] * len(items), dtype=object),
        "cost_type_concept_id": used.RECORDED,
        "currency_concept_id": POUND_STERLING,
        "total_paid": pounds(np.concatenate([invented.visits.pence, pence])),
    }
    return omop_table("COST", columns, many)


def _concept() -> pa.Table:
    rows = used.concept_rows()
    columns: dict[str, object] = {
        name: np.array([row[name] for row in rows], dtype=np.int64 if name == "concept_id" else object)
        for name in rows[0]
    }
    return omop_table("CONCEPT", columns, len(rows))
