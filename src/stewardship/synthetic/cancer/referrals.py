"""Pathways of people in whom no cancer is found: most of them.

Each kind of referral is made of people of its ages and sex; how often is set so that, with those in whom cancer is
found, a person-year has `PATHWAYS_A_YEAR` and what is suspected is as published.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stewardship.synthetic.cancer.backlog import Dip
from stewardship.synthetic.cancer.pathway import Pathways, Positions
from stewardship.synthetic.cancer.published import NO_CLOCK, TOLD, UPGRADE, performance, suspected
from stewardship.synthetic.cancer.waits import drawn_evenly, told_after
from stewardship.synthetic.care.stays import YEAR, Stay
from stewardship.synthetic.lives import NEVER, Days, Flags, People, Plan, Share

PATHWAYS_A_YEAR = 0.05  # a person: about 3 million urgent referrals a year in England
TAIL = 330  # days after the last one of the plan, and 60 after a death, in which a pathway under way would have ended
AFTER_DEATH = 60
LEFT_OUT, INTERVAL_SCAN = 0.012, 0.006  # of the pathways without cancer
IN_TIME = 28  # days, to being told
CANCER, RULED_OUT, EXCLUDED, SCAN = 1, 2, 3, 4


@dataclass(frozen=True)
class Referring:
    """Worked out once for a run: times the relative rate of each kind of referral that finds no cancer, the share of
    each kind that finds one, and how many of these are told in time."""

    scale: tuple[float, ...]
    found: tuple[float, ...]
    told_in_time: float


def referring(plan: Plan, lives: Sequence[tuple[People, Stay]], cancers: Pathways) -> Referring:
    """What makes referrals those published, worked out from batches of any residents and the cancers found in them."""
    years = max(sum(float(stay.years.sum()) for _, stay in lives), 1e-9)
    told = np.array([each.told for each in suspected()], dtype=np.float64)
    counted = cancers.taken((cancers.told > plan.first) & (cancers.told <= plan.last))
    with_clock = (counted.route != UPGRADE) & (counted.route != NO_CLOCK)
    wanted = (PATHWAYS_A_YEAR * years - (~with_clock).sum()) * told / told.sum()
    found = np.bincount(counted.suspected[with_clock], minlength=len(told)).astype(np.float64)
    rates = np.sum([(_rates(people, stay) * stay.years).sum(axis=1) for people, stay in lives], axis=0)
    scale = np.maximum(wanted - found, 0) / np.maximum(rates, 1e-9)
    share = np.clip(found / np.maximum(wanted, 1e-9), 0, 0.9)
    waited = (counted.told - counted.start - counted.adjustment - counted.delay)[with_clock]
    return Referring(
        tuple(scale.tolist()), tuple(share.tolist()), int((waited <= IN_TIME).sum()) / max(len(waited), 1)
    )


def referrals(
    plan: Plan, people: People, stay: Stay, set_to: Referring, dip: Dip, random: np.random.Generator
) -> Pathways:
    """Everyone referred in whom no cancer is found, those included who have not been told by the last day."""
    lasting = _lasting(plan, people, stay)
    rates = _rates(people, stay) * np.array(set_to.scale)[:, None]
    number = random.poisson(rates * ((lasting - stay.first + 1).clip(0) / YEAR))
    kind = np.repeat(np.arange(len(suspected())), number.sum(axis=1))
    who = np.repeat(np.tile(np.arange(len(people)), len(suspected())), number.ravel())
    planned = stay.first[who] + np.floor(random.random(len(who)) * (lasting - stay.first + 1)[who])
    told = dip.finished(planned)
    delay = dip.delay(told)
    return _pathways(plan, people, set_to, who, kind, told, delay, random)


def first_seen(random: np.random.Generator, start: Days, told: Days) -> tuple[Days, Positions]:
    """The day someone is first seen, within two weeks for most, and days taken off for a first visit missed.

    Of the time to being told a part, so that who is told soon was seen sooner.
    """
    between = (told - start).astype(np.int64)
    part = np.minimum(
        np.floor(between * random.uniform(0.25, 0.9, len(start))), 4 + random.poisson(7, len(start))
    )
    missed = random.random(len(start)) < 0.04
    off = np.where(missed, np.minimum(np.floor(part * random.uniform(0.4, 0.9, len(start))), 21), 0).astype(
        np.int64
    )
    return (start + part).astype(np.int32), off


def _pathways(
    plan: Plan,
    people: People,
    set_to: Referring,
    who: Positions,
    kind: Positions,
    told: Days,
    delay: Positions,
    random: np.random.Generator,
) -> Pathways:
    groups = tuple((each.told, each.within) for each in suspected())
    found = np.array(set_to.found)[kind]
    within = (
        performance(TOLD, groups, tuple(float(each.told) for each in suspected()), kind, told)
        - found * set_to.told_in_time
    ) / (1 - found)
    wait = told_after(random, drawn_evenly(random, told, within))
    day = (told - wait - delay).astype(np.int32)
    seen, off = first_seen(random, day, told)
    start = (day - off).astype(np.int32)  # what a missed visit takes off comes before
    route = np.array([each.route for each in suspected()])[kind]
    reason = np.full(len(who), RULED_OUT)
    drawn = random.random(len(who))
    reason[drawn < LEFT_OUT + INTERVAL_SCAN] = SCAN
    reason[drawn < LEFT_OUT] = EXCLUDED
    died = told > people.death[who]
    told = np.where(died, people.death[who], told).astype(np.int32)
    reason[died] = EXCLUDED
    never, none = np.full(len(who), NEVER, dtype=np.int32), np.full(len(who), -1)
    made = Pathways(
        who=who, route=route, suspected=kind, received=start, start=start, seen=seen, adjustment=off, told=told,
        reason=reason, decided=never, treated=never, pause=np.zeros(len(who), dtype=np.int64), tumour=none, code=none,
        stage=none, modality=none, event=none, moved=never, provider=np.zeros(len(who), dtype=np.int64),
        treater=np.zeros(len(who), dtype=np.int64), delay=delay, closed=told,
    )  # fmt: skip
    return made.taken((start <= np.minimum(plan.last, told)) & (told >= plan.first))


def _lasting(plan: Plan, people: People, stay: Stay) -> Days:
    """The last day a pathway of each person may end on: beyond what is told of who is still here, or who has died."""
    beyond = np.where(people.death <= plan.last, AFTER_DEATH, np.where(people.end > plan.last, TAIL, 0))
    return np.asarray(np.where(stay.last >= stay.first, stay.last + beyond, stay.first - 1), dtype=np.int32)


def _rates(people: People, stay: Stay) -> Share:
    """Relative rate of each kind of referral (rows) of each person (columns)."""
    age = np.clip(people.age(stay.middle), 0, None)
    personal = np.exp(0.15 * people.frailty + 0.02 * (people.fifth - 3))
    return np.stack([
        np.where(_eligible(people, age, each.ages, each.sex), personal, 0.0)
        * each.with_age ** ((np.clip(age, 20, 90) - 50) / 20)
        for each in suspected()
    ])  # fmt: skip


def _eligible(people: People, age: Days, ages: tuple[int, int], sex: str) -> Flags:
    of_age = (age >= ages[0]) & (age <= ages[1])
    return np.asarray(of_age & (people.female == (sex == "F")) if sex else of_age)
