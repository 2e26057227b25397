"""What the checks need to know of the records, from as few passes as can be.

Each event table is read to be looked at row by row (once, grouped by source, provider and month), and once more for
its keys. Only counts leave the engine.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

import ibis

from stewardship.records.model import TABLES
from stewardship.records.opened import Records
from stewardship.records.places import Places
from stewardship.records.quality.sexes import one_sex_codes

EVENT_DAY = {
    "condition": "start",
    "observation": "date",
    "medication": "date",
    "activity": "start",
    "activity_code": "date",
}
# Days after a death up to which a row may be dated. Letters, claims and codes follow a death; readings do not.
# Source of the 28: the project's data-quality list ("death after last contact + 28 days").
DAYS_AFTER_DEATH = {"condition": 28, "observation": 2, "medication": 28, "activity": 28, "activity_code": 28}
DAYS_BEFORE_BIRTH = 1  # births around midnight
DAYS_IN_TWO_PRACTICES = 31  # a practice is told within the month that a patient has left
DAYS_UNTIL_CODED = 56  # hospital stays are coded within six to eight weeks of their end
STAYS = ("emergency_admission", "planned_admission", "day_case", "unclassified_admission")
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

    def _rows(self, expression: Any) -> list[Row]:
        rows: list[Row] = self.records.engine.ibis.to_pyarrow(expression).to_pylist()
        return rows

    @cached_property
    def _persons(self) -> Any:
        """One row a person: the first day they can have lived, their sex, the day they died."""
        person = self.records.table("person")
        year = person.birth_precision == "year"
        born = ibis.ifelse(year, person.birth_date.truncate("Y"), person.birth_date)
        persons = (
            person.mutate(born=born)
            .group_by("person_id")
            .aggregate(born=ibis._.born.min(), sex=ibis._.sex.min())
        )
        death = self.records.table("death")
        died = death.group_by(dead=death.person_id).aggregate(died=death.date.min())
        known = persons.left_join(died, persons.person_id == died.dead)
        return self.records.engine.keep(
            "checked_persons",
            known.select(known=known.person_id, born=known.born, sex=known.sex, died=known.died),
        )

    @cache  # noqa: B019  # lives as long as one build's checks
    def events(self, table: str) -> list[Row]:
        """Counts of an event table by source, provider (activity alone has one) and month."""
        rows = self.records.table(table)
        persons = self._persons
        rows = rows.left_join(persons, rows.person_id == persons.known)
        day = rows[EVENT_DAY[table]]
        if "system" in TABLES[table].schema.names:
            rows, day = self._with_sex_of_code(rows, table)
        first = (rows.born - ibis.interval(days=DAYS_BEFORE_BIRTH)).cast("date")
        last = (rows.died + ibis.interval(days=DAYS_AFTER_DEATH[table])).cast("date")
        counts = {
            "rows": rows.count(),
            "strangers": rows.count(where=rows.known.isnull()),
            "before_birth": rows.count(where=day < first),
            "after_death": rows.count(where=day > last),
        }
        more = _OF_TABLE.get(table)
        provider = rows.provider.fill_null("") if table == "activity" else ibis.literal("")
        return self._rows(
            rows.group_by(source=rows.source, provider=provider, month=day.truncate("M")).aggregate(
                **counts, **(more(rows, self.as_of) if more else {})
            )
        )

    def _with_sex_of_code(self, rows: Any, table: str) -> tuple[Any, Any]:
        systems, codes, sexes = zip(*one_sex_codes(), strict=True)
        only = ibis.memtable({"of_system": systems, "of_code": codes, "of_sex": sexes})
        short = ibis.ifelse(rows.system == "ICD10", rows.code.substr(0, 3), rows.code)
        rows = rows.left_join(only, [rows.system == only.of_system, short == only.of_code])
        return rows, rows[EVENT_DAY[table]]

    @cache  # noqa: B019
    def repeated(self, table: str) -> dict[str, tuple[int, int]]:
        """By source: rows whose key an earlier row has, and rows."""
        rows = self.records.table(table)
        keys = [
            rows[name].fill_null(date.min) if name == "start" else rows[name] for name in TABLES[table].key
        ]
        once = rows.group_by(keys).aggregate(n=rows.count(), from_source=rows.source.min())
        found = once.group_by("from_source").aggregate(repeated=(once.n - 1).sum(), rows=once.n.sum())
        return {row["from_source"]: (row["repeated"], row["rows"]) for row in self._rows(found)}

    @cache  # noqa: B019
    def strangers(self, table: str) -> dict[str, tuple[int, int]]:
        """By source: rows of nobody in `person`, and rows, of a table that tells of people and not of events."""
        rows, persons = self.records.table(table), self._persons
        rows = rows.left_join(persons, rows.person_id == persons.known)
        return self._by_source(rows, rows.count(where=rows.known.isnull()), rows.count())

    def _by_source(self, rows: Any, count: Any, examined: Any) -> dict[str, tuple[int, int]]:
        found = rows.group_by("source").aggregate(counted=count, examined=examined)
        return {row["source"]: (row["counted"], row["examined"]) for row in self._rows(found)}

    @cached_property
    def without_activity(self) -> dict[str, tuple[int, int]]:
        """By source: codes whose activity is not there, and codes that name one."""
        codes = self.records.table("activity_code")
        named = codes.filter(codes.activity_id.notnull()).select("source", "activity_id")
        activity = self.records.table("activity")
        there = activity.select(
            of_source=activity.source, of_activity=activity.activity_id, there=True
        ).distinct()
        both = named.left_join(
            there, [named.source == there.of_source, named.activity_id == there.of_activity]
        )
        return self._by_source(both, both.count(where=both.there.isnull()), both.count())

    @cached_property
    def without_diagnosis(self) -> dict[str, tuple[int, int]]:
        """By source: hospital stays without a diagnosis, and stays, that ended long enough ago to be coded."""
        activity = self.records.table("activity")
        coded_by = ibis.date(self.as_of) - ibis.interval(days=DAYS_UNTIL_CODED)
        ended = activity.end.notnull() & (activity.end <= coded_by.cast("date"))
        stays = activity.filter(activity.point_of_delivery.isin(STAYS) & ended).select(
            "source", "activity_id"
        )
        codes = self.records.table("activity_code")
        told = codes.filter((codes.kind == "diagnosis") & codes.activity_id.notnull())
        told = told.select(of_source=told.source, of_activity=told.activity_id, told=True).distinct()
        both = stays.left_join(told, [stays.source == told.of_source, stays.activity_id == told.of_activity])
        return self._by_source(both, both.count(where=both.told.isnull()), both.count())

    @cached_property
    def people(self) -> list[Row]:
        """By source: people, those of no known ethnic group, and of no known sex."""
        person = self.records.table("person")
        return self._rows(
            person.group_by("source").aggregate(
                people=person.count(),
                no_ethnic_group=person.count(where=person.ethnic_group == "Not known"),
                no_sex=person.count(where=person.sex == "unknown"),
            )
        )

    @cached_property
    def _registered(self) -> Any:
        """The spells of registration that last on the as-of date, of people alive."""
        spells, persons = self.records.table("registration"), self._persons
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
        return self._rows(spells.group_by("source", "practice").aggregate(people=spells.person_id.nunique()))

    @cached_property
    def homes(self) -> list[Row]:
        """By source and small area (None without a home): people registered on the as-of date."""
        people = self._registered.group_by("person_id").aggregate(source=ibis._.source.min())
        address = self.records.table("address")
        lasting = (address.start <= self.as_of) & (address.end.isnull() | (address.end >= self.as_of))
        address = address.filter(lasting)
        home = address.group_by(lives=address.person_id).aggregate(
            small_area=address.small_area.argmax(address.start)
        )
        both = people.left_join(home, people.person_id == home.lives)
        return self._rows(both.group_by("source", "small_area").aggregate(people=both.count()))

    @cached_property
    def in_two_practices(self) -> dict[str, tuple[int, int]]:
        """By source: people registered with two practices at once for longer than the tolerance, and people."""
        spells = self.records.table("registration")
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
        return self._by_source(both, both.person_id.nunique(where=overlap), both.person_id.nunique())


def _of_activity(rows: Any, as_of: date) -> Mapping[str, Any]:
    grown = (rows.born + ibis.interval(days=BABY_DAYS)).cast("date")
    babies = (rows.specialty == WELL_BABIES) & rows.known.notnull()
    return {
        "uncosted": rows.count(where=rows.cost_pence.isnull()),
        "babies": rows.count(where=babies),
        "grown_babies": rows.count(where=babies & (rows.start > grown)),
    }


def _of_codes(rows: Any, as_of: date) -> Mapping[str, Any]:
    known = rows.of_sex.notnull() & rows.sex.isin(("female", "male"))
    return {
        "of_one_sex": rows.count(where=known),
        "of_other_sex": rows.count(where=known & (rows.of_sex != rows.sex)),
        "icd": rows.count(where=rows.system == "ICD10"),
        "filled": rows.count(where=(rows.system == "ICD10") & rows.code.endswith("X")),
    }


_OF_TABLE = {"activity": _of_activity, "condition": _of_codes, "activity_code": _of_codes}
