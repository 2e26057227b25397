"""The pictures inside table rows: where an interval lies, how five years went. Numbers stand beside them."""

from dataclasses import dataclass

from stewardship.measures.published import Figure
from stewardship.profiles.figures import shown

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
