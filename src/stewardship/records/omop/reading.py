"""One reading of an OMOP feed: stage each file once, settle the dates, check each row, write canonical
tables."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from stewardship.records.codes import define_snomed_check
from stewardship.records.engine import Engine, name_of, quoted, read_from
from stewardship.records.files import Listing, SourceError, open_table
from stewardship.records.findings import FileCount, Finding
from stewardship.records.omop import cdm, lookups
from stewardship.records.omop.mapping import EVENTS, PERSON, REGISTRATION, SEEN, Meaning
from stewardship.records.omop.visits import emergency_visits
from stewardship.records.progress import Progress
from stewardship.records.quarantine import Quarantine
from stewardship.records.row_checks import Fault, first_fault, model_faults, plain_day
from stewardship.records.staging import Staged, stage
from stewardship.records.units import define_units

# What is counted of a checked view's sound rows: the extra column it needs, and when a row counts.
TALLIES = {
    "by_check_digit": ("coded_by", "coded_by = 'source value' AND system = 'SNOMED'"),
    "local": ("coded_by", "coded_by = 'source value' AND system = 'LOCAL'"),
    "by_number": ("coded_by", "coded_by = 'concept number'"),
    "converted": ("converted", "converted"),
    "of_another": ("of_another", "of_another"),
    "inpatient": ("inpatient", "inpatient"),
    "unclassified": ("inpatient", "point_of_delivery = 'unclassified_admission'"),
}


@dataclass
class Work:
    """What one reading knows as it goes: staged files, dates, counts and findings."""

    engine: Engine
    source: str
    scratch: Path
    staged: dict[str, Staged] = field(default_factory=dict)
    as_of: date = date.min
    last_day: date = date.min
    horizon: date = date.max
    files: list[FileCount] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tallies: dict[str, dict[str, int]] = field(default_factory=dict)
    differing: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.quarantine = Quarantine(self.engine, self.source)

    def label(self, name: str) -> str:
        """What people call the file of a table."""
        return self.staged[name].file.label

    def rows(self, name: str) -> str:
        """The staged rows of a table, as SQL."""
        return quoted(read_from(self.staged[name].path))


def stage_all(work: Work, listing: Listing, progress: Progress) -> None:
    """Read every file we use, once. Raises SourceError if PERSON is not there."""
    if "person" not in listing.tables:
        has = ", ".join(sorted(listing.tables)) or "no table"
        raise SourceError(f"There is no PERSON table: every OMOP feed needs one. Found: {has}.")
    for done, (name, table) in enumerate(cdm.READ.items()):
        where = listing.tables.get(name)
        progress(f"Reading {name.upper()}", done / len(cdm.READ))
        opened = open_table(name, where, work.engine) if where is not None else None
        if opened:
            work.staged[name] = stage(opened, table.columns, work.engine, work.scratch)
        elif name == "person":
            raise SourceError(
                f"{Path(str(where)).name} is empty: it has no headings and no rows; send it again."
            )
        else:
            work.files.append(FileCount(name.upper(), table.becomes, 0, 0, 0, absent=True))


def settle_dates(work: Work, as_of: date | None, not_after: date, future_days: int) -> None:
    """The data's last day, the as-of date, and the day after which a date lies in the future.

    The last day is that of activity or registration of someone in PERSON, never of a death, and never after
    `not_after`. Raises SourceError if there are people but no such day, and no as-of date is given.
    """
    days = {**SEEN, "observation_period": "observation_period_end_date"}
    latest = [_last(work, name, day, not_after) for name, day in days.items() if name in work.staged]
    last_day = max((day for day in latest if day), default=as_of)
    somebody = work.engine.rows(f"SELECT 1 FROM {work.rows('person')} WHERE fault IS NULL LIMIT 1")
    if last_day is None and somebody:
        raise SourceError(
            f"The data do not tell their last day: nobody in {work.label('person')} has activity or "
            f"registration up to {plain_day(not_after)}; name the day that figures stand at with --as-of."
        )
    # Without anybody there are no figures to date, and whoever reads on says so.
    work.last_day = last_day or not_after
    work.as_of = as_of or work.last_day
    work.horizon = max(work.as_of, work.last_day) + timedelta(days=future_days)


def _last(work: Work, name: str, day: str, not_after: date) -> date | None:
    """The last day of a table's rows that are of someone in PERSON and do not end before they start."""
    starts = {
        "visit_occurrence": "(visit_start_date <= visit_end_date) IS NOT false",
        "observation_period": "observation_period_start_date <= observation_period_end_date",
    }
    sound = starts.get(name, "true")
    found: date | None = work.engine.rows(
        f"SELECT max({day}) FROM {work.rows(name)} WHERE fault IS NULL AND {day} <= ? AND {sound} "
        f"AND person_id IN (SELECT person_id FROM {work.rows('person')} WHERE fault IS NULL)",
        [not_after],
    )[0][0]
    return found


