"""The log on a database: it only grows, an event is kept before the answer, and what is done to it behind our back
is found. On SQLite and on PostgreSQL."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from django.db import DatabaseError, connections, transaction

from stewardship.access.chain import Event, Head
from stewardship.access.keys import AccessLogError, Keys
from stewardship.access.models import AccessEvent
from support.logs import ALIAS, KEYS


def seen(person=7, at="2026-03-02T09:00:00.000000Z"):
    return Event(
        0, at, 1, "Dr A. Steward", "practice-user", "P81001", "", "127.0.0.1", "view", f",{person},", "", 1, "",
        "allowed", "page", "",
    )  # fmt: skip


def filled(log, count=6):
    return [log.append(seen(person)) for person in range(1, count + 1)]


def run(statement, *values):
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(statement, values)


def without_triggers(statement, *values):
    """What somebody can do who owns the database."""
    if connections[ALIAS].vendor == "postgresql":
        run("ALTER TABLE access_event DISABLE TRIGGER ALL")
    else:
        for name in ("update", "delete", "insert"):
            run(f"DROP TRIGGER IF EXISTS access_event_{name}")
    run(statement, *values)


def test_events_are_numbered_without_a_gap_and_verified(log):
    assert filled(log) == [1, 2, 3, 4, 5, 6]
    found = log.verify()
    assert found.whole and not found.note
    assert found.events == 6
    assert log.head.read(KEYS) == found.head


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_event SET name = 'Nobody' WHERE sequence = 3",
        "UPDATE access_event SET hash = hash",
        "DELETE FROM access_event WHERE sequence = 6",
        "DELETE FROM access_event",
        "INSERT INTO access_event SELECT * FROM access_event WHERE sequence = 3",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_event(log, statement):
    filled(log)
    with pytest.raises(DatabaseError, match="only grows"):
        run(statement)
    assert log.verify().events == 6


def test_the_database_refuses_to_empty_the_table_or_to_replace_a_row(log):
    filled(log)
    postgresql = connections[ALIAS].vendor == "postgresql"
    row = "INSERT OR REPLACE INTO access_event SELECT * FROM access_event WHERE sequence = 3"
    with pytest.raises(DatabaseError, match="only grows"):
        run("TRUNCATE access_event" if postgresql else row)
    with pytest.raises(DatabaseError, match="only grows"):
        AccessEvent.objects.using(ALIAS).filter(sequence=2).update(name="Nobody")
    with pytest.raises(DatabaseError, match="only grows"):
        AccessEvent.objects.using(ALIAS).filter(sequence=2).delete()
    assert log.verify().whole


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE access_event SET name = 'Nobody' WHERE sequence = 3", "Event 3 is not what was written"),
        ("UPDATE access_event SET about = ',8,' WHERE sequence = 6", "Event 6 is not what was written"),
        ("UPDATE access_event SET member = NULL WHERE sequence = 1", "Event 1 is not what was written"),
        ("DELETE FROM access_event WHERE sequence = 4", "Event 4 is gone: after event 3 comes event 5"),
        ("DELETE FROM access_event WHERE sequence < 3", "Events 1 to 2 are gone"),
        ("DELETE FROM access_event WHERE sequence > 4", "Events 5 to 6 are gone: the log ends at event 4"),
        ("DELETE FROM access_event", "Events 1 to 6 are gone"),
        ("UPDATE access_event SET sequence = 9 WHERE sequence = 6", "Events 6 to 8 are gone"),
    ],
)
def test_what_the_owner_of_the_database_does_to_the_log_is_found(log, statement, said):
    filled(log)
    without_triggers(statement)
    found = log.verify()
    assert not found.whole
    assert found.fault.startswith(said)


def test_a_log_that_lost_its_tail_is_not_written_on_until_that_is_on_record(log):
    filled(log)
    without_triggers("DELETE FROM access_event WHERE sequence > 4")
    with pytest.raises(AccessLogError, match="does not reach its sealed head"):
        log.append(seen())
    assert log.resume(seen()) == 5
    assert log.append(seen()) == 6
    assert log.verify().whole


def test_a_log_whose_events_were_changed_is_not_resumed(log):
    filled(log)
    without_triggers("UPDATE access_event SET name = 'Nobody' WHERE sequence = 2")
    with pytest.raises(AccessLogError, match=r"cannot be resumed\. Event 2"):
        log.resume(seen())


def test_an_event_outlives_what_was_rolled_back(file_log):
    with pytest.raises(ZeroDivisionError), transaction.atomic(using="default"):
        file_log.append(seen())
        raise ZeroDivisionError
    assert file_log.verify().events == 1
    with transaction.atomic(using=ALIAS), pytest.raises(RuntimeError):
        file_log.append(seen())


def test_a_clock_that_was_set_back_does_not_reorder(file_log):
    for at in ("2026-03-02T09:00:00.000000Z", "2026-03-01T09:00:00.000000Z", "2026-03-03T09:00:00.000000Z"):
        file_log.append(seen(at=at))
    assert [event.at[8:10] for event in file_log.events()] == ["02", "01", "03"]
    assert file_log.verify().whole


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "damaged"),
        ("{}", "damaged"),
        ('{"sequence": 9, "hash": "00", "seal": "00"}', "was changed"),
        (None, "sealed head is gone"),
    ],
)
def test_a_head_that_is_not_as_it_was_sealed_is_a_fault(file_log, written, said):
    filled(file_log)
    path = file_log.head.path
    path.unlink() if written is None else path.write_text(written)
    assert said in file_log.verify().fault
    with pytest.raises(AccessLogError):
        file_log.append(seen())


@pytest.mark.parametrize("head_left", [None, Head()])
def test_a_log_that_is_erased_together_with_its_head_is_found(file_log, head_left):
    begun = replace(file_log, begun=lambda: True)
    filled(file_log)
    without_triggers("DELETE FROM access_event")
    file_log.head.path.unlink()
    if head_left:
        file_log.head.write(head_left, KEYS)
    assert "Every event and the sealed head are gone" in begun.verify().fault
    with pytest.raises(AccessLogError, match="Every event and the sealed head are gone"):
        begun.append(seen())
    assert begun.resume(seen()) == 1
    assert begun.verify().whole


def test_a_log_that_was_never_begun_is_whole(file_log):
    assert file_log.verify().whole


def test_a_head_sealed_with_an_older_key_than_the_last_events_is_a_fault(file_log):
    newer = replace(file_log, keys=Keys(("a newer key of a log under test, of its own", *KEYS.secrets)))
    filled(file_log, 3)
    before = file_log.head.path.read_bytes()
    newer.append(seen())
    file_log.head.path.write_bytes(before)
    assert newer.verify().whole, "as after a crash between the first event of a new key and its head"
    assert newer.append(seen()) == 5
    for forged in (Head(5, hash_of(5)), Head(4, hash_of(4)), Head(3, hash_of(3))):
        file_log.head.write(forged, KEYS)
        assert "sealed with an older key" in newer.verify().fault
        with pytest.raises(AccessLogError, match="sealed with an older key"):
            newer.append(seen())


def hash_of(sequence):
    return AccessEvent.objects.using(ALIAS).get(sequence=sequence).hash


def test_a_death_between_event_and_head_leaves_a_whole_log(file_log):
    filled(file_log, 3)
    before = file_log.head.path.read_bytes()
    filled(file_log, 2)
    file_log.head.path.write_bytes(before)
    found = file_log.verify()
    assert found.whole
    assert found.note.startswith("2 of the last events")
    assert file_log.append(seen()) == 6
    assert not file_log.verify().note


def test_a_death_in_the_very_first_event_leaves_a_log_that_goes_on(file_log):
    file_log.head.write(Head(), KEYS)
    assert file_log.verify().whole
    assert file_log.append(seen()) == 1


def test_a_table_that_is_damaged_is_told_and_not_a_crash(file_log):
    filled(file_log)
    without_triggers("UPDATE access_event SET name = CAST(x'ff' AS TEXT) WHERE sequence = 4")
    assert not file_log.verify().whole
    connections[ALIAS].close()
    with closing(sqlite3.connect(connections.databases[ALIAS]["NAME"])) as file:
        file.execute("DROP TABLE access_event")
    assert "the table is damaged" in file_log.verify().fault


@pytest.mark.parametrize("wrong", ["no table", "no room for the head", "no key fits"])
def test_an_event_that_cannot_be_written_is_refused_without_the_databases_words(file_log, wrong):
    filled(file_log, 2)
    if wrong == "no table":
        run("ALTER TABLE access_event RENAME TO gone")
    elif wrong == "no room for the head":
        file_log.head.path.with_suffix(".new").mkdir()
    else:
        file_log.head.path.write_text('{"sequence": 2, "hash": "00", "seal": "00"}')
    with pytest.raises(AccessLogError) as refused:
        file_log.append(seen())
    assert "SQL" not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
