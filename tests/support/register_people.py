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
