"""Time a build beside the fastest SQL written by hand for the same sums: `python bench/build.py`.

Makes canonical tables of 300,000 residents with 15 million contacts (bench/canonical.py), then prints

- time, work of the processor and peak memory of both contestants, and their ratios. The build goes from
  canonical tables to the sums of sixteen measures of diabetes, of every kind there is. The floor,
  bench/by_hand.sql, does the same in DuckDB knowing the measures, and is spared what a build cannot be: its
  code lists are flat before the clock starts, it reads each table with its measures' own conditions, adds
  up all measures about people with diabetes in one pass by practice and by neighbourhood, and makes every
  higher place from those few rows. It keeps every rule of the people table, and both must give the same
  integers for every measure, place, group, year and age band, or the benchmark fails.
- the same of the facts alone, when 10, 50 and 200 are asked of everyone, and the Parquet scans in the plan
  of each thing kept: every event table is scanned once, however many facts. (One pass before, timed too,
  finds which codes and kinds of contact occur.)

Each contestant runs in a process of its own, in turn, with the same memory limit and threads; the best time
of three counts, and the largest peak. The clock starts after the imports. Nothing is asserted about time;
where other work shares the machine, the processor's seconds are steadier than the clock's.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from canonical import AS_OF, SOURCE, write_canonical
from stewardship.care_areas import diabetes
from stewardship.care_areas.vocabulary import CODE_LISTS
from stewardship.measures.chosen import Chosen
from stewardship.measures.facts import Fact, Facts, facts_in
from stewardship.measures.measure import Measure
from stewardship.measures.sums import Sums, add_up, asked_of, batches, each_measure
from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.periods import EVER, months, years, years_ending
from stewardship.people.table import people_of
from stewardship.records.decisions import USES
from stewardship.records.engine import Engine
from stewardship.records.engines import ExpressionEngine
from stewardship.records.gate import open_records, permit
from stewardship.records.model import ETHNIC_GROUPS, TABLES
from stewardship.records.opened import Records

MEMORY, RUNS = "4GB", 3
PERIODS = years_ending(date.fromisoformat(AS_OF))
MEASURES = (
    "people-with-diabetes",
    "people-with-type-2-diabetes",
    "cost-of-all-care-of-people-with-diabetes",
    "diabetes-medicines-and-devices",
    "emergency-hospital-stays",
    "gp-appointments-per-1-000-people-with-diabetes",
    "outpatient-attendances-per-1-000-people-with-diabetes",
    "diabetes-clinic-attendances-per-1-000-people-with-diabetes",
    "emergency-department-attendances-per-1-000-people-with-diabetes",
    "emergency-admissions-per-1-000-people-with-diabetes",
    "emergency-admissions-for-diabetes-per-100-000-residents",
    "residents-aged-17-and-over-with-diabetes",
    "deaths-under-75-of-people-with-diabetes-per-1-000",
    "all-eight-care-processes-type-2",
    "hba1c-58-mmol-mol-or-under",
    "major-lower-limb-amputation-per-10-000",
)
KEYS = ["measure", "level", "place", "by", "group", "period", "band"]
COLUMNS = [*KEYS, "people", "days", "added", "behind"]
ibis.memtable({"number": [0]})  # the first small table imports what all of them need, before the clock starts
EVENT_TABLES = ("condition", "observation", "medication", "activity", "activity_code")


def opened(folder: Path, engine: ExpressionEngine) -> Records:
    """The records, all of them seen."""
    use, today = USES["planning-results"], date.fromisoformat(AS_OF)
    permitted = permit(use, row=6, basis="a benchmark", anonymised="made up", opt_outs=None, today=today)
    return open_records(folder, engine, permitted)


def compiled(folder: Path, engine: ExpressionEngine) -> Callable[[], Any]:
    """The build as it is, ready to run: from canonical tables to the sums of each measure."""
    by_key = {measure.key: measure for _, measure in diabetes.care_area.measures()}
    measures = [by_key[key] for key in MEASURES]

    def run() -> dict[Measure, Sums]:
        records = opened(folder, engine)
        people = people_of(records, PERIODS).kept(engine)
        facts = Facts(records, _facts_of(measures), PERIODS)
        chosen = Chosen(people, facts, measures, engine)
        return {
            measure: sums
            for batch in batches(measures)
            for measure, sums in each_measure(
                add_up(asked_of(chosen, facts, batch), engine), batch, people.names
            ).items()
        }

    return run


def _facts_of(measures: Sequence[Measure]) -> list[Fact]:
    parts = [part for m in measures for part in (m.who, m.numerator) if part is not None]
    return [fact for part in parts for fact in facts_in(part)]


def by_hand(folder: Path, engine: Engine) -> Callable[[], Any]:
    """The floor, ready to run: the statements of by_hand.sql, with the code lists already flat."""
    present = [
        (system, code)
        for table in EVENT_TABLES
        if table != "activity"
        for system, code in engine.rows(
            f"SELECT DISTINCT system, code FROM '{folder}/sources/{SOURCE}/{table}.parquet'"
        )
    ]
    listed = [
        (name, *pair) for name in CODE_LISTS.names() for pair in CODE_LISTS.get(name).among(set(present))
    ]
    rows = ", ".join(f"('{name}', '{system}', '{code}')" for name, system, code in listed)
    engine.run(f"CREATE TEMP TABLE listed AS FROM (VALUES {rows}) t(list, system, code)")
    text = (Path(__file__).parent / "by_hand.sql").read_text(encoding="utf-8")
    text = text.replace("{folder}", str(folder)).replace("{ethnic_groups}", str(list(ETHNIC_GROUPS)))

    def run() -> pa.Table:
        engine.run(text)
        return engine.arrow("FROM figures")

    return run


def as_table(result: Any) -> pa.Table:
    """Either contestant's result as one row a measure, place, group, year and band, in order."""
    if not isinstance(result, pa.Table):
        result = pa.concat_tables(
            pa.table(
                {"measure": np.full(len(sums.people), measure.key)}
                | {name: getattr(sums, name) for name in COLUMNS[1:]}
            )
            for measure, sums in result.items()
        )
    texts, numbers = COLUMNS[:5], COLUMNS[5:]
    columns = {name: result[name].cast(pa.string()) for name in texts}
    columns |= {name: result[name].cast(pa.int64()) for name in numbers}
    columns["group"] = columns["group"].fill_null("not known")
    return pa.table(columns).sort_by([(key, "ascending") for key in KEYS]).combine_chunks()


