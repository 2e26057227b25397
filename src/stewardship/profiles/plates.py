"""A chart with its two pictures, wide and narrow, or the sentence that stands in their place."""

import logging
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from stewardship.profiles.charts import Chart
from stewardship.profiles.drawings import NARROW, WIDE
from stewardship.profiles.pictures import NotDrawnError, picture
from stewardship.profiles.svg import inline

log = logging.getLogger(__name__)
OPEN_UP_TO = 10  # rows of a table that is open from the start


@dataclass(frozen=True)
class Plate:
    """What a page shows of a chart."""

    chart: Chart
    wide: Markup | None
    narrow: Markup | None
    instead: str
    table_open: bool


def plate(chart: Chart, kept_in: Path, *, room: bool) -> Plate:
    """The chart with its pictures. Where they cannot be drawn, the table stands open beneath a sentence.

    room: whether the page has room to show a short table open from the start.
    """
    if chart.drawing is None:
        return Plate(chart, None, None, "Too few values are shown here to draw a picture.", True)
    try:
        wide = picture(kept_in, chart.drawing, WIDE)
        narrow = picture(kept_in, chart.drawing, NARROW)
    except NotDrawnError as reason:
        log.warning("The chart %r was not drawn: %s", chart.key, reason)
        return Plate(
            chart, None, None, "The picture could not be drawn this time. The figures are below.", True
        )
    # our own renderer's output, with every text in it escaped by the renderer
    pictures = (Markup(inline(wide, chart.key, "wide")), Markup(inline(narrow, chart.key, "narrow")))  # noqa: S704
    return Plate(chart, *pictures, "", room and len(chart.table.rows) <= OPEN_UP_TO)


def map_plate(chart: Chart, kept_in: Path) -> Plate:
    """The map with its pictures. Its table has every place, and stands open only while it is short."""
    return replace(plate(chart, kept_in, room=True), table_open=len(chart.table.rows) <= OPEN_UP_TO)
