"""Roles are of one plane; what breaks a plane's rules is refused where it is written."""

import pytest
from django.urls import reverse

from stewardship.permissions import FIND_PEOPLE, KEEP_MEMBERS, SEE_ACCESS, SEE_FIGURES, Plane
from stewardship.site.roles import (
    PERMISSIONS,
    ROLES,
    AggregateRole,
    DirectCareRole,
    PlanningRole,
    Role,
    RoleError,
    Steward,
)
from stewardship.site.scopes import NoPeople, OwnPractice, OwnProvider
from support.site import signed_in

WHOLE = {"key": "new", "display_name": "New", "purpose": "Tries.", "start": "account", "may": frozenset()}


def role(*bases, **changed):
    return type("New", bases, {**WHOLE, **changed})


@pytest.mark.parametrize(
    "bases, changed, said",
    [
        ((Role,), {}, "of 0 planes"),
        ((DirectCareRole, PlanningRole), {"scope": OwnPractice}, "of 2 planes"),
        ((Steward, DirectCareRole), {"scope": OwnPractice}, "of 2 planes"),
        ((AggregateRole,), {"plane": Plane.PLANNING}, "of 2 planes"),
        ((DirectCareRole,), {}, "does not say its scope"),
        ((DirectCareRole,), {"scope": NoPeople}, "needs a scope of people"),
        ((AggregateRole,), {"scope": OwnProvider}, "every other role has NoPeople"),
        ((AggregateRole,), {"may": frozenset({FIND_PEOPLE})}, "cannot hold the permission find-people"),
        (
            (DirectCareRole,),
            {"scope": OwnPractice, "may": frozenset({SEE_FIGURES})},
            "which is for aggregate",
        ),
        ((PlanningRole,), {"may": frozenset({KEEP_MEMBERS})}, "Give it to another role"),
        ((DirectCareRole,), {"scope": OwnPractice, "may": frozenset({SEE_ACCESS})}, "cannot hold"),
    ],
)
def test_a_role_that_breaks_the_rules_is_refused_in_words(bases, changed, said):
    with pytest.raises(RoleError, match=said):
        role(*bases, **changed)


def test_a_role_that_keeps_the_rules_is_taken():
    assert role(DirectCareRole, scope=OwnProvider, may=frozenset({FIND_PEOPLE})).plane is Plane.DIRECT_CARE


def test_only_direct_care_reaches_people():
    reaching = {one.key for one in ROLES.values() if one.scope is not NoPeople}
    assert reaching == {one.key for one in ROLES.values() if one.plane is Plane.DIRECT_CARE}


def test_every_role_starts_on_a_page_that_it_may_open():
    for one in ROLES.values():
        assert signed_in(one).get(reverse(one.start)).status_code != 403, one.key


def test_every_permission_is_held_by_some_role():
    assert {one for held in ROLES.values() for one in held.may} == set(PERMISSIONS)


def test_the_page_of_roles_is_made_from_the_roles():
    page = signed_in(Steward).get("/who-may-do-what/").content.decode()
    for one in ROLES.values():
        assert one.display_name in page
        assert one.purpose in page
        assert one.scope.words in page
    for plane in Plane:
        assert plane.sees in page
    for permission in PERMISSIONS:
        assert permission.words[1:] in page
    assert page.count("<strong>Yes</strong>") == sum(len(one.may) for one in ROLES.values())
