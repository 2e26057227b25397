"""Whether a care area is changing, as its pack tells it: every quantity counted by month, and how it reads."""

from stewardship.packs.blocks import Block, Cell, Column, Heading, Row, Table, Words
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.trend_section import MonthsRow, months_section

COMMON = (
    "Common cause: nothing has changed beyond what chance does. A change is a question why, not an answer."
)


def months_blocks(figures: AreaFigures) -> tuple[Block, ...]:
    """Every count by month with its reading; nothing where no months are published."""
    months = months_section(figures)
    if months is None:
        return ()
    columns = (
        Column("Counted by month", 2.0),
        Column("Reading", 2.2),
        Column("Latest month", 0.8, number=True),
        Column("Mean", 0.8, number=True),
        Column("Limits", number=True),
    )
    rows = tuple(_row(one) for one in (*months.first, *months.rest))
    return (
        Heading("What is counted by month, and whether it has changed"),
        Words(f"{months.period}. {COMMON}"),
        Table(f"Counts by month, {figures.place.name}", columns, rows),
    )


def _row(one: MonthsRow) -> Row:
    name = Cell(one.name, words.direction(one.card))
    if one.why:
        return Row((name,), one.why)
    return Row((name, Cell(one.said, one.rule), Cell(one.latest), Cell(one.mean), Cell(one.limits)))
