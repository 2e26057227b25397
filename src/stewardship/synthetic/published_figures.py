"""What others publish of the system, its parts and its nation: a file about nobody.

Some figures are those of the real places that the invented ones are shaped by. Others were made up for the
demonstration: what no record of a person tells, what stands beside measures for comparison, and how many people are
expected to have a condition (`expected_numbers`). All name their source, and limits of 95 per cent where there are any.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.expected_numbers import expected_numbers, residents_of_places
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.listed import Listed
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.places import SYSTEM_CODE, Places
from stewardship.synthetic.tables import published, source_of

NATION, NATION_NAME = "X92000001", "Notional nation"
INVENTED = "Invented for the demonstration"
OF_A_REAL_PLACE = (
    " The figure is of the real place that this invented one is shaped by; the residents made differ."
)
_ENGLAND = "E92000001"
_NATION_REGISTERED = (
    63_670_000  # as in England: NHS England, patients registered at a GP practice, April 2026
)
_REGISTERED = 1_295_688  # in the real system that the counts of `invented.csv` are the size of
_LATER = timedelta(days=45)  # from the end of a period to the day of publication
_NO_BATCH = 2**32 - 1
_Z = 1.959964  # of a normal distribution, 95 per cent within
YEAR_OF_INDICATORS = (date(2024, 4, 1), date(2025, 3, 31), date(2025, 10, 30))
"""First and last day, and the day of publication."""


@dataclass(frozen=True)
class Figure:
    """A row of the file. limits: None where none are published."""

    measure: str
    place: str
    days: tuple[date, date]
    published: date
    value: float
    limits: tuple[float, float] | None
    source: str


def published_figures(plan: Plan, places: Places, listed: Listed) -> Extract:
    """The file. listed: everybody on the lists of practices on the last day."""
    figures = [*_indicators(places), *_waiting_times(), *_invented(plan, places, listed)]
    figures += [
        Figure(named, place, days, _published(plan, days[1]), float(people), None, INVENTED)
        for named, place, year, people in expected_numbers(places, listed, plan.years)
        for days in [_days(plan, year)]
    ]
    limits = [each.limits or (None, None) for each in figures]
    return Extract("published", "figures", None, pa.table({
        "Measure": pa.array([each.measure for each in figures]),
        "PlaceCode": pa.array([each.place for each in figures]),
        "PeriodStart": pa.array([each.days[0] for each in figures]),
        "PeriodEnd": pa.array([each.days[1] for each in figures]),
        "Value": pa.array([round(each.value, 2) for each in figures], pa.float64()),
        "LowerLimit": pa.array([lower and round(lower, 2) for lower, _ in limits], pa.float64()),
        "UpperLimit": pa.array([upper and round(upper, 2) for _, upper in limits], pa.float64()),
        "Source": pa.array([each.source for each in figures]),
        "PublishedDate": pa.array([each.published for each in figures]),
    }))  # fmt: skip


def _indicators(places: Places) -> Iterator[Figure]:
    source, registered = source_of("indicators"), _registered()
    first, last, day = YEAR_OF_INDICATORS
    for row in published("indicators"):
        shares = {code: float(row[code]) for code in registered}
        by_alliance = {
            alliance: _weighted([(registered[code], shares[code]) for code in codes])
            for alliance, codes in _localities_of(places).items()
        }
        whole = sum(registered.values())
        of_places = {
            NATION: (_NATION_REGISTERED, float(row["england"])),
            SYSTEM_CODE: (whole, float(row["system"])),
        }
        for place, (people, per_cent) in (of_places | by_alliance).items():
            limits = _share_limits(per_cent, people * float(row["of"]) / 100)
            yield Figure(
                row["measure"], place, (first, last), day, per_cent, limits, source + OF_A_REAL_PLACE
            )


def _weighted(of: Sequence[tuple[int, float]]) -> tuple[int, float]:
    people = sum(each for each, _ in of)
    return people, sum(each * per_cent for each, per_cent in of) / people


def _localities_of(places: Places) -> dict[str, list[str]]:
    """Codes of the localities of each alliance, by its code."""
    of = zip(places.localities.code, places.localities.alliance, strict=True)
    found: dict[str, list[str]] = {code: [] for code in places.alliance_codes}
    for code, alliance in of:
        found[places.alliance_codes[alliance]].append(code)
    return found


def _waiting_times() -> Iterator[Figure]:
    source = source_of("waiting_times") + "." + OF_A_REAL_PLACE
    for row in published("waiting_times"):
        counted, within = int(row["counted"]), int(row["within"])
        place = NATION if row["place"] == _ENGLAND else row["place"]
        days = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        per_cent = 100 * within / counted
        day = date.fromisoformat(row["published"])
        yield Figure(row["measure"], place, days, day, per_cent, _share_limits(per_cent, counted), source)


def _invented(plan: Plan, places: Places, listed: Listed) -> Iterator[Figure]:
    """Every year of the plan: of the nation, and of the system, its alliances and local authorities where the table
    has a value for the system."""
    people = residents_of_places(places, listed)
    for row in published("invented"):
        if row["nation"]:
            yield from _of_place(plan, row, NATION, _NATION_REGISTERED, float(row["nation"]), 0.0)
        for place, there in people.items() if row["system"] else ():
            rng = stream(plan.seed, _NO_BATCH, f"published {row['id']} of {place}")
            apart = 0.0 if place == SYSTEM_CODE else float(row["apart"]) * rng.standard_normal()
            base = float(row["system"]) * (there / _REGISTERED if row["kind"] == "count" else 1)
            yield from _of_place(plan, row, place, there, base, apart)


def _of_place(
    plan: Plan, row: dict[str, str], place: str, people: int, base: float, apart: float
) -> Iterator[Figure]:
    """A place's figures, the latest year first. apart: logarithm of times as much (of the odds, of a share)."""
    for year in range(plan.years):
        value = base * float(row["a_year"]) ** -year
        if row["kind"] == "share":
            odds = value / (100 - value) * np.exp(apart)
            value = 100 * odds / (1 + odds)
        else:
            value *= np.exp(apart)
        if row["kind"] == "count":
            value = float(round(value))
        days = _days(plan, year)
        yield Figure(
            row["id"], place, days, _published(plan, days[1]), value, _limits(row, value, people), INVENTED
        )


