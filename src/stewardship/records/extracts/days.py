"""The last day of a source, told by the days on which its files say that people were seen: see `omop.last_day`.

A file that names the months it covers is believed about them where it holds rows of the last week of the last: few
people are seen each day by a small service, and its month is whole all the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stewardship.records.engine import Engine, name_of, quoted, read_from
from stewardship.records.extracts.kinds import last_day_named
from stewardship.records.extracts.parts import Part
from stewardship.records.omop.last_day import IN_THE_WEEK, ON_THE_DAY


@dataclass(frozen=True)
class LastDay:
    """last: the last day, which is none after that of the build; later: the first day after that of the build on which
    anybody was seen; beyond: rows dated between the last day and that of the build, of how many rows."""

    last: date | None
    later: date | None
    beyond: int
    rows: int


def last_day_of(parts: Sequence[Part], not_after: date, engine: Engine) -> LastDay:
    """The last day on which several people were seen; where no day has so many, the last on which anybody was. And the
    last day of the months that a file names, where that is later."""
    days: Counter[date] = Counter()
    for part in parts:
        for told, rows in part.told.days.items():
            days[date.fromisoformat(told)] += rows
    past = sorted((day for day in days if day <= not_after), reverse=True)
    later = min((day for day in days if day > not_after), default=None)
    last = next((day for day in past if _is_busy(day, days, parts, engine)), past[0] if past else None)
    named = [end for part in parts if (end := last_day_named(part.label)) and _reaches(part, end, not_after)]
    last = max([*named, last]) if last else None
    beyond = sum(days[day] for day in past if last and day > last)
    return LastDay(last, later, beyond, sum(days[day] for day in past))


def _reaches(part: Part, end: date, not_after: date) -> bool:
    """Whether the file holds anything of the last week of its months, and those are over."""
    week = {str(end - timedelta(days=back)) for back in range(7)}
    return end <= not_after and not week.isdisjoint(part.told.days)


def _is_busy(day: date, days: Counter[date], parts: Sequence[Part], engine: Engine) -> bool:
    """Whether enough people were seen on the day and in its week; asked of the files that know of the week."""
    week = [day - timedelta(days=back) for back in range(7)]
    if days[day] < ON_THE_DAY or sum(days[each] for each in week) < IN_THE_WEEK:
        return False
    known = {str(each) for each in week}
    rows = " UNION ALL ".join(
        f"SELECT person_id, {name_of(column)} AS day FROM {quoted(read_from(part.table(part.first.table)))} "
        f"WHERE {name_of(column)} BETWEEN DATE '{week[-1]}' AND DATE '{day}'"
        for part in parts
        if known & part.told.days.keys()
        for column in part.kind.seen
    )
    ((on_the_day, in_the_week),) = engine.rows(
        f"SELECT count(DISTINCT person_id) FILTER (day = DATE '{day}'), count(DISTINCT person_id) FROM ({rows})"
    )
    return bool(on_the_day >= ON_THE_DAY and in_the_week >= IN_THE_WEEK)
