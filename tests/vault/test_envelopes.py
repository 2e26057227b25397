"""An envelope opens with its key, in its own row, and nowhere else."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.vault import indexes
from stewardship.vault.errors import VaultClosedError, VaultError
from stewardship.vault.keys import BLOCK, Keyring, Kind
from stewardship.vault.person import (
    Person,
    Where,
    Who,
    opened_where,
    opened_who,
    sealed_where,
    sealed_who,
)

OLD, NEW = "an old key that is long enough to be a key", "a new key that is long enough to be one"
WHO = Who("9990000018", "O'Brien", "Áine Mary", date(1950, 4, 3))
HOME = Where("1 Quay Street", "ZZ99 3VZ", "01632 960001")
PERSON = Person(WHO, HOME, "P81001")


def keyring(*written):
    return Keyring.from_setting(",".join(written))


def row(person=PERSON, *, person_id=17, key=OLD, **changed):
    """A row as the vault keeps it."""
    sealing = keyring(key).newest
    kept = {
        "person_id": person_id,
        "practice": person.practice,
        "who": sealed_who(sealing, person_id, person),
        "where": sealed_where(sealing, person_id, person),
        "key_id": sealing.fingerprint,
    }
    return SimpleNamespace(**kept | changed)


def test_what_was_sealed_is_opened():
    assert opened_who(keyring(OLD), row()) == WHO
    assert opened_where(keyring(OLD), row()) == HOME


@given(st.text(max_size=40), st.text(max_size=40), st.dates(), st.booleans(), st.booleans())
def test_any_words_come_out_as_they_went_in(family, given_names, born, sensitive, new):
    try:
        (family + given_names).encode()
    except UnicodeEncodeError:
        return
    who = Who("9990000018", family, given_names, born, sensitive, new)
    assert opened_who(keyring(OLD), row(Person(who))) == who


@pytest.mark.parametrize("changed", [{"person_id": 18}, {"practice": "P81002"}, {"practice": ""}])
@pytest.mark.parametrize("opening", [opened_who, opened_where])
def test_an_envelope_does_not_open_in_another_row_nor_for_another_practice(changed, opening):
    moved = SimpleNamespace(**vars(row()) | changed)
    with pytest.raises(VaultError, match="changed or moved"):
        opening(keyring(OLD), moved)


def test_one_envelope_does_not_open_in_the_place_of_the_other():
    swapped = row()
    swapped.who = swapped.where
    with pytest.raises(VaultError, match="changed or moved"):
        opened_who(keyring(OLD), swapped)


@given(st.data())
def test_a_changed_bit_is_noticed(data):
    kept = row()
    at = data.draw(st.integers(0, len(kept.who) * 8 - 1))
    broken = bytearray(kept.who)
    broken[at // 8] ^= 1 << at % 8
    kept.who = bytes(broken)
    with pytest.raises(VaultError, match="changed or moved"):
        opened_who(keyring(OLD), kept)


def test_a_row_under_a_key_that_is_not_there_is_locked():
    with pytest.raises(VaultClosedError, match="locked"):
        opened_who(keyring(NEW), row())


def test_an_older_key_still_opens():
    assert opened_who(keyring(NEW, OLD), row()) == WHO


def test_the_same_words_are_sealed_differently_each_time_and_to_few_lengths():
    assert row().who != row().who
    short, longer = row(Person(Who("9990000018", "Ng", "", date(2000, 1, 1)))), row()
    assert len(short.who) == len(longer.who) == 12 + BLOCK + 16  # nonce, filled words, tag


def test_where_a_person_with_the_sensitive_flag_lives_is_not_even_sealed():
    hidden = Person(Who("9990000018", "Ng", "", date(2000, 1, 1), sensitive=True), HOME)
    assert row(hidden).where == b""
    assert opened_where(keyring(OLD), row(hidden)) == Where()


def test_blind_indexes_differ_by_kind_and_by_key_and_tell_nothing():
    old, new = keyring(OLD).newest, keyring(NEW).newest
    made = {key.index(kind, "smith", "1950-04-03") for key in (old, new) for kind in Kind}
    assert len(made) == 2 * len(Kind)
    assert all(len(one) == 16 for one in made)
    assert old.index(Kind.NHS_NUMBER, "a", "b") != old.index(Kind.NHS_NUMBER, "ab")


@pytest.mark.parametrize(
    "looked_for",
    [
        lambda keys: indexes.of_number(keys, "9990000018"),
        lambda keys: indexes.of_name(keys, "obrien", date(1950, 4, 3)),
        lambda keys: indexes.of_name(keys, "O Brien", date(1950, 4, 3), "aine"),
        lambda keys: indexes.of_name(keys, "O’BRIEN", date(1950, 4, 3), "Mary"),
    ],
)
def test_a_person_is_found_under_either_key_while_both_are_on_the_ring(looked_for):
    keys = keyring(NEW, OLD)
    for key in keys:
        assert indexes.kept(key, WHO) & set(looked_for(keys))


def test_a_given_name_or_birth_date_that_differs_is_not_found():
    kept = indexes.kept(keyring(OLD).newest, WHO)
    assert not kept & set(indexes.of_name(keyring(OLD), "O'Brien", date(1950, 4, 3), "Susan"))
    assert not kept & set(indexes.of_name(keyring(OLD), "O'Brien", date(1950, 3, 4)))


@pytest.mark.parametrize("setting, said", [("", "no key"), (" , ", "no key"), ("short", "shorter than 32")])
def test_a_ring_without_a_proper_key_is_refused(setting, said):
    with pytest.raises(VaultClosedError, match=said) as refused:
        Keyring.from_setting(setting)
    assert "short," not in str(refused.value)


def test_nothing_that_is_printed_shows_a_key_or_a_person():
    keys = keyring(OLD, NEW)
    printed = f"{keys!r} {keys.newest!r} {PERSON!r} {WHO!r} {HOME!r}"
    assert not any(word in printed for word in (OLD, NEW, "9990000018", "O'Brien", "Quay", "1950"))
