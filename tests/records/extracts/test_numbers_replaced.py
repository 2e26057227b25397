"""What becomes of a patient whose row names another number: of the same person, of nobody, or the row's own."""

import pytest

from support.extract_feed import number, person, rows_of

PATIENTS = """
NHSNumber | DateOfBirth | Sex | EthnicCategory | SupersededBy
#1        | 1950-05-06  | F   | A              |
"""


def spaced(place):
    return f"{number(place)[:3]} {number(place)[3:6]} {number(place)[6:]}"


def people(practice):
    return sorted(row["person_id"] for row in practice.table("person"))


@pytest.mark.parametrize("written", [number(2), spaced(2)])
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_whoever_is_replaced_by_the_same_number_is_replaced_by_nobody(feed, written, ending):
    practice = feed()
    practice.write("patients", rows_of(f"{PATIENTS}#2 | 1961-01-31 | M | R | {written}"), ending)
    practice.read()
    assert people(practice) == sorted([person(1), person(2)])
    assert practice.found().get("Numbers that another took the place of") is None
    assert practice.counts() == {f"patients.{ending}": (2, 2, 0)}


@pytest.mark.parametrize("written", ["12345", "9434765918", "nobody"])
def test_a_number_of_nobody_leaves_the_patient_and_is_told_with_what_it_means(feed, written):
    practice = feed()
    practice.write("patients", rows_of(f"{PATIENTS}#2 | 1961-01-31 | M | R | {written}"))
    practice.read()
    assert people(practice) == sorted([person(1), person(2)])
    assert practice.aside() == []
    (told,) = [each for each in practice.reading.findings if "SupersededBy" in each.check]
    assert (told.check, told.outcome, told.count) == (
        "Values of SupersededBy that are nobody's number",
        "fail",
        1,
    )
    assert "opted out" in told.consequence


def test_a_row_that_names_nobody_is_judged_like_any_other(feed):
    practice = feed()
    practice.write("patients", rows_of(f"{PATIENTS}#2 | | M | R | 12345\n12345 | 1961-01-31 | M | R | #1"))
    practice.read()
    assert [each[1:3] for each in practice.aside()] == [(2, "DateOfBirth"), (3, "NHSNumber")]
    assert "Values of SupersededBy that are nobody's number" not in practice.found()


@pytest.mark.parametrize(
    "rows, check, count",
    [
        (
            "#2 | 1961-01-31 | M | R | #3\n#3 | 1961-01-31 | M | R | #2",
            "Numbers that lead to each other in a circle",
            2,
        ),
        (
            "#2 | 1961-01-31 | M | R | #1\n#2 | 1961-01-31 | M | R | #3",
            "Numbers of which two newer ones are told",
            1,
        ),
    ],
)
def test_numbers_told_in_a_circle_or_two_ways_are_a_failure(feed, rows, check, count):
    practice = feed()
    practice.write("patients", rows_of(PATIENTS + rows))
    practice.read()
    (told,) = [each for each in practice.reading.findings if each.check == check]
    assert (told.outcome, told.count) == ("fail", count)
    assert "left out under all" in told.consequence


CIRCLE = "#2 | 1961-01-31 | M | R | #3\n#3 | 1961-01-31 | M | R | #2\n#4 | 1971-01-31 | F | A | #2"
ALL_OUT = "whoever opted out under any of them is left out under all."
NOT_TAKEN = "as what a row that names a newer number tells is not taken"


def told_of_a_circle(practice):
    practice.read()
    (told,) = [each for each in practice.reading.findings if each.check.endswith("in a circle")]
    return told.count, told.examined, told.consequence


def test_of_numbers_in_a_circle_it_is_told_that_nobody_knows_who_they_are(feed):
    practice = feed()
    practice.write("patients_2026-01", rows_of(PATIENTS + CIRCLE))
    assert told_of_a_circle(practice) == (
        3, 3, f"Nobody is the newest of 3, so records stay under each; 3 have no row in person, {NOT_TAKEN}; {ALL_OUT}"
    )  # fmt: skip
    assert people(practice) == [person(1)]


def test_a_number_in_a_circle_of_which_another_file_tells_has_its_row(feed):
    linked = feed("linked")
    linked.write("patients", rows_of(PATIENTS + CIRCLE))
    linked.write("op_2026-05", rows_of("""
    NHSNumber|DateOfBirth|Sex|OrganisationCodeProvider|AttendanceIdentifier|AppointmentDate|AttendedOrDidNotAttend
    #2       |1961-01-31 |1  |ZZT01                   |A                   |2026-05-01     |5
    """))  # fmt: skip
    assert told_of_a_circle(linked) == (
        3, 3, f"Nobody is the newest of 3, so records stay under each; 2 have no row in person, {NOT_TAKEN}; {ALL_OUT}"
    )  # fmt: skip
    assert people(linked) == sorted([person(1), person(2)])


def test_of_a_circle_that_a_later_file_ends_it_is_told_that_the_later_is_taken(feed):
    practice = feed()
    practice.write("patients_2026-01", rows_of(PATIENTS + CIRCLE))
    practice.write("patients_2026-02", rows_of(f"{PATIENTS}#3 | 1961-01-31 | M | R |"))
    assert told_of_a_circle(practice) == (3, 3, f"What was last told is taken; {ALL_OUT}")
    assert people(practice) == sorted([person(1), person(3)])


def test_a_circle_that_stays_is_told_beside_one_that_ended(feed):
    practice = feed()
    practice.write(
        "patients_2026-01",
        rows_of(f"{PATIENTS}{CIRCLE}\n#5 | 1961-01-31 | M | R | #6\n#6 | 1961-01-31 | M | R | #5"),
    )
    practice.write("patients_2026-02", rows_of(f"{PATIENTS}#3 | 1961-01-31 | M | R |"))
    assert told_of_a_circle(practice) == (
        5, 5,
        "What was last told is taken; nobody is the newest of 2, so records stay under each; 2 have no row in person, "
        f"{NOT_TAKEN}; {ALL_OUT}",
    )  # fmt: skip
