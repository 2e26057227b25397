"""How values, dates and states are said on pages, in files and in charts: one way each."""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.utils import timezone

from stewardship.measures.published import SHARES, Card, Figure

LEVELS = {
    "system": "The whole system",
    "alliance": "Alliances",
    "network": "Primary care networks",
    "practice": "GP practices",
    "neighbourhood": "Neighbourhoods",
    "local_authority": "Local authorities",
    "small_area": "Small areas",
}
PARTS = {
    "population": "Who lives with it",
    "resources": "Pooled money",
    "activity": "Activity",
    "burden": "Burden",
    "outcomes": "Outcomes",
}
# Core20 is what national policy calls the most deprived national fifth: tenths 1 and 2 of the index of deprivation.
FIFTHS = {"1": "1, most deprived (Core20)", "5": "5, least deprived"}
MOST_DEPRIVED, LEAST_DEPRIVED = "Most deprived fifth (Core20)", "Least deprived fifth"
MOST_AGAINST_LEAST = "Most (Core20) v least deprived fifth"
COMPARED = {"better": "Better", "worse": "Worse", "similar": "Similar", "higher": "Higher", "lower": "Lower"}
CHANGED = {
    "better": "improving",
    "worse": "getting worse",
    "similar": "no change beyond chance",
    "higher": "rising",
    "lower": "falling",
}
MILLION = 1_000_000


def day(when: date) -> str:
    """16 April 2026."""
    return f"{when.day} {when:%B %Y}"


def moment(when: datetime | str) -> str:
    """16 April 2026 at 06:40, in local time. Words that are no date are left as they are."""
    if isinstance(when, str):
        try:
            when = datetime.fromisoformat(when)
        except ValueError:
            return str(when)
    local = timezone.localtime(when) if timezone.is_aware(when) else when
    return f"{day(local)} at {local:%H:%M}"


def period(start: date, end: date) -> str:
    """The period of a figure in words; a period of one day is that day."""
    if start == end:
        return day(end)
    after = end + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return f"{months} months to {day(end)}"


def year(start: date, end: date) -> str:
    """A short name of a year of data: 2025/26, 2025, or the month it ends in, Jan 2019."""
    if (end.month, end.day) == (3, 31):
        return f"{end.year - 1}/{end.year % 100:02}"
    if (end.month, end.day) == (12, 31):
        return str(end.year)
    return f"{end:%b %Y}"


def years_are_named(end: date) -> str:
    """What stands over a column of `year`: Year, or what completes the name of a month."""
    return "Year" if (end.month, end.day) in {(3, 31), (12, 31)} else "12 months to"


def number(value: float, unit: str) -> str:
    """A value without its unit's words: 3,450; 52.1%; 9.6; £1.2m."""
    if unit == "%":
        return f"{value:.1f}%"
    if unit.startswith("£"):
        return money(value)
    if unit.startswith("per ") or not float(value).is_integer():
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.1f}"
    return f"{value:,.0f}"


def money(value: float) -> str:
    """£927; £12,300; £1.2m."""
    sign, size = ("-" if value < 0 else ""), abs(value)
    if round(size) >= MILLION:
        return f"{sign}£{size / MILLION:,.1f}m"
    return f"{sign}£{size:,.0f}"


def quantity(value: float, unit: str) -> str:
    """A value with its unit's words: 3,450 people; 52.1%; 9.6 per 1,000; £927 a person."""
    words = unit.removeprefix("£").strip() if unit.startswith("£") else unit
    return number(value, unit) if words in {"%", ""} else f"{number(value, unit)} {words}"


def interval(figure: Figure, unit: str) -> str:
    """51.7 to 52.5, in the unit of the value; empty when the figure has no interval."""
    if figure.lower95 is None or figure.upper95 is None:
        return ""
    return f"{number(figure.lower95, unit).removesuffix('%')} to {number(figure.upper95, unit)}"


