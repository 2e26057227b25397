"""What is read for facts, and for whom: shared by all tables of events."""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from stewardship.measures.bundles import Asked, asked_of, given
from stewardship.measures.fact import Fact
from stewardship.people.joins import Keyed, look_up
from stewardship.people.periods import Period
from stewardship.records.opened import Records


class Wanted:
    """The facts of a build, the years they are wanted for, and for whom each is read."""

    def __init__(self, records: Records, facts: Iterable[Fact], periods: Sequence[Period]) -> None:
        self.records, self.periods = records, periods
        self.numbers = {fact: number for number, fact in enumerate(dict.fromkeys(facts))}
        self.asked: dict[Asked, int] = {
            asked: number
            for number, asked in enumerate(dict.fromkeys(asked_of(fact) for fact in self.numbers))
            if asked is not None
        }
        self.audiences: Mapping[Fact, int] = {}
        self.members: Keyed | None = None

    def of_audience(self, events: Any, audiences: Sequence[int]) -> Any:
        """Only the events of people whom they are read for; events: with their `audience`."""
        if self.members is None:
            return events
        return of_their_audience(look_up(events, self.members, ["person_id"], keep_all=not all(audiences)))

    def present(self, table: str) -> dict[tuple[str, str], None]:
        """The (system, code) pairs that occur in a coded table."""
        return dict.fromkeys((use.system, use.code) for use in self.records.uses_in(table))


def of_their_audience(events: Any) -> Any:
    """Events that are read for everyone, or for an audience that the person is of."""
    of_it = (events.audiences.fill_null(0) & events.audience) != 0
    return events.filter((events.audience == 0) | of_it).drop("audiences")


def all_of(audiences: Sequence[int]) -> int:
    """The audience of all these together."""
    return reduce(or_, audiences) if all(audiences) else 0


def keyed_by_code(rows: Any, columns: Sequence[str]) -> Any:
    """Some columns, with no code as an empty code, so that events without one still join."""
    return rows.select(*columns, system=rows.system.fill_null(""), code=rows.code.fill_null(""))


def given_columns(width: int) -> list[str]:
    """The names of the columns that say what an event gives."""
    return [given(column) for column in range(width)]
