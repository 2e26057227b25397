"""Identity is committed before the work that refers to it; what nobody refers to is swept, after a day."""

import os
from datetime import timedelta

import pytest

from support import people
from support.people import NOW, find, load, number, person_id, row_of, somebody, written

LATER = timedelta(days=2)


@pytest.fixture
def work(vault, monkeypatch):
    """A part of the product that keeps work about people: the ids that its work refers to."""
    from stewardship.vault import references

    kept = set()
    monkeypatch.setattr(references, "_registered", {})
    references.register("work", lambda ids: kept & set(ids))
    return kept


def person(nhs_number=None, **changed):
    from stewardship.vault.rows import person_of

    return person_of(row_of(0, nhs_number or number(0)) | changed, NOW.date())


def write(who=None):
    from stewardship.vault.writing import write_identity

    return write_identity(who or person(), by=somebody())


def sweep(after=LATER):
    from datetime import UTC, datetime

    from stewardship.vault.sweep import sweep

    return sweep(now=datetime.now(UTC) + after, by=somebody())


def ids():
    from stewardship.vault.models import Identity

    return set(Identity.objects.values_list("person_id", flat=True))


def test_a_person_kept_for_work_has_the_id_that_records_use_and_is_found(vault):
    each = write()
    assert each == person_id(number(0))
    assert [one.person_id for one in find(nhs_number=number(0))] == [each]


def test_the_write_is_committed_when_it_returns(vault):
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic(using="vault"):
        write()  # inside somebody's transaction of the vault it could still be undone
    assert ids() == set()


def test_keeping_somebody_is_an_event_and_without_it_nobody_is_kept(vault, monkeypatch):
    from stewardship.access.log import AccessLogError

    each = write()
    assert (people.events()[-1].did, people.events()[-1].about) == ("create", f",{each},")

    def full(**_event):
        raise AccessLogError("full")

    monkeypatch.setattr("stewardship.vault.writing.record", full)
    with pytest.raises(AccessLogError):
        write(person(number(20)))
    assert ids() == {each}


def test_who_came_with_demographics_stays_as_they_came(vault, tmp_path):
    load(written(tmp_path / "people.csv", [row_of(0, number(0)) | {"family_name": "Asrecorded"}]))
    write(person(family_name="Astyped"))
    assert find(nhs_number=number(0))[0].who.family_name == "Asrecorded"


def test_somebody_under_a_superseded_number_is_the_one_who_has_another_now(vault, tmp_path):
    load(written(tmp_path / "people.csv", [row_of(0, number(0))]))
    merged = {
        "namespace": "nhs-number",
        "identifier": number(20),
        "nhs_number": number(0),
        "new_identity": "",
    }
    people.link(written(tmp_path / "merged.csv", [merged]))
    assert write(person(number(20))) == person_id(number(0))
    assert ids() == {person_id(number(0))}


@pytest.mark.parametrize("wrong", ["9999999999", "999 000 0018", "", "9990000019"])
def test_a_number_that_is_none_is_refused(vault, wrong):
    from dataclasses import replace

    from stewardship.vault.errors import NotUnderstoodError

    whole = person()
    with pytest.raises(NotUnderstoodError):
        write(replace(whole, who=replace(whole.who, nhs_number=wrong)))
    assert ids() == set()


def test_a_crash_between_the_databases_leaves_an_orphan_that_is_swept(work):
    """The process ends after the vault's commit and before the work's: the work is not there, the person is."""
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid == 0:
        write()
        os._exit(9)  # before `work` could be saved
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9
    assert ids() == {person_id(number(0))}
    assert sweep(timedelta(0)) == 0  # it may still be about to be referred to
    assert sweep() == 1
    assert ids() == set()


def test_whoever_is_referred_to_is_kept(work):
    work.add(write())
    other = write(person(number(20)))
    assert sweep() == 1
    assert ids() == work and other not in work


def test_whoever_came_with_demographics_is_never_swept(work, tmp_path):
    load(written(tmp_path / "people.csv", [row_of(0, number(0))]))
    assert sweep() == 0
    assert ids() == {person_id(number(0))}


def test_work_that_refers_to_a_superseded_id_keeps_the_person(work, tmp_path):
    merged = {
        "namespace": "nhs-number",
        "identifier": number(20),
        "nhs_number": number(0),
        "new_identity": "",
    }
    people.link(written(tmp_path / "merged.csv", [merged]))
    write()
    work.add(person_id(number(20)))
    assert sweep() == 0
    work.clear()
    assert sweep() == 1


def test_being_written_again_begins_the_day_anew(work):
    from stewardship.vault.models import Identity

    write()
    Identity.objects.update(made_at=NOW - timedelta(days=400))
    write()
    assert sweep(timedelta(hours=23)) == 0
    assert sweep(timedelta(hours=25)) == 1


def test_a_sweep_is_logged_with_whom_it_removed(work):
    each = write()
    sweep()
    event = people.events()[-1]
    assert (event.did, event.about, event.via) == ("delete", f",{each},", "command")


def test_nothing_is_swept_while_nobody_can_say_what_work_refers_to(vault, monkeypatch):
    from stewardship.vault import references
    from stewardship.vault.errors import VaultError

    monkeypatch.setattr(references, "_registered", {})
    write()
    with pytest.raises(VaultError, match="nothing was swept"):
        sweep()

    def broken(_ids):
        raise OSError("its database is not running")

    references.register("broken", broken)
    with pytest.raises(OSError, match="not running"):
        sweep()
    assert len(ids()) == 1
