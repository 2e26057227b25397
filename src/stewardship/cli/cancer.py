"""`stewardship cancer`: the waiting-time rules on a table of pathways."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from stewardship.cli.app import app
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.table import COLUMNS, CONCLUSIONS, RowError, case_of, conclusions

cancer = typer.Typer(help="Cancer pathways and their waiting times.", no_args_is_help=True)
app.add_typer(cancer, name="cancer")


class PathwaysError(Exception):
    """A table of pathways that cannot be judged; the message names the row and the column."""


@cancer.command("judge")
def judge_pathways(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV file, UTF-8, with a head: one pathway a row.")
    ],
) -> None:
    """Judge pathways by the waiting-time rules: their three clocks, shares of providers and backlog, as CSV.

    Rows that cannot be judged are left out of it, and one sentence each says why.
    """
    judged, refused = io.StringIO(), []
    writer = csv.DictWriter(judged, CONCLUSIONS, lineterminator="\n")
    writer.writeheader()
    seen: set[str] = set()
    for number, row in _rows(file):
        try:
            writer.writerow(_judged(row, seen))
        except RowError as error:
            refused.append(f"{file.name}, row {number:,}, {error}.")
    typer.echo(judged.getvalue(), nl=False)
    if refused:
        raise PathwaysError("\n".join(refused))


def _judged(row: dict[str, str], seen: set[str]) -> dict[str, str]:
    """What is concluded of a row. RowError where it cannot be judged, or its name is among those seen."""
    case_id, pathway, as_of = case_of(row)
    if case_id in seen:
        raise RowError("case_id", "the same name stands in a row above")
    seen.add(case_id)
    return conclusions(case_id, judge(pathway, as_of=as_of))


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the table as texts, with their numbers from 1; PathwaysError for a file cut short or of no table."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.reader(opened, strict=True)
        number = 0
        try:
            head = [name.strip().lower() for name in next(reader, [])]
            _check_head(file, head)
            for cells in filter(None, reader):
                number += 1
                if any(cell.strip() for cell in cells):
                    yield number, _named(file, number, head, cells)
        except (UnicodeDecodeError, csv.Error) as error:
            raise PathwaysError(
                f"{file.name}, row {number + 1:,}, cannot be read as CSV in UTF-8 ({_why(error)})."
            ) from error


def _check_head(file: Path, head: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in head]
    if missing:
        raise PathwaysError(f"{file.name} has no column {missing[0]}. It needs: {', '.join(COLUMNS)}.")
    twice = [name for name in COLUMNS if head.count(name) > 1]
    if twice:
        raise PathwaysError(f"{file.name} has the column {twice[0]} twice.")


def _named(file: Path, number: int, head: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) == len(head):
        return dict(zip(head, cells, strict=True))
    if len(cells) > len(head):
        raise PathwaysError(f"{file.name}, row {number:,}, has {len(cells)} cells for {len(head)} columns.")
    raise PathwaysError(
        f"{file.name}, row {number:,}, column {head[len(cells)]}: the row ends before it: the file may have been cut "
        "short."
    )


def _why(error: UnicodeDecodeError | csv.Error) -> str:
    return "it has other characters" if isinstance(error, UnicodeDecodeError) else str(error)
