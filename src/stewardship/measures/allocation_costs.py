"""What care costs: as it was sent, else by a table of unit costs, each amount marked by how it is known."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any

import ibis

from stewardship.records.model import ATTENDANCES, POINTS_OF_DELIVERY
from stewardship.records.model.declared import COST_BASES

FILE = "unit_costs.csv"
ACTUAL, APPORTIONED, ESTIMATED, UNKNOWN = range(4)
BASES = (*COST_BASES, "unknown")
"""How an amount is known, by its number: of what is unknown the contacts are counted, and the amount is 0."""
_COLUMNS = (
    "point_of_delivery", "nights_from", "nights_to", "attendance", "department", "component", "per", "pounds", "source",
)  # fmt: skip


class UnitCostError(Exception):
    """A table of unit costs that cannot be used; the message says which line and what to do."""


@dataclass(frozen=True)
class UnitCost:
    """What one contact of a kind costs, in pence; a week of it, if `weekly`. Empty conditions fit all."""

    point_of_delivery: str
    pence: int
    nights_from: int | None = None
    nights_to: int | None = None
    attendance: str = ""
    department: str = ""
    component: str = ""
    weekly: bool = False
    source: str = ""


def unit_costs(folder: Path | None = None) -> tuple[UnitCost, ...]:
    """The unit costs of a system's folder, if a file of theirs stands in it, else the package's own.

    Raises UnitCostError.
    """
    own = folder / FILE if folder is not None else None
    path = own if own is not None and own.is_file() else Path(__file__).parent / FILE
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(_read(line for line in file if not line.startswith("#")))
    except UnicodeDecodeError:
        raise UnitCostError(f"{FILE} is not UTF-8. Save it as UTF-8.") from None


def _read(lines: Iterable[str]) -> Iterator[UnitCost]:
    rows = csv.DictReader(lines)
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise UnitCostError(f"{FILE}: its first line has to name these columns: {', '.join(_COLUMNS)}.")
    for number, row in enumerate(rows, start=1):
        try:
            yield _unit_cost(row)
        except (ValueError, TypeError, AttributeError):
            raise UnitCostError(
                f"{FILE}, row {number}: a row needs a point of delivery of the project, whole nights, an attendance "
                f"of {' or '.join(ATTENDANCES)}, per each or week, and pounds of 0 or more. Mend the row."
            ) from None


def _unit_cost(row: dict[str, str]) -> UnitCost:
    pence = round(float(row["pounds"]) * 100)
    known = row["point_of_delivery"] in POINTS_OF_DELIVERY and row["attendance"] in ("", *ATTENDANCES)
    if not known or row["per"] not in ("each", "week") or pence < 0:
        raise ValueError(row)
    return UnitCost(
        row["point_of_delivery"], pence, _whole(row["nights_from"]), _whole(row["nights_to"]),
        row["attendance"], row["department"], row["component"], row["per"] == "week", row["source"],
    )  # fmt: skip


def _whole(text: str) -> int | None:
    return int(text) if text else None


def cost_of_contacts(rows: Any, costs: Sequence[UnitCost]) -> dict[str, Any]:
    """Columns `pence` and `basis` of contacts. A cost that was sent without saying how it is known is an actual one."""
    nights = rows.end.delta(rows.start, unit="day")
    unit = _first_that_fits(
        [
            (_all(_contact_fits(rows, nights, cost)), cost.pence)
            for cost in costs
            if cost.point_of_delivery != "social_care" and not cost.weekly
        ]
    )
    sent = [(rows.cost_basis == basis, number) for number, basis in enumerate(COST_BASES) if number != ACTUAL]
    return _marked(rows.cost_pence, unit, ibis.cases(*sent, else_=ACTUAL))


def _contact_fits(rows: Any, nights: Any, cost: UnitCost) -> Iterator[Any]:
    yield rows.point_of_delivery == cost.point_of_delivery
    if cost.nights_from is not None:
        yield nights >= cost.nights_from
    if cost.nights_to is not None:
        yield nights <= cost.nights_to
    if cost.attendance:
        yield rows.attendance == cost.attendance
    if cost.department:
        yield rows.department == cost.department


def cost_of_items(rows: Any, costs: Sequence[UnitCost]) -> dict[str, Any]:
    """Columns `pence` and `basis` of items issued."""
    unit = [cost.pence for cost in costs if cost.point_of_delivery == "prescription"]
    return _marked(rows.cost_pence, ibis.literal(unit[0] if unit else None, "int64"), ibis.literal(ACTUAL))


def cost_of_social_care(rows: Any, costs: Sequence[UnitCost]) -> dict[str, Any]:
    """Columns `pence` and `basis` of social care. rows: with `days`, how many of the year's days a service lasts.

    A service costs a seventh of its week a day, rounded down to the penny over the year's days.
    """
    service = rows.event_type == "service"
    of = [cost for cost in costs if cost.point_of_delivery == "social_care"]
    weekly = _first_that_fits(
        [(rows.component.contains(cost.component), cost.pence) for cost in of if cost.weekly]
    )
    once = _first_that_fits(
        [(rows.event_type == cost.component, cost.pence) for cost in of if not cost.weekly]
    )
    return _marked(
        ibis.ifelse(service, _of_days(rows.weekly_cost_pence, rows.days), None),
        ibis.ifelse(service, _of_days(weekly, rows.days), once),
        ibis.literal(ACTUAL),
    )


def _of_days(weekly: Any, days: Any) -> Any:
    return (weekly * days // 7).cast("int64")


def _marked(sent: Any, unit: Any, basis: Any) -> dict[str, Any]:
    known = ibis.cases((sent.notnull(), basis), (unit.notnull(), ESTIMATED), else_=UNKNOWN)
    return {"pence": ibis.coalesce(sent, unit, 0).cast("int64"), "basis": known.cast("int16")}


def _first_that_fits(cases: Sequence[tuple[Any, int]]) -> Any:
    if not cases:
        return ibis.null("int64")
    return ibis.cases(
        *((fits, ibis.literal(pence, "int64")) for fits, pence in cases), else_=ibis.null("int64")
    )


def _all(conditions: Iterable[Any]) -> Any:
    return reduce(and_, conditions)
