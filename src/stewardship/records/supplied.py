"""Ledgers and published figures: small files about nobody, read row by row into tables that every source shares.

A row that breaks a rule is set aside with its file, row, column and reason. Of rows with the same key the one of the
latest file counts; within a file the first.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa

from stewardship.records.codes import define_snomed_check
from stewardship.records.engine import Engine, name_of, quoted, read_from
from stewardship.records.engines import EngineError, NoRoomError, why
from stewardship.records.fields import SourceColumn
from stewardship.records.files import SourceError, SourceFile, files_of, open_table, table_name
from stewardship.records.findings import FileCount, Finding, Reading, fails
from stewardship.records.model import DATE, INTEGER, NUMBER, PUBLISHED_FIGURE, SPEND, Table
from stewardship.records.quarantine import Quarantine
from stewardship.records.row_checks import Fault, engine_type, first_fault, model_faults
from stewardship.records.staging import stage
from stewardship.records.withheld import define_withheld


@dataclass(frozen=True)
class Supply:
    """A kind of file about nobody. key: what it is called as a source. begins: how its files' names begin.

    headings: what the files call each column of the table. faults: what is wrong with a row beyond what the model says,
    over the table's columns and `known_place`, the places known by their `code`.
    """

    key: str
    begins: str
    table: Table
    headings: Mapping[str, str]
    faults: tuple[Fault, ...] = field(default=())

    @property
    def columns(self) -> tuple[SourceColumn, ...]:
        """How each heading is read."""
        kinds = {DATE: "day", INTEGER: "integer", NUMBER: "number"}
        return tuple(
            SourceColumn(
                name_of(column.name),
                kinds.get(column.type, "text"),  # type: ignore[arg-type]
                needed=column.required,
                heading=self.headings[column.name].lower(),
            )
            for column in self.table.columns
        )


LEDGERS = Supply(
    "finance", "ledger", SPEND,
    {
        "organisation": "Organisation", "sector": "Sector", "programme": "Programme",
        "point_of_delivery": "PointOfDelivery", "month": "Month", "amount_pence": "AmountPence",
        "budget_pence": "BudgetPence", "basis": "Basis",
    },
    (Fault("day(month) <> 1", "'Month'", "'Month is not the first day of a month'"),),
)  # fmt: skip

FIGURES = Supply(
    "published-figures", "figures", PUBLISHED_FIGURE,
    {
        "measure": "Measure", "place": "PlaceCode", "start": "PeriodStart", "end": "PeriodEnd", "value": "Value",
        "lower": "LowerLimit", "upper": "UpperLimit", "publisher": "Source", "published": "PublishedDate",
    },
    (Fault("place NOT IN (SELECT code FROM known_place)", "'PlaceCode'",
           "'PlaceCode is the code of no place known here'"),),
)  # fmt: skip

SUPPLIES = {supply.key: supply for supply in (LEDGERS, FIGURES)}


def read_supply(
    supply: Supply,
    folder: Path | None,
    into: Path,
    aside: Path,
    *,
    engine: Engine,
    today: date,
    places: Collection[str],
) -> Reading | None:
    """Read the files of a folder into a canonical table at `into`, and the rows set aside into `aside`.

    folder: None writes an empty table, and there is nothing to tell. today: no later date has come. places: codes of
    the places known. SourceError if a file cannot be read at all, or the folder has none.
    """
    known = pa.table({"code": pa.array(sorted(places), pa.string())})
    with engine.own_schema("supplied"), engine.lent("known_place", known):
        engine.run(f"CREATE TABLE sound (file_rank BIGINT, {_shape(supply.table)})")
        reading = None
        if folder is not None:
            try:
                reading = _read(supply, folder, aside, engine, today)
            except NoRoomError:
                raise
            except EngineError as error:
                raise SourceError(f"The reading of {folder.name} stopped: {why(error)}") from error
        names = ", ".join(name_of(each) for each in supply.table.schema.names)
        key = ", ".join(name_of(each) for each in supply.table.key)
        engine.run(
            f"COPY (SELECT {names} FROM sound ORDER BY {key}, source_file, source_row) TO {quoted(into)} "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
        return reading


def _read(supply: Supply, folder: Path, aside: Path, engine: Engine, today: date) -> Reading:
    define_snomed_check(engine)
    define_withheld(engine)
    meant, others = _files(supply, folder)
    quarantine = Quarantine(engine, supply.key)
    counts = [_take(supply, path, rank, quarantine, engine, today) for rank, path in enumerate(meant)]
    _keep_one_of_each_key(supply, engine, quarantine)
    quarantine.write(aside)
    files = [_counted(supply, label, read, engine) for label, read in counts]
    loaded = sum(each.loaded for each in files)
    return Reading(
        supply.key, today, 0, frozenset([supply.table.name] if loaded else []), files,
        [*_set_aside(quarantine, files), *_unread(others)],
    )  # fmt: skip


def _files(supply: Supply, folder: Path) -> tuple[list[Path], list[str]]:
    """The files that are read, in the order of their names, and the names of the others."""
    there = files_of(folder)
    meant = [path for path in there if _is(supply, path)]
    if not meant:
        raise SourceError(
            f"{folder} has no file whose name begins with {supply.begins}, such as {supply.begins}.csv: supply it, or "
            "take the folder out of the settings."
        )
    return meant, [path.name for path in there if path not in meant]


def _is(supply: Supply, path: Path) -> bool:
    name = table_name(path) or ""
    return name == supply.begins or name.startswith((f"{supply.begins}_", f"{supply.begins}-"))


def _take(
    supply: Supply, path: Path, rank: int, quarantine: Quarantine, engine: Engine, today: date
) -> tuple[str, int]:
    """Read a file, its sound rows into `sound`; what it is called, and how many rows it has."""
    opened = open_table(f"{supply.begins}_{rank}", path, engine)
    if opened is None:
        raise SourceError(f"{path.name} is empty: it has no headings and no rows; send it again.")
    staged = stage(opened, supply.columns, engine, engine.scratch)
    said = dict(supply.headings)
    faults = [
        Fault("fault IS NOT NULL", _as_written(supply), "fault"),
        *model_faults(supply.table, said, {}, last_day=today, horizon=today),
        *supply.faults,
    ]
    column, sentence = first_fault(faults)
    rows = quoted(read_from(staged.path))
    engine.run(
        f"CREATE OR REPLACE TABLE taken AS SELECT * REPLACE ({column} AS fault_column, {sentence} AS fault) "
        f"FROM {rows}"
    )
    staged.path.unlink()
    quarantine.add(opened.label, "taken")
    engine.run(f"INSERT INTO sound {_sound(supply, opened, rank)}")
    return opened.label, staged.rows


def _as_written(supply: Supply) -> str:
    """SQL of the heading as partners write it, for one in small letters."""
    whens = " ".join(f"WHEN {quoted(each.lower())} THEN {quoted(each)}" for each in supply.headings.values())
    return f"CASE fault_column {whens} ELSE fault_column END"


def _sound(supply: Supply, file: SourceFile, rank: int) -> str:
    provenance = {
        "source": quoted(supply.key), "source_file": quoted(file.label), "source_row": "source_row",
    }  # fmt: skip
    columns = ", ".join(provenance.get(each, name_of(each)) for each in supply.table.schema.names)
    return f"SELECT {rank}, {columns} FROM taken WHERE fault IS NULL"


def _keep_one_of_each_key(supply: Supply, engine: Engine, quarantine: Quarantine) -> None:
    """Of the rows with one key keep the first of the latest file, and set the others aside."""
    key = ", ".join(name_of(each) for each in supply.table.key)
    engine.run(
        "CREATE TABLE repeated AS SELECT source_file, source_row, "
        f"file_rank < max(file_rank) OVER (PARTITION BY {key}) AS replaced FROM sound "
        f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY file_rank DESC, source_row) > 1"
    )
    named = quoted(" and ".join(supply.headings[each] for each in supply.table.key))
    for (label,) in engine.rows("SELECT DISTINCT source_file FROM repeated ORDER BY source_file"):
        quarantine.add(
            label,
            f"(SELECT source_row, {named} AS fault_column, CASE WHEN replaced THEN 'a later file has this row anew' "
            "ELSE 'the row is in the file more than once: the first is kept' END AS fault FROM repeated "
            f"WHERE source_file = {quoted(label)})",
        )
    engine.run("DELETE FROM sound USING repeated r WHERE sound.source_file = r.source_file "
               "AND sound.source_row = r.source_row")  # fmt: skip


def _counted(supply: Supply, label: str, read: int, engine: Engine) -> FileCount:
    ((loaded,),) = engine.rows("SELECT count(*) FROM sound WHERE source_file = ?", [label])
    return FileCount(label, supply.table.name, read, loaded, read - loaded)


def _set_aside(quarantine: Quarantine, files: Sequence[FileCount]) -> list[Finding]:
    read = {count.file: count.read for count in files}
    return [
        Finding(f"Rows set aside: {reason}", file, "fail", count, read[file], "They count in no figure.",
                f"The first is row {first:,}{column and f', column {column}'}.")
        for file, column, reason, count, first in quarantine.by_reason()
    ]  # fmt: skip


def _unread(others: Sequence[str]) -> list[Finding]:
    return [fails("Files that nothing is read from", name, 1, 1, "It is left out.") for name in others]


def _shape(table: Table) -> str:
    return ", ".join(f"{name_of(each.name)} {engine_type(each.type)}" for each in table.all_columns)
