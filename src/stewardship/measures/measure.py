"""What is counted: a measure says of whom, what, per how many, and which way is good."""

import re
from dataclasses import dataclass
from typing import Literal

from stewardship.measures.rounding import OF_LIFE
from stewardship.measures.schemes import HOSPITAL_STATISTICS, ORGANISATIONS_MONEY, PUBLISHED_ALREADY, Scheme
from stewardship.people.events import narrows
from stewardship.people.expressions import (
    Answer,
    Events,
    Expression,
    ExpressionError,
    Quantity,
    Sum,
    Total,
    describe_grain,
)
from stewardship.people.language import EVERYONE

Statistic = Literal[
    "count",
    "amount",
    "mean",
    "proportion",
    "rate",
    "standardised rate",
    "share of events",
    "ratio of events",
    "mean of events",
    "published",
    "against expected",
    "life expectancy",
    "slope of life expectancy",
]
OF_EVENTS = ("share of events", "ratio of events", "mean of events")
Better = Literal["higher", "lower", "neither"]
YEARS = 5


@dataclass(frozen=True)
class Measure:
    """One measure of a care area.

    who: the residents it is about. numerator: what is added up over them; None for a count of people.
    over: the events that others, or what they add up to, are divided by; None: people, or their time.
    A proportion and a count are of those there at the year's end, unless `during`; the rest of all who were there in
    the year.
    per: what a rate is multiplied by. pool: how many years are put together, where events are few.
    ages: the first and last age that a standardised rate is about; None: all, or with no last.
    repeats: whether one person often has many of the events, so that chance cannot be judged from their number.
    programme: the programme budgeting code whose spending the ledgers of organisations tell; such a measure is about
    no residents.
    figure: the id of the published figure that it is; such a measure is counted from no records. expected: the id of
    the published number of people that those found are held against. comparator: the id of the published figure that
    stands beside it for the comparator place. id: its number in the reference list of measures.
    unavailable: the data that no source can send yet, in words for the page.
    scheme: by which rule of disclosure control its counts are hidden and rounded.
    """

    name: str
    statistic: Statistic
    who: Answer = EVERYONE
    numerator: Answer | Quantity | None = None
    better: Better = "neither"
    unit: str = "people"
    per: int = 1
    pool: int = 1
    ages: tuple[int, int | None] | None = None
    repeats: bool = False
    over: Quantity | None = None
    during: bool = False
    who_in_words: str = "residents"
    numerator_in_words: str = ""
    over_in_words: str = ""
    why: str = ""
    source: str = ""
    headline: bool = False
    programme: str = ""
    figure: str = ""
    expected: str = ""
    comparator: str = ""
    id: str = ""
    unavailable: str = ""
    scheme: Scheme = HOSPITAL_STATISTICS

    def __post_init__(self) -> None:
        if self.better not in ("higher", "lower", "neither"):
            raise ExpressionError(f'measure "{self.name}": `better` is higher, lower or neither.')
        if not 1 <= self.pool <= YEARS:
            raise ExpressionError(f'measure "{self.name}": `pool` puts 1 to {YEARS} years together.')
        if self.pool > 1 and self.statistic in ("count", "proportion", "mean"):
            raise ExpressionError(
                f'measure "{self.name}": people of several years are no more people. `pool` is for rates and for sums.'
            )
        if self.ages is not None:
            self._check_ages(*self.ages)

    def _check_ages(self, first: int, last: int | None) -> None:
        whole_bands = (
            first % 5 == 0 and 0 <= first <= 90 and (last is None or (last % 5 == 4 and first < last < 90))
        )
        if self.statistic != "standardised rate" or not whole_bands:
            raise ExpressionError(
                f'measure "{self.name}": `ages` are for a standardised rate and whole five-year bands, such as '
                "(0, 74) or (65, None); otherwise say aged(…) in `who`."
            )

    @property
    def key(self) -> str:
        """The name as it stands in an address: lower case, joined by hyphens."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")

    @property
    def at_end(self) -> bool:
        """Whether it is about those there at the year's end, and not all who were there in the year."""
        return self.statistic in ("count", "proportion", "against expected") and not self.during

    @property
    def of_life(self) -> bool:
        """Whether it is worked out from life tables, and not laid out with the others."""
        return self.statistic in OF_LIFE

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """What has to be worked out for it: of whom, what, and over what."""
        return tuple(part for part in (self.who, self.numerator, self.over) if part is not None)


