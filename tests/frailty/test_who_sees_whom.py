"""Who sees whom follows place and team, and an objection to sharing is honoured by everybody but the owner."""

import pytest

from support.register import ALLIANCE, NETWORK, PRACTICE, TEAM, entry, viewer


def sees(one, who):
    from stewardship.frailty.models import Listing

    seen = who.entries().filter(pk=one.pk).exists()
    assert Listing.objects.filter(who.listed(), entry=one).exists() == seen
    return seen


@pytest.mark.parametrize(
    ("organisation", "kind", "expected"),
    [
        (TEAM, "team or place", True),
        (NETWORK, "team or place", True),
        (ALLIANCE, "team or place", True),
        ("FT2", "team or place", False),
        ("", "team or place", False),
        (PRACTICE, "practice", True),
        ("P81002", "practice", False),
        ("", "", False),
    ],
)
def test_who_sees_whom_follows_place_and_team(organisation, kind, expected):
    assert sees(entry(), viewer(organisation, kind)) is expected


def test_a_consultant_sees_the_person_of_the_call_in_hand_and_nobody_else():
    one = entry()
    assert sees(one, viewer("", "", in_hand=frozenset({one.person_id})))
    assert not sees(one, viewer("", "", in_hand=frozenset({99})))


@pytest.mark.parametrize(
    ("organisation", "kind", "expected"),
    [
        (PRACTICE, "practice", True),
        (TEAM, "team or place", False),
        (ALLIANCE, "team or place", False),
    ],
)
def test_who_objects_to_sharing_is_seen_by_the_owner_alone(organisation, kind, expected):
    from stewardship.frailty.models import Entry
    from stewardship.frailty.rows import refresh

    one = entry()
    Entry.objects.filter(pk=one.pk).update(objects_to_sharing=True)
    refresh([one.pk])
    assert sees(one, viewer(organisation, kind)) is expected
    assert not sees(one, viewer("", "", in_hand=frozenset({one.person_id})))
