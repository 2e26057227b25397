"""The files that places are read from, found by name and checked for the columns that are needed."""

import csv
import gzip
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from stewardship.records.places.places import PlacesError, listed


@dataclass(frozen=True)
class Wanted:
    """A file as it is published: how its name begins, the columns needed, and what it tells."""

    name: str
    columns: tuple[str, ...]
    tells: str


LSOA21_LOOKUP = Wanted(
    "lsoa21_lookup",
    (
        "lsoa21_code",
        "lsoa21_name",
        "ward24_code",
        "ward24_name",
        "ltla24_code",
        "ltla24_name",
        "sicbl24_code_nhs",
    ),
    "which ward, district and sub-ICB location each small area lies in",
)
IMD2025 = Wanted(
    "imd2025_lsoa21", ("lsoa21_code", "IMD_rank", "IMD_decile"), "deprivation of small areas, 2025"
)
IMD2019 = Wanted(
    "imd2019_lsoa11", ("lsoa11_code", "IMD_rank", "IMD_decile"), "deprivation of small areas, 2019"
)
AGES21 = Wanted(
    "census2021_residents_age6_lsoa21", ("lsoa21_code", "usual_residents"), "residents at the census"
)
DISABILITY21 = Wanted("census2021_disability_lsoa21", ("lsoa21_code", "n"), "residents at the census")
ETHNICITY21 = Wanted("census2021_ethnicity5_lsoa21", ("lsoa21_code", "n"), "residents at the census")
RESIDENTS21 = (AGES21, DISABILITY21, ETHNICITY21)
RESIDENTS11 = Wanted(
    "population_mid2020_lsoa11", ("lsoa11_code", "total_population"), "residents of small areas, mid-2020"
)
LSOA11_TO_21 = Wanted(
    "lsoa11_to_lsoa21", ("lsoa11_code", "lsoa21_code"), "which small areas of 2021 each one of 2011 became"
)
PRACTICE_MAP = Wanted(
    "practices_pcn_map",
    ("EXTRACT_DATE", "PRACTICE_CODE", "PRACTICE_NAME", "PCN_CODE", "PCN_NAME", "CCG_CODE"),
    "which network and sub-ICB location each practice is in",
)
NETWORK_SPELLS = Wanted(
    "epcn_core_partners",
    ("Partner Organisation Code", "PCN Code", "PCN Name", "PCN Parent Sub ICB Loc Code",
     "Practice to PCN Relationship Start Date", "Practice to PCN Relationship End Date"),
    "when practices were in networks",
)  # fmt: skip
NETWORKS = Wanted(
    "epcn_pcn_details", ("PCN Code", "Open Date", "Close Date"), "when networks opened and closed"
)
PRACTICES = Wanted(
    "gp_practices_epraccur",
    ("OrganisationCode", "OrganisationName", "OpenDate", "CloseDate"),
    "when practices opened and closed",
)
REGISTRATIONS = Wanted(
    "gp_registrations_by_lsoa11",
    ("practice_code", "lsoa11_code", "patients"),
    "where patients of practices live",
)
ORGANISATIONS = Wanted(
    "organisations",
    ("OrganisationCode", "OrganisationName"),
    "names of hospitals, councils and other providers",
)
ALLIANCES = Wanted(
    "alliances",
    ("sub_icb", "alliance_code", "alliance", "system_code", "system"),
    "which alliance and system each sub-ICB location lies in",
)
RESIDENCE_FILES = (LSOA21_LOOKUP, IMD2025, IMD2019, *RESIDENTS21, RESIDENTS11, LSOA11_TO_21)
REGISTRATION_FILES = (PRACTICE_MAP, NETWORK_SPELLS, NETWORKS, PRACTICES, REGISTRATIONS)


