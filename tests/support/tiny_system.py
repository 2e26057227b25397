"""A system of 240 invented residents, drawn by code: two practices, two alliances, two small areas."""

from datetime import date

from stewardship.care_areas.area import CareArea
from stewardship.measures.measure import (
    Measure,
    cost,
    cost_a_person,
    events_counted,
    mean_of_events,
    people,
    proportion,
    rate,
    ratio_of_events,
    share_of_events,
    unavailable,
)
from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.language import aged, contacts, deaths, has, latest, prescriptions
from stewardship.people.periods import YEAR, years_ending

YEARS = years_ending(date(2024, 3, 31))
DIABETES = CodeList("diabetes", "diabetes", "1", (CodeRule("ICD10", "E10-E14", "range"),))
HBA1C = CodeList("hba1c", "HbA1c", "1", (CodeRule("LOINC", "59261-8"),), unit="mmol/mol")
STATIN = CodeList("statin", "statin", "1", (CodeRule("BNF", "0212", "prefix"),))
WITH_DIABETES = has(DIABETES)
EMERGENCIES = contacts(point_of_delivery="emergency_admission")

CARE_AREA = CareArea(
    key="tiny", name="Tiny", phase=1, definition="Everyone with diabetes.",
    population=WITH_DIABETES, at_risk=None,
    population_measures=[
        people("With diabetes", who=WITH_DIABETES, headline=True, who_in_words="people with diabetes")
    ],
    resources=[
        cost("Cost of care", of=contacts().cost(), who=WITH_DIABETES,
             numerator_in_words="the cost of contacts"),
        cost_a_person("Cost of care for each person", of=contacts().cost(), who=WITH_DIABETES,
                      numerator_in_words="the cost of contacts"),
        unavailable("Programme budget", statistic="amount", unit="£",
                    because="no finance ledger has been sent", numerator_in_words="spending"),
    ],
    activity=[
        events_counted("Admissions", events=EMERGENCIES, who=WITH_DIABETES, unit="admissions",
                       numerator_in_words="admissions"),
        rate("Admissions, per 1,000", events=EMERGENCIES, who=WITH_DIABETES, better="lower",
             numerator_in_words="admissions"),
        rate("Contacts, standardised", events=contacts(), per=1_000, standardised=True, better="neither",
             numerator_in_words="contacts"),
    ],
    burden=[
        proportion("Prevalence", who=aged(17), achieved=WITH_DIABETES, better="neither",
                   numerator_in_words="people with diabetes"),
        rate("Deaths under 75, standardised", events=deaths(), ages=(0, 74), per=100_000, standardised=True,
             pool=3, better="lower", numerator_in_words="deaths"),
        rate("Deaths, three years", events=deaths(), per=10_000, pool=3, better="lower",
             numerator_in_words="deaths"),
    ],
    outcomes=[
        proportion("HbA1c at target", who=WITH_DIABETES, better="higher",
                   achieved=latest(HBA1C, within=YEAR) <= 58, numerator_in_words="people at target"),
        share_of_events("Back within 100 days", of=EMERGENCIES, better="lower",
                        that=EMERGENCIES.followed_by(EMERGENCIES, within_days=100),
                        over_in_words="emergency admissions",
                        numerator_in_words="emergency admissions followed by another"),
        ratio_of_events("Outpatients to emergencies", of=contacts(point_of_delivery="outpatient"), to=EMERGENCIES,
                        better="neither", over_in_words="emergency admissions",
                        numerator_in_words="outpatient attendances"),
        mean_of_events("Nights of a stay", of=EMERGENCIES.nights(), events=EMERGENCIES, better="lower",
                       unit="nights", over_in_words="emergency admissions", numerator_in_words="nights"),
        proportion("Admitted before death", who=deaths().any(), achieved=EMERGENCIES.any(), better="lower",
                   during=True, who_in_words="people who died", numerator_in_words="people with an admission"),
        proportion("On a statin", who=WITH_DIABETES, achieved=prescriptions(STATIN).any(), better="higher",
                   numerator_in_words="people on a statin"),
    ],
)  # fmt: skip
MEASURES: dict[str, Measure] = {measure.key: measure for _, measure in CARE_AREA.measures()}
MISSING = {
    "programme-budget": "Missing: no finance ledger has been sent",
    "on-a-statin": "Missing: no prescriptions have been sent",
}

