"""What keeps a row of a partner's file from being loaded: what was sent, what the model forbids, and that it came
before."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa

from stewardship.records.engine import Engine, name_of, quoted
from stewardship.records.extracts.faults import faults_of, others_of, probes
from stewardship.records.extracts.own_numbers import event_id, keys_of, whole_number
from stewardship.records.extracts.private import table_named
from stewardship.records.extracts.repeated import repeated_in
from stewardship.records.extracts.sent import Sent
from stewardship.records.extracts.shape import FileKind, Fills
from stewardship.records.extracts.typed import one_of, rows_of
from stewardship.records.model import Column, Table
from stewardship.records.row_checks import Fault, first_fault, model_faults

REPEATED = "is in the file more than once: the first row is kept"


def set_aside(sent: Sent, hidden: frozenset[str], people: str, engine: Engine) -> int:
    """The table `aside`: each row that is not loaded, and why. How many repeated rows are unlike their first."""
    fills, of_model = sent.kind.fills[0], [] if sent.kind.fills[0].each else _model_faults(sent)
    column, sentence = first_fault(faults_of(sent, people))
    looked_at = set(re.findall(r"\w+", " ".join(f"{each.when} {each.sentence}" for each in of_model)))
    own = {name: sql for name, sql in fills.columns.items() if name in looked_at}
    canonical = "".join(f", ({sql}) AS {name_of(name)}" for name, sql in own.items())
    loaded = f"({fills.where or 'true'}) IS TRUE AS fills_first"
    inner = f"SELECT source_row, {column} AS sent_column, {sentence} AS sent_fault, {loaded}{canonical}"
    faults = [
        Fault("sent_fault IS NOT NULL", "sent_column", "sent_fault"),
        *(Fault(f"fills_first AND {each.when}", each.column, each.sentence) for each in of_model),
    ]
    last_column, last_sentence = first_fault(faults)
    when = " OR ".join(f"({fault.when})" for fault in faults)
    by_number = people if others_of(sent) else ""
    typed = rows_of(sent, withheld=hidden, people=by_number, more=probes(sent), of=[inner], everyone=True)
    engine.run(
        f"CREATE OR REPLACE TEMP TABLE aside AS SELECT source_row, {last_column} AS fault_column, "
        f"{last_sentence} AS fault FROM ({inner} FROM ({typed})) WHERE {when}"
    )
    return _set_repeats_aside(sent, hidden, engine) if sent.kind.key else 0


def _model_faults(sent: Sent) -> list[Fault]:
    """What the model forbids of a row's own table, as far as it is made of what the file has; that its person is
    known, and that no date lies in the future, is judged elsewhere."""
    kind = sent.kind
    fills, table = kind.fills[0], table_named(kind.fills[0].table)
    there = re.compile(rf"\b({'|'.join([*sent.types, 'event_id', 'person_id'])})\b", re.IGNORECASE)
    said = {name: said_of(kind, sql) for name, sql in fills.columns.items()}
    whole = whole_number(sent)
    sure = "event_id" if whole and whole.needed else "'"  # whoever has such a number has an event_id
    columns = tuple(
        _judged(each, fills)
        for each in table.columns
        if not (sql := fills.columns.get(each.name, "'")).startswith(("'", sure))
        and (each.required or there.search(sql))
    )
    plain = Table(table.name, table.grain, table.key, tuple(replace(each, values=()) for each in columns))
    listed = [
        Fault(
            f"NOT {one_of(name_of(each.name), each.values)}",
            quoted(said[each.name]),
            quoted(f"{said[each.name]} is not one of: {', '.join(each.values)}"),
        )
        for each in columns
        if each.values
    ]
    return [*model_faults(plain, said, {}, last_day=date.max, horizon=date.max), *listed]


def _judged(column: Column, fills: Fills) -> Column:
    """A column with what has to be looked at in each row: a day is never before itself."""
    same = column.not_before and fills.columns[column.name] == fills.columns.get(column.not_before)
    return replace(column, may_be_future=True, not_before=None if same else column.not_before)


def key_words(kind: FileKind) -> str:
    """What tells a row from others, in words."""
    return " and ".join(each.removeprefix("the ") for each in kind.key)


def said_of(kind: FileKind, sql: str) -> str:
    """What the partner calls what a column is made of: of several headings the one looked at first."""
    if sql == "event_id":
        return kind.key[-1]
    named = [
        (found.start(), each.name) for each in kind.headings if (found := re.search(rf"\b{each.name}\b", sql))
    ]
    return min(named)[1] if named else sql


def _set_repeats_aside(sent: Sent, hidden: frozenset[str], engine: Engine) -> int:
    """Set aside all rows but the first sound one of each key. How many of them are unlike it."""
    typed = rows_of(sent, withheld=hidden)
    repeated = _repeated_keys(sent, engine)
    if not repeated.num_rows:
        return 0
    noun = quoted(sent.kind.key[-1])
    with engine.lent("repeated_keys", repeated):
        engine.run(
            "CREATE OR REPLACE TEMP TABLE repeats AS SELECT source_row, event_id, contents, row_number() OVER "
            "(PARTITION BY event_id ORDER BY source_row) AS nth, first_value(contents) OVER "
            "(PARTITION BY event_id ORDER BY source_row) AS of_first FROM "
            f"(SELECT source_row, event_id, hash({_contents(sent)}) AS contents FROM ({typed}) "
            "SEMI JOIN repeated_keys USING (event_id)) ANTI JOIN aside USING (source_row)"
        )
    engine.run(
        f"INSERT INTO aside SELECT source_row, {noun}, {quoted(f'the {key_words(sent.kind)} {REPEATED}')} "
        "FROM repeats WHERE nth > 1"
    )
    ((differing,),) = engine.rows("SELECT count(*) FROM repeats WHERE nth > 1 AND contents <> of_first")
    engine.run("DROP TABLE repeats")
    return int(differing)


def _repeated_keys(sent: Sent, engine: Engine) -> pa.Table:
    """The `event_id` that stand more than once. Of whole numbers, what was sent is compared: it tells the same, and
    `event_id` is then worked out of a few alone."""
    whole = whole_number(sent)
    if whole is None:
        return _column("event_id", repeated_in(f"({keys_of(sent)})", "event_id", engine))
    number = sent.at(whole)
    rows = f"(SELECT {number}::BIGINT AS number FROM {sent.only(whole)} s)"
    with engine.lent("repeated_numbers", _column("number", repeated_in(rows, "number", engine))):
        return engine.arrow(
            f"SELECT DISTINCT {event_id(sent)} AS event_id FROM {sent.only(whole)} s "
            f"SEMI JOIN repeated_numbers r ON r.number = {number}::BIGINT"
        )


def _contents(sent: Sent) -> str:
    return ", ".join(name_of(each.name) for each in sent.kind.headings if each.kind != "person")


def _column(name: str, values: Any) -> Any:
    return pa.table({name: pa.array(values, pa.int64())})
