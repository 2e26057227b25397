"""What can be asked for: how many residents, of how many years, up to which day."""

from datetime import date

from stewardship.synthetic.lives import Plan

FEWEST, MOST = 2_000, 3_000_000
MOST_YEARS = 20
LAST_DAY = date(
    2026, 3, 31
)  # the end of a financial year; a constant, so that the same command gives the same files
EARLIEST = date(2010, 1, 1)


class PlanError(Exception):
    """No such system can be made; the message says what to ask for instead."""


def planned(*, residents: int, years: int, seed: int, last_day: date, today: date) -> Plan:
    """A plan of what was asked for; PlanError with one sentence where it cannot be made.

    today: no last day may be later.
    """
    if not FEWEST <= residents <= MOST:
        raise PlanError(
            f"A system of {residents:,} residents cannot be made: its practices and small areas need at least "
            f"{FEWEST:,}, and there are made-up NHS numbers for {MOST:,} at most."
        )
    if not 1 <= years <= MOST_YEARS:
        raise PlanError(f"{years} years of records cannot be made: ask for 1 to {MOST_YEARS}.")
    if seed < 0:
        raise PlanError(f"The seed {seed} is below 0: give 0 or any number above.")
    if not EARLIEST <= last_day <= today:
        raise PlanError(
            f"Records up to {last_day} cannot be made: the last day must not lie in the future, nor before {EARLIEST}."
        )
    return Plan(residents, years, seed, last_day)
