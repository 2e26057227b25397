"""The people of one batch: residents of the last day, and those who left or died within the years.

A batch is a sample of the whole system. Its residents have the published ages, sexes, ethnic groups and deprivation on
the last day; who left is drawn beside them; and who died is drawn beside the ones who did not, from the same years.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cache

import numpy as np

from stewardship.synthetic.chance import stream
from stewardship.synthetic.dying import deaths_beside
from stewardship.synthetic.homes import ethnicities, homes_of, practices_of
from stewardship.synthetic.households import live_together
from stewardship.synthetic.lives import NEVER, Days, Flags, People, Plan, Share, Small, Whole
from stewardship.synthetic.places import Places, fifth_shares
from stewardship.synthetic.tables import published

RESIDENTS_OF_A_BATCH = 20_000
NUMBERS_OF_A_BATCH = 50_000  # numbers of people, and of households, that are kept for each batch
YEAR = 365.25

# Share of people of an age who move into the system in a year; about 4.5% in all. Out of it move seven eighths as many.
# Source: general knowledge of ONS internal migration and GP list turnover: highest at 18 to 34.
_MOVING = ((0, 0.045), (18, 0.075), (25, 0.085), (35, 0.05), (50, 0.025), (65, 0.014), (80, 0.018))
_OUT_FOR_IN = 0.87
_OLDEST_AGES = 0.80 ** np.arange(15)  # of people over 90, how many are of each year of age
_CARE_HOME_FRAILTY = 1.6  # standard deviations by which people in care homes are frailer than others
_OLD = 65


@dataclass(frozen=True)
class Drawn:
    """Ages and sexes drawn for some people. locality: position; days: lived by the last day they are here."""

    locality: Small
    days: Days
    female: Flags


def batches_of(plan: Plan) -> int:
    """How many batches a plan has."""
    return max(1, -(-plan.residents // RESIDENTS_OF_A_BATCH))


def residents_of_batch(plan: Plan, batch: int) -> int:
    """How many of the residents are in a batch; over all batches exactly as many as are asked for."""
    many, more = divmod(plan.residents, batches_of(plan))
    return many + (batch < more)


def people_of(plan: Plan, places: Places, batch: int) -> People:
    """Everybody of a batch: residents, then leavers, then the dead; the same whenever it is made."""
    rng = stream(plan.seed, batch, "population")
    many = residents_of_batch(plan, batch)
    staying = _drawn(rng, _cells(), many)
    leaving = _drawn(rng, _leaving_cells(), round(many * _yearly_leaving() * plan.years))
    residents = _settled(rng, places, batch, staying, lambda homes: np.full(homes, plan.last, dtype=np.int32))
    leavers = _settled(rng, places, batch, leaving, lambda homes: _days_within(rng, plan, homes))
    apart = int(residents.household.max(initial=-1)) + 1
    living = _joined(
        replace(residents, end=np.full(many, NEVER, dtype=np.int32)),
        replace(leavers, household=leavers.household + apart),
    )
    dead = deaths_beside(stream(plan.seed, batch, "deaths"), plan, places, living)
    everybody = _joined(living, dead)
    first = batch * NUMBERS_OF_A_BATCH + 1
    return replace(
        everybody,
        number=first + np.arange(len(everybody)),
        household=first + everybody.household,
    )


@cache
def _cells() -> Share:
    """People by locality, sex (1 women) and year of age 0 to 104, as shares of all."""
    rows = published("age_structure")
    starts = sorted({int(row["youngest"]) for row in rows})
    found = np.zeros((5, 2, 105))
    for row in rows:
        youngest, sex = int(row["youngest"]), int(row["sex"] == "F")
        later = [start for start in starts if start > youngest]
        spread = np.ones(later[0] - youngest) if later else _OLDEST_AGES
        for locality in range(5):
            people = float(row[f"locality_{locality + 1}"])
            found[locality, sex, youngest : youngest + len(spread)] = people * spread / spread.sum()
    return np.asarray(found / found.sum())


@cache
def population_shares() -> Share:
    """Residents by sex (1 women), deprivation fifth and year of age 0 to 110, as shares of all.

    Ages by fifth are those of the census where it gives them; within its bands every fifth has the same ages.
    """
    by_age = np.pad(_cells().sum(axis=0), ((0, 0), (0, 6)))
    bands = published("ages_by_fifth")
    youngest = np.array([int(row["youngest"]) for row in bands])
    of_fifth = np.array([[float(row[f"fifth_{fifth}"]) for row in bands] for fifth in range(1, 6)])
    joint = of_fifth * fifth_shares()[:, None]
    given_age = joint / joint.sum(axis=0)
    band = np.searchsorted(youngest, np.arange(by_age.shape[1]), side="right") - 1
    return np.asarray(by_age[:, None, :] * given_age[None, :, band])


def moving_share(age: Share) -> Share:
    """Share of people of an age in years who move into the system in a year."""
    youngest, share = zip(*_MOVING, strict=True)
    return np.array(share)[np.searchsorted(youngest, np.clip(age, 0, None), side="right") - 1]


@cache
def _leaving_cells() -> Share:
    weighted = _cells() * moving_share(np.arange(105, dtype=np.float64))
    return np.asarray(weighted / weighted.sum())


@cache
def _yearly_leaving() -> float:
    return float((_cells() * moving_share(np.arange(105, dtype=np.float64))).sum()) * _OUT_FOR_IN


def _drawn(rng: np.random.Generator, cells: Share, many: int) -> Drawn:
    """So many people, as evenly over the cells as whole people can be."""
    upto = np.floor(np.cumsum(cells.ravel()) * many + rng.random())
    counts = np.diff(upto, prepend=0).astype(np.int64)
    counts[np.argmax(counts)] += many - counts.sum()  # shares add up to one but for rounding
    locality, sex, age = (np.repeat(index.ravel(), counts) for index in np.indices(cells.shape))
    within = np.floor(rng.random(many) * 365).astype(np.int32)
    days = np.ceil(age * YEAR).astype(np.int32) + within
    return Drawn(locality.astype(np.int16), days, sex == 1)


def _settled(
    rng: np.random.Generator, places: Places, batch: int, drawn: Drawn, last: Callable[[int], Days]
) -> People:
    """The drawn people in households and homes, with the days they came and went; without their numbers.

    last: the last days that are asked of it for so many households.
    """
    age = drawn.days / YEAR
    household, care_home = _at_home(rng, drawn)
    households = int(household.max(initial=-1)) + 1
    homes = homes_of(rng, places, household, households, drawn.locality, age)
    end = last(households)[household]
    stay = rng.exponential(1.0, households) / moving_share(homes.head_age) * YEAR
    frailty = _frailty(rng, age, drawn.female, care_home)
    area = homes.area[household]
    return People(
        batch=batch,
        number=np.zeros(len(age), dtype=np.int64),
        household=household,
        birth=(end - drawn.days).astype(np.int32),
        female=drawn.female,
        ethnicity=ethnicities(rng, places, homes, household, drawn.locality),
        area=area,
        fifth=places.areas.fifth[area],
        practice=practices_of(rng, places, homes, household),
        start=np.maximum(end - drawn.days, end - stay[household]).astype(np.int32),
        end=end,
        death=np.full(len(age), NEVER, dtype=np.int32),
        care_home=care_home,
        frailty=frailty,
    )


def _days_within(rng: np.random.Generator, plan: Plan, many: int) -> Days:
    """Days of the years told, each as likely."""
    return np.asarray(
        plan.first + (rng.random(many) * (plan.last - plan.first)).astype(np.int32), dtype=np.int32
    )


def _at_home(rng: np.random.Generator, drawn: Drawn) -> tuple[Whole, Flags]:
    """The household of each person, 0 and up, and whether it is a care home."""
    household, care_home = np.empty(len(drawn.days), dtype=np.int64), np.zeros(len(drawn.days), dtype=bool)
    before = 0
    for locality in np.unique(drawn.locality):
        own = np.flatnonzero(drawn.locality == locality)
        lived = live_together(rng, drawn.days[own] / YEAR, drawn.female[own])
        household[own], care_home[own] = lived.household + before, lived.care_home
        before += lived.many
    return household, care_home


def _frailty(rng: np.random.Generator, age: Share, female: Flags, care_home: Flags) -> Share:
    """Standard normal in every group of sex and five years of age; within it people in care homes are frailer."""
    frailty = rng.standard_normal(len(age))
    old = np.flatnonzero(age >= _OLD)
    group = (np.minimum(age[old], 94) // 5).astype(np.int64) * 2 + female[old]
    ordered = np.lexsort((frailty[old], group))
    moved = np.lexsort((frailty[old] + _CARE_HOME_FRAILTY * care_home[old], group))
    frailty[old[moved]] = frailty[old[ordered]]
    return frailty


def _joined(one: People, other: People) -> People:
    joined = {
        field.name: np.concatenate([getattr(one, field.name), getattr(other, field.name)])
        for field in fields(People)
        if field.name != "batch"
    }
    return People(batch=one.batch, **joined)
