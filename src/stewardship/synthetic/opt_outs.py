"""Who does not want their data to be used: the list that comes with the extracts."""

from datetime import date

import numpy as np
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, nhs_numbers
from stewardship.synthetic.lives import NEVER, People, Plan

# Share of residents. Source: NHS England, National Data Opt-out, 2024 (5.4%), and Type 1 opt-outs recorded in general
# practice (about 3%); objections to risk stratification: general knowledge.
SHARES = {"type 1": 0.030, "national": 0.054, "risk stratification objection": 0.004}
_BOTH = 0.35  # share of those with a type 1 opt-out who have a national one too
_FIRST = {
    "type 1": date(2013, 9, 1),
    "national": date(2018, 5, 25),
    "risk stratification objection": date(2014, 4, 1),
}
_UNDATED, _WITHDRAWN = 0.05, 0.04  # shares of the list


def opt_outs(plan: Plan, people: People) -> Extract:
    """The list for a batch: NHSNumber, kind, start and end."""
    rng = stream(plan.seed, people.batch, "opt-outs")
    chance = rng.random(len(people))
    both = rng.random(len(people)) < _BOTH
    first = chance < SHARES["type 1"]
    others = (SHARES["national"] - _BOTH * SHARES["type 1"]) / (1 - SHARES["type 1"])
    second = np.where(first, both, rng.random(len(people)) < others)
    third = rng.random(len(people)) < SHARES["risk stratification objection"]
    who = np.concatenate([np.flatnonzero(each) for each in (first, second, third)])
    kind = np.repeat(np.arange(3), [first.sum(), second.sum(), third.sum()])
    earliest = np.array([(day - date(1970, 1, 1)).days for day in _FIRST.values()])[kind]
    last = np.minimum(people.end, plan.last)[who]
    earliest = np.minimum(np.maximum(earliest, people.birth[who]), last)
    start = (earliest + rng.random(len(who)) ** 1.5 * (last - earliest)).astype(np.int32)
    end = (start + rng.random(len(who)) * (last - start)).astype(np.int32)
    table = pa.table(
        {
            "NHSNumber": nhs_numbers(people.number[who]),
            "kind": chosen(tuple(SHARES), kind),
            "start": days(start, rng.random(len(who)) < _UNDATED),
            "end": days(np.where(rng.random(len(who)) < _WITHDRAWN, end, NEVER).astype(np.int32)),
        }
    )
    return Extract("opt-outs", f"opt-outs-{plan.last_day}", None, table)
