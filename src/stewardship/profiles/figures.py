"""The figures of one care area at one place, and the same figures of the whole system, found by name."""

from datetime import date
from functools import lru_cache
from threading import Lock

from stewardship.measures.looked_up import LookedUp, rows_of_place, rows_that_say
from stewardship.measures.published import EVERYONE, AreaCard, Card, Figure, PlaceCard, Published

Key = tuple[str, str, str, date]


class AreaFigures:
    """What is published about a care area at a place."""

    def __init__(self, published: Published, area: AreaCard, place: PlaceCard) -> None:
        self.published, self.area, self.place = published, area, place
        self.periods = published.snapshot.periods
        self.system_place = published.system
        self._here = place_figures(published, area.key, place.code)
        self._system = place_figures(published, area.key, self.system_place.code)
        self._met: dict[tuple[bool, Key], Figure | None] = {}

    @property
    def is_system(self) -> bool:
        """Whether the place is the whole system, which is compared with nothing."""
        return self.place.code == self.system_place.code

    @property
    def period(self) -> tuple[date, date]:
        """The latest year."""
        return self.periods[-1]

    def here(
        self, card: Card, by: str = EVERYONE, group: str = EVERYONE, end: date | None = None
    ) -> Figure | None:
        """The figure of this place; of the latest year unless another year's end is given."""
        return self._found(True, (card.key, by, group, end or self.period[1]))

    def system(
        self, card: Card, by: str = EVERYONE, group: str = EVERYONE, end: date | None = None
    ) -> Figure | None:
        """The same figure of the whole system."""
        return self._found(False, (card.key, by, group, end or self.period[1]))

    def _found(self, here: bool, key: Key) -> Figure | None:
        """The figure, made once however often it is asked for."""
        if (here, key) not in self._met:
            self._met[here, key] = (self._here if here else self._system).get(key)
        return self._met[here, key]

    def years(self, card: Card, by: str = EVERYONE, group: str = EVERYONE) -> list[Figure | None]:
        """The figures of this place over the years, oldest first."""
        return [self.here(card, by, group, end) for _, end in self.periods]

    def groups(self, card: Card, by: str) -> list[str]:
        """The groups of a characteristic that the measure has figures for, in the published order."""
        held = self._here.said("group", measure=card.key, by=by)
        order = [*self.published.snapshot.groups.get(by, []), *sorted(held)]
        return [group for group in dict.fromkeys(order) if group in held]

    def across(self, card: Card) -> list[tuple[PlaceCard, Figure]]:
        """The latest figure of every place, in the order of their names within each level."""
        latest = latest_everywhere(self.published, self.area.key)
        places = sorted(self.published.snapshot.places, key=lambda place: place.name)
        keyed = [(place, latest.get((card.key, place.code))) for place in places]
        return [(place, figure) for place, figure in keyed if figure is not None]


def shown(figure: Figure | None) -> bool:
    """Whether a value may be read."""
    return figure is not None and figure.state == "shown" and figure.value is not None


def latest_everywhere(published: Published, care_area: str) -> LookedUp:
    """Everyone's figures of the latest year, by measure and place."""
    with _READING:
        return _latest_everywhere(published, care_area)


def place_figures(published: Published, care_area: str, place: str) -> LookedUp:
    """All figures of a care area at a place by measure, characteristic, group and year's end."""
    with _READING:
        return _place_figures(published, care_area, place)


# What is read twice at once is read once: whoever comes second waits, and finds it kept.
_READING = Lock()


@lru_cache(maxsize=16)
def _latest_everywhere(published: Published, care_area: str) -> LookedUp:
    end = published.snapshot.periods[-1][1]
    rows = rows_that_say(published.file(care_area), by=EVERYONE, period_end=end)
    return LookedUp(rows, ("measure", "place"))


@lru_cache(maxsize=256)
def _place_figures(published: Published, care_area: str, place: str) -> LookedUp:
    rows = rows_of_place(published.file(care_area), place)
    return LookedUp(rows, ("measure", "by", "group", "period_end"))
