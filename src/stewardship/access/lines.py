"""Events as a page, a file or a sheet of paper shows them."""

from collections.abc import Iterable
from csv import writer
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

from stewardship.access.actions import Action
from stewardship.access.chain import Event
from stewardship.access.keys import Keys

BYTE_ORDER_MARK = "\ufeff"
OF_THE_LOG = frozenset({Action.READ_LOG, Action.EXPORT_LOG, Action.ANSWER_FROM_LOG})
COLUMNS = ("Event", "When (UTC)", "Who", "Role", "Organisation", "Did", "Result", "Reason", "By way of")


@dataclass(frozen=True)
class Line:
    """One event in words. at: aware. people: how many it showed. of_the_log: a look at the log, not at the record."""

    sequence: int
    at: datetime
    who: str
    role: str
    organisation: str
    did: str
    result: str
    reason: str
    via: str
    people: int
    of_the_log: bool


def lines_of(events: Iterable[Event], keys: Keys) -> list[Line]:
    """Events with their reasons opened, in the order given. Raises AccessLogError where a reason cannot be."""
    return [
        Line(
            sequence=one.sequence, at=datetime.fromisoformat(one.at), who=one.name,
            role=one.role.replace("-", " ").capitalize(), organisation=one.organisation, did=one.did.capitalize(),
            result=one.result, reason=keys.opened(one.reason), via=one.via, people=max(one.about.count(",") - 1, 0),
            of_the_log=one.did in OF_THE_LOG,
        )
        for one in events
    ]  # fmt: skip


def to_csv(lines: Iterable[Line]) -> str:
    """A file for a spreadsheet; it says neither the number nor the pseudonym of the person it is about."""
    out = StringIO()
    rows = writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for one in lines:
        when = one.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        words = (one.who, one.role, one.organisation, one.did, one.result, one.reason, one.via)
        rows.writerow([one.sequence, when, *map(_no_formula, words)])
    return BYTE_ORDER_MARK + out.getvalue()


def _no_formula(words: str) -> str:
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r")) else words
