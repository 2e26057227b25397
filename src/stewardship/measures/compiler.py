"""From expressions to the engine: an expression over facts becomes an Ibis expression over one wide row.

The wide row is a resident's year with only the facts of the measures at hand beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import ibis

from stewardship.measures.facts import Facts, column_of, fact_of, facts_in
from stewardship.people.answers import Aged, Everyone, Has, InFifth, InGroup, OfEthnicGroup, OfSex, Recorded
from stewardship.people.expressions import (
    Answer,
    Between,
    Both,
    Counted,
    Either,
    Expression,
    Known,
    Not,
    Quantity,
    Sum,
    Weighted,
)
from stewardship.people.joins import look_up_each
from stewardship.records.model import ETHNIC_GROUPS, SEXES


@dataclass(frozen=True)
class Row:
    """A table with one row a resident and year, and beside it the facts as columns."""

    table: Any
    facts: Facts

    def asked(self, answer: Answer) -> Any:
        """The answer as a boolean column, never null."""
        table = self.table
        match answer:
            case Everyone():
                return ibis.literal(True)
            case Aged(at_least, at_most):
                old_enough = table.age >= at_least
                return old_enough if at_most is None else old_enough & (table.age <= at_most)
            case OfSex(sex):
                return table.sex_number == SEXES.index(sex)
            case InFifth(fifths):
                return table.fifth.isin(fifths).fill_null(False)
            case OfEthnicGroup(groups):
                return table.ethnic_group_number.isin(
                    [ETHNIC_GROUPS.index(each) for each in groups]
                ).fill_null(False)
            case Both(left, right):
                return self.asked(left) & self.asked(right)
            case Either(left, right):
                return self.asked(left) | self.asked(right)
            case Not(part):
                return ~self.asked(part)
            case Known(quantity):
                return self.number(quantity).notnull()
            case Between(quantity, at_least, at_most):
                return self._between(self.number(quantity), at_least, at_most)
            case Has() | Recorded() | InGroup():
                return self._column(answer).fill_null(0) > 0
        raise TypeError(f"no meaning is given to {answer!r}")

    def number(self, quantity: Quantity) -> Any:
        """The quantity as a column, null where the resident has none."""
        if isinstance(quantity, Counted):
            counts = [self.asked(answer).cast("int64") for answer in quantity.answers]
            return sum(counts[1:], counts[0]) if counts else ibis.literal(0, "int64")
        if isinstance(quantity, Weighted):
            points = [ibis.ifelse(self.asked(answer), each, 0) for answer, each in quantity.parts]
            return sum(points[1:], points[0]) if points else ibis.literal(0, "int64")
        if isinstance(quantity, Sum):
            totals = [self.number(total) for total in quantity.totals]
            return sum(totals[1:], totals[0])
        column = self._column(quantity)
        fact = fact_of(quantity)
        return column if fact is not None and fact.gives == "value" else column.fill_null(0)

    def added(self, numerator: Answer | Quantity) -> Any:
        """What a resident adds to a numerator, as an integer: a reading to the nearest, a half to the even one."""
        if isinstance(numerator, Answer):
            return self.asked(numerator).cast("int64")
        return self.number(numerator).cast("int64")

    def _between(self, value: Any, at_least: float | None, at_most: float | None) -> Any:
        inside = value.notnull()
        if at_least is not None:
            inside = inside & (value >= at_least)
        if at_most is not None:
            inside = inside & (value <= at_most)
        return inside.fill_null(False)

    def _column(self, leaf: Expression) -> Any:
        fact = fact_of(leaf)
        if fact is None:
            raise TypeError(f"no fact is behind {leaf!r}")
        return self.table[column_of(self.facts.numbers[fact])]


def with_facts(residents: Any, facts: Facts, expressions: Iterable[Expression]) -> Row:
    """Residents' years (key: period, person_id) with the facts of the expressions beside each."""
    needed = list(dict.fromkeys(fact for expression in expressions for fact in facts_in(expression)))
    return Row(look_up_each(residents, facts.of(needed), ["period", "person_id"]), facts)
