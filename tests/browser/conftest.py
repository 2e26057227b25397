"""A real server, a real browser, and a fresh journey for each test."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from support.databases import databases
from support.journey import DESKTOP, HEIGHT, Journey

TESTS = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.path).is_relative_to(TESTS / "browser"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory):
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="session")
def address(workspace):
    """The address of a server in a process of its own, ended by that process's handle."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STEWARDSHIP_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    server = subprocess.Popen(
        [sys.executable, str(TESTS / "support" / "served.py"), str(workspace)],
        env=kept | databases() | {"PYTHONPATH": str(TESTS)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def browser():
    """A browser for one file: while it runs an event loop does too, beside which Django's database may not be used."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        said = "No Chromium was found on this machine. Install it to run the browser tests."
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=found, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def journey(browser, address):
    yield from _journey(browser, address, script=True)


@pytest.fixture
def journey_without_script(browser, address):
    yield from _journey(browser, address, script=False)


def _journey(browser, address, script):
    context = browser.new_context(
        viewport={"width": DESKTOP, "height": HEIGHT}, java_script_enabled=script, accept_downloads=True
    )
    person = Journey(context, address, script=script)
    yield person
    wrong = person.ends()
    context.close()
    assert wrong == []
