"""A file of demographics is loaded whole or not at all; wrong rows are counted by pattern, never by value."""

import tracemalloc
from datetime import date

import pytest

from support import people
from support.people import NOW, find, load, number, numbers, person_id, row_of, rows, written


def kept():
    from stewardship.vault.models import Identity

    return Identity.objects.count()


def test_everybody_of_a_file_is_kept_and_found(vault, tmp_path):
    wanted = rows(14)
    assert load(written(tmp_path / "people.csv", wanted)).kept == 14
    for row in wanted:
        born = date.fromisoformat(row["birth_date"])
        by_number = find(row["practice"], nhs_number=row["nhs_number"])
        by_name = find(row["practice"], family_name=row["family_name"], birth_date=born)
        for found in (by_number, by_name):
            assert [one.who.family_name for one in found] == [row["family_name"]]
            assert found[0].where.address == row["address"]
            assert found[0].person_id == person_id(row["nhs_number"])


WRONG = [
    ({"nhs_number": "9990000019"}, "nhs_number fails its check digit"),
    ({"nhs_number": "9999999999"}, "nhs_number is one digit ten times"),
    ({"nhs_number": "999000001"}, "nhs_number has 9 digits, not 10"),
    ({"nhs_number": "99900000181"}, "nhs_number has 11 digits, not 10"),
    ({"nhs_number": "999000001X"}, "nhs_number has characters that are not digits"),
    ({"nhs_number": ""}, "nhs_number is missing"),
    ({"family_name": ""}, "family_name is missing"),
    ({"family_name": "-"}, "family_name has no letters"),
    ({"family_name": "A" * 301}, "family_name is longer than 300 characters"),
    ({"given_names": "Su\x07san"}, "given_names has characters that cannot be printed"),
    ({"birth_date": ""}, "birth_date is missing"),
    ({"birth_date": "03/04/1950"}, "birth_date is not a day written YYYY-MM-DD"),
    ({"birth_date": "2025-02-29"}, "birth_date is not a day written YYYY-MM-DD"),
    ({"birth_date": "20250228"}, "birth_date is not a day written YYYY-MM-DD"),
    ({"birth_date": "2026-06-02"}, "birth_date is after today"),
    ({"birth_date": "1850-06-02"}, "birth_date is before 1875"),
    ({"practice": "Dr Smith"}, "practice is not an organisation code"),
    ({"sensitive": "perhaps"}, "sensitive is neither yes nor no"),
    ({"new_identity": "S"}, "new_identity is neither yes nor no"),
]


@pytest.mark.parametrize("wrong, reason", WRONG)
def test_a_wrong_row_is_set_aside_with_its_number_and_a_pattern(vault, tmp_path, wrong, reason):
    file = written(tmp_path / "people.csv", [row_of(0, number(0)), row_of(1, number(50)) | wrong])
    report = tmp_path / "refused.csv"
    loaded = load(file, report=report)
    assert (loaded.kept, dict(loaded.refused), loaded.rows) == (1, {reason: 1}, {reason: [3]})
    assert report.read_text().splitlines() == [
        "row,reason",
        f'3,"{reason}"' if "," in reason else f"3,{reason}",
    ]


def test_a_number_that_comes_twice_is_kept_as_it_came_first(vault, tmp_path, monkeypatch):
    monkeypatch.setattr("stewardship.vault.loading.BATCH", 3)  # in one batch, and in a later one
    wanted = rows(7)
    again = [{**wanted[each], "family_name": "Other"} for each in (0, 1)]
    loaded = load(written(tmp_path / "people.csv", [wanted[0], again[0], *wanted[1:], again[1]]))
    assert loaded.rows == {"nhs_number came in an earlier row": [3, 10]}
    assert find(nhs_number=wanted[0]["nhs_number"])[0].who.family_name == wanted[0]["family_name"]


