"""Treatments that follow the first: each has a decision and a start of its own, and a 31-day clock only."""

import numpy as np

from stewardship.synthetic.cancer.pathway import Pathways
from stewardship.synthetic.cancer.published import (
    MODALITIES,
    NO_CLOCK,
    SUBSEQUENT,
    performance,
    published_months,
)
from stewardship.synthetic.cancer.waits import LEAST_LEFT, drawn_evenly, drawn_from, started_after
from stewardship.synthetic.lives import NEVER, People, Plan

AFTER_EACH = (
    1.1  # later treatments of who had a first one and lives: 7,670 beside 9,651 in the published months
)
BETWEEN = (14, 330)  # days from the first treatment to the decision on a later one
WEIGHTS = (23.5, 30.0, 7.0, 4.0, 33.0, 1.5, 0.0, 1.0)  # of MODALITIES; by group as in the published months
SECOND, RECURRENCES = 2, (3, 4, 5)  # event types: subsequent, and local, regional and distant recurrence
RECURRENT = 0.1


def treatments(plan: Plan, people: People, first: Pathways, random: np.random.Generator) -> Pathways:
    """Later treatments, as pathways without a referral. first: pathways as known on the last day."""
    having = np.flatnonzero(first.treated < NEVER)
    of = np.repeat(having, random.poisson(AFTER_EACH, len(having)))
    decided = first.treated[of] + random.integers(*BETWEEN, len(of))
    total = np.array([month[1:] for month in published_months(SUBSEQUENT)]).sum(axis=0)
    groups = ((int(total[0]), int(total[1])),)
    within = performance(SUBSEQUENT, groups, (1.0,), np.zeros(len(of), dtype=np.int64), decided + 20)
    pause = np.where(random.random(len(of)) < 0.05, random.integers(3, 22, len(of)), 0)
    left = np.minimum(people.death, people.end)[first.who[of]] - decided
    waited = np.minimum(started_after(random, drawn_evenly(random, decided, within)), left)
    treated = decided + np.minimum(waited + pause, left)
    recurrence = np.array(RECURRENCES)[random.integers(0, len(RECURRENCES), len(of))]
    none, never = np.full(len(of), -1), np.full(len(of), NEVER, dtype=np.int32)
    modality = drawn_from(random, np.broadcast_to(WEIGHTS, (len(of), len(MODALITIES))))
    made = Pathways(
        who=first.who[of], route=np.full(len(of), NO_CLOCK), suspected=none, received=never, start=never, seen=never,
        adjustment=np.zeros(len(of), dtype=np.int64), told=never, reason=np.zeros(len(of), dtype=np.int64),
        decided=decided.astype(np.int32), treated=np.where(treated > plan.last, NEVER, treated).astype(np.int32),
        pause=np.minimum(pause, left - waited).clip(0), tumour=first.tumour[of], code=first.code[of], stage=none,
        modality=modality,
        event=np.where(random.random(len(of)) < RECURRENT, recurrence, SECOND), moved=never,
        provider=first.treater[of], treater=first.treater[of], delay=np.zeros(len(of), dtype=np.int64), closed=never,
    )  # fmt: skip
    return made.taken((decided <= plan.last) & (left >= LEAST_LEFT) & (treated >= plan.first))
