"""What is said of months: whether they changed, since when, and by what rule; no more than the latest month shows."""

import re
from datetime import date

from stewardship.measures.derived import COMMON_CAUSE, MonthInTrend, Reading
from stewardship.measures.published import Card
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures, shown

NAMED = 5  # months with a special cause that words name; of more they say how many
PER = re.compile(r",? per [0-9][0-9,]*\b.*")  # the end of the name of a rate: per 1,000 people
MORE_PEOPLE = 0.05  # a change in people of a twentieth is told beside a count of events


def month(when: date) -> str:
    """April 2025."""
    return f"{when:%B %Y}"


def by_month(card: Card) -> str:
    """A measure's name as that of its events: without what a rate is per."""
    return PER.sub("", card.name)


def counted(card: Card) -> str:
    """What is counted each month, and of whom."""
    events = card.numerator.rstrip(".") or by_month(card)
    whom = words.lower_first(card.denominator.rstrip("."))
    among = "" if whom in ("", "residents") else f"; {whom}"
    return f"{events[0].upper()}{events[1:]}, number a month{among}"


def found(reading: Reading) -> str:
    """Getting worse since September 2025; or that nothing has changed beyond chance; or why none can be told."""
    if not reading.reading:
        return reading.reason
    if reading.reading == COMMON_CAUSE or reading.since is None:
        return "Common cause, no change beyond chance"
    since = "in" if reading.since == reading.latest else "since"
    return f"{reading.reading.capitalize()} {since} {month(reading.since)}"


def not_read(reading: Reading | None) -> str:
    """Why the months of a measure are not read, as a sentence; empty where they are or where there are none."""
    return "" if reading is None or reading.reading else f"By month nothing is read. {reading.reason}."


def by_what(card: Card, reading: Reading) -> str:
    """The rule by which the latest month is more than chance makes; empty where it is not."""
    if reading.since is None:
        return ""
    high = reading.reading in ("rising", "improving" if card.better == "higher" else "getting worse")
    above, upper, more = ("above", "upper", "higher") if high else ("below", "lower", "lower")
    said = {
        "outside the limits": f"{month(reading.latest)} is {above} the {upper} limit",
        "trend": f"each of the latest seven months is {more} than the one before",
        "two of three": f"two of the latest three months are close to the {upper} limit",
        "shift": f"{running(reading)} months in a row are {above} the mean",
    }[reading.signal]
    return said[0].upper() + said[1:]


def running(reading: Reading) -> str:
    """How many months the latest run of special causes has, as a word if few."""
    since = reading.since or reading.latest
    count = (reading.latest.year - since.year) * 12 + reading.latest.month - since.month + 1
    return words.small(count)


def cautions(figures: AreaFigures, card: Card, reading: Reading) -> str:
    """What may look like a change here and be none."""
    return " ".join(f"{one}." for one in (reading.caution, _people(figures, card)) if one)


def _people(figures: AreaFigures, card: Card) -> str:
    """By how much those counted over have become more or fewer over the years: a count rises with them."""
    people = [one.denominator for one in figures.years(card) if shown(one) and one and one.denominator]
    if card.statistic not in ("rate", "standardised rate") or len(people) < 2:
        return ""
    change = people[-1] / people[0] - 1
    if abs(change) < MORE_PEOPLE:
        return ""
    return (
        f"These are counts: over the years shown people to count among have become {abs(change):.0%} "
        f"{'more' if change > 0 else 'fewer'}"
    )


def in_words(rows: tuple[MonthInTrend, ...]) -> str:
    """The months of a chart in words: how far they reach, where the lines are, and which are special causes."""
    charted = [row for row in rows if row.mean is not None and row.count is not None]
    counts = [row.count or 0 for row in charted]
    first, last = charted[0], charted[-1]
    said = (
        f"From {month(first.month)} to {month(last.month)} between {min(counts):,} and {max(counts):,} a month, "
        f"on average {sum(counts) / len(counts):,.0f}; {last.count:,} in {month(last.month)}."
    )
    special = [f"{month(row.month)} ({row.count:,}, {row.signal})" for row in charted if row.signal]
    if not special:
        return f"{said} No month shows a special cause."
    more = len(special) - NAMED
    named = words.and_list([*special[-NAMED:], f"{more} earlier ones"] if more > 1 else special)
    return f"{said} Months with a special cause: {named}. The table has each."


def read_words(card: Card, reading: Reading, rows: tuple[MonthInTrend, ...], scale: str) -> str:
    """How to read a control chart, in a few sentences."""
    judged = {"better", "worse"} & {row.side for row in rows} or card.better != "neither"
    marks = (
        "a blue square is a change for the better and an orange diamond one for the worse"
        if judged
        else "a purple triangle is a change upwards or downwards"
    )
    usual = " They follow the usual year: winters and short months are no change." if reading.yearly else ""
    broken = (
        " The line is broken where a month is not shown." if any(row.count is None for row in rows) else ""
    )
    return (
        f"each mark is a month. Grey circles are common cause: ordinary ups and downs that mean nothing; {marks}. "
        "The middle line is the mean and the band its limits, in which chance keeps nearly all months."
        f"{usual} {scale}{broken}"
    )
