"""What the end of an observation period means: someone left, or was only last seen.

Some feeds end nearly every period on the person's last contact. No end in such a feed says that anyone left
(the few that fall on other days follow contacts that are not read here), so each person's latest period is
left open. In other feeds an end is taken at its word. An end on the data's last day is always open: the feed
was cut then. A day either way is the same contact, for stays and visits pass midnight.
"""

from stewardship.records.findings import Finding
from stewardship.records.omop.mapping import LAST_SEEN, REGISTRATION
from stewardship.records.omop.reading import Work

NEARLY_ALL = 0.9


def settle_ends(work: Work) -> None:
    """Define `registration_settled`: the sound periods with `registration_end`, and say what was found about
    them."""
    engine = work.engine
    if REGISTRATION.source not in work.staged:
        return
    seen = " UNION ALL ".join(
        f"SELECT person_id AS local_id, max({day}) AS day FROM {work.rows(name)} WHERE fault IS NULL GROUP BY ALL"
        for name, day in LAST_SEEN.items()
        if name in work.staged
    )
    engine.run(
        "CREATE OR REPLACE TABLE last_seen AS SELECT person_id, max(day) AS day FROM person_loaded JOIN "
        f"({seen or 'SELECT NULL::BIGINT AS local_id, NULL::DATE AS day'}) USING (local_id) GROUP BY person_id"
    )
    engine.run(
        "CREATE OR REPLACE TABLE registration_settled AS SELECT p.*, "
        'row_number() OVER (PARTITION BY p.person_id ORDER BY p."start" DESC, p.source_row DESC) = 1 '
        'AS latest, abs(p."end" - l.day) <= 1 AS at_last_contact '
        "FROM checked_observation_period p LEFT JOIN last_seen l USING (person_id) "
        "WHERE p.fault IS NULL"
    )
    periods, ending = engine.rows(
        "SELECT count(*), count(*) FILTER (at_last_contact) FROM registration_settled WHERE latest"
    )[0]
    says_last_seen = periods > 0 and ending >= NEARLY_ALL * periods
    open_end = f"\"end\" >= DATE '{work.last_day}'" + (" OR latest" if says_last_seen else "")
    engine.run("ALTER TABLE registration_settled ADD COLUMN registration_end DATE")
    engine.run(
        f'UPDATE registration_settled SET registration_end = CASE WHEN {open_end} THEN NULL ELSE "end" END'
    )
    work.findings.append(_finding(work.label(REGISTRATION.source), periods, ending, says_last_seen))


def _finding(label: str, periods: int, ending: int, says_last_seen: bool) -> Finding:
    consequence = (
        "Such an end says only when the person was last seen, so each person's latest period is left open "
        "until death."
        if says_last_seen
        else "Ends are taken as leaving; an end on the data's last day is taken as still registered."
    )
    return Finding(
        "Observation periods that end on the person's last contact", label,
        "fail" if says_last_seen else "pass", ending, periods, consequence,
    )  # fmt: skip
