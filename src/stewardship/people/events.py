"""The kinds of events that a care area can speak of."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from stewardship.people.code_lists import CodeList
from stewardship.people.expressions import Events, ExpressionError, Total, describe_grain, want_window
from stewardship.people.periods import YEAR, Window

Limits = tuple[int | None, int | None]
"""The least and the most, both included; None: no limit."""
ANY: Limits = (None, None)
From = Literal["start", "end"]


@dataclass(frozen=True)
class Traits:
    """What else is asked of contacts, beside where care was given and in which specialty; empty: nothing.

    attendance: first or follow-up. departments: types of emergency department. urgencies: as sent. nights: stayed.
    minutes: from arrival to departure.
    """

    attendance: str = ""
    departments: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()
    nights: Limits = ANY
    minutes: Limits = ANY


ANYHOW = Traits()


@dataclass(frozen=True)
class Contacts(Events):
    """Contacts and stays of certain kinds; empty points or specialties: all.

    diagnosis: only those that carry a diagnosis in the list; primary: in first position.
    """

    have_cost: ClassVar[bool] = True

    points_of_delivery: tuple[str, ...]
    specialties: tuple[str, ...]
    diagnosis: CodeList | None
    primary: bool
    traits: Traits = ANYHOW

    def nights(self, within: Window = YEAR) -> Total:
        """The nights of those that ended, from the first day to the last, of contacts that began in the window."""
        return Total(self, "nights", want_window(within, "nights"))

    def response_minutes(self, within: Window = YEAR) -> Total:
        """The minutes until help came, of contacts for which they are known."""
        return Total(self, "response minutes", want_window(within, "response_minutes"))

    def followed_by(self, events: Events, *, within_days: int, counted_from: From = "end") -> "Followed":
        """Those after which one of the events begins, 0 to so many days after their last day, or their first.

        A contact does not follow itself. What is still going on is followed by nothing that is counted from its end.
        """
        if not isinstance(events, Contacts | Deaths) or (isinstance(events, Contacts) and events.diagnosis):
            raise ExpressionError(
                f"`followed_by` wants contacts(…) without a diagnosis, or deaths(…), but this {describe_grain(events)}."
            )
        if isinstance(within_days, bool) or not isinstance(within_days, int) or within_days < 0:
            raise ExpressionError(f"`within_days` is a whole number from 0 up, not {within_days!r}.")
        if counted_from not in ("start", "end"):
            raise ExpressionError(f'`counted_from` is "start" or "end", not {counted_from!r}.')
        return Followed(self, events, within_days, counted_from)


@dataclass(frozen=True)
class Procedures(Events):
    """Procedures in a list."""

    codes: CodeList


@dataclass(frozen=True)
class Prescriptions(Events):
    """Items issued; codes None: all."""

    have_cost: ClassVar[bool] = True

    codes: CodeList | None


@dataclass(frozen=True)
class Deaths(Events):
    """A resident's death, with its underlying cause in the list; codes None: any cause.

    places: kinds of place where the person died, as sent; empty: anywhere.
    """

    codes: CodeList | None
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Followed(Events):
    """Contacts after which one of some events begins, within so many days of their end, or of their start."""

    contacts: Contacts
    by: Contacts | Deaths
    within_days: int
    counted_from: From

    have_cost: ClassVar[bool] = True

    def nights(self, within: Window = YEAR) -> Total:
        """The nights of those that ended."""
        return Total(self, "nights", want_window(within, "nights"))


def narrows(part: Events, whole: Events) -> bool:
    """Whether events are of others, with more asked of them, whatever the records say."""
    if isinstance(part, Followed):
        return part == whole or narrows(part.contacts, whole)
    if not isinstance(part, Contacts) or not isinstance(whole, Contacts):
        return part == whole
    return (
        _fewer(part.points_of_delivery, whole.points_of_delivery)
        and _fewer(part.specialties, whole.specialties)
        and (whole.diagnosis is None or (part.diagnosis, part.primary) == (whole.diagnosis, whole.primary))
        and whole.traits.attendance in ("", part.traits.attendance)
        and _fewer(part.traits.departments, whole.traits.departments)
        and _fewer(part.traits.urgencies, whole.traits.urgencies)
        and _inside(part.traits.nights, whole.traits.nights)
        and _inside(part.traits.minutes, whole.traits.minutes)
    )


def _fewer(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether fewer kinds are asked for; none named are all."""
    return not whole or (bool(part) and set(part) <= set(whole))


def _inside(part: Limits, whole: Limits) -> bool:
    (least, most), (of_least, of_most) = part, whole
    return (of_least is None or (least is not None and least >= of_least)) and (
        of_most is None or (most is not None and most <= of_most)
    )
