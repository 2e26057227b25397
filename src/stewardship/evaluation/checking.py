"""What has to hold for a matched comparison to be believed, each with a sentence; and when it is refused."""

from collections.abc import Sequence

from stewardship.evaluation.balance import NOT_ACCEPTABLE, Line, told
from stewardship.evaluation.result import Check, Effect, Grade

SMALLEST = (
    10  # people or events, below which nothing is told: the limits mean nothing, and somebody may be known
)
ROUGH = 40  # sets, below which limits are rough
MOST_LOST = 0.1  # share of cases for whom nobody alike was found
LEAST_MONTHS = 8  # before the event

SIZE, BALANCE, FOUND = "Enough people and events", "Alike before", "Like people were found"
EARLIER, MONTHS_BEFORE = "No difference before the event", "Months before the event"


def size(sets: int, events: Sequence[int]) -> Check:
    """Whether there are enough sets, and enough events in each of the groups (or periods) compared."""
    if sets < SMALLEST:
        return Check(SIZE, "fail", f"Fewer than {SMALLEST} people could be compared with people like them.")
    if min(events) < SMALLEST:
        return Check(
            SIZE, "fail", f"One of the groups compared has fewer than {SMALLEST} of what is counted."
        )
    return Check(SIZE, "pass", f"Each of the groups compared has {SMALLEST} or more of what is counted.")


def alike(lines: Sequence[Line]) -> Check:
    """Whether matched groups are alike in what was known before."""
    if not lines:
        return Check(BALANCE, "could not run", told(()))
    return Check(BALANCE, "pass" if all(line.alike for line in lines) else "fail", told(tuple(lines)))


def found(cases: int, without_like: int) -> Check:
    """Whether the comparison is of nearly all who had the event."""
    if not cases + without_like:
        return Check(FOUND, "could not run", "Nobody had the event.")
    lost = without_like / (cases + without_like)
    words = f"For {1 - lost:.0%} of those who had it, people like them were found; the result is of those."
    return Check(FOUND, "pass" if lost <= MOST_LOST else "fail", words)


def months_before(months: int) -> Check:
    """Whether the time before is long enough to tell how things went."""
    enough = months >= LEAST_MONTHS
    words = f"At least {months} months before the event were looked at; {LEAST_MONTHS} are needed."
    return Check(MONTHS_BEFORE, "pass" if enough else "fail", words)


def earlier(difference: Effect | None) -> Check:
    """Whether the groups differ before the event by what it cannot have done; None where that cannot be told."""
    if difference is None:
        return Check(
            EARLIER, "could not run", "Too little happened before the event to compare the groups then."
        )
    if difference.told_apart_from_none:
        return Check(
            EARLIER,
            "fail",
            "Before the event the groups already differed, so some of the effect may not be its own.",
        )
    return Check(EARLIER, "pass", "Before the event the groups did not differ by more than chance.")


def refused(checks: Sequence[Check], lines: Sequence[Line]) -> bool:
    """Whether no effect may be told: too few, or groups that are not acceptably alike."""
    few = any(check.name == SIZE and check.outcome == "fail" for check in checks)
    return few or not all(abs(line.difference_after) <= NOT_ACCEPTABLE for line in lines)


def graded(checks: Sequence[Check]) -> Grade:
    """The grade of a comparison that is not refused."""
    return Grade.B if all(check.outcome == "pass" for check in checks) else Grade.C


def rough(sets: int) -> tuple[str, ...]:
    """A warning where limits are rough."""
    if sets >= ROUGH:
        return ()
    return (f"Fewer than {ROUGH} people were compared with people like them: the limits are rough.",)
