"""The canonical tables of money and of figures that others publish: nobody is in them."""

from stewardship.records.model.declared import COST_BASES, DATE, INTEGER, NUMBER, TEXT, Column, Table
from stewardship.records.model.events import POINTS_OF_DELIVERY

SPEND = Table(
    "spend", "One row a line of a ledger and month.",
    ("organisation", "sector", "programme", "point_of_delivery", "month", "basis"),
    (
        Column("organisation", TEXT, "Code of the organisation whose ledger it is.", required=True),
        Column("sector", TEXT, "Part of the system that the money is spent in: acute, community, prescribing, …."),
        Column("programme", TEXT, "Programme budgeting code: 04A is diabetes, whole programmes have no letter."),
        Column("point_of_delivery", TEXT, "What the money buys, where it buys one kind of care.",
               values=tuple(POINTS_OF_DELIVERY)),
        Column("month", DATE, "First day of the month of the spending.", required=True),
        Column("amount_pence", INTEGER, "Spent in the month, in pence; below 0 where it corrects another.",
               required=True),
        Column("budget_pence", INTEGER, "Budget of the month, in pence."),
        Column("basis", TEXT, "How the amount is known.", required=True, values=COST_BASES),
    ),
)  # fmt: skip

PUBLISHED_FIGURE = Table(
    "published_figure", "One row a figure as somebody published it.",
    ("measure", "place", "start", "end", "publisher", "published"),
    (
        Column("measure", TEXT, "What was measured, by the publisher's name or number of it.", required=True),
        Column("place", TEXT, "Code of the place.", required=True),
        Column("start", DATE, "First day of the period.", required=True),
        Column("end", DATE, "Last day of the period.", required=True, not_before="start"),
        Column("value", NUMBER, "The figure.", required=True),
        Column("lower", NUMBER, "Lower limit of its interval, where one is given."),
        Column("upper", NUMBER, "Upper limit of its interval, where one is given."),
        Column("publisher", TEXT, "Who published it, and where.", required=True),
        Column("published", DATE, "Day of publication.", required=True),
    ),
)  # fmt: skip
