"""The one door: the scope of this moment, the event first, and the same words for "not there" and "not yours"."""

import statistics
import time
from datetime import date

import pytest

from support import people
from support.people import (
    NEW_KEY,
    find,
    link,
    load,
    number,
    person_id,
    reach,
    ring,
    row_of,
    somebody,
    written,
)


@pytest.fixture
def filled(vault, tmp_path, monkeypatch):
    """One person of the practice P81001, one of P81002, and twins; questions without a limit."""
    monkeypatch.setattr("stewardship.vault.pace.MOST", 10_000)
    twin = row_of(0, number(0)) | {"family_name": "Wolfe", "given_names": "Anna", "birth_date": "1990-02-03"}
    load(
        written(
            tmp_path / "people.csv",
            [
                row_of(0, number(0)),
                row_of(1, number(20)),
                twin | {"nhs_number": number(40)},
                twin | {"nhs_number": number(60), "given_names": "Berta"},
                twin | {"nhs_number": number(80), "given_names": "Anna", "practice": "P81002"},
            ],
        )
    )


MINE, THEIRS, NOBODY = (lambda: number(0)), (lambda: number(20)), (lambda: number(900))


def identity_of(each, practice="P81001", **more):
    from stewardship.vault import door

    return door.identity_of(each, by=somebody(), scope=reach(practice), **more)


def last():
    return people.events()[-1]


def test_a_person_is_found_by_number_however_it_is_typed(filled):
    digits = MINE()
    for typed in (
        digits,
        f"{digits[:3]} {digits[3:6]} {digits[6:]}",
        f"{digits[:3]}-{digits[3:6]}-{digits[6:]}",
    ):
        assert [one.who.nhs_number for one in find(nhs_number=typed)] == [digits]


def test_everybody_of_a_name_and_birth_date_within_the_scope_is_found_and_given_names_narrow(filled):
    wolfe = {"family_name": "wolfe", "birth_date": date(1990, 2, 3)}
    assert [one.who.given_names for one in find(**wolfe)] == ["Anna", "Berta"]
    assert [one.who.given_names for one in find(**wolfe, given_names="berta")] == ["Berta"]
    assert [one.practice for one in find("P81002", **wolfe)] == ["P81002"]
    assert find(family_name="Wolfe", birth_date=date(1990, 3, 2)) == []


def test_a_search_is_one_event_written_before_the_answer_with_whom_it_shows(filled):
    before = len(people.events())
    shown = find(family_name="Wolfe", birth_date=date(1990, 2, 3))
    (event,) = people.events()[before:]
    ids = sorted(one.person_id for one in shown)
    assert (event.did, event.result, event.shown) == ("search", "allowed", 2)
    assert event.about == f",{','.join(map(str, ids))},"
    assert [part.split("#")[0] for part in event.query.split(", ")] == ["born", "family"]
    assert "wolfe" not in event.query.lower() and "1990" not in event.query


def test_a_search_that_finds_nobody_is_an_event_too(filled):
    assert find(nhs_number=NOBODY()) == []
    assert (last().did, last().result, last().shown, last().about) == ("search", "allowed", 0, "")


def test_a_search_for_somebody_elsewhere_is_a_refusal_that_names_whom_in_the_log_only(filled):
    assert find(nhs_number=THEIRS()) == []
    assert (last().result, last().shown, last().about) == ("refused", 0, f",{person_id(THEIRS())},")


def test_a_pseudonym_is_told_to_their_own_practice(filled):
    each = person_id(MINE())
    shown = identity_of(each)
    assert shown.who.nhs_number == MINE()
    assert (last().did, last().result, last().about) == ("re-identify", "allowed", f",{each},")


def test_not_there_and_not_yours_are_told_in_the_same_words_and_both_are_events(filled):
    from stewardship.vault.errors import RefusedError

    said = []
    for each in (person_id(THEIRS()), person_id(NOBODY())):
        with pytest.raises(RefusedError) as refused:
            identity_of(each)
        said.append(str(refused.value))
        assert (last().did, last().result, last().about) == ("re-identify", "refused", f",{each},")
    assert said[0] == said[1]


def test_somebody_without_an_organisation_or_of_another_kind_sees_nobody(filled):
    from stewardship.vault import door

    for scope in (
        door.Reach("practice", "", "x"),
        door.Reach("provider", "P81001", "x"),
        door.Reach("", "", "x"),
    ):
        assert door.find(door.Asked(nhs_number=MINE()), by=somebody(), scope=scope) == []


def test_not_there_and_not_yours_take_the_same_steps(filled):
    """As many statements to each database, whoever is asked for."""
    find(nhs_number=MINE())
    assert steps(lambda: find(nhs_number=THEIRS())) == steps(lambda: find(nhs_number=NOBODY()))
    named = {"family_name": "Wolfe", "birth_date": date(1990, 2, 3)}
    assert steps(lambda: find("P81003", **named)) == steps(
        lambda: find("P81003", family_name="X", birth_date=date(1990, 2, 3))
    )
    assert steps(lambda: refused(person_id(THEIRS()))) == steps(lambda: refused(person_id(NOBODY())))


