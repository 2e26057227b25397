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

from stewardship.people.joins import Keyed, fan_out, look_up, none_of_those_in, only_those_in
from stewardship.people.numbered_places import OF_HOME, OF_PRACTICE, PLACE_COLUMNS, NumberedPlaces, numbers_of
from stewardship.people.periods import Period
from stewardship.records.engines import ExpressionEngine
from stewardship.records.model import ETHNIC_GROUPS, SEXES
from stewardship.records.opened import Records

__all__ = ["AGE_BANDS", "NAMED", "PLACE_COLUMNS", "People", "linked_levels", "people_of", "people_table"]

AGE_BANDS = (*(f"{start}-{start + 4}" for start in range(0, 90, 5)), "90+")
LONG_AGO, FAR = date(1, 1, 1), date(9999, 12, 31)
_COUNTED = ("age", "age_band", "fifth", "inclusion", "days", "younger")
INCLUSION_HEALTH = (
    "homeless or insecurely housed", "drug or alcohol dependence", "vulnerable migrant", "Gypsy, Roma or Traveller",
    "sex worker", "contact with the justice system", "victim of modern slavery",
)  # fmt: skip
"""The characteristics that NHS England calls inclusion health groups (Inclusion health, 2023)."""


@dataclass(frozen=True, eq=False)
class People:
    """The people table with numbers for names, because small whole numbers are kept and grouped several times faster.

    table: period (0 the oldest), person_id, age, age_band (0 to 18), fifth (1 the most deprived), inclusion (1 if
    recorded as in a group of INCLUSION_HEALTH in the year, else 0), at_end, days, younger (how many of these days
    were before the last birthday, at an age of one year less; within a day where a 29 February lies between), and for
    each of NAMED and for the small area its number, empty where not among the places. Key: period, person_id.
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
            "every": pa.array([0] * len(periods), pa.int8()),
            "period": pa.array(range(len(periods)), pa.int16()),
            "opens": pa.array([period.start for period in periods]),
            "closes": pa.array([period.end for period in periods]),
        })
    )  # fmt: skip
    places = NumberedPlaces.of(records, as_of=max(period.end for period in periods))
    spells, homes = _spells(records, places), _homes(records.table("address"), places)
    # Most residents have one spell, whose row is the answer already; adding up is for the others.
    moved = _registered_twice(records.table("registration"))
    once = _each_year(none_of_those_in(spells, moved, ["person_id"]), homes, years)
    several = _each_year(_after_others(only_those_in(spells, moved, ["person_id"])), homes, years)
    rows = _described(_of_one_spell(once).union(_of_several_spells(several)))
    # Without known practices the alliances are those of the homes; the two are never mixed.
    if not places.anybody_registered:
        rows = rows.mutate(alliance_number=rows.alliance_of_home_number)
    rows = _of_inclusion_groups(rows, records, years)
    small = {name: rows[name].cast("int16") for name in (*_COUNTED, *(f"{name}_number" for name in NAMED))}
    table = rows.select("period", "person_id", "small_area_number", "at_end", **small)
    return People(table, {**_OF_PERSONS, **places.names})


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


_WHO = ("period", "person_id", "birth_year", "birthday", *(f"{name}_number" for name in _OF_PERSONS))
_WHERE = (*OF_PRACTICE, *OF_HOME)


def _persons(records: Records) -> Keyed:
    person = records.table("person").select("person_id", "birth_date", *_OF_PERSONS)
    for name, known in _OF_PERSONS.items():
        person = look_up(person, numbers_of(name, known, by_name=True), [name])
    born = {"birth_year": person.birth_date.year(), "birthday": _day_of_year(person.birth_date)}
    numbers = [f"{name}_number" for name in _OF_PERSONS]
    return Keyed(person.select("person_id", "birth_date", *numbers, **born), ("person_id",))


def _day_of_year(day: Any) -> Any:
    """Month and day as one number, in the order of the days."""
    return day.month().cast("int32") * 100 + day.day().cast("int32")


def _spells(records: Records, places: NumberedPlaces) -> Any:
    """Each spell of registration from when it begins until it or life ends, with its person and practice."""
    death = records.table("death")
    deaths = Keyed(death.select("person_id", died=death.date), ("person_id",))
    registration = records.table("registration").select("person_id", "practice", "start", "end")
    spells = look_up(registration, _persons(records), ["person_id"], keep_all=False)
    spells = look_up(look_up(spells, deaths, ["person_id"]), places.of_practice, ["practice"])
    spells = spells.mutate(
        begins=ibis.greatest(spells.start, spells.birth_date),
        until=ibis.least(spells.end.fill_null(FAR), spells.died.fill_null(FAR)),
    )
    return spells.filter(spells.begins <= spells.until).drop("end", "birth_date")


def _registered_twice(registration: Any) -> Any:
    """The person_id of whoever has more than one spell."""
    spells = registration.group_by("person_id").aggregate(spells=registration.count())
    return spells.filter(spells.spells > 1).select("person_id")


def _after_others(spells: Any) -> Any:
    """already: the last day by which earlier spells of the resident end, so that no day is counted twice."""
    before = ibis.window(group_by="person_id", order_by=["begins", "until"], preceding=(None, 1))
    return spells.mutate(already=spells.until.max().over(before))


def _homes(address: Any, places: NumberedPlaces) -> Any:
    """Homes with the places that they lie in: each lasts until the next one, and the first has always been.

    moved_in: the day from which it is known. On a day before it nobody knows where the resident lived.
    """
    of_person = ibis.window(group_by="person_id", order_by=["start", "small_area"])
    homes = address.select(
        "person_id",
        "small_area",
        moved_in=address.start,
        since=ibis.ifelse(address.start.lag().over(of_person).isnull(), LONG_AGO, address.start),
        before=address.start.lead().over(of_person).fill_null(FAR),
    )
    return look_up(homes, places.of_home, ["small_area"]).drop("small_area")


def _each_year(spells: Any, homes: Any, years: Any) -> Any:
    """Each spell once for each year that it touches, cut to the year, with the home on the last of its days."""
    rows = fan_out(spells, homes, ["person_id"], keep_all=True)
    # Joined by a column that is the same in all, because a join by nothing but days would sort them first.
    rows = fan_out(rows.mutate(every=ibis.literal(0, "int8")), years, ["every"])
    rows = rows.filter((rows.begins <= rows.closes) & (rows.until >= rows.opens))
    rows = rows.mutate(first=ibis.greatest(rows.begins, rows.opens), last=ibis.least(rows.until, rows.closes))
    rows = rows.filter(
        (rows["last"] >= rows.since.fill_null(LONG_AGO)) & (rows["last"] < rows.before.fill_null(FAR))
    )
    there = rows["last"] >= rows.moved_in
    return rows.mutate(
        at_end=(rows["last"] == rows.closes) & (rows.died.isnull() | (rows.died > rows.closes)),
        days=rows["last"].delta(rows["first"], unit="day") + 1,
        **{name: ibis.ifelse(there, rows[name], None) for name in OF_HOME},
    )


def _of_one_spell(rows: Any) -> Any:
    return rows.select(*_WHO, *_WHERE, "at_end", days=rows.days.cast("int64"), last_day=rows["last"])


def _of_several_spells(rows: Any) -> Any:
    """The practice and home of the last spell, whether still there at the end, and on how many days there."""
    latest = ibis.struct({
        "last": rows["last"], "start": rows.start, "named": rows.practice.notnull(), "practice": rows.practice,
        **{name: rows[name] for name in _WHERE},
    })  # fmt: skip
    since_others = rows["last"].delta(rows.already, unit="day").fill_null(rows.days)
    new_days = ibis.greatest(ibis.least(rows.days, since_others), 0)
    found = rows.group_by(_WHO).aggregate(
        latest=latest.max(), at_end=rows.at_end.any(), days=new_days.sum().cast("int64")
    )
    where = {name: found.latest[name] for name in _WHERE}
    return found.select(*_WHO, **where, at_end=found.at_end, days=found.days, last_day=found.latest["last"])


def _of_inclusion_groups(rows: Any, records: Records, years: Any) -> Any:
    """With `inclusion`: whoever is not recorded as in one may be in one all the same, but is not known to be."""
    if "characteristic" not in records.present:
        return rows.mutate(inclusion=0)
    spells = records.table("characteristic")
    spells = spells.filter(spells.characteristic.isin(INCLUSION_HEALTH))
    spells = fan_out(
        spells.select("person_id", "start", "end", every=ibis.literal(0, "int8")), years, ["every"]
    )
    holds = (spells.start <= spells.closes) & (spells.end.isnull() | (spells.end >= spells.opens))
    recorded = spells.filter(holds).select("period", "person_id").distinct().mutate(inclusion=1)
    rows = look_up(rows, Keyed(recorded, ("period", "person_id")), ["period", "person_id"])
    return rows.mutate(inclusion=rows.inclusion.fill_null(0))


def _described(rows: Any) -> Any:
    """With age in whole years; someone born on 29 February grows older on 1 March in other years."""
    last_day = _day_of_year(rows.last_day)
    to_come = (last_day < rows.birthday).cast("int32")
    rows = rows.mutate(age=rows.last_day.year() - rows.birth_year - to_come)
    since = _days_from_march(last_day) - _days_from_march(rows.birthday)
    days_older = ibis.ifelse(since < 0, since + 365, since) + 1
    younger = ibis.ifelse(rows.age > 0, ibis.greatest(rows.days - days_older, 0), 0)
    return rows.mutate(age_band=ibis.least(rows.age // 5, 18), younger=younger)


def _days_from_march(day: Any) -> Any:
    """How many days after 1 March a `_day_of_year` is, so that a 29 February is the last of all."""
    return (153 * ((day // 100 + 9) % 12) + 2) // 5 + day % 100 - 1
