"""Rows that cannot be loaded: each is counted, and its reason says where and what, and nothing that
identifies."""

import pytest

from support.omop_feed import BUILD_DAY, PERSON, Feed, finding

CONDITION = (
    "condition_occurrence_id,person_id,condition_source_value,condition_start_date,condition_end_date\n"
)


def reasons(feed: Feed, rows: str) -> list[tuple[object, ...]]:
    """Column and reason of what was set aside of some conditions."""
    feed.with_people().write("CONDITION_OCCURRENCE.csv", CONDITION + rows)
    reading = feed.read()
    count = next(c for c in reading.files if c.file == "CONDITION_OCCURRENCE.csv")
    assert count.read == count.loaded + count.quarantined == rows.count("\n")
    assert count.loaded == len(feed.rows("condition"))
    aside = [row for row in feed.set_aside() if row[0] == "CONDITION_OCCURRENCE.csv"]
    assert count.quarantined == len(aside)
    return [row[1:] for row in aside]


@pytest.mark.parametrize(
    "row, column, reason",
    [
        ("1,1,44054006,31/02/2020,", "condition_start_date",
         "the date (written 99/99/9999) is not a day: write it as 2020-02-28"),
        ("1,1,44054006,2020-02-31,", "condition_start_date",
         "the date (written 9999-99-99) is not a day: write it as 2020-02-28"),
        ("1,1,44054006,Smith,", "condition_start_date",
         "the date (5 characters) is not a day: write it as 2020-02-28"),
        ("1,1,44054006,9434765919,", "condition_start_date",
         "the date (10 digits) is not a day: write it as 2020-02-28"),
        ("1,1,44054006,,", "condition_start_date", "condition_start_date is empty"),
        ("1,1,44054006,2020-03-01,2020-02-01", "condition_end_date",
         "condition_end_date is 29 days before condition_start_date"),
        ("1,1,44054006,2027-09-01,", "condition_start_date",
         "the date lies after the last day of the data, 30 June 2024"),
        ("1,9876543210,44054006,2020-03-01,", "person_id",
         "the person (10 digits) is not in PERSON, or was set aside there"),
        ("1,943 476 5919,44054006,2020-03-01,", "person_id",
         "the value (12 characters) is not a whole number"),
        ("1,,44054006,2020-03-01,", "person_id", "person_id is empty"),
        ("x1,1,44054006,2020-03-01,", "condition_occurrence_id",
         "the value (2 characters) is not a whole number"),
        (",1,44054006,2020-03-01,", "condition_occurrence_id", "condition_occurrence_id is empty"),
        ("1,1,,2020-03-01,", "condition_source_value",
         "the row has no code: neither a concept nor a source value that is a code"),
        ("1,1,44054006", "", "the row has 3 fields under 5 headings"),
        ("1,1,44054006,2020-03-01,,surplus", "", "the row has 6 fields under 5 headings"),
        ('1,1,"44"054006,2020-03-01,', "", "a quotation mark stands inside a quoted text: write it twice"),
    ],
)  # fmt: skip
def test_the_reason_says_what_was_expected(feed, row, column, reason):
    assert reasons(feed, f"{row}\n") == [(1, column, reason)]


def test_rows_around_a_broken_one_are_loaded_and_keep_their_numbers(feed):
    rows = "".join(
        "5,1,1,2,3,4,5,6,7,8,9\n" if n in (1500, 2000) else f"{n},1,44054006,2020-01-01,\n"
        for n in range(1, 3001)
    )
    assert [row for row, *_ in reasons(feed, rows)] == [1500, 2000]
    assert all(number == row for number, row in feed.rows("condition", "event_id", "source_row"))


def test_a_row_that_is_not_utf_8_is_set_aside_and_the_rest_loaded(feed):
    feed.with_people().write(
        "LOCATION.csv", b"location_id,location_source_value\n1,E01000001\n2,caf\xe9\n3,E01000003\n"
    )
    feed.read()
    assert feed.set_aside() == [("LOCATION.csv", 2, "", "the row is not UTF-8 text: save the file as UTF-8")]


