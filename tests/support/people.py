"""Invented people for the vault, and files of them. Their NHS numbers begin with 999, which is issued to nobody."""

import csv
import os
from datetime import UTC, date, datetime

from stewardship.rules.nhs_number import check_digit

OLD_KEY, NEW_KEY = "the first vault key of a site under test", "a second vault key of a site under test"
PSEUDONYM_KEY = "cHNldWRvbnltIGtleSBvZiBhIHNpdGUgdW5kZXIgdHM="
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)

FAMILIES = ("O'Brien", "Núñez", "Smith-Jones", "MacDonald", "van der Berg", "Okafor", "Ng")
GIVEN = ("Áine Mary", "José", "Susan", "Muhammad", "Li", "")
STREETS = ("Quay Street", "Harbour Lane", "Lemon Row")


def number(place: int) -> str:
    """The number at this place among the valid ones that begin with 999."""
    stems = (f"999{stem:06d}" for stem in range(place, 999_999))
    return next(stem + digit for stem in stems if (digit := str(check_digit(stem))) != "None")


def numbers(many: int) -> list[str]:
    """The first valid numbers that begin with 999."""
    stems = (f"999{stem:06d}" for stem in range(999_999))
    found = (stem + str(digit) for stem in stems if (digit := check_digit(stem)) is not None)
    return [next(found) for _ in range(many)]


def row_of(place: int, nhs_number: str, **changed) -> dict[str, str]:
    """A row of demographics that is the same for the same place."""
    return {
        "nhs_number": nhs_number,
        "family_name": FAMILIES[place % len(FAMILIES)],
        "given_names": GIVEN[place % len(GIVEN)],
        "birth_date": date.fromordinal(711_000 + place * 37 % 25_000).isoformat(),
        "address": f"{place + 1} {STREETS[place % len(STREETS)]}",
        "postcode": f"ZZ99 {place % 10}ZZ",
        "phone": f"01632 96{place % 10_000:04d}",
        "practice": "P81001" if place % 2 == 0 else "P81002",
        "sensitive": "no",
        "new_identity": "no",
        **changed,
    }


def rows(many: int) -> list[dict[str, str]]:
    return [row_of(place, one) for place, one in enumerate(numbers(many))]


def shown() -> list[dict[str, str]]:
    """People to look for on the pages: one, a pair of twins, one with the sensitive flag, one registered elsewhere."""
    somebody = row_of(0, "9990000018") | {
        "family_name": "O'Brien",
        "given_names": "Áine Mary",
        "birth_date": "1950-04-03",
        "address": "17 Verysingular Passage, Harbourmouth",
    }
    twin = somebody | {"family_name": "Featherstonehaugh-Cholmondeley", "birth_date": "1990-02-03"}
    return [
        somebody,
        twin | {"nhs_number": number(100), "given_names": "Anna"},
        twin | {"nhs_number": number(120), "given_names": "Berta"},
        somebody | {"nhs_number": number(140), "family_name": "Hidden", "sensitive": "yes"},
        somebody | {"nhs_number": number(160), "family_name": "Elsewhere", "practice": "P81002"},
    ]


def written(path, rows):
    """A CSV file of these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def somebody():
    """Who runs a command."""
    from stewardship.access.log import Actor

    return Actor(member_id=7, name="A. Tester", role="practice-user", organisation="P81001")


def keys():
    """The vault's keys of this process."""
    from stewardship.vault.keys import Keyring

    return Keyring.from_environment()


def identities():
    from stewardship.vault.crosswalk import pseudonyms

    return pseudonyms()


def person_id(nhs_number: str) -> int:
    """The person_id of an NHS number by itself."""
    return identities().person_ids("nhs-number", [nhs_number])[0]


def load(path, **more):
    """Load a file of demographics."""
    from stewardship.vault.loading import load_people

    return load_people(path, identities=identities(), keys=keys(), now=NOW, by=somebody(), **more)


def link(path, **more):
    """Load a crosswalk."""
    from stewardship.vault.crosswalk import load_links

    return load_links(path, identities=identities(), keys=keys(), now=NOW, by=somebody(), **more)


def reach(practice="P81001", reason="Care of our own patients"):
    from stewardship.vault.door import Reach

    return Reach("practice", practice, reason)


def find(practice="P81001", **asked):
    """Whom somebody of a practice finds."""
    from stewardship.vault import door

    return door.find(door.Asked(**asked), by=somebody(), scope=reach(practice))


def events():
    """The events of the access log, oldest first."""
    from stewardship.access.models import AccessEvent

    return list(AccessEvent.objects.order_by("sequence"))


def ring(*written: str) -> None:
    """Put these keys on the ring of this process, newest first."""
    os.environ["STEWARDSHIP_VAULT_KEYS"] = ",".join(written)
