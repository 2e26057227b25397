"""The part of a care-area page that says who loses: gaps in outcomes by deprivation, and the other characteristics."""

from dataclasses import dataclass

from stewardship.measures.derived import SLOPE_LEVELS, Unequal
from stewardship.measures.published import Card
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.charts import TakenAway
from stewardship.profiles.differences import groups_said
from stewardship.profiles.figures import AreaFigures, shown
from stewardship.profiles.gaps import DEPRIVATION, LEAST, MOST, clearest
from stewardship.profiles.gaps_read import unequal
from stewardship.profiles.gaps_words import (
    excess_size,
    slope_interval,
    slope_side,
)
from stewardship.profiles.lines import group_lines

OTHERS = {
    "sex": "Sex",
    "age band": "Age",
    "ethnic group": "Ethnic group",
    "inclusion health": "Inclusion health",
}


@dataclass(frozen=True)
class GapRow:
    """How an outcome differs by deprivation here. `why` is set where nothing can be said, and says why."""

    card: Card
    why: str
    most: str = ""
    least: str = ""
    slope: str = ""
    slope_more: str = ""
    excess: str = ""
    excess_more: str = ""
    caution: str = ""


@dataclass(frozen=True)
class GapsSection:
    """What the section says beside its pictures.

    card: the measure of the clearest gap, which the pictures and the other characteristics are about. others:
    characteristic, what is said of it, and where its figures are.
    """

    card: Card | None
    rows: tuple[GapRow, ...]
    with_slopes: bool
    others: tuple[tuple[str, str, str], ...]


def gaps_section(figures: AreaFigures) -> GapsSection | None:
    """Of every outcome that is counted by deprivation; None where none is."""
    told = [(card, unequal(figures, card)) for card in figures.area.part("outcomes")]
    rows = tuple(_row(figures, card, row) for card, row in told if row is not None)
    if not rows:
        return None
    now = clearest(figures)
    card = now.card if now is not None else None
    slopes = figures.place.level in SLOPE_LEVELS
    return GapsSection(card, rows, slopes, tuple(_others(figures, card)) if card else ())


def _row(figures: AreaFigures, card: Card, row: Unequal) -> GapRow:
    why = words.state(figures.here(card), card) or row.gap_reason
    if why:
        return GapRow(card, words.brief(why))
    most, least = (figures.here(card, DEPRIVATION, fifth) for fifth in (MOST, LEAST))
    excess, interval = excess_size(row)
    return GapRow(
        card=card,
        why="",
        most=words.number(most.value or 0, card.unit) if most is not None else "",
        least=words.number(least.value or 0, card.unit) if least is not None else "",
        slope=slope_side(card, row) or row.slope_reason,
        slope_more=slope_interval(row),
        excess=excess or row.excess_reason,
        excess_more=interval,
        caution=row.caution.partition(":")[0] if row.caution.startswith("Small") else row.caution,
    )


def _others(figures: AreaFigures, card: Card) -> list[tuple[str, str, str]]:
    """The other characteristics as they are now: who differs from everyone here."""
    found = []
    for by, name in OTHERS.items():
        lines = group_lines(figures, card, by, (figures.period,))
        if sum(shown(one.figure) for one in lines) > 1:
            found.append((name, groups_said(card, figures.here(card), lines, by), by.replace(" ", "-")))
    return found


def gaps_table(figures: AreaFigures) -> TakenAway:
    """Everything that was worked out of gaps at this place, all measures and years, to take away."""
    columns = (
        "Part", "Measure", "Unit", "Period from", "Period to",
        "Slope index (most less least deprived)", "Lower limit, 95%", "Upper limit, 95%",
        "Relative index (most over least deprived)", "Lower limit, 95%, of it", "Upper limit, 95%, of it",
        "Why no slope",
        "Gap of the two ends (most less least deprived)", "Lower limit, 95%, of the gap",
        "Upper limit, 95%, of the gap",
        "Ratio of the two ends", "Lower limit, 95%, of the ratio", "Upper limit, 95%, of the ratio", "Why no gap",
        "Excess in number", "Lower limit, 95%, of the excess", "Upper limit, 95%, of the excess",
        "Excess as a part of 1", "The excess is of those not counted", "Why no excess",
        "Change of the gap since the first year", "Lower limit, 95%, of the change", "Upper limit, 95%, of the change",
        "Change of the ratio (times)", "Lower limit, 95%, of that change", "Upper limit, 95%, of that change",
        "Take care",
    )  # fmt: skip
    rows = []
    for card in figures.area.measures:
        for _, end in figures.periods:
            row = unequal(figures, card, end)
            if row is not None:
                rows.append(_cells(card, row))
    return TakenAway(columns, tuple(rows))


def _cells(card: Card, row: Unequal) -> tuple[Cell, ...]:
    numbers = {
        name: None if value is None else round(value, 4)
        for name, value in vars(row).items()
        if isinstance(value, float) or value is None
    }

    def three(name: str) -> list[Cell]:
        return [numbers[name], numbers[f"{name}_lower95"], numbers[f"{name}_upper95"]]

    return (
        words.PARTS.get(card.part, card.part), card.name, card.unit,
        row.period_start.isoformat(), row.period_end.isoformat(),
        *three("slope"), *three("relative_index"), row.slope_reason,
        *three("absolute_gap"), *three("relative_gap"), row.gap_reason,
        *three("excess"), numbers["fraction"], "yes" if row.of_the_rest else "no", row.excess_reason,
        *three("absolute_change"), *three("relative_change"), row.caution,
    )  # fmt: skip
