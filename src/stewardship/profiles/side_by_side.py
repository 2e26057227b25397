"""What is set side by side: one care area at two places, or two care areas at one place."""

from dataclasses import dataclass

from stewardship.measures.derived.between import ROUNDING, Between, between
from stewardship.measures.published import EVERYONE, PARTS, AreaCard, Card, Figure, PlaceCard, Published
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.lines import Line
from stewardship.profiles.minute import gap_sentence
from stewardship.profiles.overview import AreaSummary, at_a_glance
from stewardship.profiles.rows import counted
from stewardship.profiles.strip import five_parts

SHARED = "the two places may have residents in common"


@dataclass(frozen=True)
class Asked:
    """What a steward chose: a care area and a place, and what is set beside them."""

    area: AreaCard
    place: PlaceCard
    other_area: AreaCard
    other_place: PlaceCard

    @property
    def two_places(self) -> bool:
        """Whether it is one care area at two places."""
        return self.area == self.other_area and self.place != self.other_place

    @property
    def two_areas(self) -> bool:
        """Whether it is two care areas at one place."""
        return self.area != self.other_area and self.place == self.other_place

    @property
    def advice(self) -> str:
        """What to do where nothing can be set side by side; empty where it can."""
        if self.two_places or self.two_areas:
            return ""
        if self.area == self.other_area:
            return "Choose another place, or another care area, to set beside it."
        return "Choose the same care area twice, or the same place twice: of two of each, nothing tells which differs."


@dataclass(frozen=True)
class Side:
    """A measure at one place: its value, interval and counts, or why there is none."""

    value: str
    interval: str
    counts: str
    why: str


@dataclass(frozen=True)
class Beside:
    """A measure at two places, and whether they differ."""

    card: Card
    first: Side
    second: Side
    differs: Between
    figures: tuple[Figure | None, Figure | None]

    @property
    def untold(self) -> str:
        """What stands where no difference is told: of what has no interval, that it is not compared."""
        return "Not compared" if "no interval" in self.differs.why else "Cannot be told"


def beside(published: Published, asked: Asked) -> list[tuple[str, list[Beside]]]:
    """Every measure of the care area at both places, by part, in the order of the care area's file."""
    figures = [AreaFigures(published, asked.area, place) for place in (asked.place, asked.other_place)]
    apart = apart_or_within(published, asked.place, asked.other_place)
    return [
        (part, [_beside(figures[0], figures[1], card, apart) for card in asked.area.part(part)])
        for part in ("outcomes", *(part for part in PARTS if part != "outcomes"))
        if asked.area.part(part)
    ]


def apart_or_within(published: Published, first: PlaceCard, second: PlaceCard) -> str:
    """first or second where that one lies within the other, empty where they share nobody, shared where they may."""
    if first.code in _above(published, second):
        return "second"
    if second.code in _above(published, first):
        return "first"
    return "" if first.basis == second.basis else "shared"


def _above(published: Published, place: PlaceCard) -> set[str]:
    """The codes of the places of one basis in which a place lies, and of the whole system, in which each does."""
    by_code = {one.code: one for one in published.snapshot.places}
    found, at = {published.system.code} - {place.code}, by_code.get(place.parent)
    while at is not None and at.basis == place.basis and at.code not in found:
        found.add(at.code)
        at = by_code.get(at.parent)
    return found


def _beside(here: AreaFigures, there: AreaFigures, card: Card, apart: str) -> Beside:
    first, second = here.here(card), there.here(card)
    differs = between(card, first, second, within="" if apart == "shared" else apart)
    if apart == "shared" and (differs.word or differs.why == ROUNDING):
        differs = Between("", SHARED)
    return Beside(card, _side(card, first), _side(card, second), differs, (first, second))


def _side(card: Card, figure: Figure | None) -> Side:
    why = words.state(figure, card)
    if why or figure is None or figure.value is None:
        return Side("", "", "", words.brief(why or "Missing: no value was published"))
    return Side(
        words.number(figure.value, card.unit), words.interval(figure, card.unit), counted(card, figure), ""
    )


