"""The dot plot of one care area at two places: outcomes of one unit, each with its two values and their intervals."""

from collections import Counter

from stewardship.measures.published import Published
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, Rows, TakenAway, point_of
from stewardship.profiles.drawings import Drawing, Point
from stewardship.profiles.figures import shown
from stewardship.profiles.side_by_side import AreaRow, Asked, Beside, beside

KEY = "both"


def dot_plot(published: Published, asked: Asked) -> Chart | None:
    """The outcomes of the unit that most of them have; None where none has an interval at both places."""
    parts = beside(published, asked)
    held = [row for part, rows in parts for row in rows if part == "outcomes" and _drawn(row)]
    if not held:
        return None
    unit, _ = Counter(row.card.unit for row in held).most_common(1)[0]
    drawn = [row for row in held if row.card.unit == unit]
    names = (asked.place.name, asked.other_place.name)
    points = tuple(_point(row, number, name) for row in drawn for number, name in enumerate(names))
    drawing = Drawing("pairs", points, unit)
    period = words.period(*published.snapshot.periods[-1])
    told = "per cent" if unit == "%" else unit
    starts = "starts" if drawing.span()[0] <= 0 else "does not start"
    return Chart(
        key=KEY,
        heading=_heading(asked, drawn),
        what=f"{asked.area.name}, outcomes {told}, {names[0]} and {names[1]}, {period}",
        read=(
            f"each mark is a value and the line through it its 95% interval: dark circles are {names[0]}, open squares "
            f"{names[1]}. The words in brackets say how {names[0]} differs. The scale {starts} at 0."
        ),
        words="; ".join(f"{_name(row)}: {row.first.value} and {row.second.value}" for row in drawn) + ".",
        table=Rows(("Outcome", *names, "Differs"), tuple(_row(row) for row in drawn)),
        drawing=drawing,
        download=None,
    )


def _heading(asked: Asked, drawn: list[Beside]) -> str:
    """Which of the outcomes drawn differ, by side."""
    sides = [
        (word, [words.lower_first(row.card.name) for row in drawn if row.differs.word == word])
        for word in words.COMPARED
        if word != "similar"
    ]
    told = [f"{word} in {words.and_list(names)}" for word, names in sides if names]
    if told:
        return f"{asked.place.name} is {'; '.join(told)}"
    compared = sum(bool(row.differs.word) for row in drawn)
    return (
        "None of these outcomes differs beyond chance"
        if compared
        else "Of none of these can it be told whether it differs"
    )


def _drawn(row: Beside) -> bool:
    return all(shown(one) and one is not None and one.lower95 is not None for one in row.figures)


def _name(row: Beside) -> str:
    return f"{row.card.name} ({row.differs.word or row.untold.lower()})"


def _point(row: Beside, number: int, place: str) -> Point:
    one = point_of(row.card, _name(row), row.figures[number])
    return Point(one.name, one.value, one.label, one.lower, one.upper, series=place)


def _row(row: Beside) -> tuple[str, ...]:
    sides = (f"{side.value} ({side.interval})" for side in (row.first, row.second))
    return row.card.name, *sides, row.differs.word.capitalize() or row.untold


def two_places_table(published: Published, asked: Asked) -> TakenAway:
    """Every measure of the care area at both places, and whether they differ, to take away."""
    columns: list[str] = ["Part", "Measure", "Unit", "Direction"]
    for place in (asked.place, asked.other_place):
        columns += [f"{place.name}: {what}" for what in ("value", "lower limit, 95%", "upper limit, 95%")]
    columns += [f"{asked.place.name} against {asked.other_place.name}", "Why it cannot be told"]
    rows = [_cells(part, row) for part, rows in beside(published, asked) for row in rows]
    return TakenAway(tuple(columns), tuple(rows))


def _cells(part: str, row: Beside) -> tuple[Cell, ...]:
    cells: list[Cell] = [words.PARTS.get(part, part), row.card.name, row.card.unit, words.direction(row.card)]
    for side, figure in zip((row.first, row.second), row.figures, strict=True):
        if side.why or figure is None:
            cells += [side.why, None, None]
        else:
            cells += [_rounded(figure.value), _rounded(figure.lower95), _rounded(figure.upper95)]
    return *cells, row.differs.word.capitalize() or row.untold, row.differs.why


def _rounded(value: float | None) -> Cell:
    return None if value is None else round(value, 4)


def two_areas_table(asked: Asked, rows: list[AreaRow]) -> TakenAway:
    """The headlines of two care areas, to take away."""
    names = (asked.area.name, asked.other_area.name)
    columns = ("What", names[0], f"More of {names[0]}", names[1], f"More of {names[1]}")
    return TakenAway(columns, tuple((name, *first, *second) for name, first, second in rows))
