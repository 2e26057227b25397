"""A published forecast of invented numbers, and the backlog before it."""

from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa

from stewardship.measures.cancer.forecast_changes import Planned, every_change
from stewardship.measures.cancer.published import BACKLOG, FORECAST, cancer_file, write_cancer

LAST = date(2026, 3, 29)
WEEKS = 26


def write_forecast(folder: Path, *, level: int = 100, state: str = "shown", reason: str = "") -> None:
    """Write a backlog that rises to a level, where there is none yet, and its forecast, smaller with each change."""
    if not cancer_file(folder, "backlog").is_file():
        write_cancer(folder, "backlog", _backlog(level))
    rows = [
        row for planned in every_change() for row in _weeks(planned, level)
    ] if state == "shown" else [{**vars(Planned()), "week": LAST, "state": state, "reason": reason}]  # fmt: skip
    write_cancer(folder, "forecast", pa.Table.from_pylist(rows, schema=FORECAST))


def _backlog(level: int) -> pa.Table:
    before = [LAST - timedelta(weeks=ahead) for ahead in range(60, -1, -1)]
    backlog = [
        {"week": week, "by": "everyone", "group": "everyone", "band": "over 62", "count": max(level - 60 + number, 0),
         "state": "shown", "reason": ""}
        for number, week in enumerate(before)
    ]  # fmt: skip
    return pa.Table.from_pylist(backlog, schema=BACKLOG)


def _weeks(planned: Planned, level: int) -> list[dict[str, object]]:
    less = planned.tests + 3 * planned.treatments + 2 * planned.fewer_referrals
    rows = []
    for ahead in range(1, WEEKS + 1):
        gone = max(ahead + 1 - planned.from_week, 0) * less // 20
        middle = _five(level - gone)
        limits = {"lower50": -ahead, "upper50": ahead, "lower80": -2 * ahead, "upper80": 2 * ahead}
        rows.append({
            **vars(planned), "week": LAST + timedelta(weeks=ahead), "middle": middle,
            **{name: _five(level - gone + apart) for name, apart in limits.items()},
            "state": "shown", "reason": "",
        })  # fmt: skip
    return rows


def _five(number: int) -> int | None:
    return 5 * round(number / 5) if number >= 20 else None
