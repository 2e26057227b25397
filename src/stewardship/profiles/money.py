"""The money of a care area: what is spent by whom and on what, beside the ledgers, for each head, and beside burden."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from stewardship.measures.budget_published import BudgetFigure, read_budget
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, Rows, TakenAway
from stewardship.profiles.drawings import Drawing, Point
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.places import peers
from stewardship.records.model import POINTS_OF_DELIVERY

SEVERAL = "Several, put together"
ORGANISATIONS = {
    "several": SEVERAL,
    "general practices": "General practices",
    "not told": "Not told",
    "": "All that gave it",
}
BASES = {
    "actual": "actual",
    "apportioned": "apportioned",
    "estimated": "estimated",
    "unknown": "cost not known",
    "": "of other care areas' lines",
}
SHARES = (
    ("share of money", "of the system's money"),
    ("share of people", "of its people"),
    ("share of deaths under 75", "of deaths under 75"),
    ("share of years of life lost under 75", "of the years of life lost with them"),
)


@dataclass(frozen=True)
class MoneyLine:
    """A line of the budget in words."""

    point: str
    organisation: str
    amount: str
    basis: str


@dataclass(frozen=True)
class ForEachHead:
    """A place or fifth: what is spent, and for each head, in words; why there is nothing, where there is not."""

    name: str
    spending: str
    head: str
    weighted: str
    why: str


@dataclass(frozen=True)
class MoneySection:
    """What the section shows. Sentences are empty where there is nothing to say."""

    total: str
    overlay: bool
    lines: tuple[MoneyLine, ...]
    ledger: str
    shares: str
    one_per_cent: str
    fifths: tuple[ForEachHead, ...]
    places: tuple[ForEachHead, ...]
    source: str


def money_section(figures: AreaFigures) -> MoneySection | None:
    """The money of the latest year at the place; None where no budget was published of the care area."""
    here = _latest(figures)
    if not here:
        return None
    system = [one for one in here if one.place == figures.system_place.code]
    shares: dict[str, BudgetFigure] = {one.what: one for one in system if one.what.startswith("share of")}
    heads = [one for one in here if one.what in ("spending", "per head", "per weighted head")]
    lines = [one for one in system if one.what == "line"] if figures.is_system else []
    total = next(
        (
            one
            for one in heads
            if one.what == "spending" and one.place == figures.place.code and one.fifth == "everyone"
        ),
        None,
    )
    return MoneySection(
        total=_amount(total),
        overlay="share of money" not in shares,
        lines=tuple(
            MoneyLine(_point(one), _organisation(one), _amount(one), _basis(one)) for one in _ordered(lines)
        ),
        ledger=_ledger(system) if figures.is_system else "",
        shares=_shares(figures.area.name, shares) if figures.is_system else "",
        one_per_cent=_one_per_cent(system) if figures.is_system else "",
        fifths=_fifths(figures, heads),
        places=_places(figures, heads),
        source=total.source if total is not None else "",
    )


def _latest(figures: AreaFigures) -> list[BudgetFigure]:
    every = read_budget(figures.published.folder, figures.area.key)
    return [one for one in every if one.period_end == figures.period[1]]


def _ordered(lines: Sequence[BudgetFigure]) -> list[BudgetFigure]:
    """By kind of care, that with most money first, and within it by amount; what is put together comes last."""
    sums: dict[str, float] = defaultdict(float)
    for one in lines:
        sums[one.point_of_delivery] += one.value or 0
    return sorted(
        lines,
        key=lambda one: (
            one.point_of_delivery not in POINTS_OF_DELIVERY, -sums[one.point_of_delivery], one.point_of_delivery,
            -(one.value or 0), one.organisation,
        ),
    )  # fmt: skip


def _point(one: BudgetFigure) -> str:
    return POINTS_OF_DELIVERY.get(one.point_of_delivery, SEVERAL)


def _organisation(one: BudgetFigure) -> str:
    return ORGANISATIONS.get(one.organisation, one.organisation)


def _basis(one: BudgetFigure) -> str:
    return words.and_list([BASES.get(basis, basis) for basis in one.basis.split(", ")])


def _amount(one: BudgetFigure | None) -> str:
    if one is None:
        return ""
    return one.reason if one.value is None else words.money(one.value)


def _ledger(system: Sequence[BudgetFigure]) -> str:
    """What the ledgers say of the area's programmes, and the difference, which is not spread."""
    told = {one.what: one for one in system if one.programme}
    ledger, difference = told.get("ledger"), told.get("difference")
    if ledger is None or difference is None:
        return ""
    of = f"Organisations' ledgers of programme budgeting {ledger.programme}"
    if ledger.value is None or difference.value is None:
        return f"{of}: {words.lower_first(ledger.reason or difference.reason)}."
    size = words.money(abs(difference.value))
    side = "more than" if difference.value > 0 else "less than"
    said = f"{size} {side}" if difference.value else "the same as"
    caution = f" {ledger.caution}." if ledger.caution else ""
    return (
        f"{of} say {words.money(ledger.value)}: {said} the cost of care counted here. The difference is shown as it "
        f"is, and spread over nothing.{caution}"
    )


