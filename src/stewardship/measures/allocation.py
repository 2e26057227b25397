"""Allocation: each contact and each pound has exactly one primary care area, and tags of all that the person is in.

The tables of activity, diagnoses, items and social care are read once each. What each event is of (`allocation_claims`)
and what it costs (`allocation_costs`) is told row by row; then rows are added up by year, where the person belongs, the
areas they are in, primary area, point of delivery, provider and basis, and from these few sums everything else is made.

Contacts in general practice that no age claims are shared equally among the areas whose population the person is in,
overlays and areas of an age left out: each gets as many whole pence as all the others, and the pence left over go, with
the contact itself, to one of them, chosen in turn by the contact's own number. A share is apportioned.

`bits` tells how many residents stand behind a sum at least: each is one of 62 bits, so that no more bits are set than
there are residents, and sums of sums can be told too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa

from stewardship.measures.allocation_claims import Claimant
from stewardship.measures.allocation_costs import APPORTIONED, ESTIMATED, UNKNOWN, UnitCost
from stewardship.measures.allocation_events import (
    GENERAL_PRACTICE,
    Asked,
    Events,
    contacts_of,
    from_day,
    items_of,
    remainder,
    residents_of,
    support_of,
    until_day,
)
from stewardship.measures.facts import Facts, facts_in
from stewardship.measures.stretches import small_table
from stewardship.people.joins import Keyed, fan_out, look_up
from stewardship.people.periods import Period
from stewardship.people.table import People
from stewardship.records.opened import Records

UNALLOCATED = -1
_SHARED = -2  # the primary area of what is yet to be shared among areas
SUMS = ("contacts", "pence", "bits")


@ibis.udf.agg.builtin  # type: ignore[untyped-decorator]
def bit_or(bits: int) -> int:  # type: ignore[empty-body]  # the engine's own
    """The bits that are set in any row."""


class AllocationError(Exception):
    """Sums that do not add up: a mistake of the software, told before anything is published."""


@dataclass(frozen=True)
class Allocated:
    """Whole numbers added up. Points are numbers in POINTS, areas in `areas`, places in the names of the people table.

    by_practice: period, practice, fifth, area, point, provider, basis, contacts, pence, bits; area is UNALLOCATED where
    it is nobody's, practice and fifth -1 where not known. by_home: the same by neighbourhood.
    tags_by_practice, tags_by_home: period, place, fifth, area, point, contacts, pence, bits of all care of the people
    of an area; one contact counts in each.
    by_age: age_band, sex, contacts, pence, of the last period. Rows without contacts are not there.
    members: period, among, people: residents by the areas they are in, each a bit of `among` by its number.
    """

    areas: tuple[Claimant, ...]
    by_practice: pa.Table
    by_home: pa.Table
    tags_by_practice: pa.Table
    tags_by_home: pa.Table
    by_age: pa.Table
    members: pa.Table


def allocate(
    people: People,
    records: Records,
    areas: Sequence[Claimant],
    periods: Sequence[Period],
    *,
    costs: Sequence[UnitCost],
    by_age: bool = True,
    facts: Facts | None = None,
) -> Allocated:
    """Every contact and pound of the years under its care area.

    people: the people table, kept in the engine. by_age: whether claims of ages come first. facts: those that the
    populations of the areas need, if they are gathered already. Raises AllocationError where sums do not add up.
    """
    asked = Asked(people, records, tuple(areas), periods, costs, by_age)
    engine = records.engine
    facts = facts or Facts(records, [fact for area in areas for fact in facts_in(area.population)], periods)
    residents = Keyed(engine.keep("allocation_people", residents_of(asked, facts)), ("period", "person_id"))
    parts = [
        _added(asked, events, residents)
        for events in (contacts_of(asked), items_of(asked), support_of(asked))
    ]

    def fetched(rows: Any) -> pa.Table:
        table = engine.ibis.to_pyarrow(rows)
        text = [name for name in table.column_names if name == "provider"]
        return pa.table({
            name: table[name].cast(pa.string() if name in text else pa.int64()) for name in table.column_names
        })  # fmt: skip

    sums = engine.keep("allocation_sums", ibis.union(*parts))
    members = fetched(_members(asked, residents.table))
    memberships = _memberships(asked, members)
    allocated = engine.keep("allocated", _shared_out(asked, sums, memberships))

    of_areas = ("area", "point", "provider", "basis")
    found = Allocated(
        asked.areas,
        fetched(_added_up(asked, allocated, ("period", "practice", "fifth"), of_areas)),
        fetched(_added_up(asked, allocated, ("period", "neighbourhood", "fifth"), of_areas)),
        fetched(_tagged(asked, sums, memberships, "practice")),
        fetched(_tagged(asked, sums, memberships, "neighbourhood")),
        fetched(_by_age(asked, allocated)),
        members,
    )
    _check(fetched(_added_up(asked, sums, ("period",), ())), found)
    return found


def _added(asked: Asked, events: Events, residents: Keyed) -> Any:
    """Events added up by where their people belong and primary area; those to be shared, by whose turn it is too."""
    rows = look_up(events.rows, residents, ("period", "person_id"))
    of_age = [
        ((rows.day >= rows[from_day(number)]) & (rows.day < rows[until_day(number)]), _area(number))
        for number, _ in asked.ages
    ]
    shared = [((rows.point == GENERAL_PRACTICE) & (rows.shares > 0), _area(_SHARED))] if events.shared else []
    claimed = (rows.primary.notnull(), rows.primary.cast("int16"))
    rows = rows.mutate(
        primary=ibis.cases(*of_age, claimed, *shared, else_=_area(UNALLOCATED)),
        place=rows.place.fill_null(asked.packed.pack({"period": rows.period})),
        bit=rows.bit.fill_null(0),
    )
    more = {}
    if events.shared:
        is_shared = rows.primary == _SHARED
        rows = rows.mutate(
            turn=ibis.ifelse(is_shared, remainder(rows.event, rows.shares), 0).cast("int16"),
            of_each=ibis.ifelse(is_shared, rows.pence // rows.shares, 0),
        )
        more = {"of_each": rows.of_each.sum().cast("int64")}
    sums = rows.group_by("place", "primary", *events.told_by).aggregate(
        contacts=rows.count().cast("int64"),
        pence=rows.pence.sum().cast("int64"),
        bits=bit_or(rows.bit),
        **more,
    )
    alike = {name: value for name, value in events.alike.items() if name not in sums.columns}
    return sums.mutate(**alike).select(
        "place", "turn", "primary", "point", "provider", "basis", *SUMS, "of_each"
    )


def _area(number: int) -> Any:
    return ibis.literal(number, "int16")


def _members(asked: Asked, residents: Any) -> Any:
    rows = residents.select(**asked.packed.unpack(residents.place, ["period", "among"]))
    return rows.group_by("period", "among").aggregate(people=rows.count())


def _memberships(asked: Asked, members: pa.Table) -> list[tuple[int, int, int, int]]:
    """Every set of areas that somebody is in, area by area: the set, area, its turn among those that share (-1 if it
    does not), and how many share."""
    found = []
    for among in sorted(set(members["among"].to_pylist())):
        inside = [number for number in range(len(asked.areas)) if among >> number & 1]
        sharing = [number for number in inside if asked.areas[number].shares]
        found += [
            (among, number, sharing.index(number) if number in sharing else -1, len(sharing))
            for number in inside
        ]
    return found


def _shared_out(asked: Asked, sums: Any, memberships: Sequence[tuple[int, int, int, int]]) -> Any:
    """The same sums, each with its area: what is shared stands in each of the areas, its contacts in one of them."""
    columns = ("place", "area", "point", "provider", "basis", *SUMS)
    rows = sums.filter(sums.primary == _SHARED)
    rows = rows.mutate(**asked.packed.unpack(rows.place, ["among"]))
    sharing = [row for row in memberships if row[2] >= 0]
    table = small_table(sharing, ("among", "area", "nth", "shares"), ("int64", "int16", "int64", "int64"))
    rows = fan_out(rows, table, ["among"])
    own = rows.turn == rows.nth
    in_parts = (rows.shares > 1) & ~rows.basis.isin([ESTIMATED, UNKNOWN])
    rows = rows.mutate(
        contacts=ibis.ifelse(own, rows.contacts, 0).cast("int64"),
        pence=rows.of_each + ibis.ifelse(own, rows.pence - rows.shares * rows.of_each, 0),
        basis=ibis.ifelse(in_parts, APPORTIONED, rows.basis).cast("int16"),
    )
    whole = sums.filter(sums.primary != _SHARED)
    return whole.mutate(area=whole.primary).select(*columns).union(rows.select(*columns))


def _added_up(asked: Asked, rows: Any, where: Sequence[str], keys: Sequence[str]) -> Any:
    rows = rows.mutate(**asked.packed.unpack(rows.place, where))
    return rows.group_by(*where, *keys).aggregate(**_all_sums(rows))


def _tagged(asked: Asked, sums: Any, memberships: Sequence[tuple[int, int, int, int]], level: str) -> Any:
    """All care of the people of each area, whatever area it is of."""
    where = ("period", level, "fifth")
    rows = _added_up(asked, sums, (*where, "among"), ("point",))
    table = small_table([row[:2] for row in memberships], ("among", "area"), ("int64", "int16"))
    rows = fan_out(rows, table, ["among"])
    return rows.group_by(*where, "area", "point").aggregate(**_all_sums(rows))


def _by_age(asked: Asked, allocated: Any) -> Any:
    rows = _added_up(asked, allocated, ("period", "age_band", "sex"), ())
    return rows.filter(rows.period == len(asked.periods) - 1).select("age_band", "sex", "contacts", "pence")


def _all_sums(rows: Any) -> dict[str, Any]:
    return {
        "contacts": rows.contacts.sum().cast("int64"),
        "pence": rows.pence.sum().cast("int64"),
        "bits": bit_or(rows.bits),
    }


def _check(whole: pa.Table, found: Allocated) -> None:
    """Every year's areas and what is nobody's have to come to what the records hold."""
    want = {row["period"]: (row["contacts"], row["pence"]) for row in whole.to_pylist()}
    for table in (found.by_practice, found.by_home):
        added = table.group_by("period").aggregate([("contacts", "sum"), ("pence", "sum")]).to_pylist()
        got = {row["period"]: (row["contacts_sum"], row["pence_sum"]) for row in added}
        if got != want:
            raise AllocationError(
                "The care areas and what is unallocated do not come to the contacts and money of the records, so no "
                "budget was made. This is a mistake of the software: tell its developers."
            )
