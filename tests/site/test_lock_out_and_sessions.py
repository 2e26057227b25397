"""Guessing is stopped, and stays stopped; sessions end when they should."""

import re
import time
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from stewardship.site.models import Member, RoleHolding
from stewardship.site.roles import Administrator, Steward
from support.site import PASSWORD, client, member, sign_in_as, signed_in

WRONG = "wrong-words-here"


def sign_in(browser, login="asteward", password=PASSWORD):
    return browser.post("/sign-in/", {"login": login, "password": password})


def is_in(browser):
    return browser.get("/account/").status_code == 200


def test_after_five_wrong_passwords_the_right_one_is_refused_too():
    member(Steward)
    for _ in range(5):
        assert "is not right" in sign_in(client(), password=WRONG).content.decode()
    refused = sign_in(client())
    assert "Too many attempts. Wait five minutes" in refused.content.decode()


def test_a_name_nobody_has_is_locked_out_alike():
    for _ in range(5):
        sign_in(client(), "nobody", WRONG)
    assert "Too many attempts" in sign_in(client(), "nobody", WRONG).content.decode()


def test_locking_one_account_locks_no_other():
    member(Steward)
    member(Steward, username="other")
    for _ in range(6):
        sign_in(client(), password=WRONG)
    assert sign_in(client(), "other").status_code == 302


def test_five_minutes_after_a_lock_out_the_right_password_signs_in_however_often_it_was_guessed(monkeypatch):
    member(Steward)
    now = time.time()
    for minute in range(0, 10 * 40, 10):
        monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda at=now + 60 * minute: at)
        assert "is not right" in sign_in(client(), password=WRONG).content.decode()
    for _ in range(4):
        sign_in(client(), password=WRONG)
    assert "Too many" in sign_in(client()).content.decode()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now + 60 * minute + 301)
    assert sign_in(client()).status_code == 302


def test_user_name_and_e_mail_address_in_any_capitals_spend_the_same_attempts():
    member(Steward, email="Sam.Steward@Example.org")
    for login in ("asteward", "ASteward", "sam.steward@example.org", "SAM.STEWARD@example.org", "asteward"):
        assert "is not right" in sign_in(client(), login, WRONG).content.decode()
    assert "Too many attempts" in sign_in(client(), "Sam.Steward@example.org").content.decode()


@pytest.mark.parametrize("login", ["ASTEWARD", " asteward ", "sam.steward@example.org"])
def test_one_signs_in_with_either_name_in_any_capitals(login):
    member(Steward, email="Sam.Steward@Example.org")
    assert sign_in(client(), login).status_code == 302


def test_guessing_at_somebodys_account_is_seen_by_the_watch():
    from stewardship.access.watching import raise_alerts

    who = member(Steward)
    for login, password in [("asteward", WRONG), ("asteward@example.org", WRONG)] * 2 + [("asteward", WRONG)]:
        sign_in(client(), login, password)
    failed = last_event()
    assert (failed.did, failed.result, failed.member) == ("sign in", "refused", who.pk)
    assert failed.client.split()[0] == "127.0.0.1"
    signed_in_elsewhere = client()
    sign_in_as(signed_in_elsewhere, who)
    signed_in_elsewhere.get("/members/")
    raised = [one for one in raise_alerts(now=timezone.now()) if one.rule == "refused"]
    assert who.pk in [one.member for one in raised]  # the log forgets nothing that other tests did


def test_lock_outs_are_kept_where_a_restart_and_every_process_find_them():
    from django.core.cache import cache
    from django.core.cache.backends.db import DatabaseCache
    from django.db import connection

    assert isinstance(cache._connections[cache._alias], DatabaseCache)
    sign_in(client(), password=WRONG)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM site_cache WHERE cache_key LIKE '%login%' OR cache_key LIKE '%asteward%'"
        )
        assert cursor.fetchone()[0] == 0
        cursor.execute("SELECT count(*) FROM site_cache")
        assert cursor.fetchone()[0] > 0


def test_a_session_ends_after_twelve_hours_however_busy_it_was():
    browser = signed_in(Steward)
    session = browser.session
    session["began"] = time.time() - 12 * 3600 + 60
    session.save()
    assert is_in(browser)
    session["began"] = time.time() - 12 * 3600 - 1
    session.save()
    assert browser.get("/account/").headers["Location"].startswith("/sign-in/")


def test_a_session_that_nobody_saw_begin_is_over():
    browser = signed_in(Steward)
    session = browser.session
    del session["began"]
    session.save()
    assert not is_in(browser)


def test_the_oldest_of_too_many_sessions_ends():
    member(Steward)
    browsers = [client() for _ in range(4)]
    with override_settings(DEMONSTRATION=True):
        Member.objects.update(demonstration=True)
        for browser in browsers:
            assert sign_in(browser).status_code == 302
        assert [is_in(browser) for browser in browsers] == [False, True, True, True]


@pytest.mark.parametrize(
    "what",
    ["closed", "role given", "role taken", "password", "second factor", "sign-in service"],
)
def test_every_session_of_a_member_ends_when_their_standing_changes(what):
    who, by = member(Steward), member(Administrator, username="keeper")
    browsers = [client(), client()]
    for browser in browsers:
        sign_in_as(browser, who)
        assert is_in(browser)
    change(what, who, by)
    assert [is_in(browser) for browser in browsers] == [False, False]