def _shares(name: str, shares: dict[str, BudgetFigure]) -> str:
    held = [
        f"{words.number(shares[what].value or 0, '%')} {said}"
        for what, said in SHARES
        if what in shares and shares[what].value is not None
    ]
    return f"{name} has {words.and_list(held)}." if held else ""


def _one_per_cent(system: Sequence[BudgetFigure]) -> str:
    value = next((one.value for one in system if one.what == "one per cent"), None)
    return "" if value is None else f"A change of one per cent of it is worth {words.money(value)} a year."


def _fifths(figures: AreaFigures, heads: Sequence[BudgetFigure]) -> tuple[ForEachHead, ...]:
    here = [one for one in heads if one.place == figures.place.code and one.fifth != "everyone"]
    names = sorted({one.fifth for one in here})
    return tuple(
        _for_each_head(words.group("deprivation fifth", name), [one for one in here if one.fifth == name])
        for name in names
    )


def _places(figures: AreaFigures, heads: Sequence[BudgetFigure]) -> tuple[ForEachHead, ...]:
    """The places beside this one, and the whole system first."""
    level, basis = peers(figures.published, figures.place)
    beside = [
        place for place in figures.published.snapshot.places if (place.level, place.basis) == (level, basis)
    ]
    named = [figures.system_place, *sorted(beside, key=lambda place: place.name)]
    everyone = [one for one in heads if one.fifth == "everyone"]
    found = [
        (place.name, [one for one in everyone if one.place == place.code]) for place in dict.fromkeys(named)
    ]
    return tuple(_for_each_head(name, held) for name, held in found if held)


def _for_each_head(name: str, held: Sequence[BudgetFigure]) -> ForEachHead:
    by = {one.what: one for one in held}
    each = [by.get(what) for what in ("spending", "per head", "per weighted head")]
    why = next((one.reason for one in each if one is not None and one.value is None), "")
    spending, head, weighted = (
        words.money(one.value) if one is not None and one.value is not None else "" for one in each
    )
    return ForEachHead(name, spending, head, weighted, why)


def money_by_kind(figures: AreaFigures) -> Chart | None:
    """The system's spending on the area by kind of care, largest first."""
    lines = [one for one in _latest(figures) if one.what == "line"] if figures.is_system else []
    sums: dict[str, float] = defaultdict(float)
    for one in lines:
        if one.value is not None:
            sums[_point(one)] += one.value
    if not sums:
        return None
    ranked = sorted(sums.items(), key=lambda pair: (pair[0] == SEVERAL, -pair[1], pair[0]))
    largest = max(ranked, key=lambda pair: pair[1])
    points = tuple(Point(name, value, words.money(value)) for name, value in ranked)
    return Chart(
        key="budget",
        heading=f"Most money: {words.lower_first(largest[0])}, {words.money(largest[1])}",
        what=f"Spending by kind of care, {figures.place.name}, {words.period(*figures.period)}",
        read="the longer the bar, the more money. Bars start at 0.",
        words=f"{'; '.join(f'{name}: {words.money(value)}' for name, value in ranked)}.",
        table=Rows(("Kind of care", "Spent"), tuple((name, words.money(value)) for name, value in ranked)),
        drawing=Drawing("bars", points, "£") if len(points) > 1 else None,
    )


def money_table(figures: AreaFigures) -> TakenAway | None:
    """Every figure of the area's budget of all years and places, to take away; None where there is no budget."""
    names = {place.code: place.name for place in figures.published.snapshot.places}
    columns = (
        "What", "Place", "Deprivation fifth", "Organisation", "Kind of care", "Programme", "Basis", "Period from",
        "Period to", "Unit", "Value", "Why there is none", "Take care", "Source",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            one.what.capitalize(), names.get(one.place, one.place), words.group("deprivation fifth", one.fifth),
            one.organisation, POINTS_OF_DELIVERY.get(one.point_of_delivery, one.point_of_delivery), one.programme,
            one.basis,
            one.period_start.isoformat(), one.period_end.isoformat(), one.unit, one.value, one.reason, one.caution,
            one.source,
        )
        for one in read_budget(figures.published.folder, figures.area.key)
    ]  # fmt: skip
    return TakenAway(columns, tuple(rows)) if rows else None
