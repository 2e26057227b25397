"""A measure on the map: the places of a level where they lie, or as tiles where no boundaries were given."""

from dataclasses import dataclass, replace

from stewardship.measures.published import EVERYONE, Card, Figure, PlaceCard
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.charts import WITHOUT, Chart, Rows, TakenAway
from stewardship.profiles.figures import AreaFigures, shown
from stewardship.profiles.lines import Line, place_names
from stewardship.profiles.map_classes import class_words, classes
from stewardship.profiles.map_drawings import HIDDEN, MISSING, Area, MapDrawing
from stewardship.profiles.map_places import FEWEST, USUAL, alliance_of, boundaries, laid_out, levels_within
from stewardship.profiles.map_words import found, in_words, read_words, said, unit_words
from stewardship.profiles.places import level_name

WHY = {HIDDEN: "hidden: small numbers", MISSING: "missing: no figure"}


@dataclass(frozen=True)
class OnMap:
    """A place on a map: its figure, and its mark."""

    line: Line
    name: str
    mark: str

    @property
    def value(self) -> float | None:
        """What is shown of it."""
        figure = self.line.figure
        return figure.value if figure is not None and shown(figure) else None


def map_charts(figures: AreaFigures, card: Card) -> list[Chart]:
    """The maps of a measure, one a level."""
    if not on_maps(card):
        return []
    levels = levels_within(figures.published, figures.place)
    return [map_chart(figures, card, level, places) for level, places in levels.items()]


def chosen_map(figures: AreaFigures, card: Card, level: str) -> tuple[Chart | None, dict[str, str]]:
    """The map of a level, the usual one where none is named, and the names of the levels that there are maps of.

    None where the measure has no figures by place, or there are no places. KeyError for a level that has no map here.
    """
    levels = levels_within(figures.published, figures.place) if on_maps(card) else {}
    if level and level not in levels:
        raise KeyError(level)
    if not levels:
        return None, {}
    taken = level or _usual(figures, card, levels)
    names = {key: level_name(key) for key in levels}
    return map_chart(figures, card, taken, levels[taken]), names


def _usual(figures: AreaFigures, card: Card, levels: dict[str, tuple[PlaceCard, ...]]) -> str:
    """The first level of which a map can be drawn, in the order that is usual; the first of all where there is none."""
    told = {place.code for place, figure in figures.across(card) if shown(figure)}
    drawn = [level for level, places in levels.items() if sum(one.code in told for one in places) >= FEWEST]
    order = [level for level in (*USUAL, *levels) if level in levels]
    return next((level for level in order if level in drawn), order[0])


def on_maps(card: Card) -> bool:
    """Whether a measure has figures by place: ledgers have none, nor what could not be made."""
    return not card.missing and (card.of_people or card.statistic == "published")


def map_chart(figures: AreaFigures, card: Card, level: str, places: tuple[PlaceCard, ...]) -> Chart:
    """The map of a measure at these places, which are of that level."""
    marked = _marked(figures, card, places)
    drawing = _drawing(figures, card, level, marked)
    lacking = [one.name for one in marked if one.line.place.code not in boundaries(figures.published, level)]
    values = [one.value for one in marked if one.value is not None]
    where = words.lower_first(level_name(level, places[0].basis))
    key = f"map-{level.replace('_', '-')}"
    return Chart(
        key=key,
        heading=found(card, level, values),
        what=f"{card.name}{unit_words(card)}, {where}, {figures.place.name}, {words.period(*figures.period)}",
        read=read_words(card, drawing),
        words=in_words(card, level, [(one.name, one.mark, one.value) for one in marked]),
        table=_table(card, marked),
        drawing=drawing,
        lines=tuple(one.line for one in marked),
        said=said(level, [one.mark for one in marked], lacking if drawing and drawing.form == "map" else []),
        download=_taken_away(figures, card, marked),
    )


def _marked(figures: AreaFigures, card: Card, places: tuple[PlaceCard, ...]) -> list[OnMap]:
    """The places with their classes, under the names of their alliances and then their own."""
    ordered = sorted(places, key=lambda one: (alliance_of(figures.published, one) or "~", one.name, one.code))
    figure = {place.code: figure for place, figure in figures.across(card)}
    lines = [Line(card, one, EVERYONE, EVERYONE, figures.period, figure.get(one.code)) for one in ordered]
    values = [one.figure.value for one in lines if one.figure is not None and shown(one.figure)]
    numbers = iter(classes(card, [value for value in values if value is not None]))
    marks = [str(next(numbers)) if shown(one.figure) else _without(card, one.figure) for one in lines]
    names = place_names(figures, lines)
    return [OnMap(*each) for each in zip(lines, names, marks, strict=True)]


