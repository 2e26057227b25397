"""The newest of the lists that a sender puts beside each other, by the day in each name."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from stewardship.records.opt_out_files import OptOutError

_DAY = re.compile(r"(?<![0-9])(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8})(?![0-9])")


def lists_there(file: Path) -> list[Path]:
    """What has that name, in order, where `*` in it stands for any text; small and capital letters are the same."""
    pattern = re.compile(".*".join(map(re.escape, file.name.split("*"))), re.IGNORECASE)
    return sorted(path for path in file.parent.iterdir() if pattern.fullmatch(path.name))


def newest(file: Path) -> tuple[Path, date]:
    """The newest of the lists of that name, and its day: the one in its own name, as 2026-03-31 or 20260331.

    file: `*` in its name stands for any text. Whatever has such a name is a list, so that a faulty one is never passed
    over for one before it. Raises OptOutError if there is none, one tells no day or two, or two tell the same.
    """
    try:
        by_day = sorted((_day(path.name), path) for path in lists_there(file))
    except OSError as error:
        raise OptOutError(
            f"{file.parent} cannot be read ({error.strerror}): see that it is there."
        ) from error
    if not by_day:
        raise OptOutError(f"There is no file {file.name} of opt-outs. Put it where `system.toml` says.")
    (day, path), before = by_day[-1], by_day[-2:-1]
    if before and before[0][0] == day:
        raise OptOutError(
            f"{before[0][1].name} and {path.name} are lists of opt-outs of the same day. Take one of them away."
        )
    return path, day


def _day(name: str) -> date:
    days = list(_days(name))
    if len(days) != 1:
        told = "more than one day" if days else "no day"
        raise OptOutError(
            f"The name of {name} tells {told}, so nobody can say when this list of opt-outs was true. Name it by its "
            "day, such as opt-outs-2026-03-31.csv, or take it away."
        )
    return days[0]


def _days(name: str) -> Iterator[date]:
    for found in _DAY.findall(name):
        try:
            yield date.fromisoformat(found)
        except ValueError:
            continue
