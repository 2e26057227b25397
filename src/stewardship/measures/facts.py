"""Facts: what the records say about residents and years.

The leaves of all expressions become facts, without duplicates, and facts that the same events may count towards
become bundles. Each event table is then read once, however many facts are asked of it: joined to one small table of
(code, bundle) and added up by person, bundle and year. Dates are put into the stretches between the dates on which any
window opens or closes, so that one event is added once and only the sums are carried to every year whose window holds
the stretch.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import Any

import ibis

from stewardship.measures.bundles import (
    Bundle,
    added,
    asked_of,
    bundles_of,
    given,
    what_is_added,
    width_of,
)
from stewardship.measures.fact import Fact, fact_of, facts_in, parts_of
from stewardship.measures.stretches import Stretches, small_table
from stewardship.people.joins import Keyed, fan_out, look_up
from stewardship.people.periods import Period
from stewardship.records.opened import Records

__all__ = ["Fact", "Facts", "column_of", "fact_of", "facts_in", "parts_of"]


class Facts:
    """The facts of many expressions: each event table is read when the first of its facts is wanted, and kept."""

    def __init__(self, records: Records, facts: Iterable[Fact], periods: Sequence[Period]) -> None:
        self.numbers = {fact: number for number, fact in enumerate(dict.fromkeys(facts))}
        self._records, self._periods = records, periods
        self._asked = {
            asked: number
            for number, asked in enumerate(dict.fromkeys(asked_of(fact) for fact in self.numbers))
            if asked is not None
        }
        self._kept: dict[str, tuple[Any, tuple[Bundle, ...]]] = {}
        self._audiences: dict[Fact, int] = {}
        self._members: Any = None

    def of(self, facts: Iterable[Fact]) -> list[Keyed]:
        """Tables of person and year that together have a column for each of the facts (`column_of`).

        Who has nothing of a kind has no row, or nothing in its column. Key of each: period, person_id.
        """
        wanted = set(facts)
        return [
            table
            for name in dict.fromkeys(fact.table for fact in self.numbers if fact in wanted)
            for table in self._beside(wanted, *self._of_table(name))
        ]

    def only_for(self, audiences: dict[Fact, int], members: Any) -> None:
        """From here on read a fact only for its audience. Tables that are read already stay as they are.

        audiences: the number of each fact's audience as a power of two; 0 (and any fact not named) for everyone.
        members: person_id, once, and the sum of the numbers of their `audiences`.
        """
        self._audiences, self._members = audiences, Keyed(members, ("person_id",))

    def _beside(self, wanted: set[Fact], rows: Any, bundles: Sequence[Bundle]) -> Iterator[Keyed]:
        for number, bundle in enumerate(bundles):
            columns = {
                column_of(self.numbers[fact]): rows["value"] if bundle.valued else rows[added(column)]
                for column, fact in enumerate(bundle.facts)
                if fact in wanted
            }
            if columns:
                of_it = rows.filter(rows.bundle == number) if len(bundles) > 1 else rows
                yield Keyed(of_it.select("period", "person_id", **columns), ("period", "person_id"))

    def _of_table(self, table: str) -> tuple[Any, tuple[Bundle, ...]]:
        if table not in self._kept:
            bundles = bundles_of([fact for fact in self.numbers if fact.table == table], self._audiences)
            read = {"activity": self._of_activity, "activity_code": self._of_procedures}
            events = read[table](bundles) if table in read else self._of_codes(table, bundles)
            stretches = Stretches([bundle.facts[0].window for bundle in bundles], self._periods)
            columns = [added(column) for column in range(width_of(bundles))]
            rows = stretches.add_up(events, columns, valued=any(bundle.valued for bundle in bundles))
            self._kept[table] = self._records.engine.keep(f"facts_of_{table}", rows), bundles
        return self._kept[table]

    def _of_codes(self, table: str, bundles: Sequence[Bundle]) -> Any:
        """The events of a coded table, once for each bundle that they count towards."""
        day, cost = _COLUMNS[table]
        valued = ("value", "unit") if any(bundle.valued for bundle in bundles) else ()
        columns = ("person_id", day, *([cost] if cost else []), *valued)
        rows = _keyed_by_code(self._records.table(table), columns)
        events = fan_out(rows, self._codes(table, bundles), ["system", "code"])
        events = self._of_audience(events, [bundle.audience for bundle in bundles])
        return _events(events, bundles, day, cost)

    def _of_procedures(self, bundles: Sequence[Bundle]) -> Any:
        width = width_of(bundles)
        rows = [
            (
                self._asked[asked],
                number,
                *bundle.gives([asked_of(fact) == asked for fact in bundle.facts], width),
            )
            for number, bundle in enumerate(bundles)
            for asked in dict.fromkeys(asked_of(fact) for fact in bundle.facts)
            if asked is not None
        ]
        counted = small_table(
            rows, ("asked", "bundle", *_given(width)), ("int16", "int16", *["int16"] * width)
        )
        coded = self._coded_activity
        return _events(fan_out(coded.filter(~coded.of_contact), counted, ["asked"]), bundles, "date", None)

    @cached_property
    def _coded_activity(self) -> Any:
        """Every diagnosis and procedure that some fact asks for, picked out in one read of their table.

        Columns: asked, of_contact, person_id, date, source, activity_id.
        """
        present, rows = self._present("activity_code"), []
        for asked, number in self._asked.items():
            whose = [self._audiences.get(fact, 0) for fact in self.numbers if asked_of(fact) == asked]
            about = (number, _all_of(whose), asked.primary, asked.of_contacts)
            rows += [(*code, *about) for code in (asked.codes.among(present) if asked.codes else present)]
        names = ("system", "code", "asked", "audience", "primary", "of_contact")
        types = ("string", "string", "int16", "int64", "boolean", "boolean")
        table = _keyed_by_code(self._records.table("activity_code"), _OF_CODED)
        found = fan_out(table, small_table(rows, names, types), ["system", "code"])
        found = found.filter(found.kind == ibis.ifelse(found.of_contact, "diagnosis", "procedure"))
        found = found.filter(~found.primary | (found.position == 1))
        found = self._of_audience(found, [row[3] for row in rows])
        picked = found.select("asked", "of_contact", "person_id", "date", "source", "activity_id")
        return self._records.engine.keep("coded_activity", picked)

    def _of_activity(self, bundles: Sequence[Bundle]) -> Any:
        """Contacts of the kinds asked for; those asked for by diagnosis only if they carry it."""
        activity = self._records.table("activity").select(*_OF_CONTACT)
        if self._members is not None:  # most contacts go before they are repeated for each bundle
            whose, everyone = self._whose(bundles)
            activity = look_up(activity, whose, ["person_id"], keep_all=everyone)
        events = self._of_kinds(activity, bundles)
        if self._members is not None:
            events = _of_their_audience(events)
        if any(bundle.asked for bundle in bundles):
            events = self._carrying(events)
        return _events(events, bundles, "start", "cost_pence")

    def _of_kinds(self, activity: Any, bundles: Sequence[Bundle]) -> Any:
        """Contacts, once for each bundle that their point of delivery and specialty count towards."""
        kinds = [
            {name: number for number, name in enumerate(sorted({name for each in said for name in each}))}
            for said in (
                [fact.points_of_delivery for bundle in bundles for fact in bundle.facts],
                [fact.specialties for bundle in bundles for fact in bundle.facts],
            )
        ]
        for column, numbers in zip(_KIND, kinds, strict=True):
            known = small_table(list(numbers.items()), (column, f"{column}_number"), ("string", "int16"))
            activity = look_up(activity, Keyed(known, (column,)), [column])
        others = {f"{column}_number": activity[f"{column}_number"].fill_null(_ANY_OTHER) for column in _KIND}
        counted = self._counted_by_kind(bundles, *kinds)
        return fan_out(activity.mutate(**others), counted, [f"{column}_number" for column in _KIND])

    def _counted_by_kind(
        self, bundles: Sequence[Bundle], points: dict[str, int], specialties: dict[str, int]
    ) -> Any:
        """(point of delivery, specialty) -> bundle, by their numbers."""
        width, rows = width_of(bundles), []
        for number, bundle in enumerate(bundles):
            asked = None if bundle.asked is None else self._asked[bundle.asked]
            for point, of_point in ((None, _ANY_OTHER), *points.items()):
                for specialty, of_specialty in ((None, _ANY_OTHER), *specialties.items()):
                    gives = bundle.gives([_counts(fact, point, specialty) for fact in bundle.facts], width)
                    if any(gives):
                        rows.append((of_point, of_specialty, number, bundle.audience, asked, *gives))
        names = (*(f"{column}_number" for column in _KIND), "bundle", "audience", "asked", *_given(width))
        return small_table(rows, names, ("int16", "int16", "int16", "int64", "int16", *["int16"] * width))

    def _carrying(self, events: Any) -> Any:
        """Of contacts that are asked for by diagnosis only those that carry it, as a diagnosis of the same person."""
        coded, of_contact = self._coded_activity, ("source", "activity_id", "person_id", "asked")
        carried = coded.filter(coded.of_contact).select(*of_contact).distinct()
        events = look_up(events, Keyed(carried.mutate(carries=True), of_contact), of_contact)
        return events.filter(events.asked.isnull() | events.carries.fill_null(False))

    def _whose(self, bundles: Sequence[Bundle]) -> tuple[Keyed, bool]:
        """People with their audiences, those who carry a diagnosis asked of everyone with them; and whether contacts of
        all others are wanted too."""
        of_everyone = [bundle.asked for bundle in bundles if not bundle.audience]
        if not of_everyone or None in of_everyone:
            return self._members, bool(of_everyone)
        coded = self._coded_activity
        carrying = coded.filter(coded.asked.isin([self._asked[asked] for asked in of_everyone if asked]))
        carrying = carrying.select("person_id", audiences=ibis.literal(0, "int64"))
        people = self._members.table.select("person_id", "audiences").union(carrying)
        whose = people.group_by("person_id").aggregate(audiences=people.audiences.max())
        return Keyed(whose, ("person_id",)), False

    def _of_audience(self, events: Any, audiences: Sequence[int]) -> Any:
        """Only the events of people whom they are read for."""
        if self._members is None:
            return events
        return _of_their_audience(look_up(events, self._members, ["person_id"], keep_all=not all(audiences)))

    def _codes(self, table: str, bundles: Sequence[Bundle]) -> Any:
        """(system, code) -> bundle, for the codes that really occur in the table."""
        present, width, rows = self._present(table), width_of(bundles), []
        for number, bundle in enumerate(bundles):
            held = [set(fact.codes.among(present) if fact.codes else present) for fact in bundle.facts]
            about = (number, bundle.audience, bundle.unit)
            rows += [
                (*code, *about, *bundle.gives([code in each for each in held], width))
                for code in present
                if any(code in each for each in held)
            ]
        names = ("system", "code", "bundle", "audience", "unit_wanted", *_given(width))
        types = ("string", "string", "int16", "int64", "string", *["int16"] * width)
        return small_table(rows, names, types)

    def _present(self, table: str) -> dict[tuple[str, str], None]:
        """The (system, code) pairs that occur in a coded table."""
        return dict.fromkeys((use.system, use.code) for use in self._records.uses_in(table))


def column_of(number: int) -> str:
    """The name of a fact's column."""
    return f"fact_{number}"


