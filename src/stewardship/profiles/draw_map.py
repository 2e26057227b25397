"""Maps as SVG: classes by shade, by number and by hatching, never by colour alone.

Written here and not by Vega-Lite, which knows no hatching and no tiles. Only shapes, patterns and words: no script, no
style, nothing from elsewhere.
"""

from html import escape

from stewardship.profiles.drawings import WIDE
from stewardship.profiles.drawn import INK, QUIET
from stewardship.profiles.map_drawings import HIDDEN, MISSING, Area, MapDrawing
from stewardship.profiles.map_tiles import name_lines, short_names, tiles_across

SHADES = {
    1: ("#dbe7f3",),
    2: ("#dbe7f3", "#2a6fb5"),
    3: ("#dbe7f3", "#6fa8d8", "#003087"),
    4: ("#dbe7f3", "#9dc4e6", "#2a6fb5", "#003087"),
    5: ("#e9f0f7", "#b3d0ea", "#6fa8d8", "#2a6fb5", "#003087"),
}
DARK = {"#2a6fb5", "#003087"}  # on which words are white
EDGE, GAP, LINE = 8, 4, 24  # pixels: around a picture, between tiles, a line of the legend
HEIGHTS = {True: 520, False: 420}  # of a map, at most: wide and narrow
TILE, HEADING = 68, 30  # heights
ROOM, LITTLE_ROOM = 7.0, 5.2  # radius that a mark takes, in pixels, large and small
FAR = 10  # places are drawn in tenths of a pixel


def drawn_map(drawing: MapDrawing, width: int) -> str:
    """The picture as SVG."""
    legend, top = _legend(drawing, width)
    body, height = (_tiles if drawing.form == "tiles" else _places)(drawing, width, top)
    size = f'width="{width}" height="{height:.0f}" viewBox="0 0 {width} {height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}><defs>{_patterns(1)}{_patterns(FAR)}</defs>'
        f'<rect width="{width}" height="{height:.0f}" fill="white"/>'
        f'<g font-family="Arial, sans-serif" font-size="14">{legend}{body}</g></svg>'
    )


def _patterns(times: int) -> str:
    """Stripes for what is hidden, dots for what is missing; so many times as large."""
    about = f'width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="scale({times})'
    return (
        f'<pattern id="hidden-{times}" {about} rotate(45)"><rect width="8" height="8" fill="#fff"/>'
        '<rect width="2" height="8" fill="#768692"/></pattern>'
        f'<pattern id="missing-{times}" {about}"><rect width="8" height="8" fill="#fff"/>'
        '<circle cx="4" cy="4" r="1" fill="#4c6272"/></pattern>'
    )


def _fill(mark: str, classes: int, times: int = 1) -> str:
    if mark in (HIDDEN, MISSING):
        return f"url(#{'hidden' if mark == HIDDEN else 'missing'}-{times})"
    return SHADES[classes][int(mark) - 1]


def _classes(drawing: MapDrawing) -> int:
    return sum(mark.isdigit() for mark, _ in drawing.legend)


