"""Small published snapshots of invented figures, made by the same functions that a build uses."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa

from stewardship.measures.derived import write_derived
from stewardship.measures.months import write_months
from stewardship.measures.published import (
    EVERYONE,
    FIGURES,
    AreaCard,
    Card,
    PlaceCard,
    Snapshot,
    write_figures,
    write_snapshot,
)
from stewardship.records.boundaries.kept import Boundary, write_boundaries
from support.checked import write_found
from support.invented_months import invented_months
from support.squares import square

AS_OF = date(2026, 3, 31)
PERIODS = tuple((date(year, 4, 1), date(year + 1, 3, 31)) for year in range(2021, 2026))
PLACES = (
    PlaceCard("SYS", "Exampleshire", "system", "", ""),
    PlaceCard("A1", "Northshire alliance", "alliance", "SYS", "by GP practice"),
    PlaceCard("A2", "Southmarsh alliance", "alliance", "SYS", "by GP practice"),
    PlaceCard("N1", "Blank Marsh", "network", "A1", "by GP practice"),
    PlaceCard("N2", "Draft Green", "network", "A1", "by GP practice"),
    PlaceCard("N3", "Fiction Vale", "network", "A2", "by GP practice"),
    PlaceCard("N4", "Placeholder Bay", "network", "A2", "by GP practice"),
)
SIZES = {"SYS": 64_000, "A1": 36_000, "A2": 28_000, "N1": 20_000, "N2": 16_000, "N3": 27_000, "N4": 1_000}
GROUPS = {
    "sex": ["female", "male"],
    "age band": ["0-4", "5-14", "15-24", "25-44", "45-64", "65-74", "75-84", "85+"],
    "ethnic group": ["Asian", "Black", "Mixed", "Other", "White", "Not stated"],
    "deprivation fifth": ["1", "2", "3", "4", "5"],
    "inclusion health": ["recorded in an inclusion group"],
}
SHARES = {
    "sex": [0.51, 0.49],
    "age band": [0.06, 0.12, 0.12, 0.24, 0.22, 0.08, 0.08, 0.08],
    "ethnic group": [0.08, 0.04, 0.02, 0.01, 0.8, 0.05],
    "deprivation fifth": [0.2] * 5,
    "inclusion health": [0.03],
}
NO_UNIT = "no unit was sent with HbA1c results"


def card(key: str, part: str, statistic: str, unit: str, better: str = "neither", **more: object) -> Card:
    """A card with plausible words."""
    name = str(more.pop("name", key.replace("-", " ").capitalize()))
    filled = {
        "definition": f"{name}, counted once a person in the period.",
        "numerator": f"{name}.",
        "denominator": "People registered with a practice of the place on the last day of the period.",
        "why": "It shows whether care reaches everybody.",
        "method": "Wilson score interval",
        "source": "National diabetes audit, definitions of 2024",
        "code_lists": ({"name": "diabetes", "version": "3", "hash": "9f2c1ab34d"},),
    }
    return Card(key, name, "diabetes", part, statistic, unit, better, **{**filled, **more})  # type: ignore[arg-type]


DIABETES = AreaCard(
    key="diabetes",
    name="Diabetes",
    phase=2,
    definition="Everyone with diabetes ever recorded and not resolved, alive and registered on the last day.",
    measures=(
        card("people", "population", "count", "people", name="People with diabetes", headline=True),
        card("at-risk", "population", "count", "people", name="People at risk: HbA1c 42 to 47 mmol/mol"),
        card("programme-budget", "resources", "amount", "£", name="Programme budget 4A", headline=True),
        card("cost-a-person", "resources", "mean", "£ a person", name="Cost a person with diabetes"),
        card("cost-emergency", "resources", "amount", "£", name="Emergency admissions"),
        card("cost-outpatient", "resources", "amount", "£", name="Outpatient appointments"),
        card("cost-medicines", "resources", "amount", "£", name="Medicines and devices"),
        card(
            "emergency-admissions",
            "activity",
            "rate",
            "per 1,000",
            "lower",
            name="Emergency admissions",
            headline=True,
        ),
        card("contacts", "activity", "count", "contacts", name="GP contacts"),
        card("prevalence", "burden", "proportion", "%", name="Prevalence", headline=True),
        card(
            "premature-deaths",
            "burden",
            "standardised rate",
            "per 100,000",
            "lower",
            name="Deaths before 75, with diabetes",
        ),
        card(
            "eight-care-processes",
            "outcomes",
            "proportion",
            "%",
            "higher",
            name="All eight care processes",
            headline=True,
        ),
        card("foot-check", "outcomes", "proportion", "%", "higher", name="Foot check in 12 months"),
        card("smoking", "outcomes", "proportion", "%", "lower", name="Smokers among people with diabetes"),
        card("major-amputation", "outcomes", "rate", "per 10,000", "lower", name="Major amputation"),
        card("sight-loss", "outcomes", "rate", "per 10,000", "lower", name="New sight loss certified"),
        card(
            "hba1c-at-target",
            "outcomes",
            "proportion",
            "%",
            "higher",
            name="HbA1c at 58 mmol/mol or under",
            missing=NO_UNIT,
        ),
    ),
)
FRAILTY = AreaCard(
    key="frailty",
    name="Frailty",
    phase=1,
    definition="Everyone aged 65 or over with moderate or severe frailty recorded.",
    measures=(
        replace(
            card("people", "population", "count", "people", name="People living with frailty", headline=True),
            care_area="frailty",
        ),
        replace(
            card("falls", "outcomes", "rate", "per 1,000", "lower", name="Admissions after a fall"),
            care_area="frailty",
        ),
    ),
)
# the share of residents or the rate a person that each measure starts at, and its trend a year
LEVELS = {
    "people": (0.07, 1.02),
    "at-risk": (0.05, 1.03),
    "programme-budget": (62.0, 1.04),
    "cost-a-person": (890.0, 1.02),
    "cost-emergency": (14.0, 1.0),
    "cost-outpatient": (8.0, 1.03),
    "cost-medicines": (31.0, 1.06),
    "emergency-admissions": (0.011, 0.96),
    "contacts": (4.1, 1.01),
    "prevalence": (0.07, 1.02),
    "premature-deaths": (0.0006, 1.0),
    "eight-care-processes": (0.46, 1.03),
    "foot-check": (0.70, 1.01),
    "smoking": (0.16, 0.97),
    "major-amputation": (0.0009, 0.99),
    "sight-loss": (0.0004, 1.0),
    "falls": (0.02, 1.0),
}
TILT = {"eight-care-processes": 0.035, "foot-check": 0.02, "emergency-admissions": -0.12, "smoking": -0.1}
PER = {"per 1,000": 1_000, "per 10,000": 10_000, "per 100,000": 100_000, "%": 100}


def publish(workspace: Path, snapshot_id: str = "2026-04-14", notes: tuple[str, ...] = ()) -> Path:
    """Publish an invented snapshot in a workspace; returns its results folder."""
    folder = workspace / "snapshots" / snapshot_id / "results"
    folder.mkdir(parents=True)
    said = snapshot(snapshot_id, notes)
    for area in (DIABETES, FRAILTY):
        figures = pa.Table.from_pylist(list(_rows(area)), schema=FIGURES)
        write_figures(folder, area.key, figures)
        write_months(folder, area.key, invented_months(area, SIZES))
        write_derived(folder, area, figures, said)
    write_snapshot(folder, said)
    write_boundaries(folder, "alliance", squares_of(("A1", "A2")))
    write_found(folder, (DIABETES, FRAILTY))
    return folder


def squares_of(codes: tuple[str, ...], across: int = 2) -> list[Boundary]:
    """Boundaries of places that are squares side by side."""
    rings = [square(number % across, number // across) for number in range(len(codes))]
    return [
        Boundary(code, ((tuple((x, y) for x, y in ring),),), (ring[0][0] + 0.05, ring[0][1] + 0.05), 0.03)
        for code, ring in zip(codes, rings, strict=True)
    ]


def snapshot(snapshot_id: str, notes: tuple[str, ...] = ()) -> Snapshot:
    """What the invented snapshot says of itself."""
    return Snapshot(
        id=snapshot_id,
        as_of=AS_OF,
        built_at="2026-04-14T06:10:00+01:00",
        sources=({"name": "invented residents", "reader": "OMOP 5.4", "people": 64_000},),
        files=(
            {
                "file": "PERSON.csv",
                "table": "person",
                "read": 64_003,
                "loaded": 64_000,
                "quarantined": 3,
                "absent": False,
            },
            {
                "file": "DEATH.csv",
                "table": "death",
                "read": 0,
                "loaded": 0,
                "quarantined": 0,
                "absent": True,
            },
        ),
        findings=(
            {
                "check": "People in no observation period",
                "table": "OBSERVATION_PERIOD.csv",
                "outcome": "fail",
                "count": 28,
                "examined": 64_000,
                "consequence": "They are counted as registered nowhere.",
            },
            {
                "check": "Births after the as-of date",
                "table": "PERSON.csv",
                "outcome": "pass",
                "count": 0,
                "examined": 64_000,
                "consequence": "",
            },
        ),
        notes=notes,
        periods=PERIODS,
        disclosure="Counts of 1 to 7 are hidden and other counts are rounded to 5 (scheme 1)",
        deprivation_edition=2025,
        places=PLACES,
        areas=(DIABETES, FRAILTY),
        groups=GROUPS,
    )


def _rows(area: AreaCard) -> Iterator[dict[str, object]]:
    for place in PLACES:
        for one in area.measures:
            if one.missing:
                continue
            for index, (start, end) in enumerate(PERIODS):
                yield _row(one, place, EVERYONE, EVERYONE, index, start, end, 1.0, 0.0)
                for by, names in GROUPS.items():
                    for position, name in enumerate(names):
                        tilt = (position - 2) * TILT.get(one.key, 0.0) if by == "deprivation fifth" else 0.0
                        share = SHARES[by][position]
                        yield _row(one, place, by, name, index, start, end, share, tilt)


def _row(
    one: Card,
    place: PlaceCard,
    by: str,
    group: str,
    index: int,
    start: date,
    end: date,
    share: float,
    tilt: float,
) -> dict[str, object]:
    """One figure, with the disclosure rule applied in a simple form."""
    base, trend = LEVELS[one.key]
    lean = {"N4": 0.9, "N2": 1.05, "A1": 1.02}.get(place.code, 1.0)
    level = base * trend**index * lean * (1 + tilt * (1 - 0.1 * index) * 4)
    people = max(round(SIZES[place.code] * share / 5) * 5, 5)
    row: dict[str, object] = dict.fromkeys(FIGURES.names)
    row |= {"measure": one.key, "place": place.code, "by": by, "group": group}
    row |= {"period_start": start, "period_end": end, "state": "shown", "reason": "", "caution": ""}
    row |= {"compared": "", "change": "", "since_year_before": ""}
    if one.statistic in {"count", "amount", "mean"}:
        return row | _plain(one, level, people)
    return row | _measured(one, level, people, place.code, index)


def _plain(one: Card, level: float, people: int) -> dict[str, object]:
    if one.statistic == "mean":
        return {"value": level, "lower95": level * 0.97, "upper95": level * 1.03}
    count = round(level * people / 5) * 5
    if one.statistic == "count" and count < 8:
        return {"state": "suppressed", "reason": "fewer than 8 people"}
    scale = 100 if one.statistic == "amount" else 1
    return {"value": float(count), "numerator": count * scale, "denominator": None}


def _measured(one: Card, level: float, people: int, place: str, index: int) -> dict[str, object]:
    denominator = people if one.part != "outcomes" else max(round(people * 0.07 / 5) * 5, 5)
    factor = PER[one.unit]
    count = round(level * denominator / 5) * 5
    if count < 8:
        return {"state": "suppressed", "reason": "fewer than 8 people"}
    value = factor * count / denominator
    spread = (
        1.96
        * math.sqrt(level * (1 - min(level, 0.99)) / denominator if factor == 100 else count)
        * factor
        / (1 if factor == 100 else denominator)
    )
    usual = LEVELS[one.key][0] * LEVELS[one.key][1] ** index * factor
    made: dict[str, object] = {"value": value, "numerator": count, "denominator": denominator}
    made |= {"lower95": max(value - spread, 0), "upper95": value + spread}
    made |= {"lower99_8": max(value - 1.58 * spread, 0), "upper99_8": value + 1.58 * spread}
    if denominator < 200:
        made["caution"] = "Small numbers: rounding may move this by several points"
    if place != "SYS":
        made["compared"] = _word(value - usual, spread, one.better)
    first = LEVELS[one.key][0] * factor
    made["change"] = _word(value - first, spread, one.better)
    before = value / LEVELS[one.key][1] if index else None
    made["since_year_before"] = "" if before is None else _word(value - before, spread, one.better)
    return made


def _word(difference: float, spread: float, better: str) -> str:
    if abs(difference) <= spread:
        return "similar"
    up = difference > 0
    if better == "neither":
        return "higher" if up else "lower"
    return "better" if up == (better == "higher") else "worse"
