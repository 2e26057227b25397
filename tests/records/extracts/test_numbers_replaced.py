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
