"""Cancer waiting times of the system's board as they are published, in the tidy form: a file about nobody.

They are those of the real board that the invented one is shaped by, and pathways are made to agree with them. Of the
nation and of providers nothing is made up.
"""

from collections.abc import Iterator
from datetime import date

import pyarrow as pa

from stewardship.synthetic.cancer.published import (
    FIRST,
    SUBSEQUENT,
    TOLD,
    TREATED,
    published_months,
    source,
)
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.partners import CANCER_WAITS
from stewardship.synthetic.places import SYSTEM, SYSTEM_CODE
from stewardship.synthetic.published_figures import OF_A_REAL_PLACE

GROUPS = {  # standard, route and stage of each published series
    (TOLD,): ("28-day", "ALL", ""),
    (FIRST, SUBSEQUENT): ("31-day", "", "ALL"),
    (FIRST,): ("31-day", "", "FIRST"),
    (SUBSEQUENT,): ("31-day", "", "SUBSEQUENT"),
    (TREATED,): ("62-day", "ALL", ""),
}


def cancer_waits(plan: Plan) -> list[Extract]:
    """The file, of the published months that are over on the last day; none where no month is."""
    rows = list(_rows(plan))
    return [Extract(CANCER_WAITS, "waits", None, pa.Table.from_pylist(rows))] if rows else []


def any_published(last_day: date) -> bool:
    """Whether a month of them is over on a last day."""
    return any(_first_day(month + 1) <= last_day for month, _, _ in published_months(TOLD))


def _rows(plan: Plan) -> Iterator[dict[str, str]]:
    said = f"{source()}.{OF_A_REAL_PLACE}"
    for series, (standard, route, stage) in GROUPS.items():
        months: dict[int, tuple[int, int]] = {}
        for each in series:
            for month, total, within in published_months(each):
                before = months.get(month, (0, 0))
                months[month] = (before[0] + total, before[1] + within)
        for month, (total, within) in months.items():
            if _first_day(month + 1) <= plan.last_day:
                yield {
                    "Month": f"{_first_day(month):%Y-%m}", "Basis": "commissioner", "OrganisationCode": SYSTEM_CODE,
                    "OrganisationName": f"NHS {SYSTEM} Integrated Care Board", "Standard": standard, "Route": route,
                    "Stage": stage, "Total": str(total), "Within": str(within), "After": str(total - within),
                    "Status": "final", "Source": said,
                }  # fmt: skip


def _first_day(month: int) -> date:
    """Of a month counted from January 1970."""
    return date(1970 + month // 12, month % 12 + 1, 1)
