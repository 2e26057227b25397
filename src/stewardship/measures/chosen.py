"""Whom measures are about: worked out first, so that facts wanted of them alone are read for them alone."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add, or_
from typing import Any

import ibis

from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Fact, Facts, facts_in
from stewardship.measures.measure import Measure
from stewardship.people.expressions import Answer
from stewardship.people.table import NAMED, People
from stewardship.records.engines import ExpressionEngine

NUMBERED = ("period", "age_band", "fifth", "inclusion", *(f"{name}_number" for name in NAMED))
LAST_AUDIENCE = 61  # of those that have a bit of their own in a whole number; all others share the next


class Chosen:
    """The residents' years, and for each measure's `who` whether it holds.

    people: the people table, kept in the engine; names: those behind its numbers.
    Facts that no `who` needs are, from here on, read only for the people of the measures that need them.

    Those for whom a `who` holds that facts tell are few: their years are worked out once and kept. Of the others it is
    told as they are read, because nearly all residents are among them.
    """

    def __init__(
        self, people: People, facts: Facts, measures: Sequence[Measure], engine: ExpressionEngine
    ) -> None:
        whos = list(dict.fromkeys(measure.who for measure in measures))
        self._holds = {who: f"holds_{number}" for number, who in enumerate(whos)}
        self.names = people.names
        self._people, self._facts = people.table, facts
        told = [who for who in whos if facts_in(who)]
        self._few = engine.keep("chosen", self._of_some(self._told(told), told)) if told else None
        self._narrow(measures, facts, engine)

    def of(self, who: Answer) -> Any:
        """The residents' years for which the answer is yes.

        Columns: person_id, age, at_end, days, younger, and those of NUMBERED.
        """
        return self.of_any([who])

    def of_any(self, whos: Sequence[Answer]) -> Any:
        """The residents' years for which one of the answers or more is yes, with a column for each (`holds`)."""
        few = all(facts_in(who) for who in whos)
        return self._of_some(self._few if few else self._told(whos), whos)

    def holds(self, who: Answer) -> str:
        """The name of the column that says whether the answer is yes."""
        return self._holds[who]

    def _told(self, whos: Sequence[Answer]) -> Any:
        """All residents' years with a column for each of the answers."""
        row = with_facts(self._people, self._facts, whos)
        holds = {self.holds(who): row.asked(who) for who in whos}
        return row.table.select("person_id", "age", "at_end", "days", "younger", *NUMBERED, **holds)

    def _of_some(self, rows: Any, whos: Sequence[Answer]) -> Any:
        return rows.filter(reduce(or_, [rows[self.holds(who)] for who in whos]))

    def _narrow(self, measures: Sequence[Measure], facts: Facts, engine: ExpressionEngine) -> None:
        """Give each fact its audience: the people of all measures that need it, or everyone."""
        needed_for: dict[Fact, set[Answer]] = {}
        for measure in measures:
            for expression in measure.expressions[1:]:
                for fact in facts_in(expression):
                    needed_for.setdefault(fact, set()).add(measure.who)
        numbers: dict[frozenset[Answer], int] = {}
        audiences = {
            fact: numbers.setdefault(frozenset(whos), 1 << min(len(numbers), LAST_AUDIENCE))
            for fact, whos in needed_for.items()
            if all(facts_in(who) for who in whos)
        }
        if numbers:
            facts.only_for(audiences, engine.keep("members", self._members(numbers)))

    def _members(self, numbers: Mapping[frozenset[Answer], int]) -> Any:
        """The people of some audience, once, with the sum of the numbers of their audiences."""
        rows = self.of_any(list(dict.fromkeys(who for whos in numbers for who in whos)))
        of: dict[int, list[Any]] = {}
        for whos, number in numbers.items():
            of.setdefault(number, []).extend(rows[self.holds(who)] for who in whos)
        is_of = [ibis.ifelse(reduce(or_, holds).any(), number, 0) for number, holds in of.items()]
        return rows.group_by("person_id").aggregate(audiences=reduce(add, is_of).cast("int64"))
