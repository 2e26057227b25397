# ruff: noqa: E501  # rows of extracts are wide
"""What becomes of episodes, outpatient appointments and attendances at emergency departments."""

from datetime import UTC, date, datetime

import pytest

from support.extract_feed import number, person, rows_of

EPISODES = """
NHSNumber | DateOfBirth | Sex | EthnicGroup | OrganisationCodeProvider | HospitalProviderSpellNumber | EpisodeNumber | PatientClassification | AdmissionMethodHospitalProviderSpell | StartDateHospitalProviderSpell | DischargeDateFromHospitalProviderSpell | StartDateConsultantEpisode | TreatmentFunctionCode | CostPence | DiagnosisICD_01 | DiagnosisICD_02 | ProcedureOPCS_01
"""


def episode(who="#1", born="1950-05-06", spell="S1", nth="1", patient="1", method="21", admitted="2026-05-01",
            discharged="2026-05-09", start="2026-05-01", function="300", cost="410000", codes=("I50.0", "I10X", ""),
            sex="2", ethnic="A"):  # fmt: skip
    """A row of an extract of admitted care."""
    cells = (
        who,
        born,
        sex,
        ethnic,
        "ZZT01",
        spell,
        nth,
        patient,
        method,
        admitted,
        discharged,
        start,
        function,
        cost,
    )
    return rows_of(EPISODES + "|".join((*cells, *codes)))[0]


def test_a_stay_of_several_episodes_is_one_activity_with_the_codes_of_all(feed):
    hospital = feed("hospital")
    second = episode(nth="2", start="2026-05-04", function="340", cost="", codes=("J18.9", "", "X40.3"))
    hospital.write("apc_2026-05_2026-05", [second, episode()])
    hospital.read()
    (stay,) = hospital.table("activity")
    assert stay | {"activity_id": None} == {
        "activity_id": None, "person_id": person(1), "point_of_delivery": "emergency_admission", "provider": "ZZT01",
        "specialty": "300", "start": date(2026, 5, 1), "end": date(2026, 5, 9), "admission_method": "emergency",
        "cost_pence": 410000, "cost_basis": "actual",
    } | {name: None for name in stay if name not in KNOWN}  # fmt: skip
    codes = [(row["kind"], row["position"], row["system"], row["code"], row["date"].day)
             for row in hospital.table("activity_code")]  # fmt: skip
    assert sorted(codes) == [
        ("diagnosis", 1, "ICD10", "I500", 1),
        ("diagnosis", 2, "ICD10", "I10", 1),
        ("diagnosis", 25, "ICD10", "J189", 4),
        ("procedure", 25, "OPCS4", "X403", 4),
    ]
    assert {row["activity_id"] for row in hospital.table("activity_code")} == {stay["activity_id"]}
    assert hospital.counts() == {"apc_2026-05_2026-05.csv": (2, 2, 0)}


KNOWN = {"activity_id", "person_id", "point_of_delivery", "provider", "specialty", "start", "end", "admission_method",
         "cost_pence", "cost_basis"}  # fmt: skip


@pytest.mark.parametrize(
    "method, patient, point, how",
    [
        ("11", "1", "planned_admission", "elective"),
        ("13", "2", "day_case", "elective"),
        ("12", "3", "regular_attender", "elective"),
        ("21", "1", "emergency_admission", "emergency"),
        ("2D", "1", "emergency_admission", "emergency"),
        ("28", "2", "emergency_admission", "emergency"),  # nobody plans a day case of an emergency
        ("31", "1", "maternity_admission", "maternity"),
        ("82", "1", "maternity_admission", "maternity"),  # a birth
        ("31", "2", "maternity_admission", "maternity"),
        ("81", "1", "other_admission", "other"),  # a transfer
        ("99", "1", "unclassified_admission", None),  # not known, says the hospital
        ("", "1", "unclassified_admission", None),
        ("77", "1", "unclassified_admission", None),  # not in the list of methods
    ],
)
def test_how_a_stay_began_tells_its_point_of_delivery(feed, method, patient, point, how):
    hospital = feed("hospital")
    hospital.write("apc_2026-05_2026-05", [episode(method=method, patient=patient)])
    hospital.read()
    (stay,) = hospital.table("activity")
    assert (stay["point_of_delivery"], stay["admission_method"]) == (point, how)


