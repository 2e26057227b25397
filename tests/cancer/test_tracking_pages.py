"""The pages of the tracking list: who is shown to whom, what is logged, and that nothing typed is ever lost."""

from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone
from pypdf import PdfReader

from stewardship.permissions import SEE_PATHWAYS
from stewardship.rules.cancer.timed.filter_tests import filter_tests
from stewardship.site.roles import (
    ROLES,
    CancerManager,
    CancerSteward,
    CancerTracker,
    MdtCoordinator,
    SystemCancerManager,
)
from support.addresses import TRACKING
from support.people import events, number
from support.site import client, member, sign_in_as
from support.tracked import PROVIDER, again, tracker
from support.tracked_people import PEOPLE, tracked_people

MOCKMAN, SAMPLE = 4, 7  # places in PEOPLE: waits for an operation; ruled out and to be told


@pytest.fixture
def people(vault):
    """The ids of the pathways of everybody in PEOPLE."""
    now = timezone.now()
    return tracked_people(timezone.localdate(now), now)


def as_(role, provider=PROVIDER):
    browser = client()
    sign_in_as(browser, member(role, username=f"a-{role.key}-{provider.lower()}", organisation=provider))
    return browser


def page(browser, address, **asked):
    """The words of a page, which has to be there."""
    answer = browser.get(address, asked)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def pathway(pk):
    from stewardship.cancer.models import TrackedPathway

    return TrackedPathway.objects.get(pk=pk)


def does(browser, pk, what, name="cancer-act", **typed):
    """Send a form made from the version that is current, and follow where it leads."""
    typed = {"version": pathway(pk).version, **typed}
    answer = browser.post(reverse(name, args=[pk, what]), typed)
    assert answer.status_code == 302
    return answer.headers["Location"]


STEP = {"verb": "treat", "specific": "theatre date", "owner_group": "theatres", "due_on": "28 4 2027"}


# the list


def test_the_list_shows_people_by_band_of_days_with_what_is_next(people):
    words = page(as_(CancerTracker), "/cancer/")
    assert "MOCKMAN, Arthur" in words and "71 days" in words and "9 over 62" in words
    assert (
        words.index("Over 104 days: 2") < words.index("PLACEHOLDER, Nora") < words.index("63 to 104 days: 3")
    )
    assert "No next step" in words and "Lower GI" in words


def test_reading_the_list_is_one_event_with_everybody_whom_it_shows(people):
    browser = as_(CancerTracker)
    before = len(events())
    page(browser, "/cancer/")
    (event,) = events()[before:]
    assert (event.did, event.shown, event.role, event.organisation) == (
        "list",
        10,
        "cancer-tracker",
        PROVIDER,
    )
    assert {int(one) for one in event.about.strip(",").split(",")} == {pathway(pk).person_id for pk in people}


@pytest.mark.parametrize("role", [CancerTracker, MdtCoordinator, CancerManager])
def test_another_provider_s_people_are_neither_on_the_list_nor_under_their_address(people, role):
    browser = as_(role, "RZ9")
    assert "MOCKMAN" not in page(browser, "/cancer/")
    assert browser.get(reverse("cancer-pathway", args=[people[MOCKMAN]])).status_code == 404
    assert browser.post(reverse("cancer-act", args=[people[MOCKMAN], "comment"])).status_code == 404


def test_the_manager_of_all_providers_sees_whose_people_they_are(people):
    words = page(as_(SystemCancerManager), "/cancer/")
    assert "MOCKMAN, Arthur" in words and f"Lower GI · {PROVIDER}" in words


@pytest.mark.parametrize(
    ("asked", "named", "not_named"),
    [
        ({"worklist": "over-104"}, "PLACEHOLDER", "MOCKMAN"),
        ({"worklist": "approaching-28"}, "SAMPLE", "DUMMY"),
        ({"worklist": "no-next-action"}, "MOCKMAN", "Nobody is on this list"),
        ({"worklist": "meeting"}, "TESTER", "STANDIN"),
        ({"group": "skin"}, "BLANK", "MOCKMAN"),
        ({"risk": "week"}, "SAMPLE", "STANDIN"),
        ({"band": "to62"}, "NOBODY", "SAMPLE"),
        ({"milestone": "TRI"}, "DUMMY", "MOCKMAN"),
        ({"worklist": "vanished"}, "Nobody is on this list", "MOCKMAN"),
    ],
)
def test_filters_and_worklists_leave_those_who_are_meant(people, asked, named, not_named):
    words = page(as_(CancerTracker), "/cancer/", **asked)
    assert named in words and not_named not in words.split('class="sw-said"')[1]


