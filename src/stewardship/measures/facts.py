"""Facts: what the records say about residents, one row a resident, fact and year that holds.

The leaves of all expressions become facts, without duplicates. Each event table is then read once, however many
facts are asked of it: joined to one small table of (code, fact) and added up by person, fact and year. Dates are
put into the stretches between the dates on which any window opens or closes, so that one event is added once and
only the sums are carried to every year whose window holds the stretch.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import ibis

from stewardship.measures.fact import Fact, fact_of, facts_in, parts_of
from stewardship.measures.stretches import FACT_COLUMNS, Stretches, small_table
from stewardship.people.joins import Keyed, fan_out, look_up
from stewardship.people.periods import Period
from stewardship.records.opened import Records

__all__ = ["FACT_COLUMNS", "Fact", "Facts", "fact_of", "facts_in", "parts_of"]


class Facts:
    """The facts of many expressions: each event table is read when the first of its facts is wanted, and kept."""

    def __init__(self, records: Records, facts: Iterable[Fact], periods: Sequence[Period]) -> None:
        self.numbers = {fact: number for number, fact in enumerate(dict.fromkeys(facts))}
        self._records, self._periods = records, periods
        self._kept: dict[str, Any] = {}
        self._audiences: dict[Fact, int] = {}
        self._members: Any = None

    def of(self, facts: Iterable[Fact]) -> Any:
        """The rows of these facts (FACT_COLUMNS)."""
        wanted = list(facts)
        rows = [self._of_table(table) for table in dict.fromkeys(fact.table for fact in wanted)]
        if not rows:
            return small_table([], tuple(FACT_COLUMNS), tuple(FACT_COLUMNS.values()))
        table = ibis.union(*rows) if len(rows) > 1 else rows[0]
        return table.filter(table.fact.isin([self.numbers[fact] for fact in wanted]))

    def only_for(self, audiences: dict[Fact, int], members: Any) -> None:
        """From here on read a fact only for its audience. Tables that are read already stay as they are.

        audiences: the number of each fact's audience as a power of two; 0 (and any fact not named) for everyone.
        members: person_id, once, and the sum of the numbers of their `audiences`.
        """
        self._audiences, self._members = audiences, Keyed(members, ("person_id",))

    def _of_table(self, table: str) -> Any:
        if table not in self._kept:
            events = self._of_activity() if table == "activity" else self._of_codes(table)
            facts = {fact: number for fact, number in self.numbers.items() if fact.table == table}
            valued = any(fact.gives == "value" for fact in facts)
            rows = Stretches(facts, self._periods).add_up(events, valued=valued)
            self._kept[table] = self._records.engine.keep(f"facts_of_{table}", rows)
        return self._kept[table]

    def _of_codes(self, table: str) -> Any:
        """The events of a coded table, once for each fact that they count towards."""
        if table == "activity_code":
            coded = self._coded_activity
            return coded.filter(coded.kind == "procedure").select(*EVENT_COLUMNS)
        facts = [fact for fact in self.numbers if fact.table == table]
        rows = _keyed_by_code(self._records.table(table))
        events = fan_out(rows, self._codes(table, facts), ["system", "code"])
        return _events(self._of_audience(events, facts), *_COLUMNS[table])

    @cached_property
    def _coded_activity(self) -> Any:
        """Every diagnosis and procedure that some fact asks for, picked out in one read of their table."""
        asked = [fact for fact in self.numbers if _reads_activity_codes(fact)]
        rows = _keyed_by_code(self._records.table("activity_code"))
        found = fan_out(rows, self._codes("activity_code", asked), ["system", "code"])
        found = found.filter(found.kind == ibis.ifelse(found.of_contact, "diagnosis", "procedure"))
        found = self._of_audience(found.filter(~found.primary | (found.position == 1)), asked)
        picked = _events(found, "date", "event_id", None, also=("kind", "source", "activity_id"))
        return self._records.engine.keep("coded_activity", picked)

    def _of_activity(self) -> Any:
        """Contacts of the kinds asked for; those asked for by diagnosis only if they carry it."""
        facts = [fact for fact in self.numbers if fact.table == "activity"]
        activity = self._records.table("activity").select(*_OF_CONTACT)
        activity = activity.mutate(specialty=activity.specialty.fill_null(""))
        kinds, counted = self._kinds(facts)
        if self._members is not None:  # most contacts go before they are repeated for each fact
            whose, everyone = self._whose(facts)
            activity = look_up(activity, whose, ["person_id"], keep_all=everyone)
        events = look_up(activity, kinds, ["point_of_delivery", "specialty"], keep_all=False)
        events = fan_out(events, counted, ["kind"])
        if self._members is not None:
            events = _of_their_audience(events)
        if any(fact.codes for fact in facts):
            events = self._carrying(events)
        return _events(events, "start", "activity_id", "cost_pence")

    def _carrying(self, events: Any) -> Any:
        """Of contacts that are asked for by diagnosis only those that carry it, as a diagnosis of the same person."""
        coded, of_contact = self._coded_activity, ("source", "activity_id", "person_id", "fact")
        carried = coded.filter(coded.kind == "diagnosis").select(*of_contact).distinct()
        events = look_up(events, Keyed(carried.mutate(carries=True), of_contact), of_contact)
        return events.filter(~events.by_diagnosis | events.carries.fill_null(False))

    def _whose(self, facts: Sequence[Fact]) -> tuple[Keyed, bool]:
        """People with their audiences, those who carry a diagnosis asked of everyone with them; and whether contacts of
        all others are wanted too."""
        everyone = [fact for fact in facts if not self._audiences.get(fact)]
        if not all(fact.codes for fact in everyone) or not everyone:
            return self._members, bool(everyone)
        carrying = self._coded_activity.select("person_id", audiences=ibis.literal(0, "int64"))
        people = self._members.table.select("person_id", "audiences").union(carrying)
        whose = people.group_by("person_id").aggregate(audiences=people.audiences.max())
        return Keyed(whose, ("person_id",)), False

    def _of_audience(self, events: Any, facts: Sequence[Fact]) -> Any:
        """Only the events of people whom their fact is read for."""
        if self._members is None:
            return events
        everyone = not all(self._audiences.get(fact) for fact in facts)
        return _of_their_audience(look_up(events, self._members, ["person_id"], keep_all=everyone))

    def _codes(self, table: str, facts: Sequence[Fact]) -> Any:
        """(system, code) -> fact, for the codes that really occur in the table."""
        present = dict.fromkeys(
            (use.system, use.code) for use in self._records.code_uses if use.table == table
        )
        rows = [
            (system, code, self.numbers[fact], self._audiences.get(fact, 0), fact.gives,
             fact.codes.unit if fact.codes else "", fact.primary, fact.table == "activity")
            for fact in facts
            for system, code in (fact.codes.among(present) if fact.codes else present)
        ]  # fmt: skip
        names = ("system", "code", "fact", "audience", "gives", "unit_wanted", "primary", "of_contact")
        types = ("string", "string", "int16", "int64", "string", "string", "boolean", "boolean")
        return small_table(rows, names, types)

    def _kinds(self, facts: Sequence[Fact]) -> tuple[Keyed, Any]:
        """(point of delivery, specialty) -> kind, and kind -> fact, for the kinds of activity that really occur."""
        rows = [
            (number, self.numbers[fact], self._audiences.get(fact, 0), fact.gives, fact.codes is not None)
            for fact in facts
            for number, kind in enumerate(self._records.activity_kinds)
            if (not fact.points_of_delivery or kind["point_of_delivery"] in fact.points_of_delivery)
            and (not fact.specialties or kind["specialty"] in fact.specialties)
        ]  # fmt: skip
        names = ("kind", "fact", "audience", "gives", "by_diagnosis")
        counted = small_table(rows, names, ("int16", "int16", "int64", "string", "boolean"))
        asked = {number for number, *_ in rows}
        kinds = [
            (kind["point_of_delivery"], kind["specialty"], number)
            for number, kind in enumerate(self._records.activity_kinds)
            if number in asked
        ]
        keys = ("point_of_delivery", "specialty")
        return Keyed(small_table(kinds, (*keys, "kind"), ("string", "string", "int16")), keys), counted


EVENT_COLUMNS = ("fact", "person_id", "date", "event_id", "n", "value")

# coded table -> its columns of date, event number and cost
_COLUMNS: dict[str, tuple[str, str, str | None]] = {
    "condition": ("start", "event_id", None),
    "observation": ("date", "event_id", None),
    "medication": ("date", "event_id", "cost_pence"),
    "death": ("date", "source_row", None),
}


def _of_their_audience(events: Any) -> Any:
    """Events whose fact is read for everyone, or for an audience that the person is of."""
    of_it = (events.audiences.fill_null(0) & events.audience) != 0
    return events.filter((events.audience == 0) | of_it).drop("audiences")


_OF_CONTACT = (
    "source", "activity_id", "person_id", "start", "point_of_delivery", "specialty", "cost_pence",
)  # fmt: skip


def _reads_activity_codes(fact: Fact) -> bool:
    return fact.table == "activity_code" or (fact.table == "activity" and fact.codes is not None)


def _keyed_by_code(rows: Any) -> Any:
    """With no code as an empty code, so that events without one still join."""
    return rows.mutate(system=rows.system.fill_null(""), code=rows.code.fill_null(""))


def _events(rows: Any, day: str, number: str, cost: str | None, also: tuple[str, ...] = ()) -> Any:
    """EVENT_COLUMNS of rows that carry `fact` and `gives`: what each adds to n, and its value if that is asked."""
    one = ibis.literal(1, "int64")
    n = ibis.ifelse(rows.gives == "cost", rows[cost].fill_null(0), one) if cost else one
    value = ibis.literal(None, "float64")
    if "value" in rows.columns:
        comparable = (rows.gives == "value") & (rows.unit == rows.unit_wanted)
        value = ibis.ifelse(comparable, rows["value"], value)
    return rows.select(
        fact=rows.fact, person_id=rows.person_id, date=rows[day], event_id=rows[number], n=n, value=value,
        **{name: rows[name] for name in also},
    )  # fmt: skip
