"""What a data manager should know of a partner's extracts once they have been read. Figures, never the data."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from pathlib import Path

import pyarrow as pa

from stewardship.records.engine import Engine, quoted, read_from
from stewardship.records.extracts.days import LastDay
from stewardship.records.extracts.gaps import gaps
from stewardship.records.extracts.options import ExtractOptions
from stewardship.records.extracts.pooled import INTO
from stewardship.records.extracts.resent import Loaded
from stewardship.records.findings import FileCount, Finding, fails
from stewardship.records.omop.last_day import IN_THE_WEEK, ON_THE_DAY
from stewardship.records.quarantine import Quarantine
from stewardship.records.superseded import contradictions, newest_of


def file_counts(loaded: Sequence[Loaded]) -> list[FileCount]:
    """What became of each file's rows."""
    return [
        FileCount(
            file=each.part.label,
            table=INTO.get(each.part.first.table, each.part.first.table),
            read=each.part.told.rows,
            loaded=each.part.told.rows - each.part.told.aside - each.removed,
            quarantined=each.part.told.aside + each.removed,
        )
        for each in loaded
    ]


def findings(
    loaded: Sequence[Loaded],
    quarantine: Quarantine,
    seen: LastDay,
    others: Sequence[str],
    repeated: Mapping[str, int],
    into: Path,
    options: ExtractOptions,
    engine: Engine,
) -> list[Finding]:
    """What was found; repeated: what `write_pooled` told; into: where the tables of the source as a whole stand."""
    return [
        *_beyond(seen, options),
        *_set_aside(loaded, quarantine),
        *_differing(loaded),
        *_counted(loaded),
        *_outside(loaded),
        *_withheld(loaded),
        *_people(into, options, engine),
        *_registrations(into, options, engine),
        *_homes(loaded, repeated["address"], into, options, engine),
        *_superseded(repeated, into, options, engine),
        *_missing(loaded),
        *gaps(loaded),
        *[_not_read(name) for name in others],
    ]


def _beyond(seen: LastDay, options: ExtractOptions) -> list[Finding]:
    if not seen.beyond:
        return []
    return [
        fails("Rows dated after the last day of the data", options.source, seen.beyond, seen.rows,
              f"The last day is the last on which {ON_THE_DAY} people or more were seen, and {IN_THE_WEEK} in its "
              "week, or that of the months a file names. What lies over "
              f"{options.future_days} days after it is set aside.")
    ]  # fmt: skip


def _set_aside(loaded: Sequence[Loaded], quarantine: Quarantine) -> list[Finding]:
    """Rows set aside, by kind of file and reason: a kind may have many files."""
    kinds = {each.part.label: each.part.kind.name for each in loaded}
    read: Counter[str] = Counter()
    for each in loaded:
        read[each.part.kind.name] += each.part.told.rows
    reasons: dict[tuple[str, str, str], list[tuple[str, int, int]]] = defaultdict(list)
    for file, column, reason, count, first in quarantine.by_reason():
        reasons[kinds[file], column, reason].append((file, count, first))
    found = []
    for (kind, column, reason), files in reasons.items():
        first_file, _, row = min(files)
        where = f"The first is row {row:,}{column and f', column {column}'}, of {first_file}."
        count = sum(each[1] for each in files)
        found.append(
            Finding(
                f"Rows set aside: {reason}",
                kind,
                "fail",
                count,
                read[kind],
                "They count in no figure.",
                where,
            )
        )
    return found


def _differing(loaded: Sequence[Loaded]) -> list[Finding]:
    return [
        fails("Repeated rows that say something else than the first", each.part.label, each.part.told.differing,
              each.part.told.rows, "The first was loaded, the others were set aside.")
        for each in loaded
        if each.part.told.differing
    ]  # fmt: skip