def people(name: str, *, who: Answer, who_in_words: str, **card: object) -> Measure:
    """How many residents."""
    return Measure(name, "count", _answer(name, "who", who), who_in_words=who_in_words, **card)  # type: ignore[arg-type]


def proportion(
    name: str, *, who: Answer, achieved: Answer, better: Better, per: int = 100, **card: object
) -> Measure:
    """The share of residents for whom something holds, in per cent, or of so many, such as per=1_000.

    during=True: of all who were there in the year, whether or not they are at its end, as of those who have died.
    """
    who, achieved = _answer(name, "who", who), _answer(name, "achieved", achieved)
    unit = "%" if per == 100 else f"per {per:,}"
    return Measure(name, "proportion", who, achieved, better, unit=unit, per=per, **card)  # type: ignore[arg-type]


def rate(
    name: str,
    *,
    events: Events | Total,
    better: Better,
    who: Answer = EVERYONE,
    per: int = 1_000,
    standardised: bool = False,
    ages: tuple[int, int | None] | None = None,
    **card: object,
) -> Measure:
    """Events of a year for so many person-years; standardised: as if the ages were those of the standard.

    events: or the nights of stays, contacts(…).nights(), for bed days.
    """
    nights = isinstance(events, Total) and events.of == "nights"
    total = events if nights else _events(name, "events", events).count()
    statistic: Statistic = "standardised rate" if standardised else "rate"
    unit = f"per {per:,}"
    return Measure(name, statistic, _answer(name, "who", who), total, better, unit, per, ages=ages, **card)  # type: ignore[arg-type]


def share_of_events(
    name: str, *, of: Events, that: Events, better: Better, who: Answer = EVERYONE, **card: object
) -> Measure:
    """The share of events that are of a narrower kind, in per cent, such as stays that are followed by another."""
    whole, part = _events(name, "of", of), _events(name, "that", that)
    if not narrows(part, whole):
        raise ExpressionError(
            f'measure "{name}": `that` has to be events of `of`, with more asked of them: the same contacts(…), '
            "of fewer kinds, or followed_by(…)."
        )
    if card.get("pool", 1) != 1:
        raise ExpressionError(f'measure "{name}": a share of events is of one year. Leave `pool` out.')
    return _of_events(
        name, "share of events", who, part.count(), whole.count(), better, unit="%", per=100, **card
    )


def ratio_of_events(
    name: str, *, of: Events, to: Events, better: Better, who: Answer = EVERYONE, **card: object
) -> Measure:
    """How many events there were of one kind for each of another, such as follow-ups for each first attendance."""
    first, second = _events(name, "of", of).count(), _events(name, "to", to).count()
    return _of_events(name, "ratio of events", who, first, second, better, unit="for each", **card)


def mean_of_events(
    name: str, *, of: Total, events: Events, better: Better, unit: str, who: Answer = EVERYONE, **card: object
) -> Measure:
    """What events have on average; of: what they add up to, such as contacts(…).response_minutes()."""
    if not isinstance(of, Total):
        raise ExpressionError(f'measure "{name}": `of` wants a total, such as contacts(…).nights().')
    total = _events(name, "events", events).count()
    return _of_events(name, "mean of events", who, of, total, better, unit=unit, **card)


def _of_events(
    name: str,
    statistic: Statistic,
    who: Answer,
    numerator: Total,
    over: Total,
    better: Better,
    **card: object,
) -> Measure:
    about = {"repeats": statistic != "share of events", **card}
    return Measure(name, statistic, _answer(name, "who", who), numerator, better, over=over, **about)  # type: ignore[arg-type]


