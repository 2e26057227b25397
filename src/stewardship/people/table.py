"""The people table: one row for each resident and year, with who they were and where they belonged.

A resident is in a year's table if they were registered on at least one day of it. They are described as on the
last such day: the year's end, the day they left, or the day they died. `at_end` marks those still there at the
year's end, whom proportions count; `days` is how long they were there, which rates are divided by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import ibis
import pyarrow as pa

from stewardship.people.joins import Keyed, look_up, look_up_spell
from stewardship.people.numbered_places import PLACE_COLUMNS, NumberedPlaces, numbers_of
from stewardship.people.periods import Period
from stewardship.records.engines import ExpressionEngine
from stewardship.records.model import ETHNIC_GROUPS, SEXES
from stewardship.records.opened import Records

__all__ = ["AGE_BANDS", "NAMED", "PLACE_COLUMNS", "People", "linked_levels", "people_of", "people_table"]

AGE_BANDS = (*(f"{start}-{start + 4}" for start in range(0, 90, 5)), "90+")
FAR = date(9999, 12, 31)
_COUNTED = ("age", "age_band", "fifth", "days")


@dataclass(frozen=True, eq=False)
class People:
    """The people table with numbers for names, because small whole numbers are kept and grouped several times faster.

    table: period (0 the oldest), person_id, age, age_band (0 to 18), fifth (1 the most deprived), at_end, days, and
    for each of NAMED and for the small area its number, empty where not among the places. Key: period, person_id.
    names: the names behind the numbers, from 0.
    """

    table: Any
    names: Mapping[str, Sequence[str]]

    def kept(self, engine: ExpressionEngine) -> "People":
        """The same, worked out once."""
        return replace(self, table=engine.keep("people", self.table))

    @property
    def named(self) -> Any:
        """The table with the names beside their numbers."""
        rows = self.table
        for name, known in self.names.items():
            rows = look_up(rows, numbers_of(name, known), [f"{name}_number"])
        return rows


def people_of(records: Records, periods: Sequence[Period]) -> People:
    """The people of so many years."""
    years = ibis.memtable(
        pa.table({
            "period": pa.array(range(len(periods)), pa.int16()),
            "opens": pa.array([period.start for period in periods]),
            "closes": pa.array([period.end for period in periods]),
        })
    )  # fmt: skip
    death = records.table("death")
    deaths = Keyed(death.select("person_id", died=death.date), ("person_id",))
    registered = look_up(records.table("registration"), _persons(records), ["person_id"], keep_all=False)
    rows = _one_row_a_year(_spells(look_up(registered, deaths, ["person_id"]), years))
    described = rows.mutate(age=_whole_years(rows.birth_date, rows.last_day))
    described = described.mutate(age_band=ibis.least(described.age // 5, 18))
    homed = _with_home(described, records.table("address"))
    places = NumberedPlaces.of(records, as_of=max(period.end for period in periods))
    return People(_with_places(homed, places), {**_OF_PERSONS, **places.names})


def people_table(records: Records, periods: Sequence[Period]) -> Any:
    """The people table as an Ibis expression, with names beside their numbers; columns as in `People`."""
    return people_of(records, periods).named


def linked_levels(people: People, engine: ExpressionEngine) -> frozenset[str]:
    """Which of PLACE_COLUMNS hold anybody in a people table; the others are levels nobody is linked to."""
    rows = people.table
    anybody = rows.aggregate(**{level: rows[f"{level}_number"].notnull().any() for level in PLACE_COLUMNS})
    (found,) = engine.ibis.to_pyarrow(anybody).to_pylist()
    return frozenset(level for level in PLACE_COLUMNS if found[level])


_OF_PERSONS: dict[str, tuple[str, ...]] = {"sex": SEXES, "ethnic_group": ETHNIC_GROUPS}
NAMED = (*_OF_PERSONS, *PLACE_COLUMNS)


def _persons(records: Records) -> Keyed:
    person = records.table("person").select("person_id", "birth_date", *_OF_PERSONS)
    for name, known in _OF_PERSONS.items():
        person = look_up(person, numbers_of(name, known, by_name=True), [name])
    numbers = [f"{name}_number" for name in _OF_PERSONS]
    return Keyed(person.select("person_id", "birth_date", *numbers), ("person_id",))


def _spells(registration: Any, years: Any) -> Any:
    """Each spell of registration once for each year that it touches, cut to the year and to life.

    already: the last day by which earlier spells of the resident end, so that no day is counted twice.
    only: whether it is the resident's only spell.
    """
    spells = registration.mutate(
        begins=ibis.greatest(registration.start, registration.birth_date),
        until=ibis.least(registration.end.fill_null(FAR), registration.died.fill_null(FAR)),
    )
    spells = spells.filter(spells.begins <= spells.until)
    before = ibis.window(group_by="person_id", order_by=["begins", "until"], preceding=(None, 1))
    only = spells.count().over(ibis.window(group_by="person_id")) == 1
    spells = spells.mutate(already=spells.until.max().over(before), only=only).cross_join(years)
    touching = spells.filter((spells.begins <= spells.closes) & (spells.until >= spells.opens))
    return touching.mutate(
        first=ibis.greatest(touching.begins, touching.opens), last=ibis.least(touching.until, touching.closes)
    )


def _one_row_a_year(spells: Any) -> Any:
    """The practice of the last spell, whether still there at the end, and on how many days there."""
    alive_at_end = spells.died.isnull() | (spells.died > spells.closes)
    eve = spells["first"] - ibis.interval(days=1)
    counted_after = ibis.greatest(eve, spells.already.fill_null(eve))
    spells = spells.mutate(
        there_at_end=(spells.last == spells.closes) & alive_at_end,
        new_days=ibis.greatest(spells["last"].delta(counted_after.cast("date"), unit="day"), 0),
    )
    who = ("period", "person_id", "birth_date", *(f"{name}_number" for name in _OF_PERSONS))
    # Most residents have one spell, whose row is the answer already; adding up is for the others.
    once = spells.filter(spells.only)
    once = once.select(
        *who,
        last_day=once.last,
        practice=once.practice,
        at_end=once.there_at_end,
        days=once.new_days.cast("int64"),
    )
    several = spells.filter(~spells.only)
    latest = ibis.struct({
        "last": several.last, "start": several.start, "named": several.practice.notnull(),
        "practice": several.practice,
    })  # fmt: skip
    several = several.group_by(who).aggregate(
        latest=latest.max(), at_end=several.there_at_end.any(), days=several.new_days.sum().cast("int64")
    )
    several = several.select(
        *who, last_day=several.latest["last"], practice=several.latest["practice"], at_end=several.at_end,
        days=several.days,
    )  # fmt: skip
    return once.union(several)


def _whole_years(born: Any, on: Any) -> Any:
    """Age in whole years; someone born on 29 February grows older on 1 March in other years."""
    as_number = {day: day.year() * 10_000 + day.month() * 100 + day.day() for day in (born, on)}
    return ((as_number[on] - as_number[born]) // 10_000).cast("int64")


def _with_home(people: Any, address: Any) -> Any:
    """With the small area of the latest home taken up by the last day: a home lasts until the next one."""
    following = ibis.window(group_by="person_id", order_by=["start", "small_area"])
    homes = address.select(
        "person_id",
        "small_area",
        since=address.start,
        before=address.start.lead().over(following).fill_null(FAR),
    )
    return look_up_spell(people, homes, ["person_id"], day="last_day", since="since", before="before")


def _with_places(people: Any, places: NumberedPlaces) -> Any:
    placed = look_up(people, places.of_practice, ["practice"])
    placed = look_up(placed, places.of_home, ["small_area"])
    # Without known practices the alliances are those of the homes; the two are never mixed.
    if not places.anybody_registered:
        placed = placed.mutate(alliance_number=placed.alliance_of_home_number)
    small = {name: placed[name].cast("int16") for name in (*_COUNTED, *(f"{name}_number" for name in NAMED))}
    return placed.select("period", "person_id", "small_area_number", "at_end", **small)