def test_each_worklist_says_how_many_are_on_it_and_has_that_many(people):
    from stewardship.cancer.listed import chosen, views
    from stewardship.cancer.scope import Viewer
    from stewardship.cancer.wanted import Wanted

    viewer, today = Viewer(tracker(), PROVIDER, "Care", frozenset()), timezone.localdate()
    told = {one.key: one.many for found in views(viewer, today).values() for one in found}
    assert told == {key: chosen(viewer, Wanted(worklist=key), today).count() for key in told}
    assert told["over-62"] == 5 and told[""] == len(PEOPLE)


@pytest.mark.parametrize("sort", ["waiting", "limit", "step", "newest"])
def test_every_order_shows_everybody_once(people, sort):
    words = page(as_(CancerTracker), "/cancer/", sort=sort)
    assert all(words.count(f"{family.upper()}, {given}</a>") == 1 for family, given, *_ in PEOPLE)


def test_one_switch_hides_every_name_and_then_nobody_is_looked_up(people):
    browser = as_(CancerTracker)
    assert (
        browser.post("/cancer/names/", {"back": "worklist=meeting"}).headers["Location"]
        == "/cancer/?worklist=meeting"
    )
    before = len(events())
    for address in ("/cancer/", "/cancer/meeting/", reverse("cancer-pathway", args=[people[MOCKMAN]])):
        words = page(browser, address)
        assert not any(family.upper() in words for family, *_ in PEOPLE) and "999 " not in words
    assert len(events()) == before
    browser.post("/cancer/names/")
    assert "MOCKMAN" in page(browser, "/cancer/")


def test_a_view_is_kept_shared_and_forgotten(people):
    browser = as_(CancerTracker)
    browser.post(
        "/cancer/views/", {"query": "group=skin&sort=limit", "name": "Skin, soonest", "shared": "yes"}
    )
    assert "/cancer/?group=skin&sort=limit" in page(browser, "/cancer/")
    assert "Skin, soonest" in page(as_(MdtCoordinator), "/cancer/")
    assert "Skin, soonest" not in page(as_(MdtCoordinator, "RZ9"), "/cancer/")
    from stewardship.cancer.models import SavedView

    browser.post(reverse("cancer-view-forget", args=[SavedView.objects.get().pk]))
    assert not SavedView.objects.exists()
    assert "problem=" in browser.post("/cancer/views/", {"query": "", "name": " "}).headers["Location"]


def test_no_address_of_the_list_carries_what_somebody_typed_about_a_person(people):
    where = does(as_(CancerTracker), people[MOCKMAN], "next-step", verb="treat", comment="Mr Mockman called")
    assert "Mockman" not in where and "called" not in where


def finds(browser, **typed):
    """The page that a search leads to."""
    where = browser.post("/cancer/find/", typed).headers["Location"]
    assert not any(word in where.lower() for word in typed.values() if word)
    return page(browser, where)


def test_somebody_is_found_by_number_or_by_name_and_birth_date_within_the_provider_alone(people):
    browser, typed = as_(CancerTracker), {"family_name": "mockman", "birth_date": "11 9 1957"}
    assert "MOCKMAN, Arthur" in finds(browser, **typed) and events()[-1].did == "search"
    digits = number(3000 + MOCKMAN * 40)
    assert "MOCKMAN, Arthur" in finds(browser, nhs_number=digits)
    assert "Nobody found" in finds(as_(CancerTracker, "RZ9"), **typed)
    assert "Check its ten digits" in finds(browser, nhs_number="999 000 0000")
    assert "Enter an NHS number" in finds(browser, family_name="mockman")


# the pathway


