"""Who is given a summary, that each is an event of its own, and that nothing of a person is in a name or an address."""

import json
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO

import pytest
from fhir.resources.R4B.bundle import Bundle
from pypdf import PdfReader

from support.people import events, shown, written
from support.people import load as load_people
from support.register import CLINICIAN, PRACTICE, TEAM, added, again, coordinator, entry, told
from support.site import client, member, sign_in_as

SOMEBODY = "9990000018"  # O'Brien, Áine Mary
TODAY = datetime.now(UTC).date()
RESPECT = {
    "signed_on": date(2026, 5, 3), "diagnoses": "Heart failure", "legal_proxy": False, "comfort": 7,
    "value": "My dog Rex", "fear": "A long stay", "focus": "comfort", "guidance": "Treat at home first",
    "cpr": "not_recommended", "has_capacity": True, "involvement": "She took part", "reasons": "It would not work",
    "clinician": "Dr S. Igner", "clinician_role": "Consultant",
}  # fmt: skip


@pytest.fixture
def somebody(vault, tmp_path):
    """O'Brien, Áine Mary is on the register, with everything that a crew asks for."""
    from stewardship.frailty import actions_care, actions_medicines, actions_plan, actions_work
    from stewardship.vault.models import Identity

    load_people(written(tmp_path / "people.csv", shown()))
    one = entry(person_id=person_of(SOMEBODY, Identity), owner=TEAM)
    actions_care.place_entry(
        **told(one, fields={"key_safe": True, "lives_alone": True, "owner": TEAM, "team": TEAM})
    )
    actions_medicines.record_medicines_check(
        **added(
            one,
            on=date(2026, 5, 1),
            allergies="Penicillin: rash\nCodeine: vomiting",
            none_known=False,
            medicines=9,
            checked_by="P. Harmacist",
        )
    )
    actions_plan.agree_plan(
        **told(
            one,
            agreed_on=date(2025, 1, 4),
            matters="My garden",
            clinician=CLINICIAN,
            contingency="Rescue pack",
            ceiling="Ward, no intensive care",
            place_of_care="home",
        )
    )
    actions_plan.record_emergency_plan(**told(one, fields=RESPECT))
    actions_care.record_contact(
        **told(one, kind="next_of_kin", name="Sam Fictitious", relationship="daughter", phone="01632 960002")
    )
    actions_care.record_carer(
        **told(one, name="Lee Invented", since=date(2024, 1, 1), own_needs="Is tired and has debts")
    )
    actions_care.record_score(
        **added(one, scale="cfs", value=7, version="2.0", on=date(2026, 5, 1), assessor=CLINICIAN, age=76)
    )
    problem = actions_work.add_problem(**added(one, domain="function", problem="Falls in the kitchen"))
    actions_work.add_goal(**added(one, problem_id=problem.pk, goal="Cook again"))
    return again(one)


def person_of(number, model):
    from stewardship.vault import door
    from stewardship.vault.door import Asked, Reach

    (found,) = door.find(
        Asked(nhs_number=number), by=coordinator(), scope=Reach("", "", "test", in_call=True)
    )
    return found.person_id


def acting(role="CareCoordinator", organisation=TEAM):
    """A client signed in."""
    from stewardship.site import roles

    browser = client()
    sign_in_as(
        browser,
        member(getattr(roles, role), username=f"{role}-{organisation}".lower(), organisation=organisation),
    )
    return browser


def page(browser, one, status=200):
    answer = browser.get(f"/register/{one.pk}/summary/")
    assert answer.status_code == status
    return unescape(answer.content.decode())


