"""Every resident has one row of scores: people drawn one by one, and what each of them comes to."""

from datetime import date

import pytest

from stewardship.measures.residents import lacking, scores_of
from stewardship.people.periods import years_ending
from stewardship.people.table import people_of
from support.small_records import open_records

AS_OF = date(2024, 3, 31)
YEARS = years_ending(AS_OF, 2)
DEMENTIA, DIABETES, HYPERTENSION = "52448006", "44054006", "59621000"
ASTHMA, COPD, EPILEPSY, HEART_FAILURE = "195967001", "13645005", "84757009", "84114007"
DEPRESSION, CANCER, SPREAD = "35489007", "254837009", "128462008"
FIVE_MEDICINES = ("0212000B0AA", "0206020A0AA", "0205051R0AA", "0204000H0AA", "0209000A0AA")


def someone(
    born="1960-01-01",
    *,
    has=(),
    takes=(),
    stays=(),
    contacts=(),
    groups=(),
    ethnic_group="White",
    area="POOR",
    readings=(),
):
    """A person: conditions (code, day), items (code, day, how many), emergency stays (day, codes)."""
    return {
        "born": date.fromisoformat(born), "has": has, "takes": takes, "stays": stays, "contacts": contacts,
        "groups": groups, "ethnic_group": ethnic_group, "area": area, "readings": readings,
    }  # fmt: skip


def tables_of(people):
    rows = {name: [] for name in (
        "person", "registration", "address", "condition", "medication", "activity", "activity_code", "characteristic",
        "observation",
    )}  # fmt: skip
    rows["small_area"] = [
        {
            "code": code,
            "deprivation_edition": 2025,
            "deprivation_fifth": fifth,
            "deprivation_decile": 2 * fifth,
        }
        for code, fifth in (("POOR", 1), ("RICH", 5))
    ]
    rows["place"] = [{"code": "SYS", "name": "System", "level": "system", "hierarchy": "residence"}] + [
        {"code": code, "name": code, "level": "small_area", "parent": "SYS", "hierarchy": "residence"}
        for code in ("POOR", "RICH")
    ]
    for number, (_, who) in enumerate(people.items(), start=1):
        of = {"person_id": number}
        rows["person"].append({**of, "birth_date": who["born"], "ethnic_group": who["ethnic_group"]})
        rows["registration"].append({**of, "start": max(who["born"], date(2010, 1, 1)), "practice": "P1"})
        rows["address"].append({**of, "start": date(1900, 1, 1), "small_area": who["area"]})
        for code, day in who["has"]:
            event = len(rows["condition"])
            rows["condition"].append(
                {**of, "event_id": event, "system": "SNOMED", "code": code, "start": date.fromisoformat(day)}
            )
        for code, day, items in who["takes"]:
            for _ in range(items):
                event = len(rows["medication"])
                rows["medication"].append(
                    {**of, "event_id": event, "system": "BNF", "code": code, "date": date.fromisoformat(day)}
                )
        for code, value, unit, day in who["readings"]:
            rows["observation"].append(
                {**of, "event_id": len(rows["observation"]), "system": "SNOMED", "code": code, "value": value,
                 "unit": unit, "date": date.fromisoformat(day)}
            )  # fmt: skip
        for group, start, end in who["groups"]:
            days = [date.fromisoformat(day) if day else None for day in (start, end)]
            rows["characteristic"].append({**of, "characteristic": group, "start": days[0], "end": days[1]})
        stays = [("emergency_admission", None, day, codes) for day, codes in who["stays"]]
        for point, specialty, day, codes in [*stays, *who["contacts"]]:
            contact = len(rows["activity"])
            rows["activity"].append(
                {**of, "activity_id": contact, "point_of_delivery": point, "specialty": specialty,
                 "start": date.fromisoformat(day), "end": date.fromisoformat(day)}
            )  # fmt: skip
            for position, code in enumerate(codes, start=1):
                event = len(rows["activity_code"])
                rows["activity_code"].append(
                    {**of, "event_id": event, "activity_id": contact, "kind": "diagnosis", "position": position,
                     "system": "ICD10", "code": code, "date": date.fromisoformat(day)}
                )  # fmt: skip
    return rows


