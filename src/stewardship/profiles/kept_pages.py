"""What a care-area page shows, worked out once of a snapshot and kept while it is among the last that were read.

Pictures are not kept here: they stand in files, and one that could not be drawn is tried again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from stewardship.measures.published import PARTS, Published
from stewardship.profiles.area_charts import area_charts
from stewardship.profiles.cautions import cautions, without_figure
from stewardship.profiles.charts import Chart
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.gaps_charts import gap_charts
from stewardship.profiles.gaps_section import gaps_section
from stewardship.profiles.minute import in_a_minute
from stewardship.profiles.money import money_by_kind, money_section
from stewardship.profiles.places import picker
from stewardship.profiles.recorded_expected import recorded_and_expected
from stewardship.profiles.rows import measure_rows
from stewardship.profiles.strip import five_parts
from stewardship.profiles.trend_charts import months_charts
from stewardship.profiles.trend_section import months_section
from stewardship.profiles.variation_charts import funnel_charts
from stewardship.profiles.variation_section import variation_rows

KEPT = 64  # pages, about two megabytes each


@dataclass(frozen=True, eq=False)
class AreaPage:
    """What stands on the page in words, by its names there, and the charts that are yet to be drawn."""

    said: Mapping[str, Any]
    charts: Mapping[str, Sequence[Chart]]


@lru_cache(maxsize=KEPT)
def area_page(published: Published, area: str, place: str) -> AreaPage:
    """The page of a care area (its key) at a place (its code)."""
    figures = AreaFigures(published, published.area(area), published.place(place))
    by_kind = money_by_kind(figures)
    said = {
        "figures": figures,
        "area": figures.area,
        "place": figures.place,
        "picker": picker(published),
        "minute": in_a_minute(figures),
        "cautions": cautions(figures),
        "without_figure": without_figure(figures),
        "five": five_parts(figures),
        "outcomes": measure_rows(figures, "outcomes"),
        "parts": [(part, measure_rows(figures, part)) for part in PARTS if part != "outcomes"],
        "gaps": gaps_section(figures),
        "variation": variation_rows(figures),
        "months": months_section(figures),
        "money": money_section(figures),
        "expected": recorded_and_expected(figures),
    }
    charts = {
        "gap_plates": gap_charts(figures),
        "funnel_plates": funnel_charts(figures),
        "months_plates": months_charts(figures),
        "money_plates": [by_kind] if by_kind is not None else [],
        "plates": area_charts(figures),
    }
    return AreaPage(said, charts)
