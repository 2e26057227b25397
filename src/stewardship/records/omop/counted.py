"""What a data manager should know about an OMOP feed once it has been read, counted. Figures, never the
data."""

from pathlib import Path

from stewardship.records.engine import quoted, read_from
from stewardship.records.files import Listing
from stewardship.records.findings import Finding, fails
from stewardship.records.omop import cdm
from stewardship.records.omop.reading import Work
from stewardship.records.omop.unused import unused
from stewardship.records.row_checks import plain_day
from stewardship.records.withheld import LONGEST_CODE


def count_findings(work: Work, listing: Listing, into: Path) -> None:
    """Add what was found to `work.findings`; `into` holds the canonical tables just written."""
    people = _number(work, f"SELECT count(*) FROM {_table(into, 'person')}")
    work.findings += [
        *_set_aside(work),
        *_people(work, into, people),
        *_periods(work),
        *_homes(work, people),
        *_readings(work, into),
        *_codes(work),
        *_visits(work, into),
        *_costs(work),
        *_files(work),
        *unused(work, listing),
    ]


def _set_aside(work: Work) -> list[Finding]:
    """Rows set aside, by file and reason."""
    read = {count.file: count.read for count in work.files}
    return [
        Finding(f"Rows set aside: {reason}", file, "fail", count, read.get(file, 0),
                "They count in no figure.", f"The first is row {first:,}{column and f', column {column}'}.")
        for file, column, reason, count, first in work.quarantine.by_reason()
    ]  # fmt: skip


def _people(work: Work, into: Path, people: int) -> list[Finding]:
    label, person = work.label("person"), _table(into, "person")
    unknown, no_sex, rough = work.engine.rows(
        "SELECT count(*) FILTER (ethnic_group = 'Not known'), count(*) FILTER (sex = 'unknown'), "
        f"count(*) FILTER (birth_precision <> 'day') FROM {person}"
    )[0]
    found = [
        fails("People whose ethnic group is not known", label, unknown, people,
               "They are shown as Not known.", of_people=True),
        fails("People whose sex is not known", label, no_sex, people,
               "They are left out of figures for women or men.", of_people=True),
        fails("People without a day of birth", label, rough, people,
               "The first of the month is used, or 1 July where only the year is known.", of_people=True),
    ]  # fmt: skip
    for table, day in (
        ("condition", "start"),
        ("observation", "date"),
        ("medication", "date"),
        ("activity", "start"),
    ):
        rows = _table(into, table)
        before, examined = work.engine.rows(
            f'SELECT count(*) FILTER (e."{day}" < p.birth_date), count(*) FROM {rows} e '
            f"JOIN {person} p USING (person_id)"
        )[0]
        if before:
            found.append(
                fails(
                    "Rows dated before the person was born",
                    table,
                    before,
                    examined,
                    "They are loaded as they stand.",
                )
            )
    return found


def _periods(work: Work) -> list[Finding]:
    if "observation_period" not in work.staged:
        return []
    label = work.label("observation_period")
    without = _number(
        work,
        "SELECT count(DISTINCT person_id) FROM checked_person "
        "WHERE person_id NOT IN (SELECT person_id FROM registration_settled)",
    )
    overlapping, periods = work.engine.rows(
        'SELECT count(*) FILTER (before >= "start"), count(*) FROM (SELECT "start", lag(coalesce("end", '
        "DATE '9999-12-31')) OVER (PARTITION BY person_id ORDER BY \"start\", source_row) AS before "
        "FROM registration_settled)"
    )[0]
    return [
        fails("People in no observation period", label, without, work.staged["person"].rows,
               "Those of them that could be loaded belong to no denominator.", of_people=True),
        fails("Observation periods that overlap the one before", label, overlapping, periods,
               "Both are loaded; a person counts once however many periods a year has."),
    ]  # fmt: skip


def _homes(work: Work, people: int) -> list[Finding]:
    if "location" not in work.staged:
        return []
    label = work.label("location")
    none, no_area, outside, known = work.engine.rows(
        "SELECT count(*) FILTER (NOT named), count(*) FILTER (named AND NOT is_area), "
        "count(*) FILTER (is_area AND NOT known), (SELECT count(*) FROM known_area) FROM home"
    )[0]
    found = [
        fails("People with no home", label, none, people, "They count in no place of residence.", of_people=True),
        fails("People whose home has no code of a small area", label, no_area, people,
               "location_source_value is not such a code, so they count in no place of residence.", of_people=True),
    ]  # fmt: skip
    if known:
        found.append(
            fails("People whose home is outside the areas known here", label, outside, people,
                   "They count in no place of residence.", of_people=True)
        )  # fmt: skip
    return found


def _readings(work: Work, into: Path) -> list[Finding]:
    """Values that came with no unit, and values brought to another unit, by what was measured."""
    rows = work.engine.rows(
        "SELECT o.source_file, f.family, count(*) FILTER (o.unit IS NULL), count(*) FROM "
        f"{_table(into, 'observation')} o JOIN unit_family f USING (system, code) "
        "WHERE o.value IS NOT NULL GROUP BY ALL ORDER BY ALL"
    )
    found = [
        fails(f"{family} results without a unit", file, without, values,
               "They count as done; their values are not compared.")
        for file, family, without, values in rows
    ]  # fmt: skip
    for name in ("measurement", "observation"):
        converted = work.tallies.get(name, {}).get("converted", 0)
        if converted:
            found.append(
                Finding("Values brought to the unit used here", work.label(name), "pass",
                        converted, work.staged[name].rows,
                        "For example HbA1c from % to mmol/mol by the IFCC master equation.")
            )  # fmt: skip
    return found


