"""Signing in and out, as people do it and as others try it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stewardship.site.roles import Administrator, Steward
from support.site import PASSWORD, client, member, sign_in_as, signed_in


def sign_in(browser, login="asteward", password=PASSWORD, **more):
    return browser.post("/sign-in/", {"login": login, "password": password, **more})


@pytest.mark.parametrize("login", ["asteward", "asteward@example.org", "ASTEWARD@example.org"])
def test_a_member_signs_in_by_user_name_or_e_mail(login):
    member(Steward)
    browser = client()
    assert sign_in(browser, login).headers["Location"] == "/"
    assert browser.get("/").headers["Location"] == "/account/second-factor/app/"


def test_a_steward_starts_on_the_care_areas():
    assert signed_in(Steward).get("/").headers["Location"] == "/care-areas/"


def test_an_administrator_starts_on_the_members():
    browser = client()
    sign_in_as(browser, member(Administrator))
    page = browser.get("/", follow=True).content.decode()
    assert "Dr A. Steward" in page
    assert "asteward" in page


@pytest.mark.parametrize("login, password", [("asteward", "wrong-words-here"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(login, password):
    member(Steward)
    page = sign_in(client(), login, password).content.decode()
    assert "The user name or the password is not right." in page
    assert "There is a problem" in page


def test_empty_fields_are_named():
    page = sign_in(client(), "", "").content.decode()
    assert "Enter your user name or e-mail address" in page
    assert "Enter your password" in page


def test_after_signing_in_the_wanted_page_opens():
    member(Steward)
    answer = sign_in(client(), next="/care-areas/diabetes/?place=N1")
    assert answer.headers["Location"] == "/care-areas/diabetes/?place=N1"


def test_another_site_cannot_be_the_wanted_page():
    member(Steward)
    assert sign_in(client(), next="https://example.com/").headers["Location"] == "/"


def test_the_session_cookie_is_for_this_site_and_this_browser_window():
    member(Steward)
    cookie = sign_in(client()).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""


def test_a_session_ends_after_thirty_minutes_without_a_page():
    from django.contrib.sessions.models import Session

    browser = signed_in(Steward)
    browser.get("/care-areas/")
    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    browser.get("/care-areas/")
    assert Session.objects.get().expire_date - timezone.now() > timedelta(minutes=29)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browser.get("/care-areas/").status_code == 302


def test_signing_out_takes_a_button_not_a_link():
    browser = signed_in(Steward)
    assert "Sign out?" in browser.get("/sign-out/").content.decode()
    assert browser.get("/care-areas/").status_code == 200
    browser.post("/sign-out/")
    assert browser.get("/care-areas/").status_code == 302


@pytest.mark.parametrize("address", ["/signup/", "/accounts/signup/", "/sign-up/", "/password/reset/"])
def test_nobody_makes_an_account_for_themselves(address):
    assert client().get(address).status_code == 404


def test_a_member_changes_the_password():
    browser = client()
    sign_in_as(browser, member(Steward))
    new = "orchard-window-seven"
    answer = browser.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}, follow=True
    )
    assert "Your password was changed." in answer.content.decode()
    assert sign_in(client()).status_code == 200
    assert sign_in(client(), password=new).status_code == 302


@pytest.mark.parametrize("new", ["short", "password1234", "123456789012"])
def test_a_password_that_is_easy_to_guess_is_refused(new):
    browser = signed_in(Steward)
    page = browser.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    ).content.decode()
    assert "There is a problem" in page


def test_a_form_from_another_page_changes_nothing():
    answer = client(enforce_csrf_checks=True).post("/sign-in/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "Nothing was sent" in answer.content.decode()