def events_counted(
    name: str, *, events: Events, who: Answer = EVERYONE, unit: str, **card: object
) -> Measure:
    """How many events there were."""
    total = _events(name, "events", events).count()
    return Measure(name, "amount", _answer(name, "who", who), total, unit=unit, **card)  # type: ignore[arg-type]


def cost(name: str, *, of: Quantity, who: Answer = EVERYONE, **card: object) -> Measure:
    """What events cost, in pounds; of: their cost in pence, such as contacts(…).cost()."""
    who, of = _answer(name, "who", who), _amount(name, of)
    return Measure(name, "amount", who, of, unit="£", **card)  # type: ignore[arg-type]


def cost_a_person(name: str, *, of: Quantity, who: Answer, **card: object) -> Measure:
    """What events cost for each resident, in pounds; of: their cost in pence."""
    who, of = _answer(name, "who", who), _amount(name, of)
    return Measure(name, "mean", who, of, unit="£ a person", **card)  # type: ignore[arg-type]


def programme_budget(name: str, programme: str, **card: object) -> Measure:
    """What organisations spent on a programme, in pounds; programme: its code as ledgers have it, such as "04A"."""
    if not re.fullmatch("[0-9]{2}[A-Z]?", programme):
        raise ExpressionError(
            f'measure "{name}": "{programme}" is no programme budgeting code. Write two digits and, for part of a '
            'programme, a letter, such as "04A".'
        )
    whose = "organisations whose ledgers were sent"
    about = {"unit": "£", "programme": programme, "who_in_words": whose, "scheme": ORGANISATIONS_MONEY}
    return Measure(name, "amount", **about, **card)  # type: ignore[arg-type]


def published(name: str, *, figure: str, unit: str, better: Better, **card: object) -> Measure:
    """A figure as somebody else published it for each place; figure: its id in the files of published figures."""
    about = {"unit": unit, "figure": _id_of_figure(name, "figure", figure), "scheme": PUBLISHED_ALREADY}
    return Measure(name, "published", better=better, **{**about, **card})  # type: ignore[arg-type]


def against_expected(
    name: str, *, who: Answer, expected: str, better: Better = "higher", **card: object
) -> Measure:
    """People found, as per cent of the number that are expected; expected: the id of that published number."""
    about = {"unit": "%", "per": 100, "expected": _id_of_figure(name, "expected", expected)}
    return Measure(name, "against expected", _answer(name, "who", who), better=better, **about, **card)  # type: ignore[arg-type]


def _id_of_figure(name: str, argument: str, thing: str) -> str:
    if re.fullmatch(r"\w+:\S.*", thing):
        return thing
    raise ExpressionError(
        f'measure "{name}": `{argument}` is the id of a published figure: whose list it is in, a colon and its number '
        f'there, such as "FT:90631"; it is "{thing}".'
    )


def unavailable(name: str, *, statistic: Statistic, unit: str, because: str, **card: object) -> Measure:
    """A measure that belongs on the page and that no source can carry yet; `because` says which data lack."""
    return Measure(name, statistic, unit=unit, unavailable=because, **card)  # type: ignore[arg-type]


def _answer(name: str, argument: str, thing: object) -> Answer:
    if isinstance(thing, Answer):
        return thing
    raise ExpressionError(f'measure "{name}": `{argument}` {describe_grain(thing)}.')


def _events(name: str, argument: str, thing: object) -> Events:
    if isinstance(thing, Events):
        return thing
    raise ExpressionError(
        f'measure "{name}": `{argument}` wants events. Write contacts(…), procedures(…), prescriptions(…) '
        "or deaths(…), without `.count()` or `.any()`."
    )


def _amount(name: str, thing: object) -> Quantity:
    first = thing.totals[0] if isinstance(thing, Sum) else thing
    if isinstance(thing, Total | Sum) and isinstance(first, Total) and first.of == "cost":
        return thing
    raise ExpressionError(
        f'measure "{name}": `of` wants what events cost. Write contacts(…).cost() or prescriptions(…).cost().'
    )
