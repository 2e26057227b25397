"""The places of a system, held as canonical tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.records.model import ORGANISATION, PLACE, SMALL_AREA, Table

PATIENTS = pa.schema(
    [
        pa.field("practice", pa.string(), nullable=False),
        pa.field("small_area", pa.string()),
        pa.field("patients", pa.int64(), nullable=False),
    ]
)
PATIENTS_FILE = "patients.parquet"


class PlacesError(Exception):
    """The places could not be read; the message is one sentence for whoever supplies the files."""


@dataclass(frozen=True)
class Places:
    """Two dated hierarchies, the deprivation of small areas, and who is registered from where.

    place, small_area, organisation: canonical tables.
    deprivation_edition: year of the deprivation index that goes with the small areas of the hierarchy.
    patients: practice, small area of the home (empty where outside the system or not known) and how many
    patients; None where no file tells.
    """

    place: pa.Table
    small_area: pa.Table
    organisation: pa.Table
    deprivation_edition: int | None = None
    patients: pa.Table | None = None

    @cached_property
    def small_areas(self) -> frozenset[str]:
        """Codes of the small areas in the hierarchy of residence."""
        return frozenset(row["code"] for row in self.place.to_pylist() if row["level"] == "small_area")

    @cached_property
    def residents(self) -> dict[str, int]:
        """Usual residents of each small area whose population is known, in order of code."""
        people = {
            row["code"]: row["population"]
            for row in self.small_area.to_pylist()
            if row["deprivation_edition"] == self.deprivation_edition and row["population"] is not None
        }
        return {code: people[code] for code in sorted(people)}

    @cached_property
    def fifths(self) -> dict[str, int | None]:
        """National deprivation fifth of each small area, 1 the most deprived, None where not known."""
        return {
            row["code"]: row["deprivation_fifth"]
            for row in self.small_area.to_pylist()
            if row["deprivation_edition"] == self.deprivation_edition
        }

    @classmethod
    def read(cls, folder: Path) -> "Places":
        """The places as `write` left them, with the latest edition of deprivation."""
        place, areas, organisations = (
            pq.read_table(folder / f"{table.name}.parquet", schema=table.schema)
            for table in (PLACE, SMALL_AREA, ORGANISATION)
        )
        editions = areas["deprivation_edition"].to_pylist()
        patients = folder / PATIENTS_FILE
        return cls(
            place,
            areas,
            organisations,
            deprivation_edition=max(editions, default=None),
            patients=pq.read_table(patients, schema=PATIENTS) if patients.is_file() else None,
        )

    def write(self, into: Path) -> None:
        """Write place, small_area, organisation and patients as Parquet; organisations of other sources stay."""
        into.mkdir(parents=True, exist_ok=True)
        if self.patients is not None:
            pq.write_table(self.patients.cast(PATIENTS), into / PATIENTS_FILE)
        pq.write_table(self.place, into / "place.parquet")
        pq.write_table(self.small_area, into / "small_area.parquet")
        path = into / "organisation.parquet"
        others = pq.read_table(path).to_pylist() if path.exists() else []
        ours = set(self.organisation["code"].to_pylist())
        merged = [row for row in others if row["code"] not in ours] + self.organisation.to_pylist()
        pq.write_table(rows_of(ORGANISATION, merged), path)


def memberships(place: pa.Table, as_of: date) -> list[dict[str, Any]]:
    """The membership of each place that counts at an as-of date: one row a hierarchy and code.

    Of those that have not ended before the date it is the one that starts last, though it may start later:
    older years are counted in the places of today. Columns are those of the canonical table `place`.
    """
    chosen: dict[tuple[str, str], dict[str, Any]] = {}
    lasting = (row for row in place.to_pylist() if row["end"] is None or row["end"] >= as_of)
    for row in sorted(
        lasting, key=lambda row: (row["start"] or date.min, row["end"] or date.max, row["parent"] or "")
    ):
        chosen[row["hierarchy"], row["code"]] = row
    return list(chosen.values())


def rows_of(table: Table, rows: Iterable[dict[str, Any]]) -> pa.Table:
    """Rows as a canonical table, in order of its key, empty values first."""
    order = [(name, "ascending") for name in table.key]
    return pa.Table.from_pylist(list(rows), schema=table.schema).sort_by(order)


def small_area_row(code: str, edition: int, rank: int | None, decile: int | None) -> dict[str, Any]:
    """The deprivation of a small area; a fifth is two tenths."""
    return {
        "code": code,
        "deprivation_edition": edition,
        "deprivation_rank": rank,
        "deprivation_decile": decile,
        "deprivation_fifth": None if decile is None else (decile + 1) // 2,
    }


def checked(places: Places) -> Places:
    """The places themselves, once no code is used at two levels."""
    levels: dict[str, str] = {}
    for row in places.place.to_pylist():
        if levels.setdefault(row["code"], row["level"]) != row["level"]:
            raise PlacesError(
                f"The code {row['code']} is used for a {words(levels[row['code']])} and for a "
                f"{words(row['level'])}; give one of them another code."
            )
    return places


def words(level: str) -> str:
    """A level's name as it is said."""
    return level.replace("_", " ")


def listed(names: Sequence[str], most: int = 8) -> str:
    """Names as a list in a sentence, cut short after the first few."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")