def test_a_pathway_says_why_somebody_waits_and_where_the_days_went(people):
    words = page(as_(CancerTracker), reverse("cancer-pathway", args=[people[MOCKMAN]]))
    assert "Waiting 71 days, 9 over the limit" in words
    assert "Told on day 47, 19 over" in words and "Day 14, 17 left, running" in words
    assert "A limit has passed and no reason is given" in words
    assert "Why is this person on the list?" in words and "Over 62 days" in words
    assert words.count("<svg") == 2 and "target 21" in words


def test_a_comment_and_the_next_step_are_saved_together_and_stand_on_the_list(people):
    browser = as_(CancerTracker)
    where = does(
        browser,
        people[MOCKMAN],
        "next-step",
        **STEP,
        comment="Theatres offered 28 April.",
        back="risk=passed",
    )
    assert where == f"/cancer/?risk=passed#p{people[MOCKMAN]}"
    words = page(browser, "/cancer/")
    assert "Treat: theatre date" in words and "by 28 April" in words and "Theatres offered 28 April." in words


def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_still_there(people):
    browser = as_(CancerTracker)
    where = does(browser, people[MOCKMAN], "next-step", **STEP | {"due_on": "31 2 2027"}, comment="Called.")
    words = page(browser, where)
    assert "There is a problem" in words and "such as 21 4 2026" in words
    assert "31 2 2027" in words and "Called." in words
    assert not pathway(people[MOCKMAN]).comments.exists()


def test_who_was_second_sees_both_versions_and_loses_nothing(people):
    first, second, pk = as_(CancerTracker), as_(MdtCoordinator), people[MOCKMAN]
    seen = pathway(pk).version
    does(first, pk, "next-step", **STEP)
    where = does(
        second, pk, "next-step", **STEP | {"due_on": "21 4 2027"}, comment="He accepts.", version=seen
    )
    words = page(second, where)
    assert "someone else changed this first" in words
    assert (
        "<mark>28 April 2027</mark>" in words
        and "<mark>21 April 2027</mark>" in words
        and "He accepts." in words
    )
    assert "Keep 28 April 2027, add my comment" in words and "Change it to 21 April 2027" in words
    assert [str(one.due_on) for one in pathway(pk).actions.all()] == ["2027-04-28"]
    sent = {"due_on": "21 4 2027", "comment": "He accepts.", "action_id": pathway(pk).actions.get().pk}
    does(second, pk, "next-step", **STEP | sent)
    assert [str(one.due_on) for one in pathway(pk).actions.all()] == ["2027-04-21"]
    assert pathway(pk).comments.get().text == "He accepts."


def test_a_wait_over_its_limit_asks_for_a_coded_reason_until_one_is_given(people):
    browser, pk = as_(CancerTracker), people[MOCKMAN]
    address = reverse("cancer-pathway", args=[pk])
    assert "no reason is given</strong> for 28 days and 62 days" in page(browser, address)
    does(browser, pk, "delay", standard="28", code="02")
    does(browser, pk, "delay", standard="62", code="14")
    words = page(browser, address)
    assert "no reason is given" not in words and "outpatient capacity" in words


def test_a_correction_keeps_the_value_from_before(people):
    browser, pk = as_(CancerTracker), people[MOCKMAN]
    one = pathway(pk)
    typed = {"received_on": "1 9 2026", "reason": "the referral letter"}
    does(
        browser,
        pk,
        "correct",
        **{"faster_diagnosis_end_on": one.faster_diagnosis_end_on.isoformat(), **typed},
    )
    assert str(pathway(pk).received_on) == "2026-09-01"
    assert again(one).history.order_by("version").first().received_on == one.received_on
    assert "corrected: the referral letter" in page(browser, reverse("cancer-pathway", args=[pk]))


ACTS = {
    "comment": {"text": "Rang the ward", "kind": "clinical"},
    "another-step": STEP,
    "escalate": {"level": "3", "to": "General manager", "reason": "No date"},
    "milestone": {"code": "MDT", "booked_on": "1 12 2027"},
    "transfer": {"referring_site": "RZ101", "receiving_site": "RZ901", "requested_on": "2 11 2026"},
    "fit": {"value": "<4", "sampled_on": "2 11 2026"},
    "filter-test": {"test": filter_tests()[0].code, "done_on": "2 11 2026", "abnormal": "no"},
    "meeting": {"wanted": "no"},
    "triage": {"outcome": "TD4", "decided_on": "2 11 2026"},
    "harm-review": {
        "reviewed_on": "2 11 2026", "physical": "none", "psychological": "low", "root_cause": "Endoscopy capacity"
    },
    "care-review": {"months": "3", "state": "done", "on": "2 11 2026"},
}  # fmt: skip


