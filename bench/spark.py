"""Time a build on Spark beside the same build on DuckDB: from canonical tables to the sums of each measure.

    python bench/spark.py                             30,000 and 120,000 residents, two threads of this machine
    python bench/spark.py --residents 150000 600000   sizes of your own
    python bench/spark.py --master spark://HOST:7077  a cluster that finds the temporary folder under the same path
    (its secret: the environment variable STEWARDSHIP_SPARK_SECRET)

Each engine works in a process of its own, and Spark's start is not counted. The last lines draw a straight line
through the times of the smallest and the largest size: the time that any build takes, and what each resident adds.
Where Spark's residents cost less than DuckDB's, the two lines cross, and that size is printed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from build import as_table, compiled
from canonical import write_canonical
from stewardship.records.engine import Engine
from stewardship.records.engines import ExpressionEngine
from stewardship.system.environment import spark_secret

ENGINES = ("duckdb", "spark")
MEMORY = "4GB"
THREADS = 2


def opened(name: str, master: str, scratch: Path) -> ExpressionEngine:
    """An engine, started."""
    if name == "duckdb":
        return Engine(scratch=scratch, memory=MEMORY, threads=THREADS)
    from stewardship.records.spark import SparkEngine

    return SparkEngine(master=master, scratch=scratch, memory=MEMORY, secret=spark_secret())


def contest(name: str, master: str, folder: Path, result: Path) -> None:
    """Run one engine in this process: print its seconds, and write its sums down."""
    engine = opened(name, master, result.parent / f"{name}-scratch")
    run: Any = compiled(folder, engine)
    start = time.perf_counter()
    made = run()
    print(json.dumps({"seconds": time.perf_counter() - start}))
    pq.write_table(as_table(made), result)
    engine.close()


def seconds(name: str, master: str, folder: Path, result: Path) -> float:
    """An engine's time, in a process of its own."""
    command = [sys.executable, __file__, "--master", master, "--contestant", name, str(folder), str(result)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return float(json.loads(done.stdout.splitlines()[-1])["seconds"])


def timed(temporary: Path, residents: int, master: str) -> dict[str, float]:
    """Make the tables of so many residents, and time every engine on them; both must give the same sums."""
    folder = temporary / "records"
    engine = Engine(scratch=temporary / "scratch", memory=MEMORY, threads=THREADS)
    write_canonical(folder, engine, residents)
    engine.close()
    results = {name: temporary / f"{name}.parquet" for name in ENGINES}
    times = {name: seconds(name, master, folder, result) for name, result in results.items()}
    sums = [pq.read_table(result) for result in results.values()]
    if not sums[0].equals(sums[1]):
        sys.exit("The two engines give different sums.")
    return times


def crossing(sizes: Sequence[int], times: Sequence[dict[str, float]]) -> None:
    """Print what a build takes on each engine at any size, and from which size on Spark takes less."""
    few, many = sizes[0], sizes[-1]
    each = {name: (times[-1][name] - times[0][name]) / (many - few) for name in ENGINES}
    always = {name: times[0][name] - each[name] * few for name in ENGINES}
    for name in ENGINES:
        print(f"{name}: {always[name]:.1f} s, and {each[name] * 1e6:.1f} s for each million residents")
    saved = each["duckdb"] - each["spark"]
    if saved <= 0:
        workers = each["spark"] / each["duckdb"]
        print(
            f"Spark needs more than {workers:.1f} times DuckDB's processors before it takes less at any size."
        )
    else:
        print(f"Spark takes less from {(always['spark'] - always['duckdb']) / saved:,.0f} residents on.")


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description="Time a build on Spark beside the same build on DuckDB.")
    parser.add_argument("--residents", type=int, nargs="+", default=[30_000, 120_000])
    parser.add_argument("--master", default=f"local[{THREADS}]")
    parser.add_argument("--contestant", nargs=3, metavar=("NAME", "FOLDER", "RESULT"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.contestant:
        name, folder, result = asked.contestant
        contest(name, asked.master, Path(folder), Path(result))
        return
    sizes, times = sorted(asked.residents), []
    print(f"{'residents':>12}{'DuckDB':>12}{'Spark':>12}{'ratio':>9}   ({asked.master})")
    for residents in sizes:
        with tempfile.TemporaryDirectory() as temporary:
            took = timed(Path(temporary), residents, asked.master)
        times.append(took)
        print(
            f"{residents:12,}{took['duckdb']:10.1f} s{took['spark']:10.1f} s{took['spark'] / took['duckdb']:9.1f}",
            flush=True,
        )
    if len(sizes) > 1:
        crossing(sizes, times)


if __name__ == "__main__":
    main()
