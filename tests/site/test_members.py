"""Accounts, as administrators let people in, change them and close them."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from stewardship.site import accounts, invitations, members
from stewardship.site.members import StaleError, create_member
from stewardship.site.models import AccountEvent, Invitation, Member, RoleHolding
from stewardship.site.roles import Administrator, Analyst, PracticeUser, Steward
from support.site import PASSWORD, client, member, sign_in_as, signed_in

NOW = timezone.now()


@pytest.fixture
def keeper():
    return member(Administrator, username="keeper")


@pytest.fixture
def somebody():
    return member(Steward, username="somebody")


def common(one, by):
    return {"member_id": one.pk, "by": by, "seen_version": one.version}


def test_a_member_holds_the_roles_that_were_given_and_by_whom(keeper):
    second = create_member(
        username="second", display_name="Ms B. Second", password=PASSWORD, roles=[Steward], by=keeper
    )
    assert second.roles == [Steward]
    assert second.check_password(PASSWORD)
    holding = RoleHolding.objects.get(member=second)
    assert holding.given_by == keeper
    assert holding.given_at is not None


@pytest.mark.parametrize(
    "change, message",
    [
        ({"username": "Has Spaces"}, "Use small letters"),
        ({"username": ""}, "cannot be blank"),
        ({"password": "short"}, "too short"),
        ({"password": "password1234"}, "too common"),
        ({"roles": []}, "Give at least one"),
        ({"email": "no-at-sign"}, "valid email"),
        ({"email": "KEEPER@example.org"}, "an_e_mail_address_is_of_one_member"),
        ({"roles": [PracticeUser]}, "held for one practice"),
        ({"roles": [PracticeUser], "organisation": "P 1"}, "letters and digits"),
        ({"username": "keeper"}, "already exists"),
    ],
)
def test_an_account_that_would_not_work_is_refused_in_words(keeper, change, message):
    asked = {"username": "new", "display_name": "New", "password": PASSWORD, "roles": [Steward], "by": None}
    with pytest.raises(ValidationError, match=message):
        create_member(**{**asked, **change})
    assert not Member.objects.filter(display_name="New").exists()


def test_a_role_of_direct_care_is_held_for_one_practice_and_may_be_for_two(keeper):
    one = member(PracticeUser, organisation="p81001")
    assert [holding.title for holding in one.held] == ["GP practice user, P81001"]
    give = {"role": PracticeUser, "by": keeper, "now": NOW, "member_id": one.pk}
    members.give_role(**give, organisation="P81002", seen_version=1)
    with pytest.raises(ValidationError, match="holds that role already"):
        members.give_role(**give, organisation="p81002 ", seen_version=2)
    browser = client()
    sign_in_as(browser, Member.objects.get(pk=one.pk))
    page = browser.get("/account/").content.decode()
    assert "gp practice user at P81001</a>" in page
    assert "Act as gp practice user at P81002" in page


def test_a_role_that_needs_no_organisation_takes_none(keeper, somebody):
    with pytest.raises(ValidationError, match="held for no organisation"):
        members.give_role(**common(somebody, keeper), role=Analyst, organisation="P81001", now=NOW)


def test_a_role_taken_away_is_kept_with_who_took_it_and_may_be_given_again(keeper, somebody):
    one = members.end_role(**common(somebody, keeper), holding_id=somebody.held[0].pk, now=NOW)
    assert Member.objects.get(pk=one.pk).held == []
    past = RoleHolding.objects.get(member=one)
    assert (past.ended_by, past.ended_at) == (keeper, NOW)
    members.give_role(member_id=one.pk, by=keeper, seen_version=2, role=Steward, organisation="", now=NOW)
    assert RoleHolding.objects.filter(member=one).count() == 2


@pytest.mark.parametrize("half", ["ended_at", "ended_by"])
def test_the_database_refuses_who_without_when(keeper, somebody, half):
    value = NOW if half == "ended_at" else keeper
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHolding.objects.filter(member=somebody).update(**{half: value})


@pytest.mark.parametrize("half", ["closed_at", "closed_by"])
def test_the_database_refuses_a_closed_account_that_nobody_closed(keeper, somebody, half):
    value = NOW if half == "closed_at" else keeper
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=somebody.pk).update(**{half: value})


ON_ONES_OWN = {
    "give": lambda me: members.give_role(**common(me, me), role=Analyst, organisation="", now=NOW),
    "take": lambda me: members.end_role(**common(me, me), holding_id=me.held[0].pk, now=NOW),
    "close": lambda me: accounts.close_account(**common(me, me), now=NOW),
    "open": lambda me: accounts.reopen_account(**common(me, me), now=NOW),
    "second factor": lambda me: accounts.reset_second_factor(**common(me, me), why="Lost", now=NOW),
    "link": lambda me: invitations.invite(**common(me, me), now=NOW),
    "details": lambda me: members.change_details(
        **common(me, me), display_name="X", email="", provider_subject=""
    ),
}


@pytest.mark.parametrize("act", ON_ONES_OWN.values(), ids=ON_ONES_OWN)
def test_nobody_does_any_of_it_to_their_own_account(keeper, act):
    with pytest.raises(ValidationError, match="Nobody changes their own account"):
        act(keeper)


def test_on_the_pages_too_nobody_changes_their_own_account():
    browser = signed_in(Administrator)
    me = Member.objects.get()
    page = browser.get(f"/members/{me.pk}/").content.decode()
    assert "This is your own account" in page
    assert '<h3 class="nhsuk-heading-s">Give a role</h3>' not in page
    answer = browser.post(f"/members/{me.pk}/roles/", {"role": "analyst", "version": me.version})
    assert "Nobody changes their own account" in answer.content.decode()
    assert Member.objects.get().roles == [Administrator]


def test_a_stale_change_is_refused_and_says_who_was_first(keeper, somebody):
    members.give_role(**common(somebody, keeper), role=Analyst, organisation="", now=NOW)
    with pytest.raises(StaleError) as stale:
        accounts.close_account(**common(somebody, keeper), now=NOW)
    assert stale.value.member.roles == [Steward, Analyst]
    assert Member.objects.get(pk=somebody.pk).closed_at is None


def test_a_stale_page_shows_both_and_loses_nothing(somebody):
    browser = signed_in(Administrator)
    address = f"/members/{somebody.pk}/details/"
    theirs = {"display_name": "Dr A. First", "email": "first@example.org", "version": somebody.version}
    assert browser.post(address, theirs).status_code == 302
    mine = {"display_name": "Dr A. Second", "email": "second@example.org", "version": somebody.version}
    answer = browser.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "someone else changed this first" in page
    for said in ("Dr A. First", "Dr A. Second", "first@example.org", "second@example.org"):
        assert said in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert browser.post(address, {**mine, "version": version}).status_code == 302
    assert Member.objects.get(pk=somebody.pk).email == "second@example.org"


def test_an_administrator_lets_somebody_in_who_alone_knows_the_password():
    browser = signed_in(Administrator)
    typed = {"display_name": "Ms N. New", "username": "N.New", "email": "", "role": "practice-user"}
    page = browser.post("/members/new/", {**typed, "organisation": "P81001"}).content.decode()
    link = re.search(r"http://localhost(/welcome/[\w-]{43}/)", page)[1]
    new = Member.objects.get(username="n.new")
    assert not new.has_usable_password()
    assert link.split("/")[2] not in str(list(Invitation.objects.values()))

    guest = client()
    assert "Your user name is <strong>n.new</strong>" in guest.get(link).content.decode()
    weak = guest.post(link, {"password1": "short", "password2": "short"}).content.decode()
    assert "too short" in weak
    other = guest.post(link, {"password1": PASSWORD, "password2": "something-else-it-is"}).content.decode()
    assert "not the same" in other
    assert guest.post(link, {"password1": PASSWORD, "password2": PASSWORD}).headers["Location"] == "/sign-in/"
    again = guest.post(link, {"password1": "another-password-9", "password2": "another-password-9"})
    assert again.status_code == 404
    signed = guest.post("/sign-in/", {"login": "n.new", "password": PASSWORD})
    assert signed.headers["Location"] == "/"
    assert guest.get("/people/").headers["Location"] == "/account/second-factor/app/"


@pytest.mark.parametrize(
    "what", ["expired", "replaced", "closed", "opened again", "second factor taken", "another"]
)
def test_a_link_that_is_no_good_opens_nothing(keeper, somebody, what):
    secret = invitations.invite(**common(somebody, keeper), now=NOW)
    later = NOW + timedelta(minutes=1)
    fresh = Member.objects.get(pk=somebody.pk)
    if what == "expired":
        later = NOW + timedelta(days=3, seconds=1)
    elif what == "replaced":
        invitations.invite(**common(fresh, keeper), now=NOW)
    elif what == "closed":
        accounts.close_account(**common(fresh, keeper), now=NOW)
    elif what == "opened again":
        closed = accounts.close_account(**common(fresh, keeper), now=NOW)
        accounts.reopen_account(**common(closed, keeper), now=NOW)
    elif what == "second factor taken":
        TOTP.activate(fresh, "A" * 32)
        accounts.reset_second_factor(**common(fresh, keeper), why="Lost; seen", now=NOW)
    else:
        secret = secret[::-1]
    assert invitations.invited(secret, later) is None
    with pytest.raises(ValidationError, match="This link was used already"):
        invitations.accept(secret=secret, password="orchard-window-seven", now=later)
    assert Member.objects.get(pk=somebody.pk).check_password(PASSWORD)


def test_everything_done_to_an_account_is_written_down_with_its_author(keeper, somebody):
    accounts.close_account(**common(somebody, keeper), now=NOW)
    accounts.reopen_account(**common(Member.objects.get(pk=somebody.pk), keeper), now=NOW)
    done = [(one.did, one.by) for one in AccountEvent.objects.filter(member=somebody)]
    assert done == [
        ("Account opened again", keeper),
        ("Account closed", keeper),
        ("Role given: Steward", None),
        ("Account made", None),
    ]
    event = AccountEvent.objects.first()
    event.did = "Nothing"
    with pytest.raises(TypeError, match="not rewritten"):
        event.save()


def test_it_is_in_the_access_log_before_it_is_done(keeper, somebody, monkeypatch):
    from stewardship.access.keys import AccessLogError
    from stewardship.access.models import AccessEvent

    before = AccessEvent.objects.count()
    accounts.close_account(**common(somebody, keeper), now=NOW)
    assert AccessEvent.objects.count() == before + 1
    assert AccessEvent.objects.order_by("-sequence").first().member == keeper.pk

    def full(**_):
        raise AccessLogError("full")

    monkeypatch.setattr("stewardship.site.account_log.record", full)
    with pytest.raises(AccessLogError):
        accounts.reopen_account(**common(Member.objects.get(pk=somebody.pk), keeper), now=NOW)
    assert Member.objects.get(pk=somebody.pk).closed_at == NOW


def test_a_full_access_log_keeps_nobody_from_signing_in(monkeypatch):
    from stewardship.access.keys import AccessLogError

    def full(**_):
        raise AccessLogError("full")

    member(Steward)
    monkeypatch.setattr("stewardship.site.account_log.record", full)
    assert client().post("/sign-in/", {"login": "asteward", "password": PASSWORD}).status_code == 302


def test_closing_and_opening_twice_is_told():
    browser = signed_in(Administrator)
    one = member(Steward, username="somebody")
    answer = browser.post(f"/members/{one.pk}/open/", {"version": 1}).content.decode()
    assert "is open already" in answer
    assert browser.post(f"/members/{one.pk}/close/", {"version": 1}).status_code == 302
    answer = browser.post(f"/members/{one.pk}/close/", {"version": 2}).content.decode()
    assert "is closed already" in answer


@pytest.mark.parametrize("version", ["", "x", "-1", "1.5"])
def test_a_form_without_its_version_does_nothing(somebody, version):
    browser = signed_in(Administrator)
    assert browser.post(f"/members/{somebody.pk}/close/", {"version": version}).status_code == 404
    assert Member.objects.get(pk=somebody.pk).closed_at is None


@pytest.mark.parametrize("pk", ["0", "999999999", "99999999999999999999999"])
def test_a_member_who_is_not_there_is_not_found(pk):
    browser = signed_in(Administrator)
    assert browser.get(f"/members/{pk}/").status_code == 404
    assert browser.post(f"/members/{pk}/close/", {"version": 1}).status_code == 404


def test_the_role_of_one_member_is_not_taken_by_the_address_of_another(somebody):
    browser = signed_in(Administrator)
    other = member(Steward, username="other")
    address = f"/members/{somebody.pk}/roles/{other.held[0].pk}/end/"
    assert "no longer holds that role" in browser.post(address, {"version": 1}).content.decode()
    assert Member.objects.get(pk=other.pk).roles == [Steward]


def test_keeping_accounts_asks_for_the_password_again_after_a_while(somebody):
    import time

    browser = signed_in(Administrator)
    for minutes, page, post in ((14, 200, 302), (16, 302, 302), (61, 302, 302)):
        session = browser.session
        at = time.time() - minutes * 60
        session["account_authentication_methods"] = [{"method": "mfa", "at": at}]
        session.save()
        assert browser.get("/members/new/").status_code == page
        version = Member.objects.get(pk=somebody.pk).version
        details = {"display_name": f"After {minutes}", "email": "", "version": version}
        assert browser.post(f"/members/{somebody.pk}/details/", details).status_code == post
    assert Member.objects.get(pk=somebody.pk).display_name == "After 16"


def test_the_members_page_lists_everybody_with_roles(somebody):
    browser = signed_in(Administrator)
    create_member(
        username="b.both",
        display_name="Both Hats",
        password=PASSWORD,
        roles=[Administrator, Steward],
        by=None,
    )
    page = browser.get("/members/").content.decode()
    assert "Both Hats" in page
    assert "Steward and Administrator" in page
    assert "Never" in page