def _codes(work: Work) -> list[Finding]:
    """How many rows carry a code that no concept gave."""
    found = []
    for name, tally in work.tallies.items():
        label, rows = work.label(name), work.staged[name].rows
        if tally.get("by_check_digit"):
            found.append(
                Finding("Rows without a concept whose source value is a SNOMED CT identifier", label, "pass",
                        tally["by_check_digit"], rows, "The source value is taken as the SNOMED code.")
            )  # fmt: skip
        if tally.get("local"):
            found.append(
                fails("Rows with neither a concept nor a code of a known system", label,
                       tally["local"], rows,
                       "They are loaded with the source's own code, which no code list holds.")
            )  # fmt: skip
        if tally.get("by_number"):
            found.append(
                fails("Rows whose concept is not in CONCEPT", label, tally["by_number"], rows,
                       "They are loaded with the concept's number, which no code list holds: add CONCEPT to "
                       "the feed.")
            )  # fmt: skip
    return found


def _visits(work: Work, into: Path) -> list[Finding]:
    found = []
    activity = _table(into, "activity")
    dangling = work.engine.rows(
        "SELECT c.source_file, count(*) FILTER (c.activity_id IS NOT NULL AND a.activity_id IS NULL), "
        "count(*) "
        f"FROM {_table(into, 'activity_code')} c LEFT JOIN {activity} a USING (activity_id) "
        "GROUP BY ALL ORDER BY ALL"
    )
    for file, count, rows in dangling:
        if count:
            found.append(
                fails("Rows whose visit is not loaded", file, count, rows, "They belong to no activity.")
            )
    for name, tally in work.tallies.items():
        if tally.get("of_another"):
            found.append(
                fails("Rows whose visit is another person's", work.label(name), tally["of_another"],
                       work.staged[name].rows, "They are loaded and belong to no activity.")
            )  # fmt: skip
    stays = work.tallies.get("visit_occurrence", {})
    if stays.get("inpatient"):
        found.append(
            Finding("Inpatient stays of which nothing tells how they began",
                    work.label("visit_occurrence"), "fail" if stays["unclassified"] else "pass",
                    stays["unclassified"], stays["inpatient"],
                    "They count neither as emergency nor as planned admissions.")
        )  # fmt: skip
    return found


def _costs(work: Work) -> list[Finding]:
    if "cost" not in work.staged:
        return []
    label = work.label("cost")
    assumed, costs = work.engine.rows(
        "SELECT count(*) FILTER (coalesce(currency_concept_id, 0) = 0), count(*) FROM checked_cost WHERE "
        "fault IS NULL"
    )[0]
    unused = _number(
        work,
        "SELECT count(*) FROM checked_cost WHERE fault IS NULL "
        "AND coalesce(lower(cost_domain_id) NOT IN ('visit', 'drug'), true)",
    )
    return [
        fails("Costs that name no currency", label, assumed, costs, "They are taken as pounds sterling."),
        fails("Costs of something other than a visit or a drug", label, unused, costs, "They are not used."),
    ]


def _files(work: Work) -> list[Finding]:
    found = []
    for name, staged in work.staged.items():
        label, headings = staged.file.label, len(staged.file.columns)
        if staged.wide:
            found.append(
                fails(f"Rows with {staged.fields} fields under {headings} headings", label,
                       staged.wide, staged.rows,
                       "The fields beyond the headings are empty and were passed over.")
            )  # fmt: skip
        if staged.breaks:
            found.append(
                fails("Line breaks inside quotation marks", label, staged.breaks, staged.rows,
                       "If the file has no texts of several lines, a quotation mark is left open.")
            )  # fmt: skip
        if staged.numbers:
            found.append(
                fails("Texts that held an NHS number", label, staged.numbers, staged.rows,
                       "They are kept nowhere: send the person's number in its own column alone.")
            )  # fmt: skip
        if staged.words:
            found.append(
                Finding("Source values that are words and no code", label, "pass", staged.words, staged.rows,
                        f"Of more than {LONGEST_CODE} characters, or with blanks: they are kept nowhere.")
            )  # fmt: skip
        if staged.missing:
            found.append(
                Finding("Columns not sent", label, "not applicable", len(staged.missing),
                        len(cdm.READ[name].columns),
                        f"Nothing was read for {', '.join(staged.missing)}.")
            )  # fmt: skip
        differing = work.differing.get(name, 0)
        if differing:
            found.append(
                fails("Rows repeated with other content", label, differing, staged.rows,
                       "The first row is kept; ask the sender which is right.")
            )  # fmt: skip
    last = f"Activity and registration end on {plain_day(work.last_day)}."
    return [*found, Finding("The last day of the data", work.options.source, "pass", consequence=last)]


def _table(into: Path, name: str) -> str:
    return quoted(read_from(into / f"{name}.parquet"))


def _number(work: Work, sql: str) -> int:
    number: int = work.engine.rows(sql)[0][0]
    return number
