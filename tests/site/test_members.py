"""Accounts, as they are made and as they are listed."""

import pytest
from django.core.exceptions import ValidationError

from stewardship.site.members import create_member
from stewardship.site.models import Member, RoleHolding
from stewardship.site.roles import Administrator, Steward
from support.site import PASSWORD, member, signed_in


def test_a_member_holds_the_roles_that_were_given_and_by_whom():
    first = member(Administrator, username="first")
    second = create_member(
        username="second", display_name="Ms B. Second", password=PASSWORD, roles=[Steward], by=first
    )
    assert second.roles == [Steward]
    assert second.check_password(PASSWORD)
    holding = RoleHolding.objects.get(member=second)
    assert holding.given_by == first
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
    ],
)
def test_an_account_that_would_not_work_is_refused_in_words(change, message):
    asked = {"username": "new", "display_name": "New", "password": PASSWORD, "roles": [Steward], "by": None}
    with pytest.raises(ValidationError, match=message):
        create_member(**{**asked, **change})
    assert not Member.objects.filter(display_name="New").exists()


def test_two_members_cannot_have_one_name():
    member(Steward)
    with pytest.raises(ValidationError, match="already exists"):
        member(Steward)


def test_the_members_page_lists_everybody_with_roles():
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