def _limits(row: dict[str, str], value: float, people: int) -> tuple[float, float] | None:
    if row["kind"] == "count":
        return None
    counted = max(float(row["counted"]) * people / 1000, 1.0)
    if row["kind"] == "share":
        return _share_limits(value, counted)
    if row["kind"] == "mean":
        half = _Z * float(row["spread"]) / counted**0.5
        return value - half, value + half
    times = float(np.exp(_Z / max(value * counted / float(row["per"]), 1.0) ** 0.5))
    return value / times, value * times


def _share_limits(per_cent: float, counted: float) -> tuple[float, float]:
    """Wilson's 95 per cent limits of a share in per cent. Source: Wilson 1927, as for Fingertips."""
    share = per_cent / 100
    centre = share + _Z**2 / (2 * counted)
    spread = _Z * (share * (1 - share) / counted + _Z**2 / (4 * counted**2)) ** 0.5
    lower, upper = ((centre + side * spread) / (1 + _Z**2 / counted) for side in (-1, 1))
    return 100 * lower, 100 * upper


def _days(plan: Plan, year: int) -> tuple[date, date]:
    """First and last day of a year of the plan, 0 the latest."""
    first, after = (
        date(1970, 1, 1) + timedelta(days=replace(plan, years=each).first) for each in (year + 1, year)
    )
    return first, after - timedelta(days=1) if year else plan.last_day


def _published(plan: Plan, end: date) -> date:
    """No day after the last of all data."""
    return min(end + _LATER, plan.last_day)


def _registered() -> dict[str, int]:
    """People registered in the places that the localities are shaped by, April 2026."""
    return {"ZZ1": 425_517, "ZZ2": 295_872, "ZZ3": 189_853, "ZZ4": 187_931, "ZZ5": 196_515}
