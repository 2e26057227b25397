"""Files that name anybody but made-up people are found, whatever file, heading and way of writing it is."""

from contextlib import closing

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stewardship.records.engine import Engine
from stewardship.records.extracts.invented import names_somebody_else
from stewardship.rules.nhs_number import check_digit
from support.extract_feed import number


def beginning(digit):
    """A valid number that begins with a digit and is nobody's: only its check digit says that it is one."""
    return next(f"{stem}{end}" for stem in range(digit * 10**8, (digit + 1) * 10**8)
                if (end := check_digit(str(stem))) is not None)  # fmt: skip


def found(feed, kind="general practice"):
    with closing(Engine(scratch=feed.workspace / "scratch", threads=2)) as engine:
        return names_somebody_else(feed.folder, kind, "NHSNumber", engine)


REAL = beginning(4)
WRITTEN = [
    REAL,
    f"{REAL[:3]} {REAL[3:6]} {REAL[6:]}",
    f"{REAL[:3]}-{REAL[3:6]}-{REAL[6:]}",
    f" {REAL}",
    f"{REAL}.0",
]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("written", [*WRITTEN, beginning(6), beginning(7)])
def test_a_number_that_does_not_begin_with_9_is_found_however_it_is_written(feed, written, ending):
    practice = feed()
    people = [{"NHSNumber": each, "DateOfBirth": "1950-05-06"} for each in (number(1), number(2))]
    practice.write("patients", people, ending)
    assert found(practice) is None
    practice.write("patients", [*people, {**people[0], "NHSNumber": written}], ending)
    assert found(practice) == f"patients.{ending}"


def test_a_column_of_whole_numbers_is_looked_at_too(feed):
    practice = feed()
    numbers = pa.table({"NHSNumber": pa.array([int(number(1)), int(REAL)], pa.int64())})
    pq.write_table(numbers, practice.folder / "patients.parquet")
    assert found(practice) == "patients.parquet"


def test_any_file_and_any_heading_of_a_person_may_hold_it(feed):
    practice = feed()
    practice.write("patients", [{"NHSNumber": number(1), "DateOfBirth": "1950-05-06", "SupersededBy": REAL}])
    assert found(practice) == "patients.csv"
    hospital = feed("hospital")
    hospital.write("op_2026-05", [{"NHSNumber": number(1), "AttendanceIdentifier": REAL}])
    assert found(hospital, "hospital") is None  # the number of an attendance is nobody's
    hospital.write("op_2026-06", [{"nhsnumber": REAL, "AttendanceIdentifier": "A"}])
    assert found(hospital, "hospital") == "op_2026-06.csv"


@pytest.mark.parametrize("written", ["", "0000000000", "1111111111", REAL[:9], f"{REAL}1", "not known"])
def test_what_is_no_number_is_nobodys(feed, written):
    practice = feed()
    practice.write(
        "patients", [{"NHSNumber": each, "DateOfBirth": "1950-05-06"} for each in (number(1), written)]
    )
    assert found(practice) is None
