"""The pages of the register: who is shown to whom, what is logged, and that nothing typed is ever lost."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from stewardship.site.roles import AgeingWellSteward, CareCoordinator, FrailtyClinician, PracticeUser
from support.people import events, number
from support.register import ALLIANCE, PRACTICE, TEAM, again, coordinator
from support.register_people import register_people
from support.site import client, member, sign_in_as

NORA, HAROLD, TESTER, HARRY = 0, 1, 3, 8


@pytest.fixture
def people(vault):
    """The entries of everybody in PEOPLE."""
    return register_people(timezone.now())


def as_(role, organisation=TEAM):
    browser = client()
    sign_in_as(
        browser, member(role, username=f"a-{role.key}-{organisation.lower()}", organisation=organisation)
    )
    return browser


def page(browser, address, **asked):
    """The words of a page, which has to be there."""
    answer = browser.get(address, asked)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def does(browser, one, what, /, **typed):
    """Send a form made from the version that is current, and the words of where it leads."""
    given = {"version": again(one).version, **typed}
    answer = browser.post(reverse("frailty-act", args=[one.pk, what]), given)
    assert answer.status_code == 302, answer.status_code
    return page(browser, answer.headers["Location"])


def today():
    now = timezone.localdate()
    return f"{now.day} {now.month} {now.year}"


CONFIRM = {"frailty": "severe", "clinician": "Dr F. Rail, consultant", "reason": "Seen at home"}


def test_the_list_shows_who_is_on_the_register_with_how_they_stand(people):
    shown = page(as_(CareCoordinator), reverse("frailty-list"))
    assert "PLACEHOLDER, Nora" in shown
    assert "Frailty, severe; End of life, stage A, years" in shown
    assert "TESTER, Margaret" not in shown
    assert "Never reviewed" in shown
    assert "TESTER, Margaret" in page(as_(FrailtyClinician), reverse("frailty-list"), worklist="to-confirm")


@pytest.mark.parametrize(
    ("role", "organisation", "seen"),
    [
        (CareCoordinator, ALLIANCE, True),
        (CareCoordinator, "FT2", False),
        (PracticeUser, PRACTICE, True),
        (PracticeUser, "P81002", False),
    ],
)
def test_who_is_shown_follows_place_team_and_practice(people, role, organisation, seen):
    browser = as_(role, organisation)
    assert ("PLACEHOLDER" in page(browser, reverse("frailty-list"))) is seen
    answer = browser.get(reverse("frailty-entry", args=[people[NORA].pk]))
    assert answer.status_code == (200 if seen else 404)


def test_a_steward_of_figures_sees_no_entry(people):
    browser = as_(AgeingWellSteward, "")
    assert browser.get(reverse("frailty-list")).status_code == 403


def test_whoever_moved_to_another_practice_is_not_shown_to_the_one_they_left(people):
    from stewardship.vault.models import Identity

    one = people[NORA]
    Identity.objects.filter(person_id=one.person_id).update(practice="P81002")
    browser = as_(PracticeUser, PRACTICE)
    assert "PLACEHOLDER" not in page(browser, reverse("frailty-list"))
    assert browser.get(reverse("frailty-entry", args=[one.pk])).status_code == 404


def test_filters_leave_whom_they_say(people):
    browser, address = as_(CareCoordinator), reverse("frailty-list")
    assert "FAKENAME" not in page(browser, address, condition="frailty")
    assert "FAKENAME" in page(browser, address, condition="dementia", practice=PRACTICE.lower())
    assert "Nobody is on this list with these filters" in page(browser, address, practice="P81002")
    assert "PLACEHOLDER" in page(browser, address, condition="end_of_life", page="9")


def test_a_list_is_one_event_about_everybody_shown(people):
    browser = as_(CareCoordinator)
    page(browser, reverse("frailty-list"))
    last = events()[-1]
    assert (last.did, last.shown) == ("list", 4)
    assert all(f",{people[place].person_id}," in last.about for place in (NORA, HAROLD, HARRY))


def test_an_entry_is_confirmed_on_a_page_with_the_clinician_and_reason(people):
    browser, one = as_(CareCoordinator), people[TESTER]
    assert "To confirm: not on the register" in page(browser, reverse("frailty-entry", args=[one.pk]))
    shown = does(browser, one, "confirm", decided_on=today(), **CONFIRM)
    assert "The entry is on the register." in shown
    assert "On the register: frailty, severe" in shown
    assert "Dr F. Rail, consultant: Seen at home" in shown


def test_what_is_missing_is_said_and_what_was_typed_stays(people):
    browser, one = as_(CareCoordinator), people[TESTER]
    shown = does(browser, one, "confirm", clinician="Dr F. Rail", decided_on="31 2 2026")
    assert "Give the clinician’s reason" in shown
    assert "as day, month and year" in shown
    assert 'value="Dr F. Rail"' in shown
    assert again(one).state == "to_confirm"


def test_only_who_may_confirm_confirms(people):
    browser = as_(PracticeUser, PRACTICE)
    shown = page(browser, reverse("frailty-entry", args=[people[TESTER].pk]))
    assert "Confirm for the register" not in shown
    address = reverse("frailty-act", args=[people[TESTER].pk, "confirm"])
    assert browser.get(address).status_code == 403
    assert browser.post(address, {"version": 1, "decided_on": today(), **CONFIRM}).status_code == 403


def test_of_two_edits_the_second_sees_both_versions_and_may_have_theirs(people):
    from stewardship.frailty.actions_care import record_contact

    browser, one = as_(CareCoordinator), again(people[NORA])
    record_contact(
        entry_id=one.pk, kind="next_of_kin", name="A. Son", by=coordinator("E. Arlier"), seen_version=one.version,
        now=timezone.now(),
    )  # fmt: skip
    shown = does(
        browser, one, "plan", version=one.version, agreed_on=today(), clinician="N. Urse", matters="My garden"
    )
    assert "someone else changed this first" in shown
    assert "E. Arlier: contact recorded" in shown
    assert "My garden" in shown
    assert "The plan is saved." in does(
        browser, one, "plan", agreed_on=today(), clinician="N. Urse", matters="My garden"
    )


def test_a_review_is_recorded_and_the_next_one_is_told(people):
    browser, one = as_(CareCoordinator), people[HAROLD]
    assert "Never reviewed" in page(browser, reverse("frailty-entry", args=[one.pk]))
    shown = does(
        browser, one, "review", held_on=today(), subjects="plan", face_to_face="yes", reviewer="N. Urse",
        outcome="changed",
    )  # fmt: skip
    assert "The review is saved." in shown
    assert "Never reviewed" not in shown


def test_a_duplicate_is_found_by_number_and_merged_and_taken_apart(people):
    browser, one, other = as_(CareCoordinator), people[HAROLD], people[HARRY]
    answer = browser.post(
        reverse("frailty-find-duplicate", args=[one.pk]), {"nhs_number": number(7000 + HARRY * 40)}
    )
    shown = page(browser, answer.headers["Location"])
    assert "SPECIMEN, Harry" in shown
    assert "The dates of birth differ" in shown
    word = answer.headers["Location"].rstrip("/").split("/")[-1]
    given = {
        "version": again(one).version, "duplicate_id": other.pk, "duplicate_version": again(other).version,
    }  # fmt: skip
    there = reverse("frailty-merge", args=[one.pk, word])
    refused = browser.post(there, given)
    assert "Say how it is known" in page(browser, refused.headers["Location"])
    merged = browser.post(there, {**given, "reason": "The son says so"})
    assert "The two entries are one." in page(browser, merged.headers["Location"])
    assert "SPECIMEN, Harry" not in page(browser, reverse("frailty-list"))
    merge = again(one).merges.get()
    assert "stand apart again" in does(browser, one, "apart", merge_id=merge.pk, reason="Brothers")
    assert "SPECIMEN, Harry" in page(browser, reverse("frailty-list"))


def test_somebody_is_found_by_number_within_the_scope_alone(people):
    typed = {"nhs_number": number(7000)}
    for organisation, seen in ((TEAM, True), ("FT2", False)):
        browser = as_(CareCoordinator, organisation)
        answer = browser.post(reverse("frailty-find"), typed)
        assert number(7000) not in answer.headers["Location"]
        assert ("PLACEHOLDER, Nora" in page(browser, answer.headers["Location"])) is seen


@pytest.mark.parametrize(
    ("what", "typed", "said"),
    [
        ("score", {"scale": "cfs", "value": "7", "edition": "2.0", "on": "D", "assessor": "N. Urse"}, "severe"),
        ("contact", {"kind": "next_of_kin", "name": "A. Son"}, "A. Son"),
        ("carer", {"name": "A. Daughter", "since": "D"}, "No carer’s assessment"),
        ("service", {"kind": "telecare", "from_on": "D"}, "Telecare"),
        ("event", {"kind": "admission", "on": "D", "source": "the ward"}, "Admission"),
        ("sharing", {"objects": "no", "basis": "person", "on": "D"}, "Agrees to sharing"),
        ("place", {"team": TEAM, "owner": PRACTICE, "key_safe": "yes", "lives_alone": "yes"}, "lives alone"),
        ("assessment", {"on": "D", "assessor": "N. Urse", "falls": "Fell twice"}, "Fell twice"),
        ("plan", {"agreed_on": "D", "clinician": "N. Urse", "matters": "My garden"}, "My garden"),
        ("problem", {"domain": "falls", "problem": "Unsteady", "goal": "Walk to the shop"}, "Walk to the shop"),
        ("meeting", {"on": "D", "attendees": "All", "discussion": "Stays at home"}, "Stays at home"),
        ("ask", {"to": "SC1", "what": "A rail", "reply_by": "D"}, "A rail"),
        ("condition", {"condition": "dementia", "diagnosed_on": "D", "assessor": "Dr F. Rail"}, "Dementia"),
        ("end", {"because": "moved", "ended_on": "D", "reason": "The son says so"}, "Moved away"),
    ],
)  # fmt: skip
def test_each_thing_is_recorded_on_a_page_and_shown(people, what, typed, said):
    given = {name: today() if value == "D" else value for name, value in typed.items()}
    shown = does(as_(FrailtyClinician), people[HAROLD], what, **given)
    assert "There is a problem" not in shown
    assert said.lower() in shown.lower()


def test_a_respect_form_is_shown_large_with_its_day_and_withdrawn_with_its_mark(people):
    browser, one = as_(FrailtyClinician), people[NORA]
    form = {
        "signed_on": today(), "value": "My dog", "reasons": "It would not work", "focus": "comfort",
        "guidance": "Treat at home", "cpr": "not_recommended", "diagnoses": "Heart failure", "legal_proxy": "no",
        "has_capacity": "yes", "involvement": "She took part", "clinician": "Dr F. Rail",
        "clinician_role": "Consultant",
    }  # fmt: skip
    shown = does(browser, one, "respect", **form)
    assert "Attempts not recommended" in shown
    plan = again(one).emergency_plans.get()
    gone = does(browser, one, "respect-withdrawn", plan_id=plan.pk, withdrawn_on=today(), reason="New wishes")
    assert "No ReSPECT form that holds" in gone
    assert "Withdrawn" in gone


def test_every_form_opens(people):
    from stewardship.frailty.acts import ACTS

    browser = as_(FrailtyClinician)
    for what, act in ACTS.items():
        assert act.title in page(browser, reverse("frailty-act", args=[people[NORA].pk, what]), row="1")