def two_lines(published: Published, asked: Asked) -> list[Line]:
    """The figures of both places as lines of a download, the first place's first."""
    period, everyone = published.snapshot.periods[-1], (EVERYONE, EVERYONE)
    return [
        Line(row.card, place, *everyone, period, figure)
        for _, rows in beside(published, asked)
        for row in rows
        for place, figure in zip((asked.place, asked.other_place), row.figures, strict=True)
    ]


def found(asked: Asked, parts: list[tuple[str, list[Beside]]]) -> str:
    """In how many outcomes the first place differs from the second."""
    outcomes = [row for part, rows in parts for row in rows if part == "outcomes"]
    said = {word: [row for row in outcomes if row.differs.word == word] for word in words.COMPARED}
    of = sum(map(len, said.values()))
    where = f"{asked.place.name} and {asked.other_place.name}"
    if not of:
        return f"In no outcome can it be told whether {where} differ."
    outcomes_compared = "the one outcome" if of == 1 else f"{of} outcomes"
    told = [
        f"{word} in {len(rows)}{_named(rows)}" for word, rows in said.items() if rows and word != "similar"
    ]
    if not told:
        return f"Of {outcomes_compared} compared, {where} differ in none beyond chance."
    here, there = asked.place.name, asked.other_place.name
    return f"Of {outcomes_compared} compared, {here} is {words.and_list(told)} than {there}."


def _named(rows: list[Beside]) -> str:
    names = [words.lower_first(row.card.name) for row in rows]
    return f" ({words.and_list(names)})" if len(names) <= 2 else ""


AreaRow = tuple[
    str, tuple[str, str], tuple[str, str]
]  # what it is, then of each area a figure and more of it


def two_areas(published: Published, asked: Asked) -> list[AreaRow]:
    """The headlines of two care areas at a place: the five parts, money, burden, gap and trend."""
    areas = (asked.area, asked.other_area)
    glance = at_a_glance(published, asked.place)
    parts = [five_parts(AreaFigures(published, area, asked.place)) for area in areas]
    rows: list[AreaRow] = [
        (one.name, (one.number, one.what), (two.number, two.what)) for one, two in zip(*parts, strict=True)
    ]
    held = [next(one for one in glance.areas if one.card == area) for area in areas]
    for name, told in _GLANCES.items():
        if name != "Years of life lost under 75" or glance.is_system:
            rows.append((name, told(held[0]), told(held[1])))
    gaps = [gap_sentence(AreaFigures(published, area, asked.place)) for area in areas]
    rows.append(("Gap by deprivation", *((one.finding, one.more) for one in gaps)))  # type: ignore[arg-type]
    rows.append(("Leading outcome over five years", _trend(held[0]), _trend(held[1])))
    return rows


def _spent(area: AreaSummary) -> tuple[str, str]:
    more = area.money.more.replace(" of all", " of all that is spent here")
    note = "it looks across the other areas: the money is theirs" if area.overlay else ""
    return area.money.said or area.money.why, "; ".join(filter(None, [more, note]))


def _head(area: AreaSummary) -> tuple[str, str]:
    head = area.money_of.head if area.money_of is not None else None
    return (
        (words.money(head), "for each resident") if head is not None else (area.money.why or "Not told", "")
    )


def _burden(area: AreaSummary) -> tuple[str, str]:
    return area.burden.said or area.burden.why, area.burden.more


_GLANCES = {
    "Money spent in the year": _spent,
    "Money for each head": _head,
    "Years of life lost under 75": _burden,
}


def _trend(area: AreaSummary) -> tuple[str, str]:
    one = area.trend
    if not one.latest:
        return one.told.why, one.name
    return f"{one.latest}, {one.told.said or one.told.why}", ". ".join(filter(None, [one.name, one.by_month]))
