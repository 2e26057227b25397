"""Invented people on the tracking list, with who they are in the vault: enough to work through a morning."""

from datetime import date, datetime, timedelta

from support.people import number
from support.tracked import PROVIDER, tracker

# family name, given name, tumour group's code, days since referral, what is known: milestones by day
PEOPLE = (
    (
        "Placeholder",
        "Nora",
        "07",
        118,
        {"TRI": 2, "FSEEN": 20, "TEST1": 20, "MDT": 60, "TOLD": 70, "DTT": 95},
    ),
    ("Specimen", "Harold", "07", 106, {"TRI": 3, "FSEEN": 25, "TOLD": 60}),
    ("Fakename", "Olu", "17", 97, {"TRI": 2, "FSEEN": 15}),
    ("Tester", "Margaret", "07", 88, {"TRI": 2, "FSEEN": 13, "BX": 30}),
    ("Mockman", "Arthur", "07", 71, {"TRI": 2, "TEST1": 23, "BX": 33, "MDT": 44, "TOLD": 47, "DTT": 57}),
    ("Nobody", "Grace", "07", 58, {"TRI": 3, "FSEEN": 12, "MDT": 30, "TOLD": 35}),
    ("Blank", "Stanley", "08", 49, {"TRI": 4, "FSEEN": 20}),
    ("Sample", "Wanjiru", "07", 27, {"TRI": 2, "TEST1": 15, "MDT": 26}),
    ("Dummy", "Peter", "08", 12, {}),
    ("Standin", "Ruth", "01", 5, {"TRI": 2}),
)


def person(place: int, family: str, given: str):
    """Somebody whose number begins with 999."""
    from stewardship.vault.person import Person, Where, Who

    who = Who(number(3000 + place * 40), family, given, date(1953, 3, 12) + timedelta(days=place * 411))
    return Person(who, Where("1 Quay Street, Harbourmouth", "ZZ99 1ZZ"), "P81001")


def tracked_people(today: date, now: datetime, *, provider: str = PROVIDER, people=PEOPLE) -> list[int]:
    """Put them all on the list; the ids of their pathways in the order of PEOPLE."""
    from stewardship.vault.writing import write_identities

    ids = write_identities(
        [person(place, family, given) for place, (family, given, *_) in enumerate(people)], by=tracker()
    )
    made = [
        _pathway(place, person_id, told, today, now, provider)
        for place, (person_id, told) in enumerate(zip(ids, people, strict=True))
    ]
    _worked_out(made, today)
    return made


def _pathway(place, person_id, told, today, now, provider):
    from stewardship.cancer.changing import author_of, keep
    from stewardship.cancer.models import MilestoneEvent, TrackedPathway, Treatment

    _family, _given, group, days, known = told
    author, received = author_of(tracker()), today - timedelta(days=days)
    one = TrackedPathway(
        identifier=f"PW-{provider}-{place}", issuer=provider, person_id=person_id, provider=provider, source="hand",
        priority_type="3", source_of_referral="03", referral_type=group, received_on=received, age_band="70-79",
        made_at=now, made_by=author, sex="1" if place % 2 else "2", for_meeting=days > 60,
        faster_diagnosis_end_on=received + timedelta(days=known["TOLD"]) if "TOLD" in known else None,
        faster_diagnosis_end_reason="01" if "TOLD" in known else "",
    )  # fmt: skip
    keep(one, "added", author, now)
    for code, day in known.items():
        if code == "DTT":
            keep(
                Treatment(pathway=one, number=1, decided_on=received + timedelta(days=day)),
                "added",
                author,
                now,
            )
        elif code != "TOLD":
            done = received + timedelta(days=day)
            keep(MilestoneEvent(pathway=one, code=code, done_on=done), "added", author, now)
    return one.pk


def _worked_out(pathway_ids, today):
    from stewardship.cancer.rows import refresh

    refresh(pathway_ids, as_of=today)
