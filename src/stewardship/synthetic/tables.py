"""Published figures that the system is made to agree with: small CSV files that name their source in line one."""

import csv
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("published")


@cache
def published(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of published figures, by its name without .csv."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def source_of(name: str) -> str:
    """Where the figures of a table come from, as its first line says."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
        return file.readline().removeprefix("#").strip()
