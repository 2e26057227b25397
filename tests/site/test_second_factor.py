"""The second factor: set up, asked for, lost and replaced."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from stewardship.site.models import AccountEvent, Member
from stewardship.site.roles import Administrator, Steward
from support.codes import code_of
from support.site import PASSWORD, client, member, sign_in_as, signed_in

SET_UP = "/account/second-factor/app/"


def sign_in(browser, login="asteward", password=PASSWORD):
    return browser.post("/sign-in/", {"login": login, "password": password})


def key_on(page):
    return re.search(r"Key: <code>([A-Z2-7 ]+)</code>", page.content.decode())[1].replace(" ", "")


def set_up(browser):
    """Set a second factor up; returns its key and the recovery codes."""
    key = key_on(browser.get(SET_UP))
    done = browser.post(SET_UP, {"code": code_of(key)}, follow=True)
    codes = re.findall(r"<li><code>(\d{4}) (\d{4})</code></li>", done.content.decode())
    return key, ["".join(code) for code in codes]


@pytest.fixture
def with_factor():
    """A member with a second factor: the key and the recovery codes."""
    member(Steward)
    browser = client()
    sign_in(browser)
    return set_up(browser)


def test_the_first_sign_in_leads_to_setting_it_up_and_then_everything_opens():
    member(Steward)
    browser = client()
    assert sign_in(browser).status_code == 302
    assert browser.get("/care-areas/").headers["Location"] == SET_UP
    page = browser.get(SET_UP).content.decode()
    assert "<svg" in page and "Set up your second factor" in page
    assert "style=" not in page and "data:" not in page
    _, codes = set_up(browser)
    assert len(codes) == 10
    assert browser.get("/care-areas/").status_code == 200
    assert AccountEvent.objects.first().did == "Second factor set up"


def test_signing_in_asks_for_a_code_and_a_password_alone_opens_nothing(with_factor):
    key, _ = with_factor
    browser = client()
    assert sign_in(browser).headers["Location"] == "/sign-in/code/"
    assert browser.get("/care-areas/").headers["Location"].startswith("/sign-in/")
    answer = browser.post("/sign-in/code/", {"code": code_of(key, steps=1)})
    assert answer.headers["Location"] == "/"
    assert browser.get("/care-areas/").status_code == 200


def test_a_code_is_taken_once(with_factor):
    key, _ = with_factor
    code = code_of(key, steps=1)
    for works in (True, False):
        browser = client()
        sign_in(browser)
        answer = browser.post("/sign-in/code/", {"code": code})
        assert (answer.status_code == 302) == works
    assert "was used already" in answer.content.decode()


def test_the_code_that_set_it_up_does_not_sign_in_too():
    member(Steward)
    browser = client()
    sign_in(browser)
    key = key_on(browser.get(SET_UP))
    code = code_of(key)
    browser.post(SET_UP, {"code": code})
    other = client()
    sign_in(other)
    assert other.post("/sign-in/code/", {"code": code}).status_code == 200


def test_a_code_that_cannot_be_checked_because_the_key_is_another_is_refused_in_words(with_factor):
    browser, key = client(), "another key of a site under test, of its own"
    with override_settings(SECRET_KEY=key):
        sign_in(browser)
        page = browser.post("/sign-in/code/", {"code": code_of(with_factor[0], steps=1)})
    assert page.status_code == 200
    assert "the site&#39;s key is another one" in page.content.decode()


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_another_time_is_refused(with_factor, steps):
    browser = client()
    sign_in(browser)
    page = browser.post("/sign-in/code/", {"code": code_of(with_factor[0], steps=steps)})
    assert "That code is not right" in page.content.decode()


def test_guessing_codes_is_stopped(with_factor):
    browser = client()
    sign_in(browser)
    for guess in range(5):
        browser.post("/sign-in/code/", {"code": f"00000{guess}"})
    page = browser.post("/sign-in/code/", {"code": code_of(with_factor[0], steps=1)})
    assert "Too many attempts" in page.content.decode()


def test_an_empty_code_is_named(with_factor):
    browser = client()
    sign_in(browser)
    assert "Enter the code" in browser.post("/sign-in/code/", {"code": ""}).content.decode()


def test_a_recovery_code_signs_in_once(with_factor):
    _, codes = with_factor
    for works in (True, False):
        browser = client()
        sign_in(browser)
        answer = browser.post("/sign-in/code/", {"code": f"{codes[0][:4]} {codes[0][4:]}"})
        assert (answer.status_code == 302) == works


def test_that_a_recovery_code_was_used_stands_on_the_members_page_and_in_the_log(with_factor):
    from stewardship.access.models import AccessEvent

    _, codes = with_factor
    browser = client()
    sign_in(browser)
    browser.post("/sign-in/code/", {"code": codes[0]})
    assert "Recovery code used" in browser.get("/account/").content.decode()
    changes = AccessEvent.objects.filter(did="change", member=Member.objects.get().pk)
    assert changes.order_by("-sequence")[0].client.split()[0] == "127.0.0.1"
    assert codes[0] not in str(list(AccessEvent.objects.values_list()))


def test_a_wrong_code_is_logged_with_whose_account_it_was_tried_at(with_factor):
    from stewardship.access.models import AccessEvent

    browser = client()
    sign_in(browser)
    browser.post("/sign-in/code/", {"code": "000000"})
    tried = AccessEvent.objects.order_by("-sequence")[0]
    assert (tried.did, tried.result, tried.member) == ("sign in", "refused", Member.objects.get().pk)


def test_no_code_that_was_typed_can_be_read_in_the_database(with_factor):
    key, codes = with_factor
    typed = [code_of(key, steps=1), codes[0], "225973"]
    for code in typed:
        browser = client()
        sign_in(browser)
        browser.post("/sign-in/code/", {"code": code})
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM site_cache")
        kept = cursor.fetchall()
    assert kept and not [code for code in typed if code in str(kept)]


def test_recovery_codes_are_shown_once_and_new_ones_replace_them(with_factor):
    _, codes = with_factor
    browser = client()
    sign_in(browser)
    browser.post("/sign-in/code/", {"code": codes[0]})
    page = browser.get("/account/recovery-codes/").content.decode()
    assert codes[1] not in page.replace(" ", "") and "You have 9 left" in page
    new = browser.post("/account/recovery-codes/new/", follow=True).content.decode()
    assert len(re.findall(r"<li><code>\d{4} \d{4}</code></li>", new)) == 10
    other = client()
    sign_in(other)
    assert other.post("/sign-in/code/", {"code": codes[1]}).status_code == 200


def test_the_database_holds_no_secret_in_clear(with_factor):
    from allauth.mfa.models import Authenticator

    key, codes = with_factor
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert key not in kept
    assert not any(code in kept for code in codes)


def test_giving_an_app_up_signs_out_everywhere_and_leads_to_a_new_one(with_factor):
    _, codes = with_factor
    here, there = client(), client()
    for browser, code in ((here, codes[0]), (there, codes[1])):
        sign_in(browser)
        browser.post("/sign-in/code/", {"code": code})
    assert here.post("/account/second-factor/another/").headers["Location"] == "/sign-in/"
    for browser in (here, there):
        assert browser.get("/account/").headers["Location"].startswith("/sign-in/")
    assert sign_in(here).headers["Location"] == "/"
    assert here.get("/account/").headers["Location"] == SET_UP


def test_what_is_sensitive_asks_again_after_a_while(with_factor):
    import time

    browser = client()
    sign_in_as(browser, Member.objects.get())
    assert browser.get("/account/second-factor/another/").status_code == 200
    session = browser.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**one, "at": time.time() - 901} for one in records]
    session.save()
    asked = browser.get("/account/second-factor/another/")
    assert asked.headers["Location"].startswith("/account/confirm/?next=")
    wrong = browser.post(asked.headers["Location"], {"password": "wrong-words-here"})
    assert "There is a problem" in wrong.content.decode()
    right = browser.post(
        "/account/confirm/", {"password": PASSWORD, "next": "/account/second-factor/another/"}
    )
    assert right.headers["Location"] == "/account/second-factor/another/"
    assert browser.get("/account/second-factor/another/").status_code == 200


def test_whoever_lost_the_phone_is_told_who_took_the_second_factor_away_and_why(with_factor):
    from stewardship.site.accounts import reset_second_factor

    who, by = Member.objects.get(), member(Administrator, username="keeper")
    reset_second_factor(
        member_id=who.pk,
        why="Phone stolen; seen in person",
        by=by,
        seen_version=who.version,
        now=timezone.now(),
    )
    browser = client()
    sign_in(browser)
    assert browser.get("/").headers["Location"] == SET_UP
    set_up(browser)
    page = browser.get("/account/").content.decode()
    assert "Second factor taken away, to be set up again" in page
    assert "Phone stolen; seen in person" in page


def test_an_app_is_shown_only_while_it_is_set_up(with_factor):
    browser = client()
    sign_in_as(browser, Member.objects.get())
    assert browser.get(SET_UP).headers["Location"] == "/account/second-factor/another/"


def test_no_e_mail_is_ever_sent(settings_that_would_show_it, with_factor):
    browser = client()
    sign_in_as(browser, Member.objects.get())
    browser.post("/account/recovery-codes/new/")
    new = "orchard-window-seven"
    browser.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    browser.post("/account/second-factor/another/")
    for _ in range(6):
        sign_in(client(), password="wrong-words-here")
    assert getattr(mail, "outbox", []) == []


@pytest.fixture
def settings_that_would_show_it():
    from django.test import override_settings

    mail.outbox = []
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        yield


def test_a_demonstration_asks_for_none():
    from django.test import override_settings

    with override_settings(DEMONSTRATION=True):
        member(Steward)
        browser = client()
        sign_in(browser)
        page = browser.get("/care-areas/")
        assert page.status_code == 200
        assert "<strong>Demonstration.</strong>" in page.content.decode()
    assert "<strong>Demonstration.</strong>" not in signed_in_steward_page()


def signed_in_steward_page():
    Member.objects.update(demonstration=False)
    return signed_in(Administrator).get("/account/").content.decode()


def test_the_last_administrator_gets_in_again_with_a_helper_made_on_the_server():
    lost = member(Administrator, username="lost")
    set_up_for(lost)
    helper = member(Administrator, username="helper")  # as `stewardship add-administrator` makes one
    browser = client()
    sign_in(browser, "helper")
    set_up(browser)
    page = browser.post(
        f"/members/{lost.pk}/second-factor/", {"version": 1, "why": "Phone lost; seen in person"}
    )
    assert page.headers["Location"].endswith("done=factor")
    back = client()
    sign_in(back, "lost")
    set_up(back)
    version = Member.objects.get(pk=helper.pk).version
    assert (
        back.post(f"/members/{helper.pk}/close/", {"version": version})
        .headers["Location"]
        .endswith("done=closed")
    )
    assert browser.get("/account/").status_code == 302


def set_up_for(who):
    browser = client()
    sign_in(browser, who.username)
    set_up(browser)
