"""Published results: what a build leaves behind for pages, downloads and the API to read.

Everything here has been through disclosure control. Nothing here is about one person.

A snapshot's `results` folder holds
- `snapshot.json`: as-of date, sources, files, findings, notes, places, cards;
- `<care area>.parquet`: its figures, sorted by place, one row a measure, place, characteristic and period.
- `<care area>-variation.parquet` and `<care area>-inequality.parquet`: what follows from these; see `derived`;
- `<care area>-months.parquet`: events by month; `-trend.parquet` and `-readings.parquet`: what follows from these.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

State = Literal["shown", "suppressed", "missing"]
PARTS = ("population", "resources", "activity", "burden", "outcomes")
EVERYONE = "everyone"
SHARES = ("proportion", "share of events")
"""The statistics that are a part of something as per cent of it."""

FIGURES = pa.schema(
    [
        ("measure", pa.string()),
        ("place", pa.string()),  # place code
        ("by", pa.string()),  # everyone, sex, age band, ethnic group, deprivation fifth
        ("group", pa.string()),  # everyone, female, 40-44, White, 1, ...
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("numerator", pa.int64()),  # rounded; pence for money
        ("denominator", pa.int64()),  # rounded; null where the measure has none
        ("value", pa.float64()),  # in the measure's unit: a percentage is 52.1, money is pounds
        ("lower95", pa.float64()),
        ("upper95", pa.float64()),
        ("lower99_8", pa.float64()),
        ("upper99_8", pa.float64()),
        ("state", pa.string()),
        ("reason", pa.string()),  # why hidden or missing, in words for the page
        ("caution", pa.string()),  # e.g. "Small numbers: rounding may move this by several points"
        ("compared", pa.string()),  # with the system: better, worse, similar, higher, lower or empty
        ("change", pa.string()),  # with the first of the five years: same words
        ("since_year_before", pa.string()),  # with the year before: same words
        (
            "source",
            pa.string(),
        ),  # who published the figure, or the number it is held against, and when; else empty
    ]
)


@dataclass(frozen=True)
class Card:
    """What a measure is, for whoever reads its figure."""

    key: str
    name: str
    care_area: str
    part: str
    statistic: str  # count, amount, proportion, rate, standardised rate, mean, published, against expected
    unit: str  # "people", "%", "per 1,000", "per 100,000", "£", "£ a person", "admissions"
    better: str  # higher, lower, neither
    definition: str  # one sentence made from the declaration
    numerator: str
    denominator: str
    why: str = ""
    method: str = ""  # how the interval is made
    source: str = ""  # where the definition comes from
    code_lists: tuple[dict[str, str], ...] = ()  # name, version, hash
    missing: str = ""  # why no figure could be made anywhere, e.g. "no unit was sent with HbA1c results"
    headline: bool = False
    scheme: str = ""  # disclosure control: the rule in words, with its name and version
    largest_hidden: int = 7  # counts from 1 to this are hidden
    rounded_to: int = 5  # the others are rounded to the nearest multiple; 1: as they are
    numerator_is: str = (
        ""  # the name of the quantity (Quantity.name); the same in every measure that shows it
    )
    denominator_is: str = ""
    # Whether residents counted here stand behind the figures; not behind the money of ledgers and published figures.
    of_people: bool = True
    repeats: bool = (
        False  # whether one person often has many of the events: their number alone tells no chance
    )
    # The latest published figure of the comparator place: place, value, lower, upper (None where not given), source.
    comparator: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AreaCard:
    """A care area as published."""

    key: str
    name: str
    phase: int
    definition: str
    measures: tuple[Card, ...]

    def part(self, part: str) -> tuple[Card, ...]:
        """The cards of one of the five parts, in declared order."""
        return tuple(card for card in self.measures if card.part == part)


@dataclass(frozen=True)
class PlaceCard:
    """A place that figures are published for."""

    code: str
    name: str
    level: str
    parent: str
    basis: str  # "by GP practice" or "by home"; empty for the system


@dataclass(frozen=True)
class Figure:
    """One published figure. value is None unless state is "shown"."""

    measure: str
    place: str
    by: str
    group: str
    period_start: date
    period_end: date
    numerator: int | None
    denominator: int | None
    value: float | None
    lower95: float | None
    upper95: float | None
    lower99_8: float | None
    upper99_8: float | None
    state: State
    reason: str
    caution: str
    compared: str
    change: str
    source: str = ""
    since_year_before: str = ""


@dataclass(frozen=True)
class Snapshot:
    """What a snapshot says of itself."""

    id: str
    as_of: date
    built_at: str
    sources: tuple[dict[str, Any], ...]  # name, reader, people
    files: tuple[dict[str, Any], ...]  # as FileCount, counts rounded, None where they are 1 to 7
    findings: tuple[dict[str, Any], ...]  # as Finding, likewise
    notes: tuple[str, ...]  # said on every page, e.g. that homes were assigned by chance
    periods: tuple[tuple[date, date], ...]  # oldest first
    disclosure: str  # the rule's name and version, in words
    deprivation_edition: int | None
    places: tuple[PlaceCard, ...]
    areas: tuple[AreaCard, ...]
    groups: dict[str, list[str]] = field(default_factory=dict)  # the order of each characteristic's groups
    # The measures of the strategy, which stand beside the care areas and belong to none; None where none are published.
    strategy: AreaCard | None = None

    @property
    def with_strategy(self) -> tuple[AreaCard, ...]:
        """The care areas and the strategy: everything that has figures and a page."""
        return self.areas if self.strategy is None else (*self.areas, self.strategy)


def write_snapshot(folder: Path, snapshot: Snapshot) -> None:
    """Write `snapshot.json` into a results folder."""
    text = json.dumps(asdict(snapshot), default=str, ensure_ascii=False, indent=1)
    (folder / "snapshot.json").write_text(text, encoding="utf-8")


def write_figures(folder: Path, care_area: str, figures: pa.Table) -> None:
    """Write a care area's figures, sorted so that one place is read without the rest."""
    ordered = figures.select(FIGURES.names).cast(FIGURES)
    order = ("place", "measure", "by", "group", "period_end")
    pq.write_table(in_order(ordered, order), folder / f"{care_area}.parquet", row_group_size=20_000)


