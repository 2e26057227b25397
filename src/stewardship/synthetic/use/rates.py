"""How many contacts of each stream are expected of each person in each stretch of time.

The relative rate follows age, sex, conditions, frailty, deprivation and the nearness of death. Its scale is such that
the people of reference have as many a person-year as is published: what is expected of them, not what was drawn. So the
figures of a made system differ from the published ones by chance alone, whatever the relative rates are.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stewardship.synthetic.care.assessments import DEFICITS_A_YEAR
from stewardship.synthetic.chance import stream as chance
from stewardship.synthetic.lives import NEVER, Days, Flags, Health, People, Plan, Share, Small
from stewardship.synthetic.places import Places
from stewardship.synthetic.under_served import is_under_served
from stewardship.synthetic.use.conditions import since
from stewardship.synthetic.use.lists import (
    AGES,
    Table,
    conditions,
    log_rate_by_age,
    log_rate_by_condition,
    position,
    streams,
)
from stewardship.synthetic.use.regular import KIND as REGULAR
from stewardship.synthetic.use.regular import programme_of, sessions_expected, sessions_of
from stewardship.synthetic.use.times import (
    YEAR,
    Calendar,
    Happened,
    Positions,
    Stretches,
    happened,
    stretches_of,
)

KNOWN_BY = ("moderate_frailty", "severe_frailty")
MODERATE_FRAILTY = 9  # deficits of 36 from which frailty is moderate or severe
UNDER_SERVED_SHARE = 0.6  # of the planned care that others with the same need get
AGAIN = 0.09  # emergency admissions that are followed by another one within four weeks because of it
BY_DEPARTMENT = 0.72  # emergency admissions that come through an emergency department
MOST_OF_ALL = 0.95  # of all contacts, by people known to have frailty
IN_HOSPITAL = 0.43  # of deaths; ONS deaths by place, 2023
IN_DEPARTMENT = 0.06  # of those, in an emergency department before any admission (general knowledge)
ADULT = 18
_HARDLY, _MOST = -2.5, 3.0  # frailty beyond these changes use no further


@dataclass(frozen=True)
class Scales:
    """What makes relative rates real ones.

    by_stream: stream by 2, others and those known to have frailty: contacts a year of one whose relative rate is 1.
    frail_share: of person-years, those lived with frailty. frail_admissions: emergency admissions in a year of these.
    """

    by_stream: Share
    frail_share: float
    frail_admissions: float


@dataclass(frozen=True)
class Expected:
    """The people of a batch, their time, and how many contacts a year each has: stream by person by stretch.

    programme: of treatment in hospital again and again, as `regular.programme_of` has it.
    """

    plan: Plan
    places: Places
    people: People
    health: Health
    stretches: Stretches
    yearly: Table
    programme: Positions

    def of(self, stream: str) -> tuple[npt.NDArray[np.float64], Calendar]:
        """Contacts expected in each stretch, and the days they fall on."""
        calendar = Calendar(self.plan, streams()[position(stream)])
        return self.yearly[position(stream)] * calendar.years(self.stretches), calendar

    def drawn(self, rng: np.random.Generator, stream: str) -> Happened:
        """Contacts of a stream."""
        rates, calendar = self.of(stream)
        return happened(rng, rates, self.stretches, calendar)

    @property
    def frail(self) -> Flags:
        """Who has moderate or severe frailty on the last day."""
        return is_frail(self.health)

    @property
    def under_served(self) -> Flags:
        """Who gets less planned care than others with the same need."""
        return is_under_served(self.people)


def is_known(health: Health) -> Flags:
    """Who has moderate or severe frailty on record by the last day.

    The figures that are published of people with frailty are taken to be about them: if they were about everybody with
    that many deficits, of whom there are three times as many, no community contact would be left for anybody else.
    """
    return np.asarray(np.any([health.onset[condition] < NEVER for condition in KNOWN_BY], axis=0))


def is_frail(health: Health) -> Flags:
    """Who has moderate or severe frailty by the electronic frailty index on the last day, or is known for it."""
    return np.asarray((health.deficits >= MODERATE_FRAILTY) | is_known(health))


def deficits_on(plan: Plan, health: Health, day: int) -> Small:
    """How many deficits each person has on a day before the last, as the index sent of that day would say."""
    earlier = (plan.last - day) / YEAR * DEFICITS_A_YEAR
    return np.asarray(np.maximum(np.rint(health.deficits - earlier), 0), dtype=np.int16)


def is_frail_on(plan: Plan, health: Health, day: int) -> Flags:
    """Who has moderate or severe frailty by the index on a day before the last, or is known for it by then."""
    return is_frail_then(plan, health, np.arange(len(health.deficits), dtype=np.int32), np.int32(day))


def is_frail_then(plan: Plan, health: Health, who: Positions, day: Days | Share | np.int32) -> Flags:
    """The same of some people, each on a day of their own. Whoever has frailty has it on all later days."""
    known = np.any([health.onset[condition][who] <= day for condition in KNOWN_BY], axis=0)
    index = np.rint(health.deficits[who] - (plan.last - day) / YEAR * DEFICITS_A_YEAR)
    return np.asarray((index >= MODERATE_FRAILTY) | known)


def frail_stretches(plan: Plan, health: Health, stretches: Stretches) -> Flags:
    """Who has frailty in the middle of which stretch: an array of people and stretches."""
    who = np.arange(len(health.deficits), dtype=np.int32)[:, None]
    return is_frail_then(plan, health, who, stretches.middle)


def expected_of(plan: Plan, places: Places, people: People, health: Health, scales: Scales) -> Expected:
    """What is expected of the people of a batch."""
    stretches = stretches_of(plan, people)
    yearly = relative_rates(people, health, stretches)
    programme = programme_of(plan, people, health, stretches)
    yearly[position(REGULAR)] = sessions_of(people, health, stretches, programme)
    known = is_known(health)
    for stream, scale in enumerate(scales.by_stream.astype(np.float32)):
        yearly[stream] *= np.where(known, scale[1], scale[0])[:, None]
    return Expected(plan, places, people, health, stretches, yearly, programme)


def relative_rates(people: People, health: Health, stretches: Stretches) -> Table:
    """Relative rates: stream by person by stretch; those of regular attenders follow from programmes instead."""
    middle = stretches.middle
    persons, parts = middle.shape
    needs = [since(health, condition)[:, None] <= middle for condition in conditions()]
    needs.append(np.repeat(np.clip(people.frailty, _HARDLY, _MOST)[:, None], parts, axis=1))
    of_needs, of_rest = _of_traits()
    logarithm = of_needs @ np.stack([np.asarray(need, dtype=np.float32).ravel() for need in needs])
    ceiling = np.log([[stream.most] for stream in streams()]).astype(np.float32)
    np.minimum(logarithm, ceiling * -np.expm1(-np.maximum(logarithm, 0) / ceiling), out=logarithm)
    poverty = np.repeat((3 - people.fifth[:, None]) / 4, parts, axis=1)
    dying = np.broadcast_to(np.arange(parts) == parts - 1, middle.shape)
    logarithm += of_rest @ np.stack([poverty.ravel(), dying.ravel()]).astype(np.float32)
    age = np.clip((middle - people.birth[:, None]) / 365.25, 0, AGES - 1).astype(np.int16)
    sex = np.repeat(people.female.astype(np.int8)[:, None], parts, axis=1)
    for stream, curve in enumerate(log_rate_by_age()):
        logarithm[stream] += curve[sex, age].ravel()
    return np.exp(logarithm, out=logarithm).reshape(len(streams()), persons, parts)


def scales_of(plan: Plan, reference: Iterable[tuple[People, Health]]) -> Scales:
    """The scales for a plan, from batches of people of reference with their health.

    ValueError without people: there is nothing to go by.
    """
    sums = _Sums()
    for people, health in reference:
        sums.add(plan, people, health)
    if not sums.years.all():
        raise ValueError("Rates need people of reference, some with frailty and some without.")
    by_stream = _scaled(sums)
    of_frail = sums.frail_admissions @ by_stream[position("emergency")] * (1 + AGAIN) + sums.frail_last_stays
    return Scales(
        by_stream,
        sums.frail_years / sums.years.sum(),
        float(of_frail / sums.frail_years),
    )


class _Sums:
    """What is added up of the people of reference: of others, and of those known to have frailty."""

    def __init__(self) -> None:
        self.years, self.adults, self.last_stays = np.zeros(2), np.zeros(2), np.zeros(2)
        self.relative = np.zeros((len(streams()), 2))
        self.frail_admissions = np.zeros(2)
        self.frail_years, self.frail_last_stays = 0.0, 0

    def add(self, plan: Plan, people: People, health: Health) -> None:
        """Add a batch."""
        stretches = stretches_of(plan, people)
        group, frail = is_known(health).astype(np.int8), frail_stretches(plan, health, stretches)
        relative = relative_rates(people, health, stretches)
        relative[position(REGULAR)] = sessions_expected(people, health, stretches)
        served = np.where(is_under_served(people), UNDER_SERVED_SHARE, 1.0)
        for number, stream in enumerate(streams()):
            weighted = (relative[number] * Calendar(plan, stream).years(stretches)).sum(axis=1)
            self.relative[number] += np.bincount(group, weighted * served if stream.planned else weighted, 2)
            if stream.key == "emergency":
                of_frail = (relative[number] * Calendar(plan, stream).years(stretches) * frail).sum(axis=1)
                self.frail_admissions += np.bincount(group, of_frail, 2)
        years = stretches.years
        old = stretches.middle - people.birth[:, None] >= ADULT * 365.25
        last_stays = dies_in_a_stay(plan, people)
        self.years += np.bincount(group, years.sum(axis=1), 2)
        self.adults += np.bincount(group, (years * old).sum(axis=1), 2)
        self.last_stays += np.bincount(group, last_stays, 2)
        self.frail_years += float(years[frail].sum())
        dying = np.flatnonzero(last_stays).astype(np.int32)
        self.frail_last_stays += int(is_frail_then(plan, health, dying, people.death[dying]).sum())


def is_born(plan: Plan, people: People) -> Flags:
    """Who is born within the years told, and within the system."""
    return np.asarray(
        (people.birth >= plan.first) & (people.birth <= plan.last) & (people.start <= people.birth)
    )


def dies_in_hospital(plan: Plan, people: People) -> Flags:
    """Who of those who die within the years told dies in hospital, in a stay or in an emergency department."""
    return _dies(plan, people, np.full(len(people), IN_HOSPITAL))


def dies_in_department(plan: Plan, people: People) -> Flags:
    """Who of them dies in an emergency department, where they were brought on that day: nobody newly born."""
    born_before = people.birth < people.death
    return _dies(plan, people, np.where(born_before, IN_HOSPITAL * IN_DEPARTMENT, 0.0))


def dies_in_a_stay(plan: Plan, people: People) -> Flags:
    """Who of them dies at the end of a last stay."""
    return dies_in_hospital(plan, people) & ~dies_in_department(plan, people)


def _dies(plan: Plan, people: People, share: Share) -> Flags:
    drawn = chance(plan.seed, people.batch, "deaths in hospital").random(len(people))
    return np.asarray((people.death <= plan.last) & (people.death > plan.first) & (drawn < share))


def _scaled(sums: _Sums) -> Share:
    """Contacts of all, and of people with frailty, over what is relative."""
    found = np.empty_like(sums.relative)
    for number, stream in enumerate(streams()):
        at_risk = sums.adults if stream.of == "adults" else sums.years
        emergency = stream.key == "emergency"
        once = 1 / (1 + AGAIN) if emergency else 1.0
        total = (stream.per_year * at_risk.sum() - sums.last_stays.sum() * emergency) * once
        found[number] = total / sums.relative[number].sum()
        if stream.per_frail_year is not None:
            of_frail = (stream.per_frail_year * at_risk[1] - sums.last_stays[1] * emergency) * once
            if of_frail > MOST_OF_ALL * total:
                raise ValueError(
                    f"There are so many people with frailty that they alone have all {stream.key} contacts."
                )
            found[number] = (total - of_frail) / sums.relative[number, 0], of_frail / sums.relative[number, 1]
    return found


def _of_traits() -> tuple[Table, Table]:
    """Logarithm of how much more often contacts happen, stream by trait: needs; poverty and dying."""
    frailty = np.array([[stream.frailty] for stream in streams()])
    rest = [(np.log(stream.most_over_least), np.log(stream.near_death)) for stream in streams()]
    needs = np.concatenate([log_rate_by_condition(conditions()), frailty], axis=1)
    return needs.astype(np.float32), np.array(rest, dtype=np.float32)
