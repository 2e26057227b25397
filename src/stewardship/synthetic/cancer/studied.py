"""Pathways of suspected cancer by themselves, for studies over many seeds: the days of their steps, and no files.

They come from the same draws as the files: the same people, pathways, tests and dip in capacity. What nobody needs for
them is not made, so that 20,000 residents take a fifth of a second.
"""

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np

from stewardship.synthetic.batches import REFERENCE_BATCHES, REFERENCE_SEED
from stewardship.synthetic.cancer.backlog import Dip, dip_of
from stewardship.synthetic.cancer.events import milestone_days
from stewardship.synthetic.cancer.pathways import (
    CancerRates,
    as_known,
    cancer_rates,
    in_headline,
    pathways_of,
)
from stewardship.synthetic.care.stays import stay_of
from stewardship.synthetic.chance import stream
from stewardship.synthetic.health.of_people import health_of
from stewardship.synthetic.lives import NEVER, Days, Health, People, Plan
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import RESIDENTS_OF_A_BATCH, batches_of, people_of

PROVIDERS = 3


@dataclass(frozen=True)
class Studied:
    """One entry a pathway of the headline count, days since 1970; NEVER where it has not come by the plan's last day.

    started: clock start, with days for a first visit missed. tested: first test. told: that it is cancer. ended:
    treated, ruled out, or closed for another reason.
    """

    started: Days
    tested: Days
    told: Days
    ended: Days


def studied(plan: Plan, dip: Dip | None = None) -> Studied:
    """The pathways of a plan. dip: another dip in capacity than the plan's own."""
    dip = dip or dip_of(plan)
    rates = _rates(plan)
    parts = [_studied(plan, *_lives(plan, batch), rates, dip) for batch in range(batches_of(plan))]
    return Studied(
        *(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Studied))
    )


def _studied(plan: Plan, people: People, health: Health, rates: CancerRates, dip: Dip) -> Studied:
    made = pathways_of(plan, people, health, stay_of(plan, people), rates, dip, PROVIDERS)
    made = as_known(plan, made.taken(made.closed >= plan.first))
    found = milestone_days(stream(plan.seed, people.batch, "cancer events"), plan, made)
    counted = in_headline(made)
    days = (made.start + made.adjustment, found["TEST1"], found["TOLD"], made.closed)
    return Studied(*(_until(plan, np.asarray(day))[counted] for day in days))


def _until(plan: Plan, day: np.ndarray[tuple[int], np.dtype[np.number]]) -> Days:
    return np.where(day > plan.last, NEVER, day).astype(np.int32)


def _rates(plan: Plan) -> CancerRates:
    """Those of the files: worked out of people of reference, the same whatever the residents and the seed."""
    return _rates_of(plan.years, plan.last)


@lru_cache(maxsize=4)
def _rates_of(years: int, last: int) -> CancerRates:
    residents = RESIDENTS_OF_A_BATCH * REFERENCE_BATCHES
    last_day = np.datetime64(last, "D").astype(object)
    reference = Plan(residents, years, REFERENCE_SEED, last_day)
    return cancer_rates(reference, [_lives(reference, batch) for batch in range(REFERENCE_BATCHES)])


def _lives(plan: Plan, batch: int) -> tuple[People, Health]:
    people = people_of(plan, places_of(plan), batch)
    return people, health_of(plan, people)
