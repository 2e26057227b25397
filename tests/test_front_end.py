"""What the pages are made with is inside the package, and asks nothing of other hosts."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

VENDOR = Path(str(files("stewardship"))) / "site" / "static" / "vendor"
LOCK = Path(__file__).parents[1] / "frontend" / "package-lock.json"
SERVED = ("nhsuk-frontend.min.css", "nhsuk-frontend.min.js", "htmx.min.js")
LINK = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""")


@pytest.mark.parametrize("name", SERVED)
def test_the_package_holds_what_its_pages_need(name):
    assert (VENDOR / name).stat().st_size > 10_000


@pytest.mark.parametrize("name", SERVED)
def test_nothing_is_fetched_from_another_host(name):
    text = (VENDOR / name).read_text(encoding="utf-8")
    assert "sourceMappingURL" not in text
    assert not re.search(r"""url\(\s*["']?(https?:)?//""", text)
    assert not re.search(r"""import\s*\(?\s*["'`](https?:)?//|fetch\(\s*["'`](https?:)?//""", text)


def test_the_web_font_of_other_hosts_is_left_out():
    assert "@font-face" not in (VENDOR / "nhsuk-frontend.min.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("weight", ["400Regular", "700Bold"])
def test_the_font_of_papers_lies_in_the_package(weight):
    assert (VENDOR / "fonts" / f"Arimo_{weight}.ttf").read_bytes()[:4] == b"\x00\x01\x00\x00"


def test_every_picture_that_the_style_sheet_uses_lies_beside_it():
    links = set(LINK.findall((VENDOR / "nhsuk-frontend.min.css").read_text(encoding="utf-8")))
    pictures = {link for link in links if not link.startswith("data:")}
    assert pictures
    assert all((VENDOR / picture).is_file() for picture in pictures)


def test_the_licences_travel_with_the_files():
    assert "MIT License" in (VENDOR / "nhsuk-frontend.licence.txt").read_text(encoding="utf-8")
    assert "Zero-Clause BSD" in (VENDOR / "htmx.licence.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in (VENDOR / "fonts" / "arimo.licence.txt").read_text(encoding="utf-8")


def test_the_lock_file_pins_versions_and_carries_no_download_addresses():
    text = LOCK.read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert "://" not in text
    assert all("integrity" in package for name, package in packages.items() if name)


def test_the_style_sheet_is_of_the_version_that_is_locked():
    locked = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]["node_modules/nhsuk-frontend"][
        "version"
    ]
    assert f'--nhsuk-frontend-version:"{locked}"' in (VENDOR / SERVED[0]).read_text(encoding="utf-8")