def test_the_first_of_two_rows_with_one_number_is_kept(feed):
    same = "7,1,44054006,2020-01-01,\n"
    rows = f"{same}{same}8,1,44054006,2020-01-01,\n7,2,73211009,2021-01-01,\n"
    repeated = "the condition_occurrence_id is in the file more than once: the first row is kept"
    assert reasons(feed, rows) == [
        (2, "condition_occurrence_id", repeated),
        (4, "condition_occurrence_id", repeated),
    ]
    assert feed.rows("condition", "event_id", "code", "source_row") == [
        (7, "44054006", 1),
        (8, "44054006", 3),
    ]


def test_repeats_with_other_content_are_counted_apart(feed):
    feed.with_people().write(
        "CONDITION_OCCURRENCE.csv",
        CONDITION + "7,1,44054006,2020-01-01,\n7,1,44054006,2020-01-01,\n7,2,73211009,2021-01-01,\n",
    )
    found = finding(feed.read(), "Rows repeated with other content")
    assert (found.outcome, found.count, found.examined) == ("fail", 1, 3)


def test_a_person_twice_is_kept_once(feed):
    feed.write("person.csv", PERSON + "2,8507,1981,1,1\n").read(as_of=BUILD_DAY)
    assert feed.set_aside() == [
        ("person.csv", 3, "person_id", "the person is in the file more than once: the first row is kept")
    ]
    assert feed.rows("person", "person_id", "sex") == [(1, "male"), (2, "female")]


def test_someone_born_after_the_data_ends_is_set_aside_with_all_they_have(feed):
    feed.with_people().write("PERSON.csv", PERSON + "3,8507,2099,1,1\n")
    feed.write("DEATH.csv", "person_id,death_date\n3,2024-01-01\n")
    feed.read()
    assert feed.set_aside() == [
        ("DEATH.csv", 1, "person_id", "the person (1 digits) is not in PERSON, or was set aside there"),
        ("PERSON.csv", 3, "year_of_birth", "the date lies after the last day of the data, 30 June 2024"),
    ]


@pytest.mark.parametrize(
    "born, reason",
    [
        ("31,2,1980", "year, month and day of birth make no day"),
        (",,", "year, month and day of birth make no day"),
        ("1,1,19800101123", "year, month and day of birth make no day"),
        ("first,1,1980", "the value (5 characters) is not a whole number"),
    ],
)
def test_a_date_of_birth_is_never_shown(feed, born, reason):
    day, month, year = born.split(",")
    feed.write(
        "PERSON.csv",
        f"person_id,year_of_birth,month_of_birth,day_of_birth\n1,{year},{month},{day}\n2,1980,1,1\n",
    )
    assert feed.read(as_of=BUILD_DAY).people == 1
    assert feed.set_aside()[0][3] == reason


def test_rows_with_empty_fields_beyond_the_headings_are_read_in_place(feed):
    feed.with_people().write("DEATH.csv", "person_id,death_date\n1,2024-01-02,,,,\n2,2024-02-03,,,,\n")
    found = finding(feed.read(), "Rows with 6 fields under 2 headings")
    assert (found.outcome, found.count, found.examined) == ("fail", 2, 2)
    assert [day.isoformat() for _, day in feed.rows("death", "person_id", "date")] == [
        "2024-01-02",
        "2024-02-03",
    ]


def test_line_breaks_inside_quotation_marks_are_counted(feed):
    feed.with_people().write(
        "LOCATION.csv", 'location_id,location_source_value\n1,"two\nlines"\n2,"open\n3,closed"\n'
    )
    found = finding(feed.read(), "Line breaks inside quotation marks")
    assert (found.count, found.examined) == (2, 2)


def test_blank_lines_at_the_end_are_not_line_breaks_in_texts(feed):
    feed.with_people().write("DEATH.csv", "person_id,death_date\n1,2024-01-02\n")
    assert not [f for f in feed.read().findings if f.check == "Line breaks inside quotation marks"]
