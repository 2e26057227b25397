"""The part of a care-area page that says whether it is changing: every quantity that is counted by month."""

from dataclasses import dataclass

from stewardship.measures.published import Card
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.small_pictures import MonthsPicture, months_picture
from stewardship.profiles.trend_read import SIDES, Told, drawn_large, months_of, told_by_month
from stewardship.profiles.trend_words import by_month, by_what, found, month


@dataclass(frozen=True)
class MonthsRow:
    """A quantity counted by month, and how it reads: side is a state's word; why, the reason for no reading."""

    card: Card
    name: str
    side: str
    said: str
    rule: str
    why: str
    latest: str
    mean: str
    limits: str
    picture: MonthsPicture | None


@dataclass(frozen=True)
class MonthsSection:
    """What is told first, which is what is drawn large or has changed, and the rest."""

    first: tuple[MonthsRow, ...]
    rest: tuple[MonthsRow, ...]
    period: str


def months_section(figures: AreaFigures) -> MonthsSection | None:
    """The part of the page; None where no months are published."""
    told = told_by_month(figures)
    if not told:
        return None
    large = drawn_large(figures)
    first = [one for one in told if one in large or one.special]
    months = months_of(figures, told[0].card)
    return MonthsSection(
        tuple(_row(figures, one) for one in first),
        tuple(_row(figures, one) for one in told if one not in first),
        f"{month(months[0].month)} to {month(months[-1].month)}",
    )


def _row(figures: AreaFigures, one: Told) -> MonthsRow:
    now, rows = one.reading, months_of(figures, one.card)
    last = rows[-1]
    told = last.mean is not None and last.lower is not None and last.upper is not None
    return MonthsRow(
        one.card,
        by_month(one.card),
        SIDES.get(now.reading, "similar"),
        found(now) if now.reading else "",
        by_what(one.card, now),
        now.reason,
        f"{last.count:,}" if last.count is not None else "",
        f"{last.mean:,.0f}" if told else "",
        f"{last.lower:,.0f} to {last.upper:,.0f}" if told else "",
        months_picture(rows) if told else None,
    )
