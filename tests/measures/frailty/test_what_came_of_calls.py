"""What came of calls to the advice line: judged by the rules, counted once a person and week, hidden where few."""

from collections import Counter
from contextlib import closing
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from stewardship.build.measuring import place_cards
from stewardship.measures.cancer.grid import Spans
from stewardship.measures.cancer.reading import Pathways
from stewardship.measures.frailty.calls_bed_days import bed_days_table
from stewardship.measures.frailty.calls_counted import Placed, calls_table, outcomes_table
from stewardship.measures.frailty.calls_judged import judge_calls
from stewardship.measures.frailty.calls_named import (
    ADMITTED,
    AT_HOME,
    ATTENDED,
    CAME,
    CLAIMED,
    DIED,
    KNOWN,
    TO_HOSPITAL,
    by_day,
)
from stewardship.measures.frailty.calls_read import Calls, advised_by, intended_by, weekday
from stewardship.measures.frailty.line import AdviceLine
from stewardship.measures.layout import Layout
from stewardship.people.periods import Period, years_ending
from stewardship.people.table import linked_levels, people_of
from stewardship.records.engine import Engine
from stewardship.rules.frailty.calls import Advice, Intended, Since, Stay
from support.made_records import LAST_DAY, write_made_records
from support.small_records import opened

CALL = date(2025, 6, 2)
YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))
HOME, IN = "stay at home with plan", "direct admission"


def days(after, start=CALL):
    return start + timedelta(days=after)


def calls_of(*rows, since):
    """Calls of (person, day, intended, advice)."""
    table = pa.table({
        "person_id": pa.array([row[0] for row in rows], pa.int64()),
        "start": pa.array([row[1] for row in rows], pa.date32()),
        "intended": [row[2] for row in rows], "outcome": [row[3] for row in rows],
        "referred_by": ["Care home"] * len(rows), "reason": ["Falls"] * len(rows),
    })  # fmt: skip
    return Calls(Pathways(table, table, {}), since)


def those(calls):
    return {name: flags.tolist() for name, flags in judge_calls(calls).those.items()}


def after(**since):
    return those(calls_of((1, CALL, "Convey", HOME), since={1: Since(**{"known_to": LAST_DAY, **since})}))


@pytest.mark.parametrize(
    ("began", "by_7", "by_30"),
    [(0, True, True), (7, True, True), (8, False, True), (30, False, True), (31, False, False)],
)
def test_an_admission_on_the_last_day_counts_the_day_of_the_call_being_day_0(began, by_7, by_30):
    found = after(stays=(Stay(start=days(began), end=days(began + 3)),))
    assert (found[by_day(ADMITTED, 7)], found[by_day(ADMITTED, 30)]) == ([by_7], [by_30])


def test_attendance_death_and_being_at_home_are_told_apart():
    found = after(attended=(days(1),), died=days(20))
    assert found[by_day(ATTENDED, 7)] == found[CAME] == [True]
    assert (found[by_day(DIED, 7)], found[by_day(DIED, 30)]) == ([False], [True])
    assert (found[by_day(AT_HOME, 7)], found[by_day(AT_HOME, 30)]) == ([True], [False])


def test_who_was_in_hospital_or_is_not_followed_far_enough_stands_apart():
    assert after(stays=(Stay(start=days(-2), end=days(3)),))[by_day(KNOWN, 7)] == [False]
    found = after(known_to=days(20))
    assert (found[by_day(KNOWN, 7)], found[by_day(KNOWN, 30)]) == ([True], [False])


def test_of_several_calls_in_a_week_the_first_is_counted():
    since = {1: Since(known_to=LAST_DAY)}
    calls = calls_of(*((1, days(after_it), "Convey", HOME) for after_it in (0, 0, 3, 7, 8)), since=since)
    assert judge_calls(calls).row.tolist() == [0, 4]


@pytest.mark.parametrize(
    ("intended", "advice", "to_hospital", "claimed"),
    [
        ("Convey", "Stay at home with plan", True, True),
        ("admit", "virtual ward; UCR", True, True),
        ("Admit", "Virtual ward;Direct admission", True, False),
        ("Emergency department", "Stay at home with plan", False, False),
        ("", "Stay at home with plan", False, False),
        ("Convey", "", False, False),
    ],
)
def test_avoidance_is_claimed_only_of_what_the_caller_intended(intended, advice, to_hospital, claimed):
    found = those(calls_of((1, CALL, intended, advice), since={1: Since(known_to=LAST_DAY)}))
    assert (found[TO_HOSPITAL], found[CLAIMED]) == ([to_hospital], [claimed])


