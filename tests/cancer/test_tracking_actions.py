"""What people do to a pathway: each action is whole, by somebody, from the version that was seen, and written down."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from support.people import events
from support.tracked import NOW, TODAY, again, day, pathway, told, tracker


def refused(action, match, **given):
    with pytest.raises(ValidationError, match=match), transaction.atomic():
        action(**given)


def test_a_next_action_is_on_the_list_with_who_owes_it():
    from stewardship.cancer.actions import set_next_action

    one = pathway()
    set_next_action(**told(one, verb="chase", specific="ct", owner_group="imaging", due_on=day(35)))
    row = again(one).row
    assert (row.step, row.step_group, row.step_due_on) == ("Chase CT", "imaging", day(35))
    assert again(one).version == 2


def test_a_stale_edit_is_refused_with_both_versions_and_loses_nothing():
    from stewardship.cancer.actions import StaleError, correct_pathway, set_next_action

    one = pathway()
    correct_pathway(**told(one, fields={"first_seen_on": day(9)}, reason="the clinic’s own list"))
    with pytest.raises(StaleError) as stale, transaction.atomic():
        set_next_action(**told(one, verb="book", specific="mri", owner_group="booking", due_on=day(35)))
    assert stale.value.pathway.first_seen_on == day(9)
    assert [each.did for each in stale.value.since] == ["corrected: the clinic’s own list"]
    assert stale.value.since[0].by == "T. Racker"
    assert stale.value.tried["verb"] == "book"
    assert not again(one).actions.exists()


def test_a_comment_needs_no_version_and_changes_none():
    from stewardship.cancer.actions import add_comment, set_next_action

    one = pathway()
    add_comment(pathway_id=one.pk, kind="tracking", text="CT moved to Tuesday", by=tracker(), now=NOW)
    set_next_action(**told(one, verb="await", specific="ct", owner_group="imaging", due_on=day(35)))
    assert again(one).row.last_comment == "CT moved to Tuesday"
    assert again(one).last_tracked_on == TODAY


@pytest.mark.parametrize("statement", ["UPDATE cancer_comment SET text = 'x'", "DELETE FROM cancer_comment"])
def test_the_database_itself_refuses_to_change_a_comment(statement):
    from stewardship.cancer.actions import add_comment

    add_comment(pathway_id=pathway().pk, kind="tracking", text="said", by=tracker(), now=NOW)
    with pytest.raises(DatabaseError, match="added to"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_comment_is_not_changed_or_removed_by_this_program():
    from stewardship.cancer.actions import add_comment
    from stewardship.cancer.models import Comment

    one = add_comment(pathway_id=pathway().pk, kind="tracking", text="said", by=tracker(), now=NOW)
    for refuse in (
        one.save,
        one.delete,
        lambda: Comment.objects.update(text="x"),
        Comment.objects.all().delete,
    ):
        with pytest.raises(TypeError, match="added to"):
            refuse()


def test_a_correction_keeps_the_old_value_with_who_and_why():
    from stewardship.cancer.actions import correct_pathway

    one = pathway(first_seen_on=day(12))
    correct_pathway(**told(one, fields={"first_seen_on": day(9)}, reason="typed wrongly"))
    now, before = again(one).history.order_by("-version")[:2]
    assert (before.first_seen_on, now.first_seen_on) == (day(12), day(9))
    assert (now.history_user.name, now.history_change_reason) == ("T. Racker", "corrected: typed wrongly")
    assert now.history_date == NOW


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"first_seen_on": day(-1)}, "before the referral was received"),
        ({"faster_diagnosis_end_on": day(40)}, "has not come yet"),
        (
            {"first_appointment_dna_on": day(9), "rebooked_on": day(8)},
            "before the first appointment was missed",
        ),
        ({"person_id": 4}, "cannot be corrected here"),
        ({"priority_type": "3"}, "Nothing is different"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(fields, says):
    from stewardship.cancer.actions import correct_pathway

    refused(correct_pathway, says, **told(pathway(), fields=fields, reason="as the letter says"))


def test_each_thing_done_is_in_the_access_log_about_that_person():
    from stewardship.cancer.actions import mark_for_meeting

    one = pathway()
    mark_for_meeting(**told(one, wanted=True))
    last = events()[-1]
    assert (last.did, last.about, last.name) == ("change", f",{one.person_id},", "T. Racker")


def test_where_nothing_can_be_logged_nothing_is_saved(monkeypatch):
    from stewardship.access.log import AccessLogError
    from stewardship.cancer.actions import mark_for_meeting

    def full(**_event):
        raise AccessLogError("full")

    one = pathway()
    monkeypatch.setattr("stewardship.cancer.changing.record", full)
    with pytest.raises(AccessLogError), transaction.atomic():
        mark_for_meeting(**told(one, wanted=True))
    assert (again(one).for_meeting, again(one).version) == (False, 1)


def test_ruling_out_records_who_was_told_when_and_how_and_makes_two_letters():
    from stewardship.cancer.actions import rule_out

    one = pathway()
    made = rule_out(**told(one, told_on=day(20), told_how="phone", told_whom="patient"))
    assert (made.told_on, made.told_how, made.told_whom, made.by.name) == (
        day(20),
        "phone",
        "patient",
        "T. Racker",
    )
    assert {letter.to for letter in made.letters.all()} == {"patient", "practice"}
    assert (again(one).faster_diagnosis_end_reason, again(one).closed_at) == ("02", NOW)


def test_ruling_out_stays_on_the_worklist_until_the_practice_is_told():
    from stewardship.cancer.actions import rule_out, send_letter
    from stewardship.cancer.models import WorklistDays

    one = pathway()
    made = rule_out(**told(one, told_on=day(20), told_how="phone", told_whom="patient"))
    on = WorklistDays.objects.filter(
        pathway=one, first__lte=TODAY, last__gte=TODAY, worklist="ruled-out-not-notified"
    )
    assert on.exists() and again(one).row.closed
    send_letter(**told(again(one), letter_id=made.letters.get(to="practice").pk))
    assert not on.exists()


def test_a_breach_is_not_closed_without_its_reason():
    from stewardship.cancer.actions import rule_out

    one = pathway()
    given = told(one, told_on=day(30), told_how="phone", told_whom="patient")
    refused(rule_out, "30 days, which is over the limit", **given)
    refused(rule_out, "Reason 98 needs a comment", **given, delay_code="98")
    rule_out(**given, delay_code="02")
    assert again(one).delay_reasons.get().code == "02"


def test_an_administrative_delay_is_no_reason_where_the_first_appointment_was_missed():
    from stewardship.cancer.actions import give_delay_reason

    one = pathway(first_appointment_dna_on=day(6), rebooked_on=day(8))
    refused(give_delay_reason, "administrative delay", **told(one, standard="28", code="03"))


def test_somebody_cannot_be_told_before_the_referral_or_tomorrow():
    from stewardship.cancer.actions import rule_out

    one = pathway()
    refused(
        rule_out, "before the referral", **told(one, told_on=day(-1), told_how="phone", told_whom="patient")
    )
    tomorrow = TODAY + timedelta(days=1)
    refused(rule_out, "not come yet", **told(one, told_on=tomorrow, told_how="phone", told_whom="patient"))


def test_a_pathway_taken_off_by_mistake_goes_back_and_both_are_kept():
    from stewardship.cancer.actions import put_back, remove

    one = pathway()
    remove(**told(one, reason="private", on=day(10)))
    put_back(**told(again(one), reason="it was somebody else’s letter"))
    removal = again(one).removals.get()
    assert again(one).closed_at is None
    assert (removal.reason, removal.undone_because) == ("private", "it was somebody else’s letter")


def test_leaving_the_list_ends_open_actions_without_calling_them_done():
    from stewardship.cancer.actions import remove, set_next_action

    one = pathway()
    set_next_action(**told(one, verb="book", owner_group="booking", due_on=day(40)))
    remove(**told(again(one), reason="died", on=day(20)))
    action = again(one).actions.get()
    assert (action.completed_on, action.dropped) == (None, "the pathway left the list")


def test_severe_harm_goes_to_the_patient_safety_process():
    from stewardship.cancer.actions import complete_harm_review

    one = pathway()
    found = {
        "reviewed_on": day(20),
        "physical": "severe",
        "psychological": "low",
        "root_cause": "late histology",
    }
    refused(complete_harm_review, "patient-safety", **told(one, **found))
    complete_harm_review(**told(one, **found, to_patient_safety_on=day(21)))
    assert again(one).harm_review.completed_by.name == "T. Racker"


def test_a_received_transfer_moves_the_pathway_and_the_first_provider_still_sees_it():
    from stewardship.cancer.actions import plan_transfer, receive_transfer
    from stewardship.cancer.models import TrackedPathway

    one = pathway()
    given = {"referring_site": "RZ101", "receiving_site": "RZ909", "requested_on": day(20)}
    made = plan_transfer(**told(one, **given))
    assert again(one).row.transfer_due_on == day(38)
    receive_transfer(**told(again(one), transfer_id=made.pk, received_on=day(25)))
    row = again(one).row
    assert (again(one).provider, row.also_provider, row.transfer_due_on) == ("RZ9", "RZ1", None)
    assert TrackedPathway.objects.all().within("RZ9").get() == again(one)


def test_an_escalation_is_open_until_it_is_answered_once():
    from stewardship.cancer.actions import answer_escalation, escalate

    one = pathway()
    made = escalate(**told(one, level=2, to="Service manager", reason="CT not booked"))
    assert again(one).row.escalated == 2
    answer = told(again(one), escalation_id=made.pk, answer="booked for Friday")
    answer_escalation(**answer)
    assert again(one).row.escalated == 0
    refused(answer_escalation, "answered already", **answer | {"seen_version": again(one).version})


def test_a_fit_has_a_value_or_the_reason_why_it_is_missing():
    from stewardship.cancer.actions import record_fit

    one = pathway()
    refused(record_fit, "Give the value", **told(one))
    refused(record_fit, "Give the value", **told(one, micrograms_tenths=100, missing_because="not returned"))
    made = record_fit(
        **told(one, micrograms_tenths=4000, comparator=">", sampled_on=day(-3), resulted_on=day(0))
    )
    assert (made.comparator, made.tenths) == (">", 4000)


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE cancer_pathway SET closed_at = '2026-06-01 09:00:00+00:00'",
        "UPDATE cancer_removal SET undone_at = '2026-06-01 09:00:00+00:00'",
        "UPDATE cancer_removal SET told_how = ''",
        "UPDATE cancer_next_action SET completed_on = NULL, dropped = ''",
        "UPDATE cancer_delay_reason SET code = '98', comment = ''",
        "UPDATE cancer_letter SET sent_at = '2026-06-01 09:00:00+00:00'",
    ],
)
def test_the_database_keeps_who_and_when_together(broken):
    from stewardship.cancer.actions import give_delay_reason, put_back, rule_out, set_next_action

    one = pathway()
    set_next_action(**told(one, verb="book", owner_group="booking", due_on=day(40)))
    give_delay_reason(**told(again(one), standard="28", code="02"))
    rule_out(**told(again(one), told_on=day(20), told_how="phone", told_whom="patient"))
    if "pathway" in broken:
        put_back(**told(again(one), reason="by mistake"))
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(broken)
