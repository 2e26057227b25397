"""Runs every check over the records of a snapshot."""

from datetime import date

from stewardship.records.engines import EngineError, NoMemoryError, NoRoomError
from stewardship.records.opened import Records
from stewardship.records.places import Places
from stewardship.records.progress import Progress, silent
from stewardship.records.quality.checks import CHECKS
from stewardship.records.quality.counting import Check
from stewardship.records.quality.counts import CheckCard, CheckCount
from stewardship.records.quality.gathered import CouldNotRunError, Gathered

NOT_SENT = "nobody sent this table"


def check_records(
    records: Records, *, places: Places, as_of: date, progress: Progress = silent
) -> list[CheckCount]:
    """What every check counts, in the order of `CHECKS`: by source, and by provider and month or place.

    places: hierarchies, populations and practices' lists to hold the records against. as_of: the day on which
    people are registered and live somewhere. A check that cannot run says why and stops no other.
    """
    gathered = Gathered(records, places, as_of)
    found: list[CheckCount] = []
    for done, check in enumerate(CHECKS):
        progress("Checking records", done / len(CHECKS))
        for table in check.tables:
            found += _counted(check, gathered, table)
    progress("Checking records", 1.0)
    return found


def cards() -> tuple[CheckCard, ...]:
    """The cards of all checks, in order."""
    return tuple(check.card for check in CHECKS)


def _counted(check: Check, gathered: Gathered, table: str) -> list[CheckCount]:
    key = check.card.key
    if table not in gathered.records.present:
        return [CheckCount(key, table, note=NOT_SENT)]
    try:
        with gathered.records.engine.failures():
            return check.count(gathered, table) or [CheckCount(key, table)]
    except CouldNotRunError as error:
        return [CheckCount(key, table, not_run=str(error))]
    except NoRoomError:
        raise
    except EngineError as error:
        return [CheckCount(key, table, not_run=_without_values(error))]


def _without_values(error: EngineError) -> str:
    """Why the engine failed, without its own words, for they may quote what stands in a row."""
    if isinstance(error, NoMemoryError):
        return "the engine ran out of memory: give it more in the settings"
    return "the table cannot be read: build again, and look at the disk if it says so again"
