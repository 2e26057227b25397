"""Who is on which worklist of the register on a day, and that what lists say is what the rules say."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.register import CLINICIAN, TODAY, added, ago, coordinator, entry, proposed, told, viewer


def on(key, today=TODAY, who=None):
    from stewardship.frailty.worklists import on_worklist

    return [listed.entry_id for listed in on_worklist(who or viewer(), key, today)]


def reviewed(one, held_on=TODAY, **more):
    from stewardship.frailty.actions_plan import record_review

    usual = {"subjects": ["plan"], "face_to_face": True, "reviewer": CLINICIAN, "outcome": "changed"}
    record_review(**told(one, held_on=held_on, **usual | more))
    return one


def planned(one, agreed_on):
    from stewardship.frailty.actions_plan import agree_plan

    agree_plan(**told(one, agreed_on=agreed_on, matters="My garden", clinician=CLINICIAN))


def test_a_score_without_a_diagnosis_is_to_confirm_and_not_on_the_register():
    from decimal import Decimal

    from stewardship.frailty.actions_care import record_score

    one = proposed()
    scored = {"version": "1", "on": TODAY, "assessor": CLINICIAN, "age": 80}
    record_score(**added(one, scale="cfs", value=3, **scored))
    record_score(**added(one, scale="efi", value=Decimal("0.3"), **scored))
    assert (on("to-confirm"), on("")) == ([one.pk], [])


@pytest.mark.parametrize(
    ("days_after_due", "lists"),
    [(-1, []), (0, ["due"]), (28, ["due"]), (29, ["overdue"])],
)
def test_due_from_the_day_and_overdue_after_28_days(days_after_due, lists):
    one = reviewed(entry(), next_on=TODAY + timedelta(days=10))
    today = TODAY + timedelta(days=10 + days_after_due)
    assert [key for key in ("due", "overdue", "never-reviewed") if on(key, today)] == lists
    assert on("never-reviewed", today) == []
    assert one.pk


def test_never_reviewed_is_neither_due_nor_overdue():
    one = entry()
    far = TODAY + timedelta(days=900)
    assert (on("never-reviewed", far), on("due", far), on("overdue", far)) == ([one.pk], [], [])


def test_each_worklist_finds_whom_it_is_for():
    from stewardship.frailty.actions_care import record_carer, record_event
    from stewardship.frailty.actions_work import ask_team

    fell, moved, old, carer, asked = (
        entry(
            1001 + place, care_home="CH1" if place == 1 else "", care_home_since=TODAY if place == 1 else None
        )
        for place in range(5)
    )
    record_event(**added(fell, kind="fall-with-injury", on=TODAY, source="ambulance"))
    planned(old, date(2025, 5, 31))
    record_carer(**told(carer, name="A. Son", since=ago(10)))
    ask_team(**added(asked, to="SC1", what="A rail", reply_by=TODAY))
    assert on("after-event") == [fell.pk]
    assert on("new-residents") == [moved.pk]
    assert on("plan-out-of-date") == [old.pk]
    assert on("no-plan") == [fell.pk, moved.pk, carer.pk, asked.pk]
    assert on("carers") == [carer.pk]
    assert (on("no-reply"), on("no-reply", TODAY + timedelta(days=1))) == ([], [asked.pk])


def test_death_takes_somebody_off_every_worklist():
    from stewardship.frailty.actions_care import record_carer, record_event
    from stewardship.frailty.actions_entry import end
    from stewardship.frailty.worklists import WORKLISTS

    one = reviewed(entry(care_home="CH1", care_home_since=TODAY), ago(0))
    record_event(**added(one, kind="admission", on=TODAY, source="activity"))
    record_carer(**told(one, name="A. Son", since=ago(10)))
    planned(one, date(2024, 1, 1))
    end(**told(one, because="died", ended_on=TODAY, reason="Told by the home", died_at="care home"))
    assert [key for key in ("", *WORKLISTS) if on(key, TODAY + timedelta(days=900))] == []


def test_counts_are_of_the_lists_that_somebody_sees():
    from stewardship.frailty.worklists import WORKLISTS, counts

    entry(1001), proposed(1002), entry(1003, team="FT2", network="N2", alliance="A2")
    for who in (viewer(), viewer("FT2"), viewer("FT3"), viewer("P81001", "practice")):
        for today in (TODAY, TODAY + timedelta(days=400)):
            assert counts(who, today) == {key: len(on(key, today, who)) for key in ("", *WORKLISTS)}
    assert counts(viewer(), TODAY)[""] == 1


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    conditions=st.dictionaries(
        st.sampled_from(["frailty", "dementia", "end_of_life"]), st.just(""), min_size=1
    ),
    degree=st.sampled_from(["", "mild", "moderate", "severe"]),
    stage=st.sampled_from(["", "A", "B", "C", "D"]),
    held=st.lists(st.tuples(st.integers(0, 700), st.sampled_from(["plan", "dementia"])), max_size=3),
    later=st.integers(0, 900),
)
def test_what_lists_say_of_reviews_is_what_the_rules_say(conditions, degree, stage, held, later):
    from django.db import transaction

    from stewardship.frailty.models import Held, Review
    from stewardship.frailty.rows import known_of, worked_out
    from stewardship.frailty.standing import standings
    from stewardship.rules.frailty.reviews import ReviewState

    degrees = {"frailty": degree, "dementia": "", "end_of_life": stage}
    with transaction.atomic():
        one = entry(conditions={key: degrees[key] for key in conditions})
        assert Held.objects.filter(entry=one).count() == len(conditions)
        for days, subject in held:
            reviewed(one, ago(days), subjects=[subject])
        today = TODAY + timedelta(days=later)
        states = {each.state for each in standings(known_of([one], {one.pk: one.pk})[one.pk], today)}
        on_lists = {key for key in ("due", "overdue", "never-reviewed") if one.pk in on(key, today)}
        assert worked_out([one])[0].never_reviewed == (ReviewState.NEVER_REVIEWED in states)
        assert Review.objects.filter(entry=one).count() == len(held)
        transaction.set_rollback(True)
    assert ("never-reviewed" in on_lists) == (ReviewState.NEVER_REVIEWED in states)
    assert ("overdue" in on_lists) == (ReviewState.OVERDUE in states)
    assert ("due" in on_lists) <= (ReviewState.DUE in states)
    if ReviewState.OVERDUE not in states:
        assert ("due" in on_lists) == (ReviewState.DUE in states)


def test_somebody_at_the_command_line_writes_in_their_name():
    assert entry().made_by.name == coordinator().name
