"""Results folders written row by row, for attacks to be tried on: what is published is said, and nothing checked."""

from datetime import date

import pyarrow as pa

from stewardship.measures.published import (
    EVERYONE,
    FIGURES,
    AreaCard,
    Card,
    PlaceCard,
    Published,
    Snapshot,
    write_figures,
    write_snapshot,
)

PLACES = (
    PlaceCard("SYS", "System", "system", "", ""),
    PlaceCard("N", "North", "network", "SYS", "by GP practice"),
    PlaceCard("P1", "First practice", "practice", "N", "by GP practice"),
    PlaceCard("P2", "Second practice", "practice", "N", "by GP practice"),
    PlaceCard("P3", "Third practice", "practice", "N", "by GP practice"),
)
GROUPS = {"sex": ["female", "male"]}
PERIODS = tuple((date(year - 1, 4, 1), date(year, 3, 31)) for year in (2024, 2025, 2026))
LAST = PERIODS[-1]
HIDDEN = None


def card(key, statistic="count", unit="people", *, top="people:1:a", below=None, headline=False):
    """A measure's card; top, below: the names of what is divided."""
    return Card(
        key, key, "made", "outcomes", statistic, unit, "neither", "", "", "", headline=headline,
        numerator_is=top, denominator_is=below or top,
    )  # fmt: skip


def figure(measure, place, numerator, *, denominator=0, by=EVERYONE, group=EVERYONE, period=LAST, **limits):
    """One row; a numerator or a denominator of None is hidden."""
    suppressed = numerator is None or denominator is None
    row = dict.fromkeys(FIGURES.names, "") | {"measure": measure, "place": place, "by": by, "group": group}
    row |= dict.fromkeys(("value", "lower95", "upper95", "lower99_8", "upper99_8"))
    row |= {"period_start": period[0], "period_end": period[1]}
    row |= {"numerator": numerator, "denominator": denominator}
    return row | {"state": "suppressed" if suppressed else "shown"} | limits


def publish(folder, cards, rows, snapshot_id="one"):
    """Write the figures and open them."""
    folder.mkdir(parents=True)
    write_figures(folder, "made", pa.Table.from_pylist(rows, schema=FIGURES))
    area = AreaCard("made", "Made", 1, "", tuple(cards))
    write_snapshot(
        folder,
        Snapshot(snapshot_id, LAST[1], "", (), (), (), (), PERIODS, "", None, PLACES, (area,), GROUPS),
    )
    return Published(folder)
