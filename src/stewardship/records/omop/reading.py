"""One reading of an OMOP feed: stage each file once, settle the dates, check each row, write canonical
tables."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from stewardship.records.codes import define_snomed_check
from stewardship.records.engine import Engine, name_of, quoted, read_from
from stewardship.records.files import Listing, SourceError, open_table
from stewardship.records.findings import FileCount, Finding, fails
from stewardship.records.omop import cdm, lookups
from stewardship.records.omop.last_day import IN_THE_WEEK, ON_THE_DAY, last_of
from stewardship.records.omop.mapping import EVENTS, REGISTRATION, Meaning
from stewardship.records.omop.options import Options
from stewardship.records.progress import Progress
from stewardship.records.quarantine import Quarantine
from stewardship.records.row_checks import Fault, engine_type, first_fault, model_faults, plain_day
from stewardship.records.staging import Staged, Staging
from stewardship.records.units import define_units
from stewardship.records.withheld import define_withheld

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

_STAGED = [Fault("fault IS NOT NULL", "fault_column", "fault")]
_KNOWN = "LEFT JOIN person_loaded known ON known.local_id = s.person_id"


@dataclass
class Work:
    """What one reading knows as it goes: staged files, dates, counts and findings.

    seen: the last day on which someone was seen, up to the day of the build. later: the first such day after it; when
    the day of the build reaches that, what is read changes.
    """

    engine: Engine
    options: Options
    staged: dict[str, Staged] = field(default_factory=dict)
    as_of: date = date.min
    last_day: date = date.min
    seen: date | None = None
    horizon: date = date.max
    files: list[FileCount] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tallies: dict[str, dict[str, int]] = field(default_factory=dict)
    differing: dict[str, int] = field(default_factory=dict)
    later: date | None = None

    def __post_init__(self) -> None:
        self.quarantine = Quarantine(self.engine, self.options.source)

    def label(self, name: str) -> str:
        """What people call the file of a table."""
        return self.staged[name].file.label

    def rows(self, name: str) -> str:
        """The staged rows of a table, as SQL."""
        return quoted(read_from(self.staged[name].path))


def stage_all(work: Work, listing: Listing, staging: Staging, progress: Progress) -> None:
    """Read every file we use, once. Raises SourceError if PERSON is not there."""
    if "person" not in listing.tables:
        has = ", ".join(sorted(listing.tables)) or "no table"
        raise SourceError(f"There is no PERSON table: every OMOP feed needs one. Found: {has}.")
    define_snomed_check(work.engine)
    define_withheld(work.engine)
    used = {
        name: table
        for name, table in cdm.READ.items()
        if work.options.registers or name != REGISTRATION.source
    }
    for done, (name, table) in enumerate(used.items()):
        where = listing.tables.get(name)
        progress(f"Reading {name.upper()}", done / len(used))
        opened = open_table(name, where, work.engine) if where is not None else None
        if opened:
            columns = table.to_read(work.options)
            work.staged[name] = staging.stage(opened, columns, keep=not table.identifying)
        elif name == "person":
            raise SourceError(
                f"{Path(str(where)).name} is empty: it has no headings and no rows; send it again."
            )
        else:
            work.files.append(FileCount(name.upper(), table.becomes, 0, 0, 0, absent=True))


def settle_dates(work: Work) -> None:
    """The data's last day, the as-of date, and the day after which a date lies in the future.

    The last day is that of activity or registration of people in PERSON (see `last_of`), never of a death, and never
    after the day of the build. Raises SourceError if there are people but no such day, and no as-of date is given.
    """
    options = work.options
    staged = {name: work.rows(name) for name in work.staged}
    work.seen, work.later, beyond, rows = last_of(staged, options.not_after, work.engine)
    if beyond:
        work.findings.append(
            fails("Rows dated after the last day of the data", options.source, beyond, rows,
                  f"The last day is the last on which {ON_THE_DAY} people or more were seen, and {IN_THE_WEEK} in its "
                  f"week. What lies over {options.future_days} days after it is set aside.")
        )  # fmt: skip
    last_day = work.seen or options.as_of
    somebody = work.engine.rows(f"SELECT 1 FROM {work.rows('person')} WHERE fault IS NULL LIMIT 1")
    if last_day is None and somebody:
        raise SourceError(
            f"The data do not tell their last day: nobody in {work.label('person')} has activity or "
            f"registration up to {plain_day(options.not_after)}; name the day that figures stand at with --as-of."
        )
    # Without anybody there are no figures to date, and whoever reads on says so.
    work.last_day = last_day or options.not_after
    work.as_of = options.as_of or work.last_day
    work.horizon = max(work.as_of, work.last_day) + timedelta(days=options.future_days)


def read_lookups(work: Work) -> None:
    """Concepts, homes, care sites and costs, into tables of the engine; their unsound rows set aside."""
    lookups.create_empty(work.engine)
    define_units(work.engine)
    for name, lookup in lookups.LOOKUPS.items():
        if name not in work.staged:
            continue
        faults = [*_STAGED, *lookup.faults, *_repeat_fault(work, name, {lookup.key: f"s.{lookup.key}"})]
        column, sentence = first_fault(faults)
        work.engine.run(
            f"CREATE OR REPLACE VIEW checked_{name} AS SELECT * REPLACE ({column} AS fault_column, "
            f"{sentence} AS fault) FROM (SELECT s.*, r.first_row FROM {work.rows(name)} s "
            f"{_repeat_join(name, {lookup.key: f's.{lookup.key}'})})"
        )
        work.engine.run(f"CREATE OR REPLACE VIEW sound AS SELECT * FROM checked_{name} WHERE fault IS NULL")
        for table, sql in lookup.tables.items():
            work.engine.run(f"INSERT INTO {table} {sql}")
        tally(work, name, cdm.READ[name].becomes)


def check_events(work: Work, progress: Progress) -> None:
    """Give each source table a view `checked_<table>` of its canonical rows with their faults; set the faulty
    aside."""
    for done, meaning in enumerate((REGISTRATION, *EVENTS)):
        if meaning.source in work.staged:
            progress(f"Checking {meaning.source.upper()}", done / (len(EVENTS) + 1))
            define_checked(work, meaning, f"checked_{meaning.source}", first=_nobody(work.options))
            tally(work, meaning.source, meaning.table.name, meaning.extras)


def define_checked(
    work: Work,
    meaning: Meaning,
    view: str,
    *,
    said: Mapping[str, str] | None = None,
    first: Sequence[Fault] = (),
) -> None:
    """Define a view of a source table's canonical rows with the first fault of each.

    said: what this feed calls a canonical column, beyond `meaning.said`. first: faults looked for before others.
    """
    name, table = meaning.source, meaning.table
    said = {**meaning.said, **(said or {})}
    key = {
        column: "known.person_id" if _of_known(meaning, column) else f"s.{column}" for column in meaning.key
    }
    faults = [
        *_STAGED,
        *first,
        *_repeat_fault(work, name, key),
        *model_faults(table, said, meaning.missing, last_day=work.last_day, horizon=work.horizon),
    ]
    column, sentence = first_fault(faults)
    unfilled = {each.name: f"NULL::{engine_type(each.type)}" for each in table.columns}
    selected = {**unfilled, **meaning.select, **meaning.extras}
    joins = _repeat_join(name, key)
    if meaning.of_person:
        selected |= {"local_id": "s.person_id", "nobody": "known.person_id IS NULL"}
        joins = f"{_KNOWN} {joins}"
    select = ", ".join(f"{sql} AS {name_of(canonical)}" for canonical, sql in selected.items())
    work.engine.run(
        f"CREATE OR REPLACE VIEW {view} AS SELECT * REPLACE ({column} AS fault_column, "
        f"{sentence} AS fault) "
        f"FROM (SELECT s.source_row, s.fault_column, s.fault, r.first_row, {select} "
        f"FROM {meaning.rows.format(staged=work.rows(name))} {joins})"
    )


def _of_known(meaning: Meaning, column: str) -> bool:
    return meaning.of_person and column == "person_id"


def _nobody(options: Options) -> list[Fault]:
    digits = "" if options.hides_person_id else "(' || length(local_id::VARCHAR) || ' digits) "
    return [
        Fault("local_id IS NULL", "'person_id'", "'person_id is empty'"),
        Fault("nobody", "'person_id'", f"'the person {digits}is not in PERSON, or was set aside there'"),
    ]


def _repeat_join(name: str, key: Mapping[str, str]) -> str:
    return f"LEFT JOIN repeats_{name} r ON " + " AND ".join(
        f"r.{column} = {sql}" for column, sql in key.items()
    )


def _repeat_fault(work: Work, name: str, key: Mapping[str, str]) -> list[Fault]:
    """Find the keys that come more than once, and say so of every row but the first. key: column to SQL."""
    columns = ", ".join(f"{sql} AS {column}" for column, sql in key.items())
    known = _KNOWN if "known.person_id" in key.values() else ""
    one = next(iter(key))
    work.engine.run(
        f"CREATE OR REPLACE TABLE repeats_{name} AS SELECT {columns}, min(source_row) AS first_row, "
        f"count(*) - 1 AS more FROM {work.rows(name)} s {known} WHERE fault IS NULL AND {key[one]} IS NOT NULL "
        f"GROUP BY {', '.join(key.values())} HAVING count(*) > 1"
    )
    _count_differing(work, name, key, known)
    subject = {"person": "the person", "death": "the person''s death"}.get(name, f"the {' and '.join(key)}")
    return [
        Fault(
            "first_row < source_row",
            f"'{one}'",
            f"'{subject} is in the file more than once: the first row is kept'",
        )
    ]


def _count_differing(work: Work, name: str, key: Mapping[str, str], known: str) -> None:
    """Of the repeated rows, those that say something else than the first."""
    if not work.engine.rows(f"SELECT 1 FROM repeats_{name} LIMIT 1"):
        return
    columns = ", ".join(f"s.{column.name}" for column in cdm.READ[name].columns)
    of = " AND ".join(f"r.{column} = {sql}" for column, sql in key.items())
    work.differing[name] = work.engine.rows(
        f"SELECT coalesce(sum(contents - 1), 0)::BIGINT FROM (SELECT count(DISTINCT hash({columns})) AS "
        f"contents FROM {work.rows(name)} s {known} JOIN repeats_{name} r ON {of} WHERE s.fault IS NULL "
        f"GROUP BY {', '.join(f'r.{column}' for column in key)})"
    )[0][0]


def tally(work: Work, name: str, becomes: str, extras: Collection[str] = ()) -> None:
    """Count the rows of a checked view, set the faulty ones aside, and say what became of the file."""
    wanted = {"faulty": "fault IS NOT NULL"} | {
        what: f"fault IS NULL AND {when}" for what, (needs, when) in TALLIES.items() if needs in extras
    }
    counts = ", ".join(f"count(*) FILTER ({when})" for when in wanted.values())
    counted = dict(zip(wanted, work.engine.rows(f"SELECT {counts} FROM checked_{name}")[0], strict=True))
    read, label, faulty = work.staged[name].rows, work.label(name), counted["faulty"]
    if faulty:
        work.quarantine.add(label, f"checked_{name}")
    work.tallies[name] = counted
    work.files.append(FileCount(label, becomes, read, read - faulty, faulty))
