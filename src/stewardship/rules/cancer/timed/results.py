"""Which tests are still waited for, and since when a result that settles the question is known."""

from collections.abc import Collection
from datetime import date

from stewardship.rules.cancer.timed.milestones import milestones_of
from stewardship.rules.cancer.timed.tracked import Dates, Tracked

STAGING = "STAGE"
MEETING = "MDT"


def open_tests(tracked: Tracked, as_of: date, kinds: Collection[str]) -> tuple[Dates, ...]:
    """The tests of these kinds that were asked for or done, and whose result is not there on a day.

    kinds: of `milestones.toml` (imaging, endoscopy, histology, test). A test of which the timed pathway has no report
    as a milestone, such as an endoscopy that is told of on the day, ends when it is done.
    """
    return tuple(
        row
        for row in tracked.milestones
        if _kind(tracked, row) in kinds
        and not row.not_needed
        and _asked(row, as_of)
        and _ended(tracked, row, as_of) is None
    )


def result_known(tracked: Tracked, as_of: date) -> date | None:
    """The day since when a result is known that settles whether it is cancer; None while one is waited for.

    That is the day a clinician ruled cancer out; or, once no test but staging is waited for, the latest of the results
    and the discussion by the MDT.
    """
    if tracked.ruled_out is not None and tracked.ruled_out <= as_of:
        return tracked.ruled_out
    waited_for = open_tests(tracked, as_of, {"imaging", "endoscopy", "histology", "test"})
    if any(row.code != STAGING for row in waited_for):
        return None
    ends = [
        _ended(tracked, row, as_of)
        for row in tracked.milestones
        if row.code == MEETING or _kind(tracked, row)
    ]
    return max((end for end in ends if end is not None), default=None)


def _kind(tracked: Tracked, row: Dates) -> str:
    """The kind of test that this is: as recorded, as the timed pathway has it, or as its code tells; empty: none."""
    if row.kind:
        return row.kind
    for milestone in milestones_of(tracked.timed_pathway, tracked.clock_start):
        if milestone.code == row.code and milestone.kind:
            return milestone.kind
    if row.code == "BX":
        return "histology"
    return "test" if row.code.startswith("TEST") else ""


def _asked(row: Dates, as_of: date) -> bool:
    happened = any(day is not None and day <= as_of for day in (row.requested, row.done))
    return happened or row.booked is not None


def _ended(tracked: Tracked, row: Dates, as_of: date) -> date | None:
    rows = milestones_of(tracked.timed_pathway, tracked.clock_start)
    ats = {milestone.at for milestone in rows if milestone.code == row.code}
    end = row.reported or (row.done if ats == {"done"} else None)
    return end if end is not None and end <= as_of else None
