"""The data's last day, the future, and what the end of an observation period means."""

from datetime import date

import pytest

from stewardship.records.files import SourceError
from support.omop_feed import Feed, finding

PERIODS = "observation_period_id,person_id,observation_period_start_date,observation_period_end_date\n"
LAST = "Observation periods that end on the person's last contact"


def feed_of(feed: Feed, people: int, periods: str, seen: dict[int, str]) -> Feed:
    feed.write(
        "PERSON.csv", "person_id,year_of_birth\n" + "".join(f"{n},1960\n" for n in range(1, people + 1))
    )
    visits = "".join(f"{n},{n},9202,{day},{day}\n" for n, day in seen.items())
    feed.write(
        "VISIT_OCCURRENCE.csv",
        "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date\n" + visits,
    )
    return feed.write("OBSERVATION_PERIOD.csv", PERIODS + periods)


def ends(feed: Feed) -> list[object]:
    return [end and end.isoformat() for (end,) in feed.rows("registration", "end")]


def test_latest_periods_are_open_where_nearly_all_end_at_the_last_contact(feed):
    seen = {n: f"2023-01-{n:02}" for n in range(1, 11)}
    periods = "".join(f"{n},{n},2020-01-01,{day}\n" for n, day in seen.items() if n < 10)
    feed_of(feed, 10, periods + "10,10,2020-01-01,2022-08-01\n", seen)
    found = finding(feed.read(), LAST)
    assert (found.outcome, found.count, found.examined) == ("fail", 9, 10)
    assert ends(feed) == [None] * 10


def test_ends_are_taken_at_their_word_where_few_are_the_last_contact(feed):
    seen = {n: f"2023-01-{n:02}" for n in range(1, 6)}
    feed_of(
        feed, 5,
        "1,1,2020-01-01,2023-01-01\n2,2,2020-01-01,2022-05-05\n3,3,2020-01-01,2023-04-04\n"
        "4,4,2020-01-01,2023-06-30\n5,5,2020-01-01,2099-12-31\n",
        seen,
    )  # fmt: skip
    found = finding(feed.read(), LAST)
    assert (found.outcome, found.count, found.examined) == ("pass", 1, 5)
    assert ends(feed) == ["2023-01-01", "2022-05-05", "2023-04-04", None, None]  # the last day, and beyond


def test_only_the_last_of_a_persons_periods_is_left_open(feed):
    feed_of(feed, 1, "1,1,2010-01-01,2012-01-01\n2,1,2020-01-01,2023-01-31\n", {1: "2023-01-31"})
    feed.read()
    assert ends(feed) == ["2012-01-01", None]


def test_overlapping_periods_and_people_in_none_are_counted(feed):
    feed_of(
        feed,
        3,
        "1,1,2010-01-01,2012-01-01\n2,1,2011-06-01,2013-01-01\n3,2,2010-01-01,2012-01-01\n",
        {1: "2023-01-31"},
    )
    reading = feed.read()
    overlap = finding(reading, "Observation periods that overlap the one before")
    assert (overlap.count, overlap.examined) == (1, 3)
    assert finding(reading, "People in no observation period").count == 1


def test_observation_periods_of_nobody_are_set_aside(feed):
    feed_of(feed, 1, "1,1,2010-01-01,2012-01-01\n2,777,2010-01-01,2012-01-01\n", {1: "2012-01-01"}).read()
    assert feed.set_aside() == [
        (
            "OBSERVATION_PERIOD.csv",
            2,
            "person_id",
            "the person (3 digits) is not in PERSON, or was set aside there",
        )
    ]


@pytest.mark.parametrize(
    "not_after, as_of, expected",
    [
        ("2026-07-01", None, "2023-03-31"),  # the last visit; the death later that year does not count
        ("2023-02-15", None, "2023-01-31"),            # nothing after the day of the build
        ("2026-07-01", "2022-03-31", "2022-03-31"),
    ],
)  # fmt: skip
def test_as_of_is_the_last_day_of_activity_or_registration(feed, not_after, as_of, expected):
    feed_of(feed, 2, "1,1,2010-01-01,2022-01-01\n", {1: "2023-01-31", 2: "2023-03-31"})
    feed.write("DEATH.csv", "person_id,death_date\n1,2023-12-31\n")
    reading = feed.read(not_after=date.fromisoformat(not_after), as_of=as_of and date.fromisoformat(as_of))
    assert reading.as_of == date.fromisoformat(expected)


