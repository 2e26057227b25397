"""The language in which a care area says who and what, in the words of the field.

An expression is a small immutable tree with one of three grains:

- an `Answer`: yes or no for each resident on a date;
- a `Quantity`: at most one number for each resident on a date;
- `Events`: any number of things that happened to a resident.

Nothing here knows about tables or engines. A comparison with a number that a resident does not have is a no.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal, NoReturn

from stewardship.people.code_lists import CodeList
from stewardship.people.periods import YEAR, Window
from stewardship.rules.scores.score import Score

AddedUp = Literal["count", "cost", "nights", "response minutes"]
"""What of events can be added up: how many, their cost in pence, the nights stayed, the minutes until help came."""


class ExpressionError(Exception):
    """An expression that means nothing; the message is for the person who wrote the care area."""


@dataclass(frozen=True)
class Expression:
    """Any expression of the language."""

    def __bool__(self) -> NoReturn:
        raise ExpressionError(
            "Write `&` instead of `and`, `|` instead of `or`, `~` instead of `not`, and `.between(42, 47)` "
            "instead of `42 <= … <= 47`: an expression has no answer until it is asked of people."
        )

    def __and__(self, other: "Answer") -> "Answer":
        return Both(want_answer(self, "`&`"), want_answer(other, "`&`"))

    def __or__(self, other: "Answer") -> "Answer":
        return Either(want_answer(self, "`|`"), want_answer(other, "`|`"))

    def __invert__(self) -> "Answer":
        return Not(want_answer(self, "`~`"))

    def __ge__(self, limit: float) -> "Answer":
        return Between(want_quantity(self, ">="), at_least=want_number(limit, "`>=`"))

    def __le__(self, limit: float) -> "Answer":
        return Between(want_quantity(self, "<="), at_most=want_number(limit, "`<=`"))

    def __gt__(self, limit: float) -> "Answer":
        number = want_quantity(self, ">")
        return ~Between(number, at_most=want_number(limit, "`>`")) & Known(number)

    def __lt__(self, limit: float) -> "Answer":
        number = want_quantity(self, "<")
        return ~Between(number, at_least=want_number(limit, "`<`")) & Known(number)


@dataclass(frozen=True)
class Answer(Expression):
    """Yes or no for each resident on a date."""


@dataclass(frozen=True)
class Quantity(Expression):
    """At most one number for each resident on a date."""

    def between(self, low: float, high: float) -> Answer:
        """From low to high, both included."""
        if want_number(low, "`between`") > want_number(high, "`between`"):
            raise ExpressionError(f"between({low}, {high}) can never be true: put the smaller number first.")
        return Between(self, at_least=low, at_most=high)


@dataclass(frozen=True)
class Events(Expression):
    """Things that happened to a resident: contacts, procedures, prescriptions, deaths."""

    have_cost: ClassVar[bool] = False

    def count(self, within: Window = YEAR) -> "Total":
        """How many there were in the window up to the date."""
        return Total(self, "count", want_window(within, "count"))

    def any(self, within: Window = YEAR) -> Answer:
        """Whether there was at least one in the window up to the date."""
        return Between(self.count(within), at_least=1)

    def cost(self, within: Window = YEAR) -> "Total":
        """What they cost in pence in the window up to the date, if they have costs."""
        if not self.have_cost:
            raise ExpressionError(
                f"{type(self).__name__} have no cost in the records: "
                "ask for the cost of contacts(…) or prescriptions(…)."
            )
        return Total(self, "cost", want_window(within, "cost"))


@dataclass(frozen=True)
class Both(Answer):
    """Both hold."""

    left: Answer
    right: Answer


@dataclass(frozen=True)
class Either(Answer):
    """At least one holds."""

    left: Answer
    right: Answer


@dataclass(frozen=True)
class Not(Answer):
    """It does not hold."""

    part: Answer


@dataclass(frozen=True)
class Between(Answer):
    """The number is known and within the limits, both included; None: no limit."""

    quantity: Quantity
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True)
class Known(Answer):
    """The resident has the number."""

    quantity: Quantity


@dataclass(frozen=True)
class Latest(Quantity):
    """The latest value in the list's unit; of two on one day the larger, then the later event number."""

    codes: CodeList
    within: Window


@dataclass(frozen=True)
class Counted(Quantity):
    """How many of the answers are yes."""

    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Weighted(Quantity):
    """The points, whole numbers, of the answers that are yes."""

    parts: tuple[tuple[Answer, int], ...]


