"""Invented people on the frailty register, with who they are in the vault: enough for a coordinator's morning."""

from datetime import date, timedelta

from support.people import number
from support.register import ALLIANCE, CLINICIAN, NETWORK, PRACTICE, TEAM, coordinator, found

# family name, given name, conditions; None: to be confirmed
PEOPLE = (
    ("Placeholder", "Nora", {"frailty": "severe", "end_of_life": "A"}),
    ("Specimen", "Harold", {"frailty": "moderate"}),
    ("Fakename", "Olu", {"dementia": ""}),
    ("Tester", "Margaret", None),
    ("Mockman", "Arthur", None),
    ("Nobody", "Grace", None),
    ("Blank", "Stanley", None),
    ("Sample", "Wanjiru", None),
    ("Specimen", "Harry", {"frailty": "moderate", "dementia": ""}),
)


def person(place, family, given):
    """Somebody whose number begins with 999."""
    from stewardship.vault.person import Person, Where, Who

    who = Who(number(7000 + place * 40), family, given, date(1936, 3, 12) + timedelta(days=place % 8 * 411))
    return Person(who, Where("1 Quay Street, Harbourmouth", "ZZ99 1ZZ"), PRACTICE)


def register_people(now, people=PEOPLE):
    """Put them all on the register; their entries in the order of PEOPLE."""
    from stewardship.frailty.actions_entry import add_entry, confirm
    from stewardship.frailty.models import Entry
    from stewardship.frailty.proposing import Place
    from stewardship.vault.writing import write_identities

    by = coordinator()
    ids = write_identities(
        [person(place, family, given) for place, (family, given, _) in enumerate(people)], by=by
    )
    where, made = Place(practice=PRACTICE, network=NETWORK, alliance=ALLIANCE, team=TEAM), []
    today = now.date()
    for person_id, (_, _, conditions) in zip(ids, people, strict=True):
        seen = found(seen_on=today - timedelta(days=20))
        one = add_entry(person_id=person_id, place=where, found=seen, by=by, now=now)
        if conditions is not None:
            confirm(
                entry_id=one.pk, conditions=conditions, clinician=CLINICIAN, reason="Seen at home",
                decided_on=today, by=by, seen_version=one.version, now=now,
            )  # fmt: skip
        made.append(Entry.objects.get(pk=one.pk))
    return made


def with_everything(one, now):
    """Give an entry a plan that is out of date, a ReSPECT form, and something of every other kind."""
    from stewardship.frailty import actions_care, actions_plan, actions_work

    today, by = now.date(), coordinator()

    def did(action, *, seen=True, **given):
        one.refresh_from_db()
        version = {"seen_version": one.version} if seen else {}
        return action(entry_id=one.pk, by=by, now=now, **version, **given)

    did(
        actions_plan.agree_plan, agreed_on=today - timedelta(days=500), matters="To stay at home with my dog.",
        clinician=CLINICIAN, contingency="Short of breath: call the advice line first.",
        ceiling="Ward care, no ventilation",
        place_of_care="home", place_of_death="home",
    )  # fmt: skip
    did(
        actions_plan.record_emergency_plan,
        fields={
            "signed_on": today - timedelta(days=40), "diagnoses": "Heart failure, severe frailty", "legal_proxy": False,
            "comfort": 8, "value": "Being at home", "fear": "A long stay in hospital", "focus": "comfort",
            "guidance": "Treat at home; hospital for a fracture alone.", "cpr": "not_recommended",
            "has_capacity": True, "involvement": "She and her daughter took part.", "reasons": "It would not work.",
            "clinician": CLINICIAN, "clinician_role": "Consultant geriatrician",
        },
    )  # fmt: skip
    did(
        actions_plan.record_assessment, on=today - timedelta(days=500), assessor=CLINICIAN,
        findings={"physical": "Breathless on the stairs.", "function": "Washes with help.", "social": "Lives alone."},
    )  # fmt: skip
    problem = did(
        actions_work.add_problem, seen=False, domain="falls", problem="Fell twice since the spring",
        goal="Walk to the shop again",
    )  # fmt: skip
    goal = problem.goals.get()
    for what, days in (("Strength class", 14), ("Rail at the back door", 30)):
        did(
            actions_work.add_step, seen=False, goal_id=goal.pk, what=what, owner="T. Herapist",
            due_on=today + timedelta(days=days),
        )  # fmt: skip
    did(
        actions_care.record_carer, name="A. Daughter", relationship="daughter", since=today - timedelta(days=400),
        own_needs="Tired; works nights.",
    )  # fmt: skip
    did(actions_care.record_contact, kind="next_of_kin", name="A. Daughter", phone="01632 960001")
    did(
        actions_care.record_service,
        kind="care_package",
        from_on=today - timedelta(days=90),
        provider="Harbour Care",
    )
    did(actions_care.record_event, seen=False, kind="fall-with-injury", on=today, source="ambulance")
    did(
        actions_care.record_score, seen=False, scale="cfs", value=7, version="2.0", on=today, assessor=CLINICIAN,
        age=90,
    )  # fmt: skip
    did(
        actions_work.ask_team,
        seen=False,
        to="SC1",
        what="Assess for a rail",
        reply_by=today + timedelta(days=7),
    )
    did(
        actions_work.record_meeting, seen=False, on=today - timedelta(days=3), attendees="Dr F. Rail; N. Urse",
        discussion="Stays at home with more help in the morning.",
    )  # fmt: skip
    did(actions_care.record_sharing, objects=False, basis="person", on=today - timedelta(days=3))
