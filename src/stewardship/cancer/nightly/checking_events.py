"""The rows of the file of events, checked against the pathways that they belong to."""

from datetime import date

from stewardship.cancer.nightly.checking import Checked, Key, Rejected, Row, SentEvent, usable
from stewardship.cancer.nightly.columns import KEY, is_milestone
from stewardship.cancer.nightly.reading import Sheet
from stewardship.system.cancer import DayOrder


def check_events(sheet: Sheet, days: DayOrder, found: Checked, today: date) -> None:
    """Add the file of events, checked, to the pathways that can be used."""
    came: dict[tuple[Key, str], list[Row]] = {}
    for row in usable(sheet, days, Checked(rejected=found.rejected)):
        came.setdefault((row.key, row.of("event")["code"]), []).append(row)
    for (key, code), rows in came.items():
        wrong = _event_problem(key, code, rows, found, today)
        if wrong:
            found.unusable_events.add((key, code))
            column, reason = wrong
            found.rejected += [Rejected(sheet.name, row.number, column, reason) for row in rows]
            continue
        fields = rows[0].of("event")
        del fields["code"]
        found.events.setdefault(key, {})[code] = SentEvent(rows[0].number, fields)


def _event_problem(
    key: Key, code: str, rows: list[Row], found: Checked, today: date
) -> tuple[str, str] | None:
    """What is wrong with a milestone, if anything: column and reason."""
    if not is_milestone(code):
        return "MILESTONE CODE", "unknown milestone"
    if key not in found.pathways:
        aside = "was set aside" if key in found.seen else "is not in the file of pathways"
        return KEY[0].heading, f"its pathway {aside}"
    if len(rows) > 1:
        others = ", ".join(f"{row.number:,}" for row in rows)
        return "MILESTONE CODE", f"the milestone came twice, in rows {others}"
    one = rows[0].of("event")
    requested, done, reported = one["requested_on"], one["done_on"], one["reported_on"]
    if done and done > today:
        return "DONE DATE", "it is marked as done on a day that has not come yet"
    if reported and reported > today:
        return "REPORTED DATE", "it is marked as reported on a day that has not come yet"
    if requested and requested > today:
        return "REQUESTED DATE", "it is marked as requested on a day that has not come yet"
    if requested and done and done < requested:
        return "DONE DATE", "it was done before it was requested"
    if done and reported and reported < done:
        return "REPORTED DATE", "it was reported before it was done"
    received = found.pathways[key].pathway["received_on"]
    if done and received and done < received and not code.startswith(("TEST", "REF", "FSEEN")):
        return "DONE DATE", "it was done before the referral was received"
    return None