def beside(card: Card) -> str:
    """The published figure of the comparator place: 78.2% (77.9 to 78.5%), and whose it is; empty without one."""
    told = card.comparator
    if not told:
        return ""
    limits = ""
    if told["lower"] is not None and told["upper"] is not None:
        limits = (
            f" ({number(told['lower'], card.unit).removesuffix('%')} to {number(told['upper'], card.unit)})"
        )
    return f"{number(told['value'], card.unit)}{limits}. {told['source']}"


def whence(card: Card) -> str:
    """Where the figures of a measure come from that nobody counted here."""
    return "figures that others publish" if card.statistic == "published" else "the ledgers of organisations"


def state(figure: Figure | None, card: Card) -> str:
    """Why no value stands here, beginning with Hidden or Missing; empty when one does."""
    if card.missing:
        return _beginning("Missing", card.missing)
    if figure is None:
        return "Missing: no figure was made for this place"
    if figure.state == "suppressed":
        return _beginning("Hidden", figure.reason or "small numbers")
    if figure.state == "missing" or figure.value is None:
        return _beginning("Missing", figure.reason or "the data that it needs were not sent")
    return ""


def _beginning(word: str, reason: str) -> str:
    said = reason.strip().rstrip(".")
    if said.startswith(("Hidden:", "Missing:", "No figure:", "Not ")):
        return said
    return f"{word}: {lower_first(said)}"


def lower_first(text: str) -> str:
    """The text as it stands inside a sentence; names in capitals, such as HbA1c, are left alone."""
    first = text.split(" ", 1)[0]
    return text if not first[1:].islower() and len(first) > 1 else text[:1].lower() + text[1:]


def direction(card: Card) -> str:
    """What stands under every measure's name."""
    return "neither direction is better" if card.better == "neither" else f"{card.better} is better"


def measured_in(card: Card) -> str:
    """The unit as words beside a name, where neither the number nor the name says it."""
    said = card.unit in {"%", "£"} or card.unit.lower() in card.name.lower()
    return "" if said else card.unit.removeprefix("£").strip()


def said(card: Card, value: float) -> str:
    """A value of a measure beside its name, without repeating what the name says."""
    unit = measured_in(card)
    return f"{number(value, card.unit)} {unit}" if unit else number(value, card.unit)


def phrase(card: Card, value: float) -> str:
    """A total as the beginning of a sentence: 280 emergency admissions; Cost of all care: £3.1m."""
    if card.statistic in {"count", "amount"} and card.unit.lower() in card.name.lower():
        return f"{number(value, card.unit)} {lower_first(card.name)}"
    return f"{card.name}: {said(card, value)}"


def relative(card: Card, value: float, interval: str) -> str:
    """A share or a rate with the people it is of: Among residents, 8.2% (95% interval 7.8 to 8.6%)."""
    sure = f" (95% interval {interval})" if interval else ""
    if card.statistic in SHARES:
        return f"Among {lower_first(card.denominator)}, {number(value, card.unit)}{sure}"
    return f"{number(value, card.unit)} {card.unit} {lower_first(card.denominator)} a year{sure}"


def brief(reason: str) -> str:
    """The first of several reasons joined by semicolons, without what follows from it, and how many more."""
    first, *rest = reason.split("; ")
    more = f"; and {len(rest)} more {'reason' if len(rest) == 1 else 'reasons'}" if rest else ""
    return f"{first.partition(', so ')[0]}{more}"


def small(count: int) -> str:
    """A number under ten as a word."""
    names = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return names[count] if count < len(names) else str(count)


def group(by: str, name: str) -> str:
    """A group's name as read: fifths say which end is which, and no spreadsheet takes ages for a date."""
    if by == "deprivation fifth":
        return FIFTHS.get(name, name)
    if by == "age band":
        return name.replace("-", " to ")
    return name[:1].upper() + name[1:]


def and_list(items: list[str]) -> str:
    """One, two and three."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def query(values: dict[str, object]) -> str:
    """?name=value for the values that are not empty."""
    kept = {name: value for name, value in values.items() if value not in (None, "")}
    return f"?{urlencode(kept)}" if kept else ""
