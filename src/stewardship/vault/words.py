"""How a person is named at the head of a page."""

from datetime import date


def aged(born: date, today: date) -> str:
    """Somebody's age in whole years, or in months before the second birthday."""
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if months >= 24:
        return f"{months // 12} years"
    return f"{months} month{'' if months == 1 else 's'}"
