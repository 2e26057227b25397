"""Burden beside money over the care areas, or the money of a place beside that of the whole system; and the table."""

from stewardship.measures.published import Published
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, Rows, TakenAway
from stewardship.profiles.drawings import Drawing, Point
from stewardship.profiles.overview import AreaSummary, Glance, Told, ordered
from stewardship.profiles.overview_money import AreaMoney
from stewardship.profiles.overview_words import two_shares

BURDEN, MONEY, HERE, THERE = "Years of life lost", "Money", "Money here", "In the whole system"
APART = 2.0  # percentage points from which a heading says that two shares differ
NAMED = 3
HIDDEN = "hidden"


def shares_chart(published: Published, glance: Glance) -> Chart | None:
    """Two shares of each area that adds up, joined by a line; None where no budget was published."""
    areas = [one for one in glance.adding_up if one.money_of is not None]
    if not areas:
        return None
    ranked = sorted(
        areas, key=lambda one: (two_shares(glance, one) is None, -_first(glance, one), one.card.name)
    )
    series = (BURDEN, MONEY) if glance.is_system else (HERE, THERE)
    columns = ("Years lost", MONEY) if glance.is_system else ("Here", "Whole system")
    rows = [(one.card.name, *_pair(glance, one)) for one in ranked]
    points = tuple(
        Point(name, value, "" if value is not None else f"{of.split(' ')[0].lower()} {HIDDEN}", series=of)
        for name, *both in rows
        for of, value in zip(series, both, strict=True)
    )
    both = sum(None not in row[1:] for row in rows)
    period = words.period(*published.snapshot.periods[-1])
    return Chart(
        key="shares",
        heading=_heading(glance, ranked),
        what=f"Share of {_of(glance)}, care areas that add up, {glance.place.name}, {period}",
        read=_read(glance),
        words=f"{'; '.join(f'{name}: {_said(a)} and {_said(b)}' for name, a, b in rows)}.",
        table=Rows(("Care area", *columns), tuple((name, _said(a), _said(b)) for name, a, b in rows)),
        drawing=Drawing("pairs", points, "%") if both > 1 else None,
        download=glance_table(glance),
    )


def _of(glance: Glance) -> str:
    return (
        "years of life lost under 75 and of money"
        if glance.is_system
        else "money here and in the whole system"
    )


def _read(glance: Glance) -> str:
    if not glance.is_system:
        return (
            "the longer the line between the two marks, the further the share of money here is from that of the whole "
            "system. Places differ in age and need, and money follows them. The scale starts at 0."
        )
    return (
        "the longer the line between the two marks, the further burden and money are apart; it does not say that more "
        "money would help. Years of life lost are those before 75 of people who died: illness that does not kill is "
        "not in them. The scale starts at 0."
    )


def _pair(glance: Glance, area: AreaSummary) -> tuple[float | None, float | None]:
    money = area.money_of
    if money is None:
        return None, None
    return (money.years_lost, money.share) if glance.is_system else (money.share, money.of_system)


def _first(glance: Glance, area: AreaSummary) -> float:
    first, second = _pair(glance, area)
    return first if first is not None else second or 0.0


def _said(share: float | None) -> str:
    return "Hidden" if share is None else f"{share:.1f}%"


def _heading(glance: Glance, areas: list[AreaSummary]) -> str:
    """Which areas have more of the first share than of the second, the furthest apart first."""
    held = [(one.card.name, two) for one in areas if (two := two_shares(glance, one)) is not None]
    apart = sorted((two[1] - two[0], name) for name, two in held if two[0] - two[1] >= APART)
    if not held:
        return "Too few shares are shown to compare"
    than = (
        "of the burden than of the money"
        if glance.is_system
        else "of the money here than in the whole system"
    )
    if not apart:
        return f"No care area has much more {than}"
    first, *others = [name for _, name in apart[:NAMED]]
    names = [first, *map(words.lower_first, others)]
    verb = (
        ("carries" if len(names) == 1 else "carry")
        if glance.is_system
        else ("has" if len(names) == 1 else "have")
    )
    return f"{words.and_list(names)} {verb} more {than}"


def glance_table(glance: Glance) -> TakenAway:
    """The table of all areas to take away, with what is no area's and everything."""
    columns = (
        "Care area", "Adds up", "People", "In the care area (% of residents)",
        "Years of life lost under 75 (% of the system's)",
        "Deaths under 75 (% of the system's)", "Spent (pounds)", "Share of all spent here (%)",
        "Share of all spent in the whole system (%)", "Clearest gap by deprivation", "Of which outcome, with interval",
        "Leading outcome", "Its latest value", "Over the years",
    )  # fmt: skip
    rows = [_row(one) for one in ordered(glance.areas, "name")]
    ends = (("Care of no care area", glance.nobodys), ("Everything", glance.everything))
    rows += [(name, "yes", None, None, *_money_cells(money), *[""] * 5) for name, money in ends if money]
    return TakenAway(columns, tuple(rows))


def _row(area: AreaSummary) -> tuple[Cell, ...]:
    people = area.money_of.people if area.money_of is not None else None
    return (
        area.card.name, "no" if area.overlay else "yes", area.people.rank if not area.people.why else area.people.why,
        people, *_money_cells(area.money_of, area), _cell(area.gap), area.gap.more, area.trend.name,
        area.trend.latest, _cell(area.trend.told),
    )  # fmt: skip


def _money_cells(money: AreaMoney | None, area: AreaSummary | None = None) -> list[Cell]:
    if money is None:
        return [area.burden.why if area else "", None, area.money.why if area else "", None, None]
    burden: Cell = money.years_lost
    if burden is None and area is not None:
        burden = area.burden.why
    spent: Cell = int(money.spending) if money.spending is not None else money.why
    return [burden, money.deaths, spent, money.share, money.of_system]


def _cell(told: Told) -> str:
    return told.said or told.why
