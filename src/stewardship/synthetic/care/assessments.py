"""Assessments: frailty scores of older people, scales used in community nursing, and outcomes that patients report.

The electronic frailty index is the share of its 36 deficits that a person has; it rises towards the last day's count.
Source of the index: Clegg and others, Age and Ageing 2016;45:353-60. Scores of hips and knees before and after
replacement: about 18 and 40, and 19 and 36 of 48 (NHS England, Patient Reported Outcome Measures 2021/22).
"""

import numpy as np
import pyarrow as pa

from stewardship.synthetic.care.rounds import Seen
from stewardship.synthetic.care.stays import YEAR, Stay, stay_of
from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers, nhs_numbers, numbers
from stewardship.synthetic.lives import Days, Flags, Health, People, Plan, Share, Whole

PARTNER, KIND = "general-practice", "assessments"
TOOLS = (
    "Electronic Frailty Index", "Clinical Frailty Scale", "Waterlow", "Falls risk", "Oxford Hip Score",
    "Oxford Knee Score", "EQ-5D-5L",
)  # fmt: skip
SETTINGS = ("General practice", "Community", "Hospital")
DEFICITS, DEFICITS_A_YEAR = 36, 0.35
REPLACED = {
    "Oxford Hip Score": (0.0055, 18.0, 40.0),
    "Oxford Knee Score": (0.0065, 19.0, 36.0),
}  # a year from 55
AFTER = 182  # days from the operation to the second score
Part = tuple[str, str, Seen, Share]


def assessments(plan: Plan, people: People, health: Health) -> Extract:
    """All assessments of a batch."""
    random, stay = stream(plan.seed, people.batch, "assessments"), stay_of(plan, people)
    parts = [*_frailty(random, plan, people, health, stay), *_community(random, plan, people, health, stay)]
    parts += _reported(random, people, stay)
    many = [len(seen.who) for _, _, seen, _ in parts]
    who = np.concatenate([seen.who for _, _, seen, _ in parts])
    day = np.concatenate([seen.day for _, _, seen, _ in parts]).astype(np.int32)
    rows = pa.table({
        "AssessmentID": identifiers(people.batch, len(who)),
        "NHSNumber": chosen(nhs_numbers(people.number), who),
        "Tool": chosen(TOOLS, np.repeat([TOOLS.index(tool) for tool, _, _, _ in parts], many)),
        "Score": numbers(np.concatenate([score for _, _, _, score in parts]).astype(np.float64)),
        "AssessmentDate": days(day),
        "Setting": chosen(SETTINGS, np.repeat([SETTINGS.index(place) for _, place, _, _ in parts], many)),
    })  # fmt: skip
    return Extract(PARTNER, KIND, day, rows)


def _yearly(
    random: np.random.Generator, plan: Plan, people: People, stay: Stay, chance: Share, from_age: int
) -> Seen:
    """Who is assessed in each year of the plan, at most once, from an age on."""
    starts = plan.first + np.floor(np.arange(plan.years) * YEAR)
    day = np.floor(starts[:, None] + random.random((plan.years, len(people))) * YEAR)
    kept = (random.random(day.shape) < chance) & (day >= stay.first) & (day <= stay.last)
    year, who = np.nonzero(kept & (day - people.birth >= from_age * YEAR))
    return Seen(who, day[year, who].astype(np.int32))


def _deficits(plan: Plan, health: Health, seen: Seen) -> Share:
    """Deficits on a day: those of the last day, fewer before."""
    earlier = (plan.last - seen.day) / YEAR * DEFICITS_A_YEAR
    return np.asarray(np.clip(np.rint(health.deficits[seen.who] - earlier), 0, DEFICITS))


def _frailty(
    random: np.random.Generator, plan: Plan, people: People, health: Health, stay: Stay
) -> list[Part]:
    index = _yearly(random, plan, people, stay, np.full(len(people), 0.85), 65)
    share = _deficits(plan, health, index) / DEFICITS
    frail = health.deficits / DEFICITS
    scale = _yearly(random, plan, people, stay, np.clip(1.8 * (frail - 0.12), 0.02, 0.7), 65)
    score = 1.5 + 14 * _deficits(plan, health, scale) / DEFICITS + random.normal(0, 0.7, len(scale.who))
    return [
        ("Electronic Frailty Index", "General practice", index, np.round(share, 3)),
        ("Clinical Frailty Scale", "Hospital", scale, np.clip(np.rint(score), 1, 9)),
    ]


def _community(
    random: np.random.Generator, plan: Plan, people: People, health: Health, stay: Stay
) -> list[Part]:
    frail = health.deficits / DEFICITS
    skin = _yearly(
        random, plan, people, stay, np.clip(1.2 * (frail - 0.2), 0, 0.5) + 0.2 * people.care_home, 70
    )
    falls = _yearly(random, plan, people, stay, np.clip(1.5 * (frail - 0.15), 0.01, 0.5), 65)
    waterlow = 6 + 35 * frail[skin.who] + random.normal(0, 3, len(skin.who))
    risk = 15 * frail[falls.who] + random.normal(0, 1, len(falls.who))
    return [
        ("Waterlow", "Community", skin, np.clip(np.rint(waterlow), 1, 45)),
        ("Falls risk", "Community", falls, np.clip(np.rint(risk), 0, 10)),
    ]


def _reported(random: np.random.Generator, people: People, stay: Stay) -> list[Part]:
    """Scores of a hip or knee before and half a year after it was replaced, and a few of general health."""
    parts: list[Part] = []
    years = stay.years
    for tool, (a_year, before, after) in REPLACED.items():
        old = people.age(stay.middle) >= 55
        operated = random.random(len(people)) < np.where(old, a_year, 0) * years
        who, day = _when(random, stay, operated)
        first = np.clip(np.rint(before + random.normal(0, 7, len(who))), 0, 48)
        second = np.clip(np.rint(first + (after - before) + random.normal(0, 8, len(who))), 0, 48)
        later = day + AFTER
        kept = later <= stay.last[who]
        parts.append((tool, "Hospital", Seen(who, day), first))
        parts.append((tool, "Hospital", Seen(who[kept], later[kept].astype(np.int32)), second[kept]))
    who, day = _when(
        random, stay, random.random(len(people)) < np.where(people.age(stay.middle) >= 18, 0.004, 0) * years
    )
    health_now = np.clip(1.05 - random.gamma(2.0, 0.12, len(who)), -0.28, 1)
    return [*parts, ("EQ-5D-5L", "Community", Seen(who, day), np.round(health_now, 3))]


def _when(random: np.random.Generator, stay: Stay, chosen_ones: Flags) -> tuple[Whole, Days]:
    who = np.flatnonzero(chosen_ones & (stay.last > stay.first))
    length = (stay.last - stay.first)[who]
    return who, (stay.first[who] + np.floor(random.random(len(who)) * length)).astype(np.int32)
