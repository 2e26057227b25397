"""The care areas at a glance: people, burden, money, clearest gap and trend of each, in a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stewardship.measures.published import AreaCard, PlaceCard, Published
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures, shown
from stewardship.profiles.gaps import Gap, clearest
from stewardship.profiles.leads import first_card, headline, why_not
from stewardship.profiles.overview_money import ALL, NOBODYS, NONE_PUBLISHED, AreaMoney, money_of
from stewardship.profiles.small_pictures import Spark, spark
from stewardship.profiles.trend_minute import months_sentence

WORST_FIRST = {"worse": 5, "better": 4, "higher": 3, "lower": 3, "similar": 2, "": 1}


@dataclass(frozen=True)
class Told:
    """A cell: what is said, what stands under it, or why nothing can be said.

    rank: what rows are ordered by, the largest first; None comes last. bar: its length, a part of the longest.
    """

    said: str = ""
    more: str = ""
    why: str = ""
    rank: float | None = None
    bar: float = 0.0


@dataclass(frozen=True)
class Trend:
    """What became of the outcome that speaks for an area; word: better, worse, similar, higher, lower or empty.

    by_month: the change that the months of its counts show, in words; empty where they show none.
    """

    name: str
    measure: str
    latest: str
    word: str
    told: Told
    spark: Spark | None
    by_month: str = ""


@dataclass(frozen=True)
class AreaSummary:
    """A care area in a row. money_of: its row of the budget, None where there is none."""

    card: AreaCard
    people: Told
    burden: Told
    money: Told
    gap: Told
    trend: Trend
    clearest: Gap | None
    money_of: AreaMoney | None

    @property
    def overlay(self) -> bool:
        """Whether the area looks across the others, so that its money and people are theirs."""
        return self.money_of is not None and self.money_of.overlay


@dataclass(frozen=True)
class Glance:
    """All care areas at a place. nobodys, everything: what is no care area's, and all that is spent."""

    place: PlaceCard
    is_system: bool
    areas: tuple[AreaSummary, ...]
    nobodys: AreaMoney | None
    everything: AreaMoney | None

    @property
    def adding_up(self) -> tuple[AreaSummary, ...]:
        """The areas whose money adds up with what is no area's."""
        return tuple(one for one in self.areas if not one.overlay)

    @property
    def overlays(self) -> tuple[AreaSummary, ...]:
        """The areas that look across the others."""
        return tuple(one for one in self.areas if one.overlay)


ORDERS: dict[str, tuple[str, Callable[[AreaSummary], float | None]]] = {
    "people": ("most people first", lambda one: one.people.rank),
    "burden": ("heaviest burden first", lambda one: one.burden.rank),
    "money": ("most money first", lambda one: one.money.rank),
    "gap": ("clearest gap first", lambda one: one.gap.rank),
    "trend": ("getting worse first", lambda one: one.trend.told.rank),
    "name": ("by name", lambda one: None),
}


def ordered(areas: Sequence[AreaSummary], order: str) -> list[AreaSummary]:
    """The rows in one of ORDERS; those of which it cannot be told come last, by phase and name."""
    _, rank = ORDERS[order]
    if order == "name":
        return sorted(areas, key=lambda one: one.card.name)
    return sorted(
        areas, key=lambda one: (rank(one) is None, -(rank(one) or 0), one.card.phase, one.card.name)
    )


def at_a_glance(published: Published, place: PlaceCard) -> Glance:
    """Every published care area at a place."""
    money = money_of(published, place)
    longest = max((one.spending or 0 for key, one in money.items() if key not in (NOBODYS, ALL)), default=0)
    heaviest = max(
        (one.years_lost or 0 for key, one in money.items() if key not in (NOBODYS, ALL)), default=0
    )
    areas = tuple(
        _summary(AreaFigures(published, area, place), money.get(area.key), longest, heaviest)
        for area in published.snapshot.areas
    )
    is_system = place == published.system
    return Glance(place, is_system, areas, money.get(NOBODYS), money.get(ALL))


def _summary(figures: AreaFigures, money: AreaMoney | None, longest: float, heaviest: float) -> AreaSummary:
    found = clearest(figures)
    return AreaSummary(
        figures.area, _people(figures), _burden(money, heaviest), _spent(money, longest),
        _gap(found), _trend(figures), found, money,
    )  # fmt: skip


def _people(figures: AreaFigures) -> Told:
    card = headline(figures, "population")
    figure = figures.here(card) if card else None
    if card is None or figure is None or figure.value is None:
        return Told(why=words.brief(why_not(figures, "population")))
    who = words.lower_first(card.name).removeprefix("people ")
    return Told(words.number(figure.value, card.unit), who, rank=figure.value)


def _burden(money: AreaMoney | None, heaviest: float) -> Told:
    if money is None:
        return Told(why=NONE_PUBLISHED)
    if money.overlay:
        return Told(why="seen in the areas above")
    if money.years_lost is None:
        return Told(why=money.why_burden)
    deaths = f"{money.deaths:.1f}% of deaths" if money.deaths is not None else ""
    bar = money.years_lost / heaviest if heaviest else 0.0
    return Told(f"{money.years_lost:.1f}%", deaths, rank=money.years_lost, bar=bar)


def _spent(money: AreaMoney | None, longest: float) -> Told:
    if money is None:
        return Told(why=NONE_PUBLISHED)
    if money.spending is None:
        return Told(why=money.why)
    share = f"{money.share:.1f}% of all" if money.share is not None else ""
    bar = money.spending / longest if longest else 0.0
    return Told(words.money(money.spending), share, rank=money.spending, bar=bar)


def _gap(found: Gap | None) -> Told:
    """The clearest gap in plain words, the most deprived fifth against the least."""
    if found is None:
        return Told(why="Cannot be said: no outcome has both fifths")
    name = words.lower_first(found.card.name)
    if not found.beyond_chance:
        return Told("None beyond chance", f"nearest: {name}", rank=found.strength)
    return Told(found.side, f"{name}; {found.interval}", rank=found.strength)


def _trend(figures: AreaFigures) -> Trend:
    """The five years of the outcome that speaks for the area, judged by the interval of the change."""
    card = headline(figures, "outcomes")
    figure = figures.here(card) if card else None
    by_month = " ".join(one.finding for one in months_sentence(figures))
    if card is None or figure is None or not shown(figure):
        first = first_card(figures, "outcomes")
        why = words.brief(why_not(figures, "outcomes"))
        return Trend(first.name if first else "", "", "", "", Told(why=why), None, by_month)
    years = figures.years(card)
    told = words.CHANGED.get(figure.change, "")
    few = sum(shown(one) for one in years) < 2
    why = "" if told else "too few years are shown" if few else "not compared"
    return Trend(
        card.name, card.key, words.said(card, figure.value or 0.0), figure.change,
        Told(told, why=why, rank=WORST_FIRST.get(figure.change)), spark(years), by_month,
    )  # fmt: skip
