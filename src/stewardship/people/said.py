"""Expressions in plain words, for whoever wants to know what is really counted."""

from stewardship.people.answers import Aged, Everyone, Has, InFifth, InGroup, OfEthnicGroup, OfSex, Recorded
from stewardship.people.events import (
    ANY,
    Contacts,
    Deaths,
    Followed,
    Limits,
    Prescriptions,
    Procedures,
    Traits,
)
from stewardship.people.expressions import (
    AddedUp,
    Between,
    Both,
    Counted,
    Either,
    Events,
    Expression,
    Known,
    Latest,
    Not,
    Points,
    Quantity,
    Sum,
    Total,
    Weighted,
)
from stewardship.people.pathways import CancerPathways, WaitingOver
from stewardship.people.periods import Window
from stewardship.records.model import POINTS_OF_DELIVERY

_ADDED_UP: dict[AddedUp, str] = {
    "count": "number",
    "cost": "cost",
    "nights": "nights",
    "response minutes": "minutes until help came",
}


def said(expression: Expression) -> str:
    """The expression as a clause, such as "aged 65 or over, and diabetes recorded at any time"."""
    match expression:
        case Everyone():
            return "every resident"
        case Aged(at_least, at_most):
            return _aged(at_least, at_most)
        case CancerPathways() | WaitingOver():
            return expression.words
        case OfSex(sex):
            return f"sex recorded as {sex}"
        case OfEthnicGroup(groups):
            return f"ethnic group recorded as {' or '.join(groups)}"
        case InFifth(fifths):
            return f"living in deprivation fifth {' or '.join(map(str, fifths))} (1 is the most deprived)"
        case InGroup(characteristics):
            return f"recorded, and still so on the date: {' or '.join(characteristics)}"
        case Has(codes, within) | Recorded(codes, within):
            return f"{in_sentence(codes.title)} recorded {_when(within)}"
        case Both(Not(Between(quantity, None, limit)), Known(known)) if quantity == known:
            return f"{said(quantity)} is above {limit:,g}{_unit(quantity)}"
        case Both(Not(Between(quantity, limit, None)), Known(known)) if quantity == known:
            return f"{said(quantity)} is below {limit:,g}{_unit(quantity)}"
        case Both(left, right):
            return f"{_inside(left, Either)}, and {_inside(right, Either)}"
        case Either(left, right):
            return f"{_inside(left, Both)}, or {_inside(right, Both)}"
        case Not(part):
            return f"not ({said(part)})"
        case Known(quantity):
            return f"{said(quantity)} is known"
        case Between(Total(events, "count", within), at_least, None) if at_least == 1:
            return f"at least one {_events(events)} {_when(within)}"
        case Between(quantity, at_least, at_most):
            return f"{said(quantity)} is {_limits(at_least, at_most, _unit(quantity))}"
        case Latest(codes, within):
            return (
                f"the latest {in_sentence(codes.title)}{'' if within.months is None else ' ' + _when(within)}"
            )
        case Counted(answers):
            return f"the number that hold of these {len(answers)}: {'; '.join(map(said, answers))}"
        case Weighted(parts):
            return f"the points of these that hold: {'; '.join(f'{points} if {said(part)}' for part, points in parts)}"
        case Points(score, within, of):
            among = "" if of is None else f" among {_events(of, several=True)}"
            return f"the points of the {score.title}{among} {_when(within)}"
        case Total(events, of, within):
            return f"the {_ADDED_UP[of]} of {_events(events, several=True)} {_when(within)}"
        case Sum(totals):
            return ", plus ".join(map(said, totals))
        case Events():
            return _events(expression, several=True)
    raise TypeError(f"no words are given to {expression!r}")


def _aged(at_least: int, at_most: int | None) -> str:
    if at_most is None:
        return f"aged {at_least} or over"
    return f"aged {at_least}" if at_least == at_most else f"aged {at_least} to {at_most}"


