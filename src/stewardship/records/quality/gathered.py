"""What the checks need to know of the records, from as few passes as can be.

Each event table is read to be looked at row by row (once, grouped by source, provider and month), and once more for
its keys. Only counts are told of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any

import ibis
import pyarrow as pa

from stewardship.records.opened import Records
from stewardship.records.places import Places
from stewardship.records.quality.sexes import one_sex_codes

EVENT_DAY = {
    "condition": "start",
    "observation": "date",
    "medication": "date",
    "activity": "start",
    "activity_code": "date",
    "characteristic": "start",
    "assessment": "date",
    "social_care": "start",
    "pathway_event": "date",
}
# Days after a death up to which a row may be dated. Letters, claims and codes follow a death; readings do not.
# Source of the 28: the project's data-quality list ("death after last contact + 28 days").
DAYS_AFTER_DEATH = dict.fromkeys(EVENT_DAY, 28) | {"observation": 2, "assessment": 2}
DAYS_BEFORE_BIRTH = 1  # births around midnight
DAYS_IN_TWO_PRACTICES = 31  # a practice is told within the month that a patient has left
DAYS_UNTIL_CODED = 56  # hospital stays are coded within six to eight weeks of their end
STAYS = (
    "emergency_admission", "planned_admission", "day_case", "maternity_admission", "other_admission",
    "unclassified_admission",
)  # fmt: skip
CALLS = ("nhs_111", "advice_line")  # nobody pays for them one by one
WELL_BABIES, BABY_DAYS = "424", 730

Row = dict[str, Any]


class CouldNotRunError(Exception):
    """A check lacks what it needs; the message says what, as a clause."""


@dataclass(frozen=True, eq=False)
class Gathered:
    """The records of a snapshot on its as-of date, as the checks see them. Everything is worked out once."""

    records: Records
    places: Places
    as_of: date
    _named: dict[str, Any] = field(default_factory=dict)

    def table(self, name: str) -> Any:
        """A canonical table; every call is one read of it. It has a name of its own, so that what opens it is put in
        words once and not in every statement."""
        if name in self._named:
            self.records.reads[name] += 1
        else:
            rows, ibis_engine = self.records.table(name), self.records.engine.ibis
            self._named[name] = ibis_engine.create_view(f"rows_of_{name}", rows, overwrite=True)
        return self._named[name]

    def rows(self, expression: Any) -> list[Row]:
        """The rows of an expression."""
        rows: list[Row] = self.records.engine.ibis.to_pyarrow(expression).to_pylist()
        return rows

    @cached_property
    def _persons(self) -> Any:
        """One row a person: the first day they can have lived, their sex, the day they died."""
        person = self.table("person")
        year = person.birth_precision == "year"
        born = ibis.ifelse(year, person.birth_date.truncate("Y"), person.birth_date)
        persons = (
            person.mutate(born=born)
            .group_by("person_id")
            .aggregate(born=ibis._.born.min(), sex=ibis._.sex.min())
        )
        death = self.table("death")
        died = death.group_by(dead=death.person_id).aggregate(died=death.date.min())
        known = persons.left_join(died, persons.person_id == died.dead)
        return self.records.engine.keep("checked_persons", _with_days(known))

    @cache  # noqa: B019  # lives as long as one build's checks
    def events(self, table: str) -> list[Row]:
        """Counts of an event table by source, provider (activity alone has one) and month."""
        rows = self.table(table)
        persons = self._persons
        rows = rows.left_join(persons, rows.person_id == persons.known)
        if table in _OF_ONE_SEX:
            rows = self._with_sex_of_code(rows, table)
        day = rows[EVENT_DAY[table]]
        counts = {
            "rows": rows.count(),
            "strangers": rows.count(where=rows.known.isnull()),
            "before_birth": rows.count(where=day < rows.first_day),
            "after_death": rows.count(where=day > rows[f"last_{DAYS_AFTER_DEATH[table]}"]),
        }
        more = _OF_TABLE.get(table)
        provider = rows.provider.fill_null("") if table == "activity" else ibis.literal("")
        return self.rows(
            rows.group_by(source=rows.source, provider=provider, month=day.truncate("M")).aggregate(
                **counts, **(more(rows, self.as_of) if more else {})
            )
        )

    def _with_sex_of_code(self, rows: Any, table: str) -> Any:
        """With the one sex that can have the diagnosis: looked up among the codes that occur, not row by row."""
        sexes = {(system, code): sex for system, code, sex in one_sex_codes()}
        found = {
            (use.system, use.code): sex
            for use in self.records.uses_in(table)
            if (sex := sexes.get((use.system, use.code[:3] if use.system == "ICD10" else use.code)))
        }
        columns = {
            "of_system": [system for system, _ in found],
            "of_code": [code for _, code in found],
            "of_sex": list(found.values()),
        }
        only = ibis.memtable(
            pa.table({name: pa.array(given, pa.string()) for name, given in columns.items()})
        )
        return rows.left_join(only, [rows.system == only.of_system, rows.code == only.of_code])

    @cache  # noqa: B019
    def strangers(self, table: str) -> dict[str, tuple[int, int]]:
        """By source: rows of nobody in `person`, and rows, of a table that tells of people and not of events."""
        rows, persons = self.table(table), self._persons
        rows = rows.left_join(persons, rows.person_id == persons.known)
        return self.by_source(rows, rows.count(where=rows.known.isnull()), rows.count())

    def by_source(self, rows: Any, count: Any, examined: Any) -> dict[str, tuple[int, int]]:
        """By the source of some rows: two counts."""
        found = rows.group_by("source").aggregate(counted=count, examined=examined)
        return {row["source"]: (row["counted"], row["examined"]) for row in self.rows(found)}

    @cached_property
    def without_activity(self) -> dict[str, tuple[int, int]]:
        """By source: codes whose activity is not there, and codes that name one."""
        codes = self.table("activity_code")
        named = codes.filter(codes.activity_id.notnull()).select("source", "activity_id")
        activity = self.table("activity").select("source", "activity_id")
        return self._without(named, activity)

    def _without(self, rows: Any, others: Any) -> dict[str, tuple[int, int]]:
        """By source: rows that name no activity among the others, and rows."""
        rows = self.records.engine.keep("checked_rows", rows)
        there = rows.semi_join(others, ["source", "activity_id"])
        found = {
            row["source"]: row["n"] for row in self.rows(there.group_by("source").aggregate(n=there.count()))
        }
        every = self.rows(rows.group_by("source").aggregate(n=rows.count()))
        return {row["source"]: (row["n"] - found.get(row["source"], 0), row["n"]) for row in every}

    @cached_property
    def without_diagnosis(self) -> dict[str, tuple[int, int]]:
        """By source: hospital stays without a diagnosis, and stays, that ended long enough ago to be coded."""
        activity = self.table("activity")
        coded_by = ibis.date(self.as_of) - ibis.interval(days=DAYS_UNTIL_CODED)
        ended = activity.end.notnull() & (activity.end <= coded_by.cast("date"))
        stays = activity.filter(activity.point_of_delivery.isin(STAYS) & ended).select(
            "source", "activity_id"
        )
        codes = self.table("activity_code")
        told = codes.filter((codes.kind == "diagnosis") & codes.activity_id.notnull())
        return self._without(stays, told.select("source", "activity_id"))

    @cached_property
    def people(self) -> list[Row]:
        """By source: people, those of no known ethnic group, and of no known sex."""
        person = self.table("person")
        return self.rows(
            person.group_by("source").aggregate(
                people=person.count(),
                no_ethnic_group=person.count(where=person.ethnic_group == "Not known"),
                no_sex=person.count(where=person.sex == "unknown"),
            )
        )

    @cached_property
    def _registered(self) -> Any:
        """The spells of registration that last on the as-of date, of people alive."""
        spells, persons = self.table("registration"), self._persons
        lasting = (spells.start <= self.as_of) & (spells.end.isnull() | (spells.end >= self.as_of))
        spells = spells.filter(lasting)
        spells = spells.left_join(persons, spells.person_id == persons.known)
        alive = spells.died.isnull() | (spells.died > self.as_of)
        kept = spells.filter(alive).select("person_id", "source", "practice")
        return self.records.engine.keep("checked_registered", kept)

    @cached_property
    def registered(self) -> list[Row]:
        """By source and practice (None where not told): people registered on the as-of date."""
        spells = self._registered
        return self.rows(spells.group_by("source", "practice").aggregate(people=spells.person_id.nunique()))

    @cached_property
    def homes(self) -> list[Row]:
        """By source and small area (None without a home): people registered on the as-of date."""
        people = self._registered.group_by("person_id").aggregate(source=ibis._.source.min())
        address = self.table("address")
        lasting = (address.start <= self.as_of) & (address.end.isnull() | (address.end >= self.as_of))
        address = address.filter(lasting)
        latest = ibis.struct({"start": address.start, "small_area": address.small_area}).max()
        home = address.group_by(lives=address.person_id).aggregate(latest=latest)
        home = home.select("lives", small_area=home.latest["small_area"])
        both = people.left_join(home, people.person_id == home.lives)
        return self.rows(both.group_by("source", "small_area").aggregate(people=both.count()))

    @cached_property
    def in_two_practices(self) -> dict[str, tuple[int, int]]:
        """By source: people registered with two practices at once for longer than the tolerance, and people."""
        spells = self.table("registration")
        spells = spells.filter(spells.practice.notnull()).select(
            "person_id", "source", "practice", "start", until=spells.end.fill_null(date.max)
        )
        other = spells.select(
            of=spells.person_id, elsewhere=spells.practice, other_start=spells.start, other_until=spells.until
        )
        both = spells.left_join(
            other,
            [
                spells.person_id == other.of,
                spells.practice != other.elsewhere,
                (spells.start > other.other_start)
                | ((spells.start == other.other_start) & (spells.practice > other.elsewhere)),
                spells.start <= other.other_until,
            ],
        )
        leaving = (both.start + ibis.interval(days=DAYS_IN_TWO_PRACTICES)).cast("date")
        overlap = both.of.notnull() & (ibis.least(both.until, both.other_until) >= leaving)
        return self.by_source(both, both.person_id.nunique(where=overlap), both.person_id.nunique())


def _with_days(known: Any) -> Any:
    """People with the days that events are held against, worked out once a person and not once an event."""

    def after(day: Any, days: int) -> Any:
        return (day + ibis.interval(days=days)).cast("date")

    last = {f"last_{days}": after(known.died, days) for days in sorted(set(DAYS_AFTER_DEATH.values()))}
    return known.select(
        known=known.person_id, sex=known.sex, died=known.died, grown=after(known.born, BABY_DAYS),
        first_day=(known.born - ibis.interval(days=DAYS_BEFORE_BIRTH)).cast("date"), **last,
    )  # fmt: skip


def _of_activity(rows: Any, as_of: date) -> Mapping[str, Any]:
    babies = (rows.specialty == WELL_BABIES) & rows.known.notnull()
    to_cost = ~rows.point_of_delivery.isin(CALLS)
    return {
        "to_cost": rows.count(where=to_cost),
        "uncosted": rows.count(where=to_cost & rows.cost_pence.isnull()),
        "babies": rows.count(where=babies),
        "grown_babies": rows.count(where=babies & (rows.start > rows.grown)),
    }


def _of_codes(rows: Any, as_of: date) -> Mapping[str, Any]:
    known = rows.of_sex.notnull() & rows.sex.isin(("female", "male"))
    return {
        "of_one_sex": rows.count(where=known),
        "of_other_sex": rows.count(where=known & (rows.of_sex != rows.sex)),
        "icd": rows.count(where=rows.system == "ICD10"),
        "filled": rows.count(where=(rows.system == "ICD10") & rows.code.endswith("X")),
    }


_OF_ONE_SEX = ("condition", "activity_code")
_OF_TABLE = {"activity": _of_activity, "condition": _of_codes, "activity_code": _of_codes}
