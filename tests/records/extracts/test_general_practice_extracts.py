"""What becomes of the rows that general practices send."""

from datetime import date

import pytest

from support.extract_feed import number, person, rows_of, typed

PATIENTS = rows_of("""
NHSNumber | DateOfBirth | Sex | EthnicCategory | SupersededBy
#1        | 1950-05-06  | F   | A              |
#2        | 1961-01-31  | M   | R              |
#3        | 1999-12-31  | U   | Z              |
#4        | 1950-05-06  | F   | M              | #1
""")


def test_people_are_who_the_patients_file_says(feed):
    practice = feed()
    practice.write("patients", PATIENTS)
    practice.read()
    told = [
        (row["person_id"], row["birth_date"], row["sex"], row["ethnic_group"])
        for row in practice.table("person")
    ]
    assert sorted(told) == sorted(
        [
            (person(1), date(1950, 5, 6), "female", "White"),
            (person(2), date(1961, 1, 31), "male", "Asian"),
            (person(3), date(1999, 12, 31), "unknown", "Not known"),
        ]
    )
    assert practice.counts() == {"patients.csv": (4, 4, 0)}
    assert practice.found()["Numbers that another took the place of"] == 1


def test_what_a_person_has_under_two_numbers_from_one_day_is_that_of_the_newer(feed):
    practice = feed(small_areas=frozenset({"E01000001", "E01000002"}))
    practice.write("patients", [
        *PATIENTS, {**PATIENTS[3], "NHSNumber": number(5), "SupersededBy": number(4)},
    ])  # fmt: skip
    practice.write("registrations", rows_of("""
    NHSNumber | PracticeCode | RegistrationStartDate | RegistrationEndDate
    #4        | ZZP002       | 2020-01-01            |
    #1        | ZZP001       | 2020-01-01            | 2024-02-01
    #4        | ZZP002       | 2021-01-01            |
    #5        | ZZP003       | 2021-01-01            |
    #2        | ZZP001       | 2020-01-01            |
    """))  # fmt: skip
    practice.write("addresses", rows_of("""
    NHSNumber | LSOA21    | HouseholdPseudonym | AddressStartDate
    #4        | E01000002 | H2                 | 2020-01-01
    #1        | E01000001 | H1                 | 2020-01-01
    #4        | E01000002 | H2                 | 2021-01-01
    """))  # fmt: skip
    practice.read()
    told = {(row["person_id"], str(row["start"]), row["practice"]) for row in practice.table("registration")}
    assert told == {
        (person(1), "2020-01-01", "ZZP001"), (person(2), "2020-01-01", "ZZP001"),
        (person(5), "2021-01-01", "ZZP003"),  # of two former numbers, the row that came last
    }  # fmt: skip
    assert {(row["person_id"], str(row["start"])) for row in practice.table("address")} == {
        (person(1), "2020-01-01"), (person(4), "2021-01-01"),
    }  # fmt: skip
    found = practice.found()
    assert found["Registrations that a person has under two numbers from the same day"] == 2
    assert found["Homes that a person has under two numbers from the same day"] == 1
    assert "Homes whose code is not that of a small area" not in found