def of_many_facts(folder: Path, engine: ExpressionEngine, count: int) -> Callable[[], Any]:
    """So many facts, of every event table in turn, ready to be read for everyone."""
    records = opened(folder, engine)
    facts = many_facts(records, count)

    def run() -> Any:
        made = Facts(opened(folder, engine), facts, PERIODS).of(facts)
        return [engine.ibis.to_pyarrow(each.table.count()).as_py() for each in made]

    return run


def many_facts(records: Records, count: int) -> list[Fact]:
    """Distinct facts; a list holds one code in fifty of its table's."""
    codes: dict[str, list[CodeRule]] = {table: [] for table in TABLES}
    for use in sorted(records.code_uses, key=lambda use: (use.system, use.code)):
        codes[use.table].append(CodeRule(use.system, use.code))
    windows = (years(1), EVER, months(15), years(3))
    points = list(dict.fromkeys(kind["point_of_delivery"] for kind in records.activity_kinds))
    facts = []
    for number in range(count):
        table, turn = EVENT_TABLES[number % len(EVENT_TABLES)], number // len(EVENT_TABLES)
        of = codes["activity_code" if table == "activity" else table]
        rules = tuple(of[turn % 50 :: 50])
        unit = "mmol/mol" if table == "observation" and turn % 2 else ""
        listed = CodeList(f"{table}-{turn}", table, "1", rules, unit)
        window = windows[turn % len(windows)]
        if table == "activity":
            point = (points[turn % len(points)],)
            by_diagnosis = turn % 2 == 0
            fact = Fact(
                table, ("count", "cost")[turn // 2 % 2], window, listed if by_diagnosis else None, point
            )
        else:
            fact = Fact(table, "value" if unit else "count", window, listed)
        facts.append(fact)
    return facts


class CountingEngine(Engine):
    """An engine that counts the Parquet scans in the plan of everything it works out and keeps."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.scans: Counter[str] = Counter()

    def keep(self, name: str, expression: Any) -> Any:
        """Keep as ever, and count the scans."""
        kept = super().keep(name, expression)
        plan = self.rows(f"EXPLAIN {self.ibis.compile(expression)}")[0][1]
        self.scans[name] += plan.count("READ_PARQUET")
        return kept


def contest(name: str, folder: Path, result: Path) -> None:
    """Run one contestant in this process: print seconds, peak memory and scans, and write its result down."""
    contestants = {"compiled": compiled, "by hand": by_hand}
    scratch, counting = result.parent / "scratch", name not in contestants
    engine = (
        CountingEngine(scratch=scratch, memory=MEMORY) if counting else Engine(scratch=scratch, memory=MEMORY)
    )
    run = of_many_facts(folder, engine, int(name)) if counting else contestants[name](folder, engine)
    start, worked = time.perf_counter(), time.process_time()
    made = run()
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    scans = engine.scans if isinstance(engine, CountingEngine) else {}
    print(json.dumps({"seconds": seconds, "worked": worked, "peak": peak, "scans": scans}))
    if not counting:
        pq.write_table(as_table(made), result)


def in_a_process(name: str, folder: Path, result: Path) -> dict[str, Any]:
    """A contestant's figures, from a process of its own."""
    command = [sys.executable, __file__, "--contestant", name, str(folder), str(result)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: dict[str, Any] = json.loads(printed)
    return figures


def line(what: str, runs: Sequence[dict[str, Any]], more: str = "") -> None:
    """Print the best times and the largest peak of some runs."""
    peak = max(run["peak"] for run in runs) / 1e9
    print(
        f"{what:24}{best(runs, 'seconds'):9.2f} s{best(runs, 'worked'):9.2f} s{peak:9.2f} GB  {more}",
        flush=True,
    )


def best(runs: Sequence[dict[str, Any]], what: str) -> float:
    """The least of some runs."""
    return float(min(run[what] for run in runs))


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description="Time a build beside the fastest SQL written by hand.")
    parser.add_argument("--residents", type=int, default=300_000)
    parser.add_argument("--contestant", nargs=3, metavar=("NAME", "FOLDER", "RESULT"), help=argparse.SUPPRESS)
    parser.add_argument("--make", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.make:
        engine = Engine(scratch=asked.make.parent / "scratch", memory=MEMORY)
        write_canonical(asked.make, engine, asked.residents)
        return
    if asked.contestant:
        name, folder, result = asked.contestant
        contest(name, Path(folder), Path(result))
        return
    with tempfile.TemporaryDirectory() as name:
        make_and_time(Path(name), asked.residents)


def make_and_time(temporary: Path, residents: int) -> None:
    """Make the tables, then run every contestant."""
    folder = temporary / "records"
    # In a process of its own, because a process inherits the peak memory of the one that starts it.
    command = [sys.executable, __file__, "--make", str(folder), "--residents", str(residents)]
    subprocess.run(command, check=True)
    contacts = pq.read_metadata(folder / "sources" / SOURCE / "activity.parquet").num_rows
    print(f"{residents:,} residents, {contacts:,} contacts, {len(MEASURES)} measures")
    print(f"{'':24}{'clock':>11}{'processor':>11}{'peak':>12}")

    runs: dict[str, list[dict[str, Any]]] = {"compiled": [], "by hand": []}
    results = {name: temporary / f"{name}.parquet" for name in runs}
    for _ in range(RUNS):
        for name, made in runs.items():
            made.append(in_a_process(name, folder, results[name]))
    same = pq.read_table(results["compiled"])
    if not same.equals(pq.read_table(results["by hand"])):
        sys.exit("The build and the SQL by hand give different sums.")
    for name, made in runs.items():
        line(name, made)
    clock, work = (best(runs["compiled"], of) / best(runs["by hand"], of) for of in ("seconds", "worked"))
    print(f"{'ratio':24}{clock:9.2f}  {work:9.2f}    the {same.num_rows:,} rows of both are equal\n")

    for count in (10, 50, 200):
        run = in_a_process(str(count), folder, temporary / "facts")
        scans = ", ".join(f"{name.removeprefix('facts_of_')} {n}" for name, n in run["scans"].items())
        line(f"{count} facts of {len(EVENT_TABLES)} tables", [run], f"scans: {scans}")


if __name__ == "__main__":
    main()
