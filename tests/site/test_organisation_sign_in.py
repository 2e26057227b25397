"""Signing in through the organisation's own service, with a real provider on this machine."""

import time
import urllib.request
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from joserfc.jwk import RSAKey

from stewardship.site import members
from stewardship.site.models import AccountEvent, Member
from stewardship.site.roles import Administrator, Steward
from support.codes import code_of
from support.openid_provider import CLIENT_ID, CLIENT_SECRET, openid_provider
from support.site import client, member, signed_in

KNOWN = {"email": "asteward@example.org", "email_verified": True}
SET_UP = "/account/second-factor/app/"


@pytest.fixture
def provider():
    with (
        openid_provider() as running,
        override_settings(
            OIDC_SERVER_URL=running.address,
            OIDC_CLIENT_ID=CLIENT_ID,
            OIDC_CLIENT_SECRET=CLIENT_SECRET,
            OIDC_NAME="Example Trust",
            OIDC_MFA=["otp", "urn:example:two-factors"],
        ),
    ):
        running.claims = dict(KNOWN)
        yield running


class StaysHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def led_back(browser):
    """The way to the provider and back; the path that the provider leads to."""
    there = browser.get("/sign-in/organisation/").headers["Location"]
    opener = urllib.request.build_opener(StaysHere)
    with pytest.raises(urllib.error.HTTPError) as answer:
        opener.open(there)
    parts = urlsplit(answer.value.headers["Location"])
    return f"{parts.path}?{parts.query}"


def comes_back(browser):
    return browser.get(led_back(browser))


def is_in(browser):
    return browser.get("/care-areas/").status_code == 200


def test_the_sign_in_page_offers_it_only_where_it_is_set(provider):
    assert "Sign in with Example Trust" in client().get("/sign-in/").content.decode()
    with override_settings(OIDC_SERVER_URL=""):
        assert "Sign in with Example" not in client().get("/sign-in/").content.decode()


def test_what_is_asked_of_the_provider(provider):
    member(Steward)
    comes_back(client())
    asked = provider.asked
    assert asked["redirect_uri"] == "http://localhost/sign-in/organisation/back/"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) >= 16 and len(asked["state"]) >= 16
    assert asked["scope"] == "openid email"


def test_somebody_let_in_beforehand_signs_in_and_is_known_by_the_subject_from_then_on(provider):
    who = member(Steward)
    provider.claims["amr"] = ["pwd", "otp"]
    browser = client()
    assert comes_back(browser).headers["Location"] == "/"
    assert is_in(browser)
    assert Member.objects.get().provider_subject == "subject-1"
    assert AccountEvent.objects.filter(member=who).first().did.startswith("Known to the organisation")
    provider.claims.update(email="new.address@example.org")
    again = client()
    comes_back(again)
    assert is_in(again)


def test_an_administrator_may_say_the_subject_beforehand(provider):
    who, keeper = member(Steward), member(Administrator, username="keeper")
    members.change_details(
        member_id=who.pk,
        display_name=who.display_name,
        email="",
        provider_subject="subject-1",
        by=keeper,
        seen_version=1,
    )
    provider.claims = {"amr": ["otp"]}
    browser = client()
    comes_back(browser)
    assert is_in(browser)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@example.org"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": None},
        {"sub": ""},
    ],
)
def test_nobody_else_gets_in_and_no_account_is_made(provider, claims):
    member(Steward)
    provider.claims.update(claims, amr=["otp"])
    browser = client()
    answer = comes_back(browser)
    assert answer.status_code == 403
    assert not is_in(browser)
    assert Member.objects.count() == 1
    assert Member.objects.get().provider_subject == ""


def test_an_address_does_not_open_the_account_of_somebody_known_by_another_subject(provider):
    member(Steward)
    Member.objects.update(provider_subject="subject-2")
    provider.claims["amr"] = ["otp"]
    answer = comes_back(client())
    assert answer.status_code == 403
    assert "nobody has let you in" in answer.content.decode()


@pytest.mark.parametrize("said", [{}, {"amr": ["pwd"]}, {"amr": "otp"}, {"acr": "one-factor"}])
def test_without_the_agreed_words_this_sites_own_second_factor_is_asked_for(provider, said):
    member(Steward)
    provider.claims.update(said)
    browser = client()
    answer = comes_back(browser)
    if said.get("amr") == "otp":  # not a list: against the standard
        assert answer.status_code == 403
        return
    assert answer.headers["Location"] == "/"
    assert browser.get("/care-areas/").headers["Location"] == SET_UP


@pytest.mark.parametrize("said, asked", [({"acr": "urn:example:two-factors"}, False), ({}, True)])
def test_a_member_with_a_second_factor_here_is_asked_unless_the_service_did(provider, said, asked):
    from allauth.mfa.totp.internal.auth import TOTP

    key = "JBSWY3DPEHPK3PXP"
    TOTP.activate(member(Steward), key)
    provider.claims.update(said)
    browser = client()
    answer = comes_back(browser)
    assert answer.headers["Location"] == ("/sign-in/code/" if asked else "/")
    if asked:
        assert not is_in(browser)
        browser.post("/sign-in/code/", {"code": code_of(key)})
    assert is_in(browser)