@pytest.mark.parametrize("days, loaded", [(31, 1), (30, 0)])
def test_the_future_begins_some_days_after_the_last_day(feed, days, loaded):
    feed_of(feed, 1, "", {1: "2023-01-31"}).write("DEATH.csv", "person_id,death_date\n1,2023-03-03\n")
    feed.read(future_days=days)
    assert len(feed.rows("death")) == loaded


def test_activity_after_an_earlier_as_of_date_is_loaded(feed):
    feed_of(feed, 2, "", {1: "2022-01-31", 2: "2023-03-31"}).read(as_of=date(2022, 3, 31))
    assert len(feed.rows("activity")) == 2


def test_a_feed_of_people_alone_stands_at_no_date_of_its_own(feed):
    feed.write("PERSON.csv", "person_id,year_of_birth\n1,1960\n")
    with pytest.raises(SourceError, match=r"up to 1 July 2026; name the day .* with --as-of"):
        feed.read(not_after=date(2026, 7, 1))
    assert feed.read(as_of=date(2026, 3, 31)).as_of == date(2026, 3, 31)


@pytest.mark.parametrize("stray", [
    "9,777,9202,2026-06-30,2026-06-30\n",   # of nobody in PERSON
    "9,1,9202,2026-06-30,2026-06-01\n",     # ends before it starts
    "9,1,9202,30/06/2026,\n",
])  # fmt: skip
def test_a_row_that_is_set_aside_does_not_move_the_as_of_date(feed, stray):
    feed_of(feed, 1, "1,1,2010-01-01,2022-01-01\n2,777,2010-01-01,2026-05-05\n", {1: "2023-01-31"})
    visits = feed.folder / "VISIT_OCCURRENCE.csv"
    visits.write_text(visits.read_text() + stray)
    assert feed.read().as_of == date(2023, 1, 31)


def test_the_end_of_a_stay_may_lie_in_the_future(feed):
    feed.write("PERSON.csv", "person_id,year_of_birth\n1,1960\n").write(
        "VISIT_OCCURRENCE.csv",
        "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date\n"
        "1,1,9201,2023-01-01,2099-01-01\n",
    )
    assert feed.read().as_of == date(2023, 1, 1)
    assert feed.rows("activity", "end") == [(date(2099, 1, 1),)]


@pytest.mark.parametrize("people, stray, last", [
    (20, "2024-06-30", "2023-01-31"),  # one person's row eighteen months on does not decide
    (20, "2023-02-03", "2023-01-31"),  # nor one of three days on: the day would tell when that person was seen
    (5, "2024-06-30", "2024-06-30"),   # of so few people nothing else can be said
])  # fmt: skip
def test_one_stray_row_does_not_move_the_last_day(feed, people, stray, last):
    periods = "".join(f"{n},{n},2010-01-01,2023-01-31\n" for n in range(1, people + 1))
    feed_of(feed, people, periods, {1: stray})
    feed.write(
        "CONDITION_OCCURRENCE.csv",
        "condition_occurrence_id,person_id,condition_start_date,condition_source_value\n"
        f"1,2,{stray},44054006\n",
    )
    reading = feed.read()
    assert reading.as_of == date.fromisoformat(last)
    assert not [f for f in reading.findings if stray in f.check + f.consequence]
    beyond = [
        (f.outcome, f.count, f.examined)
        for f in reading.findings
        if f.check == "Rows dated after the last day of the data"
    ]
    assert beyond == ([("fail", 2, people + 2)] if people > 8 else [])


def test_the_last_day_of_a_busy_feed_is_one_of_several_people_and_a_busy_week(feed):
    """Three people on 20 January, in a week of eight; two on the day after, and three a month on in a week of three."""
    days = ["2023-01-16"] * 5 + ["2023-01-20"] * 3 + ["2023-01-21"] * 2 + ["2023-02-21"] * 3
    feed_of(feed, 13, "", dict(enumerate(days, start=1)))
    assert feed.read().as_of == date(2023, 1, 20)
