"""A dip in capacity that makes pathways longer, and the backlog of pathways over 62 days that rises and falls with it.

Pathways are drawn as they would be, and then finished later: in the dip a share of the work is not done, and queues;
afterwards a little more than usual is done, until the queue is gone. The same pathways with and without the delay give
the backlog that there was and the one that there would have been, week by week.
"""

from dataclasses import dataclass

import numpy as np

from stewardship.synthetic.lives import Days, Flags, Plan, Share, Whole
from stewardship.synthetic.truth import Planted, Realised

STARTS, LASTS = 0.2, 0.1  # as shares of the years told
LOST = 0.12  # share of the work that is not done in the dip
REGAINED = 0.09  # share by which more than usual is done afterwards
LIMIT = 62
SUNDAY = 3  # 4 January 1970 was a Sunday, day 3


@dataclass(frozen=True)
class Dip:
    """First day of the dip, the day it ends, and the day the queue is gone."""

    first: int
    last: int
    over: int

    @property
    def longest(self) -> float:
        """The longest delay, in days."""
        return LOST * (self.last - self.first)

    def delay(self, day: Days | Share) -> Whole:
        """By how many whole days work that is finished on a day is late."""
        knots = [self.first, self.last, self.over]
        return np.asarray(np.floor(np.interp(day, knots, [0.0, self.longest, 0.0])), dtype=np.int64)

    def finished(self, planned: Days | Share) -> Days:
        """The day on which work is finished that would be finished on the planned day."""
        knots = [self.first, self.last - self.longest, self.over]
        late = np.interp(planned, knots, [0.0, self.longest, 0.0])
        return np.floor(planned + late).astype(np.int32)


def dip_of(plan: Plan) -> Dip:
    """The dip in a plan's years."""
    length = plan.last - plan.first
    first = plan.first + round(STARTS * length)
    last = first + round(LASTS * length)
    return Dip(first, last, last + round(LOST * (last - first) / REGAINED))


def sundays(plan: Plan) -> Days:
    """The Sundays of the years told."""
    first = plan.first + (SUNDAY - plan.first) % 7
    return np.arange(first, plan.last + 1, 7, dtype=np.int32)


def weekly_over(plan: Plan, start: Days, closed: Days, counted: Flags) -> Whole:
    """Open pathways over 62 days at the end of each week. start: adjusted clock start; closed: NEVER while open."""
    weeks = sundays(plan)
    begins = np.searchsorted(weeks, start[counted].astype(np.int64) + LIMIT + 1)
    ends = np.searchsorted(weeks, closed[counted])
    change = np.zeros(len(weeks) + 1, dtype=np.int64)
    lasting = ends > begins
    np.add.at(change, begins[lasting], 1)
    np.add.at(change, ends[lasting], -1)
    return np.asarray(np.cumsum(change)[:-1], dtype=np.int64)


def planted(plan: Plan, dip: Dip, realised: Whole, without: Whole) -> Planted:
    """What was planted, with the backlog of a batch's pathways."""
    weeks = np.datetime_as_string(sundays(plan).astype("datetime64[D]")).tolist()
    dates = [str(np.datetime64(day, "D")) for day in (dip.first, dip.last, dip.over)]
    there: dict[str, Realised] = dict(zip(weeks, realised.tolist(), strict=True))
    otherwise: dict[str, Realised] = dict(zip(weeks, without.tolist(), strict=True))
    return Planted(
        key="cancer-backlog",
        words="A dip in capacity delays cancer pathways, and the backlog of pathways over 62 days rises and falls.",
        parameters={
            "capacity_lost": LOST, "capacity_regained": REGAINED, "dip_from": dates[0], "dip_to": dates[1],
            "queue_gone": dates[2], "longest_delay_days": round(dip.longest, 1),
        },
        where=[],
        who="everyone on a pathway of suspected cancer",
        when=f"from {dates[0]} to {dates[1]}; the queue is gone on {dates[2]}",
        realised={"over_62_days": there, "over_62_days_without_it": otherwise},
        check="Pathways with a ReferralType, non-specific symptoms (17) left out, open over 62 days on the Sunday of "
        "each week: from ConsultantUpgradeDate or else ReferralReceivedDate, plus FirstSeenAdjustmentDays, until "
        "TreatmentStartDate; or FasterDiagnosisEndDate where its reason is not 01; or, in the events, the MDT whose "
        "Detail is 'No treatment to follow'.",
    )  # fmt: skip