def test_the_services_second_factor_does_not_count_for_another_sign_in(provider):
    member(Steward)
    provider.claims["amr"] = ["otp"]
    browser = client()
    comes_back(browser)
    browser.post("/sign-out/")
    provider.claims["amr"] = ["pwd"]
    comes_back(browser)
    assert browser.get("/care-areas/").headers["Location"] == SET_UP


def forged(provider, how):
    """Let the provider, or somebody between, say something that must not be believed."""
    now = int(time.time())
    if how == "another key":
        provider.signing_key = RSAKey.generate_key(2048, {"kid": "one"})
    elif how == "unsigned":
        provider.header = {"alg": "none"}
    elif how == "signed with the client's secret":
        provider.secret, provider.header = CLIENT_SECRET.encode(), {"alg": "HS256"}
    elif how == "signed with the public key":
        provider.secret, provider.header = provider.key.as_pem(private=False), {"alg": "HS256", "kid": "one"}
    else:
        provider.claims.update(
            {
                "another nonce": {"nonce": "another"},
                "no nonce": {"nonce": None},
                "another audience": {"aud": "another-site"},
                "several audiences": {"aud": [CLIENT_ID, "another-site"]},
                "another issuer": {"iss": "https://elsewhere.example"},
                "too old": {"exp": now - 600, "iat": now - 900},
                "for another party": {"azp": "another-site"},
                "no subject": {"sub": None},
            }[how]
        )


@pytest.mark.parametrize(
    "how",
    [
        "another key",
        "unsigned",
        "signed with the client's secret",
        "signed with the public key",
        "another nonce",
        "no nonce",
        "another audience",
        "several audiences",
        "another issuer",
        "too old",
        "for another party",
        "no subject",
    ],
)
def test_what_must_not_be_believed_is_refused(provider, how):
    member(Steward)
    forged(provider, how)
    provider.claims["amr"] = ["otp"]
    browser = client()
    answer = comes_back(browser)
    assert answer.status_code == 403
    assert "did not work, so nothing was done" in answer.content.decode()
    assert not is_in(browser)


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(provider):
    member(Steward)
    provider.claims["amr"] = ["otp"]
    elsewhere, victim = client(), client()
    way = led_back(elsewhere)
    assert victim.get(way).status_code == 403
    assert not is_in(victim)


@pytest.mark.parametrize("change", [{"state": "forged"}, {"state": ""}, {"code": "forged"}, {"code": ""}])
def test_a_forged_way_back_is_refused(provider, change):
    member(Steward)
    browser = client()
    parts = urlsplit(led_back(browser))
    answer = browser.get(parts.path, {**dict(parse_qsl(parts.query)), **change})
    assert answer.status_code == 403
    assert not is_in(browser)


def test_a_way_back_works_once(provider):
    member(Steward)
    provider.claims["amr"] = ["otp"]
    browser = client()
    way = led_back(browser)
    assert browser.get(way).status_code == 302
    browser.post("/sign-out/")
    assert browser.get(way).status_code == 403


def test_a_closed_account_stays_closed(provider):
    from django.utils import timezone

    who, keeper = member(Steward), member(Administrator, username="keeper")
    Member.objects.filter(pk=who.pk).update(closed_at=timezone.now(), closed_by=keeper)
    provider.claims["amr"] = ["otp"]
    answer = comes_back(client())
    assert "was closed" in answer.content.decode()


def test_whoever_cancels_there_may_try_again(provider):
    browser = client()
    answer = browser.get("/sign-in/organisation/back/?error=access_denied&state=x")
    assert answer.status_code == 403
    assert "Try again from the sign-in page" in answer.content.decode()


def test_a_provider_that_does_not_answer_is_told_plainly():
    with override_settings(OIDC_SERVER_URL="http://127.0.0.1:9", OIDC_CLIENT_ID="x", OIDC_CLIENT_SECRET="y"):
        answer = client().get("/sign-in/organisation/")
    assert answer.status_code == 403
    assert "did not work" in answer.content.decode()


def test_only_a_provider_behind_tls_is_spoken_to():
    browser = client()
    with (
        override_settings(OIDC_SERVER_URL="http://signin.example.org"),
        pytest.raises(ImproperlyConfigured, match="must begin with https"),
    ):
        browser.get("/sign-in/organisation/")


def test_whoever_is_signed_in_is_not_sent_there(provider):
    browser = signed_in(Steward)
    assert browser.get("/sign-in/organisation/").headers["Location"] == "/"
    assert browser.get("/sign-in/organisation/back/").headers["Location"] == "/"


def test_who_signed_in_only_there_confirms_by_signing_in_again(provider):
    who = member(Administrator)
    who.set_unusable_password()
    who.save()
    provider.claims["amr"] = ["otp"]
    browser = client()
    comes_back(browser)
    assert browser.get("/members/new/").status_code == 200
    session = browser.session
    session["account_authentication_methods"] = [
        {**one, "at": time.time() - 3600} for one in session["account_authentication_methods"]
    ]
    session.save()
    assert browser.get("/members/new/").headers["Location"] == "/sign-in/?next=/members/new/"
    assert browser.get("/account/").status_code == 302
