"""Identifiers made elsewhere and superseded numbers stand for one person; new identities are joined with nothing."""

import pytest

from support.people import (
    identities,
    keys,
    link,
    load,
    number,
    person_id,
    row_of,
    written,
)

A, B, C, D = (number(place) for place in (0, 20, 40, 60))


def row(identifier, nhs_number, namespace="partner", new_identity=""):
    return {
        "namespace": namespace,
        "identifier": identifier,
        "nhs_number": nhs_number,
        "new_identity": new_identity,
    }


def merged(superseded, stays):
    return row(superseded, stays, "nhs-number")


@pytest.fixture
def linked(vault, tmp_path):
    """Load these rows as one crosswalk."""

    def load_rows(*wanted):
        files = len(list(tmp_path.iterdir()))
        return link(written(tmp_path / f"links{files}.csv", list(wanted)))

    return load_rows


def crosswalk():
    from stewardship.vault.crosswalk import crosswalk

    return crosswalk(keys())


def test_a_pseudonym_made_elsewhere_is_the_person_of_the_number(linked):
    from dataclasses import replace

    assert linked(row("abc-1", A), row("ABC-2", B)).kept == 2
    assert crosswalk() == {"partner": {"abc-1": person_id(A), "abc-2": person_id(B)}}
    joined = replace(identities(), crosswalk=crosswalk())
    assert joined.person_ids("partner", ["abc-1"]) == joined.person_ids("nhs-number", [A])
    assert joined.person_ids("elsewhere", ["abc-1"]) != joined.person_ids("nhs-number", [A])


def test_a_superseded_number_is_the_person_of_the_number_that_stays(linked):
    linked(merged(A, B))
    assert crosswalk() == {"nhs-number": {A: person_id(B)}}


@pytest.mark.parametrize(
    "files",
    [
        [[merged(A, B), merged(B, C)]],
        [[merged(B, C), merged(A, B)]],
        [[merged(A, B)], [merged(B, C)]],
        [[merged(B, C)], [merged(A, B)]],
    ],
)
def test_numbers_superseded_one_after_the_other_all_lead_to_the_last(linked, files):
    for wanted in files:
        linked(*wanted)
    assert crosswalk() == {"nhs-number": {A: person_id(C), B: person_id(C)}}


@pytest.mark.parametrize(
    "files", [[[row("x", A), merged(A, B)]], [[merged(A, B)], [row("x", A)]], [[row("x", A)], [merged(A, B)]]]
)
def test_what_stood_for_a_superseded_number_stands_for_the_one_that_stays(linked, files):
    for wanted in files:
        linked(*wanted)
    assert crosswalk()["partner"] == {"x": person_id(B)}


def test_numbers_that_supersede_each_other_in_a_circle_are_refused(linked):
    linked(merged(A, B), merged(B, C))
    loaded = linked(merged(C, A))
    assert (loaded.kept, list(loaded.rows.values())) == (0, [[2]])
    assert crosswalk()["nhs-number"] == {A: person_id(C), B: person_id(C)}


def test_a_link_that_was_wrong_is_replaced(linked):
    linked(row("x", A))
    linked(row("x", B))
    assert crosswalk() == {"partner": {"x": person_id(B)}}


WRONG = [
    (row("", A), "identifier is missing"),
    (row("x", A, "Partner One"), "namespace is not small letters, digits, dots and dashes"),
    (row("x", "9990000019"), "nhs_number fails its check digit"),
    (merged("9990000019", A), "identifier fails its check digit"),
    (merged(A, A), "identifier and nhs_number are the same number"),
    (row("x", A, new_identity="maybe"), "new_identity is neither yes nor no"),
]


@pytest.mark.parametrize("wrong, reason", WRONG)
def test_a_wrong_link_is_set_aside_by_pattern(linked, wrong, reason):
    loaded = linked(wrong, row("y", B))
    assert (loaded.kept, dict(loaded.refused)) == (1, {reason: 1})


NEVER = {"the two may not be joined": 1}


def test_a_link_that_is_flagged_as_a_new_identity_is_refused(linked):
    for flagged in (row("x", A, new_identity="yes"), merged(B, A) | {"new_identity": "yes"}):
        loaded = linked(flagged)
        assert (loaded.kept, dict(loaded.refused)) == (0, NEVER)
    assert crosswalk() == {}


