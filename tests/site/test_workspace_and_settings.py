"""The workspace folder and the settings that come from the environment."""

import json
import os
import stat
import subprocess
import sys

import pytest

from stewardship.site.database import from_url, sqlite
from stewardship.site.serve import prepare
from stewardship.site.workspace import Workspace

ASK = """
import json, stewardship.site.settings as s
names = ["TLS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS"]
names += ["ORGANISATION", "DEBUG", "SECRET_KEY"]
print(json.dumps({n: getattr(s, n) for n in names} | {"engine": s.DATABASES["default"]["ENGINE"]}))
"""


def settings(tmp_path, **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STEWARDSHIP_")}
    kept |= {"STEWARDSHIP_WORKSPACE": str(tmp_path), **environment}
    asked = subprocess.run([sys.executable, "-c", ASK], env=kept, capture_output=True, text=True, check=True)
    return json.loads(asked.stdout)


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path):
    key = Workspace(tmp_path).secret_key()
    assert len(key) > 60
    assert Workspace(tmp_path).secret_key() == key
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_a_key_that_is_set_comes_before_the_one_of_the_workspace(tmp_path):
    assert settings(tmp_path, STEWARDSHIP_SECRET_KEY="a key that is set")["SECRET_KEY"] == "a key that is set"
    assert not (tmp_path / "secret.key").exists()
    assert settings(tmp_path)["SECRET_KEY"] == (tmp_path / "secret.key").read_text()


def test_by_default_the_site_answers_this_machine_only(tmp_path):
    found = settings(tmp_path)
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["ORGANISATION"] == "Stewardship"
    assert found["DEBUG"] is False
    assert found["TLS"] is False
    assert found["SECURE_HSTS_SECONDS"] == 0
    assert found["engine"].endswith("sqlite3")


def test_over_https_cookies_are_sent_over_https_only(tmp_path):
    found = settings(
        tmp_path,
        STEWARDSHIP_TLS="yes",
        STEWARDSHIP_HSTS_SECONDS="31536000",
        STEWARDSHIP_ALLOWED_HOSTS="stewardship.example.org, other.example.org",
    )
    assert found["SESSION_COOKIE_SECURE"] and found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["ALLOWED_HOSTS"][-2:] == ["stewardship.example.org", "other.example.org"]


@pytest.mark.parametrize("name", ["DORMANT_DAYS", "SESSIONS_AT_ONCE", "PROXIES"])
def test_a_setting_that_is_no_number_is_told_by_its_name(tmp_path, name):
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        settings(tmp_path, **{f"STEWARDSHIP_{name}": "many"})
    assert f"STEWARDSHIP_{name} is no number. Write digits" in stopped.value.stderr


@pytest.mark.parametrize("written", ["*", "proxy.example.org"])
def test_a_proxy_is_named_by_its_address_and_never_everybody(tmp_path, written):
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        settings(tmp_path, STEWARDSHIP_PROXY_ADDRESS=written)
    assert "STEWARDSHIP_PROXY_ADDRESS is no address. Write one" in stopped.value.stderr


def test_postgresql_is_one_setting(tmp_path):
    found = settings(tmp_path, STEWARDSHIP_DATABASE_URL="postgresql://u:p@db/stewardship")
    assert found["engine"] == "django.db.backends.postgresql"


def test_an_address_of_a_database_is_read_whole():
    made = from_url("postgresql://sam:p%40ss@db.example:5433/ics%20one?sslmode=require")
    assert made["NAME"] == "ics one"
    assert (made["USER"], made["PASSWORD"]) == ("sam", "p@ss")
    assert (made["HOST"], made["PORT"]) == ("db.example", "5433")
    assert made["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("url", ["mysql://u@h/name", "postgresql://u@h/", "nonsense"])
def test_another_kind_of_address_is_refused_in_words(url):
    with pytest.raises(ValueError, match="Write it as postgresql://"):
        from_url(url)


def test_readers_do_not_wait_for_a_writer(tmp_path):
    assert "journal_mode=WAL" in sqlite(tmp_path / "x")["OPTIONS"]["init_command"]
    from django.db.utils import ConnectionHandler

    connection = ConnectionHandler({"default": sqlite(tmp_path / "x")})["default"]
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert cursor.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    connection.close()


def test_a_process_serves_one_workspace(tmp_path):
    with pytest.raises(RuntimeError, match="already serves the workspace"):
        prepare(tmp_path)


def test_the_database_is_of_the_shape_that_the_models_need():
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    call_command("check", verbosity=0)
