"""Working days of England: Monday to Friday without bank holidays.

Source: `bank_holidays.toml`. In a year that it does not have, only weekends are left out.
"""

from datetime import date, timedelta
from functools import cache

from stewardship.rules.cancer.timed.configured import configured

FRIDAY = 4


@cache
def bank_holidays() -> dict[date, str]:
    """Every bank holiday that is configured, by its day, with its name."""
    years = configured("bank_holidays").values()
    return {date.fromisoformat(day): name for year in years for day, name in year.items()}


def is_working_day(day: date) -> bool:
    """Whether this is a working day."""
    return day.weekday() <= FRIDAY and day not in bank_holidays()


def working_days_after(day: date, many: int) -> date:
    """The working day that comes so many working days after a day; 0: the day itself.

    many: not below 0, else ValueError.
    """
    if many < 0:
        raise ValueError(f"Working days after a day cannot be {many}: give 0 or more.")
    while many:
        day += timedelta(days=1)
        many -= is_working_day(day)
    return day


def working_days_between(day: date, until: date) -> int:
    """How many working days come after a day, up to and with another; 0 where that is not later."""
    span = (until - day).days
    return sum(is_working_day(day + timedelta(days=each)) for each in range(1, span + 1))