PLACES = [
    ("SYS", "system", "registration", None),
    ("N", "alliance", "registration", "SYS"),
    ("S", "alliance", "registration", "SYS"),
    ("NN", "network", "registration", "N"),
    ("NS", "network", "registration", "S"),
    ("P1", "practice", "registration", "NN"),
    ("P2", "practice", "registration", "NS"),
    ("H", "alliance", "residence", "SYS"),
    ("LA", "local_authority", "residence", "H"),
    ("W1", "neighbourhood", "residence", "LA"),
    ("W2", "neighbourhood", "residence", "LA"),
    ("A1", "small_area", "residence", "W1"),
    ("A2", "small_area", "residence", "W2"),
]
ABOVE = {
    "P1": ("P1", "NN", "N"), "P2": ("P2", "NS", "S"), None: (),
    "A1": ("W1", "LA"), "A2": ("W2", "LA"),
}  # fmt: skip
FIFTHS = {"A1": 1, "A2": 4}


def rows() -> dict[str, list[dict]]:
    """The canonical tables."""
    tables: dict[str, list[dict]] = {
        "place": [
            {"code": code, "name": f"Place {code}", "level": level, "hierarchy": hierarchy, "parent": parent}
            for code, level, hierarchy, parent in PLACES
        ],
        "small_area": [
            {"code": code, "deprivation_edition": 2025, "deprivation_fifth": fifth}
            for code, fifth in FIFTHS.items()
        ],
    }  # fmt: skip
    for i in range(1, 241):
        for table, drawn in _resident(i).items():
            tables.setdefault(table, []).extend({"person_id": i, **row} for row in drawn)
    return tables


def _resident(i: int) -> dict[str, list[dict]]:
    """Every pattern has a length of its own, so that all of them meet."""
    practice = None if i % 40 == 7 else "P1" if i % 5 < 3 else "P2"
    spells = [{"practice": practice, "start": date(2022, 7, 1) if i % 11 == 0 else date(2015, 1, 1)}]
    if i % 17 == 3:  # moved to the other practice, known to both for a month
        spells[0]["end"] = date(2023, 1, 31)
        spells.append({"practice": "P2", "start": date(2023, 1, 1)})
    if i % 13 == 0:  # left, and some came back
        spells[-1]["end"] = date(2022, 6, 30) if i % 11 else date(2023, 6, 30)
        if i % 2:
            spells.append({"practice": practice, "start": date(2023, 10, 1)})
    home = [] if i % 32 == 5 else [{"small_area": "A1" if i % 3 else "A2", "start": date(2000, 1, 1)}]
    if i % 19 == 0:
        home.append({"small_area": "A2", "start": date(2022, 10, 10)})
    return {
        "person": [{
            "birth_date": date(1934 + (i * 13) % 85, 1 + i % 12, 1 + i % 28),
            "sex": "female" if i % 2 else "male",
            "ethnic_group": ("White", "White", "White", "Asian", "Asian", "Not known")[i % 6],
        }],
        "registration": spells,
        "address": home,
        "death": [
            {"date": date(2020 + i % 4, 9, 9), "system": "ICD10", "code": "E119"}
        ] if i % 9 == 4 else [],
        "condition": [
            {"event_id": i, "system": "ICD10", "code": "E119", "start": date(2016 + i % 7, 5, 5)}
        ] if i % 5 < 4 else [],
        "characteristic": [
            {"characteristic": "veteran" if i % 3 else "sex worker", "start": date(2021, 5, 5),
             "end": None if i % 5 else date(2022, 5, 4)}
        ] if i % 4 == 1 else [],
        "observation": [
            {"event_id": 10 * i + y % 10, "system": "LOINC", "code": "59261-8", "date": date(y, 2 + i % 9, 7),
             "value": 40.0 + (i * 7 + y * (i % 2 + 1)) % 30, "unit": None if i % 23 == 1 else "mmol/mol"}
            for y in range(2019, 2025) if (i + y) % 4
        ],
        "activity": [
            {"activity_id": 100 * i + 10 * n + y % 10, "start": date(y, 1 + (i + n) % 12, 11),
             "end": date(y, 1 + (i + n) % 12, 11 + (i + n) % 7),
             "point_of_delivery": "emergency_admission" if (i + y + n) % 3 == 0 else "outpatient",
             "cost_pence": None if (i + n) % 10 == 0 else 12_345 + 1_111 * i}
            for y in range(2019, 2025) for n in range((i + y) % 4)
        ],
    }  # fmt: skip
