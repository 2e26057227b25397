"""What is due of somebody on the register, by the configured intervals, and what says so in words."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from support.register import CLINICIAN, NOW, TODAY, added, again, ago, coordinator, entry, told


def refused(action, match, **given):
    with pytest.raises(ValidationError, match=match), transaction.atomic():
        action(**given)


def reviewed(one, held_on=TODAY, subjects=("plan",), **more):
    from stewardship.frailty.actions_plan import record_review

    usual = {"face_to_face": True, "reviewer": CLINICIAN, "outcome": "changed"}
    return record_review(**told(one, held_on=held_on, subjects=subjects, **usual | more))


def planned(one, agreed_on=TODAY, **more):
    from stewardship.frailty.actions_plan import agree_plan

    return agree_plan(**told(one, agreed_on=agreed_on, matters="My garden", clinician=CLINICIAN, **more))


def respect(**changed):
    usual = {
        "signed_on": TODAY, "diagnoses": "Heart failure", "legal_proxy": False, "comfort": 7, "value": "My dog",
        "fear": "A long stay in hospital", "focus": "comfort", "guidance": "Treat at home", "cpr": "not_recommended",
        "has_capacity": True, "involvement": "She took part", "reasons": "It would not work",
        "clinician": CLINICIAN, "clinician_role": "Consultant",
    }  # fmt: skip
    return usual | changed


def signed(one, **changed):
    from stewardship.frailty.actions_plan import record_emergency_plan

    return record_emergency_plan(**told(one, fields=respect(**changed)))


def row(one):
    return again(one).row


def test_never_reviewed_is_told_apart_from_due():
    one = entry(conditions={"frailty": "severe"})
    assert (row(one).never_reviewed, row(one).first_due_on, row(one).review_due_on) == (
        True, date(2026, 12, 1), None,
    )  # fmt: skip
    reviewed(one)
    assert (row(one).never_reviewed, row(one).first_due_on, row(one).review_due_on) == (
        False, None, date(2026, 12, 1),
    )  # fmt: skip


def test_the_shortest_interval_of_all_conditions_counts():
    one = entry(conditions={"frailty": "mild", "end_of_life": "C"})
    reviewed(one)
    assert row(one).review_due_on == TODAY + timedelta(days=7)


def test_a_day_agreed_sooner_than_the_interval_counts():
    one = entry()
    reviewed(one, next_on=TODAY + timedelta(days=30))
    assert row(one).review_due_on == TODAY + timedelta(days=30)


def test_death_cancels_what_is_due_and_nothing_is_overdue():
    from stewardship.frailty.actions_entry import end
    from stewardship.frailty.rows import known_of
    from stewardship.frailty.standing import standings

    one = entry()
    reviewed(one)
    end(**told(one, because="died", ended_on=TODAY, reason="Told by the practice", died_at="home"))
    one = again(one)
    assert (one.row.review_due_on, one.row.never_reviewed, one.row.no_plan) == (None, False, False)
    found = standings(known_of([one], {one.pk: one.pk})[one.pk], TODAY + timedelta(days=900))
    assert {each.words for each in found} == {"cancelled: died"}
    refused(reviewed, "ended", one=one)


def test_a_review_is_due_after_a_fall_until_one_is_held():
    from stewardship.frailty.actions_care import record_event

    one = entry()
    record_event(**added(one, kind="fall-with-injury", on=TODAY, source="ambulance"))
    assert row(one).event_due_on == TODAY + timedelta(days=28)
    reviewed(one)
    assert row(one).event_due_on is None


def test_an_event_that_is_told_twice_is_kept_once():
    from stewardship.frailty.actions_care import record_event

    one = entry()
    given = {"kind": "admission", "on": TODAY, "source": "activity"}
    assert [record_event(**added(one, **given))[1] for _ in range(2)] == [True, False]


def test_a_new_care_home_resident_needs_assessment_and_plan_within_seven_working_days():
    from stewardship.frailty.actions_plan import record_assessment

    one = entry(care_home="CH1", care_home_since=TODAY)
    assert row(one).home_plan_due_on == date(2026, 6, 10)  # a Monday; seven working days on
    planned(one)
    assert row(one).home_plan_due_on == date(2026, 6, 10)
    five = dict.fromkeys(("physical", "mental", "function", "social", "environment"), "Seen")
    record_assessment(**told(one, on=TODAY, assessor=CLINICIAN, findings=five))
    assert row(one).home_plan_due_on is None


def test_an_assessment_is_complete_with_all_five_domains():
    from stewardship.frailty.actions_plan import record_assessment

    given = {"on": TODAY, "assessor": CLINICIAN, "findings": {"physical": "Breathless", "falls": " "}}
    one = entry()
    made = record_assessment(**told(one, **given))
    assert (made.complete, made.findings) == (False, {"physical": "Breathless"})
    refused(record_assessment, "at least one domain", **told(one, **given | {"findings": {"social": ""}}))


def test_a_plan_older_than_its_limit_is_out_of_date_in_words():
    from stewardship.frailty.rows import known_of
    from stewardship.frailty.standing import plan_words

    one = entry()
    assert row(one).no_plan
    planned(one, agreed_on=date(2025, 6, 1))
    assert (row(one).no_plan, row(one).plan_until) == (False, TODAY)
    known = known_of([one], {one.pk: one.pk})[one.pk]
    assert plan_words(known, TODAY).words == "From 1 June 2025"
    assert plan_words(known, TODAY + timedelta(days=1)).words.startswith("May be out of date")


def test_a_review_that_finds_the_plan_still_right_renews_it():
    one = entry()
    planned(one, agreed_on=date(2025, 6, 1))
    reviewed(one, outcome="changed")
    assert row(one).plan_until == TODAY
    reviewed(one, outcome="still_right")
    assert row(one).plan_until == date(2027, 6, 1)


def test_the_emergency_plan_signed_last_counts_whenever_it_was_recorded():
    from stewardship.frailty.actions_plan import withdraw_emergency_plan
    from stewardship.frailty.rows import known_of

    def counts():
        return known_of([one], {one.pk: one.pk})[one.pk].emergency_plans[-1].pk

    one = entry()
    newer = signed(one, signed_on=ago(10))
    older = signed(one, signed_on=ago(400))
    assert counts() == newer.pk
    withdraw_emergency_plan(**told(one, plan_id=newer.pk, withdrawn_on=TODAY, reason="Her wishes changed"))
    assert counts() == older.pk
    assert (again(newer).withdrawn_because, one.emergency_plans.count()) == ("Her wishes changed", 2)
    refused(
        withdraw_emergency_plan, "withdrawn already",
        **told(one, plan_id=newer.pk, withdrawn_on=TODAY, reason="Again"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reasons": " "}, "reasons"),
        ({"value": ""}, "most values"),
        ({"comfort": 11}, "comfort|10"),
        ({"signed_on": TODAY + timedelta(days=1)}, "has not come yet"),
    ],
)
def test_an_emergency_plan_says_why_and_what_the_person_values(changed, says):
    refused(signed, says, one=entry(), **changed)


@pytest.mark.parametrize(
    ("scale", "value", "age", "says"),
    [
        ("cfs", 0, 80, "from 1 to 9"),
        ("cfs", 10, 80, "from 1 to 9"),
        ("efi", "1.01", 80, "from 0 to 1"),
        ("efi", "-0.1", 80, "from 0 to 1"),
        ("nothing", 1, 80, "no scale called"),
    ],
)
def test_a_score_that_cannot_be_is_refused(scale, value, age, says):
    from decimal import Decimal

    from stewardship.frailty.actions_care import record_score

    given = {"scale": scale, "value": Decimal(value), "version": "1", "on": TODAY, "assessor": CLINICIAN}
    refused(record_score, says, **added(entry(), **given, age=age))


def test_a_score_below_its_age_is_kept_and_says_so():
    from stewardship.frailty.actions_care import record_score

    given = {"scale": "hfrs", "value": 9, "version": "2018", "on": TODAY, "assessor": CLINICIAN, "age": 74}
    made = record_score(**added(entry(), **given))
    assert (made.band, made.doubt) == ("", "meant from the age of 75, and the person was 74")


def test_the_count_of_deficits_decides_and_not_a_rounded_value():
    from stewardship.frailty.actions_care import record_score

    given = {
        "scale": "efi",
        "value": None,
        "version": "36 deficits",
        "on": TODAY,
        "assessor": "practice system",
    }
    assert record_score(**added(entry(), **given, count=13, age=80)).band == "severe"


def test_a_withdrawn_score_stays_and_counts_nowhere():
    from stewardship.frailty.actions_care import record_score, withdraw_score

    one = entry(conditions={"frailty": ""})
    given = {"scale": "cfs", "value": 7, "version": "2.0", "on": TODAY, "assessor": CLINICIAN, "age": 84}
    made = record_score(**added(one, **given))
    assert row(one).first_due_on == date(2026, 12, 1)
    withdraw_score(**told(one, score_id=made.pk, reason="Somebody else’s"))
    assert (one.scores.count(), row(one).first_due_on) == (1, None)


def test_problems_goals_and_actions_have_owner_and_date():
    from stewardship.frailty.actions_work import add_goal, add_problem, add_step, end_step, resolve_problem

    one = entry()
    problem = add_problem(**added(one, domain="falls", problem="Fell twice", goal="Walk to the shop"))
    add_goal(**added(one, problem_id=problem.pk, goal="Get up alone"))
    goal = problem.goals.first()
    step = add_step(**added(one, goal_id=goal.pk, what="Strength class", owner="T. Herapist", due_on=TODAY))
    refused(end_step, "Give the day", **told(one, step_id=step.pk))
    end_step(**told(one, step_id=step.pk, done_on=TODAY))
    assert (again(step).done_on, again(step).done_by.name) == (TODAY, "C. Oordinator")
    resolve_problem(**told(one, problem_id=problem.pk, ended_on=TODAY, reason="No fall in a year"))
    refused(add_goal, "resolved already", **added(one, problem_id=problem.pk, goal="More"))


def test_what_is_asked_of_another_team_waits_for_a_reply():
    from stewardship.frailty.actions_work import ask_team, reply_to_ask

    one = entry()
    first = ask_team(**added(one, to="sc1", what="Assess for a rail", reply_by=TODAY + timedelta(days=7)))
    ask_team(**added(one, to="phx", what="Hearing test", reply_by=TODAY + timedelta(days=14)))
    assert (first.to, row(one).reply_due_on) == ("SC1", TODAY + timedelta(days=7))
    refused(reply_to_ask, "Write the reply", **told(one, ask_id=first.pk))
    reply_to_ask(**told(one, ask_id=first.pk, reply="Fitted on Friday"))
    assert row(one).reply_due_on == TODAY + timedelta(days=14)
    refused(reply_to_ask, "replied to already", **told(one, ask_id=first.pk, reply="Again"))


def test_a_carer_without_an_assessment_is_told_until_it_is_held_or_declined():
    from stewardship.frailty.actions_care import record_carer

    one = entry()
    made = record_carer(**told(one, name="A. Daughter", since=ago(100), relationship="daughter"))
    assert row(one).unassessed_carer == ago(100)
    fields = {"name": "A. Daughter", "since": ago(100), "carer_id": made.pk}
    record_carer(**told(one, **fields, offered_on=TODAY))
    assert row(one).unassessed_carer == ago(100)
    record_carer(**told(one, **fields, declined_on=TODAY))
    assert row(one).unassessed_carer is None
    assert again(made).history.count() == 3


def test_what_has_ended_stays_with_its_reason():
    from stewardship.frailty.actions_care import no_longer, record_contact, record_service

    one = entry()
    contact = record_contact(**told(one, kind="next_of_kin", name="A. Son", phone="01632 960001"))
    record_service(**told(one, kind="care_package", from_on=ago(5)))
    no_longer(**told(one, what="contacts", row_id=contact.pk, ended_on=TODAY, reason="Moved abroad"))
    assert (again(contact).name, again(contact).ended_because) == ("A. Son", "Moved abroad")
    refused(
        record_contact, "ended already",
        **told(one, kind="next_of_kin", name="B", contact_id=contact.pk),
    )  # fmt: skip


def test_an_objection_hides_the_entry_from_all_but_its_owner_at_once():
    from stewardship.frailty.actions_care import record_sharing
    from support.register import PRACTICE, viewer

    one = entry()
    record_sharing(**told(one, objects=True, basis="person", on=TODAY))
    assert not viewer().entries().filter(pk=one.pk).exists()
    assert viewer(PRACTICE, "practice").entries().filter(pk=one.pk).exists()
    record_sharing(**told(one, objects=False, basis="person", on=TODAY, details="Changed her mind"))
    assert viewer().entries().filter(pk=one.pk).exists()
    assert one.sharing.count() == 2


def test_a_meeting_is_added_without_a_version():
    from stewardship.frailty.actions_work import record_meeting

    one = entry()
    record_meeting(**added(one, on=TODAY, attendees="Dr F. Rail; N. Urse", discussion="Stays at home"))
    reviewed(one)
    assert one.meetings.get().by.name == coordinator().name
    assert again(one).version == one.version + 2
    assert one.meetings.get().at == NOW
