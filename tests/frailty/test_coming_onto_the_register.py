"""Nobody comes onto the register by themselves: candidates wait, and a named clinician confirms or rejects them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from support.people import events
from support.register import (
    CLINICIAN,
    NOW,
    TODAY,
    again,
    ago,
    candidate,
    coordinator,
    entry,
    found,
    place,
    proposed,
    told,
)


def propose(*candidates, now=NOW):
    from stewardship.frailty.proposing import propose

    return propose(candidates=candidates, by=coordinator(), now=now)


def the_entry(person_id=1001):
    from stewardship.frailty.models import Entry

    return Entry.objects.get(person_id=person_id)


def rejected(one, reason="Fit on examination"):
    from stewardship.frailty.actions_entry import reject

    return reject(**told(one, clinician=CLINICIAN, reason=reason, decided_on=TODAY))


def refused(action, match, **given):
    with pytest.raises(ValidationError, match=match), transaction.atomic():
        action(**given)


def test_a_candidate_waits_to_be_confirmed_with_reason_and_evidence():
    done = propose(candidate())
    one = the_entry()
    assert (done.new, one.state, one.conditions.count()) == (1, "to_confirm", 0)
    assert one.identifications.get().reason == "9 of 36 deficits, moderate"
    assert one.identifications.get().evidence == {"deficits": 9}
    assert (one.row.state, one.row.route, one.row.frailty) == ("to_confirm", "efi", "")


def test_proposing_again_changes_nothing():
    propose(candidate(), candidate(1002))
    before = the_entry().version, len(events())
    done = propose(candidate(), candidate(1002), now=NOW + timedelta(days=1))
    assert (done.new, done.again, done.more, done.known) == (0, 0, 0, 2)
    assert (the_entry().version, len(events())) == before


def test_each_batch_of_candidates_is_one_event_about_all_of_them():
    propose(candidate(), candidate(1002))
    assert (events()[-1].about, events()[-1].shown) == (",1001,1002,", 2)


def test_a_rejected_candidate_stays_rejected_unless_the_evidence_is_new():
    propose(candidate())
    rejected(the_entry())
    assert propose(candidate()).known == 1
    assert the_entry().state == "rejected"
    more = found(reason="13 of 36 deficits, severe", evidence={"deficits": 13})
    assert propose(candidate(reasons=[found(), more])).again == 1
    assert the_entry().state == "to_confirm"
    assert [each.decided for each in the_entry().decisions.all()] == [
        "proposed_again",
        "rejected",
        "proposed",
    ]


def test_new_evidence_leaves_who_is_on_the_register_there():
    one = entry()
    done = propose(candidate(reasons=[found(evidence={"deficits": 13})]))
    assert (done.more, again(one).state) == (1, "on_register")
    assert one.identifications.count() == 2


def test_a_candidate_who_moved_is_seen_by_the_new_practice():
    propose(candidate())
    propose(candidate(at=place(practice="P81002", network="N02")))
    one = the_entry()
    assert (one.practice, one.owner, one.row.practice, one.row.network) == (
        "P81002",
        "P81002",
        "P81002",
        "N02",
    )
    assert one.history.count() == 2


def test_a_clinician_confirms_with_a_reason_and_all_three_conditions_at_once():
    from stewardship.frailty.actions_entry import confirm

    one = proposed()
    three = {"frailty": "severe", "dementia": "", "end_of_life": "B"}
    confirm(**told(one, conditions=three, clinician=CLINICIAN, reason="Seen at home", decided_on=TODAY))
    row = again(one).row
    assert (row.state, row.frailty, row.dementia, row.end_of_life) == ("on_register", "severe", True, "B")
    last = one.decisions.first()
    assert (last.decided, last.clinician, last.reason, last.by.name) == (
        "confirmed", CLINICIAN, "Seen at home", "C. Oordinator",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reason": " "}, "reason"),
        ({"clinician": ""}, "Name the clinician"),
        ({"conditions": {}}, "at least one"),
        ({"conditions": {"frailty": "A"}}, "no such degree"),
        ({"conditions": {"dementia": "mild"}}, "no such degree"),
        ({"decided_on": TODAY + timedelta(days=1)}, "has not come yet"),
    ],
)
def test_what_is_not_a_clinicians_decision_is_refused(changed, says):
    from stewardship.frailty.actions_entry import confirm

    usual = {"conditions": {"frailty": "mild"}, "clinician": CLINICIAN, "reason": "Seen", "decided_on": TODAY}
    one = proposed()
    refused(confirm, says, **told(one, **usual | changed))
    assert again(one).state == "to_confirm"


def test_nobody_is_confirmed_twice():
    from stewardship.frailty.actions_entry import confirm

    given = {"conditions": {"frailty": "mild"}, "clinician": CLINICIAN, "reason": "Seen", "decided_on": TODAY}
    refused(confirm, "on the register", **told(entry(), **given))


def test_an_entry_ends_with_a_reason_and_is_kept():
    from stewardship.frailty.actions_entry import end

    one = entry()
    refused(end, "Say why", **told(one, because="moved", ended_on=TODAY, reason=""))
    end(**told(one, because="died", ended_on=ago(3), reason="Told by the hospital", died_at="hospital"))
    one = again(one)
    assert (one.state, one.died_on, one.died_at, one.ended_because) == ("ended", ago(3), "hospital", "died")
    assert (one.row.state, one.row.frailty) == ("ended", "")
    assert one.conditions.count() == 1


def test_a_new_severity_ends_the_one_before_and_keeps_it():
    from stewardship.frailty.actions_entry import hold_condition

    one = entry()
    hold_condition(**told(one, condition="frailty", degree="severe", diagnosed_on=TODAY, assessor=CLINICIAN))
    assert again(one).row.frailty == "severe"
    assert [(each.degree, each.ended_on) for each in one.conditions.order_by("pk")] == [
        ("moderate", TODAY), ("severe", None),
    ]  # fmt: skip


def test_the_last_condition_is_ended_by_ending_the_entry():
    from stewardship.frailty.actions_entry import end_condition

    one = entry(conditions={"frailty": "mild", "dementia": ""})
    end_condition(**told(one, condition="dementia", ended_on=TODAY, reason="Delirium, resolved"))
    assert not again(one).row.dementia
    refused(
        end_condition, "End the entry", **told(one, condition="frailty", ended_on=TODAY, reason="Recovered")
    )


def test_a_stale_edit_is_refused_with_both_versions_and_loses_nothing():
    from stewardship.frailty.actions_entry import hold_condition
    from stewardship.frailty.changing import StaleError

    one = entry()
    hold_condition(**told(one, condition="dementia", degree="", diagnosed_on=TODAY, assessor=CLINICIAN))
    stale_at = one.version
    with pytest.raises(StaleError) as stale, transaction.atomic():
        hold_condition(
            **told(
                one,
                seen_version=stale_at,
                condition="end_of_life",
                degree="A",
                diagnosed_on=TODAY,
                assessor="x",
            )
        )
    assert [each.did for each in stale.value.since] == ["dementia recorded"]
    assert stale.value.tried["degree"] == "A"
    assert stale.value.entry.version == stale_at + 1


def test_whoever_is_met_again_gets_their_entry_back():
    first = proposed()
    assert proposed().pk == first.pk
    assert again(first).identifications.count() == 1


def test_a_decision_is_never_changed_or_removed():
    one = entry().decisions.first()
    for refuse in (one.save, one.delete, type(one).objects.all().delete):
        with pytest.raises(TypeError, match="added to"):
            refuse()


def test_where_nothing_can_be_logged_nothing_is_saved(monkeypatch):
    from stewardship.access.log import AccessLogError

    def full(**_event):
        raise AccessLogError("full")

    one = proposed()
    monkeypatch.setattr("stewardship.frailty.changing.record", full)
    with pytest.raises(AccessLogError), transaction.atomic():
        rejected(one)
    assert again(one).state == "to_confirm"


def test_the_vault_keeps_whoever_has_an_entry():
    from stewardship.vault.references import referred_to

    proposed()
    assert referred_to([1001, 1002]) >= {1001}
