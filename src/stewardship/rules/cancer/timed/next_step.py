"""What happens next on a timed pathway, and who owes it."""

from dataclasses import dataclass
from datetime import date

from stewardship.rules.cancer.timed.milestones import Milestone, owner_words, verb_owner, verb_words
from stewardship.rules.cancer.timed.progress import DONE, Standing, State, standings
from stewardship.rules.cancer.timed.tracked import Dates, Tracked


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The next step that the timed pathway has for somebody.

    verb, owner: codes of `milestones.toml`. expected: the day by which its milestone is due. booked: the day for which
    it is booked, if it is.
    """

    milestone: Milestone
    verb: str
    owner: str
    expected: date
    booked: date | None

    @property
    def words(self) -> str:
        """What is to be done, as in "Chase: report of the biopsy"."""
        return f"{verb_words(self.verb)}: {self.milestone.step}"

    @property
    def owner_in_words(self) -> str:
        """Who owes it."""
        return owner_words(self.owner)


def next_step(tracked: Tracked, as_of: date) -> NextStep | None:
    """The next step on a day; None once all is done or settled.

    It is the first milestone still to be done after the last that was done. Those before it were skipped, and count
    only where somebody asked for them.
    """
    return next_step_of(standings(tracked, as_of), as_of)


def next_step_of(found: tuple[Standing, ...], as_of: date) -> NextStep | None:
    """The next step, for who already has the standings of a pathway on that day."""
    reached = max((each.milestone.order for each in found if each.state in DONE), default=0)
    waits = (each for each in found if each.state not in DONE and each.state is not State.NOT_NEEDED)
    to_do = (each for each in waits if each.milestone.order >= reached or _asked(each.dates, as_of))
    first = next(to_do, None)
    return None if first is None else _step(first, as_of)


def _asked(dates: Dates, as_of: date) -> bool:
    begun = (dates.requested, dates.done)
    return dates.booked is not None or any(day is not None and day <= as_of for day in begun)


def _step(standing: Standing, as_of: date) -> NextStep:
    milestone, dates = standing.milestone, standing.dates
    verb = _verb(standing, as_of)
    asked_for = _asked(dates, as_of)
    return NextStep(
        milestone=milestone,
        verb=verb,
        owner=milestone.owner if asked_for else verb_owner(verb) or milestone.owner,
        expected=standing.expected,
        booked=dates.booked,
    )


def _verb(standing: Standing, as_of: date) -> str:
    """What to do: ask for it, book it, await it, or chase what should have come."""
    milestone, dates = standing.milestone, standing.dates
    if milestone.at == "reported" and milestone.kind:
        return "await" if as_of <= standing.expected else "chase"
    if dates.booked is not None:
        return "await" if as_of <= dates.booked else "chase"
    if dates.requested is not None and dates.requested <= as_of and milestone.verb == "request":
        return "book"
    return milestone.verb
