"""Contacts that come in years of each person's own: who needs a service for a year begins on any day of the calendar.

People's time is cut at whole years before the last day of all data; were needs cut there too, everybody's would begin
in the same month.
"""

import numpy as np

from stewardship.synthetic.chance import stream as chance
from stewardship.synthetic.lives import Days, People, Plan, Whole
from stewardship.synthetic.use.lists import position, streams
from stewardship.synthetic.use.rates import Expected
from stewardship.synthetic.use.times import YEAR, Calendar, Happened, Stretches, happened


def began_before(plan: Plan, people: People) -> Days:
    """How many days before the years told each person's own year began that goes on when they begin: up to a year."""
    return chance(plan.seed, people.batch, "years of their own").integers(
        0, round(YEAR), len(people), dtype=np.int32
    )


def drawn_by_own_year(
    rng: np.random.Generator, expected: Expected, stream: str, clustering: float | None = None
) -> Happened:
    """Contacts of a stream, whose stretch is the person's own year, from 0 for the one that began before.

    clustering: shape of a gamma variable of mean 1 by which the rate of each person and own year is multiplied.
    """
    calendar = Calendar(expected.plan, streams()[position(stream)])
    cut, year = _cut(expected)
    rates = np.repeat(expected.yearly[position(stream)], 2, axis=1) * calendar.years(cut)
    if clustering is not None:
        times = rng.gamma(clustering, 1 / clustering, (len(rates), int(year.max(initial=0)) + 1))
        rates *= np.take_along_axis(times, year, axis=1)
    found = happened(rng, rates, cut, calendar)
    return Happened(found.who, year[found.who, found.stretch].astype(np.int32), found.day)


def _cut(expected: Expected) -> tuple[Stretches, Whole]:
    """People's time with every stretch cut where an own year begins; and the own year of each part."""
    plan, first, last = expected.plan, expected.stretches.first, expected.stretches.last
    before = began_before(plan, expected.people)[:, None]
    year = np.clip((first.astype(np.int64) - plan.first + before) // YEAR, 0, plan.years).astype(np.int64)
    begins = (plan.first - before + np.ceil((year + 1) * YEAR)).astype(np.int32)
    until, since = np.minimum(last, begins - 1), np.maximum(first, begins)
    persons = len(first)
    return Stretches(
        np.stack([first, since], axis=2).reshape(persons, -1),
        np.stack([np.maximum(until, first - 1), np.maximum(last, since - 1)], axis=2).reshape(persons, -1),
    ), np.stack([year, year + 1], axis=2).reshape(persons, -1)
