"""A drawn budget of diabetes, as a build publishes it, for pages."""

from datetime import date

from stewardship.measures.budget_published import BudgetFigure

YEAR = (date(2025, 4, 1), date(2026, 3, 31))
SOURCE = "Costs sent with each contact, and unit costs where none were sent"


def figure(what, value, unit="£", place="SYS", **more):
    state = (
        {"state": "shown"}
        if value is not None
        else {"state": "suppressed", "reason": "Hidden: small numbers"}
    )
    return BudgetFigure(
        "diabetes", what, place, *YEAR, unit, value, **({"source": SOURCE} | state | more),
    )  # fmt: skip


def for_each_head(place, pounds, fifth="everyone"):
    each = None if pounds is None else pounds / 10_000
    return [
        figure("spending", pounds, place=place, fifth=fifth),
        figure("per head", each, "£ a head", place=place, fifth=fifth),
        figure("per weighted head", each, "£ a head", place=place, fifth=fifth),
    ]


BUDGET = [
    *for_each_head("SYS", 5_151_000.0), *for_each_head("SYS", 1_500_000.0, "1"), *for_each_head("SYS", None, "5"),
    *for_each_head("N1", 2_000_000.0), *for_each_head("N2", None),
    figure("line", 2_900_000.0, organisation="general practices", point_of_delivery="prescription", basis="actual"),
    figure("line", 1_400_000.0, organisation="Exampleshire Hospitals", point_of_delivery="outpatient", basis="actual"),
    figure("line", 700_000.0, organisation="general practices", point_of_delivery="gp_appointment",
           basis="apportioned"),
    figure("line", 151_000.0, organisation="several", point_of_delivery="several", basis="actual, estimated"),
    figure("cost of care", 5_151_000.0, programme="04A"),
    figure("ledger", 4_902_000.0, programme="04A", caution="Estimated in part: accounts were not closed"),
    figure("difference", -249_000.0, programme="04A"),
    figure("share of money", 4.5, "%"), figure("share of people", 7.9, "%"),
    figure("share of deaths under 75", 2.1, "%"), figure("share of years of life lost under 75", 1.8, "%"),
    figure("one per cent", 51_510.0),
]  # fmt: skip
