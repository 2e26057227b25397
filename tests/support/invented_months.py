"""The months of the invented snapshot: emergency admissions fall from September 2025, GP contacts do not change."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from stewardship.measures.published import AreaCard
from support.shown_months import as_published, months, table

YEARS = 5
A_MONTH = {"emergency-admissions": 0.011 / 12, "contacts": 4.1 / 12, "major-amputation": 0.0009 / 12}
FALLEN = 7  # latest months of emergency admissions, at two thirds of what they were


def invented_months(area: AreaCard, sizes: dict[str, int]) -> pa.Table:
    """The published months (MONTHS) of the measures of an area that are counted by month.

    sizes: people of each place. The same each time.
    """
    return table(list(_rows(area, sizes)))


def _rows(area: AreaCard, sizes: dict[str, int]) -> Iterator[dict[str, object]]:
    random = np.random.default_rng(42)
    for card in area.measures:
        for place, people in sizes.items() if card.key in A_MONTH else ():
            mean = np.full(12 * YEARS, people * A_MONTH[card.key])
            if card.key == "emergency-admissions":
                mean[-FALLEN:] *= 2 / 3
            yield from months(card.key, place, as_published(random.poisson(mean)))
