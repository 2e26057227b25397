"""Unusual reading: each rule at its limit and just below it, and planted misuse among weeks of normal reading."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.access import alerts as made
from stewardship.access.actions import Action
from stewardship.access.alerts import (
    alert_query,
    closing_words,
    closings,
    own_digest,
    raised,
    raised_words,
    still_open,
)  # fmt: skip
from stewardship.access.chain import Event
from stewardship.access.keys import AccessLogError, Keys
from stewardship.access.watch import RULES, Reading, limits

KEYS = Keys(("a key of a log under test, of its own",))
LIMITS = limits()
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))


def each(count, apart, *, start=MONDAY, did=Action.VIEW, people=None, **more):
    """Readings so far apart, each of another person unless it is said of whom."""
    return [
        Reading(number + 1, start + number * apart, did.value, frozenset(people or {100 + number}), **more)
        for number in range(count)
    ]


def steps(link_for, factor_of, *, apart=HOUR):
    """One administrator makes a link for an account, and takes a second factor away."""
    link, factor = each(2, apart, people=set())
    return [
        replace(link, did=Action.MAKE_LINK.value, query=link_for),
        replace(factor, did=Action.TAKE_FACTOR.value, query=factor_of),
    ]


def found(rule, readings):
    return len(RULES[rule](readings, LIMITS[rule]))


SATURDAY, NIGHT = MONDAY + 5 * DAY, MONDAY + 12 * HOUR
SUMMER_EVENING = datetime(2026, 7, 6, 18, 59, tzinfo=UTC)  # 19:59 in London


@pytest.mark.parametrize(
    ("rule", "readings", "stand_out"),
    [
        ("many_people", each(60, MINUTE), 60),
        ("many_people", each(61, MINUTE), 61),
        ("many_people", each(59, MINUTE), 0),
        ("many_people", each(80, 2 * MINUTE), 0),
        ("many_people", each(80, MINUTE, people={7}), 0),
        ("many_people", each(80, MINUTE, did=Action.LIST), 0),
        ("many_people", each(80, MINUTE, refused=True), 0),
        ("many_people", each(1, MINUTE, did=Action.SEARCH, people=set(range(60))), 1),
        ("out_of_hours", each(5, MINUTE, start=NIGHT), 5),
        ("out_of_hours", each(4, MINUTE, start=NIGHT), 0),
        ("out_of_hours", each(5, MINUTE, start=SATURDAY), 5),
        ("out_of_hours", each(5, MINUTE), 0),
        ("out_of_hours", each(6, MINUTE, start=SUMMER_EVENING), 5),  # the first is within summer's hours
        ("refused", each(6, 10 * MINUTE, did=Action.REFUSED, refused=True), 6),
        ("refused", each(5, MINUTE, did=Action.REFUSED, refused=True), 0),
        ("refused", each(9, 15 * MINUTE, refused=True), 0),
        ("out_of_scope", each(4, HOUR, refused=True), 4),
        ("out_of_scope", each(4, HOUR, refused=True, people={7}), 0),
        ("out_of_scope", each(4, 9 * HOUR, refused=True), 0),
        ("opened_and_closed", each(11, 10 * SECOND), 10),
        ("opened_and_closed", each(10, 10 * SECOND), 0),
        ("opened_and_closed", each(20, 11 * SECOND), 0),
        ("opened_and_closed", each(20, SECOND, people={7}), 0),
        ("again_and_again", each(20, 8 * HOUR, people={7}), 20),
        ("again_and_again", each(19, HOUR, people={7}), 0),
        ("again_and_again", each(20, 9 * HOUR, people={7}), 0),
        (
            "again_and_again",
            each(80, 15 * MINUTE, people={7}),
            0,
        ),  # one long sitting of somebody who tracks them
        ("again_and_again", each(20, 16 * MINUTE, people={7}), 20),
        ("own_record", each(1, HOUR, own=True), 1),
        ("own_record", each(1, HOUR, own=True, refused=True), 0),
        ("break_glass", each(1, HOUR, did=Action.BREAK_GLASS), 1),
        ("large_export", each(2, HOUR, did=Action.EXPORT, shown=100), 2),
        ("large_export", each(2, HOUR, did=Action.EXPORT, shown=99), 0),
        ("large_export", each(2, 25 * HOUR, did=Action.EXPORT, shown=199), 0),
        ("dormant_then_busy", [*each(1, DAY, start=MONDAY - 30 * DAY), *each(20, HOUR)], 20),
        ("dormant_then_busy", [*each(1, DAY, start=MONDAY - 29 * DAY), *each(20, HOUR)], 0),
        ("dormant_then_busy", [*each(1, DAY, start=MONDAY - 30 * DAY), *each(19, HOUR)], 0),
        ("dormant_then_busy", each(40, HOUR), 0),
        ("care_role_given", each(1, HOUR, did=Action.GIVE_CARE_ROLE), 1),
        ("care_role_given", each(1, HOUR, did=Action.CHANGE), 0),
        ("account_opened", steps("account#1", "account#1"), 2),
        ("account_opened", steps("account#1", "account#1", apart=25 * HOUR), 0),
        ("account_opened", steps("account#1", "account#2"), 0),
        ("account_opened", each(5, MINUTE, did=Action.MAKE_LINK, query="account#1"), 0),
    ],
)
def test_each_rule_begins_at_its_limit(rule, readings, stand_out):
    assert found(rule, readings) == stand_out


def test_every_limit_has_its_reason_and_its_author():
    assert all(limit.reason and limit.author and limit.dated for limit in LIMITS.values())
    assert LIMITS.keys() == RULES.keys()


@given(
    st.sampled_from(sorted(RULES)), st.lists(st.tuples(st.integers(0, 200), st.integers(1, 9)), max_size=40)
)
def test_what_stands_out_was_among_what_was_read_and_each_once(rule, steps):
    at, readings = MONDAY, []
    for number, (minutes, person) in enumerate(steps):
        at += minutes * MINUTE
        readings.append(
            Reading(number, at, "view", frozenset({person}), person, refused=person == 9, own=person == 8)
        )
    stand_out = RULES[rule](readings, replace(LIMITS[rule], at_least=3))
    assert len({one.sequence for one in stand_out}) == len(stand_out)
    assert set(stand_out) <= set(readings)


def alerts(events, *more):
    """Of events as a log gives them to the watch: member by member."""
    return made.alerts(sorted(events, key=lambda one: (one.member or 0, one.name, one.sequence)), *more)


# a surgery's month, and misuse planted in it


class Diary:
    """Events of a log, as they come."""

    def __init__(self):
        self.events = []

    def writes(self, member, at, did=Action.VIEW, people=(), *, result="allowed", shown=None, **more):
        about = f",{','.join(map(str, people))}," if people else ""
        self.events.append(
            Event(
                len(self.events) + 1, at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), member, f"Member {member}",
                "practice-user", "P81001", "", "", did.value, about, more.get("query", ""), shown,
                KEYS.closed(more.get("reason", "")), result, "page", "",
            )
        )  # fmt: skip
        return self.events[-1].sequence


def a_normal_month(members=12, days=28, seed=5):
    """Every member reads 15 to 30 people on each working day, some of them on several days, and signs in and out."""
    by_chance, diary = random.Random(seed), Diary()
    for day in range(days):
        for member in range(1, members + 1):
            start = MONDAY.replace(hour=8) + day * DAY + by_chance.randrange(60) * MINUTE
            if start.weekday() > 4:
                continue
            diary.writes(member, start, Action.SIGN_IN)
            for number in range(by_chance.randint(15, 30)):
                person = member * 1000 + by_chance.randrange(300)
                at = start + (number + 1) * 15 * MINUTE
                diary.writes(member, at, Action.VIEW, [person])
                if by_chance.random() < 0.01:
                    diary.writes(
                        member, at + MINUTE, Action.SEARCH, [person + 50_000], result="refused", shown=0
                    )
            diary.writes(member, start + 9 * HOUR, Action.SIGN_OUT)
    return diary


PLANTED = {
    1: "many_people", 2: "out_of_hours", 3: "refused", 4: "out_of_scope", 5: "opened_and_closed",
    6: "again_and_again", 7: "break_glass", 8: "large_export", 9: "own_record",
}  # fmt: skip


def plant(diary):
    day = MONDAY + 15 * DAY  # a Tuesday
    for number in range(70):
        diary.writes(1, day + number * 40 * SECOND, people=[9_000_000 + number])
    for number in range(6):
        diary.writes(2, day.replace(hour=2) + number * MINUTE, people=[2000 + number])
    for number in range(8):
        diary.writes(3, day + number * MINUTE, Action.REFUSED, result="refused")
    for number in range(5):
        diary.writes(4, day + number * 2 * HOUR, Action.RE_IDENTIFY, [8_000_000 + number], result="refused")
    for number in range(15):
        diary.writes(5, day + number * 5 * SECOND, people=[5000 + number])
    for number in range(25):
        diary.writes(6, day - 2 * DAY + number * 70 * MINUTE + 20 * SECOND, people=[7_777_777])
    diary.writes(7, day, Action.BREAK_GLASS, [7_000_000])
    diary.writes(8, day, Action.EXPORT, shown=450)
    told = Diary()
    told.writes(9, MONDAY - 200 * DAY, Action.TELL_OWN_RECORD, query=own_digest(KEYS, 9, 999_999))
    diary.writes(9, day, people=[999_999])
    return told.events


def test_normal_reading_raises_no_alert():
    assert alerts(a_normal_month().events, LIMITS, KEYS) == []


def test_planted_misuse_is_found_and_nobody_else_is_accused():
    diary = a_normal_month()
    told = plant(diary)
    unusual = alerts(diary.events, LIMITS, KEYS, told)
    by_member = {}
    for alert in unusual:
        by_member.setdefault(alert.member, set()).add(alert.rule)
    assert set(by_member) == set(PLANTED)
    assert {member for member, rule in PLANTED.items() if rule not in by_member[member]} == set()
    many = next(alert for alert in unusual if alert.rule == "many_people")
    assert many.people >= 70


def test_somebody_silent_for_a_month_who_then_reads_a_lot_is_found():
    diary = a_normal_month()
    diary.events = [one for one in diary.events if one.member != 3 or one.at < "2026-03-03"]
    for number in range(25):
        diary.writes(3, MONDAY + 43 * DAY + number * 15 * MINUTE, people=[3000 + number])
    assert {alert.rule for alert in alerts(diary.events, LIMITS, KEYS)} == {"dormant_then_busy"}


def test_an_alert_names_no_person():
    diary = Diary()
    told = plant(diary)
    people = {person for event in diary.events for person in event.about.split(",") if len(person) > 3}
    said = "\n".join(map(str, alerts(diary.events, LIMITS, KEYS, told)))
    assert people
    assert not [person for person in people if person in said]


def test_what_one_told_about_ones_own_record_names_nobody_and_counts_for_nobody_else():
    assert "999" not in own_digest(KEYS, 9, 999_999)
    diary = Diary()
    told = plant(diary)
    diary.writes(10, MONDAY, people=[999_999])
    assert {one.member for one in alerts(diary.events, LIMITS, KEYS, told) if one.rule == "own_record"} == {9}


def test_an_alert_that_was_raised_is_read_back_as_it_was():
    diary = Diary()
    plant(diary)
    for alert in alerts(diary.events, LIMITS, KEYS):
        diary.writes(
            None, MONDAY, Action.RAISE_ALERT, query=alert_query(alert.key), reason=raised_words(alert)
        )
    assert raised(diary.events, KEYS) == alerts(diary.events, LIMITS, KEYS)


def test_an_alert_is_closed_until_it_grows():
    diary = Diary()
    for number in range(6):
        diary.writes(3, MONDAY + number * MINUTE, Action.REFUSED, result="refused")
    (alert,) = alerts(diary.events, LIMITS, KEYS)
    assert still_open(alert, {})
    words = closing_words("not justified", alert.until, "Asked on the telephone:\nno reason was given.")
    diary.writes(20, MONDAY + HOUR, Action.CLOSE_ALERT, query=alert_query(alert.key), reason=words)
    closed = closings(diary.events, KEYS)
    assert not still_open(alert, closed)
    assert closed[alert.key].outcome == "not justified"
    assert closed[alert.key].words.startswith("Asked on the telephone")
    diary.writes(3, MONDAY + 7 * MINUTE, Action.REFUSED, result="refused")
    (grown,) = alerts(diary.events, LIMITS, KEYS)
    assert grown.key == alert.key
    assert still_open(grown, closings(diary.events, KEYS))


def test_a_new_key_changes_neither_what_is_known_of_own_records_nor_an_alert():
    diary, both = Diary(), Keys(("a newer key of a log under test, of its own", *KEYS.secrets))
    told = plant(diary)
    before = {(one.key, one.rule) for one in alerts(diary.events, LIMITS, KEYS, told)}
    assert {(one.key, one.rule) for one in alerts(diary.events, LIMITS, both, told)} == before
    assert own_digest(both, 9, 999_999) != own_digest(KEYS, 9, 999_999)


def test_strangers_at_the_door_are_nobodys_reading():
    diary = Diary()
    diary.writes(None, MONDAY, Action.SIGN_IN, result="refused")
    diary.events = [replace(diary.events[0], name="", sequence=number) for number in range(20)]
    assert alerts(diary.events, LIMITS, KEYS) == []


def test_an_event_that_is_not_as_it_was_written_is_told():
    diary = Diary()
    diary.writes(1, MONDAY)
    with pytest.raises(AccessLogError, match="log verify"):
        alerts([replace(diary.events[0], about=",somebody,")], LIMITS, KEYS)
