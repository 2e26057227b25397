"""The vault stands apart: its own database, nothing in it in the clear, and one module that opens a person."""

import ast
import base64
import sqlite3
from datetime import date
from pathlib import Path

import pytest

import stewardship
from support.databases import SERVER
from support.people import NEW_KEY, OLD_KEY, find, keys, link, load, ring, row_of, rows, somebody, written
from support.site import signed_in, workspace

SOURCE = Path(stewardship.__file__).parent
PLANTED = {
    "nhs_number": "9990000018",
    "family_name": "Quetzalmarsh",
    "given_names": "Wilhelmína",
    "birth_date": "1950-04-03",
    "address": "17 Verysingular Passage",
    "postcode": "ZZ99 9XX",
    "phone": "01632 960777",
}
IDENTIFIER = "partner-pseudonym-5501"

files_only = pytest.mark.skipif(bool(SERVER), reason="the vault is a file here only without a server")


def tables(path):
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in found if not name.startswith(("sqlite_", "django_migrations"))}


def test_the_vaults_tables_are_in_its_own_database_and_no_others_are(vault):
    from django.db import connections

    ours = {"vault_key", "vault_identity", "vault_index", "vault_link"}
    for alias in connections:
        found = set(connections[alias].introspection.table_names()) - {"django_migrations"}
        assert found >= ours if alias == "vault" else not found & ours
        if alias == "vault":
            assert found == ours


def forms(value):
    """A value as it might stand in a file: in any case, without spaces, in another coding."""
    bare = value.replace(" ", "")
    for text in {
        value,
        value.lower(),
        value.upper(),
        bare,
        bare.lower(),
        bare.upper(),
        value.replace("-", ""),
    }:
        for coding in ("utf-8", "utf-16-le"):
            yield text.encode(coding)
        yield base64.b64encode(text.encode())[:-4]
        yield text.encode().hex().encode()


def files_of_the_vault():
    from django.db import connections

    with connections["vault"].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
    found = sorted(workspace().glob("vault.sqlite3*"))
    assert found
    return {path.name: path.read_bytes() for path in found}


@files_only
def test_no_planted_value_is_in_any_byte_of_the_vaults_files(vault, tmp_path):
    """After loading, linking, replacing, rotating and looking: in the database, its log and its journal."""
    from stewardship.vault.rotation import rotate
    from stewardship.vault.writing import write_identity

    planted = row_of(0, "") | PLANTED
    load(written(tmp_path / "people.csv", [planted, *rows(3)[1:]]))
    links = [
        {
            "namespace": "partner",
            "identifier": IDENTIFIER,
            "nhs_number": PLANTED["nhs_number"],
            "new_identity": "",
        }
    ]
    link(written(tmp_path / "links.csv", links))
    searched = [files_of_the_vault()]
    ring(NEW_KEY, OLD_KEY)
    from stewardship.vault.rows import person_of
    from support.people import NOW

    write_identity(person_of(planted, NOW.date()), by=somebody())
    load(written(tmp_path / "again.csv", [planted | {"sensitive": "yes"}]))
    searched.extend(files_of_the_vault() for _ in rotate(keys(), NOW))
    assert find(family_name=PLANTED["family_name"], birth_date=date(1950, 4, 3))
    searched.append(files_of_the_vault())
    for files in searched:
        for name, content in files.items():
            for value in (*PLANTED.values(), IDENTIFIER, OLD_KEY, NEW_KEY):
                assert not any(form in content for form in forms(value)), f"{name} holds a planted value"
    assert sum(b"P81001" in content for content in searched[0].values())  # the search does find what is there


@files_only
def test_the_vaults_file_is_its_owners_only(vault):
    (file,) = workspace().glob("vault.sqlite3")
    assert file.stat().st_mode & 0o077 == 0