def test_what_is_loaded_again_replaces_what_was_known(vault, tmp_path):
    first = row_of(0, number(0))
    load(written(tmp_path / "first.csv", [first]))
    before = find(nhs_number=number(0))[0]
    moved = first | {"family_name": "Newname", "address": "2 Other Row", "practice": "P81002"}
    load(written(tmp_path / "second.csv", [moved]))
    assert find("P81001", nhs_number=number(0)) == []  # the old practice loses sight at once
    (after,) = find("P81002", family_name="Newname", birth_date=before.who.birth_date)
    assert (after.where.address, after.handle) == ("2 Other Row", before.handle)
    assert find("P81002", family_name=first["family_name"], birth_date=before.who.birth_date) == []


def test_the_sensitive_flag_takes_the_address_out_of_the_vault(vault, tmp_path):
    from stewardship.vault.models import Identity

    first = row_of(0, number(0))
    load(written(tmp_path / "first.csv", [first]))
    load(written(tmp_path / "second.csv", [first | {"sensitive": "yes"}]))
    (shown,) = find(nhs_number=number(0))
    assert shown.who.sensitive and shown.where is None
    assert bytes(Identity.objects.get().where) == b""


def test_a_row_with_too_many_fields_and_a_blank_line_are_told_apart(vault, tmp_path):
    file = written(tmp_path / "people.csv", [row_of(0, number(0))])
    with file.open("a") as lines:
        lines.write("\n9990000026,only,three\n")
    loaded = load(file)
    assert (loaded.kept, loaded.rows) == (1, {"the row has more or fewer fields than the head": [4]})


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "has not: nhs_number, family_name"),
        (b"nhs_number,family_name\n9990000018,Secret\n", "has not: given_names"),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_such_file_is_refused_in_a_sentence(vault, tmp_path, content, said):
    from stewardship.vault.errors import VaultError

    file = tmp_path / "people.csv"
    file.write_bytes(content)
    with pytest.raises(VaultError, match=said) as refused:
        load(file)
    assert "Nothing was loaded" in str(refused.value) and "Secret" not in str(refused.value)


def test_a_file_that_breaks_off_leaves_nothing(vault, tmp_path, monkeypatch):
    from stewardship.vault.errors import VaultError

    monkeypatch.setattr("stewardship.vault.loading.BATCH", 5)
    file = written(tmp_path / "people.csv", rows(20))
    with file.open("ab") as lines:
        lines.write(b'9990000999,"broken\xff')
    with pytest.raises(VaultError, match="cannot be read"):
        load(file, report=tmp_path / "refused.csv")
    assert kept() == 0
    assert not (tmp_path / "refused.csv").exists()


def test_a_load_that_cannot_be_logged_is_not_kept(vault, tmp_path, settings):
    from stewardship.access.log import AccessLogError

    settings.ACCESS_LOG_KEYS = ""
    with pytest.raises(AccessLogError):
        load(written(tmp_path / "people.csv", rows(3)))
    assert kept() == 0


def test_a_load_is_one_event_that_names_nobody(vault, tmp_path):
    before = len(people.events())
    load(written(tmp_path / "people.csv", rows(3)))
    (event,) = people.events()[before:]
    assert (event.did, event.shown, event.about, event.via) == ("create", 3, "", "command")


def test_memory_does_not_grow_with_the_file(vault, tmp_path, monkeypatch):
    monkeypatch.setattr("stewardship.vault.loading.BATCH", 100)

    def peak(many):
        file = written(tmp_path / f"{many}.csv", rows(many))
        tracemalloc.start()
        load(file)
        reached = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return reached

    load(written(tmp_path / "first.csv", rows(10)))
    assert peak(1600) < 1.5 * peak(400)


def test_numbers_of_the_tests_are_issued_to_nobody():
    assert all(one.startswith("999") for one in numbers(100))
    assert NOW.date() == date(2026, 6, 1)


@pytest.fixture
def settings():
    from django.conf import settings
    from django.test import override_settings

    kept = {"ACCESS_LOG_KEYS": settings.ACCESS_LOG_KEYS}
    with override_settings(**kept):
        yield settings
