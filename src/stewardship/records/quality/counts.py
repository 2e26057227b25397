"""What the checks of a snapshot's records counted: kept as counts, and judged only when they are read."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from stewardship.records.quality.thresholds import Threshold

CHECKED = "checked.json"


@dataclass(frozen=True)
class CheckCard:
    """A check, in words.

    title: what was looked for. at_most: the share of what was examined that is put up with where the system has
    set no threshold of its own; because: why so much. mend: what mends it, for whoever can.
    bears_on: the only figures that it makes doubtful, such as "figures by ethnic group"; empty: every figure made
    from the table.
    """

    key: str
    title: str
    at_most: float
    because: str
    mend: str
    bears_on: str = ""


@dataclass(frozen=True)
class CheckCount:
    """What a check counted in one canonical table of one source.

    count of examined; None is a published count of 1 to 7. where, month: the provider or place, and the month, where
    the check is of each. not_run: why it could not run. note: what was left out of it, or why nothing was
    examined.
    """

    check: str
    table: str
    source: str = ""
    count: int | None = 0
    examined: int | None = 0
    where: str = ""
    month: date | None = None
    not_run: str = ""
    note: str = ""


@dataclass(frozen=True)
class Checked:
    """All checks with what they counted, and the system's thresholds on the day of the build."""

    cards: tuple[CheckCard, ...]
    counts: tuple[CheckCount, ...]
    thresholds: tuple[Threshold, ...] = ()


def write_checked(path: Path, checked: Checked) -> None:
    """Write checks and counts as JSON; fields that say nothing are left out of the counts."""
    empty = asdict(CheckCount("", ""))
    told = {
        "cards": [asdict(card) for card in checked.cards],
        "thresholds": [asdict(each) for each in checked.thresholds],
        "counts": [
            {name: value for name, value in asdict(count).items() if value != empty[name]}
            for count in checked.counts
        ],
    }
    path.write_text(json.dumps(told, default=str, ensure_ascii=False, indent=1), encoding="utf-8")


def read_checked(path: Path) -> Checked:
    """What `write_checked` wrote."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return Checked(
        tuple(CheckCard(**card) for card in told["cards"]),
        tuple(CheckCount(**_dated(count, "month")) for count in told["counts"]),
        tuple(Threshold(**_dated(each, "date")) for each in told["thresholds"]),
    )


def _dated(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {**row, name: date.fromisoformat(row[name])} if row.get(name) else dict(row)
