"""What happened on pathways, by the milestones of timed pathways."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from stewardship.synthetic.cancer.pathway import Pathways
from stewardship.synthetic.cancer.published import NO_CLOCK, suspected
from stewardship.synthetic.cancer.referrals import CANCER, RULED_OUT, SCAN
from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import chosen, days, identifiers, nhs_numbers, numbers
from stewardship.synthetic.lives import NEVER, Days, Flags, People, Plan, Share

MILESTONES = (
    "REF", "TRI", "FSEEN", "TEST1", "BX", "MDT", "STAGE", "RULEOUT", "TOLD", "IPT", "DTT", "FDT",
)  # fmt: skip
BIOPSIED_WITHOUT_CANCER, BIOPSIED_WITH = 0.14, 0.86
UNTREATED = "No treatment to follow"
"""Detail of the team meeting on the day a pathway with cancer is closed without treatment, which has no code."""
_CLOSED = "closed"


def events(plan: Plan, people: People, made: Pathways, providers: Sequence[str]) -> tuple[Days, pa.Table]:
    """The day each event is sent by, and the events, by pathway and in their order. made: as known on the last day."""
    random = stream(plan.seed, people.batch, "cancer events")
    found = milestone_days(random, plan, made)
    pathway, order, day = _listed(plan, [found[milestone] for milestone in (*MILESTONES, _CLOSED)])
    by_treater = np.isin(order, [MILESTONES.index(milestone) for milestone in ("DTT", "FDT")])
    provider = np.where(
        by_treater & (made.moved[pathway] < NEVER), made.treater[pathway], made.provider[pathway]
    )
    details = [*(each.test for each in suspected()), UNTREATED]
    tested = np.isin(order, [MILESTONES.index("TEST1")]) & (made.suspected[pathway] >= 0)
    closing = order == len(MILESTONES)
    detail = np.where(tested, made.suspected[pathway], np.where(closing, len(details) - 1, -1))
    ids = identifiers(people.batch, len(made)).to_numpy()
    rows = pa.table({
        "PathwayEventID": identifiers(people.batch, len(pathway)),
        "PathwayID": numbers(ids[pathway]),
        "NHSNumber": chosen(nhs_numbers(people.number), made.who[pathway]),
        "EventType": chosen(MILESTONES, np.where(closing, MILESTONES.index("MDT"), order)),
        "EventDate": days(day),
        "Provider": chosen(providers, provider),
        "Detail": chosen(details, detail),
    })  # fmt: skip
    return np.maximum(day, plan.first).astype(np.int32), rows


def milestone_days(random: np.random.Generator, plan: Plan, made: Pathways) -> dict[str, Days | Share]:
    """The day of each milestone of each pathway; NEVER where it does not come."""
    many = len(made)
    cancer = made.reason == CANCER
    told = np.where(made.told < NEVER, made.told, plan.last + 60)
    ready = made.start + made.adjustment
    seen = np.where(made.seen < NEVER, made.seen, told)
    part = random.random((4, many))
    tested = np.floor(seen + part[0] * 0.6 * (told - seen))
    biopsied = np.floor(tested + part[1] * 0.5 * (told - tested))
    discussed = np.floor(told - part[2] * 0.3 * (told - biopsied))
    staged = np.floor(told + part[3] * 0.6 * (np.where(made.decided < NEVER, made.decided, told + 14) - told))
    biopsy = random.random(many) < np.where(cancer, BIOPSIED_WITH, BIOPSIED_WITHOUT_CANCER)
    clear: Flags = (made.reason == RULED_OUT) | (made.reason == SCAN)
    with_clock = made.route != NO_CLOCK
    found: dict[str, Days | Share] = {
        "REF": made.received,
        "TRI": _if(with_clock, np.minimum(ready + np.floor(part[0] * 4), seen)),
        "FSEEN": made.seen,
        "TEST1": tested,
        "BX": _if(biopsy, biopsied),
        "MDT": _if(cancer, discussed),
        "STAGE": _if(cancer & (made.stage > 0), staged),
        "RULEOUT": _if(clear, told),
        "TOLD": _if(cancer, told),
        "IPT": made.moved,
        "DTT": made.decided,
        "FDT": made.treated,
        _CLOSED: _if(cancer & (made.treated == NEVER), made.closed),
    }
    return found


def _if(flags: Flags, day: Days | Share) -> Share:
    return np.where(flags, day, NEVER)


def _listed(plan: Plan, days_of: Sequence[Days | Share]) -> tuple[Days, Days, Days]:
    """Pathway, milestone and day of what has happened by the last day, pathway by pathway in order of days."""
    table = np.stack([np.asarray(day, dtype=np.int32) for day in days_of], axis=1)
    pathway, order = np.nonzero(table <= plan.last)
    day = table[pathway, order]
    position = np.lexsort((order, day, pathway))
    return pathway[position].astype(np.int32), order[position].astype(np.int32), day[position]
