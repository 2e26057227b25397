"""Homes and practices by chance, for people whose source does not tell where they live.

Chance comes from a hash of the seed and the person, so a person's place depends on nothing else: not on the
order of rows, nor on who else is there, nor on threads.
"""

import shutil
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.records.engine import Engine, read_from
from stewardship.records.model import ADDRESS, REGISTRATION, UNDATED_HOME
from stewardship.records.places.places import Places, PlacesError

SOURCE, FILE = "spread over places", "by chance"
HOMES, PRACTICES = 1, 2  # two draws a person, unlike each other

Text = npt.NDArray[np.object_]
Whole = npt.NDArray[np.int64]


def spread_over_places(records: Path, places: Places, *, seed: int, engine: Engine) -> str:
    """Give each person a small area, and a practice that people of that area are registered with, by chance.

    Areas are drawn in proportion to residents, practices to patients. Rewrites `address.parquet` (one home a
    person, always) and, where places know practices, the practice of every row of
    `registration.parquet`. Without small areas only practices are given. Returns the sentence to say on
    every page.
    """
    people = engine.arrow(
        "SELECT person_id FROM read_parquet(?) ORDER BY person_id",
        [_parquet(records / "person.parquet")],
    )
    person = people["person_id"].to_numpy().astype(np.int64)
    homes = homes_by_chance(person, places, seed) if places.small_areas else None
    if homes is not None:
        _write(records, ADDRESS.name, _addresses(people, homes))
    if places.patients is not None:
        registered = pq.read_table(records / "registration.parquet", schema=REGISTRATION.schema)
        given = practices_by_chance(person, homes, places.patients, seed)
        _write(records, REGISTRATION.name, _registered(registered, person, given))
    return _sentence(len(person), seed, homes=homes is not None, practices=places.patients is not None)


def chance(person: Whole, seed: int, draw: int) -> npt.NDArray[np.float64]:
    """A number from 0 up to, not including, 1 for each person.

    Source: 53 bits of SplitMix64 (Steele, Lea and Flood 2014).
    """
    with np.errstate(over="ignore"):
        mixed = person.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed += np.uint64((seed * 0xD1B54A32D192ED03 + draw * 0x8CB92BA72F3D8DD7) % 2**64)
        for _ in range(2):
            mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)).astype(np.float64) / 2.0**53


def homes_by_chance(person: Whole, places: Places, seed: int) -> Text:
    """Code of a small area for each person, drawn in proportion to residents."""
    residents = places.residents
    codes = np.array([code for code in residents if code in places.small_areas], dtype=object)
    upto = np.cumsum([residents[code] for code in codes])
    if not len(codes) or upto[-1] == 0:
        raise PlacesError(
            "The places have small areas but no population, so homes cannot be spread in proportion; add "
            "census2021_residents_age6_lsoa21.csv to their folder."
        )
    drawn: Text = codes[np.searchsorted(upto, np.floor(chance(person, seed, HOMES) * upto[-1]), side="right")]
    return drawn


def practices_by_chance(person: Whole, homes: Text | None, patients: pa.Table, seed: int) -> Text:
    """Code of a practice for each person, None where nobody in their small area is registered with any."""
    practice = np.array(patients["practice"].to_pylist(), dtype=object)
    areas = np.array([area or "" for area in patients["small_area"].to_pylist()], dtype=object)
    if homes is None:
        homes, areas = np.full(len(person), "", dtype=object), np.full(len(practice), "", dtype=object)
    order = np.lexsort((practice.astype(str), areas.astype(str)))
    practice, areas = practice[order], areas[order].astype(str)
    upto = np.cumsum(patients["patients"].to_numpy()[order])
    before = np.concatenate(([0], upto))
    low = before[np.searchsorted(areas, homes.astype(str), side="left")]
    high = before[np.searchsorted(areas, homes.astype(str), side="right")]
    drawn = low + np.floor(chance(person, seed, PRACTICES) * (high - low)).astype(np.int64)
    known = high > low
    given = np.full(len(person), None, dtype=object)
    given[known] = practice[np.searchsorted(upto, drawn[known], side="right")]
    return given


def _addresses(people: pa.Table, homes: Text) -> pa.Table:
    columns = {
        "person_id": people["person_id"],
        "small_area": pa.array(homes, pa.string()),
        "start": pa.array([UNDATED_HOME] * len(people), pa.date32()),
        "source": pa.array([SOURCE] * len(people), pa.string()),
        "source_file": pa.array([FILE] * len(people), pa.string()),
        "source_row": pa.array(np.arange(1, len(people) + 1)),
    }
    empty = pa.nulls(len(people), pa.string())
    arrays = [columns.get(field.name, empty) for field in ADDRESS.schema]
    return pa.table(
        [array.cast(field.type) for array, field in zip(arrays, ADDRESS.schema, strict=True)],
        schema=ADDRESS.schema,
    )


def _registered(registration: pa.Table, person: Whole, given: Text) -> pa.Table:
    """The same registrations, in order of their key, each with the person's practice."""
    ordered = registration.sort_by([(name, "ascending") for name in REGISTRATION.key])
    row = np.searchsorted(person, ordered["person_id"].to_numpy())
    row = np.minimum(row, max(len(person) - 1, 0))
    known = person[row] == ordered["person_id"].to_numpy() if len(person) else np.zeros(len(row), dtype=bool)
    practices = np.where(known, given[row] if len(person) else None, None)
    place = ordered.schema.get_field_index("practice")
    return ordered.set_column(place, REGISTRATION.schema.field("practice"), pa.array(practices, pa.string()))


def _parquet(path: Path) -> str:
    return f"{read_from(path)}/*.parquet" if path.is_dir() else read_from(path)


def _write(records: Path, name: str, table: pa.Table) -> None:
    """Replace a canonical table, file or folder, by one file."""
    path, fresh = records / f"{name}.parquet", records / f".{name}.parquet"
    pq.write_table(table, fresh)
    if path.is_dir():
        shutil.rmtree(path)
    fresh.replace(path)


def _sentence(people: int, seed: int, *, homes: bool, practices: bool) -> str:
    what = "Homes and practices" if homes and practices else "Homes" if homes else "Practices"
    over = "small areas" if homes else "practices"
    proportion = "population" if homes else "their patients"
    return (
        f"{what} are not real: {people:,} people were spread over {over} by chance (seed {seed}), "
        f"in proportion to {proportion}, so comparisons between places show nothing real."
    )
