"""How many residents an expression holds for, on the day that a snapshot's figures stand at, group by group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from stewardship.measures.compiler import with_facts
from stewardship.measures.differencing import Partition
from stewardship.measures.disclosure import control_counts
from stewardship.measures.facts import Facts, facts_in
from stewardship.measures.layout import GROUPS, NOT_KNOWN
from stewardship.measures.published import EVERYONE, State
from stewardship.people.expressions import Answer, ExpressionError
from stewardship.people.periods import years_ending
from stewardship.people.table import AGE_BANDS, PLACE_COLUMNS, people_table
from stewardship.records.opened import Records
from stewardship.records.places import memberships

CHARACTERISTICS = {
    "sex": "sex",
    "age band": "age_band",
    "ethnic group": "ethnic_group",
    "deprivation fifth": "fifth",
}
PLACES = {level.replace("_", " "): level for level in PLACE_COLUMNS}
BY = (*CHARACTERISTICS, *PLACES)


@dataclass(frozen=True)
class Group:
    """One group of residents. people is None where the count is hidden."""

    name: str
    people: int | None
    state: State


def check_by(by: str) -> str:
    """What to count by, as it is called here; ExpressionError for what residents are not told apart by."""
    found = by.replace("-", " ").replace("_", " ").strip().lower()
    if found and found not in BY:
        raise ExpressionError(f'Residents are not told apart by "{by}". Count by one of: {", ".join(BY)}.')
    return found


def count_groups(records: Records, who: Answer, by: str, as_of: date, *, exact: bool) -> list[Group]:
    """Residents registered on `as_of` for whom `who` holds: everyone first, then each group of `by`.

    by: "" or one of BY. Groups with nobody are there with 0; residents of no known group are "Not known". exact:
    as counted; otherwise after disclosure control, of the groups and of what their sum would give away.
    """
    people = records.engine.keep("people", people_table(records, years_ending(as_of, 1)))
    row = with_facts(people, Facts(records, facts_in(who), years_ending(as_of, 1)), [who])
    chosen = row.table.filter(row.table.at_end & row.asked(who))
    names, numbers = _groups(records, chosen, by, as_of) if by else ([], [])
    everyone = sum(numbers) if by else int(records.engine.ibis.to_pyarrow(chosen.count()).as_py())
    return _controlled([EVERYONE, *names], [everyone, *numbers], exact=exact)


def _groups(records: Records, chosen: Any, by: str, as_of: date) -> tuple[list[str], list[int]]:
    column = CHARACTERISTICS.get(by) or PLACES[by]
    rows = records.engine.ibis.to_pyarrow(
        chosen.group_by(column).aggregate(people=chosen.count())
    ).to_pylist()
    found = {row[column]: row["people"] for row in rows}
    names = _names(records, by, as_of)
    numbers = [found.pop(key, 0) for key in names]
    left = sum(found.values())  # of no group, or of one that is not among the places
    unknown = [NOT_KNOWN] if left or by in PLACES or by == "deprivation fifth" else []
    return [*names.values(), *unknown], [*numbers, *([left] if unknown else [])]


def _names(records: Records, by: str, as_of: date) -> dict[object, str]:
    """Each group's name by what stands in the people table, in the order of the pages."""
    if by == "age band":
        return dict(enumerate(AGE_BANDS))
    if by == "deprivation fifth":
        return {number: f"{number}" for number in range(1, 6)}
    if by in CHARACTERISTICS:
        return {name: name for name in GROUPS[by]}
    places = memberships(records.engine.ibis.to_pyarrow(records.table("place")), as_of)
    ours = sorted((row["name"], row["code"]) for row in places if row["level"] == PLACES[by])
    return {code: f"{name} ({code})" for name, code in ours}


def _controlled(names: Sequence[str], numbers: Sequence[int], *, exact: bool) -> list[Group]:
    if exact:
        return [Group(name, number, "shown") for name, number in zip(names, numbers, strict=True)]
    parts = np.arange(1, len(numbers))
    sums = [Partition(parts, np.zeros_like(parts))] if len(parts) else []
    controlled = control_counts(np.array(numbers, np.int64), sums)
    return [
        Group(name, int(value) if shown else None, state)
        for name, value, shown, state in zip(
            names, controlled.value, controlled.shown, controlled.state, strict=True
        )
    ]
