"""The tables of a care-area page as they stand in a pack: measures, gaps, variation and money, word for word."""

from collections.abc import Sequence

from stewardship.packs.blocks import Block, Cell, Column, Heading, Picture, Points, Row, Table, Words
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.gaps_section import GapRow, gaps_section
from stewardship.profiles.money import ForEachHead, MoneySection, money_section
from stewardship.profiles.recorded_expected import recorded_and_expected
from stewardship.profiles.rows import MeasureRow, measure_rows
from stewardship.profiles.variation_section import Named, variation_rows

OVERLAY = "This area looks across the others: the money is theirs, and is never added to it."
EXCESS = (
    "In people or events: how many fewer or more there would be if every fifth had the rate of the least deprived; "
    "where more is better, of those who go without."
)
SLOPE = "The slope index is the most deprived end of a line through all five fifths against the least."
ELSEWHERE = "Kinds of care, organisations and ledgers are told of the whole system."
HEADS = (
    "A head is a resident for a year. A weighted head counts each resident as what people of that age and sex cost in "
    "this system in the last year, beside the average: it allows for age and sex, and for no other need."
)


def measures_blocks(figures: AreaFigures, part: str) -> tuple[Block, ...]:
    """The table of one of the five parts; nothing where it has no measure."""
    rows = measure_rows(figures, part)
    if not rows:
        return ()
    columns = [Column("Measure", 2.2), Column("Here", number=True), Column("95% interval", 1.1)]
    if not figures.is_system:
        columns += [Column("Whole system", 0.9, number=True), Column("Compared", 0.9)]
    if part == "outcomes":
        columns.append(Column(words.MOST_AGAINST_LEAST, 1.5))
    columns.append(Column(f"Since {words.year(*figures.periods[0])}", 1.1))
    caption = f"{words.PARTS[part]}, {figures.place.name}, {words.period(*figures.period)}"
    return (Table(caption, tuple(columns), tuple(_measure(figures, part, row) for row in rows)),)


def expected_blocks(figures: AreaFigures) -> tuple[Block, ...]:
    """People recorded beside people expected; nothing where the area holds none against an expected number."""
    expected = recorded_and_expected(figures)
    if expected is None:
        return ()
    held = tuple(Words(one.said, f"{one.card.name}:") for one in expected.recorded)
    return (
        Heading("Recorded, and expected"),
        *([Points(held)] if held else []),
        *([Words(expected.without)] if expected.without else []),
    )


def _measure(figures: AreaFigures, part: str, row: MeasureRow) -> Row:
    name = Cell(
        row.card.name, "; ".join(filter(None, [words.measured_in(row.card), words.direction(row.card)]))
    )
    if row.why:
        return Row((name,), row.brief)
    caution = "small numbers" if row.caution else ""
    cells = [name, Cell(row.value, "; ".join(filter(None, [row.counted, caution])))]
    cells.append(Cell(row.interval or "no interval"))
    if not figures.is_system:
        cells += [Cell(row.system), Cell(words.COMPARED.get(row.compared, "not compared"))]
    if part == "outcomes":
        cells.append(Cell(row.gap, row.gap_interval))
    cells.append(Cell(row.change_words or ("not compared" if row.interval else "no interval to judge by")))
    return Row(tuple(cells))


def gaps_blocks(figures: AreaFigures) -> tuple[Block, ...]:
    """The other characteristics, and every outcome by deprivation; nothing where none is counted so."""
    gaps = gaps_section(figures)
    if gaps is None:
        return ()
    blocks: list[Block] = []
    if gaps.card is not None and gaps.others:
        blocks.append(Heading(f"The other characteristics, {words.lower_first(gaps.card.name)}"))
        blocks.append(
            Points(tuple(Words(f"{said[0].upper()}{said[1:]}.", f"{name}:") for name, said, _ in gaps.others))
        )
    slope = [Column("Slope index", 1.3)] if gaps.with_slopes else []
    columns = (
        Column("Measure", 2.2),
        Column(words.MOST_DEPRIVED, 0.9, number=True),
        Column(words.LEAST_DEPRIVED, 0.9, number=True),
        *slope,
        Column("In people or events", 1.3),
    )
    rows = tuple(_gap(row, with_slope=gaps.with_slopes) for row in gaps.rows)
    caption = f"Outcomes by deprivation, {figures.place.name}, {words.period(*figures.period)}"
    said = f"{SLOPE} {EXCESS}" if gaps.with_slopes else EXCESS
    return (*blocks, Heading("Every outcome by deprivation"), Words(said), Table(caption, columns, rows))


