"""Time the making of a synthetic system: `python bench/synthesise.py [RESIDENTS ...]`.

For each size (default 60,000, 300,000 and 1,200,000 residents of five years) prints seconds, residents and rows a second,
work of the processor, peak memory, bytes written, and rows by table; and the same of a floor in the same run: one batch,
made before its clock starts, of which each table is written as often as there are batches, with pyarrow and as many
threads. The floor makes nothing up, keeps no order, and puts no row into the file of its month.

Each contestant runs in a process of its own. With --tables it prints rows by table; with --profile, where a batch's time
goes. Nothing is asserted about time.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.cli.synthesising import cores
from stewardship.synthetic.batches import Making
from stewardship.synthetic.delivering import with_used_texts_only
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.synthesise import synthesise

SIZES = (60_000, 300_000, 1_200_000)
LAST_DAY = date(2026, 3, 31)


def plan_of(residents: int, years: int) -> Plan:
    return Plan(residents, years, 1, LAST_DAY)


def made(plan: Plan, folder: Path) -> dict[str, Any]:
    return {"tables": dict(synthesise(plan, folder, threads=cores()).rows)}


def floor(plan: Plan, folder: Path) -> dict[str, Any]:
    making = Making.of(plan)
    tables = [with_used_texts_only(extract.rows) for extract in making.batch(0).extracts]
    started, before = time.monotonic(), time.process_time()

    def write(item: tuple[int, pa.Table]) -> int:
        number, table = item
        with pq.ParquetWriter(folder / f"{number}.parquet", table.schema, compression="snappy") as writer:
            for _ in range(making.batches):
                writer.write_table(table)
        return table.num_rows * making.batches

    with ThreadPoolExecutor(cores()) as pool:
        rows = sum(pool.map(write, enumerate(tables)))
    return {
        "rows": rows,
        "seconds": time.monotonic() - started,
        "processor": time.process_time() - before,
    }


def profile(plan: Plan) -> None:
    """Where the time of one batch goes, by the functions that take longest."""
    import cProfile
    import pstats

    making = Making.of(plan)
    making.batch(0)  # what is worked out once is worked out here
    with cProfile.Profile() as clock:
        making.batch(1 % making.batches)
    pstats.Stats(clock).sort_stats("cumulative").print_stats("stewardship", 45)


def contestant(what: str, residents: int, years: int) -> None:
    """In a process of its own: one line of JSON."""
    plan = plan_of(residents, years)
    started, before = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory() as name:
        told = (made if what == "made" else floor)(plan, Path(name))
        told.setdefault("seconds", time.monotonic() - started)
        told.setdefault("processor", time.process_time() - before)
        told["bytes"] = sum(path.stat().st_size for path in Path(name).rglob("*.*"))
    told["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(json.dumps(told) + "\n")


def run(what: str, residents: int, years: int) -> dict[str, Any]:
    words = [sys.executable, __file__, "--contestant", what, str(residents), "--years", str(years)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("residents", nargs="*", type=int, default=SIZES)
    asked.add_argument("--years", type=int, default=5)
    asked.add_argument("--tables", action="store_true")
    asked.add_argument("--profile", action="store_true")
    asked.add_argument("--contestant", choices=("made", "floor"))
    wanted = asked.parse_args()
    if wanted.contestant:
        contestant(wanted.contestant, wanted.residents[0], wanted.years)
        return
    if wanted.profile:
        profile(plan_of(wanted.residents[0], wanted.years))
        return
    columns = (
        "residents",
        "rows",
        "seconds",
        "residents/s",
        "rows/s",
        "processor",
        "GB peak",
        "GB files",
        "floor s",
        "ratio",
    )
    print(" ".join(f"{name:>13}" for name in columns))
    for residents in wanted.residents:
        told, least = run("made", residents, wanted.years), run("floor", residents, wanted.years)
        rows = sum(told["tables"].values())
        cells = (
            f"{residents:,}", f"{rows:,}", f"{told['seconds']:.1f}", f"{residents / told['seconds']:,.0f}",
            f"{rows / told['seconds']:,.0f}", f"{told['processor']:.1f}", f"{told['memory'] / 1e9:.2f}",
            f"{told['bytes'] / 1e9:.2f}", f"{least['seconds']:.1f}", f"{told['seconds'] / least['seconds']:.2f}",
        )  # fmt: skip
        print(" ".join(f"{cell:>13}" for cell in cells))
        if wanted.tables:
            for table, count in sorted(told["tables"].items()):
                print(f"    {table:40} {count:>13,}")


if __name__ == "__main__":
    main()
