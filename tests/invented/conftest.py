from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from stewardship.records.places import invented_places
from support.invented_omop import write_invented_omop


@dataclass
class Folder:
    """An OMOP folder to ask questions of; the fifths of small areas are the table `fifths`."""

    path: Path

    def __post_init__(self) -> None:
        self._duckdb = duckdb.connect()
        for file in self.path.glob("*.parquet"):
            self._duckdb.execute(f"CREATE VIEW {file.stem} AS FROM '{file}'")
        self._duckdb.register("areas", invented_places().small_area)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._duckdb.execute(sql).fetchall()

    def value(self, sql: str) -> Any:
        return self.rows(sql)[0][0]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The folder of the demonstration."""
    path = tmp_path_factory.mktemp("invented")
    write_invented_omop(path, places=invented_places())
    return Folder(path)


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Five times as many residents, so that shares can be judged."""
    path = tmp_path_factory.mktemp("crowd")
    write_invented_omop(path, places=invented_places(), residents=30_000, seed=7)
    return Folder(path)
