"""Who is in a year's people table, and how they are described there: worked cases by hand."""

import pytest

from stewardship.people.periods import years_ending
from stewardship.people.table import linked_levels, people_of, people_table
from support.small_records import drawn, open_records


def described(folder, as_of, **tables):
    """The people table of drawn tables, by person and the year in which the year ends."""
    rows = {name: drawn(text, name) for name, text in tables.items()}
    known = {row["person_id"] for row in rows.get("person", ())}
    registered = sorted({row["person_id"] for row in rows["registration"]} - known)
    rows.setdefault("person", [])
    rows["person"] += [{"person_id": who, "birth_date": day("1960-07-01")} for who in registered]
    records = open_records(folder, rows)
    years = years_ending(day(as_of))
    lines = records.engine.ibis.to_pyarrow(people_table(records, years)).to_pylist()
    records.engine.close()
    keyed = {(line["person_id"], years[line["period"]].end.year): line for line in lines}
    assert len(keyed) == len(lines), "a person and year stand once"
    return keyed


def day(text):
    return drawn(f"day\n{text}")[0]["day"]


SINCE_2015 = """
person_id | start      | end
1         | 2015-01-01 |
"""


@pytest.mark.parametrize("born, as_of, age", [
    ("1959-12-31", "2024-12-31", 65),  # on the birthday
    ("1960-01-01", "2024-12-31", 64),  # the day before it
    ("1960-02-29", "2025-02-28", 64),  # born on 29 February: older on 1 March
    ("1960-02-29", "2025-03-01", 65),
    ("1960-02-29", "2024-02-29", 64),  # and on the day itself in a leap year
    ("1960-02-29", "2024-02-28", 63),
    ("2024-12-31", "2024-12-31", 0),
    ("1920-01-01", "2024-12-31", 104),
])  # fmt: skip
def test_age_is_in_whole_years_on_the_last_day(tmp_path, born, as_of, age):
    person = f"person_id | birth_date\n1 | {born}"
    line = described(tmp_path, as_of, person=person, registration=SINCE_2015)[1, day(as_of).year]
    assert line["age"] == age
    assert line["age_band"] == min(age // 5, 18)


@pytest.mark.parametrize("spells, days, at_end", [
    # the whole year, which has 366 days
    ("1 | 2015-01-01 |           ", 366, True),
    ("1 | 2024-01-01 | 2024-12-31", 366, True),
    # one day, at either end of the year
    ("1 | 2024-12-31 |           ", 1, True),
    ("1 | 2015-01-01 | 2024-01-01", 1, False),
    # leaving in the middle: both the first and the last day count
    ("1 | 2015-01-01 | 2024-03-31", 91, False),
    # leaving and coming back
    ("1 | 2015-01-01 | 2024-01-10\n1 | 2024-12-22 | ", 20, True),
    # two spells one after the other are one stay
    ("1 | 2015-01-01 | 2024-06-30\n1 | 2024-07-01 | ", 366, True),
    # a day in two spells is one day
    ("1 | 2015-01-01 | 2024-12-31\n1 | 2024-07-01 | ", 366, True),
    ("1 | 2024-01-01 | 2024-01-20\n1 | 2024-01-11 | 2024-01-31", 31, False),
    ("1 | 2024-01-01 | 2024-01-31\n1 | 2024-01-11 | 2024-01-20\n1 | 2024-01-31 | 2024-02-01", 32, False),
    ("1 | 2015-01-01 | 2023-12-31\n1 | 2016-01-01 | 2024-01-05", 5, False),
    ("1 | 2015-01-01 | \n1 | 2016-01-01 | 2024-01-05", 366, True),
])  # fmt: skip
def test_days_there_and_whether_still_there_at_the_end(tmp_path, spells, days, at_end):
    line = described(tmp_path, "2024-12-31", registration=f"person_id | start | end\n{spells}")[1, 2024]
    assert (line["days"], line["at_end"]) == (days, at_end)


@pytest.mark.parametrize("died, days, at_end, years", [
    ("2024-12-31", 366, False, {2020, 2021, 2022, 2023, 2024}),  # on the last day: there that day, not after
    ("2025-01-01", 366, True, {2020, 2021, 2022, 2023, 2024}),
    ("2024-01-01", 1, False, {2020, 2021, 2022, 2023, 2024}),
])  # fmt: skip
def test_death_ends_a_stay_that_the_register_left_open(tmp_path, died, days, at_end, years):
    found = described(tmp_path, "2024-12-31", registration=SINCE_2015, death=f"person_id | date\n1 | {died}")
    assert (found[1, 2024]["days"], found[1, 2024]["at_end"]) == (days, at_end)
    assert {year for _, year in found} == years


def test_whoever_died_before_a_year_is_not_in_it(tmp_path):
    death = "person_id | date\n1 | 2022-12-31"
    found = described(tmp_path, "2024-12-31", registration=SINCE_2015, death=death)
    assert {year for _, year in found} == {2020, 2021, 2022}


def test_age_is_that_on_the_day_of_leaving(tmp_path):
    found = described(
        tmp_path, "2024-12-31",
        person="person_id | birth_date\n1 | 1959-06-15",
        registration="person_id | start | end\n1 | 2015-01-01 | 2024-06-14",
    )  # fmt: skip
    assert found[1, 2024]["age"] == 64


@pytest.mark.parametrize("born, registration, younger", [
    ("1959-06-15", "1 | 2015-01-01 | ", 166),  # 1 January to 14 June of a leap year, but for a day
    ("1959-01-01", "1 | 2015-01-01 | ", 0),
    ("1959-12-31", "1 | 2015-01-01 | ", 365),
    ("1959-03-01", "1 | 2015-01-01 | 2024-02-29", 0),
    ("1960-02-29", "1 | 2015-01-01 | 2024-02-29", 59),
    ("1959-06-15", "1 | 2015-01-01 | 2024-06-14", 0),
    ("1959-06-15", "1 | 2024-07-01 | ", 0),
    ("2023-12-01", "1 | 2023-12-01 | ", 335),
    ("2024-03-01", "1 | 2024-03-01 | ", 0),
])  # fmt: skip
def test_days_before_the_last_birthday_were_lived_at_a_younger_age(tmp_path, born, registration, younger):
    found = described(
        tmp_path, "2024-12-31",
        person=f"person_id | birth_date\n1 | {born}",
        registration=f"person_id | start | end\n{registration}",
    )  # fmt: skip
    assert abs(found[1, 2024]["younger"] - younger) <= 1


def test_a_child_is_there_from_the_day_of_birth(tmp_path):
    found = described(
        tmp_path, "2024-12-31",
        person="person_id | birth_date\n1 | 2024-12-22",
        registration="person_id | start | end\n1 | 2023-06-01 | ",
    )  # fmt: skip
    assert {year for _, year in found} == {2024}
    assert (found[1, 2024]["age"], found[1, 2024]["days"]) == (0, 10)


def test_whoever_is_in_no_register_is_in_no_year(tmp_path):
    found = described(
        tmp_path, "2024-12-31",
        person="person_id | birth_date\n1 | 1960-07-01\n2 | 1960-07-01",
        registration="person_id | start | end\n1 | 2015-01-01 | ",
    )  # fmt: skip
    assert {who for who, _ in found} == {1}


def test_a_register_of_somebody_unknown_counts_for_nobody(tmp_path):
    rows = {"registration": drawn("person_id | start\n7 | 2015-01-01", "registration")}
    records = open_records(tmp_path, rows)
    people = people_table(records, years_ending(day("2024-12-31")))
    assert records.engine.ibis.to_pyarrow(people).num_rows == 0


PLACES = """
code | name            | level           | hierarchy    | parent | end
SYS  | All of it       | system          | registration |        |
ALL1 | North alliance  | alliance        | registration | SYS    |
ALL2 | South alliance  | alliance        | registration | SYS    |
NET1 | Upper network   | network         | registration | ALL1   |
NET2 | Lower network   | network         | registration | ALL2   |
P1   | The Surgery     | practice        | registration | NET1   |
P2   | The Health Hub  | practice        | registration | NET2   |
HOM1 | North homes     | alliance        | residence    | SYS    |
HOM2 | South homes     | alliance        | residence    | SYS    |
LA1  | Northtown       | local_authority | residence    | HOM1   |
LA2  | Southtown       | local_authority | residence    | HOM2   |
W1   | Harbour         | neighbourhood   | residence    | LA1    |
W2   | Hill            | neighbourhood   | residence    | LA2    |
A1   | Harbour 1       | small_area      | residence    | W1     |
A2   | Hill 2          | small_area      | residence    | W2     |
"""
HOMES_ONLY = "\n".join(line for line in PLACES.splitlines() if " registration " not in line)
FIFTHS = """
code | deprivation_edition | deprivation_fifth
A1   | 2019                | 3
A1   | 2025                | 1
A2   | 2025                | 5
"""


def places_of(line):
    names = ("practice", "network", "alliance", "small_area", "neighbourhood", "local_authority", "fifth")
    return tuple(line[name] for name in names)


def test_places_by_practice_and_by_home_stand_side_by_side(tmp_path):
    """The alliance is the practice's; deprivation is the home's, by the latest edition of the index."""
    found = described(
        tmp_path, "2024-12-31", place=PLACES, small_area=FIFTHS,
        registration="""
            person_id | practice | start      | end
            1         | P1       | 2015-01-01 |
            2         | P2       | 2015-01-01 |
            3         |          | 2015-01-01 |
            4         | P1       | 2015-01-01 |
        """,
        address="""
            person_id | small_area | start
            1         | A1         | 2015-01-01
            2         | A1         | 2015-01-01
            3         | A2         | 2015-01-01
        """,
    )  # fmt: skip
    assert places_of(found[1, 2024]) == ("P1", "NET1", "ALL1", "A1", "W1", "LA1", 1)
    assert places_of(found[2, 2024]) == ("P2", "NET2", "ALL2", "A1", "W1", "LA1", 1)
    assert places_of(found[3, 2024]) == (None, None, None, "A2", "W2", "LA2", 5)
    assert places_of(found[4, 2024]) == ("P1", "NET1", "ALL1", None, None, None, None)


def test_without_practices_alliances_are_those_of_the_homes(tmp_path):
    found = described(
        tmp_path, "2024-12-31", place=HOMES_ONLY,
        registration="person_id | start\n1 | 2015-01-01",
        address="person_id | small_area | start\n1 | A2 | 2015-01-01",
    )  # fmt: skip
    assert found[1, 2024]["alliance"] == "HOM2"


def test_moving_home_or_practice_is_felt_in_the_year_of_the_move(tmp_path):
    """A resident is described as on the last day there, so a whole year goes to one place."""
    found = described(
        tmp_path, "2024-12-31", place=PLACES,
        registration="""
            person_id | practice | start      | end
            1         | P1       | 2015-01-01 | 2023-12-30
            1         | P2       | 2023-12-31 |
        """,
        address="""
            person_id | small_area | start
            1         | A1         | 2015-01-01
            1         | A2         | 2024-12-31
        """,
    )  # fmt: skip
    moves = {year: (line["practice"], line["small_area"]) for (_, year), line in found.items()}
    assert moves == {
        2020: ("P1", "A1"), 2021: ("P1", "A1"), 2022: ("P1", "A1"), 2023: ("P2", "A1"), 2024: ("P2", "A2"),
    }  # fmt: skip


def test_of_two_practices_at_once_the_later_joined_counts(tmp_path):
    found = described(
        tmp_path, "2024-12-31", place=PLACES,
        registration="""
            person_id | practice | start      | end
            1         | P2       | 2015-01-01 |
            1         | P1       | 2024-03-01 |
        """,
    )  # fmt: skip
    assert found[1, 2024]["practice"] == "P1"


def test_a_practice_that_has_closed_lies_in_no_place_of_today(tmp_path):
    closed = PLACES.replace("registration | NET1   |", "registration | NET1   | 2023-06-30")
    found = described(
        tmp_path, "2024-12-31", place=closed,
        registration="person_id | practice | start\n1 | P1 | 2015-01-01",
    )  # fmt: skip
    assert places_of(found[1, 2024])[:3] == (None, None, None)


@pytest.mark.parametrize("spells, network", [
    # open in two networks at once, as a directory that never closes the older spell has it
    ("NET1 | 2019-07-01 |           \nNET2 | 2021-04-01 |           ", "NET2"),
    ("NET2 | 2021-04-01 |           \nNET1 | 2019-07-01 |           ", "NET2"),
    ("NET1 |            |           \nNET2 | 2021-04-01 |           ", "NET2"),
    # the later has ended: before the as-of date, on it, and after it
    ("NET1 | 2019-07-01 |           \nNET2 | 2021-04-01 | 2024-12-30", "NET1"),
    ("NET1 | 2019-07-01 |           \nNET2 | 2021-04-01 | 2024-12-31", "NET2"),
    ("NET1 | 2019-07-01 |           \nNET2 | 2021-04-01 | 2027-03-31", "NET2"),
    # one that begins after the as-of date is today's place
    ("NET1 | 2019-07-01 | 2026-03-31\nNET2 | 2026-04-01 |           ", "NET2"),
])  # fmt: skip
def test_one_membership_counts_of_a_practice_in_several_networks(tmp_path, spells, network):
    rows = "".join(f"P1 | The Surgery | practice | registration | {s}\n" for s in spells.splitlines())
    found = described(
        tmp_path, "2024-12-31", place=_with_starts(PLACES, rows),
        registration="person_id | practice | start\n1 | P1 | 2015-01-01",
    )  # fmt: skip
    assert found[1, 2024]["network"] == network


def _with_starts(places, more):
    """The drawn places but for P1, with an empty column of starts, and more rows."""
    head, *rows = [line.rsplit("|", 1) for line in places.strip().splitlines() if not line.startswith("P1 ")]
    lines = [f"{head[0]}| start |{head[1]}", *(f"{before}| |{end}" for before, end in rows)]
    return "\n".join(lines) + "\n" + more


def test_of_two_spells_on_the_same_days_the_one_with_a_practice_counts(tmp_path):
    found = described(
        tmp_path, "2024-12-31", place=PLACES,
        registration="""
            person_id | practice | start
            1         | P1       | 2015-01-01
            1         |          | 2015-01-01
        """,
    )  # fmt: skip
    assert found[1, 2024]["practice"] == "P1"


def test_where_no_registration_names_a_known_practice_alliances_are_those_of_the_homes(tmp_path):
    found = described(
        tmp_path, "2024-12-31", place=PLACES,
        registration="person_id | practice | start\n1 | X9 | 2015-01-01\n2 | | 2015-01-01",
        address="person_id | small_area | start\n1 | A2 | 2015-01-01",
    )  # fmt: skip
    assert places_of(found[1, 2024])[:3] == (None, None, "HOM2")


@pytest.mark.parametrize("registered, home, linked", [
    ("P1", "A1", {"practice", "network", "alliance", "local_authority", "neighbourhood"}),
    ("P1", "X9", {"practice", "network", "alliance"}),
    ("", "A1", {"alliance", "local_authority", "neighbourhood"}),
    ("X9", "X9", set()),
])  # fmt: skip
def test_levels_that_nobody_is_linked_to_are_told(tmp_path, registered, home, linked):
    spells = f"person_id | practice | start\n1 | {registered} | 2015-01-01\n2 | | 2015-01-01"
    rows = {
        "place": drawn(PLACES, "place"),
        "person": [{"person_id": who, "birth_date": day("1960-07-01")} for who in (1, 2)],
        "registration": drawn(spells, "registration"),
        "address": drawn(f"person_id | small_area | start\n1 | {home} | 2015-01-01", "address"),
    }
    records = open_records(tmp_path, rows)
    people = people_of(records, years_ending(day("2024-12-31"))).kept(records.engine)
    assert linked_levels(people, records.engine) == linked
    records.engine.close()
