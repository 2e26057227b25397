"""People of a made system, drawn once for all tests of a run: some batches of a system of full size."""

from datetime import date
from functools import lru_cache, reduce
from operator import add

from stewardship.synthetic.health import health_of
from stewardship.synthetic.lives import Health, People, Plan
from stewardship.synthetic.lives_compared import compare_lives
from stewardship.synthetic.lives_counted import CountedLives, count_lives
from stewardship.synthetic.lives_sent import records_of_lives
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import people_of

FULL = Plan(residents=1_200_000, years=5, seed=7, last_day=date(2026, 3, 31))
SMALL = Plan(residents=60_000, years=5, seed=7, last_day=date(2026, 3, 31))
BATCHES = 8  # 160,000 residents of the full system


@lru_cache
def batch(plan: Plan, number: int) -> tuple[People, Health]:
    """A batch of a plan."""
    people = people_of(plan, places_of(plan), number)
    return people, health_of(plan, people)


@lru_cache
def counted() -> CountedLives:
    """Some batches of the full system, counted together."""
    places = places_of(FULL)
    return reduce(
        add,
        (
            count_lives(FULL, places, records_of_lives(FULL, places, *batch(FULL, number)))
            for number in range(BATCHES)
        ),
    )


@lru_cache
def compared(topic: str) -> dict[str, tuple[float, float, bool]]:
    """Published, made, and whether near enough, by figure of a topic."""
    rows = (row for row in compare_lives(counted()) if row.topic == topic)
    return {row.figure: (row.published, row.made, row.within) for row in rows}