@pytest.mark.parametrize("wanted", [merged(B, A), merged(A, B)])
def test_somebody_with_a_new_identity_is_never_joined_with_another_number(linked, tmp_path, wanted):
    load(written(tmp_path / "people.csv", [row_of(0, A) | {"new_identity": "yes"}, row_of(1, B)]))
    loaded = linked(wanted)
    assert (loaded.kept, dict(loaded.refused)) == (0, NEVER)


def test_a_new_identity_is_not_reached_by_a_chain_either(linked, tmp_path):
    load(written(tmp_path / "people.csv", [row_of(0, A) | {"new_identity": "yes"}]))
    assert linked(merged(C, B), merged(B, A)).kept == 1
    assert crosswalk() == {"nhs-number": {C: person_id(B)}}


def test_a_new_identity_has_one_identifier_of_a_namespace(linked, tmp_path):
    load(written(tmp_path / "people.csv", [row_of(0, A) | {"new_identity": "yes"}]))
    assert linked(row("new", A)).kept == 1
    loaded = linked(row("before", A))
    assert (loaded.kept, dict(loaded.refused)) == (0, NEVER)
    assert linked(row("new", A), row("other", A, "another-partner")).kept == 2


@pytest.mark.parametrize("flagged", [0, 1])
def test_an_identifier_that_stands_for_somebody_never_moves_to_or_from_a_new_identity(
    linked, tmp_path, flagged
):
    linked(row("h-1", A))
    people = [row_of(0, A), row_of(1, B)]
    people[flagged] |= {"new_identity": "yes"}
    load(written(tmp_path / "people.csv", people))
    loaded = linked(row("h-1", B))
    assert (loaded.kept, dict(loaded.refused)) == (0, NEVER)
    assert crosswalk() == {"partner": {"h-1": person_id(A)}}
    assert linked(row("h-1", A)).kept == 1


def test_links_between_numbers_are_forgotten_when_a_new_identity_becomes_known(linked, tmp_path):
    linked(merged(A, B), merged(C, D))
    load(written(tmp_path / "people.csv", [row_of(0, B) | {"new_identity": "yes"}]))
    assert crosswalk() == {"nhs-number": {C: person_id(D)}}


def test_identifiers_that_came_with_a_joined_number_are_forgotten_with_it(linked, tmp_path):
    linked(row("before", A), row("other", D), merged(A, B))
    assert crosswalk()["partner"]["before"] == person_id(B)
    load(written(tmp_path / "people.csv", [row_of(0, B) | {"new_identity": "yes"}]))
    assert crosswalk() == {"partner": {"other": person_id(D)}}
    linked(row("before", A), row("new", B))  # the next crosswalk brings back what may be
    assert crosswalk()["partner"] == {"before": person_id(A), "new": person_id(B), "other": person_id(D)}


def test_a_crosswalk_is_loaded_whole_or_not_at_all(linked, vault, tmp_path):
    from stewardship.vault.errors import VaultError

    file = written(tmp_path / "broken.csv", [row(f"x{place}", A) for place in range(5)])
    file.write_bytes(file.read_bytes() + b"partner,\xff\n")
    with pytest.raises(VaultError, match="Nothing was loaded"):
        link(file)
    assert crosswalk() == {}


def test_whoever_reads_the_access_log_by_number_is_told_of_every_id_of_the_person(linked):
    from stewardship.access.people import people_meant

    linked(merged(A, B), row("x", B))
    (pseudonym,) = identities().person_ids("partner", ["x"])
    assert people_meant(A) == people_meant(B) == sorted({person_id(A), person_id(B), pseudonym})
    assert people_meant(C) == [person_id(C)]


def test_the_vault_and_the_records_make_the_same_id_of_a_number_however_it_is_written(linked):
    from stewardship.records.identity import Naming

    naming = Naming(identities(), "nhs-number", "person_source_value", "nhs number")
    written_so = (A, f"{A[:3]} {A[3:6]} {A[6:]}", f"{A[:3]}-{A[3:6]}-{A[6:]}", f" {A}.0")
    for one in written_so:
        linked(row("x", one))
        assert list(crosswalk()["partner"].values()) == naming.person_ids([one]) == [person_id(A)]
