"""The telephony portal's list of calls as a file: read whole, row by row, and paired with records of advice.

The file is CSV in UTF-8 with a head. Columns, in any order: REFERENCE (the portal's own, at most 60 characters), STATUS
(answered, missed, called back, transferred, abandoned), STARTED, ANSWERED and ENDED (2026-04-16 09:14:22 in local time,
or ISO 8601 with its offset; the last two may be empty), and CHANNEL (phone, video, message, face to face; may lack).
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from stewardship.frailty.call_words import Channel, LineStatus

COLUMNS = ("REFERENCE", "STATUS", "STARTED", "ANSWERED", "ENDED")
CHANNEL = "CHANNEL"
MOST_BYTES, MOST_ROWS = 5_000_000, 50_000
NEAR = timedelta(minutes=10)
"""How far apart a call's answer and its record's beginning may be for the two to be paired without asking."""


class ListError(Exception):
    """The file cannot be read; the message says what is wrong and what to do."""


class _RowError(ValueError):
    pass


@dataclass(frozen=True)
class Listed:
    """One call of the list; moments with their time zone."""

    reference: str
    status: str
    channel: str
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Read:
    """calls: those that could be read. rejected: number of the row in the file (the head is 1) and what is wrong."""

    calls: tuple[Listed, ...]
    rejected: tuple[tuple[int, str], ...]


def read_list(content: bytes, here: tzinfo, now: datetime) -> Read:
    """A file of the portal. here: the zone of times without an offset. Raises ListError; single rows are set aside."""
    if len(content) > MOST_BYTES:
        raise ListError(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Send the list of one month.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ListError("The file is not UTF-8. Save it as CSV in UTF-8 and send it again.") from None
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise ListError("The file is not CSV to its end: was it cut off? Send it again.") from None
    head = [str(name or "").strip().upper() for name in rows[0]] if rows else []
    lacking = [name for name in COLUMNS if name not in head]
    if not rows or lacking:
        raise ListError(
            f"The file lacks {', '.join(lacking) if rows else 'rows below its head'}. Take the template’s head."
        )
    if len(rows) > MOST_ROWS:
        raise ListError(f"The file has more than {MOST_ROWS:,} rows. Send the list of one month.")
    return _read(
        [{str(name or "").strip().upper(): value for name, value in row.items()} for row in rows], here, now
    )


def _read(rows: Sequence[Mapping[str, object]], here: tzinfo, now: datetime) -> Read:
    calls: dict[str, Listed] = {}
    rejected = []
    for number, row in enumerate(rows, start=2):
        try:
            one = _listed(row, here, now)
            if one.reference in calls:
                raise _RowError("REFERENCE came in an earlier row")
            calls[one.reference] = one
        except _RowError as error:
            rejected.append((number, str(error)))
    return Read(tuple(calls.values()), tuple(rejected))


def _listed(row: Mapping[str, object], here: tzinfo, now: datetime) -> Listed:
    given = {name: str(row.get(name) or "").strip() for name in (*COLUMNS, CHANNEL)}
    if not 0 < len(given["REFERENCE"]) <= 60:
        raise _RowError("REFERENCE is empty or longer than 60 characters")
    status, channel = given["STATUS"].lower(), given[CHANNEL].lower().replace(" ", "_")
    if status not in LineStatus.values:
        raise _RowError(f"STATUS is none of {', '.join(LineStatus.values)}")
    if channel and channel not in Channel.values:
        raise _RowError("CHANNEL is none of phone, video, message, face to face")
    started, answered, ended = (_moment(given[name], name, here) for name in COLUMNS[2:])
    if started is None:
        raise _RowError("STARTED is empty")
    if status == LineStatus.ANSWERED and answered is None:
        raise _RowError("ANSWERED is empty in an answered call")
    order = [each for each in (started, answered, ended) if each is not None]
    if order != sorted(order):
        raise _RowError("STARTED, ANSWERED and ENDED are not in this order")
    if order[-1] > now + timedelta(minutes=5):
        raise _RowError("the call has not happened yet")
    return Listed(given["REFERENCE"], status, channel, started, answered, ended)


def _moment(written: str, name: str, here: tzinfo) -> datetime | None:
    if not written:
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise _RowError(f"{name} is no time such as 2026-04-16 09:14:22") from None
    return found if found.tzinfo else found.replace(tzinfo=here)


def paired(calls: Mapping[int, datetime], records: Mapping[int, datetime]) -> dict[int, int]:
    """The record of each call, where there can be no doubt: each is the only one near the other.

    calls, records: by key, when they were answered. What may belong to two is left for somebody to choose.
    """
    near = {
        call: [one for one, at in records.items() if abs(at - when) <= NEAR] for call, when in calls.items()
    }
    wanted = {one: [call for call, found in near.items() if one in found] for one in records}
    return {call: found[0] for call, found in near.items() if len(found) == 1 and len(wanted[found[0]]) == 1}