@pytest.mark.parametrize(
    "written, reason",
    [
        ("", "NHSNumber is empty"),
        ("9434765918", "the NHS number is none: 10 digits, wrong check digit"),
        ("1111111111", "the NHS number is none: one digit repeated"),
        ("12345", "the NHS number is none: 5 digits"),
        ("somebody", "the NHS number is none: 8 characters"),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_row_of_nobody_is_set_aside_and_its_number_not_told(feed, written, reason, ending):
    practice = feed()
    practice.write("patients", [*PATIENTS, {**PATIENTS[0], "NHSNumber": written}], ending)
    practice.read()
    assert practice.aside() == [(f"patients.{ending}", 5, "NHSNumber", reason)]
    assert practice.counts() == {f"patients.{ending}": (5, 4, 1)}


def test_an_nhs_number_is_one_however_it_is_written(feed):
    practice, spaced = feed(), f"{number(1)[:3]} {number(1)[3:6]} {number(1)[6:]}"
    practice.write(
        "patients",
        [{**PATIENTS[0], "NHSNumber": written} for written in (number(1), spaced, number(1) + ".0")],
    )
    practice.read()
    assert [row["person_id"] for row in practice.table("person")] == [person(1)]


READINGS = rows_of("""
EventID | NHSNumber | SNOMEDConceptID | EventDate  | NumericValue | Unit
1       | #1        | 999791000000106 | 2026-05-01 | 7.0          | %
2       | #1        | 999791000000106 | 2026-05-02 | 53           | mmol/mol
3       | #2        | 271649006       | 2026-05-03 | 141          | mmHg
4       | #2        | 60621009        | 2026-05-04 | 31.5         |
5       | #2        | 170969009       | 2026-05-05 |              |
""")


def test_values_are_brought_to_the_unit_used_here(feed):
    practice = feed()
    practice.write("readings_2026-05_2026-05", READINGS)
    practice.read()
    read = {
        row["event_id"]: (row["value"], row["unit"], row["system"]) for row in practice.table("observation")
    }
    assert read == {
        1: (53.0, "mmol/mol", "SNOMED"),
        2: (53.0, "mmol/mol", "SNOMED"),
        3: (141.0, "mm[Hg]", "SNOMED"),
        4: (31.5, None, "SNOMED"),
        5: (None, None, "SNOMED"),
    }
    assert practice.found()["Values brought to the unit used here"] == 1
    assert practice.found()["Values without a unit"] == 1


MEDICINES = rows_of("""
IssueID | NHSNumber | IssueDate  | BNFCode         | DMDCode            | Quantity | NetIngredientCostPence
11      | #1        | 2026-05-01 | 0601022B0AAABAB | 325278007          | 56       | 120
12      | #2        | 2026-05-02 |                 | 325278007          | 28.5     |
13      | #3        | 2026-05-02 |                 |                    | 28       | 5
14      | #3        | 2026-05-02 | 0601022B0AAABAB |                    | -1       | 5
15      | #3        | 31/05/2026 | 0601022B0AAABAB |                    | 1        | 5
12      | #2        | 2026-05-02 |                 | 325278007          | 28.5     |
11      | #1        | 2026-05-09 | 0601022B0AAABAB |                    | 56       | 120
""")


def test_medicines_are_coded_by_the_bnf_or_by_dmd(feed):
    practice = feed()
    practice.write("medications_2026-05_2026-05", MEDICINES)
    practice.read()
    read = [(row["event_id"], row["system"], row["code"], row["quantity"], row["cost_pence"])
            for row in practice.table("medication")]  # fmt: skip
    assert read == [
        (11, "BNF", "0601022B0AAABAB", 56.0, 120),
        (12, "DMD", "325278007", 28.5, None),
    ]
    assert [(row, column, reason) for _, row, column, reason in practice.aside()] == [
        (3, "BNFCode", "BNFCode is empty"),
        (4, "Quantity", "Quantity is below 0"),
        (5, "IssueDate", "the date (written 99/99/9999) is not a day: write it as 2020-02-28"),
        (6, "IssueID", "the IssueID is in the file more than once: the first row is kept"),
        (7, "IssueID", "the IssueID is in the file more than once: the first row is kept"),
    ]
    assert practice.found()["Repeated rows that say something else than the first"] == 1


def test_appointments_that_were_not_attended_are_counted_and_are_no_contact(feed):
    practice = feed()
    practice.write(
        "appointments_2026-05_2026-05",
        rows_of("""
        AppointmentID | NHSNumber | PracticeCode | BookedDate | StartDate  | Status         | StaffGroup
        1             | #1        | ZZP001       | 2026-05-01 | 2026-05-08 | Attended       | GP
        2             | #1        | ZZP001       | 2026-05-01 | 2026-05-09 | Did not attend | GP
        3             | #2        | ZZP001       |            | 2026-05-10 | Cancelled      | Other
        4             | #2        | ZZP001       |            | 2026-05-10 | Went home      | Other
        """),
    )
    practice.read()
    (contact,) = practice.table("activity")
    assert (contact["person_id"], contact["point_of_delivery"], contact["provider"], contact["end"]) == (
        person(1), "gp_appointment", "ZZP001", date(2026, 5, 8),
    )  # fmt: skip
    assert practice.counts() == {"appointments_2026-05_2026-05.csv": (4, 3, 1)}
    assert practice.found()["Appointments that were not attended"] == 2


REST = {
    "registrations": rows_of("""
    NHSNumber | PracticeCode | RegistrationStartDate | RegistrationEndDate
    #1        | ZZP001       | 2020-01-01            |
    #2        | ZZP001       | 2019-01-01            | 2024-02-01
    #2        | ZZP002       | 2024-01-15            |
    #2        | ZZP002       | 2024-01-15            |
    #3        | ZZP002       | 2024-01-15            | 2023-01-15
    """),
    "addresses": rows_of("""
    NHSNumber | LSOA21    | HouseholdPseudonym | CareHome | AddressStartDate | AddressEndDate
    #1        | E01000001 | H1                 | N        | 2020-01-01       |
    #2        | W01000001 | H2                 | N        | 2020-01-01       |
    #3        |           | H2                 | N        | 2020-01-01       |
    """),
    "problems_2026-04_2026-05": rows_of("""
    EventID | NHSNumber | PracticeCode | SNOMEDConceptID | OnsetDate  | EndDate    | RecordedDate
    1       | #1        | ZZP001       | 44054006        | 2010-01-01 |            | 2026-04-01
    2       | #2        | ZZP001       | 195967001       |            | 2026-05-01 | 2026-04-02
    """),
    "characteristics": rows_of("""
    NHSNumber | Characteristic | RecordedDate
    #1        | unpaid carer   | 2026-04-01
    #2        | tall           | 2026-04-01
    """),
}


def test_registrations_homes_problems_and_characteristics(feed):
    practice = feed(small_areas=frozenset({"E01000001"}))
    for name, rows in REST.items():
        practice.write(name, rows)
    practice.read()
    assert [
        (row["person_id"], row["practice"], row["end"]) for row in practice.table("registration")
    ] == sorted(
        [(person(1), "ZZP001", None), (person(2), "ZZP001", date(2024, 2, 1)), (person(2), "ZZP002", None)],
        key=lambda row: str(row[0]),
    )
    assert [(row["person_id"], row["small_area"], row["household"]) for row in practice.table("address")] == [
        (person(1), "E01000001", "H1")
    ]
    assert [(row["code"], row["start"], row["end"]) for row in practice.table("condition")] == [
        ("44054006", date(2010, 1, 1), None), ("195967001", date(2026, 4, 2), date(2026, 5, 1)),
    ]  # fmt: skip
    assert [row["characteristic"] for row in practice.table("characteristic")] == ["unpaid carer"]
    found = practice.found()
    assert found["Registrations that overlap the one before"] == 1
    assert found["Homes without a code of a small area"] == 1
    assert found["Homes whose code is not that of a small area"] == 1
    reasons = {(file.partition(".")[0], row): reason for file, row, _, reason in practice.aside()}
    assert reasons == {
        (
            "registrations",
            4,
        ): "the person and PracticeCode and RegistrationStartDate is in the file more than "
        "once: the first row is kept",
        ("registrations", 5): "RegistrationEndDate is 365 days before RegistrationStartDate",
        ("characteristics", 2): reasons["characteristics", 2],
    }
    assert reasons["characteristics", 2].startswith(
        "Characteristic is not one of: learning disability, autism"
    )


def test_typed_parquet_gives_the_rows_that_text_gives(feed):
    """Days and whole numbers that are typed stay typed; the rows are the same."""
    text, parquet = feed(), feed()
    text.write("medications_2026-05_2026-05", MEDICINES[:4])
    text.write("readings_2026-05_2026-05", READINGS)
    parquet.write(
        "medications_2026-05_2026-05",
        typed(MEDICINES[:4], ["IssueDate"], ["IssueID", "NetIngredientCostPence"]), "parquet",
    )  # fmt: skip
    parquet.write(
        "readings_2026-05_2026-05", typed(READINGS, ["EventDate"], ["EventID", "SNOMEDConceptID"]), "parquet"
    )
    text.read(), parquet.read()
    for table in ("medication", "observation"):
        assert text.table(table) == parquet.table(table)
    assert [each[1:] for each in text.aside()] == [each[1:] for each in parquet.aside()]
    assert text.reading.last_day == parquet.reading.last_day == date(2026, 5, 5)
