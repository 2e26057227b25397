"""What is counted of index calls, by the names under which it is published."""

TO_HOSPITAL, CLAIMED = "intended to convey or admit", "kept out by the advice"
TO_STAY, CAME = "advised to stay at home", "came to an emergency department by the next day"
ATTENDED, ADMITTED = "attended an emergency department", "admitted in an emergency"
DIED, AT_HOME = "died", "still at home"
OUTCOMES = (ATTENDED, ADMITTED, DIED, AT_HOME)
KNOWN = "followed up"


def by_day(what: str, day: int) -> str:
    """What is counted of a day: "died by day 7"."""
    return f"{what} by day {day}"