def test_words_of_several_senders_mean_the_same():
    assert intended_by("Emergency department") is intended_by("ed") is Intended.ED
    assert advised_by("Urgent community response; tests") == (Advice.UCR, Advice.TESTS)
    assert advised_by("something new") == (Advice.OTHER,)
    assert weekday(CALL) == "1 Monday"


def placed(calls, by="caller", names=None):
    year = np.zeros(len(calls), np.int64)
    return Placed.of(year, calls.person, {by: calls.caller if names is None else names})


def many(people, advice=HOME):
    rows = [(person, CALL, "Convey", advice) for person in range(people)]
    return calls_of(*rows, since={person: Since(known_to=LAST_DAY) for person in range(people)})


def test_shares_carry_their_interval_and_counts_are_rounded():
    calls = many(38)
    rows = outcomes_table(placed(calls), judge_calls(calls), Spans.of([YEAR])).to_pylist()
    claims = next(row for row in rows if row["what"] == CLAIMED and row["by"] == "everyone")
    assert (claims["numerator"], claims["denominator"], claims["value"], claims["state"]) == (
        40,
        40,
        100.0,
        "shown",
    )
    assert 85 < claims["lower95"] < claims["upper95"] == 100


def test_one_person_is_hidden_and_so_is_whatever_would_tell_of_them():
    calls = many(57)
    names = np.array(["Hospice"] * 1 + ["GP"] * 23 + ["Care home"] * 33, object)
    rows = outcomes_table(placed(calls, names=names), judge_calls(calls), Spans.of([YEAR])).to_pylist()
    of_index = {
        row["group"]: row["denominator"] for row in rows if row["what"] == CLAIMED and row["by"] == "caller"
    }
    assert of_index["Hospice"] is None
    assert None in (of_index["GP"], of_index["Care home"])


def test_many_calls_about_few_people_are_hidden():
    since = {person: Since(known_to=LAST_DAY) for person in range(50)}
    rows = [
        (person % 3 if person < 20 else person, days(8 * (person // 3)), "Convey", HOME)
        for person in range(50)
    ]
    calls = calls_of(*rows, since=since)
    names = np.array(["Hospice"] * 20 + ["GP"] * 30, object)
    spans = Spans.of([YEAR])
    told = calls_table(placed(calls, names=names), calls.day, spans).to_pylist()
    of_year = {row["group"]: row["calls"] for row in told if row["period"] == "year"}
    assert of_year["Hospice"] is None


def test_bed_days_rest_on_stays_that_ended_before_any_call():
    stays = (Stay(start=days(-40), end=days(-30)), Stay(start=days(2), end=days(60)))
    rows = [(person, CALL, "Convey", HOME) for person in range(20)]
    calls = calls_of(*rows, since={person: Since(known_to=LAST_DAY, stays=stays) for person in range(20)})
    outcomes = outcomes_table(placed(calls), judge_calls(calls), Spans.of([YEAR]))
    (row,) = bed_days_table(calls, outcomes, Spans.of([YEAR])).to_pylist()
    assert (row["claimed"], row["mean_stay"], row["days"], row["stays"]) == (20, 10.0, 200, 20)


def test_of_made_records_everybody_is_counted_as_the_rows_say(tmp_path):
    write_made_records(tmp_path, 4_000)
    with closing(Engine(scratch=tmp_path / "scratch", memory="1GB", threads=2)) as engine:
        records, periods = opened(tmp_path, engine), years_ending(LAST_DAY)
        people = people_of(records, periods).kept(engine)
        place = engine.ibis.to_pyarrow(records.table("place"))
        cards = place_cards(place, as_of=LAST_DAY, linked=linked_levels(people, engine))
        line = AdviceLine(records, people, Layout(len(periods), cards), periods)
        rows = engine.ibis.to_pyarrow(records.table("activity")).to_pylist()
        known = set(engine.ibis.to_pyarrow(people.table.select("person_id")).column(0).to_pylist())
        tables = line.tables()
    sent = Counter(
        (row["person_id"], row["start"])
        for row in rows
        if row["point_of_delivery"] == "advice_line" and row["person_id"] in known
    )
    assert sum(sent.values()) > 10
    assert Counter(zip(line.calls.person.tolist(), line.calls.on, strict=True)) == sent
    assert set(tables) == {"calls", "outcomes", "bed-days"}
    shown = [row for row in tables["outcomes"].to_pylist() if row["numerator"] is not None]
    assert all(row["numerator"] % 5 == 0 and row["numerator"] <= row["denominator"] for row in shown)
