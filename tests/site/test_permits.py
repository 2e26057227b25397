"""Every address, for every role and for nobody: who gets in is what is declared, and nothing else."""

import pytest
from django.urls import URLPattern, get_resolver, path, reverse

from stewardship.permissions import ANYONE, SEE_FIGURES, SEE_MEMBERS, SIGNED_IN, needs, permission_of
from stewardship.site.models import Member, RoleHolding
from stewardship.site.roles import ROLES, Administrator, Steward
from support.addresses import ADDRESSES, Address
from support.site import client, member, sign_in_as, signed_in


def every_pattern(patterns=None):
    for one in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from every_pattern(one.url_patterns)


@pytest.fixture
def other():
    """A member whom the addresses of members are about."""
    return member(Steward, username="other")


def written(name: str, expected: Address, other: Member) -> str:
    """The address: parts that are not said are the other member's, or no one's."""
    (pattern,) = (one for one in every_pattern() if one.name == name)
    usual = {"pk": other.pk, "holding": 0}
    return reverse(
        name, kwargs={part: {**usual, **expected.parts}[part] for part in pattern.pattern.converters}
    )


def answers(browser, address: str) -> tuple[int, int]:
    """What GET and POST are answered with; POST second, since it may sign out."""
    return browser.get(address).status_code, browser.post(address).status_code


def test_every_address_is_expected_and_needs_what_is_expected():
    found = {one.name: permission_of(one.callback) for one in every_pattern()}
    assert sorted(found.keys() - ADDRESSES) == [], (
        "Say in support/addresses.py what these answer, and to whom"
    )
    assert found == {name: one.who for name, one in ADDRESSES.items()}


def stay_signed_in(browser, who, **how):
    """Sign in at first, and after the address that signs out."""
    cookie = browser.cookies.get("sessionid")
    if not (cookie and cookie.value):
        sign_in_as(browser, who, **how)


@pytest.mark.parametrize("role", list(ROLES.values()), ids=lambda role: role.key)
def test_a_role_opens_what_it_may_and_nothing_else(role, other):
    who, browser = member(role), client()
    for name, expected in ADDRESSES.items():
        stay_signed_in(browser, who)
        may = expected.who in {ANYONE, SIGNED_IN} or expected.who in role.may
        wanted = (expected.get, expected.post) if may else (403, 403)
        if name == "account_login":
            wanted = (302, 302)  # whoever is signed in already is led to the first page
        assert answers(browser, written(name, expected, other)) == wanted, name


def test_nobody_gets_in_without_signing_in(other):
    browser = client()
    for name, expected in ADDRESSES.items():
        address = written(name, expected, other)
        if expected.who == ANYONE:
            assert answers(browser, address) == (expected.get, expected.post), name
        else:
            for answer in (browser.get(address), browser.post(address)):
                assert answer.status_code == 302, name
                assert answer.headers["Location"].startswith("/sign-in/?next="), name


def test_without_a_second_factor_everything_leads_to_setting_one_up(other):
    who, browser = member(*(role for role in ROLES.values())), client()
    set_up = reverse("mfa_activate_totp")
    for name, expected in ADDRESSES.items():
        stay_signed_in(browser, who, second_factor=False)
        if expected.who != ANYONE and name not in {
            "mfa_activate_totp",
            "account_logout",
            "account_reauthenticate",
        }:
            for answer in (browser.get, browser.post):
                assert answer(written(name, expected, other)).headers.get("Location") == set_up, name


def test_after_signing_out_nothing_of_before_opens_anything():
    browser = signed_in(Administrator)
    session, page = browser.cookies["sessionid"].value, browser.get("/members/")
    assert page.status_code == 200
    browser.post("/sign-out/")
    browser.cookies["sessionid"] = session
    assert browser.get("/members/").headers["Location"].startswith("/sign-in/")
    assert browser.post("/members/new/", {"username": "x"}).headers["Location"].startswith("/sign-in/")


def test_a_member_without_a_role_sees_only_the_account():
    browser = signed_in(Steward)
    RoleHolding.objects.all().delete()
    assert browser.get("/account/").status_code == 200
    assert browser.get("/care-areas/").status_code == 403
    assert browser.get("/").headers["Location"] == "/account/"


def test_a_view_that_declares_nothing_is_refused_to_everybody(forgetful_urls):
    browser = signed_in(Steward, Administrator)
    assert browser.get("/forgotten/").status_code == 403
    assert client().get("/forgotten/").status_code == 403


@pytest.fixture
def forgetful_urls():
    from django.http import HttpResponse
    from django.test import override_settings

    from stewardship.site import urls

    class Forgetful:
        urlpatterns = (*urls.urlpatterns, path("forgotten/", lambda request: HttpResponse("secret")))
        handler403 = urls.handler403

    with override_settings(ROOT_URLCONF=Forgetful):
        yield


def test_declaring_does_not_change_what_a_view_answers():
    @needs(SEE_FIGURES)
    def view(request):
        return "answer"

    assert view(None) == "answer"
    assert permission_of(view) is SEE_FIGURES


def acts_as(browser, role):
    holding = RoleHolding.objects.get(role=role, ended_at=None)
    return browser.post("/account/role/", {"holding": holding.pk})


def test_roles_do_not_add_up():
    browser = signed_in(Steward, Administrator)
    assert browser.get("/care-areas/").status_code == 200
    assert browser.get("/members/").status_code == 403
    acts_as(browser, "administrator")
    assert browser.get("/care-areas/").status_code == 403
    assert browser.get("/members/").status_code == 200


@pytest.mark.parametrize("forged", ["", "administrator", "0", "-1", "1e9", "9" * 30])
def test_a_role_that_is_not_held_cannot_be_taken(forged):
    browser = signed_in(Steward)
    assert browser.post("/account/role/", {"holding": forged}).status_code == 404
    assert browser.get("/members/").status_code == 403


def test_a_role_of_somebody_else_cannot_be_taken():
    holding = member(Administrator, username="other").held[0]
    browser = signed_in(Steward)
    assert browser.post("/account/role/", {"holding": holding.pk}).status_code == 404
    assert browser.get("/members/").status_code == 403


def test_a_role_taken_away_ends_at_once():
    browser = signed_in(Steward, Administrator)
    acts_as(browser, "administrator")
    RoleHolding.objects.filter(role="administrator").delete()
    assert browser.get("/members/").status_code == 403
    assert browser.get("/care-areas/").status_code == 200


def test_the_header_says_role_and_plane_on_every_page():
    browser = signed_in(Steward, Administrator)
    page = browser.get("/care-areas/").content.decode()
    assert "Dr A. Steward, steward" in page and '<span class="sw-plane">aggregate</span>' in page
    acts_as(browser, "administrator")
    page = browser.get("/members/").content.decode()
    assert ", administrator" in page and '<span class="sw-plane">keeping the system</span>' in page


def test_switching_is_logged():
    from stewardship.access.models import AccessEvent

    browser = signed_in(Steward, Administrator)
    acts_as(browser, "administrator")
    last = AccessEvent.objects.order_by("-sequence").first()
    assert (last.did, last.role) == ("switch role", "administrator")


def test_a_refusal_says_who_may_and_how_to_switch():
    page = signed_in(Steward, Administrator).get("/members/").content.decode()
    assert "You cannot open this page as steward" in page
    assert SEE_MEMBERS.words in page
    assert "switch your role" in page
    assert "That is the role Administrator" in signed_in(Steward).get("/members/").content.decode()