def change(what, who, by):
    from allauth.mfa.totp.internal.auth import TOTP

    from stewardship.site import accounts, members

    now, common = timezone.now(), {"member_id": who.pk, "by": by, "seen_version": who.version}
    if what == "closed":
        accounts.close_account(**common, now=now)
    elif what == "role given":
        members.give_role(**common, role=Administrator, organisation="", now=now)
    elif what == "role taken":
        members.end_role(**common, holding_id=who.held[0].pk, now=now)
    elif what == "password":
        who.set_password("orchard-window-seven")
        who.save()
    elif what == "second factor":
        TOTP.activate(who, "A" * 32)
        accounts.reset_second_factor(**common, why="Phone lost; seen in person", now=now)
    else:
        details = {"display_name": who.display_name, "email": who.email, "provider_subject": "s-1"}
        members.change_details(**common, **details)


def test_changing_ones_own_password_ends_the_other_sessions_only():
    who = member(Steward)
    here, there = client(), client()
    for browser in (here, there):
        sign_in_as(browser, who)
    new = "orchard-window-seven"
    here.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(here) and not is_in(there)


def last_event():
    from stewardship.access.models import AccessEvent

    return AccessEvent.objects.order_by("-sequence").first()


def test_signing_in_and_out_and_failing_to_are_logged():
    who = member(Steward)
    sign_in(client(), "a-password-typed-in-the-wrong-field", WRONG)
    failed = last_event()
    assert (failed.did, failed.result, failed.member, failed.name) == ("sign in", "refused", None, "")
    assert "a-password-typed" not in str(vars(failed))
    browser = client()
    sign_in(browser)
    assert (last_event().did, last_event().result, last_event().member) == ("sign in", "allowed", who.pk)
    browser.post("/sign-out/")
    assert (last_event().did, last_event().member) == ("sign out", who.pk)


def test_a_page_refused_to_a_role_is_logged():
    signed_in(Steward).get("/members/")
    refused = last_event()
    assert (refused.did, refused.result, refused.role) == ("refused", "refused", "steward")


def test_a_changed_password_stands_on_the_members_own_page():
    browser, new = signed_in(Steward), "orchard-window-seven"
    browser.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert "Password changed" in browser.get("/account/").content.decode()


def test_until_when_one_stays_signed_in_is_said_and_longer_is_a_plain_page():
    browser = signed_in(Steward)
    until = timezone.localtime(timezone.now() + timedelta(minutes=30))
    page = re.sub(r"</?span[^>]*>", "", browser.get("/care-areas/").content.decode())
    minutes = [until + timedelta(minutes=more) for more in (-1, 0, 1)]  # one may end while the page is made
    assert any(f"You stay signed in until {minute:%H:%M}" in page for minute in minutes)
    assert 'href="/account/stay/"' in page
    assert "12 hours after you signed in" in browser.get("/account/stay/").content.decode()


@pytest.mark.parametrize("left, seconds, last", [(3600, 1800, False), (1200, 1200, True), (60, 60, True)])
def test_the_warning_comes_before_the_end_that_is_first(left, seconds, last):
    browser = signed_in(Steward)
    session = browser.session
    session["began"] = time.time() - 12 * 3600 + left
    session.save()
    page = browser.get("/account/").content.decode()
    said = int(re.search(r'id="stay"[^>]* data-seconds="(\d+)"', page)[1])
    assert seconds - 5 <= said <= seconds
    assert ("in any case, 12 hours after you signed in" in page) == last
    assert (">Stay signed in</button>" in page) != last


def test_an_account_nobody_used_for_sixty_days_is_closed_until_it_is_opened():
    from stewardship.site import accounts

    who, by = member(Steward), member(Administrator, username="keeper")
    long_ago = timezone.now() - timedelta(days=60)
    Member.objects.filter(pk=who.pk).update(joined_at=long_ago, last_login=long_ago)
    refused = sign_in(client())
    assert refused.status_code == 403
    assert "was not used for 60 days" in refused.content.decode()
    accounts.reopen_account(member_id=who.pk, by=by, seen_version=who.version, now=timezone.now())
    assert sign_in(client()).status_code == 302


@pytest.mark.parametrize("days, closed", [(59, False), (60, True), (61, True)])
def test_the_sixtieth_day_closes(days, closed):
    now = timezone.now()
    who = Member(username="x", joined_at=now - timedelta(days=300), last_login=now - timedelta(days=days))
    assert (who.dormant_since(now) is not None) == closed


def test_a_closed_account_is_told_so_only_to_who_knows_its_password():
    from stewardship.site import accounts

    who, by = member(Steward), member(Administrator, username="keeper")
    accounts.close_account(member_id=who.pk, by=by, seen_version=who.version, now=timezone.now())
    assert "was closed" in sign_in(client()).content.decode()
    assert "is not right" in sign_in(client(), password=WRONG).content.decode()


def test_nobody_with_a_demonstrations_account_gets_into_a_real_workspace_and_nobody_real_into_a_demonstration():
    who = member(Steward)
    with override_settings(DEMONSTRATION=True):
        refused = sign_in(client())
        assert refused.status_code == 403
        assert "do not open each other’s workspace" in refused.content.decode()
    browser = client()
    sign_in_as(browser, who)
    Member.objects.filter(pk=who.pk).update(demonstration=True)
    assert not is_in(browser)
    assert sign_in(client()).status_code == 403


def test_a_workspace_with_real_accounts_cannot_become_a_demonstration():
    from django.core.exceptions import ImproperlyConfigured, ValidationError

    from stewardship.site.demonstration import passes

    with pytest.raises(ImproperlyConfigured, match="is no demonstration"):
        passes()
    member(Steward)
    with override_settings(DEMONSTRATION=True), pytest.raises(ValidationError, match="has real accounts"):
        passes()
    RoleHolding.objects.all().delete()
    Member.objects.update(demonstration=True)
    with pytest.raises(ValidationError, match="is a demonstration"):
        member(Steward, username="real")