def in_order(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """The rows in the order of these columns, none of which has nulls. Few values stand in each of them, so each is
    numbered, and the numbers are put in order: comparing the words of every row takes twice as long."""
    key = np.zeros(len(table), np.int64)
    for name in names:
        encoded = table[name].combine_chunks().dictionary_encode()
        rank = np.empty(len(encoded.dictionary), np.int64)
        rank[np.asarray(pc.array_sort_indices(encoded.dictionary))] = np.arange(len(rank))
        key = key * max(1, len(rank)) + rank[np.asarray(encoded.indices)]
    return table.take(pa.array(np.argsort(key, kind="stable")))


class Published:
    """The published results of one snapshot, read-only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.snapshot = _snapshot(json.loads((folder / "snapshot.json").read_text(encoding="utf-8")))
        self._places = {place.code: place for place in reversed(self.snapshot.places)}

    def area(self, key: str) -> AreaCard:
        """The care area of that key, or the strategy; KeyError if it is not published."""
        for area in self.snapshot.with_strategy:
            if area.key == key:
                return area
        raise KeyError(key)

    def place(self, code: str) -> PlaceCard:
        """The place of that code; KeyError if it is not published."""
        return self._places[code]

    @property
    def system(self) -> PlaceCard:
        """The whole system."""
        return next(place for place in self.snapshot.places if place.level == "system")

    def figures(self, care_area: str, **where: str) -> list[Figure]:
        """The figures of a care area where every named column has that value, in the file's order."""
        table = self.table(care_area, **where)
        return [Figure(**row) for row in table.to_pylist()]

    def table(self, care_area: str, **where: str) -> pa.Table:
        """As `figures`, as an Arrow table."""
        filters = [(column, "==", value) for column, value in where.items()] or None
        return pq.read_table(self.file(care_area), filters=filters)

    def file(self, care_area: str) -> Path:
        """The file of a care area's figures, sorted by place; KeyError if it is not published."""
        return self.folder / f"{self.area(care_area).key}.parquet"


def _snapshot(data: dict[str, Any]) -> Snapshot:
    areas, strategy = tuple(map(_area, data["areas"])), data.get("strategy")
    return Snapshot(
        **{
            **data,
            "as_of": date.fromisoformat(data["as_of"]),
            "periods": tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in data["periods"]),
            "places": tuple(PlaceCard(**place) for place in data["places"]),
            "areas": areas,
            "strategy": _area(strategy) if strategy else None,
            "notes": tuple(data["notes"]),
            "sources": tuple(data["sources"]),
            "files": tuple(data["files"]),
            "findings": tuple(data["findings"]),
        }
    )


def _area(data: dict[str, Any]) -> AreaCard:
    return AreaCard(**{**data, "measures": tuple(_card(card) for card in data["measures"])})


def _card(data: dict[str, Any]) -> Card:
    return Card(**{**data, "code_lists": tuple(data["code_lists"])})