@pytest.mark.parametrize("what", ACTS)
def test_everything_that_can_be_done_has_its_form_and_is_done(people, what):
    browser, pk = as_(CancerTracker), people[MOCKMAN]
    assert "<form" in page(browser, reverse("cancer-act", args=[pk, what]))
    assert does(browser, pk, what, **ACTS[what]) == f"/cancer/pathways/{pk}/?done={what}"
    assert "nhsuk-notification-banner" in page(browser, f"/cancer/pathways/{pk}/", done=what)


def test_an_escalation_is_answered_and_a_step_is_done(people):
    browser, pk = as_(CancerManager), people[MOCKMAN]
    does(browser, pk, "escalate", **ACTS["escalate"])
    does(browser, pk, "answer", answer="A list on Friday", escalation_id=pathway(pk).escalations.get().pk)
    does(browser, pk, "next-step", **STEP)
    does(browser, pk, "step-done", completed_on="2 11 2026", action_id=pathway(pk).actions.get().pk)
    words = page(browser, reverse("cancer-pathway", args=[pk]))
    assert "A list on Friday" in words and "No next step" in words


# ruling out

TOLD = {"told_whom": "patient", "told_how": "phone", "note": "Eat well."}


def ruled_out(browser, pk, **more):
    told_on = f"{timezone.localdate():%d %m %Y}"
    return does(browser, pk, "rule-out", "cancer-leave", told_on=told_on, **TOLD, **more)


def letter(browser, pk, to):
    answer = browser.get(reverse("cancer-letter", args=[pk, to]))
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().split())


def test_ruling_out_says_who_was_told_and_makes_both_letters_for_the_person_of_the_pathway(people):
    browser, pk = as_(CancerTracker), people[SAMPLE]
    where = ruled_out(browser, pk)
    words = page(browser, where)
    assert "Off the list: cancer ruled out" in words and "The patient was told by telephone" in words
    patient, practice = letter(browser, pk, "patient"), letter(browser, pk, "practice")
    for said in (patient, practice):
        assert "SAMPLE, Wanjiru" in said and "NHS number 999 003" in said and "MOCKMAN" not in said
    assert "We did not find cancer" in patient and "Eat well." in patient and "Quay Street" in patient
    assert events()[-1].did == "print" and events()[-1].about == f",{pathway(pk).person_id},"
    assert "SAMPLE" not in page(browser, "/cancer/")


def test_until_the_practice_s_letter_is_sent_the_pathway_stays_on_a_worklist(people):
    browser, pk = as_(CancerTracker), people[SAMPLE]
    ruled_out(browser, pk)
    assert "SAMPLE" in page(browser, "/cancer/", worklist="ruled-out-not-notified")
    browser.post(reverse("cancer-letter-sent", args=[pk, "practice"]), {"version": pathway(pk).version})
    assert "SAMPLE" not in page(browser, "/cancer/", worklist="ruled-out-not-notified")


def test_nobody_is_ruled_out_without_having_been_told(people):
    browser, pk = as_(CancerTracker), people[SAMPLE]
    where = does(browser, pk, "rule-out", "cancer-leave", told_whom="patient")
    assert "Enter the day on which they were told" in page(browser, where)
    tomorrow = timezone.localdate() + timedelta(days=1)
    where = does(browser, pk, "rule-out", "cancer-leave", **TOLD, told_on=tomorrow.isoformat())
    assert "a day that has not come yet" in page(browser, where)
    assert pathway(pk).closed_at is None


