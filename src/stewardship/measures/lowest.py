"""Sums by the lowest places: residents' years grouped in every way at once."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import ibis

from stewardship.measures.stretches import small_table
from stewardship.people.joins import fan_out
from stewardship.people.table import PLACE_COLUMNS

BY = {
    "everyone": None,
    "sex": "sex_number",
    "age band": "age_band",
    "ethnic group": "ethnic_group_number",
    "deprivation fifth": "fifth",
    "inclusion health": "inclusion",
}
HIERARCHIES = (("practice", "network", "alliance"), ("neighbourhood", "local_authority"))
KEYS = ("period", "group", "band")
BY_NUMBER = tuple(BY)

Adding = Callable[[Any], Any]
"""What is added up of rows."""


def alike_together(rows: Any, wanted: Mapping[str, Adding]) -> Any:
    """Sums of the residents' years that are alike in every place and characteristic: four or five to one.

    In whole numbers of the width that engines add up fastest; their own sums are wider.
    """
    alike = ["period", *(f"{level}_number" for level in PLACE_COLUMNS), *filter(None, BY.values())]
    sums = rows.group_by(alike).aggregate(**{name: adding(rows) for name, adding in wanted.items()})
    return sums.select(*alike, **{name: sums[name].cast("int64") for name in wanted})


def by_lowest_place(rows: Any, wanted: Iterable[str], *, banded: bool) -> Any:
    """Sums by each hierarchy of places and each characteristic, all in one table, with numbers for names.

    rows: as `alike_together` gives them, kept. Each row found names its place at every level of its hierarchy, so that
    higher levels are sums of a few rows. Rows are repeated for each way of grouping them, so that what is added up is
    said once, not eight times: to say it costs as much as to add up sixty thousand residents.
    """
    ways = [
        (0, hierarchy, BY_NUMBER.index(by))
        for hierarchy in range(len(HIERARCHIES))
        for by, column in BY.items()
        if column is not None and not (banded and by == "age band")
    ]
    told = small_table(ways, ("every", "hierarchy", "by"), ("int8", "int8", "int8"))
    each = fan_out(rows.mutate(every=ibis.literal(0, "int8")), told, ["every"])
    groups = [
        (each.by == number, each[column]) for number, column in enumerate(BY.values()) if column is not None
    ]
    levels = {
        level: ibis.ifelse(each.hierarchy == number, each[f"{level}_number"], None)
        for number, of_it in enumerate(HIERARCHIES)
        for level in of_it
    }
    keys = {"hierarchy": each.hierarchy, "by": each.by, "period": each.period, "group": ibis.cases(*groups)}
    keys |= {"band": each.age_band if banded else ibis.literal(-1, "int16")} | levels
    sums = each.group_by(**keys).aggregate(**{name: each[name].sum() for name in wanted})
    return sums.select("hierarchy", "by", *KEYS, *PLACE_COLUMNS, *wanted)


def all_of(name: str) -> Adding:
    """A column added up."""
    return lambda rows: rows[name].sum()


def days_of(there: str) -> Adding:
    """The days of those whom a column marks."""
    return lambda rows: ibis.ifelse(rows[there], rows.days, 0).sum()


def all_who_add(name: str) -> Adding:
    """How many have anything in a column."""
    return lambda rows: rows[name].nullif(0).count()
