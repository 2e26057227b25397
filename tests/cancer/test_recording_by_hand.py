"""What a tracker records by hand: telling, treatment, milestones, steps; and what a form leaves as it is."""

import pytest

from support.tracked import NOW, TODAY, again, day, pathway, told

pytestmark = pytest.mark.usefixtures("vault")


def judged(one):
    from stewardship.cancer.facts import judged as said

    return said(again(one), as_of=TODAY)


def refused(action, match, **given):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match=match):
        action(**given)


def by_form(what, one, **typed):
    """Do a thing as its page does it, with what was typed."""
    from stewardship.access.log import Actor
    from stewardship.cancer.acts import LEAVING, TRACKING, form_of
    from stewardship.cancer.doing import Told
    from stewardship.cancer.scope import Viewer
    from support.tracked import tracker

    act = {**TRACKING, **LEAVING}[what]
    one = again(one)
    form = form_of(act, one, Viewer(Actor(None, "T"), "RZ1", "care", frozenset()), typed)
    assert form.is_valid(), form.errors
    act.run(Told(one.pk, tracker(), one.version, NOW), dict(form.cleaned_data))


def test_telling_somebody_of_a_cancer_ends_the_28_days_and_leaves_the_62_running():
    from stewardship.cancer.actions import tell

    one = pathway()
    tell(**told(one, told_on=day(20), diagnosis="c18.7"))
    found = judged(one)
    assert (found.faster_diagnosis.days, found.faster_diagnosis.result.value) == (20, "MET")
    assert found.referral_to_treatment.result.value == "OPEN" and again(one).diagnosis == "C18.7"
    assert again(one).row.day_28_on is None and again(one).row.day_62_on == day(62)


def test_somebody_told_late_is_not_recorded_without_the_reason():
    from stewardship.cancer.actions import tell

    one = pathway(received_on=day(-10))
    refused(tell, "over the limit of 28", **told(one, told_on=day(20)))
    tell(**told(one, told_on=day(20), delay_code="15"))
    assert again(one).delay_reasons.get().standard == "28"


def test_what_stops_a_clock_is_not_recorded_as_a_mere_milestone():
    from stewardship.cancer.actions import record_milestone

    one = pathway()
    for code, says in (
        ("TOLD", "Told that it is cancer"),
        ("DTT", "Decision to treat"),
        ("FDT", "Decision to treat"),
    ):
        refused(record_milestone, says, **told(one, code=code, done_on=day(5)))
    record_milestone(**told(one, code="FDT", booked_on=day(70)))
    assert again(one).row.will_breach


def test_a_first_appointment_is_the_day_first_seen():
    from stewardship.cancer.actions import record_milestone

    one = pathway()
    record_milestone(**told(one, code="FSEEN", done_on=day(9)))
    assert again(one).first_seen_on == day(9)


def test_a_treatment_typed_by_hand_is_judged_and_closes_the_pathway():
    one = pathway(faster_diagnosis_end_on=day(20), faster_diagnosis_end_reason="01", diagnosis="C18.7")
    by_form("treatment", one, decided_on="22 5 2026", event_type="01", modality="23", reason="theatre system")
    assert judged(one).decision_to_treatment.result.value == "OPEN"
    by_form(
        "treatment", one, decided_on="22 5 2026", event_type="01", modality="23", started_on="30 5 2026",
        site="RZ101", reason="operated",
    )  # fmt: skip
    found = judged(one)
    assert (found.decision_to_treatment.days, found.referral_to_treatment.days) == (8, 29)
    by_form("remove", one, reason="treated", on="30 5 2026")
    assert again(one).closed_at is not None
    assert again(one).treatments.get().history.count() == 2


def test_a_milestone_that_is_added_to_keeps_what_it_had():
    from stewardship.cancer.models import MilestoneEvent

    one = pathway()
    by_form(
        "milestone",
        one,
        code="BX",
        test="biopsy",
        requested_on="2 5 2026",
        done_on="9 5 2026",
        left_empty="stays",
    )
    by_form("milestone", one, code="BX", reported_on="14 5 2026", left_empty="stays")
    event = MilestoneEvent.objects.get(pathway=one)
    assert [str(event.requested_on), str(event.done_on), str(event.reported_on), event.test] == [
        "2026-05-02", "2026-05-09", "2026-05-14", "biopsy"
    ]  # fmt: skip
    by_form("milestone", one, code="BX", requested_on="2 5 2026", done_on="9 5 2026", left_empty="goes")
    event.refresh_from_db()
    assert event.reported_on is None and event.done_on is not None and event.history.count() == 3


def test_changing_a_step_in_the_list_leaves_what_its_form_does_not_ask_for():
    from stewardship.cancer.actions import set_next_action
    from stewardship.cancer.models import NextAction

    one = pathway()
    step = set_next_action(
        **told(
            one, verb="chase", specific="ct", owner_group="other provider", due_on=day(40), organisation="RZ9",
            details="second opinion", delay="imaging capacity", reply="Thursday",
        )
    )  # fmt: skip
    by_form("next-step", one, verb="chase", specific="ct", owner_group="other provider", due_on="15 6 2026",
            action_id=step.pk)  # fmt: skip
    step = NextAction.objects.get()
    assert (str(step.due_on), step.organisation, step.details, step.delay, step.reply) == (
        "2026-06-15", "RZ9", "second opinion", "imaging capacity", "Thursday"
    )  # fmt: skip


