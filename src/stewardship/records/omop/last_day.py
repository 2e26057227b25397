"""The last day of a feed, which one stray row must not decide, and which must not tell when one person was seen."""

from collections.abc import Mapping
from datetime import date

from stewardship.records.engine import Engine
from stewardship.records.omop.mapping import SEEN

IN_THE_WEEK = 8  # people seen in the week that ends on the day
ON_THE_DAY = 3  # people seen on the day itself
_DAYS = {**SEEN, "observation_period": "observation_period_end_date"}
_SOUND = {
    "visit_occurrence": "(visit_start_date <= visit_end_date) IS NOT false",
    "observation_period": "observation_period_start_date <= observation_period_end_date",
}


def last_of(
    staged: Mapping[str, str], not_after: date, engine: Engine
) -> tuple[date | None, date | None, int, int]:
    """The last day up to that of the build, the first day after it on which anybody was seen, and the rows dated
    between the last day and that of the build, of how many.

    staged: SQL of the staged rows of each table. Rows of people in PERSON count that do not end before they start. In a
    feed in which no day has so many people, the last day is the last on which anybody was seen.
    """
    parts = " UNION ALL ".join(
        f"SELECT person_id, {day} AS day FROM {staged[name]} WHERE fault IS NULL AND {_SOUND.get(name, 'true')}"
        for name, day in _DAYS.items()
        if name in staged
    )
    if not parts:
        return None, None, 0, 0
    engine.run(
        "CREATE OR REPLACE TABLE seen AS SELECT day, person_id, count(*) AS rows "
        f"FROM ({parts}) SEMI JOIN (SELECT person_id FROM {staged['person']} WHERE fault IS NULL) USING (person_id) "
        "WHERE day IS NOT NULL GROUP BY ALL"
    )
    last, later = _settled(not_after, engine)
    ((beyond, rows),) = engine.rows(
        "SELECT coalesce(sum(rows) FILTER (day > $1), 0)::BIGINT, coalesce(sum(rows), 0)::BIGINT FROM seen "
        "WHERE day <= $2",
        [last, not_after],
    )
    engine.run("DROP TABLE seen")
    return last, later, beyond, rows


def _settled(not_after: date, engine: Engine) -> tuple[date | None, date | None]:
    ((anybody, later),) = engine.rows(
        "SELECT max(day) FILTER (day <= $1), min(day) FILTER (day > $1) FROM seen", [not_after]
    )
    busy = engine.rows(
        "SELECT day FROM seen WHERE day <= ? GROUP BY day HAVING count(*) >= ? ORDER BY day DESC",
        [not_after, ON_THE_DAY],
    )
    for (day,) in busy:
        ((people,),) = engine.rows(
            "SELECT count(DISTINCT person_id) FROM seen WHERE day BETWEEN $1::DATE - 6 AND $1", [day]
        )
        if people >= IN_THE_WEEK:
            return day, later
    return anybody, later