def _gap(row: GapRow, *, with_slope: bool) -> Row:
    name = Cell(
        row.card.name, "; ".join(filter(None, [words.measured_in(row.card), words.direction(row.card)]))
    )
    if row.why:
        return Row((name,), row.why)
    slope = [Cell(row.slope, row.slope_more)] if with_slope else []
    return Row(
        (name, Cell(row.most, row.caution), Cell(row.least), *slope, Cell(row.excess, row.excess_more))
    )


def variation_blocks(figures: AreaFigures) -> tuple[Block, ...]:
    """Every outcome with the places outside what is expected, named."""
    rows = variation_rows(figures)
    if not rows:
        return ()
    period = words.period(*figures.period)
    columns = (Column("Measure", 1.3), *(Column(name, 1.6) for name, _, _ in rows[0].levels))
    made = tuple(
        Row(
            (
                Cell(row.card.name, words.direction(row.card)),
                *(
                    Cell(_outside(sides), why) if why else Cell(_outside(sides))
                    for _, sides, why in row.levels
                ),
            )
        )
        for row in rows
    )
    return (
        Heading("Every outcome, and who is outside what is expected"),
        Words(
            f"Networks and practices against the whole system, {period}. To be outside is a question, not a verdict."
        ),
        Table(f"Outcomes, and the places outside what is expected, {period}", columns, made),
    )


def _outside(sides: Sequence[Named]) -> str:
    return "\n".join(f"{one.said}: {one.names}" for one in sides)


def money_blocks(figures: AreaFigures, pictures: Sequence[Picture]) -> tuple[Block, ...]:
    """The budget: total, ledgers, lines, and for each head; nothing where none was published."""
    money = money_section(figures)
    if money is None:
        return ()
    period = words.period(*figures.period)
    total = f"{money.total} spent in the year." if money.total.startswith("£") else f"{money.total}."
    about = " ".join(filter(None, [OVERLAY if money.overlay else "", money.shares, money.one_per_cent]))
    blocks: list[Block] = [Words(about, total), Words(f"{money.source}. Rounded to £1,000.")]
    blocks += [Words(money.ledger)] if money.ledger else []
    blocks += pictures
    blocks += _lines(money, period) if money.lines else [Words(ELSEWHERE)]
    blocks += _heads("By deprivation fifth", "Fifth", money.fifths, period)
    blocks += _heads("By place", "Place", money.places, period)
    return (*blocks, Words(HEADS))


def _lines(money: MoneySection, period: str) -> list[Block]:
    columns = (
        Column("Kind of care", 1.4),
        Column("Organisation", 1.8),
        Column("Spent", 0.8, number=True),
        Column("How it is known"),
    )
    rows = tuple(
        Row((Cell(one.point), Cell(one.organisation), Cell(one.amount), Cell(one.basis)))
        for one in money.lines
    )
    heading = "By kind of care and organisation"
    return [Heading(heading), Table(f"Spending {words.lower_first(heading)}, {period}", columns, rows)]


def _heads(heading: str, name: str, rows: Sequence[ForEachHead], period: str) -> list[Block]:
    if not rows:
        return []
    numbers = ("Spent", "For each head", "For each weighted head")
    columns = (Column(name, 2.0), *(Column(one, number=True) for one in numbers))
    made = tuple(
        Row((Cell(one.name),), one.why)
        if one.why
        else Row((Cell(one.name), Cell(one.spending), Cell(one.head), Cell(one.weighted)))
        for one in rows
    )
    return [
        Heading(heading),
        Table(f"Spending for each head {words.lower_first(heading)}, {period}", columns, made),
    ]