def _without(card: Card, figure: Figure | None) -> str:
    return HIDDEN if words.state(figure, card).startswith("Hidden") else MISSING


def _drawing(figures: AreaFigures, card: Card, level: str, marked: list[OnMap]) -> MapDrawing | None:
    """Where they lie if boundaries of some were given, else tiles; None where fewer than two values are shown."""
    if sum(one.value is not None for one in marked) < FEWEST:
        return None
    known = boundaries(figures.published, level)
    highest = max(int(one.mark) for one in marked if one.mark.isdigit())
    title = f"1 lowest, {highest} highest; {words.direction(card)}" if highest > 1 else words.direction(card)
    areas = {one.line.place.code: _area(figures, card, one) for one in marked}
    codes = tuple(code for code in areas if code in known)
    if not codes:
        return MapDrawing("tiles", tuple(areas.values()), title, _legend(card, marked))
    outlines, extent = laid_out(figures.published, level, codes)
    drawn = [
        replace(areas[code], outline=lies.rings, middle=lies.middle, room=lies.room)
        for code, lies in outlines.items()
    ]
    return MapDrawing("map", tuple(drawn), title, _legend(card, marked), extent)


def _area(figures: AreaFigures, card: Card, one: OnMap) -> Area:
    place = one.line.place
    why = WITHOUT.get(words.state(one.line.figure, card).partition(":")[0], "no figure")
    label = why if one.value is None else words.number(one.value, card.unit)
    group = alliance_of(figures.published, place) if place.level != "alliance" else ""
    return Area(place.name, one.mark, label, group, here=place.code == figures.place.code)


def _legend(card: Card, marked: list[OnMap]) -> tuple[tuple[str, str], ...]:
    marks = sorted({one.mark for one in marked}, key=lambda mark: (not mark.isdigit(), mark))
    told = []
    for mark in marks:
        values = [one.value for one in marked if one.mark == mark and one.value is not None]
        count = sum(one.mark == mark for one in marked)
        meant = class_words(card, values) if values else WHY[mark]
        told.append((mark, f"{meant} ({count})"))
    return tuple(told)


def _table(card: Card, marked: list[OnMap]) -> Rows:
    with_interval = any(one.line.figure is not None and one.line.figure.lower95 is not None for one in marked)
    unit = words.measured_in(card)
    value = f"Value{f', {unit}' if unit else ''}"
    rows: list[tuple[str, ...]] = []
    for one in marked:
        figure = one.line.figure
        if one.value is None or figure is None:
            rows.append((one.name, words.state(figure, card)))
            continue
        interval = [words.interval(figure, card.unit)] if with_interval else []
        rows.append((one.name, words.number(one.value, card.unit), *interval, one.mark))
    return Rows(("Place", value, *(["95% interval"] if with_interval else []), "Class"), tuple(rows))


def _taken_away(figures: AreaFigures, card: Card, marked: list[OnMap]) -> TakenAway:
    columns = (
        "Measure", "Unit", "Place", "Place code", "Level", "Counted", "Alliance", "Period from", "Period to",
        "Value", "Lower limit, 95%", "Upper limit, 95%", "Class (1 lowest)", "Why no value",
    )  # fmt: skip
    return TakenAway(columns, tuple(_cells(figures, card, one) for one in marked))


def _cells(figures: AreaFigures, card: Card, one: OnMap) -> tuple[Cell, ...]:
    place, figure = one.line.place, one.line.figure
    start, end = one.line.period
    about = (
        card.name, card.unit, place.name, place.code, place.level, place.basis, alliance_of(figures.published, place),
        start.isoformat(), end.isoformat(),
    )  # fmt: skip
    if one.value is None or figure is None:
        return (*about, None, None, None, None, words.state(figure, card))
    limits = [None if limit is None else round(limit, 4) for limit in (figure.lower95, figure.upper95)]
    return (*about, round(one.value, 4), *limits, int(one.mark), "")
