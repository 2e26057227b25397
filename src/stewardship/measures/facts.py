"""Facts: what the records say about residents and years.

The leaves of all expressions become facts, without duplicates, and facts that the same events may count towards
become bundles. Each event table is then read once, however many facts are asked of it: joined to one small table of
(code, bundle) and added up by person, bundle and year. Dates are put into the stretches between the dates on which any
window opens or closes, so that one event is added once and only the sums are carried to every year whose window holds
the stretch.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import cached_property
from typing import Any

from stewardship.measures.bundles import Bundle, added, bundles_of, width_of
from stewardship.measures.coded import as_events, coded_activity, of_characteristics, of_codes, of_procedures
from stewardship.measures.contacts import contacts, followed
from stewardship.measures.fact import Fact, ReadAs, fact_of, facts_in, parts_of
from stewardship.measures.scored import points
from stewardship.measures.stretches import Months, Stretches
from stewardship.measures.wanted import Wanted
from stewardship.people.joins import Keyed
from stewardship.people.periods import Period
from stewardship.records.opened import Records

__all__ = ["Fact", "Facts", "column_of", "fact_of", "facts_in", "parts_of"]

Read = tuple[str, ReadAs]
"""A table and the way it is read; points are read from several tables at once."""


class Facts:
    """The facts of many expressions: each event table is read when the first of its facts is wanted, and kept."""

    def __init__(self, records: Records, facts: Iterable[Fact], periods: Sequence[Period]) -> None:
        self._wanted = Wanted(records, facts, periods)
        self.numbers = self._wanted.numbers
        self._kept: dict[Read, tuple[Any, tuple[Bundle, ...]]] = {}

    def read(self) -> None:
        """Read whatever has not been read yet."""
        for read in dict.fromkeys(_read(fact) for fact in self.numbers):
            self._of(read)

    def of(self, facts: Iterable[Fact]) -> list[Keyed]:
        """Tables of person and year that together have a column for each of the facts (`column_of`).

        Who has nothing of a kind has no row, or nothing in its column. Key of each: period, person_id.
        """
        wanted = set(facts)
        return [
            table
            for read in dict.fromkeys(_read(fact) for fact in self.numbers if fact in wanted)
            for table in self._beside(wanted, *self._of(read))
        ]

    def only_for(self, audiences: dict[Fact, int], members: Any) -> None:
        """From here on read a fact only for its audience. Tables that are read already stay as they are.

        audiences: the number of each fact's audience as a power of two; 0 (and any fact not named) for everyone.
        members: person_id, once, and the sum of the numbers of their `audiences`.
        """
        self._wanted.audiences, self._wanted.members = audiences, Keyed(members, ("person_id",))

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

    def _of(self, read: Read) -> tuple[Any, tuple[Bundle, ...]]:
        if read not in self._kept:
            those = [fact for fact in self.numbers if _read(fact) == read]
            bundles = bundles_of(those, self._wanted.audiences)
            rows = self._points(bundles) if read[1] == "points" else self._added_up(read, bundles)
            self._kept[read] = self._wanted.records.engine.keep(_name(read), rows), bundles
        return self._kept[read]

    def _points(self, bundles: Sequence[Bundle]) -> Any:
        return points(self._wanted, bundles, lambda: self._picked)

    def _added_up(self, read: Read, bundles: Sequence[Bundle]) -> Any:
        stretches = self._stretches(bundles)
        columns = [added(column) for column in range(width_of(bundles))]
        valued = any(bundle.valued for bundle in bundles)
        return stretches.add_up(self._events(read, bundles), columns, valued=valued)

    def _stretches(self, bundles: Sequence[Bundle]) -> Stretches:
        return Stretches([bundle.facts[0].window for bundle in bundles], self._wanted.periods)

    def _events(self, read: Read, bundles: Sequence[Bundle]) -> Any:
        table, how = read
        match how:
            case "procedures":
                return of_procedures(self._wanted, self._picked, bundles)
            case "characteristic":
                return of_characteristics(self._wanted, bundles)
            case "contacts" | "followed":
                found = contacts if how == "contacts" else followed
                return as_events(
                    found(self._wanted, bundles, lambda: self._picked), bundles, "start", "cost_pence"
                )
        return of_codes(self._wanted, table, bundles)

    @cached_property
    def _picked(self) -> Any:
        return coded_activity(self._wanted)


class FactsByMonth(Facts):
    """Facts that count the events of a year, by the months of the years: `period` is the month's number, from 0.

    They are read for whom the facts of the years are read.
    """

    def __init__(self, of_years: Facts, facts: Iterable[Fact]) -> None:
        self._wanted = copy(of_years._wanted)
        self._wanted.numbers = {fact: number for number, fact in enumerate(dict.fromkeys(facts))}
        self.numbers = self._wanted.numbers
        self._kept = {}
        self._of_years = of_years

    def bundled(self) -> Iterator[tuple[Any, tuple[Bundle, ...]]]:
        """Each table of bundle, period, person_id and what is added up, with its bundles by number."""
        for read in dict.fromkeys(_read(fact) for fact in self.numbers):
            yield self._of(read)

    def _stretches(self, bundles: Sequence[Bundle]) -> Stretches:
        return Months(self._wanted.periods)

    @property
    def _picked(self) -> Any:
        return self._of_years._picked


def _read(fact: Fact) -> Read:
    return ("scores" if fact.read_as == "points" else fact.table), fact.read_as


def _name(read: Read) -> str:
    table, how = read
    return f"facts_of_{table}" + (f"_{how}" if how == "followed" else "")


def column_of(number: int) -> str:
    """The name of a fact's column."""
    return f"fact_{number}"
