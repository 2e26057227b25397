"""Whose address counts: the client's, where the settings name a proxy in front; nobody's word for it otherwise."""

import re
import signal
import sqlite3
from contextlib import contextmanager

import pytest
import requests

from support.command import joined, started, stewardship
from support.site import PASSWORD
from support.system_folder import system_folder

SHOWN = re.compile(r"http://127\.0\.0\.1:\d+/")
CROWD = [f"198.51.100.{number}" for number in range(1, 21)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A real system that `init` made."""
    folder = tmp_path_factory.mktemp("made") / "system"
    named = ("--username", "keeper", "--display-name", "Kit Keeper", "--password-file", "-")
    made = stewardship("init", folder, *named, typed=PASSWORD)
    assert made.returncode == 0, made.stderr
    return system_folder(folder)


@contextmanager
def served(folder, *settings):
    """The address at which it is served with these lines more in stewardship.env."""
    kept = folder / "stewardship.env"
    before = kept.read_text()
    kept.write_text("\n".join([before, *settings]))
    server = started("serve", "--system", folder, "--port", "0")
    try:
        yield next(found[0] for line in server.stdout if (found := SHOWN.search(line)))
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)
        kept.write_text(before)


def tries(address, login, password, come_from):
    """What the site answers to a sign-in that says it was passed on for that address."""
    with requests.Session() as browser:
        browser.headers["X-Forwarded-For"] = come_from
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', browser.get(f"{address}sign-in/").text)[1]
        typed = {"login": login, "password": password, "csrfmiddlewaretoken": token}
        return browser.post(f"{address}sign-in/", typed, allow_redirects=False)


def addresses_of_sign_ins(folder):
    """The clients of all events of signing in, without the browser's digest, oldest first."""
    log = sqlite3.connect(folder / "workspace" / "access.sqlite3")
    kept = log.execute("SELECT client FROM access_event WHERE did = 'sign in' ORDER BY sequence").fetchall()
    log.close()
    return [client.split()[0] for (client,) in kept]


def test_an_address_that_somebody_made_up_counts_for_nothing(folder):
    with served(folder) as address:
        for come_from in CROWD[:2]:
            tries(address, "nobody", "wrong-words-here", come_from)
    assert set(addresses_of_sign_ins(folder)) == {"127.0.0.1"}


def test_behind_a_proxy_a_crowd_that_mistypes_locks_nobody_out_and_the_log_has_their_addresses(folder):
    before = len(addresses_of_sign_ins(folder))
    with served(folder, "STEWARDSHIP_PROXIES=1") as address:
        for number, come_from in enumerate(CROWD):
            assert "is not right" in tries(address, f"nobody{number}", "wrong-words-here", come_from).text
        assert tries(address, "keeper", PASSWORD, "192.0.2.1, 203.0.113.9").status_code == 302
    assert addresses_of_sign_ins(folder)[before:] == [*CROWD, "203.0.113.9"]


@pytest.mark.parametrize("host", ["0.0.0.0", "stewardship.example.org"])
def test_a_real_system_is_not_served_to_a_network_without_tls(folder, host):
    refused = stewardship("serve", "--system", folder, "--host", host, "--port", "0")
    assert refused.returncode != 0
    assert "put a web server that speaks TLS in front" in joined(refused.stderr)
