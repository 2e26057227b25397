"""What general practice sends of who is registered, where they live, and which groups they are recorded to be of."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, nhs_numbers
from stewardship.synthetic.lives import ETHNIC_CATEGORIES, NEVER, Days, Health, People, Plan, Whole
from stewardship.synthetic.moves import Moves
from stewardship.synthetic.places import Places
from stewardship.synthetic.tables import published
from stewardship.synthetic.twice import Twice

PARTNER = "general-practice"
_SPLITMIX = ((0xBF58476D1CE4E5B9, 30), (0x94D049BB133111EB, 27))  # one to one on 64 bits
_OF_CONDITIONS = {
    "learning disability": ("learning_disability",),
    "autism": ("autism",),
    "drug or alcohol dependence": ("alcohol_dependence", "drug_dependence"),
}


def registers(
    plan: Plan, places: Places, people: People, health: Health, moves: Moves, twice: Twice
) -> list[Extract]:
    """Patients, registrations, addresses and characteristics of a batch."""
    numbers = nhs_numbers(np.concatenate([people.number, twice.number]))
    return [
        Extract(PARTNER, "patients", None, _patients(people, twice, numbers)),
        Extract(PARTNER, "registrations", None, _registrations(places, people, moves, twice, numbers)),
        Extract(PARTNER, "addresses", None, _addresses(places, people, moves, twice, numbers)),
        Extract(PARTNER, "characteristics", None, _characteristics(plan, people, health, numbers)),
    ]


def _patients(people: People, twice: Twice, numbers: pa.Array) -> pa.Table:
    who = np.concatenate([np.arange(len(people)), twice.who])
    newer = np.concatenate([np.full(len(people), -1), twice.who])
    return pa.table(
        {
            "NHSNumber": chosen(numbers, np.arange(len(who))),
            "DateOfBirth": days(people.birth[who]),
            "Sex": chosen(("M", "F"), people.female[who].astype(np.int32)),
            "EthnicCategory": chosen(ETHNIC_CATEGORIES, people.ethnicity[who]),
            "SupersededBy": chosen(numbers, newer),
        }
    )


def _registrations(places: Places, people: People, moves: Moves, twice: Twice, numbers: pa.Array) -> pa.Table:
    before = np.flatnonzero(moves.registered < NEVER)
    now = np.where(moves.registered < NEVER, moves.registered, people.start)
    person = np.concatenate([np.arange(len(people)), before, len(people) + np.arange(len(twice.who))])
    practice = np.concatenate([people.practice, moves.former[before], twice.practice])
    start = np.concatenate([now, people.start[before], people.start[twice.who]])
    end = np.concatenate([people.end, moves.registered[before] - 1, twice.ended])
    return pa.table(
        {
            "NHSNumber": chosen(numbers, person),
            "PracticeCode": chosen(places.practices.code, practice),
            "RegistrationStartDate": days(start),
            "RegistrationEndDate": days(end),
        }
    )


def _addresses(places: Places, people: People, moves: Moves, twice: Twice, numbers: pa.Array) -> pa.Table:
    before = np.flatnonzero(moves.moved < NEVER)
    again = len(people) + np.arange(len(twice.who))
    now = np.where(moves.moved < NEVER, moves.moved, people.start)
    person = np.concatenate([np.arange(len(people)), before, again])
    area = np.concatenate([people.area, moves.area[before], people.area[twice.who]])
    household = np.concatenate([people.household, moves.household[before], people.household[twice.who]])
    care_home = np.concatenate([people.care_home, np.zeros(len(before) + len(again), dtype=bool)])
    start = np.concatenate([now, people.start[before], people.start[twice.who]])
    end = np.concatenate([people.end, moves.moved[before] - 1, twice.ended])
    homes, home = np.unique(household, return_inverse=True)
    return pa.table(
        {
            "NHSNumber": chosen(numbers, person),
            "LSOA21": chosen(places.areas.code, area),
            "HouseholdPseudonym": chosen(_pseudonyms(homes), home),
            "CareHome": chosen(("N", "Y"), care_home.astype(np.int32)),
            "AddressStartDate": days(start),
            "AddressEndDate": days(end),
        }
    )


def _pseudonyms(homes: Whole) -> pa.Array:
    """Sixteen letters for each household, never the same for two; no digits, which could be those of an NHS number."""
    mixed = homes.astype(np.uint64)
    for factor, shift in _SPLITMIX:
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    shifts = np.arange(60, -1, -4, dtype=np.uint64)
    letters = np.frombuffer(b"bcdfghjkmnpqrtvz", dtype=np.uint8)[(mixed[:, None] >> shifts) & np.uint64(15)]
    ends = np.arange(0, 16 * len(homes) + 1, 16, dtype=np.int32)
    return pa.StringArray.from_buffers(
        len(homes), pa.py_buffer(ends), pa.py_buffer(np.ascontiguousarray(letters))
    )


def _characteristics(plan: Plan, people: People, health: Health, numbers: pa.Array) -> pa.Table:
    rng = stream(plan.seed, people.batch, "characteristics")
    last = np.minimum(people.end, plan.last)
    found: list[tuple[str, npt.NDArray[np.intp], Days]] = []
    for name, conditions in _OF_CONDITIONS.items():
        since = np.minimum.reduce([health.onset[condition] for condition in conditions])
        who = np.flatnonzero(since <= last)
        found.append((name, who, np.maximum(since[who], people.birth[who])))
    age = people.age(last)
    gradient = (2 - np.arange(5)) / 4
    for row in published("characteristics"):
        by_fifth = float(row["deprived"]) ** gradient
        chance = float(row["share"]) * by_fifth[people.fifth - 1] / by_fifth.mean()
        of_age = (age >= int(row["youngest"])) & (age <= int(row["oldest"]))
        who = np.flatnonzero(of_age & (rng.random(len(people)) < chance))
        since = np.maximum(last[who] - rng.exponential(1200, len(who)), people.start[who])
        found.append((row["name"], who, since.astype(np.int32)))
    names = [name for name, _, _ in found]
    return pa.table(
        {
            "NHSNumber": chosen(numbers, np.concatenate([who for _, who, _ in found])),
            "Characteristic": chosen(
                names, np.repeat(np.arange(len(names)), [len(who) for _, who, _ in found])
            ),
            "RecordedDate": days(np.concatenate([day for _, _, day in found])),
        }
    )