@dataclass(frozen=True)
class Row:
    """One row of a file, which knows where it stands; its number counts from 1 at the first row of data."""

    file: str
    number: int
    values: dict[str, str]

    def text(self, column: str) -> str:
        """The text of a column; an error if it is empty."""
        value = self.values[column].strip()
        if not value:
            raise PlacesError(
                f"Row {self.number:,} of {self.file} has no {column}; fill it in or take the row out."
            )
        return value

    def whole(self, column: str) -> int | None:
        """The whole number of a column, None if empty; "6.0" is 6."""
        value = self.values[column].strip()
        if not value:
            return None
        try:
            number = float(value)
            if number == int(number) and number >= 0:
                return int(number)
        except (ValueError, OverflowError):
            pass
        raise PlacesError(
            f"Row {self.number:,} of {self.file}: {column} is {value!r}, which is not a whole number; "
            "correct it."
        )

    def day(self, column: str) -> date | None:
        """The date of a column, None if empty; spelt 2021-04-01 or 20210401."""
        value = self.values[column].strip()
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise PlacesError(
                f"Row {self.number:,} of {self.file}: {column} is {value!r}, which is not a date; "
                "write it as 2021-04-01 or 20210401."
            ) from None

    def origin(self, source: str) -> dict[str, str | int]:
        """Where a canonical row made of this one came from."""
        return {"source": source, "source_file": self.file, "source_row": self.number}


@dataclass(frozen=True)
class Folders:
    """The folders that were supplied, searched as one."""

    paths: tuple[Path, ...]

    def find(self, wanted: Wanted) -> Path | None:
        """The file of that name, with or without a date after it; the latest if there are several."""
        found = [path for path in self._files() if _is(path, wanted.name)]
        return max(found, key=lambda path: path.name, default=None)

    def has_any(self, wanted: Sequence[Wanted]) -> bool:
        """Whether any of the files is there."""
        return any(self.find(each) for each in wanted)

    def rows(self, wanted: Wanted) -> list[Row]:
        """The rows of a file that must be there."""
        path = self.find(wanted)
        if path is None:
            raise PlacesError(
                f"{self.said()} has no {wanted.name}.csv, which tells {wanted.tells}; it has: "
                f"{listed([path.name for path in self._files()]) or 'no files'}; add the missing file."
            )
        return list(read_rows(path, wanted))

    def rows_if_there(self, wanted: Wanted) -> list[Row]:
        """The rows of a file, or none if it is not there."""
        return self.rows(wanted) if self.find(wanted) else []

    def said(self) -> str:
        """The folders' names in a sentence."""
        return " and ".join(path.name for path in self.paths)

    def _files(self) -> list[Path]:
        return [path for folder in self.paths for path in sorted(folder.iterdir()) if _is_csv(path)]


def read_rows(path: Path, wanted: Wanted) -> Iterator[Row]:
    """The rows of a CSV file, plain or gzipped; an error if a needed column is not there."""
    opened = gzip.open if path.suffix == ".gz" else io.open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text, restval="")
        try:
            columns = reader.fieldnames or []
            _require(path, wanted, columns)
            for number, values in enumerate(reader, start=1):
                yield Row(path.name, number, values)
        except (UnicodeDecodeError, gzip.BadGzipFile, EOFError, csv.Error) as error:
            raise PlacesError(
                f"{path.name} could not be read as UTF-8 CSV ({error}); save it as UTF-8 CSV."
            ) from error


def _require(path: Path, wanted: Wanted, columns: Sequence[str]) -> None:
    missing = [column for column in wanted.columns if column not in columns]
    if missing:
        raise PlacesError(
            f"{path.name} has no column {listed(missing)}; it has: {listed(columns) or 'none'}; "
            "supply the file with that column, spelt so."
        )


def _is_csv(path: Path) -> bool:
    return path.name.lower().endswith((".csv", ".csv.gz"))


def _is(path: Path, name: str) -> bool:
    """Whether a file is the one of that name: "gp_map" is gp_map.csv and gp_map_2022-01.csv.gz."""
    rest = path.name.lower().split(".csv")[0].removeprefix(name)
    return path.name.lower().startswith(name) and (rest == "" or rest.startswith("_"))
