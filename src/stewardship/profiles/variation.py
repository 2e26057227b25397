"""Networks and practices in the funnels of a care area's measures: which are outside, and which measure tells most."""

from collections import defaultdict
from datetime import date
from functools import lru_cache

from stewardship.measures.derived import FUNNEL_LEVELS, InFunnel, read_variation
from stewardship.measures.published import Card, PlaceCard, Published
from stewardship.profiles.figures import AreaFigures

AS_EXPECTED = "as expected"
ONE, MANY = {"network": "network", "practice": "practice"}, {"network": "networks", "practice": "practices"}
FEWEST = 3  # places with a position, for a picture


def funnel(figures: AreaFigures, card: Card, level: str) -> tuple[InFunnel, ...]:
    """The places of a level in a measure's funnel of the latest year, in the order of their names."""
    return _funnels(figures.published, figures.area.key, figures.period[1]).get((card.key, level), ())


def placed(rows: tuple[InFunnel, ...]) -> list[InFunnel]:
    """Those of which a position is told."""
    return [row for row in rows if row.position]


def outside(rows: tuple[InFunnel, ...]) -> list[InFunnel]:
    """Those that differ by more than is expected, in the order of their names."""
    return [row for row in rows if row.position not in ("", AS_EXPECTED)]


def most_telling(figures: AreaFigures, level: str) -> Card | None:
    """The outcome with most places outside its funnel: far outside first, then a headline, then most places told."""
    held = [(card, funnel(figures, card, level)) for card in figures.area.part("outcomes")]
    drawn = [(card, rows) for card, rows in held if len(placed(rows)) >= FEWEST]
    return max(drawn, key=_telling)[0] if drawn else None


def _telling(one: tuple[Card, tuple[InFunnel, ...]]) -> tuple[int, int, bool, int]:
    card, rows = one
    named = outside(rows)
    far = sum(row.position.startswith("much") for row in named)
    return far, len(named), card.headline, len(placed(rows))


def inside(published: Published, place: PlaceCard) -> frozenset[str]:
    """The codes of a place and of the networks and practices in it; of the system, of all."""
    codes = {place.code}
    for level in ("alliance", *FUNNEL_LEVELS):
        codes |= {
            one.code
            for one in published.snapshot.places
            if one.level == level and (one.parent in codes or place.level == "system")
        }
    return frozenset(codes)


@lru_cache(maxsize=16)
def _funnels(published: Published, care_area: str, end: date) -> dict[tuple[str, str], tuple[InFunnel, ...]]:
    names = {place.code: place.name for place in published.snapshot.places}
    found: dict[tuple[str, str], list[InFunnel]] = defaultdict(list)
    for row in sorted(
        read_variation(published, care_area, end), key=lambda row: (names[row.place], row.place)
    ):
        found[row.measure, row.level].append(row)
    return {key: tuple(rows) for key, rows in found.items()}
