"""The pictures inside table rows: where an interval lies, how five years went. Numbers stand beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from stewardship.measures.derived import MonthInTrend
from stewardship.measures.published import Figure
from stewardship.profiles.figures import shown

MONTHS_WIDTH, MONTHS_HEIGHT = 220, 48
INTERVAL_WIDTH, SPARK_WIDTH, SPARK_HEIGHT, MARGIN = 140, 96, 26, 8


@dataclass(frozen=True)
class IntervalPicture:
    """Pixels from the left: the interval's ends, the value, and the comparator if there is one."""

    lower: float
    value: float
    upper: float
    comparator: float | None


@dataclass(frozen=True)
class Spark:
    """Lines of "x,y" points, broken where a year is not shown, and where the last point stands."""

    lines: tuple[str, ...]
    end: tuple[float, float]


def interval_picture(figure: Figure, comparator: Figure | None) -> IntervalPicture | None:
    """The picture of a 95% interval on a line of its own; None when the figure has no interval."""
    if figure.value is None or figure.lower95 is None or figure.upper95 is None:
        return None
    other = comparator.value if comparator is not None and shown(comparator) else None
    ends = [figure.lower95, figure.upper95, *([other] if other is not None else [])]
    low, high = min(ends), max(ends)
    width = (high - low) or 1.0

    def x(value: float) -> float:
        return round(MARGIN + (value - low) / width * (INTERVAL_WIDTH - 2 * MARGIN), 1)

    return IntervalPicture(
        x(figure.lower95), x(figure.value), x(figure.upper95), None if other is None else x(other)
    )


def spark(years: list[Figure | None]) -> Spark | None:
    """The picture of a run of years; None when fewer than two are shown or the last is not."""
    values = [figure.value if figure is not None and shown(figure) else None for figure in years]
    known = [value for value in values if value is not None]
    if len(known) < 2 or values[-1] is None:
        return None
    low, width = min(known), (max(known) - min(known)) or 1.0
    step = (SPARK_WIDTH - 12) / (len(values) - 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        y = SPARK_HEIGHT - 5 - (value - low) / width * (SPARK_HEIGHT - 10)
        runs[-1].append((round(4 + place * step, 1), round(y, 1)))
    lines = tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1)
    return Spark(lines, runs[-1][-1])


@dataclass(frozen=True)
class MonthsPicture:
    """A small control chart: its band and mean as "x,y" points, the runs of months, and a mark a special cause."""

    band: str
    mean: str
    lines: tuple[str, ...]
    marks: tuple[tuple[str, float, float], ...]


def months_picture(rows: Sequence[MonthInTrend]) -> MonthsPicture:
    """The picture of months of which some have lines; broken where a month is not shown."""
    charted = [(at, row) for at, row in enumerate(rows) if row.mean is not None]
    ends = [row.count for row in rows if row.count is not None]
    low = min([*ends, *(row.lower or 0 for _, row in charted)])
    high = max([*ends, *(row.upper or 0 for _, row in charted)])

    def point(at: int, value: float | None) -> tuple[float, float]:
        x = 5 + at * (MONTHS_WIDTH - 10) / max(len(rows) - 1, 1)
        return round(x, 1), round(
            MONTHS_HEIGHT - 5 - ((value or 0) - low) / ((high - low) or 1) * (MONTHS_HEIGHT - 10), 1
        )

    upper = [point(at, row.upper) for at, row in charted]
    lower = [point(at, row.lower) for at, row in charted]
    runs: list[list[tuple[float, float]]] = [[]]
    for at, row in enumerate(rows):
        if row.count is None:
            runs.append([])
        else:
            runs[-1].append(point(at, row.count))
    marks = [(row.side, *point(at, row.count)) for at, row in charted if row.side]
    return MonthsPicture(
        _joined([*upper, *reversed(lower)]),
        _joined([point(at, row.mean) for at, row in charted]),
        tuple(_joined(run) for run in runs if len(run) > 1),
        tuple(marks),
    )


def _joined(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
