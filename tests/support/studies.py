"""Made-up events and people by month, of which it is known what the event did."""

import numpy as np

from stewardship.evaluation.pool import Pool
from stewardship.evaluation.rates import MONTH_DAYS, PersonMonths
from stewardship.evaluation.reading import Words

WORDS = Words("people called about", "people not called about", "admissions", "within 7 days")


def pool_with(*, person, exposed, index=None, exact=None, near=None):
    """A pool whose events are all known the day before."""
    many = len(person)
    index = np.full(many, 20_000) if index is None else np.asarray(index)
    return Pool(
        person=np.asarray(person, dtype=np.int64),
        exposed=np.asarray(exposed, dtype=bool),
        index=index.astype(np.int64),
        known_until=index.astype(np.int64) - 1,
        exact={name: np.asarray(values) for name, values in (exact or {}).items()},
        near={name: np.asarray(values, dtype=np.float64) for name, values in (near or {}).items()},
    )


def chosen_for_need(seed, many=2000):
    """A pool in which the older and the more ill are more often exposed, and how ill each is (0 and up)."""
    rng = np.random.default_rng(seed)
    age, ill = rng.normal(80, 7, many), rng.gamma(2, 1, many)
    likely = 1 / (1 + np.exp(-(-2.2 + 0.06 * (age - 80) + 0.5 * ill)))
    pool = pool_with(
        person=np.arange(many) + 1,
        exposed=rng.random(many) < likely,
        exact={"sex": rng.choice(["F", "M"], many)},
        near={"age": age, "illness": ill},
    )
    return pool, ill, rng


def months_of(person, days, events, first="2024-01-01"):
    """People by month; days and events: a row a person."""
    days = np.asarray(days, dtype=np.float64)
    start = np.datetime64(first, "M")
    month = (start + np.arange(days.shape[1])).astype("datetime64[D]").astype(np.int64)
    return PersonMonths(np.asarray(person), month, days, np.asarray(events, dtype=np.float64))


def chosen_for_a_bad_year(seed, prevented, many=6000):
    """A pool of people with two or more events in a year, and their months: a year before, a month, a year after.

    Among them the exposed are drawn by lot. Everybody has fewer events afterwards in any case.
    """
    rng = np.random.default_rng(seed)
    monthly = rng.gamma(0.5, 0.12, many)
    before = rng.poisson(monthly[:, None], (many, 12))
    bad = before.sum(axis=1) >= 2
    monthly, before = monthly[bad], before[bad]
    exposed = rng.random(len(before)) < 0.2
    after = rng.poisson((monthly * np.where(exposed, 1 - prevented, 1))[:, None], (len(before), 13))
    person = np.arange(len(before)) + 1
    index = np.full(len(before), np.datetime64("2025-01-10").astype("datetime64[D]").astype(np.int64))
    pool = pool_with(
        person=person, exposed=exposed, index=index, near={"events of the year before": before.sum(axis=1)}
    )
    months = months_of(person, np.full((len(before), 25), MONTH_DAYS), np.hstack([before, after]))
    return pool, months
