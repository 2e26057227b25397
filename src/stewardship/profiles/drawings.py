"""What a chart shows, as plain values: enough to draw it, and to know whether it was drawn before."""

import hashlib
from dataclasses import dataclass
from typing import Literal

Form = Literal["gap", "intervals", "trend", "bars", "slope", "funnel", "pairs", "months", "weeks", "fan"]
WIDE, NARROW = 580, 350
INNER, OUTER = "inner band", "outer band"  # the two bands of a funnel, as series
FITTED = "fitted line"
PAST, CHANGED = "past", "changed"  # of a fan: what was counted, as a series; under a change, as a word
LINES = "lines"  # mean and limits of a control chart, as a series
STYLE = 5  # raise when the drawing of any form changes, so that kept pictures are drawn again


@dataclass(frozen=True)
class Point:
    """One value of a chart.

    name: what stands on the axis of categories (a year, a place, a group). series: which line it belongs to.
    word: better, worse, similar, higher, lower or empty. label: the value in words. A year without a value
    breaks its line. at: where it stands on an axis of numbers: a share of people, or how many there are.
    """

    name: str
    value: float | None
    label: str = ""
    lower: float | None = None
    upper: float | None = None
    series: str = ""
    word: str = ""
    at: float | None = None


@dataclass(frozen=True)
class Drawing:
    """One picture: its form, its points in the order they are drawn, and the words on it.

    unit: of the value axis. comparator: the value of the dashed line, if any, and what it is. across: what an axis
    of numbers counts.
    """

    form: Form
    points: tuple[Point, ...]
    unit: str
    comparator: float | None = None
    comparator_name: str = ""
    across: str = ""

    def span(self) -> tuple[float, float]:
        """The ends of the value axis: everything drawn and a little room, from 0 if that is near.

        A run of years, and pairs, without intervals start at 0: nothing else would show how small a change is.
        """
        points = [
            p for p in self.points if p.series != OUTER
        ]  # the outer band is cut where it leaves the rest
        ends = [end for p in points for end in (p.lower, p.value, p.upper) if end is not None]
        ends += [self.comparator] if self.comparator is not None else []
        low, high = min(ends), max(ends)
        if self.form in {"trend", "pairs"} and all(p.lower is None for p in self.points):
            low = min(low, 0.0)
        if low == high:
            return (0.0, 1.0) if low == 0 else (min(0.0, 2 * low), max(0.0, 2 * low))
        room = (high - low) * (
            0.16 if self.form in {"gap", "slope", "funnel"} else 0.08
        )  # its labels stand beneath the lowest end
        return (0.0 if 0 <= low <= room else low - room), high + room

    def key(self, width: int) -> str:
        """A name that is the same for the same picture and no other."""
        content = repr((STYLE, width, self))
        return hashlib.sha256(content.encode()).hexdigest()[:24]
