"""Who takes which medicine from when to when, and the days of the items that follow from it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from stewardship.synthetic.care.medicines import Medicine, acute, repeated
from stewardship.synthetic.care.stays import YEAR, Positions, Stay, since_any
from stewardship.synthetic.chance import stream
from stewardship.synthetic.lives import Days, Flags, Health, People, Plan, Share

LATE = 3  # an item may be up to so many days late
FIRST_ITEM = 120  # days within which a new condition's medicine is first issued
BY_FRAILTY, BY_FIFTH = 0.25, 0.06  # more acute items with frailty, and with each fifth of deprivation


@dataclass(frozen=True)
class Courses:
    """What people take: of each course the person, the medicine, its first day, days between items, and items."""

    who: Positions
    medicine: Positions
    first: Days
    every: Positions
    items: Positions


def courses(plan: Plan, people: People, health: Health, stay: Stay) -> Courses:
    """All courses of repeated medicines, ordered by person."""
    random = stream(plan.seed, people.batch, "medicine courses")
    groups = sorted({medicine.group for medicine in repeated()})
    drawn = dict(zip(groups, random.random((len(groups), len(people)), dtype=np.float32), strict=True))
    parts = []
    for position, medicine, since, low, high in _chances(people, health, stay):
        who = np.flatnonzero((drawn[medicine.group] >= low) & (drawn[medicine.group] < high))
        parts.append(_course(random, people, medicine, position, who, since[who], stay))
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.argsort(joined[0], kind="stable")
    return Courses(*(column[order] for column in joined))


def items_expected(plan: Plan, people: People, health: Health, stay: Stay) -> Share:
    """How many items of each repeated medicine these people are expected to get, whoever comes to take it."""
    random = stream(plan.seed, people.batch, "medicine courses")
    expected = np.zeros(len(repeated()))
    for position, medicine, since, low, high in _chances(people, health, stay):
        chance = np.minimum(high, 1.0) - np.minimum(low, 1.0)
        who = np.flatnonzero(chance > 0)
        items = _course(random, people, medicine, position, who, since[who], stay)[-1]
        expected[position] = (items * chance[who]).sum()
    return expected


def _chances(
    people: People, health: Health, stay: Stay
) -> Iterator[tuple[int, Medicine, Days, Share, Share]]:
    """Of each medicine its position, since when each person may have it, and from and to which number between 0 and 1,
    drawn of the person for its group, they take it."""
    taken = {medicine.group: np.zeros(len(people)) for medicine in repeated()}
    for position, medicine in enumerate(repeated()):
        low = taken[medicine.group]
        high = low + np.where(_may(people, health, medicine, stay), medicine.share, 0.0)
        taken[medicine.group] = high
        yield position, medicine, _from(people, health, medicine), low, high


def acute_rates(people: People, stay: Stay) -> Share:
    """Items a year of each acute medicine (rows) and person (columns), in relation to each other."""
    age = np.clip(people.age(stay.middle), 0, None)
    personal = np.exp(BY_FRAILTY * people.frailty + BY_FIFTH * (3 - people.fifth))
    return np.stack([
        np.where(_of_age_and_sex(people, medicine, age), medicine.a_year, 0.0)
        * medicine.with_age ** np.clip((age - 40) / 20, 0, None) * personal
        for medicine in acute()
    ])  # fmt: skip


def items_of(
    plan: Plan, people: People, stay: Stay, repeats: Courses, acutely: float
) -> tuple[Positions, Days, Positions]:
    """Person, day and medicine of every item: repeats ordered by person and course, then acute items by person."""
    random = stream(plan.seed, people.batch, "items")
    total = int(repeats.items.sum())
    before = np.cumsum(repeats.items) - repeats.items
    turn = np.arange(total, dtype=np.int32) - np.repeat(before.astype(np.int32), repeats.items)
    day = np.repeat(repeats.first, repeats.items) + turn * np.repeat(
        repeats.every.astype(np.int32), repeats.items
    )
    day += random.integers(0, LATE + 1, total, dtype=np.int8)
    number = random.poisson(acute_rates(people, stay) * stay.years * acutely).T
    who = np.repeat(np.arange(len(people)), number.sum(axis=1))
    medicine = np.repeat(np.tile(np.arange(len(acute())), len(people)), number.ravel()) + len(repeated())
    length = (stay.last - stay.first + 1)[who]
    acute_day = stay.first[who] + (random.random(len(who), dtype=np.float32) * length).astype(np.int32)
    return (
        np.concatenate([np.repeat(repeats.who, repeats.items), who]).astype(np.int32),
        np.concatenate([day, np.minimum(acute_day, stay.last[who])]).astype(np.int32),
        np.concatenate([np.repeat(repeats.medicine, repeats.items), medicine]).astype(np.int16),
    )


def _from(people: People, health: Health, medicine: Medicine) -> Days:
    """The day from which a person may have the medicine; NEVER for who has none of its conditions."""
    of_age = people.birth.astype(np.int64) + int(medicine.ages[0] * YEAR)
    if not medicine.who:
        return np.asarray(of_age, dtype=np.int64)
    return np.maximum(since_any(health, medicine.who), of_age)


def _may(people: People, health: Health, medicine: Medicine, stay: Stay) -> Flags:
    """Who may get the medicine at some time of their stay."""
    since = _from(people, health, medicine)
    until = people.birth.astype(np.int64) + int((medicine.ages[1] + 1) * YEAR)
    may = (since <= stay.last) & (until > stay.first) & (stay.last >= stay.first)
    if medicine.sex:
        may &= people.female == (medicine.sex == "F")
    if medicine.unless:
        may &= since_any(health, medicine.unless) > stay.last
    return np.asarray(may)


def _of_age_and_sex(people: People, medicine: Medicine, age: Days) -> Flags:
    of_age = (age >= medicine.ages[0]) & (age <= medicine.ages[1])
    return np.asarray(of_age & (people.female == (medicine.sex == "F")) if medicine.sex else of_age)


def _course(
    random: np.random.Generator,
    people: People,
    medicine: Medicine,
    position: int,
    who: Positions,
    since: Days,
    stay: Stay,
) -> tuple[Positions, Positions, Days, Positions, Positions]:
    """The courses of one medicine, for these people, from the days they may have it."""
    drawn = random.random((2, len(who)), dtype=np.float32)
    new = since > stay.first[who]
    first = np.where(new, since + (drawn[0] * FIRST_ITEM).astype(np.int64), stay.first[who])
    first = first + (drawn[1] * medicine.every).astype(np.int64)
    until = people.birth[who].astype(np.int64) + int((medicine.ages[1] + 1) * YEAR)
    last = np.minimum(stay.last[who], until) - LATE
    items = np.maximum((last - first) // medicine.every + 1, 0)
    return (
        who,
        np.full(len(who), position),
        first.astype(np.int32),
        np.full(len(who), medicine.every),
        items,
    )