def _counted(loaded: Sequence[Loaded]) -> list[Finding]:
    """What a kind has counted of its rows, all its files together."""
    by_kind: dict[str, list[Loaded]] = defaultdict(list)
    for each in loaded:
        by_kind[each.part.kind.name].append(each)
    found = []
    for name, files in by_kind.items():
        examined = sum(each.part.told.rows - each.part.told.aside for each in files)
        for place, counted in enumerate(files[0].part.kind.counted):
            count = sum(each.part.told.counted[place] for each in files)
            outcome = "fail" if counted.fails and count else "pass"
            done = counted.consequence if count else ""
            found.append(Finding(counted.check, name, outcome, count, examined, done))  # type: ignore[arg-type]
    return found


def _outside(loaded: Sequence[Loaded]) -> list[Finding]:
    found = []
    for each in loaded:
        of_people = {heading.name for heading in each.part.kind.headings if heading.kind == "person"}
        for heading, count in each.part.told.outside.items():
            what, done = _NOBODYS if heading in of_people else _UNLISTED
            check = f"Values of {heading} that are {what}"
            found.append(fails(check, each.part.label, count, each.part.told.rows, done))
    return found


_ALL_OUT = "whoever opted out under any of them is left out under all."
_UNLISTED = ("not in its list", "They are read as not known.")
_NOBODYS = (
    "nobody's number",
    "The rows are loaded as if nothing stood there: whoever opted out under one number of a person is not left out "
    "under the other.",
)


def _withheld(loaded: Sequence[Loaded]) -> list[Finding]:
    found = []
    for each in loaded:
        for heading, (numbered, words) in each.part.told.withheld.items():
            if numbered:
                found.append(
                    fails(f"Different values of {heading} that hold an NHS number", each.part.label, numbered,
                          each.part.told.rows, "They are not kept.")
                )  # fmt: skip
            if words:
                found.append(
                    fails(f"Different values of {heading} that are no code", each.part.label, words,
                          each.part.told.rows, "They are not kept.")
                )  # fmt: skip
    return found


def _people(into: Path, options: ExtractOptions, engine: Engine) -> list[Finding]:
    people, unknown, no_sex, rough = engine.rows(
        "SELECT count(*), count(*) FILTER (ethnic_group = 'Not known'), count(*) FILTER (sex = 'unknown'), "
        f"count(*) FILTER (birth_precision <> 'day') FROM {_table(into, 'person')}"
    )[0]
    if not people:
        return []
    return [
        fails("People whose ethnic group is not known", options.source, unknown, people,
              "They are shown as Not known.", of_people=True),
        fails("People whose sex is not known", options.source, no_sex, people,
              "They are left out of figures for women or men.", of_people=True),
        fails("People without a day of birth", options.source, rough, people,
              "The first of the month is used, or 1 July where only the year is known.", of_people=True),
    ]  # fmt: skip


def _registrations(into: Path, options: ExtractOptions, engine: Engine) -> list[Finding]:
    overlapping, spells = engine.rows(
        'SELECT count(*) FILTER (before >= "start"), count(*) FROM (SELECT "start", lag(coalesce("end", '
        "DATE '9999-12-31')) OVER (PARTITION BY person_id ORDER BY \"start\", source_file, source_row) AS before "
        f"FROM {_table(into, 'registration')})"
    )[0]
    if not spells:
        return []
    return [
        fails("Registrations that overlap the one before", options.source, overlapping, spells,
              "Both are loaded; a person counts once however many registrations a day has.")
    ]  # fmt: skip


def _homes(
    loaded: Sequence[Loaded], repeated: int, into: Path, options: ExtractOptions, engine: Engine
) -> list[Finding]:
    """Homes whose code is none of a small area, and those outside the areas known here."""
    sent = sum(each.part.told.tables["address"] for each in loaded if "address" in each.part.told.tables)
    if not sent:
        return []
    sent -= repeated + sum(each.removed for each in loaded if "address" in each.part.told.tables)
    ((homes, outside),) = engine.rows(
        "SELECT count(*), count(*) FILTER (small_area NOT IN (SELECT code FROM known_area)) "
        f"FROM {_table(into, 'address')}"
    )
    found = [
        fails("Homes whose code is not that of a small area", options.source, max(sent - homes, 0), sent,
              "They count in no place of residence.")
    ]  # fmt: skip
    if options.small_areas:
        found.append(
            fails("Homes outside the areas known here", options.source, outside, homes,
                  "They count in no place of residence.")
        )  # fmt: skip
    return found


