"""Where somebody lives when several sources tell: the last home; of two since one day, the first source's."""

from datetime import date

import pytest

from stewardship.people.periods import years_ending
from stewardship.people.table import people_table
from stewardship.records.engine import Engine
from support.small_records import SmallSource, drawn, opened, write_sources

PERSON = [{"person_id": 1, "birth_date": date(1950, 3, 4)}]
GP = {
    "person": PERSON,
    "registration": [{"person_id": 1, "practice": "P", "start": date(2015, 1, 1)}],
    "address": drawn("person_id | small_area | start\n1 | A1 | 1950-03-04"),
}
PLACES = {
    "place": drawn(
        "code | name | level | hierarchy | parent\nS | System | system | residence |\n"
        "W1 | One | neighbourhood | residence | S\nW2 | Two | neighbourhood | residence | S\n"
        "A1 | a | small_area | residence | W1\nA2 | b | small_area | residence | W2",
        "place",
    )
}


def hospital(start: str) -> dict:
    return {"person": PERSON, "address": drawn(f"person_id | small_area | start\n1 | A2 | {start}")}


def home(folder, sources) -> list[str]:
    write_sources(folder / "records", sources)
    engine = Engine(scratch=folder / "scratch", threads=1)
    people = people_table(opened(folder, engine), years_ending(date(2024, 3, 31)))
    rows = engine.ibis.to_pyarrow(people).to_pylist()
    engine.close()
    assert len(rows) == 5  # once a year, whoever else knows them
    return [row["neighbourhood"] for row in sorted(rows, key=lambda row: row["period"])]


@pytest.mark.parametrize(
    "first, since, homes",
    [
        ("general practice", "1950-03-04", ["W1"] * 5),
        ("hospital", "1950-03-04", ["W2"] * 5),
        ("general practice", "2021-07-01", ["W1"] * 2 + ["W2"] * 3),  # moved, as only the hospital knows
        ("hospital", "2021-07-01", ["W1"] * 2 + ["W2"] * 3),
    ],
)
def test_the_last_home_counts_and_of_two_since_one_day_the_first_sources(tmp_path, first, since, homes):
    told = {"general practice": {**GP, **PLACES}, "hospital": hospital(since)}
    order = [first, *(kind for kind in told if kind != first)]
    assert home(tmp_path, {kind.split()[0]: SmallSource(kind, told[kind]) for kind in order}) == homes
