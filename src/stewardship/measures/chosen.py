"""Whom measures are about: picked out first, so that facts wanted of them alone are read for them alone."""

from collections.abc import Sequence
from typing import Any

import ibis

from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Fact, Facts, facts_in
from stewardship.measures.measure import Measure
from stewardship.people.expressions import Answer
from stewardship.records.engine import Engine


class Chosen:
    """The residents' years for which each measure's `who` holds.

    people: the people table, kept in the engine. Facts that no `who` needs are, from here on, read only for the
    people of the measures that need them.
    """

    def __init__(self, people: Any, facts: Facts, measures: Sequence[Measure], engine: Engine) -> None:
        self._people, self._facts, self._engine = people, facts, engine
        self._by_facts: dict[Answer, Any] = {}
        for who in dict.fromkeys(measure.who for measure in measures):
            if facts_in(who):
                self._by_facts[who] = engine.keep(f"chosen_{len(self._by_facts)}", self._asked(who))
        self._narrow(measures)

    def of(self, who: Answer) -> Any:
        """The rows of the people table for which the answer is yes."""
        return self._by_facts[who] if who in self._by_facts else self._asked(who)

    def _asked(self, who: Answer) -> Any:
        row = with_facts(self._people, self._facts, [who])
        return row.table.filter(row.asked(who)).select(*self._people.columns)

    def _narrow(self, measures: Sequence[Measure]) -> None:
        """Give each fact its audience: the people of all measures that need it, or everyone."""
        needed_for: dict[Fact, set[Answer]] = {}
        for measure in measures:
            for fact in facts_in(measure.numerator) if measure.numerator is not None else ():
                needed_for.setdefault(fact, set()).add(measure.who)
        numbers: dict[frozenset[Answer], int] = {}
        audiences = {
            fact: numbers.setdefault(frozenset(whos), len(numbers) + 1)
            for fact, whos in needed_for.items()
            if whos <= self._by_facts.keys()
        }
        if numbers:
            self._facts.only_for(audiences, self._engine.keep("members", self._members(numbers)))

    def _members(self, numbers: dict[frozenset[Answer], int]) -> Any:
        members = [
            self._by_facts[who].select("person_id", audience=ibis.literal(number, "int64"))
            for whos, number in numbers.items()
            for who in whos
        ]
        return ibis.union(*members).distinct() if len(members) > 1 else members[0].distinct()