def sheet(browser, one):
    answer = browser.get(f"/register/{one.pk}/summary.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


def taken(browser, one):
    answer = browser.get(f"/register/{one.pk}/summary.json")
    assert answer["Content-Type"].startswith("application/fhir+json")
    return answer.content.decode()


PLANTED = (
    "O'BRIEN", "Áine Mary", "999 000 0018", "17 Verysingular Passage", "Penicillin: rash", "Codeine: vomiting",
    "My garden", "My dog Rex", "A long stay", "Signed 3 May 2026", "Attempts not recommended", "Treat at home first",
    "Ward, no intensive care", "Frailty, moderate", "Clinical Frailty Scale", "version 2.0", "9 medicines",
    "Rescue pack", "May be out of date", "Falls in the kitchen", "Cook again", "Sam Fictitious", "01632 960002",
    "Lee Invented", "Lives alone", "Dr S. Igner", "Own home", "P. Harmacist",
)  # fmt: skip


def test_the_page_and_the_sheet_say_everything_that_was_recorded(somebody):
    browser = acting()
    for words in (" ".join(page(browser, somebody).split()), sheet(browser, somebody)):
        for said in PLANTED:
            assert said in words, said


def test_the_document_is_valid_and_says_everything_but_the_way_in(somebody):
    written_ = taken(acting(), somebody)
    assert Bundle.model_validate_json(written_).model_dump_json() == written_
    for said in (
        *PLANTED[3:9],
        "9990000018",
        "O'Brien",
        "Sam Fictitious",
        "Cook again",
        "2026-05-03",
        CLINICIAN,
    ):
        assert said in written_, said
    assert "key safe" not in written_.lower()
    assert json.loads(written_)["type"] == "document"


def test_what_a_carer_told_of_themselves_goes_to_nobody(somebody):
    browser = acting()
    for words in (page(browser, somebody), sheet(browser, somebody), taken(browser, somebody)):
        assert "debts" not in words


@pytest.mark.parametrize(
    ("role", "sees"), [("CareCoordinator", True), ("FrailtyClinician", True), ("AdviceLineConsultant", False)]
)
def test_the_key_safe_is_on_the_sheet_for_those_alone_who_may_see_it(somebody, role, sees):
    browser = acting(role)
    if role == "AdviceLineConsultant":
        in_hand(browser, somebody)
    words = sheet(browser, somebody)
    assert ("Its code is not kept here: ask team FT1" in words) is sees
    assert ("Restricted: your role does not see it" in words) is not sees


def in_hand(browser, one):
    """A call about somebody, which the consultant is on."""
    from support.advice_calls import about, answers

    about(browser, answers(browser), SOMEBODY)


def test_a_consultant_without_a_call_about_the_person_is_given_nothing(somebody):
    assert "No summary of that description is given to you" in page(
        acting("AdviceLineConsultant"), somebody, 404
    )


@pytest.mark.parametrize("organisation", ["FT2", "P81002"])
def test_another_team_is_given_neither_the_page_nor_a_file(somebody, organisation):
    browser = acting(organisation=organisation)
    for name in ("summary/", "summary.pdf", "summary.json"):
        answer = browser.get(f"/register/{somebody.pk}/{name}")
        assert answer.status_code == 404
        assert "O'BRIEN" not in unescape(answer.content.decode())


def test_an_objection_leaves_the_owner_alone_with_it_and_others_are_told_in_words(somebody):
    from stewardship.frailty.actions_care import record_sharing

    other = acting(organisation=PRACTICE)
    network = acting(organisation="N01")
    assert "O'BRIEN" in page(network, somebody)
    record_sharing(**told(somebody, objects=True, basis="person", on=date(2026, 5, 30)))
    for browser in (network, other):
        for name in ("summary/", "summary.pdf", "summary.json"):
            answer = browser.get(f"/register/{somebody.pk}/{name}")
            assert answer.status_code == 404
            assert "the person objects to sharing" in unescape(answer.content.decode())
    owner = acting()
    assert "This person objects to sharing. For FT1 alone: do not hand it on" in page(owner, somebody)
    consents = [
        each["resource"]
        for each in json.loads(taken(owner, somebody))["entry"]
        if each["resource"]["resourceType"] == "Consent"
    ]
    assert [each["provision"]["type"] for each in consents] == ["deny"]


def test_who_has_died_is_said_so_at_the_head(somebody):
    from stewardship.frailty.models import Entry

    Entry.objects.filter(pk=somebody.pk).update(died_on=date(2026, 5, 30), died_at="hospice")
    browser = acting()
    said = "This person has died: 30 May 2026, hospice"
    words = sheet(browser, somebody)
    assert words.index(said) < words.index("Allergies")
    assert said in page(browser, somebody) and '"deceasedDateTime":"2026-05-30"' in taken(browser, somebody)


def test_a_withdrawn_form_says_so_and_the_one_before_it_counts_with_a_doubt(somebody):
    from stewardship.frailty.actions_plan import record_emergency_plan, withdraw_emergency_plan

    later = record_emergency_plan(
        **told(somebody, fields=RESPECT | {"signed_on": date(2026, 5, 20), "cpr": "recommended"})
    )
    browser = acting()
    assert "Signed 20 May 2026" in sheet(browser, somebody)
    withdraw_emergency_plan(
        **told(somebody, plan_id=later.pk, withdrawn_on=date(2026, 5, 25), reason="Signed for somebody else")
    )
    words = sheet(browser, somebody)
    assert "WITHDRAWN on 25 May 2026: the form signed on 20 May 2026. Signed for somebody else." in words
    assert "Signed 3 May 2026" in words and "Attempts not recommended" in words


def test_somebody_to_confirm_is_said_not_to_be_on_the_register(somebody):
    from stewardship.frailty.models import Entry
    from stewardship.frailty.words import State

    Entry.objects.filter(pk=somebody.pk).update(state=State.TO_CONFIRM)
    assert "Not on the frailty register: no clinician has confirmed it yet" in sheet(acting(), somebody)


@pytest.mark.parametrize(
    ("name", "did"), [("summary/", "view"), ("summary.pdf", "print"), ("summary.json", "export")]
)
def test_each_is_one_event_about_the_person_and_a_refusal_is_one_too(somebody, name, did):
    browser, other = acting(), acting(organisation="FT2")
    before = len(events())
    browser.get(f"/register/{somebody.pk}/{name}")
    other.get(f"/register/{somebody.pk}/{name}")
    about = [each for each in events()[before:] if each.about == f",{somebody.person_id},"]
    assert [(each.did, each.result) for each in about] == [(did, "allowed"), ("refused", "refused")]


def test_nothing_of_a_person_is_in_a_name_an_address_or_the_log(somebody):
    browser = acting()
    before = len(events())
    for name in ("summary.pdf", "summary.json"):
        answer = browser.get(f"/register/{somebody.pk}/{name}")
        assert answer["Content-Disposition"] == f'attachment; filename="frailty-{name}"'
        assert "no-store" in answer["Cache-Control"]
    said = " ".join(str(each) for each in events()[before:])
    assert not any(told_ in said for told_ in ("Brien", "9990000018", "Verysingular", "1950"))


def test_a_role_without_the_permission_is_refused(somebody):
    for role in ("AgeingWellSteward", "CancerTracker"):
        for name in ("summary/", "summary.pdf", "summary.json"):
            assert acting_once(role).get(f"/register/{somebody.pk}/{name}").status_code == 403


def acting_once(role, known={}):  # noqa: B006
    if role not in known:
        known[role] = acting(role)
    return known[role]


def test_merged_entries_tell_what_was_recorded_on_either(somebody):
    from stewardship.frailty.actions_medicines import record_medicines_check
    from stewardship.frailty.actions_merge import merge_entries

    duplicate = entry(person_id=999_999, owner=TEAM)
    record_medicines_check(
        **added(
            duplicate,
            on=date(2026, 5, 28),
            allergies="Latex: swelling",
            none_known=False,
            medicines=None,
            checked_by="N. Urse",
        )
    )
    merge_entries(
        entry_id=somebody.pk, duplicate_id=duplicate.pk, reason="One person", by=coordinator(),
        seen_version=again(somebody).version, now=datetime(2026, 6, 1, 9, tzinfo=UTC),
        duplicate_version=again(duplicate).version,
    )  # fmt: skip
    words = sheet(acting(), somebody)
    assert "Latex: swelling" in words and "Penicillin" not in words


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"allergies": "", "none_known": "no"}, "Name the allergies, or say that none is known"),
        ({"none_known": "yes"}, "not both"),
        ({"checked_by": ""}, "Name who checked"),
        ({"medicines": "many"}, "Enter a whole number from 0 to 99"),
        ({"on": "1 1 2120"}, "has not come yet"),
    ],
)
def test_allergies_that_cannot_be_are_refused_in_words(somebody, changed, said):
    browser, usual = acting(), checked(somebody)
    answer = browser.post(f"/register/{somebody.pk}/do/medicines/", usual | changed)
    assert said in unescape(browser.get(answer.headers["Location"]).content.decode())


def test_allergies_are_recorded_from_the_page_and_stand_on_the_sheet(somebody):
    browser = acting()
    browser.post(
        f"/register/{somebody.pk}/do/medicines/", checked(somebody) | {"allergies": "", "none_known": "yes"}
    )
    words = sheet(browser, somebody)
    assert "No known allergies" in words and "Penicillin" not in words and "11 medicines" in words


def checked(one):
    return {
        "version": again(one).version, "allergies": "Latex: swelling", "none_known": "no", "medicines": "11",
        "reviewed_on": "", "on": "1 6 2026", "checked_by": "N. Urse",
    }  # fmt: skip
