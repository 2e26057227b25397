"""What allocation adds up: residents' years with where they belong, and events of every kind with what they are of.

An event has: period, person_id, day, primary (the area that claims it by diagnosis, specialty, team, point of delivery
or medicine; null if none does), pence, basis, and of contacts event (its own number), point (its number in POINTS) and
provider.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from stewardship.measures.allocation_claims import Claimant, by_code, by_kind
from stewardship.measures.allocation_costs import (
    UnitCost,
    cost_of_contacts,
    cost_of_items,
    cost_of_social_care,
)
from stewardship.measures.allocation_places import Packed
from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Facts
from stewardship.measures.stretches import small_table
from stewardship.people.joins import Keyed, fan_out, look_up
from stewardship.people.periods import Period
from stewardship.people.table import AGE_BANDS, People
from stewardship.records.model import POINTS_OF_DELIVERY, SEXES
from stewardship.records.opened import Records

POINTS = tuple(POINTS_OF_DELIVERY)
GENERAL_PRACTICE = POINTS.index("gp_appointment")
LOTS = 62  # residents have one of so many bits, by which it is told how many stand behind a sum at least
_EVENT = ("period", "person_id", "day", "primary", "pence", "basis")


@dataclass(frozen=True, eq=False)
class Asked:
    """What is asked for: of whom, in which years, by which claims and costs."""

    people: People
    records: Records
    areas: tuple[Claimant, ...]
    periods: Sequence[Period]
    costs: Sequence[UnitCost]
    by_age: bool

    @property
    def packed(self) -> Packed:
        """Where a resident's year belongs; ages are told apart in the last year alone, for weights."""
        names = self.people.names
        return Packed({
            "period": len(self.periods), "practice": len(names["practice"]),
            "neighbourhood": len(names["neighbourhood"]), "fifth": 6, "among": 1 << len(self.areas),
            "age_band": len(AGE_BANDS), "sex": len(SEXES),
        })  # fmt: skip

    @property
    def ages(self) -> list[tuple[int, tuple[int, int]]]:
        """The areas that claim an age, by number, where ages come first."""
        claimed = [(number, area.claims.ages) for number, area in enumerate(self.areas)]
        return [(number, ages) for number, ages in claimed if ages is not None and self.by_age]


def residents_of(asked: Asked, facts: Facts) -> Any:
    """Each resident's year: where it belongs (place), in how many areas its contacts are shared (shares), the
    resident's bit, and from which day until before which they are of a claimed age."""
    row = with_facts(asked.people.table, facts, [area.population for area in asked.areas])
    table = row.table
    inside = [row.asked(area.population).cast("int64") for area in asked.areas]
    last = table.period == len(asked.periods) - 1
    place = asked.packed.pack({
        "period": table.period, "practice": table.practice_number, "neighbourhood": table.neighbourhood_number,
        "fifth": table.fifth, "among": _sum(is_in * (1 << number) for number, is_in in enumerate(inside)),
        "age_band": ibis.ifelse(last, table.age_band, None), "sex": ibis.ifelse(last, table.sex_number, None),
    })  # fmt: skip
    shares = _sum(is_in for is_in, area in zip(inside, asked.areas, strict=True) if area.shares)
    rows = table.select(
        "period", "person_id", place=place, shares=shares.cast("int16"), lot=remainder(table.person_id, LOTS)
    )
    bits = small_table([(lot, 1 << lot) for lot in range(LOTS)], ("lot", "bit"), ("int64", "int64"))
    rows = look_up(rows, Keyed(bits, ("lot",)), ("lot",)).drop("lot")
    return _with_ages(asked, rows) if asked.ages else rows


def _with_ages(asked: Asked, rows: Any) -> Any:
    person = asked.records.table("person").select("person_id", "birth_date")
    born = person.birth_date
    days: dict[str, Any] = {}
    for number, (first, last) in asked.ages:
        days |= {from_day(number): _birthday(born, first), until_day(number): _birthday(born, last + 1)}
    return look_up(rows, Keyed(person.select("person_id", **days), ("person_id",)), ["person_id"])


def _birthday(born: Any, age: int) -> Any:
    """The day on which an age is reached: who was born on 29 February reaches it on 1 March of other years."""
    year = born.year() + age
    late = (born.month() == 2) & (born.day() == 29) & (year % 4 != 0)
    return ibis.date(year, ibis.ifelse(late, 3, born.month()), ibis.ifelse(late, 1, born.day()))


def from_day(area: int) -> str:
    """The column of the day from which a resident is of the age that an area claims."""
    return f"from_{area}"


def until_day(area: int) -> str:
    """The column of the day from which a resident is too old for it."""
    return f"until_{area}"


@dataclass(frozen=True, eq=False)
class Events:
    """Events of a kind, before they are added up.

    told_by: the columns by which they are told apart, besides where people belong and primary area: fewer are added up
    faster. alike: what is the same for all of them. shared: whether some are shared among areas.
    """

    rows: Any
    told_by: tuple[str, ...]
    alike: Mapping[str, Any]
    shared: bool = False


def _alike(point: str) -> dict[str, Any]:
    return {
        "point": ibis.literal(POINTS.index(point), "int16"), "provider": ibis.null("string"),
        "turn": ibis.literal(0, "int16"), "of_each": ibis.literal(0, "int64"),
    }  # fmt: skip


