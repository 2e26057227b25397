"""Pathways of people in whom cancer is found: told on the day their cancer is first recorded.

The site decides the tumour group, the group the route, and both the waits. Skin cancers other than melanoma are in no
register of general practice, though they are on cancer pathways: they are found in people besides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stewardship.synthetic.cancer.backlog import Dip
from stewardship.synthetic.cancer.pathway import Pathways, Positions
from stewardship.synthetic.cancer.published import (
    BREAST_SYMPTOMS,
    FIRST,
    MODALITIES,
    NO_CLOCK,
    ROUTES,
    SCREENING,
    TREATED,
    UPGRADE,
    URGENT,
    performance,
    suspected,
    tumours,
)
from stewardship.synthetic.cancer.referrals import CANCER, first_seen
from stewardship.synthetic.cancer.waits import (
    LEAST_LEFT,
    drawn_evenly,
    drawn_from,
    started_after,
    treated_after,
    within_life,
)
from stewardship.synthetic.care.stays import YEAR, Stay
from stewardship.synthetic.lives import NEVER, Days, Flags, Health, People, Plan, Share

EARLIER = 460  # days before the years told in which cancers found may be treated, or again, within them
OTHER_SKIN_A_YEAR = 0.0016  # a person from 50: skin cancers that are no melanoma, on cancer pathways
SKIN_FROM = 50
UNTREATED = 0.012  # of those told who live on: with those who die or leave soon nearly one in ten
DECLINED = 0.012  # of those told
TO_OTHERS, PAUSED = 0.12, 0.07  # transferred for treatment; with days taken off before treatment
SPREAD = 0.02  # first treatment of a known primary that has spread
# Site of the residents' conditions -> tumour groups by their position in the table, and weights.
SITES = {
    "cancer_breast": {"breast": 1.0},
    "cancer_prostate": {"prostate": 1.0},
    "cancer_bowel": {"lower_gastrointestinal": 1.0},
    "cancer_lung": {"lung": 1.0},
    "cancer_skin": {"skin": 1.0},
    "cancer_blood": {"lymphoma": 0.48, "other_haematological": 0.52},
    "cancer_bladder": {"other_urological": 1.0},
    "cancer_kidney": {"other_urological": 1.0},
    "cancer_womb": {"gynaecological": 1.0},
    "cancer_ovary": {"gynaecological": 1.0},
    "cancer_other": {
        "head_and_neck": 0.26, "hepatobiliary": 0.28, "oesophagus_and_stomach": 0.21, "other": 0.25,
    },
}  # fmt: skip
CODE_OF = {"cancer_bladder": 0, "cancer_kidney": 1, "cancer_womb": 0, "cancer_ovary": 1, "cancer_skin": 0}
SKIN, SKIN_CODES = "skin", (1, 3)  # position of the ICD-10 codes that are no melanoma
Found = tuple[Positions, Days, Positions, Positions]
CONVERSION = 0.064  # of people referred urgently, those in whom cancer is found: roughly 6 to 7 per cent
MOST_URGENT = 4.0


@dataclass(frozen=True)
class Mix:
    """Worked out once for a run. urgent: times the published weight of the urgent route, so that of those referred
    `CONVERSION` have cancer; cancers: how many may be treated of each tumour group (rows) on each route."""

    urgent: float
    cancers: tuple[tuple[float, ...], ...]

    @property
    def first(self) -> tuple[float, ...]:
        """Cancers of each tumour group."""
        return tuple(sum(row) for row in self.cancers)

    @property
    def with_clock(self) -> tuple[float, ...]:
        """Cancers of each tumour group on the urgent, screening and upgrade routes, group by group."""
        return tuple(row[way] for row in self.cancers for way in (URGENT, SCREENING, UPGRADE))


Lives = tuple[People, Health, Stay, np.random.Generator]


def mix_of(plan: Plan, lives: Sequence[Lives], urgent_a_year: float) -> Mix:
    """The mix of some batches of any residents. urgent_a_year: urgent referrals a person-year, whatever is found."""
    known = [_told_inside(plan, *each) for each in lives]
    tumour, age, treated = (np.concatenate(column) for column in zip(*known, strict=True))
    years = sum(float(stay.years.sum()) for _, _, stay, _ in lives)
    weights = _route_weights(tumour, age, 1.0)
    shares = weights / weights.sum(axis=1, keepdims=True)
    share = float(np.clip(shares[:, URGENT].sum() / max(len(shares), 1), 0.05, 0.95))
    wanted = np.clip(CONVERSION * urgent_a_year * years / max(len(shares), 1), 0.05, 0.9)
    urgent = float(np.clip(wanted / (1 - wanted) * (1 - share) / share, 1 / MOST_URGENT, MOST_URGENT))
    weights[:, URGENT] *= urgent
    expected = np.zeros((len(tumours()), weights.shape[1]))
    np.add.at(expected, tumour[treated], (weights / weights.sum(axis=1, keepdims=True))[treated])
    return Mix(urgent, tuple(tuple(row) for row in (expected + 1e-6).tolist()))


def _told_inside(
    plan: Plan, people: People, health: Health, stay: Stay, random: np.random.Generator
) -> tuple[Positions, Share, Flags]:
    """Tumour group and age of each cancer found within the years told, and whether it may be treated."""
    who, told, tumour, _ = _diagnoses(plan, people, health, stay, random)
    inside = told >= plan.first
    left = np.minimum(people.death, people.end)[who] - told
    return tumour[inside], ((told - people.birth[who]) / YEAR)[inside], (left >= LEAST_LEFT)[inside]


def found(
    plan: Plan, people: People, health: Health, stay: Stay, mix: Mix, dip: Dip, random: np.random.Generator
) -> Pathways:
    """Every pathway on which cancer is found, of people registered at the time.

    Those that ended up to `EARLIER` days before the years told are among them, for the treatments that follow.
    """
    who, told, tumour, code = _diagnoses(plan, people, health, stay, random)
    age = (told - people.birth[who]) / YEAR
    route = drawn_from(random, _route_weights(tumour, age, mix.urgent))
    about = (told + 30).astype(np.int32)  # near the treatment, whose month the published shares are by
    left = np.minimum(people.death, people.end)[who].astype(np.int64) - told
    on_time = drawn_evenly(random, about, performance(FIRST, _first_groups(), mix.first, tumour, about))
    soon = _within_62(random, mix, route, tumour, about, on_time)
    waits = treated_after(random, route, soon, started_after(random, on_time))
    to_told, to_decision, to_treatment = within_life(left, *waits)
    delay = np.where(route == NO_CLOCK, 0, dip.delay(told))
    clock = (told - to_told - delay).astype(np.int32)
    seen, off = first_seen(random, clock, told)
    off = np.where((route == UPGRADE) | (route == NO_CLOCK), 0, off)
    start = (clock - off).astype(np.int32)
    before = np.where(route == UPGRADE, random.integers(3, 60, len(who)), 0)
    decided = told + to_decision
    pause = np.where(random.random(len(who)) < PAUSED, random.integers(3, 22, len(who)), 0)
    pause = np.minimum(pause, left - to_decision - to_treatment)
    treated = decided + to_treatment + pause
    stage = _stages(random, tumour)
    made = Pathways(
        who=who, route=route, suspected=_suspected(route, tumour), received=(start - before).astype(np.int32),
        start=start, seen=seen, adjustment=off, told=told, reason=np.full(len(who), CANCER),
        decided=decided.astype(np.int32), treated=treated.astype(np.int32), pause=pause, tumour=tumour, code=code,
        stage=stage,
        modality=_modalities(random, tumour), event=np.where(random.random(len(who)) < SPREAD, 12, 1),
        moved=_moved(random, told, treated), provider=np.zeros(len(who), dtype=np.int64),
        treater=np.zeros(len(who), dtype=np.int64), delay=delay, closed=treated.astype(np.int32),
    )  # fmt: skip
    made = _ended(random, people, made)
    return made.taken(made.start <= plan.last)


def _diagnoses(plan: Plan, people: People, health: Health, stay: Stay, random: np.random.Generator) -> Found:
    """Person, day, tumour group and position of the code of each cancer."""
    keys = [each.key for each in tumours()]
    parts: list[Found] = []
    for site, groups in SITES.items():
        onset = health.onset[site]
        there = (onset >= np.maximum(plan.first - EARLIER, people.start)) & (onset <= stay.last)
        who = np.flatnonzero(there & (stay.last >= stay.first))
        weights = np.array([groups.get(key, 0.0) for key in keys])
        tumour = drawn_from(random, np.broadcast_to(weights, (len(who), len(keys))))
        many = np.array([len(each.icd) for each in tumours()])[tumour]
        code = (
            np.full(len(who), CODE_OF[site]) if site in CODE_OF else np.floor(random.random(len(who)) * many)
        )
        parts.append((who, onset[who], tumour, code.astype(np.int64)))
    parts.append(_other_skin(people, stay, keys.index(SKIN), random))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return columns[0], columns[1].astype(np.int32), columns[2], columns[3]


def _other_skin(people: People, stay: Stay, tumour: int, random: np.random.Generator) -> Found:
    old = people.age(stay.middle) >= SKIN_FROM
    who = np.flatnonzero(old & (random.random(len(people)) < OTHER_SKIN_A_YEAR * stay.years))
    day = stay.first[who] + np.floor(random.random(len(who)) * (stay.last - stay.first + 1)[who])
    code = np.array(SKIN_CODES)[(random.random(len(who)) < 0.5).astype(np.int64)]
    return who, day.astype(np.int32), np.full(len(who), tumour), code


def _route_weights(tumour: Positions, age: Share, urgent: float) -> Share:
    """How likely each cancer came to be found on each route; screening only at its ages, and there the more often."""
    weights = np.array([each.routes for each in tumours()], dtype=np.float64)[tumour]
    weights[:, SCREENING] *= np.where((age >= 50) & (age < 75), 2.0, 0.0)
    weights[:, URGENT] *= urgent
    return weights


def _first_groups() -> tuple[tuple[int, int], ...]:
    return tuple((each.first, each.first_within) for each in tumours())


def _within_62(
    random: np.random.Generator, mix: Mix, route: Positions, tumour: Positions, day: Days, on_time: Flags
) -> Flags:
    """Who is treated within 62 days: nobody whose treatment starts late, so the more of the others who are not."""
    groups = tuple(
        (max(each.routes[way], 1), each.within[way])
        for each in tumours()
        for way in (URGENT, SCREENING, UPGRADE)
    )
    column = np.select([route == URGENT, route == SCREENING, route == UPGRADE], [0, 1, 2], 0)
    within = performance(TREATED, groups, mix.with_clock, tumour * 3 + column, day)
    starting = performance(FIRST, _first_groups(), mix.first, tumour, day)
    soon: Flags = on_time & (route != NO_CLOCK)
    soon[soon] = drawn_evenly(random, day[soon], np.minimum(within / starting, 1.0)[soon])
    return soon


def _suspected(route: Positions, tumour: Positions) -> Positions:
    """What had been suspected: the row of the table of the route and the tumour's referral type."""
    rows = {(each.route, each.referral_type): position for position, each in enumerate(suspected())}
    table = np.array([
        [rows.get((way, each.referral_type), rows[URGENT, each.referral_type]) for each in tumours()]
        for way in range(len(ROUTES))
    ])  # fmt: skip
    table[BREAST_SYMPTOMS, :] = rows[BREAST_SYMPTOMS, "16"]
    return np.asarray(table[route, tumour])


