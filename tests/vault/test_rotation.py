"""A new key: nothing is lost wherever the rotation is killed, and everything can be read and found at every moment."""

import os
import random
import signal
import time
from datetime import date
from functools import partial

import pytest

from support.people import NEW_KEY, NOW, OLD_KEY, find, identities, keys, link, load, ring, rows, written

PEOPLE = rows(60)
LINKS = [
    {
        "namespace": "partner",
        "identifier": f"p{place}",
        "nhs_number": row["nhs_number"],
        "new_identity": "",
    }
    for place, row in enumerate(PEOPLE[:20])
]


@pytest.fixture
def filled(vault, tmp_path):
    """Sixty people and twenty links under the old key, with both keys on the ring, the new one first."""
    load(written(tmp_path / "people.csv", PEOPLE))
    link(written(tmp_path / "crosswalk.csv", LINKS))
    ring(NEW_KEY, OLD_KEY)


def rotated(batch=500):
    """Run a rotation to its end; how many batches it took."""
    from stewardship.vault.rotation import rotate

    return len(list(rotate(keys(), NOW, batch=batch))) - 1


def everybody():
    """Everybody in the vault, each opened, and reached through the indexes by number and by name."""
    from stewardship.vault import indexes
    from stewardship.vault.models import Index
    from stewardship.vault.person import opened_where, opened_who

    found = {}
    for row in PEOPLE:
        born = date.fromisoformat(row["birth_date"])
        by_number = Index.objects.filter(value__in=indexes.of_number(keys(), row["nhs_number"]))
        by_name = Index.objects.filter(value__in=indexes.of_name(keys(), row["family_name"], born))
        (entry,) = by_number.select_related("person")
        assert entry.person_id in by_name.values_list("person_id", flat=True)
        who, where = opened_who(keys(), entry.person), opened_where(keys(), entry.person)
        found[who.nhs_number] = (who.family_name, where.address)
    return found


AS_LOADED = {row["nhs_number"]: (row["family_name"], row["address"]) for row in PEOPLE}


def crosswalk():
    from stewardship.vault.crosswalk import crosswalk

    return crosswalk(keys())


def counts():
    from stewardship.vault.models import Identity, Index, Link

    return Identity.objects.count(), Index.objects.count(), Link.objects.count()


def test_everything_is_under_the_new_key_and_the_old_one_can_go(filled):
    from stewardship.vault.rotation import given_up

    before, links = counts(), crosswalk()
    assert rotated() == 2
    assert len(given_up()) == 1
    ring(NEW_KEY)
    assert everybody() == AS_LOADED
    assert (counts(), crosswalk()) == (before, links)
    assert find(nhs_number=PEOPLE[0]["nhs_number"])


def test_everybody_is_read_and_found_after_every_batch(filled):
    from stewardship.vault.rotation import rotate

    done = []
    for so_far in rotate(keys(), NOW, batch=7):
        done.append(so_far.done)
        assert everybody() == AS_LOADED
        assert len(crosswalk()["partner"]) == 20
    assert done == sorted(done) and done[-1] == 80


def test_a_rotation_that_has_nothing_to_do_does_nothing(filled):
    rotated()
    assert rotated() == 0


def test_a_key_that_was_given_up_cannot_be_written_with_again(filled, tmp_path):
    from stewardship.vault.errors import VaultError

    rotated()
    ring(OLD_KEY, NEW_KEY)  # a server that was not started anew, or a mistake
    with pytest.raises(VaultError, match="was given up"):
        load(written(tmp_path / "more.csv", rows(61)[60:]))
    with pytest.raises(VaultError, match="was given up"):
        rotated()
    ring(NEW_KEY)
    assert everybody() == AS_LOADED


def test_a_rotation_without_the_old_key_changes_nothing_and_says_so(filled):
    from stewardship.vault.errors import VaultClosedError

    ring(NEW_KEY)
    with pytest.raises(VaultClosedError, match="locked"):
        rotated()
    ring(NEW_KEY, OLD_KEY)
    assert everybody() == AS_LOADED


def child(work):
    """A process that does some work with connections of its own; ended by its own id."""
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return pid


def rotated_until(statement, after):
    """Rotate, and be killed before or after a statement is carried out; transactions begin and end by one too."""
    from django.db import connections

    said = 0

    def deadly(execute, sql, parameters, many, context):
        nonlocal said
        said += 1
        answer = execute(sql, parameters, many, context) if said < statement or after else None
        if said == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    with connections["vault"].execute_wrapper(deadly):
        rotated(batch=6)


def test_a_rotation_killed_at_many_moments_loses_nobody_and_goes_on(filled, monkeypatch):
    monkeypatch.setattr("stewardship.vault.rotation.PAUSE", 0)
    chance, killed, finished, before = random.Random(7), 0, 0, counts()
    while killed < 40:
        statement, after = chance.randint(1, 50), chance.random() < 0.5
        pid = child(partial(rotated_until, statement, after))
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        assert status in {0, -signal.SIGKILL}
        killed += status != 0
        if killed % 20 == 0:
            assert everybody() == AS_LOADED
            assert counts() == before
        if status == 0:  # it came to its end: on to the next key
            finished += 1
            newest = os.environ["STEWARDSHIP_VAULT_KEYS"].split(",")[0]
            ring(newest)
            assert everybody() == AS_LOADED
            ring(f"vault key number {finished} of a site under test", newest)
    assert finished >= 1
    rotated()
    ring(os.environ["STEWARDSHIP_VAULT_KEYS"].split(",")[0])
    assert everybody() == AS_LOADED
    assert counts() == before
    assert len(crosswalk()["partner"]) == 20


def test_a_rotation_killed_by_the_clock_loses_nobody_either(filled):
    chance, before = random.Random(8), counts()
    for _ in range(8):
        pid = child(lambda: rotated(batch=3))
        time.sleep(chance.uniform(0, 0.06))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        assert everybody() == AS_LOADED
        assert counts() == before


def test_reading_and_writing_go_on_beside_a_rotation(filled):
    """Writers in another process, with the new key first, while a rotation runs here in small steps."""
    from stewardship.vault.models import Identity

    newcomers = rows(80)[60:]
    pid = child(lambda: [keep_one(row) for row in newcomers])
    from stewardship.vault.rotation import rotate

    for _ in rotate(keys(), NOW, batch=5):
        everybody()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    rotated()
    assert Identity.objects.count() == 80
    ring(NEW_KEY)
    assert everybody() == AS_LOADED


def keep_one(row):
    from django.db import transaction

    from stewardship.vault.keeping import keep
    from stewardship.vault.rows import person_of

    (each,) = identities().person_ids("nhs-number", [row["nhs_number"]])
    with transaction.atomic(using="vault"):
        keep({each: person_of(row, NOW.date())}, keys=keys(), load="", now=NOW)


def test_a_writer_with_only_the_old_key_is_waited_for_or_refused(filled):
    """Whoever still writes under the old key either is rotated too, or cannot write: nothing stays behind under it."""
    from stewardship.vault.models import Identity

    def work():
        from stewardship.vault.errors import VaultError

        ring(OLD_KEY, NEW_KEY)
        try:
            for row in rows(140)[60:]:
                keep_one(row)
        except VaultError:
            return

    pid = child(work)
    rotated(batch=4)
    os.waitpid(pid, 0)
    assert not Identity.objects.exclude(key_id=keys().newest.fingerprint).exists()
    ring(NEW_KEY)
    assert everybody() == AS_LOADED
