"""The tables of a care area's workbook: those that its page gives as CSV, a sheet each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stewardship.measures.published import PARTS
from stewardship.profiles import words
from stewardship.profiles.area_charts import every_chart
from stewardship.profiles.charts import Chart, TakenAway
from stewardship.profiles.downloads import figures_table
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.gaps_section import gaps_table
from stewardship.profiles.lines import part_lines
from stewardship.profiles.money import money_table
from stewardship.profiles.trend_charts import every_month
from stewardship.profiles.variation_charts import every_funnel

LONGEST = 31  # characters of a sheet's name, as spreadsheets count them: in UTF-16
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
RESERVED = {"history"}  # names that spreadsheets keep for themselves


@dataclass(frozen=True)
class Sheet:
    """A table and what it is. key: what its CSV is called. name: safe for a sheet, and of one sheet alone."""

    key: str
    name: str
    title: str
    table: TakenAway


def sheets_of(figures: AreaFigures) -> list[Sheet]:
    """Every table of the care area at the place, in the order of its page."""
    titled = [*_parts(figures), *_worked_out(figures), *map(_of_chart, every_chart(figures))]
    names = sheet_names([name for _, name, _, _ in titled], taken=["About"])
    return [
        Sheet(key, name, title, table) for name, (key, _, title, table) in zip(names, titled, strict=True)
    ]


Titled = tuple[str, str, str, TakenAway]


def _parts(figures: AreaFigures) -> list[Titled]:
    return [
        (part, words.PARTS[part], words.PARTS[part], figures_table(part_lines(figures, part)))
        for part in reversed(PARTS)
        if figures.area.part(part)
    ]


def _worked_out(figures: AreaFigures) -> list[Titled]:
    """Those that have any rows here: a place without months has no sheet of them."""
    made = [
        ("gaps", "Gaps", "Gaps by deprivation, every measure and year", gaps_table(figures)),
        ("variation", "Variation", "Every place in every funnel", every_funnel(figures)),
        ("months", "Months", "Every count by month, with its lines and signals", every_month(figures)),
        ("budget", "Budget", "The whole budget, all years and places", money_table(figures)),
    ]
    return [(key, name, title, table) for key, name, title, table in made if table is not None and table.rows]


def _of_chart(chart: Chart) -> Titled:
    table = chart.download if chart.download is not None else figures_table(chart.lines)
    return (chart.key, f"Chart {chart.key.replace('-', ' ')}", chart.what, table)


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Names that a spreadsheet takes, one for each wanted: without forbidden characters, short, none twice.

    taken: names that are used already. Two names that differ in capitals alone are the same to a spreadsheet.
    """
    used = {name.casefold() for name in taken} | RESERVED
    made = []
    for name in wanted:
        kept = " ".join(FORBIDDEN.sub(" ", name).split()).strip("' ") or "Table"
        number, ending = 1, ""
        while (safe := _cut(kept, ending)).casefold() in used:
            number += 1
            ending = f" {number}"
        used.add(safe.casefold())
        made.append(safe)
    return made


def _cut(name: str, ending: str) -> str:
    """The name with its ending, cut so that both fit; a character outside the basic plane counts twice."""
    room = (LONGEST - len(ending)) * 2
    cut = name.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore")
    return f"{cut.strip(chr(39) + ' ') or 'Table'}{ending}"
