"""The charts of a page as they stand in a pack: the same pictures, and their tables."""

from collections.abc import Callable, Sequence

from stewardship.packs.blocks import Block, Cell, Column, Heading, Picture, Row, Table, Words
from stewardship.profiles.charts import Chart
from stewardship.profiles.map_drawings import AnyDrawing
from stewardship.profiles.pictures import NotDrawnError
from stewardship.profiles.svg import standalone

Draw = Callable[[AnyDrawing], str]
SCREEN, PAPER = 'font-family="Arial"', 'font-family="Arimo"'  # a free font of the same widths
TOO_FEW = "Too few values are shown here to draw a picture."
NOT_DRAWN = "The picture could not be drawn this time. Its figures are at the end."


def pictures(charts: Sequence[Chart], draw: Draw) -> tuple[Picture, ...]:
    """Each chart with its picture, or the sentence that stands in its place."""
    return tuple(_picture(chart, draw) for chart in charts)


def _picture(chart: Chart, draw: Draw) -> Picture:
    svg, instead = "", TOO_FEW
    if chart.drawing is not None:
        try:
            svg = standalone(draw(chart.drawing), chart.what, chart.words).replace(SCREEN, PAPER)
        except NotDrawnError:
            instead = NOT_DRAWN
    return Picture(chart.heading, chart.what, svg, chart.words, chart.read, chart.said, instead)


def chart_tables(charts: Sequence[Chart]) -> tuple[Block, ...]:
    """The table of each chart, with what it shows and its figures in words."""
    return tuple(
        block for chart in charts for block in (Heading(chart.what), Words(chart.words), _table(chart))
    )


def _table(chart: Chart) -> Table:
    first, *rest = chart.table.columns
    columns = (Column(first, 1.6), *(Column(name, number=True) for name in rest))
    return Table(chart.what, columns, tuple(_row(row, len(columns)) for row in chart.table.rows))


def _row(cells: tuple[str, ...], columns: int) -> Row:
    """A row that ends early has, as its last cell, why there is nothing more."""
    if len(cells) < columns and len(cells) > 1:
        return Row(tuple(map(Cell, cells[:-1])), cells[-1])
    return Row(tuple(map(Cell, cells)))