def refused(each):
    from stewardship.vault.errors import RefusedError

    with pytest.raises(RefusedError):
        identity_of(each)


def steps(ask):
    """The statements of an answer, without their values."""
    from contextlib import ExitStack

    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    with ExitStack() as each:
        asked = [
            each.enter_context(CaptureQueriesContext(connections[one]))
            for one in ("vault", "access", "default")
        ]
        ask()
    return [len(queries.captured_queries) for queries in asked]


def test_not_there_and_not_yours_take_about_as_long(filled):
    taken = {THEIRS: [], NOBODY: []}
    for _ in range(12):
        for whom, times in taken.items():
            start = time.perf_counter()
            find(nhs_number=whom())
            times.append(time.perf_counter() - start)
    one, other = (statistics.median(times) for times in taken.values())
    assert abs(one - other) < 0.5 * max(one, other)


def test_without_a_log_there_is_no_answer(filled, monkeypatch):
    from stewardship.access.log import AccessLogError
    from stewardship.vault.errors import VaultClosedError

    opened = []

    def full(**_event):
        raise AccessLogError("The access log cannot be written.")

    monkeypatch.setattr("stewardship.vault.door.record", full)
    monkeypatch.setattr("stewardship.vault.door.opened_who", lambda *row: opened.append(row))
    for ask in (lambda: find(nhs_number=MINE()), lambda: identity_of(person_id(MINE()))):
        with pytest.raises(VaultClosedError, match="log cannot be written"):
            ask()
    assert opened == []


def test_a_reason_is_asked_only_where_the_role_has_none(filled):
    from stewardship.vault import door
    from stewardship.vault.errors import NotUnderstoodError

    without = door.Reach("practice", "P81001")
    with pytest.raises(NotUnderstoodError, match="Say why"):
        door.find(door.Asked(nhs_number=MINE()), by=somebody(), scope=without)
    door.find(door.Asked(nhs_number=MINE()), by=somebody(), scope=without, reason="Letter came back")
    assert "Letter" not in last().reason and last().reason
    find(nhs_number=MINE())
    assert last().reason


def test_too_many_questions_are_refused_and_that_is_logged(filled, monkeypatch):
    from stewardship.vault.errors import TooOftenError

    monkeypatch.setattr("stewardship.vault.pace.MOST", 3)
    for _ in range(3):
        find(nhs_number=NOBODY())
    for ask in (lambda: find(nhs_number=MINE()), lambda: identity_of(person_id(MINE()))):
        with pytest.raises(TooOftenError):
            ask()
        assert (last().result, last().shown) == ("refused", 0)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"family_name": "Wolfe"},
        {"birth_date": date(1990, 2, 3)},
        {"nhs_number": "9999999999"},
        {"family_name": "-", "birth_date": date(1990, 2, 3)},
    ],
)
def test_what_cannot_be_looked_for_is_refused_in_words(filled, asked):
    from stewardship.vault.errors import NotUnderstoodError

    with pytest.raises(NotUnderstoodError):
        find(**asked)


def test_a_vault_under_a_key_that_is_not_there_says_so_and_never_nobody(filled):
    from stewardship.vault.errors import VaultClosedError

    ring(NEW_KEY)
    with pytest.raises(VaultClosedError, match="locked"):
        find(nhs_number=MINE())


def test_an_empty_vault_says_so_and_never_nobody(vault):
    from stewardship.vault.errors import VaultClosedError

    with pytest.raises(VaultClosedError, match="empty"):
        find(nhs_number=MINE())


def test_a_practice_changed_in_the_database_opens_nothing(filled):
    """Whoever can write to the table still cannot move a person into their own practice."""
    from stewardship.vault.errors import VaultError
    from stewardship.vault.models import Identity

    Identity.objects.filter(person_id=person_id(THEIRS())).update(practice="P81001")
    with pytest.raises(VaultError, match="changed or moved"):
        find(nhs_number=THEIRS())


def test_a_superseded_number_finds_the_person_who_has_another_now(filled, tmp_path):
    merged = [{"namespace": "nhs-number", "identifier": THEIRS(), "nhs_number": MINE(), "new_identity": ""}]
    link(written(tmp_path / "merged.csv", merged))
    assert [one.who.nhs_number for one in find(nhs_number=THEIRS())] == [MINE()]
    assert identity_of(person_id(THEIRS())).who.nhs_number == MINE()
    their_name = row_of(1, "")
    found = find(
        family_name=their_name["family_name"], birth_date=date.fromisoformat(their_name["birth_date"])
    )
    assert [one.who.nhs_number for one in found] == [MINE()]