def _superseded(
    repeated: Mapping[str, int], into: Path, options: ExtractOptions, engine: Engine
) -> list[Finding]:
    ((numbers, strangers),) = engine.rows(
        f"SELECT count(*), count(*) FILTER (newer NOT IN (SELECT person_id FROM {_table(into, 'person')} UNION ALL "
        f"SELECT person_id FROM {_table(into, 'superseded')})) FROM {_table(into, 'superseded')}"
    )
    told = engine.rows(f"SELECT person_id, newer FROM {_table(into, 'same_person')}")
    if not told:
        return []
    settled, replaced = contradictions(told), len({old for old, _ in told})
    return [
        Finding("Numbers that another took the place of", options.source, "pass", numbers, numbers,
                "Records of both are those of the newer number, in every source.", of_people=True),
        fails("Numbers replaced by one that nobody here has", options.source, strangers, numbers,
              "Their records are those of somebody of whom no date of birth is known.", of_people=True),
        fails("Numbers of which two newer ones are told", options.source, len(settled.twice), replaced,
              f"The one last told is taken; {_ALL_OUT}", of_people=True),
        fails("Numbers that lead to each other in a circle", options.source, len(settled.circling), replaced,
              _in_a_circle(settled.circling, into, engine), of_people=True),
        *[
            Finding(f"{what} that a person has under two numbers from the same day", options.source, "pass",
                    repeated[table], numbers, "That of the newer number is loaded.", of_people=True)
            for table, what in (("registration", "Registrations"), ("address", "Homes"))
            if repeated[table]
        ],
    ]  # fmt: skip


def _in_a_circle(circling: Set[int], into: Path, engine: Engine) -> str:
    """What becomes of numbers that lead to each other in a circle: a later file may have ended it."""
    last = engine.rows(f"SELECT person_id, newer FROM {_table(into, 'superseded')}")
    staying = circling & ({old for old, _ in last} - newest_of(last).keys())
    with engine.lent("staying", pa.table({"person_id": pa.array(sorted(staying), pa.int64())})):
        unknown = len(engine.rows(f"FROM staying ANTI JOIN {_table(into, 'person')} USING (person_id)"))
    said = ["What was last told is taken"] if staying < circling else []
    if staying:
        said.append(f"nobody is the newest of {len(staying):,}, so records stay under each")
    if unknown:
        said.append(
            f"{unknown:,} have no row in person, as what a row that names a newer number tells is not taken"
        )
    together = "; ".join([*said, _ALL_OUT])
    return together[:1].upper() + together[1:]


def _missing(loaded: Sequence[Loaded]) -> list[Finding]:
    """Headings that no file of a kind has, and from which something would be read."""
    by_kind: dict[str, list[Loaded]] = defaultdict(list)
    for each in loaded:
        by_kind[each.part.kind.name].append(each)
    found = []
    for name, files in by_kind.items():
        told = {heading.name for heading in files[0].part.kind.headings if heading.becomes}
        missing = [each for each in files[0].part.told.missing if each in told]
        missing = [each for each in missing if all(each in file.part.told.missing for file in files)]
        if missing:
            found.append(
                Finding("Headings that were not sent", name, "pass", len(missing), len(told),
                        f"What they would tell is not known: {', '.join(missing)}.")
            )  # fmt: skip
    return found


def _not_read(name: str) -> Finding:
    return Finding("Files of no kind that is read", name, "fail", 1, 1,
                   "Nothing of it is used: see the page on extracts for the names of files.")  # fmt: skip


def _table(into: Path, name: str) -> str:
    return quoted(read_from(into / f"{name}.parquet"))