CASES = {
    "nothing recorded": (
        someone("1990-01-01", area="RICH"),
        {"cambridge": 0, "charlson": 0, "hospital_frailty": 0, "electronic_frailty": 0, "segment": "generally_well",
         "core20": False, "core20plus": False, "electronic_frailty_band": None, "hospital_frailty_band": None,
         "charlson_with_age": 0},
    ),
    "dementia and diabetes": (
        someone("1940-01-01", has=[(DEMENTIA, "2015-01-01"), (DIABETES, "2000-01-01")]),
        {"cambridge": 325, "charlson": 2, "charlson_with_age": 6, "charlson_2011": 2, "electronic_frailty": 2,
         "electronic_frailty_band": "fit", "segment": "frailty_dementia", "core20": True, "core20plus": True},
    ),
    "asthma without treatment does not weigh": (
        someone(has=[(ASTHMA, "2000-01-01")]), {"cambridge": 0, "charlson": 1, "segment": "long_term_conditions"},
    ),
    "asthma with treatment": (
        someone(has=[(ASTHMA, "2000-01-01")], takes=[("0301011R0AA", "2023-06-01", 1)]), {"cambridge": 19},
    ),
    "four laxatives in a year, and three": (someone(takes=[("0106020M0", "2023-06-01", 4)]), {"cambridge": 112}),
    "three laxatives in a year": (someone(takes=[("0106020M0", "2023-06-01", 3)]), {"cambridge": 0}),
    "depression recorded within the year": (someone(has=[(DEPRESSION, "2023-04-01")]), {"cambridge": 50}),
    "depression recorded before the year": (someone(has=[(DEPRESSION, "2023-03-31")]), {"cambridge": 0}),
    "cancer within five years": (someone(has=[(CANCER, "2019-04-01")]), {"cambridge": 153, "cancer": False}),
    "cancer before": (
        someone(has=[(CANCER, "2019-03-31"), (CANCER, "2023-09-01")]), {"cambridge": 0, "cancer": False},
    ),
    "cancer this year": (someone(has=[(CANCER, "2023-09-01")]), {"cambridge": 153, "cancer": True}),
    "kidneys by the latest reading": (
        someone(readings=[("857971000000104", 75, "mL/min/{1.73_m2}", "2022-01-01"),
                          ("857971000000104", 59, "mL/min/{1.73_m2}", "2023-01-01")]),
        {"cambridge": 53},
    ),
    "kidneys that are well again": (
        someone(readings=[("857971000000104", 59, "mL/min/{1.73_m2}", "2022-01-01"),
                          ("857971000000104", 60, "mL/min/{1.73_m2}", "2023-01-01")]),
        {"cambridge": 0},
    ),
    "gabapentin for epilepsy is not for pain": (
        someone(has=[(EPILEPSY, "2000-01-01")], takes=[("0408010G0AA", "2023-06-01", 4)]), {"cambridge": 92},
    ),
    "gabapentin otherwise is": (someone(takes=[("0408010G0AA", "2023-06-01", 4)]), {"cambridge": 92}),
    "one code in many stays": (
        someone("1940-01-01", stays=[("2023-01-01", ["F009"]), ("2023-06-01", ["W190", "F009"]),
                                     ("2024-01-01", ["F001"])]),
        {"hospital_frailty": 103, "hospital_frailty_band": "intermediate", "segment": "frailty_dementia"},
    ),
    "stays two years ago do not count": (
        someone("1940-01-01", stays=[("2022-03-31", ["F009"]), ("2022-04-01", ["G819"])]),
        {"hospital_frailty": 44, "hospital_frailty_band": "low"},
    ),
    "planned stays do not count": (
        someone("1940-01-01", contacts=[("planned_admission", "100", "2023-06-01", ["G819", "I500"])]),
        {"hospital_frailty": 0, "charlson": 3, "segment": "organ_failure"},
    ),
    "high risk at 75": (
        someone("1949-03-31", stays=[("2023-06-01", ["G819", "I694", "R296", "N390", "S009"])]),
        {"hospital_frailty": 181, "hospital_frailty_band": "high", "segment": "frailty_dementia"},
    ),
    "the same at 74": (
        someone("1949-04-01", stays=[("2023-06-01", ["G819", "I694", "R296", "N390", "S009"])]),
        {"hospital_frailty": 181, "hospital_frailty_band": None, "segment": "disability"},
    ),
    "diabetes told by hospital with complications, by the practice without": (
        someone(has=[(DIABETES, "2000-01-01")], contacts=[("day_case", "100", "2020-01-01", ["E114"])]),
        {"charlson": 2, "charlson_2011": 1},
    ),
    "five medicines at a time": (
        someone("1950-01-01", takes=[(code, "2024-02-01", 1) for code in FIVE_MEDICINES]),
        {"electronic_frailty": 1, "electronic_frailty_band": "fit"},
    ),
    "five medicines, one of them long ago": (
        someone("1950-01-01", takes=[(code, "2024-02-01", 1) for code in FIVE_MEDICINES[1:]]
                + [(FIVE_MEDICINES[0], "2023-12-31", 1)]),
        {"electronic_frailty": 0},
    ),
    "cancer that has spread": (
        someone(has=[(SPREAD, "2023-01-01")]), {"segment": "incurable_cancer", "charlson": 6},
    ),
    "cancer and palliative care": (
        someone(has=[(CANCER, "2015-01-01"), ("103735009", "2023-01-01")]), {"segment": "incurable_cancer"},
    ),
    "two attacks of COPD in two years": (
        someone(has=[(COPD, "2015-01-01")], stays=[("2022-06-01", ["J441"]), ("2023-06-01", ["J440"])]),
        {"segment": "organ_failure", "respiratory": True},
    ),
    "one attack of COPD": (
        someone(has=[(COPD, "2015-01-01")], stays=[("2023-06-01", ["J441"])]), {"segment": "long_term_conditions"},
    ),
    "a child under one": (someone("2023-06-01"), {"segment": "maternal_infant", "maternity": False}),
    "pregnant": (
        someone("1995-01-01", has=[("72892002", "2023-10-01")], area="RICH"),
        {"segment": "maternal_infant", "maternity": True, "core20plus": False},
    ),
    "well, and in the emergency department last month": (
        someone("1995-01-01", contacts=[("emergency_department", None, "2024-03-01", [])]),
        {"segment": "generally_well", "acutely_ill": True},
    ),
    "ill for long, and in the emergency department": (
        someone(has=[(HYPERTENSION, "2015-01-01")], contacts=[("emergency_department", None, "2024-03-01", [])]),
        {"segment": "long_term_conditions", "acutely_ill": False, "hypertension": True},
    ),
    "a child with asthma and diabetes": (
        someone("2012-01-01", has=[(ASTHMA, "2020-01-01"), (DIABETES, "2020-01-01")]),
        {"child_asthma": True, "child_diabetes": True, "hypertension": False, "child_epilepsy": False},
    ),
    "of an ethnic minority": (
        someone(ethnic_group="Black", area="RICH"), {"core20": False, "ethnic_minority": True, "core20plus": True},
    ),
    "homeless now, a carer before": (
        someone(area="RICH", groups=[("homeless or insecurely housed", "2023-01-01", None),
                                     ("young carer", "2020-01-01", "2024-03-30")]),
        {"homeless": True, "young_carer": False, "core20plus": True, "core20": False},
    ),
    "four conditions": (
        someone(area="RICH", has=[(code, "2015-01-01") for code in (HYPERTENSION, DIABETES, ASTHMA, EPILEPSY)]),
        {"long_term_conditions": 4, "several_conditions": True, "core20plus": True},
    ),
    "high blood pressure that nobody has named": (
        someone(readings=[("271649006", 141, "mm[Hg]", "2023-01-01")]),
        {"hypertension": True, "segment": "generally_well"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    people = {name: who for name, (who, _) in CASES.items()}
    records = open_records(tmp_path_factory.mktemp("scored"), tables_of(people))
    table = scores_of(people_of(records, YEARS), records, YEARS)
    rows = {row["person_id"]: row for row in records.engine.ibis.to_pyarrow(table).to_pylist()}
    yield {name: rows.get(number) for number, name in enumerate(people, start=1)}
    records.engine.close()


@pytest.mark.parametrize("name", CASES)
def test_a_person_is_scored_as_by_hand(scored, name):
    expected = CASES[name][1]
    assert {column: scored[name][column] for column in expected} == expected


def test_everybody_has_one_row_and_no_score_is_missing(scored):
    for row in scored.values():
        assert all(row[name] is not None for name in row if not name.endswith("_band"))


def test_a_column_tells_which_tables_it_lacks(tmp_path):
    records = open_records(tmp_path, {"person": [], "registration": [], "condition": [
        {"person_id": 1, "event_id": 1, "system": "SNOMED", "code": DEMENTIA, "start": AS_OF},
    ]})  # fmt: skip
    lacks = lacking(records)
    records.engine.close()
    assert lacks["hospital_frailty"] == ("activity", "activity_code")
    assert lacks["cambridge"] == ("medication", "observation")
    assert lacks["electronic_frailty"] == ("medication",)
    assert lacks["homeless"] == ("characteristic",)
    assert "long_term_conditions" not in lacks
