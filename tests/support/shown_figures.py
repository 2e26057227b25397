"""Published tables written by hand, a figure a call, for what is worked out of published figures."""

from dataclasses import replace
from datetime import date

import pyarrow as pa

from stewardship.measures import statistics
from stewardship.measures.derived import write_derived
from stewardship.measures.published import (
    EVERYONE,
    FIGURES,
    SHARES,
    AreaCard,
    Card,
    PlaceCard,
    Published,
    Snapshot,
    write_figures,
    write_snapshot,
)

PERIODS = tuple((date(year - 1, 4, 1), date(year, 3, 31)) for year in (2025, 2026))
NOW, THEN = PERIODS[1], PERIODS[0]
PER = {"%": 100, "per 1,000": 1_000}
FIFTHS = "deprivation fifth"

SHARE = Card("share", "Checks", "made", "outcomes", "proportion", "%", "higher", "", "", "")
SMOKING = Card("smoking", "Smoking", "made", "outcomes", "proportion", "%", "lower", "", "", "")
RATE = Card("rate", "Stays", "made", "outcomes", "rate", "per 1,000", "lower", "", "", "")
AGED = Card("aged", "Deaths", "made", "outcomes", "standardised rate", "per 1,000", "lower", "", "", "")
EXACT = replace(SHARE, rounded_to=1)
REPEATED = replace(RATE, repeats=True)

SYSTEM = PlaceCard("SYS", "System", "system", "", "")
ALLIANCE = PlaceCard("A", "Alliance", "alliance", "SYS", "by GP practice")
NETWORK = PlaceCard("N", "Network", "network", "A", "by GP practice")


def practices(count):
    """So many practices of the network."""
    return [
        PlaceCard(f"P{n:02}", f"Practice {n:02}", "practice", "N", "by GP practice") for n in range(count)
    ]


def figure(card, place, numerator, denominator, *, group="", period=NOW, **changes):
    """One published row, its value and limits made of its counts; group: a fifth, empty for everyone."""
    per = PER[card.unit]
    made = statistics.proportions if card.statistic in SHARES else statistics.rates
    estimates = made([numerator], [denominator], multiplier=per)
    row = dict.fromkeys(FIGURES.names, "") | {"measure": card.key, "place": place.code, "state": "shown"}
    row |= {"by": FIFTHS if group else EVERYONE, "group": group or EVERYONE}
    row |= {"period_start": period[0], "period_end": period[1]}
    row |= {"numerator": numerator, "denominator": denominator}
    limits = ("value", "lower95", "upper95", "lower99_8", "upper99_8")
    return row | {name: float(getattr(estimates, name)[0]) for name in limits} | changes


def hidden(card, place, *, group="", period=NOW):
    """One row that is not shown, with what it would have shown if somebody had forgotten to take it away."""
    return figure(card, place, 5, 100, group=group, period=period, state="suppressed")


def fifths(card, place, counts, *, period=NOW):
    """The rows of the five fifths from (numerator, denominator), the most deprived first."""
    return [
        figure(card, place, *count, group=str(number), period=period)
        for number, count in enumerate(counts, start=1)
    ]


def table(rows):
    """Rows as a table of published figures."""
    return pa.Table.from_pylist(rows, schema=FIGURES)


def published(folder, cards, places, rows):
    """A results folder of these figures, with what is derived of them, opened."""
    folder.mkdir(parents=True)
    area = AreaCard("made", "Made", 1, "Everyone.", tuple(cards))
    groups = {FIFTHS: ["1", "2", "3", "4", "5"]}
    said = Snapshot("made", NOW[1], "", (), (), (), (), PERIODS, "", None, tuple(places), (area,), groups)
    write_figures(folder, area.key, table(rows))
    write_derived(folder, area, table(rows), said)
    write_snapshot(folder, said)
    return Published(folder)