def test_episodes_of_one_stay_in_two_files_are_put_together(feed):
    whole, split = feed("hospital"), feed("hospital")
    first, second = episode(discharged=""), episode(nth="2", start="2026-06-01", discharged="2026-06-03")
    whole.write("apc_2026-05_2026-06", [first, second])
    split.write("apc_2026-05_2026-05", [first])
    split.write("apc_2026-06_2026-06", [second])
    for each in (whole, split):
        each.read()
    for table in ("activity", "activity_code", "person"):
        assert whole.table(table) == split.table(table)
    assert whole.table("activity")[0]["end"] == date(2026, 6, 3)


def test_who_people_are_is_what_the_latest_row_knows(feed):
    hospital = feed("hospital")
    hospital.write("apc_2026-05_2026-05", [
        episode(born="1950-05-06", ethnic="A"),
        episode(born="1950-06-05", ethnic="Z", spell="S2", start="2026-05-20", admitted="2026-05-20", discharged=""),
    ])  # fmt: skip
    hospital.read()
    (known,) = hospital.table("person")
    assert (known["birth_date"], known["sex"], known["ethnic_group"]) == (date(1950, 6, 5), "female", "White")


def test_outpatients_who_attended_are_contacts_with_their_codes(feed):
    hospital = feed("hospital")
    hospital.write("op_2026-05_2026-05", rows_of("""
    NHSNumber | DateOfBirth | Sex | EthnicGroup | OrganisationCodeProvider | AttendanceIdentifier | AppointmentDate | AttendedOrDidNotAttend | TreatmentFunctionCode | CostPence | ProcedureOPCS_01 | DiagnosisICD_01
    #1        | 1950-05-06  | 2   | A           | ZZT01                    | A-1                  | 2026-05-01      | 5                      | 110                   | 17000     | U05.1            | M17.1
    #1        | 1950-05-06  | 2   | A           | ZZT01                    | A-2                  | 2026-05-02      | 3                      | 110                   |           | U05.1            | M17.1
    #2        | 1960-05-06  | 1   | A           | ZZT01                    | A-3                  | 2026-05-03      | 6                      | not known             | 17000     |                  |
    #2        | 1960-05-06  | 1   | A           | ZZT01                    | A-4                  | 2026-05-04      | 9                      | 110                   | 17000     |                  |
    """))  # fmt: skip
    hospital.read()
    contacts = hospital.table("activity")
    assert [(row["start"].day, row["specialty"], row["cost_pence"]) for row in sorted(contacts, key=lambda row: row["start"])] == [
        (1, "110", 17000), (3, None, 17000),
    ]  # fmt: skip
    assert sorted((row["kind"], row["position"], row["code"]) for row in hospital.table("activity_code")) == [
        ("diagnosis", 1, "M171"), ("procedure", 1, "U051"),
    ]  # fmt: skip
    assert hospital.counts() == {"op_2026-05_2026-05.csv": (4, 3, 1)}
    assert hospital.found()["Appointments that were not attended"] == 1
    assert [reason for *_, reason in hospital.aside()] == [
        "AttendedOrDidNotAttend is not one of: 5, 6, 2, 3, 4, 7, 0"
    ]


def test_attendances_at_emergency_departments_carry_their_diagnoses(feed):
    hospital = feed("hospital")
    hospital.write("ecds_2026-05_2026-05", rows_of("""
    NHSNumber | DateOfBirth | Sex | EthnicGroup | OrganisationCodeProvider | AttendanceIdentifier | DepartmentType | ArrivalDateTime     | DepartureDateTime   | DiagnosisSNOMED_01 | DiagnosisSNOMED_02 | CostPence
    #1        | 1950-05-06  | 2   | A           | ZZT01                    | E1                   | 01             | 2026-05-01 23:40:00 | 2026-05-02 03:10:00 | 84114007           | 49436004           | 29000
    #2        | 1950-05-06  | 2   | A           | ZZT01                    | E2                   | 03             | 2026-05-02 10:00:00 | 2026-05-01 03:10:00 |                    |                    |
    """))  # fmt: skip
    hospital.read()
    (visit,) = hospital.table("activity")
    assert (visit["point_of_delivery"], visit["start"].day, visit["end"].day) == (
        "emergency_department",
        1,
        2,
    )
    assert sorted((row["position"], row["system"], row["code"]) for row in hospital.table("activity_code")) == [
        (1, "SNOMED", "84114007"), (2, "SNOMED", "49436004"),
    ]  # fmt: skip
    assert [reason for *_, reason in hospital.aside()] == [
        "DepartureDateTime is 1 day before ArrivalDateTime"
    ]


