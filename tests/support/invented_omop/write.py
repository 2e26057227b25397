"""Writes the invented residents as an OMOP folder."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from stewardship.records.places import Places
from support.invented_omop.activity import invent_activity
from support.invented_omop.blemishes import with_blemishes
from support.invented_omop.care import invent_care
from support.invented_omop.conditions import invent_conditions, invent_medicines
from support.invented_omop.diabetes import invent_diabetes
from support.invented_omop.lives import causes_of_death, invent_stays
from support.invented_omop.omop_files import write
from support.invented_omop.omop_tables import Invented, omop_tables
from support.invented_omop.population import day_number, invent_people

YEARS_TOLD = 5
Progress = Callable[[str, float], None]


def write_invented_omop(
    into: Path,
    *,
    places: Places,
    residents: int = 6000,
    seed: int = 1,
    as_of: date = date(2026, 3, 31),
    progress: Progress = lambda said, done: None,
) -> None:
    """Write residents of the places who do not exist, with five years of care, as OMOP v5.4 Parquet files.

    The same arguments give the same bytes. A dozen rows are wrong on purpose (see `blemishes`).
    Raises PlacesError if the places have no small areas with a population.
    """
    progress("Inventing residents", 0.0)
    years, today = years_told(as_of), day_number(as_of)
    first = years[0][0]
    people = invent_people(residents, seed, as_of, places)
    diabetes = invent_diabetes(people, seed, today)
    stay = invent_stays(people, diabetes, seed, first, today)
    progress("Inventing their care", 0.2)
    conditions, has = invent_conditions(people, diabetes, stay, seed, today)
    invented = Invented(
        people=people,
        stay=stay,
        cause=causes_of_death(people, diabetes, stay, seed),
        conditions=conditions,
        care=invent_care(people, diabetes, stay, seed, years),
        medicines=invent_medicines(people, diabetes, has, stay, seed, first),
        visits=invent_activity(people, diabetes, stay, seed, first),
    )
    progress("Writing invented records", 0.6)
    write(into, with_blemishes(omop_tables(invented, places), as_of))
    progress("Wrote invented records", 1.0)


def years_told(as_of: date) -> list[tuple[int, int]]:
    """First and last day of each of the five years up to a date, the oldest first, as days since 1970."""
    ends = [_years_before(as_of, years) for years in range(YEARS_TOLD, -1, -1)]
    return [(day_number(before) + 1, day_number(end)) for before, end in pairwise(ends)]


def _years_before(day: date, years: int) -> date:
    """The same day some years before; the last of February for 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, month=3, day=1) - timedelta(days=1)
