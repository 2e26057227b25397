"""One number a person: whatever spaces or case, in every source of a namespace, and only with the key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.records.identity import Identities, Naming, settled

KEY = Identities(b"the key of this system")


def numbers(*written: str | None, kind="nhs number", identities=KEY, namespace="nhs-number"):
    return Naming(identities, namespace, "person_source_value", kind).person_ids(written)


@pytest.mark.parametrize(
    "kind, written, as_compared",
    [
        ("nhs number", "9990000018", "9990000018"),
        ("nhs number", " 999 000 0018 ", "9990000018"),
        ("nhs number", "999-000-0018", "9990000018"),
        ("nhs number", "999\t000\u00a00018", "9990000018"),
        ("nhs number", "9990000018.0", "9990000018"),  # as pandas writes a column with gaps
        ("nhs number", "9990000019", None),
        ("nhs number", "999000001", None),
        ("nhs number", "9999999999", None),
        ("nhs number", "", None),
        ("pseudonym", " Ab 12\n", "ab12"),
        ("pseudonym", "123.0", "123"),
        ("pseudonym", "007", "007"),  # may be somebody else than 7
        ("pseudonym", "-12", "-12"),
        ("pseudonym", "  ", None),
    ],
)
def test_identifiers_are_compared_without_spaces_and_case(kind, written, as_compared):
    assert settled(kind, written) == as_compared


def test_one_person_has_one_number_however_written():
    assert len(set(numbers("9990000018", "999 000 0018", "999-000-0018"))) == 1
    assert len(set(numbers("aB1", "Ab 1", "ab1 ", kind="pseudonym"))) == 1


def test_what_is_no_identifier_has_no_number_and_the_others_keep_their_places():
    first, second, third, fourth = numbers("9990000018", "9990000019", None, "9990000026")
    assert second is third is None
    assert [first, fourth] == numbers("9990000018", "9990000026")


def test_another_key_and_another_namespace_give_no_overlap():
    told = [f"{n:05}" for n in range(2_000)]
    here = set(numbers(*told, kind="pseudonym"))
    assert not here & set(numbers(*told, kind="pseudonym", identities=Identities(b"another key")))
    assert not here & set(numbers(*told, kind="pseudonym", namespace="another"))
    assert len(here) == 2_000
    assert all(0 < each < 2**63 for each in here)


def test_a_crosswalk_says_who_somebody_of_another_namespace_is():
    (known,) = numbers("9990000018")
    crossed = Identities(KEY.key, {"trust": {"a1": known}})
    assert numbers("A1", "a2", kind="pseudonym", identities=crossed, namespace="trust")[0] == known
    naming = Naming(crossed, "trust", "person_id")
    assert naming.checks(["A1"]) == [None]
    assert naming.checks(["a2"]) != [None]


def test_a_fingerprint_changes_with_key_and_crosswalk_and_tells_neither():
    crossed = Identities(KEY.key, {"trust": {"a1": 7}})
    prints = {
        KEY.fingerprint("trust"), crossed.fingerprint("trust"), Identities(b"other").fingerprint("trust")
    }  # fmt: skip
    assert len(prints) == 3
    assert KEY.fingerprint("elsewhere") == crossed.fingerprint("elsewhere")
    assert KEY.key.hex() not in str(prints)


def test_neither_key_nor_crosswalk_is_shown():
    naming = Naming(Identities(b"secret", {"trust": {"a1": 7}}), "trust", "person_id")
    assert "secret" not in repr(naming)
    assert "a1" not in repr(naming)


@given(st.lists(st.text(max_size=12), max_size=20))
def test_spaces_and_case_never_matter(written):
    naming = Naming(KEY, "any", "person_id")
    spaced = [
        f" {each.upper()} \t" if each.upper().casefold() == each.casefold() else each for each in written
    ]
    assert naming.person_ids(spaced) == naming.person_ids(written)


def test_each_identifier_is_worked_out_once_and_is_the_same_person_as_before():
    worked_out = []

    class Watched(Identities):
        def person_ids(self, namespace, identifiers):
            worked_out.extend(these := list(identifiers))
            return super().person_ids(namespace, these)

    naming = Naming(Watched(b"a key"), "tests", "person_id")
    person_ids = naming.remembering()
    written = ["a1", None, "b2", "a1", ""]
    assert person_ids(written) == naming.person_ids(written)
    expected = naming.person_ids(written) * 1000
    worked_out.clear()
    assert person_ids(written * 1000) == expected
    assert worked_out == []