def read_lookups(work: Work) -> None:
    """Concepts, homes, care sites and costs, into tables of the engine; their unsound rows set aside."""
    lookups.create_empty(work.engine)
    define_snomed_check(work.engine)
    define_units(work.engine)
    for name, lookup in lookups.LOOKUPS.items():
        if name not in work.staged:
            continue
        faults = [*_staged_faults(), *lookup.faults, *_repeat_fault(work, name, (lookup.key,))]
        column, sentence = first_fault(faults)
        work.engine.run(
            f"CREATE OR REPLACE VIEW checked_{name} AS SELECT * REPLACE ({column} AS fault_column, "
            f"{sentence} AS fault) FROM (SELECT s.*, r.first_row FROM {work.rows(name)} s "
            f"{_repeat_join(name, (lookup.key,))})"
        )
        work.engine.run(f"CREATE OR REPLACE VIEW sound AS SELECT * FROM checked_{name} WHERE fault IS NULL")
        for table, sql in lookup.tables.items():
            work.engine.run(f"INSERT INTO {table} {sql}")
        _tally(work, name, cdm.READ[name].becomes)


def check_rows(work: Work, progress: Progress) -> None:
    """Give each source table a view `checked_<table>` of its canonical rows with their faults; set the faulty
    aside."""
    engine = work.engine
    visits = work.rows("visit_occurrence") if "visit_occurrence" in work.staged else None
    if visits:
        engine.run(f"CREATE OR REPLACE TABLE er AS {emergency_visits(visits)}")
    engine.run(f"CREATE OR REPLACE TABLE visit_person AS {_visit_person(visits)}")
    check(work, PERSON)
    engine.run(
        "CREATE OR REPLACE TABLE person_loaded AS SELECT person_id, birth_date, location_id, "
        "care_site_id "
        "FROM checked_person WHERE fault IS NULL"
    )
    for done, meaning in enumerate((REGISTRATION, *EVENTS)):
        if meaning.source in work.staged:
            progress(f"Checking {meaning.source.upper()}", done / (len(EVENTS) + 1))
            check(work, meaning)


def _visit_person(visits: str | None) -> str:
    """Whose each visit is, for its diagnoses and procedures."""
    if not visits:
        return "SELECT NULL::BIGINT AS visit_occurrence_id, NULL::BIGINT AS person_id WHERE false"
    return (
        "SELECT visit_occurrence_id, arg_min(person_id, source_row) AS person_id "
        f"FROM {visits} WHERE fault IS NULL GROUP BY visit_occurrence_id"
    )


