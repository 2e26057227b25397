"""`stewardship check`: read a partner's data, and keep nothing."""

import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stewardship import printed
from stewardship.cli.app import AsOf, FutureDays, app, day_of
from stewardship.printed import Steps
from stewardship.records.engine import Engine
from stewardship.records.omop import check_omop


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="OMOP folder or DuckDB file.")],
    as_of: AsOf = None,
    future_days: FutureDays = 31,
) -> None:
    """Read and check a partner's data, and keep nothing."""
    stands_at = day_of(as_of)
    today = datetime.now(UTC).date()
    with (
        tempfile.TemporaryDirectory() as scratch,
        closing(Engine(scratch=Path(scratch))) as engine,
        Steps() as steps,
    ):
        reading = check_omop(
            folder, engine=engine, as_of=stands_at, not_after=today, future_days=future_days, progress=steps
        )
    printed.reading(reading)