@pytest.fixture
def lost(vault, tmp_path):
    """The vault's file is not there."""
    from django.db import connections

    from stewardship.site.database import sqlite_vault

    path, kept = tmp_path / "lost.sqlite3", connections.settings["vault"]
    connections["vault"].close()
    connections.settings["vault"] = kept | sqlite_vault(path)
    connections["vault"] = connections.create_connection("vault")
    yield path
    connections["vault"].close()
    connections.settings["vault"] = kept
    connections["vault"] = connections.create_connection("vault")


def test_a_lost_file_is_told_as_such_and_not_made_anew_in_passing(lost):
    from stewardship.vault.errors import VaultClosedError

    with pytest.raises(VaultClosedError, match="cannot be reached"):
        find(nhs_number=PLANTED["nhs_number"])
    assert not lost.exists()


def test_with_a_lost_vault_its_pages_say_so_and_the_rest_works(lost):
    from stewardship.site.roles import PracticeUser, Steward

    answer = signed_in(PracticeUser).get("/people/")
    assert answer.status_code == 503 and "identity vault cannot be reached" in answer.content.decode()
    assert signed_in(Steward).get("/care-areas/").status_code == 200


def test_a_site_starts_without_its_vault(lost, caplog):
    from stewardship.site.serve import migrate

    migrate(workspace())
    assert "The identity vault could not be reached" in caplog.text
    assert not lost.exists()


# what may know whom

OPENERS = {  # who may open a person's envelope, and why
    "door": "to show a person",
    "rotation": "to seal it anew",
    "crosswalk": "to see whether two may be joined",
}
CALLS = ("actions_draft", "views_live", "views_call", "views_call_after")  # open what was typed in a call
ROWS = {*OPENERS, "keeping", "loading", "writing", "sweep", "formerly"}  # who reads or writes rows at all


def imports(path):
    """Every name that a module imports: "module.name"."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def those_who_import(*names):
    """Modules of the product that import one of these names, or anything within them."""
    return {
        path.relative_to(SOURCE).with_suffix("").as_posix()
        for path in SOURCE.rglob("*.py")
        if any(one == name or one.startswith(f"{name}.") for one in imports(path) for name in names)
    }


def test_only_named_modules_open_a_persons_envelope():
    openers = those_who_import("stewardship.vault.person.opened_who", "stewardship.vault.person.opened_where")
    assert openers == {f"vault/{name}" for name in OPENERS}
    # what a member sent a moment ago or typed in a call, and whom a caller named: no envelope of a person
    own = {"cancer/waiting", *(f"frailty/{name}" for name in CALLS)}
    for path in SOURCE.rglob("*.py"):
        if path.parent.name != "vault" and path.relative_to(SOURCE).with_suffix("").as_posix() not in own:
            assert ".opened(" not in path.read_text(encoding="utf-8") or path.parent.name == "access"


def test_only_named_modules_reach_the_vaults_rows():
    known = those_who_import("stewardship.vault.models")
    assert known - {f"vault/{name}" for name in ROWS} == {"vault/migrations/0001_people_links_and_keys"}


def test_no_other_way_leads_to_the_rows_or_the_database():
    """Neither by the registry of models, nor by the connection, nor by SQL that names a table."""
    ways = ('get_model("vault', "get_model('vault", 'connections["vault"]', "vault_identity", "vault_link")
    allowed = {"vault/models", "vault/migrations/0001_people_links_and_keys"}
    found = {
        path.relative_to(SOURCE).with_suffix("").as_posix()
        for path in SOURCE.rglob("*.py")
        if any(way in path.read_text(encoding="utf-8") for way in ways)
    }
    assert found <= allowed


def test_the_pages_reach_people_through_the_door_only():
    page = set(imports(SOURCE / "vault" / "views.py")) | set(imports(SOURCE / "vault" / "forms.py"))
    inner = {f"stewardship.vault.{name}" for name in ("models", "person", "keeping", "keys", "crosswalk")}
    assert not {one for one in page for name in inner if one.startswith(name)}