def test_a_letter_is_refused_to_another_provider_and_where_none_was_made(people):
    browser = as_(CancerTracker)
    assert browser.get(reverse("cancer-letter", args=[people[SAMPLE], "patient"])).status_code == 404
    ruled_out(browser, people[SAMPLE])
    other = as_(CancerTracker, "RZ9")
    assert other.get(reverse("cancer-letter", args=[people[SAMPLE], "patient"])).status_code == 404


def test_a_coordinator_tracks_and_does_not_rule_out(people):
    browser = as_(MdtCoordinator)
    assert browser.get(reverse("cancer-leave", args=[people[SAMPLE], "rule-out"])).status_code == 403
    assert "Cancer is ruled out" not in page(browser, reverse("cancer-pathway", args=[people[SAMPLE]]))


def test_put_back_by_mistake_somebody_is_on_the_list_again(people):
    browser, pk = as_(CancerTracker), people[SAMPLE]
    ruled_out(browser, pk)
    does(browser, pk, "put-back", "cancer-leave", reason="The wrong person")
    assert "SAMPLE, Wanjiru" in page(browser, "/cancer/")


def test_who_leaves_for_another_reason_leaves_with_it(people):
    browser, pk = as_(CancerManager), people[SAMPLE]
    where = does(browser, pk, "remove", "cancer-leave", reason="private", on="2 11 2026")
    assert "Off the list: went to private care" in page(browser, where)
    assert "SAMPLE" not in page(browser, "/cancer/")


def test_who_vanished_is_kept_on_the_list_by_somebody_who_says_why(people):
    browser, pk = as_(CancerTracker), people[SAMPLE]
    vanishes(pk)
    assert "SAMPLE" in page(browser, "/cancer/", worklist="vanished")
    assert "keep on the list" in page(browser, reverse("cancer-pathway", args=[pk]))
    does(browser, pk, "found-again", "cancer-leave", reason="Moved to another number")
    assert "SAMPLE" not in page(browser, "/cancer/", worklist="vanished")
    assert "SAMPLE" in page(browser, "/cancer/")


def vanishes(pk):
    from stewardship.cancer.models import TrackedPathway
    from stewardship.cancer.rows import refresh

    TrackedPathway.objects.filter(pk=pk).update(vanished_at=timezone.now())
    refresh([pk], as_of=timezone.localdate())


# the meeting


def test_the_meeting_walks_through_the_list_one_person_at_a_time(people):
    browser = as_(CancerTracker)
    seen = [page(browser, "/cancer/meeting/", worklist="meeting", page=place) for place in range(1, 6)]
    for (family, *_), words in zip(PEOPLE, seen, strict=False):
        assert f"{family.upper()}, " in words
    assert "1 of 5" in seen[0] and "page=2" in seen[0] and 'rel="next"' not in seen[-1]
    assert "Nobody is on this list" in page(browser, "/cancer/meeting/", worklist="vanished")


# who may


def named_pages(pk):
    """Every address of the tracking list, filled for one pathway."""
    for name, expected in TRACKING.items():
        known = get_resolver().reverse_dict.getlist(name)[0]
        parts = {part: {**expected.parts, "pk": pk}[part] for part in known[0][0][1]}
        yield name, reverse(name, kwargs=parts)


def test_a_cancer_steward_is_refused_every_named_page_and_sees_no_name(people):
    browser = as_(CancerSteward, "")
    found = dict(named_pages(people[MOCKMAN]))
    assert {"cancer-list", "cancer-pathway", "cancer-letter", "cancer-meeting"} <= found.keys()
    for name, address in found.items():
        for answer in (browser.get(address), browser.post(address)):
            assert answer.status_code == 403, name
            assert "MOCKMAN" not in answer.content.decode()


def test_only_direct_care_roles_may_see_pathways():
    assert {one.key for one in ROLES.values() if SEE_PATHWAYS in one.may} == {
        "cancer-tracker", "mdt-coordinator", "cancer-manager", "cancer-manager-all",
    }  # fmt: skip


def test_where_the_vault_is_shut_nobody_is_shown_and_the_page_says_why(people, monkeypatch):
    browser = as_(CancerTracker)
    monkeypatch.setenv("STEWARDSHIP_VAULT_KEYS", "")
    answer = browser.get("/cancer/")
    assert answer.status_code == 503 and "MOCKMAN" not in answer.content.decode()
