"""What was worked out of how measures differ by deprivation: slope indices, gaps and excess events of a place."""

from datetime import date
from functools import lru_cache

from stewardship.measures.derived import Unequal, read_inequality
from stewardship.measures.published import Card, Published
from stewardship.profiles.figures import AreaFigures


def unequal(figures: AreaFigures, card: Card, end: date | None = None) -> Unequal | None:
    """The row of a measure at this place, of the latest year unless another year's end is given."""
    held = _at_place(figures.published, figures.area.key, figures.place.code)
    return held.get((card.key, end or figures.period[1]))


@lru_cache(maxsize=64)
def _at_place(published: Published, care_area: str, place: str) -> dict[tuple[str, date], Unequal]:
    return {(row.measure, row.period_end): row for row in read_inequality(published, care_area, place)}
