"""Two people at once, on every form; whose a step is; and that no count differs from its list."""

import pytest
from django.urls import reverse
from django.utils import timezone

from stewardship.site.roles import CancerManager, CancerTracker, MdtCoordinator
from support.people import events, number
from support.site import client, member, sign_in_as
from support.tracked import PROVIDER
from support.tracked_people import tracked_people

MOCKMAN = 4
STEP = {"verb": "treat", "specific": "theatre date", "owner_group": "theatres", "due_on": "28 4 2027"}


@pytest.fixture
def people(vault):
    now = timezone.now()
    return tracked_people(timezone.localdate(now), now)


def as_(role, provider=PROVIDER):
    browser = client()
    who = member(role, username=f"two-{role.key}", organisation=provider)
    sign_in_as(browser, who)
    browser.who = who
    return browser


def pathway(pk):
    from stewardship.cancer.models import TrackedPathway

    return TrackedPathway.objects.get(pk=pk)


def sends(browser, pk, what, name="cancer-act", **typed):
    answer = browser.post(reverse(name, args=[pk, what]), {"version": pathway(pk).version, **typed})
    assert answer.status_code == 302
    return answer.headers["Location"]


def every_act():
    from stewardship.cancer.acts import LEAVING, TRACKING

    for name, acts in (("cancer-act", TRACKING), ("cancer-leave", LEAVING)):
        yield from ((name, what) for what in acts)


TYPED = {
    **STEP, "text": "hello", "kind": "tracking", "reason": "died", "completed_on": "2 11 2026", "action_id": "1",
    "standard": "28", "code": "02", "level": "2", "to": "the manager", "answer": "yes", "escalation_id": "1",
    "done_on": "2 11 2026", "referring_site": "RZ101", "receiving_site": "RZ901", "requested_on": "2 11 2026",
    "received_on": "2 11 2026", "transfer_id": "1", "outcome": "TD4", "decided_on": "2 11 2026", "value": "9",
    "test": "psa", "reviewed_on": "2 11 2026", "physical": "none", "psychological": "none", "root_cause": "unknown",
    "months": "3", "state": "done", "on": "2 11 2026", "wanted": "no", "told_on": "2 11 2026", "told_how": "phone",
    "told_whom": "patient", "nhs_number": number(5000), "family_name": "Standin", "birth_date": "1 2 1950",
}  # fmt: skip
OWN = {  # where one name means two things
    "milestone": {"code": "MDT", "test": ""}, "filter-test": {}, "remove": {"reason": "died"},
    "put-back": {"reason": "a mistake"}, "found-again": {"reason": "on the ward"},
}  # fmt: skip


def test_every_form_that_was_made_from_an_older_version_is_refused_with_both_shown(people):
    from stewardship.cancer.models import TrackedPathway

    first, second, pk = as_(CancerTracker), as_(CancerManager), people[MOCKMAN]
    old = pathway(pk).version
    sends(first, pk, "next-step", **STEP)
    now = TrackedPathway.objects.values().get(pk=pk)
    for name, what in every_act():
        if what == "comment":  # is added to, and takes nobody's place
            continue
        typed = {**TYPED, **OWN.get(what, {}), "version": old}
        if what == "filter-test":
            from stewardship.rules.cancer.timed.filter_tests import filter_tests

            typed["test"] = filter_tests()[0].code
        where = sends(second, pk, what, name, **typed)
        assert "/both/" in where, (what, where)
        words = second.get(where).content.decode()
        assert "Your change is not saved" in words and "Nothing you typed is lost" in words, what
    assert TrackedPathway.objects.values().get(pk=pk) == now


def test_a_correction_decided_for_after_a_conflict_takes_back_nothing_of_another_field(people):
    first, second, pk = as_(CancerTracker), as_(MdtCoordinator), people[MOCKMAN]
    form = second.get(reverse("cancer-act", args=[pk, "correct"])).content.decode()
    assert 'name="first_seen_on"' in form
    one, old = pathway(pk), pathway(pk).version
    as_seen = {
        "received_on": one.received_on.isoformat(),
        "faster_diagnosis_end_on": one.faster_diagnosis_end_on.isoformat(),
    }
    theirs = {"upgraded_on": "", "diagnosis": "C18.7", "reason": "histology report"}
    sends(first, pk, "correct", **as_seen, **theirs)
    mine = {"first_seen_on": one.received_on.isoformat(), "reason": "clinic list"}
    where = sends(second, pk, "correct", **as_seen, **mine, version=old)
    words = second.get(where).content.decode()
    assert words.count("C18.7") >= 2  # saved now, and kept in what would stand
    import re

    sent = dict(
        re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">', words.split("sw-choose")[-1])
    )
    sent.pop("csrfmiddlewaretoken", None)
    sends(second, pk, "correct", **sent)
    after = pathway(pk)
    assert (after.diagnosis, after.first_seen_on) == ("C18.7", one.received_on)


