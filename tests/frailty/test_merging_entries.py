"""Two entries of one person become one, with both histories kept, and can be taken apart again."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from support.people import events
from support.register import CLINICIAN, TODAY, added, again, ago, coordinator, entry, proposed, told, viewer


def merged(kept, duplicate, **changed):
    from stewardship.frailty.actions_merge import merge_entries

    given = {
        "duplicate_id": duplicate.pk, "duplicate_version": again(duplicate).version,
        "reason": "Same birth date, moved into the home in May",
    }  # fmt: skip
    return merge_entries(**told(kept, **given | changed))


def apart(kept, merge, reason="They are two sisters"):
    from stewardship.frailty.actions_merge import take_apart

    return take_apart(**told(kept, merge_id=merge.pk, reason=reason))


def refused(match, *args, **given):
    with pytest.raises(ValidationError, match=match), transaction.atomic():
        merged(*args, **given)


def test_a_merged_entry_shows_what_hung_on_both_and_the_register_has_one():
    from stewardship.frailty.actions_work import add_problem
    from stewardship.frailty.models import Entry, Problem, Row

    home, own = entry(1001, care_home="CH1"), entry(1002, {"dementia": ""})
    add_problem(**added(own, domain="falls", problem="Fell twice"))
    merged(home, own)
    assert Problem.objects.filter(entry_id__in=home.family()).count() == 1
    assert list(Entry.objects.standing()) == [home]
    assert (Row.objects.get().pk, again(home).row.frailty, again(home).row.dementia) == (
        home.pk,
        "moderate",
        True,
    )
    assert list(viewer().entries()) == [home]


def test_both_histories_are_kept_and_the_merge_is_in_the_audit_of_both():
    home, own = entry(1001), entry(1002)
    before = home.history.count(), own.history.count()
    merged(home, own)
    assert (home.history.count(), own.history.count()) == (before[0] + 1, before[1] + 1)
    assert [each.decided for each in own.decisions.all()] == ["merged", "confirmed", "proposed"]
    assert {event.about for event in events()[-2:]} == {",1001,", ",1002,"}


def test_a_merge_is_taken_apart_and_both_stand_as_they_stood():
    from stewardship.frailty.actions_plan import record_review

    waiting, own = proposed(1001), entry(1002)
    merge = merged(waiting, own)
    assert again(waiting).state == "on_register"
    given = {
        "held_on": TODAY,
        "subjects": ["plan"],
        "face_to_face": True,
        "reviewer": CLINICIAN,
        "outcome": "changed",
    }
    record_review(**told(waiting, **given))
    apart(waiting, merge)
    assert (again(waiting).state, again(own).state, again(own).merged_into) == (
        "to_confirm",
        "on_register",
        None,
    )
    assert (waiting.reviews.count(), own.reviews.count()) == (1, 0)
    assert again(own).row.frailty == "moderate"
    assert (again(merge).undone_because, again(merge).undone_by.name) == (
        "They are two sisters",
        "C. Oordinator",
    )


def test_whoever_is_proposed_by_the_merged_pseudonym_is_known():
    from stewardship.frailty.models import Entry
    from stewardship.frailty.proposing import propose
    from support.register import NOW, candidate

    home, own = entry(1001), entry(1002)
    merged(home, own)
    done = propose(candidates=[candidate(1002)], by=coordinator(), now=NOW)
    assert (done.new, done.known, Entry.objects.count()) == (0, 1, 2)


def test_a_merge_from_an_old_version_of_either_is_refused():
    from stewardship.frailty.changing import StaleError

    home, own = entry(1001), entry(1002)
    for stale in ({"seen_version": 1}, {"duplicate_version": 1}):
        with pytest.raises(StaleError), transaction.atomic():
            merged(home, own, **stale)
    assert again(own).merged_into is None


def test_what_cannot_be_merged_is_refused_in_words():
    one, two, three = entry(1001), entry(1002), entry(1003)
    refused("one and the same", one, one)
    refused("Say how it is known", one, two, reason=" ")
    merged(one, two)
    refused("merged already", three, two)
    refused("Others were merged", three, one)


def test_an_objection_outlives_a_merge_and_hides_both_from_others():
    from stewardship.frailty.actions_care import record_sharing

    one, two = entry(1001), entry(1002)
    record_sharing(**told(two, objects=True, basis="person", on=ago(1)))
    merge = merged(one, two)
    assert not viewer().entries().exists()
    apart(one, merge)
    assert list(viewer().entries()) == [one]


def test_an_objection_of_another_owners_entry_is_not_merged_away():
    from stewardship.frailty.actions_care import record_sharing

    one, two = entry(1001), entry(1002, owner="P81002")
    record_sharing(**told(two, objects=True, basis="person", on=ago(1)))
    refused("another organisation", one, two)
