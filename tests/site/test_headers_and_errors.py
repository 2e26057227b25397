"""What every answer carries, and what a page says when something is not done."""

import re
from unittest.mock import patch

import pytest
from django.test import override_settings

from stewardship.site.roles import Steward
from support.site import client, signed_in


def test_every_page_forbids_what_it_does_not_need():
    answer = signed_in(Steward).get("/care-areas/diabetes/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_one_inline_script_has_a_nonce_of_its_own_each_time():
    browser = signed_in(Steward)
    nonces = set()
    for _ in range(2):
        answer = browser.get("/care-areas/")
        (nonce,) = re.findall(r'<script nonce="([^"]+)"', answer.content.decode())
        assert f"'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]
        nonces.add(nonce)
    assert len(nonces) == 2


@pytest.mark.parametrize("address", ["/care-areas/", "/care-areas/diabetes/", "/findings/", "/account/"])
def test_no_page_has_inline_styles_handlers_or_other_hosts(address):
    page = signed_in(Steward).get(address).content.decode()
    assert not re.search(r"\sstyle=", page)
    assert not re.search(r"\son[a-z]+=", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_the_design_systems_files_are_served_from_here():
    for name in ("vendor/nhsuk-frontend.min.css", "stewardship.css", "start.js", "favicon.svg"):
        answer = client().get(f"/static/{name}")
        assert answer.status_code == 200, name
        assert "max-age=600" in answer.headers["Cache-Control"]


def test_no_logo_is_shown_by_default():
    page = client().get("/sign-in/").content.decode()
    assert "<svg" not in page
    assert "<img" not in page
    assert client().get("/logo").status_code == 404


def test_a_logo_is_shown_when_one_is_set(tmp_path):
    from django.test import override_settings

    logo = tmp_path / "logo.svg"
    logo.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with override_settings(LOGO=str(logo)):
        answer = client().get("/logo")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/svg+xml"


def test_a_page_that_is_not_there_says_so():
    answer = signed_in(Steward).get("/care-areas/dragons/")
    assert answer.status_code == 404
    assert "No care area called dragons is published." in answer.content.decode()


def test_what_is_in_an_address_is_shown_as_text():
    page = signed_in(Steward).get("/care-areas/?place=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


def test_a_failure_is_a_calm_page_without_details():
    browser = signed_in(Steward)
    browser.raise_request_exception = False
    with patch("stewardship.profiles.overview_views.at_a_glance", side_effect=RuntimeError("secret detail")):
        answer = browser.get("/care-areas/")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


def test_a_strange_host_name_is_refused():
    assert client().get("/sign-in/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "contact, said",
    [
        ("", "Please tell your administrator. "),
        ("the data team, room 4", "Please tell the data team, room 4. "),
        ("data@example.org", 'write to <a href="mailto:data@example.org">data@example.org</a>. '),
        ("<b>us</b>", "tell &lt;b&gt;us&lt;/b&gt;. "),
    ],
)
def test_anybody_learns_whom_to_tell_of_a_mistake(contact, said):
    with override_settings(CONTACT=contact):
        page = client().get("/accessibility/").content.decode()
    assert said in page
    assert 'href="/accessibility/"' in client().get("/sign-in/").content.decode()
