"""The funnels of a measure: networks and practices by how many people they have."""

from stewardship.measures.derived import FUNNEL_LEVELS, InFunnel
from stewardship.measures.published import Card
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, Rows, TakenAway, scale_words
from stewardship.profiles.drawings import INNER, OUTER, Drawing, Point
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.places import level_name
from stewardship.profiles.variation import FEWEST, MANY, funnel, most_telling, outside, placed
from stewardship.profiles.variation_words import counted_in, expected, found, named, read_words, side

LABELLED = 5  # names in a picture; all are named beneath it


def funnel_charts(figures: AreaFigures) -> list[Chart]:
    """The most telling outcome's funnel of networks, and of practices."""
    telling = [(level, most_telling(figures, level)) for level in FUNNEL_LEVELS]
    made = [funnel_chart(figures, card, level) for level, card in telling if card is not None]
    return [chart for chart in made if chart is not None]


def measure_funnels(figures: AreaFigures, card: Card) -> list[Chart]:
    """The funnels of one measure."""
    made = [funnel_chart(figures, card, level) for level in FUNNEL_LEVELS]
    return [chart for chart in made if chart is not None]


def funnel_chart(figures: AreaFigures, card: Card, level: str) -> Chart | None:
    """A measure's funnel of the places of a level; None where too few have a position."""
    rows = funnel(figures, card, level)
    held = placed(rows)
    if len(held) < FEWEST:
        return None
    points = [*_bands(held), *_marks(figures, held)]
    drawing = Drawing(
        "funnel", tuple(points), card.unit, held[0].target, "the whole system", counted_in(card)
    )
    basis = next(place.basis for place in figures.published.snapshot.places if place.level == level)
    where = words.lower_first(level_name(level, basis))
    return Chart(
        key=f"funnel-{MANY[level]}",
        heading=f"{card.name}: {found(rows, level)}",
        what=f"{card.name}, {len(rows)} {where}, {words.period(*figures.period)}",
        read=read_words(rows, level, scale_words(drawing)),
        words=_in_words(card, rows, level),
        table=_table(figures, card, rows),
        drawing=drawing,
        said=named(figures, card, rows, level),
        download=variation_table(figures, [(card, level)]),
    )


def _bands(rows: list[InFunnel]) -> list[Point]:
    """The limits at the size of each place, from the smallest: the edges of the two bands."""
    ordered = sorted(rows, key=lambda row: row.size or 0)
    outer = [Point("", None, "", row.lower99_8, row.upper99_8, OUTER, at=row.size) for row in ordered]
    return outer + [Point("", None, "", row.lower95, row.upper95, INNER, at=row.size) for row in ordered]


def _marks(figures: AreaFigures, rows: list[InFunnel]) -> list[Point]:
    """Places as expected first, so that those outside lie over them; among these the one that the page is about."""
    labelled = _labelled(figures, rows)
    points = []
    for row in sorted(rows, key=lambda row: (side(row) != "similar", row.place in labelled)):
        name = figures.published.place(row.place).name
        series = "named" if side(row) != "similar" or row.place in labelled else ""
        points.append(
            Point(name, row.value, labelled.get(row.place, ""), series=series, word=side(row), at=row.size)
        )
    return points


def _labelled(figures: AreaFigures, rows: list[InFunnel]) -> dict[str, str]:
    """What stands beside marks: this place, and those outside, the ones far outside first, as far as there is room."""
    far = sorted(outside(tuple(rows)), key=lambda row: not row.position.startswith("much"))
    codes = [row.place for row in far][:LABELLED]
    said = {code: figures.published.place(code).name for code in codes}
    here = figures.place
    if any(row.place == here.code for row in rows):
        said[here.code] = f"{here.name} (here)"
    return said


def _in_words(card: Card, rows: tuple[InFunnel, ...], level: str) -> str:
    held = placed(rows)
    target = words.said(card, held[0].target or 0)
    inside = len(held) - len(outside(rows))
    return (
        f"The whole system: {target}. Of {len(held)} {MANY[level]} with a position {inside} "
        f"{'is' if inside == 1 else 'are'} as expected for how many people they have; the table has each."
    )


def _table(figures: AreaFigures, card: Card, rows: tuple[InFunnel, ...]) -> Rows:
    unit = words.measured_in(card)
    columns = ("Place", counted_in(card), f"Value{f', {unit}' if unit else ''}", "Expected, 95%", "Position")
    cells: list[tuple[str, ...]] = []
    for row in rows:
        name = figures.published.place(row.place).name
        name += " (here)" if row.place == figures.place.code else ""
        if row.value is None or not row.position:
            cells.append((name, row.reason))
            continue
        cells.append(
            (
                name, f"{row.size or 0:,.0f}", words.number(row.value, card.unit), expected(card, row),
                row.position[0].upper() + row.position[1:],
            )
        )  # fmt: skip
    return Rows(columns, tuple(cells))


def variation_table(figures: AreaFigures, chosen: list[tuple[Card, str]]) -> TakenAway:
    """Every place in the funnels of measures and levels, to take away."""
    columns = (
        "Part", "Measure", "Unit", "Level", "Place", "Place code", "Period from", "Period to",
        "Size", "Size counted in",
        "Value", "Whole system", "Lower limit, 95%", "Upper limit, 95%", "Lower limit, 99.8%", "Upper limit, 99.8%",
        "Places in the funnel", "Dispersion (phi)", "Variance between places (tau squared)", "Limits widened",
        "Position", "Why no position",
    )  # fmt: skip
    rows = [_cells(figures, card, row) for card, level in chosen for row in funnel(figures, card, level)]
    return TakenAway(columns, tuple(rows))


def _cells(figures: AreaFigures, card: Card, row: InFunnel) -> tuple[Cell, ...]:
    numbers = (row.value, row.target, row.lower95, row.upper95, row.lower99_8, row.upper99_8)
    return (
        words.PARTS.get(card.part, card.part), card.name, card.unit, row.level,
        figures.published.place(row.place).name, row.place,
        row.period_start.isoformat(), row.period_end.isoformat(),
        None if row.size is None else round(row.size), counted_in(card),
        *(None if number is None else round(number, 4) for number in numbers),
        row.places, None if row.dispersion is None else round(row.dispersion, 3), round(row.between, 6),
        "yes" if row.adjusted else "no", row.position, row.reason,
    )  # fmt: skip


def every_funnel(figures: AreaFigures) -> TakenAway:
    """Every place in every funnel of the care area, to take away."""
    return variation_table(
        figures, [(card, level) for level in FUNNEL_LEVELS for card in figures.area.measures]
    )