def contacts_of(asked: Asked) -> Events:
    """Contacts and stays by their first day: rank 2, else 3."""
    rows = asked.records.table("activity")
    present = [(kind["point_of_delivery"], kind["specialty"]) for kind in asked.records.activity_kinds]
    claimed = by_kind(asked.areas, present)
    kinds = [(*kind, POINTS.index(kind[0]), claimed.get(kind)) for kind in present]
    names, types = (
        ("point_of_delivery", "specialty", "point", "of_kind"),
        ("string", "string", "int16", "int16"),
    )
    rows = rows.mutate(specialty=rows.specialty.fill_null(""), period=_period_of(asked, rows.start))
    rows = rows.filter(rows.period.notnull())
    rows = look_up(rows, Keyed(small_table(kinds, names, types), names[:2]), names[:2])
    rows = look_up(rows, _diagnosed(asked), ("source", "activity_id", "person_id"))
    rows = rows.mutate(
        day=rows.start, event=rows.activity_id, primary=ibis.coalesce(rows.diagnosed, rows.of_kind),
        provider=ibis.ifelse(rows.point == GENERAL_PRACTICE, None, rows.provider),
        **cost_of_contacts(rows, asked.costs),
    ).select(*_EVENT, "event", "point", "provider")  # fmt: skip
    return Events(rows, ("turn", "point", "provider", "basis"), {}, shared=True)


def _diagnosed(asked: Asked) -> Keyed:
    """Contacts whose primary diagnosis an area claims; of two codes in first place the area that is named first."""
    rows = asked.records.table("activity_code")
    present = [(use.system, use.code) for use in asked.records.uses_in("activity_code")]
    claimed = [(*code, number) for code, number in by_code(asked.areas, "diagnoses", present).items()]
    codes = small_table(claimed, ("system", "code", "diagnosed"), ("string", "string", "int16"))
    rows = rows.filter((rows.kind == "diagnosis") & (rows.position == 1))
    rows = look_up(rows, Keyed(codes, ("system", "code")), ("system", "code"), keep_all=False)
    of_contact = ("source", "activity_id", "person_id")
    found = rows.group_by(of_contact).aggregate(diagnosed=rows.diagnosed.min())
    return Keyed(found, of_contact)


def items_of(asked: Asked) -> Events:
    """Items issued: rank 4."""
    rows = asked.records.table("medication")
    present = [(use.system, use.code) for use in asked.records.uses_in("medication")]
    claimed = [(*code, number) for code, number in by_code(asked.areas, "medicines", present).items()]
    codes = small_table(claimed, ("system", "code", "primary"), ("string", "string", "int16"))
    rows = rows.mutate(period=_period_of(asked, rows.date))
    rows = rows.filter(rows.period.notnull())
    rows = look_up(rows, Keyed(codes, ("system", "code")), ("system", "code"))
    rows = rows.mutate(day=rows.date, **cost_of_items(rows, asked.costs)).select(*_EVENT)
    return Events(rows, ("basis",), _alike("prescription"))


def support_of(asked: Asked) -> Events:
    """Adult social care: assessments and reviews by their day, services in each year in which they last, of rank 3 by
    their support reason. A request is no care yet."""
    rows = asked.records.table("social_care")
    rows = rows.filter(rows.event_type != "request")
    years = [(0, number, period.start, period.end) for number, period in enumerate(asked.periods)]
    every = small_table(years, ("every", "period", "opens", "closes"), ("int8", "int16", "date", "date"))
    rows = fan_out(rows.mutate(every=ibis.literal(0, "int8")), every, ["every"])
    until = ibis.ifelse(rows.event_type == "service", rows.end.fill_null(rows.closes), rows.start)
    rows = rows.filter((rows.start <= rows.closes) & (until >= rows.opens))
    first, last = ibis.greatest(rows.start, rows.opens), ibis.least(until, rows.closes)
    rows = rows.mutate(days=last.delta(first, unit="day") + 1, day=first)
    teams = {team for area in asked.areas for team in area.claims.teams}
    claimed = by_kind(asked.areas, [("social_care", team) for team in (*sorted(teams), "")])
    reasons = [(team, number) for (_, team), number in claimed.items() if team]
    table = small_table(reasons, ("support_reason", "of_reason"), ("string", "int16"))
    rows = look_up(rows, Keyed(table, ("support_reason",)), ("support_reason",))
    otherwise = ibis.literal(claimed.get(("social_care", "")), "int16")
    rows = rows.mutate(
        provider=rows.local_authority, primary=ibis.coalesce(rows.of_reason, otherwise),
        **cost_of_social_care(rows, asked.costs),
    ).select(*_EVENT, "provider")  # fmt: skip
    return Events(rows, ("provider", "basis"), _alike("social_care"))


def _period_of(asked: Asked, day: Any) -> Any:
    """The number of the year that a day lies in; null outside all."""
    within = [
        (day.between(ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())), number)
        for number, period in enumerate(asked.periods)
    ]
    return ibis.cases(*((holds, ibis.literal(number, "int16")) for holds, number in within))


def _sum(parts: Any) -> Any:
    added: Any = ibis.literal(0, "int64")
    for part in parts:
        added = added + part
    return added


def remainder(number: Any, divisor: Any) -> Any:
    """What is left of a whole number after division, without its sign."""
    return (number % divisor).abs().cast("int64")
