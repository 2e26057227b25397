"""What works the records out, from canonical Parquet onward: any engine that Ibis expressions run on.

Nothing here or above says which engine it is: `records.engine` is one, `records.spark` another, and every figure is
the same on both.
"""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa


class EngineError(Exception):
    """The engine could not do what was asked; the message says what, for the reader that asked."""


class NoRoomError(EngineError):
    """The disk has no room for what the engine had to write."""


class NoMemoryError(EngineError):
    """The engine ran out of the memory that it was given."""


class NotThereError(EngineError):
    """The engine that the settings name cannot be had; the message says why and what to do, as a clause of ours."""


def why(error: EngineError) -> str:
    """What the engine says went wrong, in a line, without what it quotes: that may stand in somebody's row."""
    if isinstance(error, NotThereError):
        return str(error)
    first = str(error).splitlines()[0]
    return re.sub(r"\"[^\"]*\"|'[^']*'|[0-9]{5,}", "…", first)


class ExpressionEngine(Protocol):
    """What canonical records are opened, checked and added up with.

    ibis: the Ibis backend. Its `to_pyarrow` gives the rows of an expression, exactly, as Arrow.
    """

    ibis: Any

    def parquet(self, paths: Sequence[Path], schema: pa.Schema) -> Any:
        """The rows of Parquet files, one or more, as one Ibis table with the columns of the schema in its order."""
        ...

    def keep(self, name: str, expression: Any) -> Any:
        """Work an Ibis expression out once and keep its rows in the engine under that name."""
        ...

    def repeated(self, numbers: Any) -> Any:
        """The whole numbers that stand more than once in an Ibis expression of one column, as an Ibis table of that
        column, each once. All of them are held in memory at a time."""
        ...

    def failures(self) -> AbstractContextManager[None]:
        """Whatever the engine cannot do meanwhile, in an Ibis expression too, is raised as an EngineError."""
        ...

    def close(self) -> None:
        """Let go of memory and scratch files."""
        ...