@dataclass(frozen=True)
class Points(Quantity):
    """The points of a score: of each class the most that any of its codes recorded in the window has.

    of: the contacts among whose diagnoses, or the items among which, the codes are looked for; None: conditions.
    """

    score: Score
    within: Window
    of: Events | None = None


@dataclass(frozen=True)
class Total(Quantity):
    """Events of a window added up: how many, what they cost, …. No events add up to 0."""

    events: Events
    of: AddedUp
    within: Window

    def __add__(self, other: "Total | Sum") -> "Sum":
        more = other.totals if isinstance(other, Sum) else (other,)
        if not all(isinstance(total, Total) and total.of == self.of for total in more):
            raise ExpressionError("Only like can be added: write counts + counts, or costs + costs.")
        return Sum((self, *more))


@dataclass(frozen=True)
class Sum(Quantity):
    """Totals of different events added together."""

    totals: tuple[Total, ...]

    def __add__(self, other: "Total | Sum") -> "Sum":
        first = self.totals[0] + other
        return Sum((*self.totals, *first.totals[1:]))


def want_answer(thing: object, where: str) -> Answer:
    """The thing, if it is an answer; where: what wants it, for the message."""
    if isinstance(thing, Answer):
        return thing
    raise ExpressionError(f"{where} wants answers, yes or no, but this {describe_grain(thing)}.")


def want_quantity(thing: object, sign: str) -> Quantity:
    """The thing, if it is a number for each resident."""
    if isinstance(thing, Quantity):
        return thing
    raise ExpressionError(f"`{sign}` compares numbers, but this {describe_grain(thing)}.")


def want_number(thing: object, where: str) -> float:
    """The thing, if it is a plain number."""
    if isinstance(thing, bool) or not isinstance(thing, int | float):
        raise ExpressionError(f"{where} wants a plain number such as 58, but was given {thing!r}.")
    return thing


def want_codes(thing: object, where: str) -> CodeList:
    """The thing, if it is a code list."""
    if isinstance(thing, CodeList):
        return thing
    raise ExpressionError(
        f"`{where}` wants a code list of the vocabulary, such as DIABETES, but was given {thing!r}."
    )


def want_codes_or_all(thing: object, where: str) -> CodeList | None:
    """The thing, if it is a code list or None."""
    return None if thing is None else want_codes(thing, where)


def want_window(thing: object, where: str) -> Window:
    """The thing, if it is a window that some day lies in."""
    if isinstance(thing, Window):
        if not all(isinstance(months, int) for months in (thing.months or 0, thing.ending)):
            raise ExpressionError(f"`{where}` wants a window of whole months, but was given {thing!r}.")
        if thing.ending < 0 or (thing.months is not None and thing.months <= thing.ending):
            raise ExpressionError(f"`{where}` was given a window that no past day lies in: {thing!r}.")
        return thing
    raise ExpressionError(
        f"`{where}` wants a window such as months(15), years(3) or EVER, but was given {thing!r}."
    )


def describe_grain(thing: object) -> str:
    """What a thing is and what to do about it, as the end of a sentence that lacks only its full stop."""
    match thing:
        case Counted():
            return "is a number (a count of answers). Compare it, for example `>= 8`"
        case Latest(codes=codes):
            return f"is a number (the latest value of {codes.title}). Compare it, for example `<= 58`"
        case Total(of="cost"):
            return "is a number (a cost in pence). Compare it, for example `>= 100_000`"
        case Total(of=of) if of != "count":
            return f"is a number ({of}). Compare it, for example `>= 7`"
        case Weighted() | Points():
            return "is a number (points). Compare it, for example `>= 5`"
        case Quantity():
            return "is a number (a count of events). Compare it, for example `>= 1`"
        case Events():
            return "is events, many for one person. Ask `.any()`, or `.count() >= 2`"
        case Answer():
            return "is an answer already. Leave the comparison out"
        case CodeList(name=name):
            return f"is a code list ({name}). Say what of it, for example `has(…)` or `recorded(…)`"
        case bool():
            return f"is {thing}. To ask for one number alone, write `.between(8, 8)` instead of `== 8`"
    if callable(thing):
        return f"is a word without its brackets. Write `{getattr(thing, '__name__', 'it')}(…)`"
    return f"is {thing!r}, which is no expression. Write one, such as has(…) or aged(65)"
