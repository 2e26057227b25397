"""The rows of the tables of measures: each value with its interval, comparison, gap and run of years."""

from dataclasses import dataclass

from stewardship.measures.published import SHARES, Card, Figure
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures, shown
from stewardship.profiles.gaps import first_gap, gap, movement
from stewardship.profiles.small_pictures import IntervalPicture, Spark, interval_picture, spark

COUNTED = {*SHARES, "rate", "standardised rate", "ratio of events"}
OF_EVERYONE = {"published", "against expected", "slope of life expectancy"}


@dataclass(frozen=True)
class MeasureRow:
    """One measure at one place, ready to be read. `why` is set when there is no value, and says why; `brief`
    is as much of it as a row has room for.
    """

    card: Card
    why: str
    brief: str = ""
    value: str = ""
    counted: str = ""
    interval: str = ""
    interval_picture: IntervalPicture | None = None
    system: str = ""
    compared: str = ""
    gap: str = ""
    gap_interval: str = ""
    spark: Spark | None = None
    change: str = ""
    change_words: str = ""
    caution: str = ""
    source: str = ""


def measure_rows(figures: AreaFigures, part: str) -> list[MeasureRow]:
    """The measures of one of the five parts, in the order of the care area's file."""
    return [measure_row(figures, card) for card in figures.area.part(part)]


def measure_row(figures: AreaFigures, card: Card) -> MeasureRow:
    """One measure's latest year at this place."""
    figure = figures.here(card)
    why = words.state(figure, card)
    if why or figure is None or figure.value is None:
        why = why or "Missing: no value was published"
        return MeasureRow(card, why, words.brief(why))
    system = None if figures.is_system else figures.system(card)
    gap_words, gap_interval = _gap(figures, card) if card.part == "outcomes" else ("", "")
    return MeasureRow(
        card=card,
        why="",
        value=words.number(figure.value, card.unit),
        counted=counted(card, figure),
        interval=words.interval(figure, card.unit),
        interval_picture=interval_picture(figure, system),
        system=comparator(figures, card),
        compared=figure.compared,
        gap=gap_words,
        gap_interval=gap_interval,
        spark=spark(figures.years(card)),
        change=figure.change,
        change_words=words.CHANGED.get(figure.change, ""),
        caution=figure.caution,
        source=figure.source or "",
    )


def counted(card: Card, figure: Figure) -> str:
    """The counts under a proportion or a rate: 1,020 of 2,100; 740 in 1,210 person-years."""
    if card.statistic == "published":
        return "as published"
    if card.statistic == "against expected" and figure.numerator is not None:
        return f"{figure.numerator:,} found"
    if figure.numerator is None or figure.denominator is None or card.statistic not in COUNTED:
        return ""
    if card.statistic in SHARES:
        return f"{figure.numerator:,} of {figure.denominator:,}"
    if card.statistic == "ratio of events":
        return f"{figure.numerator:,} for {figure.denominator:,}"
    return f"{figure.numerator:,} in {figure.denominator:,} person-years"


def comparator(figures: AreaFigures, card: Card) -> str:
    """The system's value in words; empty at the system itself."""
    if figures.is_system:
        return ""
    system = figures.system(card)
    if system is None or system.value is None or not shown(system):
        return words.state(system, card)
    return words.number(system.value, card.unit)


def _gap(figures: AreaFigures, card: Card) -> tuple[str, str]:
    """The side of the most deprived fifth, the interval and what became of it; or why it cannot be said."""
    if card.statistic in OF_EVERYONE:
        return "Not told", "it is of everyone alone"
    now = gap(figures, card)
    if now is None:
        return "Cannot be said", "a fifth is hidden, missing or not counted"
    if card.repeats:
        return now.side, "no interval: one person often has several"
    then = first_gap(figures, card)
    moved = movement(now, then)
    said = f"; {moved}" if moved not in {"", "no change"} else ""
    chance = "" if now.beyond_chance else ": may be chance"
    return now.side, f"{now.interval}{chance}{said}"
