"""What is counted of a part beside its rows."""

from pathlib import Path

from stewardship.records.engine import Engine, name_of, quoted, read_from
from stewardship.records.extracts.faults import others_of
from stewardship.records.extracts.private import table_named
from stewardship.records.extracts.sent import Sent
from stewardship.records.extracts.shape import FileKind
from stewardship.records.extracts.typed import rows_of
from stewardship.records.model import DATE


def sound_rows(
    sent: Sent, hidden: frozenset[str], people: str, engine: Engine, *, any_aside: bool
) -> tuple[list[int], dict[str, int]]:
    """What the kind has counted of its sound rows, values outside their lists, and other numbers that are nobody's."""
    others = others_of(sent)
    listed = [*[each for each in sent.found if each.values and not each.needed], *others]
    wanted = [each.when for each in sent.kind.counted]
    wanted += [
        f"{name_of(each.name + ' text')} IS NOT NULL AND {name_of(each.name)} IS NULL" for each in listed
    ]
    if not wanted:
        return [], {}
    texts = [f"{sent.text(each)} AS {name_of(each.name + ' text')}" for each in listed]
    typed = rows_of(sent, withheld=hidden, people=people if others else "", more=texts, of=wanted)
    rows = f"({typed})" + (" ANTI JOIN aside USING (source_row)" if any_aside else "")
    counts = ", ".join(f"count(*) FILTER ({when})" for when in wanted)
    (found,) = engine.rows(f"SELECT {counts} FROM {rows}")
    several = len(sent.kind.counted)
    outside = {each.name: n for each, n in zip(listed, found[several:], strict=True) if n}
    return list(found[:several]), outside


def rows_sent(sent: Sent, engine: Engine) -> int:
    """How many rows the file has."""
    ((rows,),) = engine.rows(f"SELECT count(*) FROM {sent.base}")
    return int(rows)


def rows_in_file(path: Path, engine: Engine) -> int:
    """How many rows were written."""
    ((rows,),) = engine.rows(f"SELECT count(*) FROM {quoted(read_from(path))}")
    return int(rows)


def days_seen(kind: FileKind, folder: Path, engine: Engine) -> dict[str, int]:
    """How many rows saw somebody, by day."""
    if not kind.seen:
        return {}
    path = quoted(read_from(folder / f"{kind.fills[0].table}.parquet"))
    parts = " UNION ALL ".join(f"SELECT {name_of(each)} AS day FROM {path}" for each in kind.seen)
    found = engine.rows(
        f"SELECT day, count(*) FROM ({parts}) WHERE day IS NOT NULL GROUP BY day ORDER BY day"
    )
    return {str(day): rows for day, rows in found}


def latest_days(kind: FileKind, folder: Path, engine: Engine) -> dict[str, str]:
    """The last day of each date of the first table that may not lie in the future."""
    days = dated(kind)
    if not days:
        return {}
    path = quoted(read_from(folder / f"{kind.fills[0].table}.parquet"))
    (found,) = engine.rows(f"SELECT {', '.join(f'max({name_of(each)})' for each in days)} FROM {path}")
    return {each: str(last) for each, last in zip(days, found, strict=True) if last}


def dated(kind: FileKind) -> list[str]:
    """The dates of a kind's first table that may not lie in the future."""
    table = table_named(kind.fills[0].table)
    return [each.name for each in table.columns if each.type == DATE and not each.may_be_future]
