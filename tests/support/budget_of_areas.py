"""A drawn budget of every care area of the invented snapshot, of what is no area's, and of everything."""

from dataclasses import replace

from stewardship.measures.budget_published import BudgetFigure
from support.budget_drawn import BUDGET, figure, for_each_head

SHARES = (
    "share of money",
    "share of people",
    "share of deaths under 75",
    "share of years of life lost under 75",
)


def of_area(key: str, pounds: dict[str, float | None], *shares: float | None) -> list[BudgetFigure]:
    """Spending by place, and the system's shares in the order of SHARES, a share that is None being hidden."""
    rows = [row for place, spent in pounds.items() for row in for_each_head(place, spent)]
    rows += [figure(what, share, "%") for what, share in zip(SHARES, shares, strict=False)]
    return [replace(row, care_area=key) for row in rows]


FRAILTY = of_area("frailty", {"SYS": 2_300_000.0, "N1": 700_000.0, "N2": 90_000.0}, 2.0, 8.1, 9.9, 12.5)
NOBODYS = of_area("unallocated", {"SYS": 60_000_000.0, "N1": 9_000_000.0}, 52.4)
ALL = of_area("all", {"SYS": 114_467_000.0, "N1": 20_000_000.0, "N2": None})
BUDGET_OF_AREAS = [*BUDGET, *FRAILTY, *NOBODYS, *ALL]
OVERLAY = [one for one in FRAILTY if not one.what.startswith("share of") or one.what == "share of people"]