def test_a_press_that_came_too_late_says_that_nothing_was_changed(people):
    from stewardship.cancer.models import Difference

    browser, pk = as_(CancerTracker), people[MOCKMAN]
    made = Difference.objects.create(
        pathway_id=pk, record="pathway", field="first_seen_on", found_at=timezone.now(), sent="2026-11-01"
    )
    address = reverse("cancer-difference", args=[pk, made.pk])
    answer = browser.post(address, {"version": pathway(pk).version - 1 or 99, "take": "yes"}, follow=True)
    assert "Nothing was changed" in answer.content.decode()
    made.refresh_from_db()
    assert made.settled_at is None


def test_a_step_that_somebody_is_named_for_stands_on_their_own_worklist(people):
    browser, pk = as_(CancerTracker), people[MOCKMAN]
    words = browser.get(reverse("cancer-pathway", args=[pk])).content.decode()
    assert f'<option value="{browser.who.pk}"' in words
    today = timezone.localdate()
    sends(browser, pk, "next-step", **STEP | {"due_on": today.isoformat(), "owner_id": browser.who.pk})
    mine = browser.get("/cancer/?worklist=my-due").content.decode()
    assert "My steps due today <b>1</b>" in mine and "MOCKMAN" in mine
    step = pathway(pk).actions.get()
    sends(browser, pk, "next-step", **STEP | {"owner_id": browser.who.pk, "action_id": step.pk})
    assert pathway(pk).actions.get().owner == browser.who


def test_nobody_of_another_provider_can_be_named_for_a_step(people):
    stranger, browser, pk = as_(MdtCoordinator, "RZ7"), as_(CancerTracker), people[MOCKMAN]
    where = sends(browser, pk, "next-step", **STEP | {"owner_id": stranger.who.pk})
    assert "Choose somebody of the list" in browser.get(where).content.decode()
    assert not pathway(pk).actions.exists()


def test_somebody_ruled_out_is_no_longer_for_the_meeting(people):
    browser, pk = as_(CancerTracker), people[MOCKMAN]
    assert pathway(pk).for_meeting
    before = browser.get("/cancer/?worklist=meeting").content.decode()
    assert "For the meeting <b>5</b>" in before and "For the meeting: 5 people" in before
    told = {"told_whom": "patient", "told_how": "phone", "told_on": timezone.localdate().isoformat()}
    sends(browser, pk, "rule-out", "cancer-leave", **told, delay_code="02")
    after = browser.get("/cancer/?worklist=meeting").content.decode()
    assert "For the meeting <b>4</b>" in after and "For the meeting: 4 people" in after


def test_a_page_beyond_the_last_shows_the_last(people):
    words = as_(CancerTracker).get("/cancer/?page=99").content.decode()
    assert "PLACEHOLDER" in words and "Page 1 of 1" in words


def test_whoever_handed_somebody_over_can_open_whom_their_list_shows(people):
    from stewardship.cancer.models import ListRow

    browser, pk = as_(CancerTracker), people[MOCKMAN]
    asked = {"referring_site": "RZ101", "receiving_site": "RZ901", "requested_on": "2 11 2026"}
    sends(browser, pk, "transfer", **asked)
    transfer = pathway(pk).transfers.get().pk
    sends(browser, pk, "transfer-received", received_on="3 11 2026", transfer_id=transfer)
    assert pathway(pk).provider == "RZ9" and "MOCKMAN" in browser.get("/cancer/").content.decode()
    for shown in ListRow.objects.all():
        assert browser.get(reverse("cancer-pathway", args=[shown.pk])).status_code == 200


def test_another_pathway_of_the_same_person_is_named_on_the_page(people):
    from stewardship.cancer.models import TrackedPathway

    first, other = people[MOCKMAN], people[8]
    TrackedPathway.objects.filter(pk=other).update(person_id=pathway(first).person_id)
    words = as_(CancerTracker).get(reverse("cancer-pathway", args=[first])).content.decode()
    assert "Other pathways of this person" in words and f"/cancer/pathways/{other}/" in words


def test_walking_through_a_meeting_is_reading_a_list(people):
    browser = as_(MdtCoordinator)
    before = len(events())
    for place in range(1, 6):
        browser.get("/cancer/meeting/", {"worklist": "meeting", "page": place})
    assert [one.did for one in events()[before:]] == ["list"] * 5
