"""The people table: one row for each resident and year, with who they were and where they belonged.

A resident is in a year's table if they were registered on at least one day of it. They are described as on the
last such day: the year's end, the day they left, or the day they died. `at_end` marks those still there at the
year's end, whom proportions count; `days` is how long they were there, which rates are divided by.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import ibis
import pyarrow as pa

from stewardship.people.joins import Keyed, fan_out, look_up
from stewardship.people.periods import Period
from stewardship.records.engines import ExpressionEngine
from stewardship.records.opened import Records
from stewardship.records.places import memberships

AGE_BANDS = (*(f"{start}-{start + 4}" for start in range(0, 90, 5)), "90+")
PLACE_COLUMNS = ("practice", "network", "alliance", "local_authority", "neighbourhood")
FAR = date(9999, 12, 31)


def people_table(records: Records, periods: Sequence[Period]) -> Any:
    """The people table as an Ibis expression.

    Columns: period (0 the oldest), person_id, age, age_band (0 to 18), sex, ethnic_group, fifth (1 the most
    deprived), small_area, the places of PLACE_COLUMNS (empty where not among the places), at_end, days. Key:
    period, person_id.
    """
    years = ibis.memtable(
        {
            "period": list(range(len(periods))),
            "opens": [period.start for period in periods],
            "closes": [period.end for period in periods],
        }
    )
    death = records.table("death")
    deaths = Keyed(death.select("person_id", died=death.date), ("person_id",))
    person = records.table("person")
    people = Keyed(person.select("person_id", "birth_date", "sex", "ethnic_group"), ("person_id",))
    registered = look_up(records.table("registration"), people, ["person_id"], keep_all=False)
    rows = _one_row_a_year(_spells(look_up(registered, deaths, ["person_id"]), years))
    described = rows.mutate(age=_whole_years(rows.birth_date, rows.last_day))
    described = described.mutate(age_band=ibis.least(described.age // 5, 18).cast("int64"))
    homed = _with_home(described, records.table("address"))
    return _with_places(homed, records, as_of=max(period.end for period in periods))


def linked_levels(people: Any, engine: ExpressionEngine) -> frozenset[str]:
    """Which of PLACE_COLUMNS hold anybody in a people table; the others are levels nobody is linked to."""
    anybody = people.aggregate(**{level: people[level].notnull().any() for level in PLACE_COLUMNS})
    (found,) = engine.ibis.to_pyarrow(anybody).to_pylist()
    return frozenset(level for level in PLACE_COLUMNS if found[level])


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
    who = ("period", "person_id", "birth_date", "sex", "ethnic_group")
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
        "person_id", "small_area", "start", next_start=address.start.lead().over(following)
    )
    lived = fan_out(people.select("period", "person_id", "last_day"), homes, ["person_id"])
    lived = lived.filter(
        (lived.start <= lived.last_day) & (lived.next_start.isnull() | (lived.next_start > lived.last_day))
    )
    home = Keyed(lived.select("period", "person_id", "small_area"), ("period", "person_id"))
    return look_up(people, home, ["period", "person_id"])


def _with_places(people: Any, records: Records, as_of: date) -> Any:
    places = memberships(records.engine.ibis.to_pyarrow(records.table("place")), as_of)
    registration = _ancestry(places, "registration", "practice", ("network", "alliance"))
    residence = _ancestry(places, "residence", "small_area", ("neighbourhood", "local_authority", "alliance"))
    by_home = residence.rename_columns({"alliance": "alliance_of_home"})
    registration = registration.append_column("known_practice", registration["practice"])
    placed = look_up(people, Keyed(ibis.memtable(registration), ("practice",)), ["practice"])
    placed = placed.mutate(practice=placed.known_practice)
    placed = look_up(placed, Keyed(ibis.memtable(by_home), ("small_area",)), ["small_area"])
    # Without known practices the alliances are those of the homes; the two are never mixed.
    if not _any_registered_with(registration["practice"], records):
        placed = placed.mutate(alliance=placed.alliance_of_home)
    placed = look_up(placed, _fifths(records), ["small_area"])
    return placed.select(
        "period", "person_id", "age", "age_band", "sex", "ethnic_group", "fifth", "small_area",
        *PLACE_COLUMNS, "at_end", "days",
    )  # fmt: skip


def _any_registered_with(practices: pa.ChunkedArray, records: Records) -> bool:
    """Whether any registration names one of these practices."""
    registration = records.table("registration")
    named = registration.filter(registration.practice.isin(practices.to_pylist())).limit(1)
    return bool(records.engine.ibis.to_pyarrow(named).num_rows)


def _fifths(records: Records) -> Keyed:
    """The national deprivation fifth of each small area, from the latest edition there is."""
    areas = records.table("small_area")
    latest = areas.filter(areas.deprivation_edition == areas.deprivation_edition.max().as_scalar())
    return Keyed(latest.select(small_area=latest.code, fifth=latest.deprivation_fifth), ("small_area",))


def _ancestry(
    places: Sequence[dict[str, Any]], hierarchy: str, lowest: str, levels: Sequence[str]
) -> pa.Table:
    """For each place of the lowest level, the place of each higher level that it lies in."""
    rows = [row for row in places if row["hierarchy"] == hierarchy]
    by_code = {row["code"]: row for row in rows}
    table: dict[str, list[str | None]] = {name: [] for name in (lowest, *levels)}
    for row in rows:
        if row["level"] != lowest:
            continue
        above: dict[str, str] = {}
        step = by_code.get(row["parent"])
        while step is not None:
            above[step["level"]] = step["code"]
            step = by_code.get(step["parent"])
        table[lowest].append(row["code"])
        for level in levels:
            table[level].append(above.get(level))
    return pa.table({name: pa.array(values, pa.string()) for name, values in table.items()})