@pytest.mark.parametrize(
    "code, attendance",
    [("1", "first"), ("3", "first"), ("2", "follow-up"), ("4", "follow-up"), ("5", None), ("9", None), ("", None), ("7", None)],
)  # fmt: skip
def test_an_outpatient_attendance_is_a_first_or_a_follow_up_as_its_code_says(feed, code, attendance):
    hospital = feed("hospital")
    hospital.write("op_2026-05_2026-05", [
        {"NHSNumber": number(1), "ATTENDKEY": "1", "APPTDATE": "2026-05-01", "ATTENDED": "5", "FIRSTATT": code},
    ])  # fmt: skip
    hospital.read()
    (contact,) = hospital.table("activity")
    assert (contact["attendance"], contact["department"], contact["minutes"]) == (attendance, None, None)
    assert hospital.found().get("Values of FirstAttendance that are not in its list", 0) == (code == "7")


MOMENTS = ("ArrivalDateTime", "ArrivalTime", "DepartureDateTime", "DepartureTime")
TIMES_KNOWN = "Attendances of which the times of arrival and departure are not both known"
BACKWARDS = "Attendances whose departure is before their arrival on the same day"


@pytest.mark.parametrize(
    "arrived, arrived_at, left, left_at, minutes, found",
    [
        ("2026-05-01 09:10:00", "", "2026-05-01 13:10:59", "", 240, None),  # whole minutes by the clock
        ("2026-05-01T23:40", "", "2026-05-02T03:10", "", 210, None),
        ("2026-05-01 09:10:00", "", "2026-05-04 09:10:00", "", 3 * 24 * 60, None),
        ("2026-05-01", "2340", "", "0310", 210, None),  # no day of departure: the day after
        ("2026-05-01", "09:10", "2026-05-01", "09:10", 0, None),
        ("2026-05-01 00:00:00", "0910", "2026-05-01 00:00:00", "1000", 50, None),  # days sent as midnights
        ("2026-05-01 00:00:00", "", "2026-05-02 00:00:00", "", None, TIMES_KNOWN),
        ("2026-05-01 09:10:00", "", "", "", None, TIMES_KNOWN),
        ("2026-05-01", "", "2026-05-01", "1000", None, TIMES_KNOWN),
        ("2026-05-01 09:10:00", "", "1800-01-01 09:10:00", "", None, TIMES_KNOWN),  # "not known"
        ("2026-05-01 29:10:00", "", "2026-05-01 13:10:00", "", None, TIMES_KNOWN),  # no time
        ("2026-05-01 13:10:00", "", "2026-05-01 09:10:00", "", None, BACKWARDS),
    ],
)
def test_minutes_in_a_department_are_those_between_arrival_and_departure(
    feed, arrived, arrived_at, left, left_at, minutes, found
):
    hospital = feed("hospital")
    sent = dict(zip(MOMENTS, (arrived, arrived_at, left, left_at), strict=True))
    row = {"NHSNumber": number(1), "AttendanceIdentifier": "E1", "DepartmentType": "03", **sent}
    hospital.write("ecds_2026-05_2026-05", [row])
    hospital.read()
    (visit,) = hospital.table("activity")
    assert (visit["minutes"], visit["department"], visit["attendance"]) == (minutes, "03", None)
    assert [each for each in (TIMES_KNOWN, BACKWARDS) if each in hospital.found()] == [found] * (
        found is not None
    )


@pytest.mark.parametrize(
    "as_sent", [datetime, lambda *parts: datetime(*parts, tzinfo=UTC), lambda *parts: date(*parts[:3])]
)
def test_moments_that_parquet_has_as_such_are_read_as_they_are(feed, as_sent):
    hospital = feed("hospital")
    hospital.write("ecds_2026-01_2026-01", [
        {"NHSNumber": number(1), "AttendanceIdentifier": "E1", "DepartmentType": "77",
         "ArrivalDateTime": as_sent(2026, 1, 1, 23, 40), "DepartureDateTime": as_sent(2026, 1, 2, 3, 10)},
    ], "parquet")  # fmt: skip
    hospital.read()
    (visit,) = hospital.table("activity")
    assert visit["minutes"] == (None if type(as_sent(2026, 1, 1, 0, 0)) is date else 210)
    assert (visit["start"], visit["end"], visit["department"]) == (date(2026, 1, 1), date(2026, 1, 2), None)