def test_all_treatment_declined_ends_both_waits_for_treatment_and_keeps_the_28_days():
    from stewardship.cancer.actions import put_back, remove

    one = pathway()
    refused(remove, "Nobody declines treatment before being told", **told(one, reason="declined", on=day(25)))
    one = pathway(
        "PW-2", faster_diagnosis_end_on=day(20), faster_diagnosis_end_reason="01", diagnosis="C18.7"
    )
    remove(**told(one, reason="declined", on=day(25)))
    found = judged(one)
    assert found.referral_to_treatment.result.value == "EXCLUDED"
    assert found.decision_to_treatment.result.value in {"EXCLUDED", "NOT_APPLICABLE"}
    assert found.faster_diagnosis.result.value == "MET" and found.waiting is None
    put_back(**told(again(one), reason="they changed their mind"))
    assert judged(one).referral_to_treatment.result.value == "OPEN"


def test_somebody_told_late_does_not_leave_untreated_without_the_reason():
    from stewardship.cancer.actions import remove

    one = pathway(received_on=day(-15), faster_diagnosis_end_on=day(20), faster_diagnosis_end_reason="01")
    for reason in ("declined", "not cancer waits"):
        refused(remove, "over the limit of 28", **told(one, reason=reason, on=day(25)))
    remove(**told(one, reason="declined", on=day(25), delay_code="20"))


def test_an_interval_scan_ends_the_28_days_on_the_day_they_were_told_of_it():
    from stewardship.cancer.actions import put_back, remove

    one = pathway()
    remove(**told(one, reason="interval scan", on=day(21)))
    assert (judged(one).faster_diagnosis.days, again(one).faster_diagnosis_end_reason) == (21, "04")
    put_back(**told(again(one), reason="wrong person"))
    assert again(one).faster_diagnosis_end_on is None


def test_ruled_out_again_after_a_mistake_the_practice_has_to_be_told_again():
    from stewardship.cancer.actions import put_back, rule_out, send_letter
    from stewardship.cancer.models import Letter, WorklistDays

    one = pathway()
    saying = {"told_on": day(20), "told_how": "phone", "told_whom": "patient"}
    rule_out(**told(one, **saying))
    send_letter(**told(again(one), letter_id=Letter.objects.get(to="practice").pk))
    put_back(**told(again(one), reason="another person’s result"))
    rule_out(**told(again(one), **saying | {"told_on": day(24)}))
    on = WorklistDays.objects.filter(pathway=one, worklist="ruled-out-not-notified", first__lte=TODAY)
    assert on.exists()


def test_what_somebody_typed_is_in_the_history_and_not_in_the_access_log():
    from stewardship.cancer.actions import correct_pathway, put_back, remove
    from support.people import events

    one = pathway()
    correct_pathway(**told(one, fields={"first_seen_on": day(3)}, reason="Mrs Placeholder rang"))
    remove(**told(again(one), reason="died", on=day(20)))
    put_back(**told(again(one), reason="Mr Placeholder lives"))
    said = [each.history_change_reason for each in one.history.all()]
    assert "corrected: Mrs Placeholder rang" in said and "put back: Mr Placeholder lives" in said
    assert events() and not [event for event in events() if "Placeholder" in str(vars(event))]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"referring_site": "RZ901", "receiving_site": "RZ101"}, "is tracked by RZ1"),
        ({"referring_site": "RZ101", "receiving_site": "Mrs Doe"}, "Give both sites by their codes"),
        ({"referring_site": "RZ101", "receiving_site": "RZ102"}, "goes to another provider"),
    ],
)
def test_a_transfer_goes_from_the_provider_that_tracks_to_the_site_of_another(given, says):
    from stewardship.cancer.actions import plan_transfer

    refused(plan_transfer, says, **told(pathway(), requested_on=day(20), **given))


@pytest.mark.parametrize(
    ("written", "is_a_day"),
    [("21 4 2026", True), ("21/4/2026", True), ("21 April 2026", True), ("2026-04-21", True), ("21 4 26", False),
     ("21 4", False), ("31 2 2026", False), ("21 4 0026", False), ("21 4 9999", False)],
)  # fmt: skip
def test_a_day_is_typed_with_its_whole_year(written, is_a_day):
    from stewardship.cancer.fields import parsed

    assert (parsed(written) is not None) is is_a_day


@pytest.mark.parametrize(
    ("decided", "on", "says"),
    [(20, 40, "31 from decision in 11 days, 21 June"), (20, 51, "31 from decision today"), (20, 52, "62 in 10 days"),
     (50, 52, "62 in 10 days"), (None, 40, "62 in 22 days")],
)  # fmt: skip
def test_a_row_says_the_next_of_its_limits(decided, on, says):
    from stewardship.cancer.lines import limit
    from stewardship.cancer.models import ListRow

    row = ListRow(day_62_on=day(62), day_31_on=None if decided is None else day(decided + 31))
    assert limit(row, day(on)).startswith(says)
