"""Figures of cancer as they are published: `cancer-<name>.parquet` beside the other results, after disclosure control.

Counts are exact, and hidden where fewer than 20 people stand behind them: the national cancer waits rule of `schemes`.
"""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.measures.published import in_order

_PERIOD = [
    ("period", pa.string()),  # month or year
    ("start", pa.date32()),
    ("end", pa.date32()),
]
_WHOM = [
    (
        "by",
        pa.string(),
    ),  # everyone, provider, route, tumour group, deprivation fifth, age band, ethnic group, sex
    ("group", pa.string()),
]
_SHARE = [
    ("value", pa.float64()),  # per cent
    ("lower95", pa.float64()),  # Wilson's interval
    ("upper95", pa.float64()),
    ("lower99_8", pa.float64()),
    ("upper99_8", pa.float64()),
]
_STATE = [("state", pa.string()), ("reason", pa.string())]  # shown, suppressed, missing; why, in words

STANDARDS = pa.schema([
    ("standard", pa.string()),  # faster_diagnosis, decision_to_treatment, referral_to_treatment
    *_PERIOD,
    *_WHOM,
    ("total", pa.float64()),  # patients; halves of them where two providers share one (referral_to_treatment)
    ("within", pa.float64()),
    *_SHARE,
    ("median_days", pa.float64()),  # whole days; years alone
    ("ninetieth_days", pa.float64()),
    ("threshold", pa.float64()),  # per cent; the standing standard at the end of the period
    ("ambition", pa.float64()),  # per cent; the ambition of that time
    *_STATE,
])  # fmt: skip
"""Performance against the three standards."""

BACKLOG = pa.schema([
    ("week", pa.date32()),  # the Sunday it ends on
    ("by", pa.string()),  # everyone, provider, route, tumour group, stage of the pathway
    ("group", pa.string()),
    ("band", pa.string()),  # all, over 62; of everyone also 0-28, 29-62, and 63-104 and >104, which make up over 62
    ("count", pa.int64()),  # open pathways of the headline count
    *_STATE,
])  # fmt: skip
"""Open pathways at the end of each week."""

FORECAST = pa.schema([
    ("kind", pa.string()),  # of tests, key of forecast_changes.KINDS; empty for none
    ("tests", pa.int64()),  # more a week
    ("treatments", pa.int64()),  # more a week
    ("fewer_referrals", pa.int64()),  # of a hundred
    ("from_week", pa.int64()),  # of the change; 1 is the first week of the forecast
    ("week", pa.date32()),  # the Sunday it ends on
    ("middle", pa.int64()),  # half the forecasts are below; rounded, null where fewer than 20
    ("lower50", pa.int64()),
    ("upper50", pa.int64()),
    ("lower80", pa.int64()),
    ("upper80", pa.int64()),
    ("state", pa.string()),  # shown, suppressed, missing
    ("reason", pa.string()),
])  # fmt: skip
"""The backlog over 62 days, a row a change and week; one row that says why, where nothing is forecast."""

STEPS = pa.schema([
    ("step", pa.string()),  # "referral to triage"
    ("start", pa.date32()),
    ("end", pa.date32()),
    ("by", pa.string()),  # everyone, tumour group
    ("group", pa.string()),
    ("place", pa.int64()),  # the step's place in the pathway, from 1
    ("people", pa.int64()),  # pathways on which both milestones came, the later one in the year
    ("median_days", pa.float64()),
    ("ninetieth_days", pa.float64()),
    ("target_days", pa.float64()),  # of the generic timed pathway; null where it sets none
    ("day_by", pa.float64()),  # median day of the pathway on which the step ended
    ("day_due", pa.float64()),  # the day of the pathway by which it should end
    *_STATE,
])  # fmt: skip
"""Days between milestones, in the last year."""

FOUND = pa.schema([
    ("measure", pa.string()),  # conversion, early stage, emergency
    *_PERIOD,
    *_WHOM,
    ("numerator", pa.int64()),
    ("denominator", pa.int64()),
    *_SHARE,
    *_STATE,
])  # fmt: skip
"""What the referrals found, and how."""

CASE_FINDING = pa.schema([
    ("step", pa.string()),  # invited, consented, tested, raised, referred, found
    ("start", pa.date32()),
    ("end", pa.date32()),
    *_WHOM,
    ("count", pa.int64()),
    ("of", pa.int64()),  # those of the step before; null for those invited
    *_SHARE,
    *_STATE,
])  # fmt: skip
"""Prostate case finding: how many went on from each step to the next."""

FILES = {
    "standards": STANDARDS,
    "backlog": BACKLOG,
    "forecast": FORECAST,
    "steps": STEPS,
    "found": FOUND,
    "case-finding": CASE_FINDING,
}


def cancer_file(folder: Path, name: str) -> Path:
    """Where figures of FILES stand in a results folder."""
    return folder / f"cancer-{name}.parquet"


def write_cancer(folder: Path, name: str, figures: pa.Table) -> None:
    """Write figures of FILES into a results folder, in the order of what names a row."""
    schema = FILES[name]
    ordered = figures.select(schema.names).cast(schema)
    key = [each for each in _KEYS if each in schema.names]
    pq.write_table(in_order(ordered, key), cancer_file(folder, name))


def read_cancer(folder: Path, name: str, **where: object) -> list[dict[str, Any]]:
    """The rows of figures where every named column has that value, in the file's order; none if nothing is there."""
    path = cancer_file(folder, name)
    if not path.is_file():
        return []
    filters = [(column, "==", value) for column, value in where.items()] or None
    rows: list[dict[str, Any]] = pq.read_table(path, filters=filters).to_pylist()
    return rows


_KEYS = (
    "measure",
    "standard",
    "kind",
    "tests",
    "treatments",
    "fewer_referrals",
    "from_week",
    "by",
    "group",
    "period",
    "end",
    "week",
    "band",
    "place",
    "step",
)