def _text(x: float, y: float, said: str, ink: str = f'fill="{INK}"', more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {ink}{more}>{escape(said)}</text>'


def _ink(mark: str, classes: int) -> str:
    """The colour of words on a mark's shade; on stripes and dots they have a white edge."""
    if not mark.isdigit():
        return f'fill="{INK}" stroke="white" stroke-width="4" paint-order="stroke" stroke-linejoin="round"'
    return f'fill="{"white" if _fill(mark, classes) in DARK else INK}"'


def _legend(drawing: MapDrawing, width: int) -> tuple[str, int]:
    """The legend, and where the picture beneath it begins."""
    across = 2 if width >= WIDE else 1
    entries = list(drawing.legend)
    here = next((area.name for area in drawing.areas if area.here), "")
    down = -(-(len(entries) + bool(here)) // across)
    parts = [_text(EDGE, 20, drawing.legend_title)]
    for number, (mark, meant) in enumerate([*entries, *([("", f"{here} (here)")] if here else [])]):
        x = EDGE + (number // down) * (width - 2 * EDGE) / across
        y = 30 + (number % down) * LINE
        parts.append(_swatch(x, y, mark, _classes(drawing)))
        parts.append(_text(x + 36, y + 15, meant))
    return "".join(parts), 30 + down * LINE + 12


def _swatch(x: float, y: float, mark: str, classes: int) -> str:
    if not mark:  # the place that the page is about
        edge = f'fill="none" stroke="{INK}" stroke-width="3"'
        return f'<rect x="{x + 1.5:.1f}" y="{y + 1.5:.1f}" width="25" height="15" {edge}/>'
    box = f'<rect x="{x:.1f}" y="{y}" width="28" height="18" fill="{_fill(mark, classes)}" stroke="{QUIET}"/>'
    return box + _text(x + 14, y + 14, mark, _ink(mark, classes), ' text-anchor="middle" font-weight="bold"')


def _places(drawing: MapDrawing, width: int, top: int) -> tuple[str, float]:
    """Places where they lie, drawn in tenths of a pixel; the one that the page is about over the others."""
    wide, tall = drawing.extent
    scale = min((width - 2 * EDGE) / max(wide, 1), HEIGHTS[width >= WIDE] / max(tall, 1))
    left = (width - wide * scale) / 2
    classes = _classes(drawing)
    shapes, marks = [], []
    for area in sorted(drawing.areas, key=lambda area: area.here):
        path = f'<path d="{_path(area.outline, FAR * scale)}"'
        shapes.append(f'{path} fill="{_fill(area.mark, classes, FAR)}"/>')
        if area.here:
            shapes.append(f'{path} fill="none" stroke="white" stroke-width="60"/>')
            shapes.append(f'{path} fill="none" stroke="{INK}" stroke-width="30"/>')
        marks.append(_mark(area, scale, left, top, classes))
    moved = f'transform="translate({left:.1f} {top}) scale(.1)"'
    drawn = (
        f'<g {moved} stroke="{QUIET}" stroke-width="8" stroke-linejoin="round" fill-rule="evenodd">'
        f'{"".join(shapes)}</g><g text-anchor="middle" font-weight="bold">{"".join(marks)}</g>'
    )
    return drawn, top + tall * scale + EDGE


def _mark(area: Area, scale: float, left: float, top: float, classes: int) -> str:
    """The number or letter of a place, where there is room for it."""
    room = area.room * scale
    if room < LITTLE_ROOM:
        return ""
    size = 13 if room >= ROOM else 10
    x, y = left + area.middle[0] * scale, top + area.middle[1] * scale + size * 0.36
    return _text(x, y, area.mark, _ink(area.mark, classes), f' font-size="{size}"')


def _path(outline: str, scale: float) -> str:
    """Rings as steps from point to point, those that would not be seen left out."""
    parts = []
    for ring in outline.split("|"):
        numbers = [round(int(each) * scale) for each in ring.split()]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        (x, y), steps = points[0], []
        parts.append(f"M{x} {y}l")
        for next_x, next_y in points[1:-1]:
            if abs(next_x - x) + abs(next_y - y) >= 4:
                steps.append(f"{next_x - x} {next_y - y}")
                x, y = next_x, next_y
        parts.append(f"{' '.join(steps) or '0 0'}z")
    return "".join(parts)


def _tiles(drawing: MapDrawing, width: int, top: int) -> tuple[str, float]:
    """A tile a place, under the name of its group, in the order given."""
    across = tiles_across(width)
    side = (width - 2 * EDGE - (across - 1) * GAP) / across
    names = short_names([area.name for area in drawing.areas])
    parts, y = [], float(top)
    group, column = "", 0
    for area, name in zip(drawing.areas, names, strict=True):
        if area.group != group or column == across:
            y += TILE + GAP if column else 0
            column = 0
        if area.group != group:
            group = area.group
            parts.append(_text(EDGE, y + 20, group or "In no alliance", more=' font-weight="bold"'))
            y += HEADING
        parts.append(_tile(area, name, EDGE + column * (side + GAP), y, side, _classes(drawing)))
        column += 1
    return "".join(parts), y + TILE + EDGE


def _tile(area: Area, name: str, x: float, y: float, side: float, classes: int) -> str:
    ink = _ink(area.mark, classes)
    stroke = f'stroke="{INK}" stroke-width="4"' if area.here else f'stroke="{QUIET}"'
    size = f'width="{side:.1f}" height="{TILE}"'
    box = f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{_fill(area.mark, classes)}" {stroke}/>'
    lines = [
        _text(x + 6, y + 17 + 14 * number, line, ink, ' font-size="12"')
        for number, line in enumerate(name_lines(name, side - 12))
    ]
    value = _text(x + 6, y + TILE - 9, area.label, ink, ' font-weight="bold"')
    end = ' font-size="12" text-anchor="end"'
    mark = _text(x + side - 6, y + TILE - 9, area.mark, ink, end)
    return "".join([box, *lines, value, mark])
