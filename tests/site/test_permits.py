"""Every address, for every role and for nobody: who gets in is what is declared, and nothing else."""

import pytest
from django.urls import URLPattern, get_resolver, path, reverse

from stewardship.permissions import ANYONE, SEE_FIGURES, SEE_MEMBERS, SIGNED_IN, needs, permission_of
from stewardship.site.models import Member, RoleHolding
from stewardship.site.roles import PERMISSIONS, ROLES, Administrator, Steward
from support.site import client, signed_in

NAMES = {
    "area": "diabetes",
    "measure": "foot-check",
    "table": "outcomes",
    "chart": "gap",
}
CHARTS_OF_A_MEASURE = {"measure-table": {"table": "years"}, "measure-picture": {"chart": "years"}}


def every_pattern(patterns=None, prefix=""):
    for one in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from every_pattern(one.url_patterns)


def address(pattern):
    wanted = {name: NAMES[name] for name in pattern.pattern.converters}
    return reverse(pattern.name, kwargs={**wanted, **CHARTS_OF_A_MEASURE.get(pattern.name, {})})


def test_every_address_declares_the_permission_it_needs():
    undeclared = [str(one.pattern) for one in every_pattern() if permission_of(one.callback) is None]
    assert undeclared == []


@pytest.mark.parametrize("role", list(ROLES.values()), ids=lambda role: role.key)
def test_a_role_opens_what_it_may_and_nothing_else(role):
    browser = signed_in(role)
    for one in every_pattern():
        permission = permission_of(one.callback)
        status = browser.get(address(one)).status_code
        may = permission in {ANYONE, SIGNED_IN} or permission in role.may
        assert (status != 403) == may, f"{address(one)} answered {status} to {role.display_name}"
        assert status in {200, 302, 403, 404, 405}


def test_nobody_gets_in_without_signing_in():
    for one in every_pattern():
        answer = client().get(address(one))
        if permission_of(one.callback) == ANYONE:
            assert answer.status_code in {200, 302, 404}
        else:
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/sign-in/?next=")


def test_a_member_without_a_role_sees_only_the_account():
    browser = signed_in(Steward)
    RoleHolding.objects.all().delete()
    assert browser.get("/account/").status_code == 200
    assert browser.get("/care-areas/").status_code == 403
    assert browser.get("/").headers["Location"] == "/account/"


def test_a_view_that_declares_nothing_is_refused_to_everybody(settings_urls):
    browser = signed_in(Steward, Administrator)
    assert browser.get("/forgotten/").status_code == 403
    assert client().get("/forgotten/").status_code == 403


@pytest.fixture
def settings_urls():
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


def test_roles_do_not_add_up():
    browser = signed_in(Steward, Administrator)
    assert browser.get("/care-areas/").status_code == 200
    assert browser.get("/members/").status_code == 403
    browser.post("/account/role/", {"role": "administrator"})
    assert browser.get("/care-areas/").status_code == 403
    assert browser.get("/members/").status_code == 200


def test_a_role_that_is_not_held_cannot_be_taken():
    browser = signed_in(Steward)
    assert browser.post("/account/role/", {"role": "administrator"}).status_code == 404
    assert browser.get("/members/").status_code == 403


def test_a_role_taken_away_ends_at_once():
    browser = signed_in(Steward, Administrator)
    browser.post("/account/role/", {"role": "administrator"})
    RoleHolding.objects.filter(role="administrator").delete()
    assert browser.get("/members/").status_code == 403
    assert browser.get("/care-areas/").status_code == 200


def test_a_leavers_session_ends_at_once():
    browser = signed_in(Steward)
    Member.objects.update(is_active=False)
    assert browser.get("/care-areas/").status_code == 302


def test_the_page_of_roles_is_made_from_the_roles():
    page = signed_in(Steward).get("/who-may-do-what/").content.decode()
    for role in ROLES.values():
        assert role.display_name in page
        assert role.purpose in page
    for permission in PERMISSIONS:
        assert permission.words[1:] in page
    assert page.count("<strong>Yes</strong>") == sum(len(role.may) for role in ROLES.values())


def test_every_permission_of_a_role_is_one_that_the_page_lists():
    assert {one for role in ROLES.values() for one in role.may} == set(PERMISSIONS)


def test_a_refusal_says_who_may_and_how_to_switch():
    page = signed_in(Steward, Administrator).get("/members/").content.decode()
    assert "You cannot open this page as steward" in page
    assert SEE_MEMBERS.words in page
    assert "switch your role" in page
    assert "That is the role Administrator" in signed_in(Steward).get("/members/").content.decode()