def _inside(part: Expression, other: type[Expression]) -> str:
    """A part in brackets where it would otherwise run into its neighbours."""
    return f"({said(part)})" if isinstance(part, other) else said(part)


def _events(events: Events, *, several: bool = False) -> str:
    end = "s" if several else ""
    match events:
        case Contacts():
            return _contacts(events, several=several)
        case Followed(contacts, by, within_days, counted_from):
            since = "end" if counted_from == "end" else "beginning"
            after = f"followed within {within_days} days of their {since} by {_one(_events(by))}"
            return f"{_contacts(contacts, several=several)}, {after}"
        case Procedures(codes):
            return f"procedure{end} ({in_sentence(codes.title)})"
        case Prescriptions(codes):
            return f"prescription item{end}" + (f" ({in_sentence(codes.title)})" if codes else "")
        case Deaths(codes, places):
            cause = f"with the underlying cause {in_sentence(codes.title)}" if codes else "from any cause"
            return f"death{end} {cause}" + (f" at: {' or '.join(places)}" if places else "")
    raise TypeError(f"no words are given to {events!r}")


def _contacts(contacts: Contacts, *, several: bool) -> str:
    kinds = [in_sentence(POINTS_OF_DELIVERY[point]) for point in contacts.points_of_delivery] or [
        "contact or stay"
    ]
    words = " or ".join(map(_several, kinds) if several else kinds)
    if contacts.specialties:
        words += f" in treatment function {' or '.join(contacts.specialties)}"
    if contacts.diagnosis is not None:
        place = "as the primary diagnosis" if contacts.primary else "as a diagnosis in any position"
        words += f" with {in_sentence(contacts.diagnosis.title)} {place}"
    return words + _traits(contacts.traits)


def _traits(traits: Traits) -> str:
    asked = {
        "attendance": traits.attendance,
        "type of department": " or ".join(traits.departments),
        "urgency": " or ".join(traits.urgencies),
        "nights": _span(traits.nights),
        "minutes": _span(traits.minutes),
    }
    told = [f"{name} {value}" for name, value in asked.items() if value]
    return f" ({'; '.join(told)})" if told else ""


def _span(limits: Limits) -> str:
    return "" if limits == ANY else _limits(*limits, "")


def _one(event: str) -> str:
    return f"{'an' if event[0] in 'aeiou' else 'a'} {event}"


def _several(kind: str) -> str:
    """A kind of contact in the plural: "contacts or stays", "hospital stays of which …"."""
    if kind in ("social care", "contact or stay"):
        return {"social care": "contacts with social care"}.get(kind, "contacts or stays")
    noun, of, rest = kind.partition(" of ")
    return f"{noun}s{of}{rest}"


def _when(window: Window) -> str:
    if window.ending:
        opens = "" if window.months is None else f"in the {window.months} months before and "
        return f"{opens}up to {window.ending} months before the date"
    if window.months is None:
        return "at any time"
    years, odd = divmod(window.months, 12)
    length = f"{window.months} months" if odd else ("12 months" if years == 1 else f"{years} years")
    return f"in the {length} up to the date"


def _limits(at_least: float | None, at_most: float | None, unit: str) -> str:
    low, high = (None if limit is None else f"{limit:,g}" for limit in (at_least, at_most))
    if low is not None and high is not None:
        return f"{low} to {high}{unit}" if low != high else f"exactly {low}{unit}"
    return f"{low}{unit} or more" if low is not None else f"{high}{unit} or less"


def _unit(quantity: Quantity) -> str:
    match quantity:
        case Latest(codes=codes):
            return f" {codes.unit}"
        case Total(of="cost") | Sum(totals=(Total(of="cost"), *_)):
            return " pence"
    return ""


def in_sentence(title: str) -> str:
    """A title as it stands inside a sentence: small first letter, unless its first word is in capitals."""
    first = title.split()[0]
    return title if any(letter.isupper() for letter in first[1:]) else title[0].lower() + title[1:]
