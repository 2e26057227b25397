"""What a gap is in plain words: the slope index, what became of it, and how many people it costs."""

import math

from stewardship.measures.derived import Unequal
from stewardship.measures.published import Card
from stewardship.profiles import words

TO = 5  # counts are rounded to five, and so is what follows from them


def apart(card: Card, value: float) -> str:
    """A difference in the unit of its measure: 21 percentage points; 10.9 per 1,000."""
    size = abs(value)
    if card.unit != "%":
        return f"{words.number(size, card.unit)} {card.unit}"
    points = f"{size:.0f}" if size >= 9.5 else f"{size:.1f}".removesuffix(".0")
    return f"{points} percentage point{'' if points == '1' else 's'}"


def between(lower: float | None, upper: float | None, *, places: int = 1) -> str:
    """The ends of an interval; empty where there are none."""
    if lower is None or upper is None:
        return ""
    return f"{lower:,.{places}f} to {upper:,.{places}f}".replace("-", "−")


def beyond(lower: float | None, upper: float | None, none: float = 0.0) -> bool:
    """Whether an interval leaves out the value that means none."""
    return lower is not None and upper is not None and not lower <= none <= upper


def slope_side(card: Card, row: Unequal) -> str:
    """21 percentage points lower: the most deprived end of the line against the other."""
    if row.slope is None:
        return ""
    return f"{apart(card, row.slope)} {'higher' if row.slope > 0 else 'lower'}"


def slope_interval(row: Unequal) -> str:
    """The interval of `slope_side`, turned to its side."""
    if (row.slope or 0) < 0 and row.slope_lower95 is not None and row.slope_upper95 is not None:
        return between(-row.slope_upper95, -row.slope_lower95)
    return between(row.slope_lower95, row.slope_upper95)


def slope_words(card: Card, row: Unequal) -> str:
    """The slope index in plain words, with its interval; or why there is none."""
    if row.slope is None or row.relative_index is None:
        return f"No slope index. {row.slope_reason}."
    interval = slope_interval(row)
    sure = f" (95% interval {interval})" if interval else ""
    relative = between(row.relative_index_lower95, row.relative_index_upper95, places=2)
    times = f"{row.relative_index:.2f} times as high{f' ({relative})' if relative else ''}"
    chance = " That may be chance." if interval and not beyond(row.slope_lower95, row.slope_upper95) else ""
    return (
        f"Slope index of inequality: along a line through all five fifths the most deprived end is "
        f"{slope_side(card, row)} than the least deprived{sure}, {times}.{chance}"
    )


def excess_size(row: Unequal) -> tuple[str, str]:
    """About how many more or fewer there would be at the rate of the least deprived, and the interval."""
    if row.excess is None:
        return "", ""
    sign = 1 if row.excess >= 0 else -1
    size = f"{_to(abs(row.excess)):,} {'fewer' if sign > 0 else 'more'}"
    ends = [row.excess_lower95, row.excess_upper95][::sign]
    low, high = (None if end is None else float(_to(sign * end)) for end in ends)
    return size, between(low, high, places=0)


def excess_words(card: Card, row: Unequal) -> str:
    """What it costs in people, or in events, that not every fifth fares as the least deprived."""
    if row.excess is None:
        return f"What it costs in people cannot be said. {row.excess_reason}." if row.excess_reason else ""
    size, interval = excess_size(row)
    if not _to(abs(row.excess)):
        return "If every fifth had the rate of the least deprived, there would be no more and no fewer."
    whom = {
        ("proportion", True): "people would go without",
        ("proportion", False): "people would be counted",
        ("share of events", True): "events would be of the other kind",
    }.get((card.statistic, row.of_the_rest), "events would be counted")
    sure = f" (95% interval {interval})" if interval else ""
    part = f", {abs(row.fraction or 0):.0%} of those now"
    if interval and not beyond(row.excess_lower95, row.excess_upper95):
        part += "; that may be chance"
    return f"If every fifth had the rate of the least deprived, about {size} {whom}{sure}{part}."


def moved_words(card: Card, row: Unequal, first_year: str) -> str:
    """What became of the absolute and of the relative gap: they can move in opposite directions."""
    if row.absolute_gap is None or row.absolute_change is None:
        return ""
    then = row.absolute_gap - row.absolute_change
    judged = row.absolute_change_lower95 is not None
    absolute = _moved(row.absolute_gap, then, judged=judged, beyond_chance=beyond(
        row.absolute_change_lower95, row.absolute_change_upper95
    ))  # fmt: skip
    said = (
        f"Since {first_year} the gap between the two ends {absolute} "
        f"from {apart(card, then)} to {apart(card, row.absolute_gap)}"
    )
    if row.relative_gap is None or row.relative_change is None or row.relative_change <= 0:
        return f"{said}."
    ratio_then = row.relative_gap / row.relative_change
    relative = _moved(
        math.log(row.relative_gap), math.log(ratio_then), judged=judged,
        beyond_chance=beyond(row.relative_change_lower95, row.relative_change_upper95, 1.0),
    )  # fmt: skip
    return f"{said}; as a ratio it {relative} from {ratio_then:.2f} to {row.relative_gap:.2f} times."


def _moved(now: float, then: float, *, judged: bool, beyond_chance: bool) -> str:
    if not judged:
        return "went"
    if not beyond_chance:
        return "has not changed beyond chance,"
    if now * then < 0:
        return "has turned round,"
    return "has narrowed," if abs(now) < abs(then) else "has widened,"


def _to(number: float) -> int:
    return math.floor(abs(number) / TO + 0.5) * TO * (1 if number >= 0 else -1)
