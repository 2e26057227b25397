"""Who is seen when: each occasion of the tables, for all residents of a batch at once."""

from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

import numpy as np

from stewardship.synthetic.care.kinds import Occasion
from stewardship.synthetic.care.stays import YEAR, Numbers, Positions, Stay, since_any
from stewardship.synthetic.lives import Days, Flags, Health, People, Plan, Share

EPOCH = date(1970, 1, 1)
UNSTEADY = 7  # days that a yearly occasion may be before or after its time
SEASONS = {"flu": ((9, 12), 100), "spring": ((4, 2), 85)}  # first day of a season and its length in days


@dataclass(frozen=True)
class Seen:
    """People by position, and the days they were seen."""

    who: Positions
    day: Days

    def where(self, kept: Flags) -> "Seen":
        """Those that are kept."""
        return Seen(self.who[kept], self.day[kept])


def seen_on(
    occasion: Occasion, random: np.random.Generator, plan: Plan, people: People, health: Health, stay: Stay
) -> Seen:
    """Everyone who took part on an occasion, each time."""
    since = people.birth + occasion.ages[0] * YEAR
    if occasion.who:
        since = np.maximum(since, since_any(health, occasion.who))
    until = np.minimum(stay.last, people.birth + (occasion.ages[1] + 1) * YEAR)
    from_record = occasion.once == "aged" or occasion.once == "record"
    low = np.maximum(plan.first, people.birth) if from_record else stay.first
    eligible = (since <= until) & (stay.last >= stay.first)
    if occasion.sex:
        eligible &= people.female == (occasion.sex == "F")
    who = np.flatnonzero(eligible)
    due = _due(occasion, random, plan, since[who], np.asarray(low[who], dtype=np.float64))
    part = _taking_part(random, occasion, people.fifth[who], len(due))
    kept = part & (due >= np.maximum(low[who], since[who])) & (due <= until[who])
    time, position = np.nonzero(kept)
    return Seen(who[position], due[time, position].astype(np.int32))


def _due(occasion: Occasion, random: np.random.Generator, plan: Plan, since: Numbers, low: Share) -> Numbers:
    """The days each person is due: rows are times."""
    many = len(since)
    if occasion.season:
        first, length = SEASONS[occasion.season]
        years = range(EPOCH.year + int(plan.first / YEAR) - 1, EPOCH.year + int(plan.last / YEAR) + 1)
        starts = [(date(year, *first) - EPOCH).days for year in years]
        return np.array(starts)[:, None] + np.floor(random.beta(1.3, 3.0, (len(starts), many)) * length)
    if occasion.once in ("since", "aged"):
        return np.floor(since + random.random(many) * (330 if occasion.who else 120))[None, :]
    step = occasion.every * YEAR
    soon = 90.0 if occasion.once == "record" else step
    first_due = np.where(since >= low, since + random.random(many) * soon, low + random.random(many) * step)
    times = np.arange(int((plan.last - plan.first) / step) + 2)
    apart = 0 if occasion.once == "record" else random.integers(-UNSTEADY, UNSTEADY + 1, (len(times), many))
    return np.asarray(np.floor(first_due + step * times[:, None] + apart))


def _taking_part(random: np.random.Generator, occasion: Occasion, fifth: Positions, times: int) -> Flags:
    """Whether each person (columns) takes part each time (rows): the chance rises with less deprivation."""
    chances = np.clip(occasion.chance + occasion.a_fifth * (np.arange(1, 6) - 3), 0.01, 0.99)
    limit = np.array([NormalDist().inv_cdf(chance) for chance in chances])[fifth - 1]
    own = random.standard_normal(len(fifth), dtype=np.float32)
    if occasion.steady == 1:
        return np.broadcast_to(own < limit, (times, len(fifth)))
    each = random.standard_normal((times, len(fifth)), dtype=np.float32)
    return np.asarray(occasion.steady * own + np.sqrt(1 - occasion.steady**2) * each < limit)
