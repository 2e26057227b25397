"""The money and the burden of every care area at a place, as the budget publishes them."""

from collections.abc import Iterable
from dataclasses import dataclass

from stewardship.measures.budget_published import BudgetFigure, read_budget_at
from stewardship.measures.published import PlaceCard, Published

NOBODYS, ALL = "unallocated", "all"
NONE_PUBLISHED = "Missing: no budget was published"
OF_THE_SYSTEM = "Told of the whole system alone"


@dataclass(frozen=True)
class AreaMoney:
    """A row of the budget in the latest year at a place: pounds, and shares in per cent; None where they are not told.

    share: of what is spent at the place. of_system: the same share of the whole system. head: pounds for each resident.
    years_lost, deaths, people: shares of the system's. why: why there is no spending; why_burden: why no years lost.
    """

    overlay: bool
    spending: float | None
    share: float | None
    of_system: float | None
    head: float | None
    years_lost: float | None
    deaths: float | None
    people: float | None
    why: str
    why_burden: str


def money_of(published: Published, place: PlaceCard) -> dict[str, AreaMoney]:
    """Every care area, what is no care area's and everything, by key; empty where no budget was published."""
    rows: dict[str, list[BudgetFigure]] = {
        key: [] for key in (*(area.key for area in published.snapshot.areas), NOBODYS, ALL)
    }
    end, codes = published.snapshot.periods[-1][1], (published.system.code, place.code)
    for one in read_budget_at(published.folder, end, tuple(dict.fromkeys(codes))):
        rows.setdefault(one.care_area, []).append(one)
    if not any(rows.values()):
        return {}
    totals = {code: _found(rows[ALL], "spending", code) for code in {place.code, published.system.code}}
    return {key: _row(published, place, held, totals) for key, held in rows.items() if held}


def _row(
    published: Published,
    place: PlaceCard,
    rows: list[BudgetFigure],
    totals: dict[str, BudgetFigure | None],
) -> AreaMoney:
    system = published.system.code
    spending = _found(rows, "spending", place.code)
    there = _found(rows, "spending", system)
    years = _found(rows, "share of years of life lost under 75", system)
    told = {
        name: _value(_found(rows, what, system))
        for name, what in (("deaths", "share of deaths under 75"), ("people", "share of people"))
    }
    return AreaMoney(
        overlay=rows[0].care_area != ALL and _found(rows, "share of money", system) is None,
        spending=_value(spending),
        share=_share(spending, totals[place.code]),
        of_system=_share(there, totals[system]),
        head=_value(_found(rows, "per head", place.code)),
        years_lost=_value(years),
        **told,
        why=_why(spending, NONE_PUBLISHED),
        why_burden=_why(years, NONE_PUBLISHED),
    )


def _found(rows: Iterable[BudgetFigure], what: str, place: str) -> BudgetFigure | None:
    return next((one for one in rows if one.what == what and one.place == place and not one.programme), None)


def _value(one: BudgetFigure | None) -> float | None:
    return one.value if one is not None else None


def _why(one: BudgetFigure | None, otherwise: str) -> str:
    if one is None:
        return otherwise
    return "" if one.value is not None else one.reason


def _share(part: BudgetFigure | None, whole: BudgetFigure | None) -> float | None:
    """To a tenth of a per cent, of two amounts as they are published: what they tell is told again."""
    if part is None or whole is None or part.value is None or not whole.value:
        return None
    return round(100 * part.value / whole.value, 1)