def check(work: Work, meaning: Meaning) -> None:
    """Define `checked_<source>` and set its faulty rows aside."""
    name, table = meaning.source, meaning.table
    faults = [
        *_staged_faults(),
        *(_nobody() if meaning.of_person else ()),
        *_repeat_fault(work, name, meaning.key),
        *model_faults(table, meaning.said, meaning.missing, last_day=work.last_day, horizon=work.horizon),
    ]
    column, sentence = first_fault(faults)
    select = ", ".join(
        f"{sql} AS {name_of(canonical)}" for canonical, sql in {**meaning.select, **meaning.extras}.items()
    )
    joins = _repeat_join(name, meaning.key)
    if meaning.of_person:
        joins += " LEFT JOIN person_loaded known ON known.person_id = s.person_id"
    nobody = "known.person_id IS NULL" if meaning.of_person else "false"
    work.engine.run(
        f"CREATE OR REPLACE VIEW checked_{name} AS SELECT * REPLACE ({column} AS fault_column, "
        f"{sentence} AS fault) "
        f"FROM (SELECT s.source_row, s.fault_column, s.fault, {nobody} AS nobody, r.first_row, {select} "
        f"FROM {meaning.rows.format(staged=work.rows(name))} {joins})"
    )
    _tally(work, name, table.name, meaning.extras)


def _staged_faults() -> list[Fault]:
    return [Fault("fault IS NOT NULL", "fault_column", "fault")]


def _nobody() -> list[Fault]:
    return [
        Fault("person_id IS NULL", "'person_id'", "'person_id is empty'"),
        Fault(
            "nobody",
            "'person_id'",
            "'the person (' || length(person_id::VARCHAR) || ' digits) is not in PERSON, or was set aside "
            "there'",
        ),
    ]


def _repeat_join(name: str, key: tuple[str, ...]) -> str:
    return f"LEFT JOIN repeats_{name} r ON " + " AND ".join(f"r.{column} = s.{column}" for column in key)


def _repeat_fault(work: Work, name: str, key: tuple[str, ...]) -> list[Fault]:
    """Find the keys that come more than once, and say so of every row but the first."""
    columns = ", ".join(key)
    work.engine.run(
        f"CREATE OR REPLACE TABLE repeats_{name} AS SELECT {columns}, min(source_row) AS first_row, "
        f"count(*) - 1 AS more FROM {work.rows(name)} WHERE fault IS NULL AND {key[0]} IS NOT NULL "
        f"GROUP BY {columns} HAVING count(*) > 1"
    )
    _count_differing(work, name, key)
    subject = {"person": "the person", "death": "the person''s death"}.get(name, f"the {' and '.join(key)}")
    return [
        Fault(
            "first_row < source_row",
            f"'{key[0]}'",
            f"'{subject} is in the file more than once: the first row is kept'",
        )
    ]


def _count_differing(work: Work, name: str, key: tuple[str, ...]) -> None:
    """Of the repeated rows, those that say something else than the first."""
    if not work.engine.rows(f"SELECT 1 FROM repeats_{name} LIMIT 1"):
        return
    columns = ", ".join(f"s.{column.name}" for column in cdm.READ[name].columns)
    work.differing[name] = work.engine.rows(
        f"SELECT coalesce(sum(contents - 1), 0)::BIGINT FROM (SELECT count(DISTINCT hash({columns})) AS "
        "contents "
        f"FROM {work.rows(name)} s JOIN repeats_{name} r USING ({', '.join(key)}) WHERE s.fault IS NULL "
        f"GROUP BY {', '.join(key)})"
    )[0][0]


def _tally(work: Work, name: str, becomes: str, extras: Collection[str] = ()) -> None:
    """Count the rows of a checked view, set the faulty ones aside, and say what became of the file."""
    wanted = {"faulty": "fault IS NOT NULL"} | {
        tally: f"fault IS NULL AND {when}" for tally, (needs, when) in TALLIES.items() if needs in extras
    }
    counts = ", ".join(f"count(*) FILTER ({when})" for when in wanted.values())
    tally = dict(zip(wanted, work.engine.rows(f"SELECT {counts} FROM checked_{name}")[0], strict=True))
    read, label = work.staged[name].rows, work.label(name)
    if tally["faulty"]:
        work.quarantine.add(label, f"checked_{name}")
    work.tallies[name] = tally
    work.files.append(FileCount(label, becomes, read, read - tally["faulty"], tally["faulty"]))