# coded table -> its columns of date and cost
_COLUMNS: dict[str, tuple[str, str | None]] = {
    "condition": ("start", None),
    "observation": ("date", None),
    "medication": ("date", "cost_pence"),
    "death": ("date", None),
}
_OF_CODED = ("person_id", "date", "source", "activity_id", "kind", "position")
_KIND = ("point_of_delivery", "specialty")
_ANY_OTHER = -1  # the number of all points of delivery, and of all specialties, that no fact names
_OF_CONTACT = ("source", "activity_id", "person_id", "start", "cost_pence", *_KIND)


def _counts(fact: Fact, point: str | None, specialty: str | None) -> bool:
    return (not fact.points_of_delivery or point in fact.points_of_delivery) and (
        not fact.specialties or specialty in fact.specialties
    )


def _given(width: int) -> list[str]:
    return [given(column) for column in range(width)]


def _all_of(audiences: Sequence[int]) -> int:
    """The audience of all these together."""
    return reduce(or_, audiences) if all(audiences) else 0


def _of_their_audience(events: Any) -> Any:
    """Events that are read for everyone, or for an audience that the person is of."""
    of_it = (events.audiences.fill_null(0) & events.audience) != 0
    return events.filter((events.audience == 0) | of_it).drop("audiences")


def _keyed_by_code(rows: Any, columns: Sequence[str]) -> Any:
    """Some columns, with no code as an empty code, so that events without one still join."""
    return rows.select(*columns, system=rows.system.fill_null(""), code=rows.code.fill_null(""))


def _events(rows: Any, bundles: Sequence[Bundle], day: str, cost: str | None) -> Any:
    """Events as `Stretches` adds them up: what each adds to every column, and its value if that is asked."""
    value = {}
    if any(bundle.valued for bundle in bundles):
        value = {"value": ibis.ifelse(rows.unit == rows.unit_wanted, rows["value"], None)}
    return rows.select(
        bundle=rows.bundle,
        person_id=rows.person_id,
        date=rows[day],
        **what_is_added(rows, bundles, cost),
        **value,
    )
