"""Figures of the advice line as they are published: `frailty-<name>.parquet` beside the other results.

All stand after disclosure control, by the rule of the care areas' measures: 1 to 7 people are hidden, and counts are
rounded to 5.
"""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.measures.published import in_order

_WHEN = [("period", pa.string()), ("start", pa.date32()), ("end", pa.date32())]  # month or year
_WHOM = [
    ("by", pa.string()),  # everyone, caller, main caller, reason, weekday, network, deprivation fifth
    ("group", pa.string()),
]
_STATE = [("state", pa.string()), ("reason", pa.string())]  # shown, suppressed; why, in words

CALLS = pa.schema([*_WHEN, *_WHOM, ("calls", pa.int64()), *_STATE])
"""All calls: by month of everyone, by year and group."""

OUTCOMES = pa.schema([
    ("what", pa.string()),  # of calls_judged: what came of them
    ("of", pa.string()),  # among which index calls
    ("day", pa.int64()),  # the last day looked at, the day of the call being day 0; null where none is
    *_WHEN, *_WHOM,
    ("numerator", pa.int64()), ("denominator", pa.int64()),
    ("value", pa.float64()), ("lower95", pa.float64()), ("upper95", pa.float64()),  # per cent; Wilson's interval
    *_STATE,
])  # fmt: skip
"""What came of index calls, by year and group."""

BED_DAYS = pa.schema([
    *_WHEN,
    ("claimed", pa.int64()),  # admissions that calls claim to have avoided
    ("mean_stay", pa.float64()), ("shortest", pa.float64()), ("longest", pa.float64()),  # nights; 95% interval
    ("stays", pa.int64()),  # that the mean is of
    ("days", pa.int64()), ("least", pa.int64()), ("most", pa.int64()),  # bed days claimed
    *_STATE,
])  # fmt: skip
"""Bed days that calls claim, by year."""

REGISTER = pa.schema([
    ("what", pa.string()),  # added, on the register, reviewed in twelve months
    *_WHEN, *_WHOM,
    ("count", pa.int64()), ("of", pa.int64()),  # people; of: those on the register for a year
    ("value", pa.float64()), ("lower95", pa.float64()), ("upper95", pa.float64()),  # per cent; Wilson's interval
    *_STATE,
])  # fmt: skip
"""The register as it was sent back: people added by month, and of the latest year by fifth of deprivation."""

FILES = {"calls": CALLS, "outcomes": OUTCOMES, "bed-days": BED_DAYS, "register": REGISTER}
_KEYS = ("what", "of", "by", "group", "period", "end")


def frailty_file(folder: Path, name: str) -> Path:
    """Where figures of FILES stand in a results folder."""
    return folder / f"frailty-{name}.parquet"


def write_frailty(folder: Path, name: str, figures: pa.Table) -> None:
    """Write figures of FILES into a results folder, in the order of what names a row."""
    schema = FILES[name]
    ordered = figures.select(schema.names).cast(schema)
    key = [each for each in _KEYS if each in schema.names and (each != "of" or name == "outcomes")]
    pq.write_table(in_order(ordered, key), frailty_file(folder, name))


def read_frailty(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of figures, in the file's order; none if nothing is there."""
    path = frailty_file(folder, name)
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist() if path.is_file() else []
    return rows
