"""Which alliance each sub-ICB location lies in. Alliances have no official codes: ours come from their names.

A file `alliances.csv` among the files supplied replaces the one that comes with the package.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stewardship.records.places.files import ALLIANCES, Folders, Row, read_rows
from stewardship.records.places.places import PlacesError, listed


@dataclass(frozen=True)
class Alliances:
    """The alliance of each sub-ICB location, by its code."""

    by_sub_icb: dict[str, Row]

    def of(self, row: Row, column: str) -> str:
        """Code of the alliance that a row's sub-ICB location lies in."""
        sub_icb = row.text(column)
        if sub_icb not in self.by_sub_icb:
            raise PlacesError(
                f"Row {row.number:,} of {row.file}: {column} is {sub_icb}, which lies in no alliance "
                f"(known: {listed(sorted(self.by_sub_icb))}); add a file alliances.csv with columns "
                f"{', '.join(ALLIANCES.columns)} that says where it lies."
            )
        return self.by_sub_icb[sub_icb].text("alliance_code")

    def places(self, codes: set[str], hierarchy: str, source: str) -> list[dict[str, Any]]:
        """The rows of `place` for those alliances and the systems they lie in."""
        rows = {}
        for row in self._rows(codes):
            origin = {**row.origin(source), "hierarchy": hierarchy}
            system, alliance = row.text("system_code"), row.text("alliance_code")
            rows[system] = {"code": system, "name": row.text("system"), "level": "system", **origin}
            below = {"name": row.text("alliance"), "level": "alliance", "parent": system}
            rows[alliance] = {"code": alliance, **below, **origin}
        return list(rows.values())

    def organisations(self, codes: set[str], source: str) -> list[dict[str, Any]]:
        """The same alliances and systems as organisations."""
        return [
            {"code": row["code"], "name": row["name"], "role": row["level"],
             **{name: row[name] for name in ("source", "source_file", "source_row")}}
            for row in self.places(codes, "registration", source)
        ]  # fmt: skip

    def _rows(self, codes: set[str]) -> list[Row]:
        return [row for row in self.by_sub_icb.values() if row.text("alliance_code") in codes]


def read_alliances(folders: Folders) -> Alliances:
    """The alliances that the folders describe, or else those that come with the package."""
    supplied = folders.rows_if_there(ALLIANCES)
    rows = supplied or list(read_rows(Path(__file__).with_name("alliances.csv"), ALLIANCES))
    return Alliances({row.text("sub_icb"): row for row in rows})
