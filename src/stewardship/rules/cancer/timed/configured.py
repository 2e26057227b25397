"""The tables of configuration that stand beside the rules as TOML."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

FOLDER = Path(__file__).parent


@cache
def configured(name: str) -> Mapping[str, Any]:
    """A file of configuration, by its name without `.toml`."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


class Dated(Protocol):
    """Something that is in force from a day, and until another (included) or still."""

    @property
    def since(self) -> date:
        """The first day."""

    @property
    def until(self) -> date | None:
        """The last day; None: still in force."""


D = TypeVar("D", bound=Dated)


def in_force(rows: tuple[D, ...], on: date) -> tuple[D, ...]:
    """Those of these that are in force on a day, in their order."""
    return tuple(row for row in rows if row.since <= on and (row.until is None or on <= row.until))
