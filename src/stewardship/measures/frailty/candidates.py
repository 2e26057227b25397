"""Candidates for the frailty register: residents whose records give a reason to ask, each with its evidence.

Records come through the gate; nothing here tells who somebody is. A clinician confirms or rejects: nobody is put on the
register by being found.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from stewardship.measures.frailty import wanted
from stewardship.measures.frailty.reading import COLUMNS, read_levels, read_things
from stewardship.people.joins import only_those_in
from stewardship.people.periods import years_ending
from stewardship.people.table import people_of
from stewardship.records.opened import Records
from stewardship.rules.frailty.candidates import Found, Reason, reasons, thresholds_on
from stewardship.rules.frailty.conditions import Coded

Row = dict[str, Any]


@dataclass(frozen=True)
class Candidate:
    """Somebody who may belong on the register. age: in years on the day. Places by code, "" where none is known."""

    person_id: int
    age: int
    practice: str
    network: str
    alliance: str
    fifth: int | None
    reasons: tuple[Reason, ...]


def find(records: Records, as_of: date) -> Iterator[Candidate]:
    """Every candidate on a day, by person_id: residents registered on that day, with a reason."""
    limits = thresholds_on(as_of)
    people = people_of(records, years_ending(as_of, 1)).kept(records.engine).named
    here = people.filter(people.at_end)
    things = read_things(records, here.select("person_id"), as_of, limits)
    possible = records.engine.keep("frailty_possible", _possible(things, limits))
    kept = only_those_in(things, possible, ["person_id"])
    levels = read_levels(records, possible, as_of)
    rows = records.engine.ibis.to_pyarrow(kept.union(levels)).to_pylist()
    residents = _residents(records, only_those_in(here, possible, ["person_id"]))
    for person_id, found in groupby(sorted(rows, key=_order), key=itemgetter("person_id")):
        if person_id in residents:
            told = reasons(_found(residents[person_id]["age"], list(found)), as_of, limits=limits)
            if told:
                yield _candidate(residents[person_id], told)


def _possible(things: Any, limits: Mapping[str, int]) -> Any:
    """Whoever may have a reason, before ages and windows are looked at: so that few rows leave the engine."""
    kind = things.kind
    counted = things.group_by("person_id").aggregate(
        told=kind.isin([wanted.CODED, wanted.CARE_HOME]).any(),
        deficits=(kind == wanted.DEFICIT).sum(),
        points=things.number.sum(where=kind == wanted.DIAGNOSIS),
        fell=(kind == wanted.FALL).any(),
        admitted=(kind == wanted.ADMISSION).sum(),
        attended=(kind == wanted.ATTENDANCE).sum(),
    )
    often = min(limits["admissions"], limits["high_use_admissions"])
    return counted.filter(
        counted.told
        | (counted.deficits >= limits["efi_deficits"])
        | (counted.points >= limits["hfrs_tenths"])
        | counted.fell
        | (counted.admitted >= often)
        | (counted.attended >= limits["high_use_attendances"])
    ).select("person_id")


def _residents(records: Records, here: Any) -> dict[int, Row]:
    columns = here.select("person_id", "age", "practice", "network", "alliance", "fifth")
    return {row["person_id"]: row for row in records.engine.ibis.to_pyarrow(columns).to_pylist()}


def _order(row: Row) -> tuple[Any, ...]:
    """A full order, so that the same records give the same evidence in the same order."""
    return tuple((row[name] or date.max) if name == "day" else row[name] for name in COLUMNS)


def _found(age: int, rows: list[Row]) -> Found:
    by_kind: dict[str, list[Row]] = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append(row)

    def days(kind: str) -> tuple[date, ...]:
        return tuple(sorted(row["day"] for row in by_kind.get(kind, ())))

    def by_name(kind: str) -> dict[str, Any]:
        return {row["name"]: row["day"] for row in by_kind.get(kind, ())}

    coded = {Coded(row["day"], row["system"], row["code"]) for row in by_kind.get(wanted.CODED, ())}
    return Found(
        age=age,
        codes=tuple(sorted(coded)),
        deficits=by_name(wanted.DEFICIT),
        diagnoses=by_name(wanted.DIAGNOSIS),
        falls=tuple(dict.fromkeys(days(wanted.FALL))),
        care_home=min(days(wanted.CARE_HOME), default=None),
        admissions=days(wanted.ADMISSION),
        attendances=days(wanted.ATTENDANCE),
        frailty_scale=tuple((row["day"], row["number"]) for row in by_kind.get(wanted.SCALE, ())),
    )


def _candidate(resident: Row, told: tuple[Reason, ...]) -> Candidate:
    places = {name: resident[name] or "" for name in ("practice", "network", "alliance")}
    return Candidate(
        person_id=resident["person_id"], age=resident["age"], fifth=resident["fifth"], reasons=told, **places
    )