def _stages(random: np.random.Generator, tumour: Positions) -> Positions:
    """Stage 1 to 4; none for tumours that are not staged so, and for one in ten of the others."""
    weights = np.array([each.stages for each in tumours()], dtype=np.float64)[tumour]
    staged = (weights.sum(axis=1) > 0) & (random.random(len(tumour)) < 0.9)
    return np.where(staged, drawn_from(random, np.maximum(weights, 1e-9)) + 1, -1)


def _modalities(random: np.random.Generator, tumour: Positions) -> Positions:
    drawn = drawn_from(random, np.array([each.modalities for each in tumours()], dtype=np.float64)[tumour])
    return np.where(random.random(len(tumour)) < DECLINED, len(MODALITIES), drawn)


def _moved(random: np.random.Generator, told: Days, treated: Days) -> Days:
    """The day of the transfer to who treats, between being told and treatment; NEVER for most."""
    between = np.floor((treated - told) * random.uniform(0.1, 0.6, len(told)))
    return np.where(random.random(len(told)) < TO_OTHERS, told + between, NEVER).astype(np.int32)


def _ended(random: np.random.Generator, people: People, made: Pathways) -> Pathways:
    """Without treatment for those who have none, and those who die or leave soon."""
    gone = np.minimum(people.death, people.end)[made.who]
    untreated = (random.random(len(made)) < UNTREATED) | (gone - made.told < LEAST_LEFT)
    closed = np.where(untreated, np.minimum(gone, made.told + 14), made.treated)
    seen = np.where(made.seen > made.told, made.told, made.seen)
    return Pathways(**{
        **vars(made),
        "seen": seen.astype(np.int32),
        "decided": np.where(untreated, NEVER, made.decided).astype(np.int32),
        "treated": np.where(untreated, NEVER, made.treated).astype(np.int32),
        "moved": np.where(untreated, NEVER, made.moved).astype(np.int32),
        "closed": closed.astype(np.int32),
    })  # fmt: skip
