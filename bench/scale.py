"""What builds cost as the work grows: `python bench/scale.py 150000 300000 600000 1200000 --folder SCRATCH`.

For each number of residents a synthetic system is made in the folder (once, and not counted), and built three times,
each time as `stewardship build` in a process of its own:

- in full: every partner's file is read, and everything after it worked out;
- from unchanged files: canonical tables are taken as they were read, and everything after them worked out;
- with one new file: the hospital's admissions of one month, sent again with changes.

Prints a table of wall time, the processor's time, the largest memory and the bytes read, for `docs/scale.md`; the
exponent with which full builds grow (the slope of log time on log residents); the share of a rebuild with one new
file in a full build; and, at the largest size, the ratio to the fastest SQL written by hand, as `bench/build.py` takes
it. With --spark ADDRESS, rebuilds of the two smallest sizes on that master too, and from their fixed cost and slope the
size at which so many machines of this kind would be faster than one.
"""

import argparse
import json
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SIZES = (150_000, 300_000, 600_000, 1_200_000)
MACHINES = (4, 16, 64)
COMMAND = [sys.executable, "-c", "from stewardship.cli import main; main()"]
SENT_AGAIN = "sent-again"


@dataclass(frozen=True)
class Cost:
    """What a process cost: seconds of the clock and of the processor, largest memory and bytes read, in bytes."""

    seconds: float
    worked: float
    peak: int
    read: int


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description="What builds cost as the work grows.")
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, metavar="RESIDENTS")
    parser.add_argument("--folder", type=Path, help="Folder that systems are made and kept in.")
    parser.add_argument("--memory", default="7GB", help="The memory that the engine may take.")
    parser.add_argument(
        "--spark", metavar="ADDRESS", default="", help="Spark's master to rebuild on as well."
    )
    parser.add_argument("--no-ratio", action="store_true", help="Leave out the SQL written by hand.")
    parser.add_argument("--command", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.command:
        counted(asked.command)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        systems = {size: System(folder / str(size), size, asked.memory) for size in sorted(asked.sizes)}
        print_table(systems)
        if asked.spark:
            print_spark(list(systems.values())[:2], asked.spark)
        if not asked.no_ratio:
            print_ratio(folder, max(systems))


class System:
    """A synthetic system of so many residents, its files and its settings, in a folder."""

    def __init__(self, folder: Path, residents: int, memory: str) -> None:
        self.folder, self.residents, self.memory = folder, residents, memory
        self.full = self.unchanged = self.one_new = Cost(0.0, 0.0, 0, 0)

    @property
    def rows(self) -> int:
        """How many rows the partners' files have."""
        import pyarrow.parquet as pq  # not before: a process inherits the peak memory of the one that starts it

        files = [
            path for path in (self.folder / "extracts").rglob("*.parquet") if SENT_AGAIN not in path.parts
        ]
        return sum(pq.read_metadata(path).num_rows for path in files)

    def measure(self) -> None:
        """Build it in full, unchanged, and with one new file."""
        extracts, sent, system = (self.folder / name for name in ("extracts", "sent", "system"))
        if not (extracts / "truth.json").is_file():
            shutil.rmtree(extracts, ignore_errors=True)
            self.folder.mkdir(parents=True, exist_ok=True)
            run([*COMMAND, "synthesise", "--residents", str(self.residents), "--out", str(extracts)])
        for stale in (sent, system):
            shutil.rmtree(stale, ignore_errors=True)
        shutil.copytree(extracts, sent, copy_function=os.link)
        self.full = cost([*("demo", "--extracts", str(sent), "--folder", str(system), "--only-build")])
        self.set_engine(f'memory = "{self.memory}"')
        self.unchanged = self.rebuild()
        send_again(sent)
        self.one_new = self.rebuild()

    def set_engine(self, lines: str) -> None:
        """Change the table [engine] of the settings."""
        settings = self.folder / "system" / "system.toml"
        before = settings.read_text(encoding="utf-8").partition("\n[engine]")[0]
        settings.write_text(f"{before}\n[engine]\n{lines}\n", encoding="utf-8")

    def rebuild(self) -> Cost:
        """Build what has been built before."""
        return cost(["build", "--system", str(self.folder / "system")])


def send_again(sent: Path) -> None:
    """Put the files that are sent again in the place of those they correct."""
    for path in sorted((sent / SENT_AGAIN).rglob("*.parquet"))[:1]:
        corrected = sent / path.relative_to(sent / SENT_AGAIN)
        corrected.unlink()
        shutil.copy2(path, corrected)


def cost(command: Sequence[str]) -> Cost:
    """What a command of the workspace costs, in a process of its own."""
    printed = run([sys.executable, __file__, "--command", *command])
    told: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return Cost(**told)


def run(command: Sequence[str]) -> str:
    """What a command prints; the benchmark ends with its words where it fails."""
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}")
    return ended.stdout


def counted(command: Sequence[str]) -> None:
    """Run a command of the workspace in this process, then print what it cost."""
    start = time.perf_counter()
    from stewardship.cli import main as stewardship  # the imports are part of the cost

    sys.argv = ["stewardship", *command]
    try:
        stewardship()
    except SystemExit as ended:
        if ended.code:
            raise
    used = resource.getrusage(resource.RUSAGE_SELF)
    read = dict(line.split(": ") for line in Path("/proc/self/io").read_text(encoding="utf-8").splitlines())
    told = Cost(
        seconds=time.perf_counter() - start,
        worked=used.ru_utime + used.ru_stime,
        peak=used.ru_maxrss * 1024,
        read=int(read["rchar"]),
    )
    print(json.dumps(told.__dict__))


def print_table(systems: dict[int, System]) -> None:
    """The table of all sizes, and the slope and share that follow from it."""
    print("| residents | rows | build | clock | processor | largest memory | read |")
    print("|---:|---:|---|---:|---:|---:|---:|")
    for residents, system in systems.items():
        system.measure()
        for name, of in (
            ("in full", system.full),
            ("unchanged", system.unchanged),
            ("one new file", system.one_new),
        ):
            numbers = (
                f"{of.seconds:,.0f} s | {of.worked:,.0f} s | {of.peak / 1e9:.1f} GB | {of.read / 1e9:.1f} GB"
            )
            print(f"| {residents:,} | {system.rows:,} | {name} | {numbers} |", flush=True)
    print()
    for name, of in (("clock", "seconds"), ("processor", "worked")):
        times = [getattr(system.full, of) for system in systems.values()]
        if len(times) > 1:
            print(
                f"Full builds grow with the residents to the power of {slope(list(systems), times):.2f} ({name})."
            )
    for residents, system in systems.items():
        share = system.one_new.seconds / system.full.seconds
        print(f"With one new file at {residents:,}: {100 * share:.0f}% of the time of a full build.")


def slope(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The slope of log time on log size, by least squares."""
    x, y = [math.log(size) for size in sizes], [math.log(each) for each in times]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    over = sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True))
    return over / sum((a - middle_x) ** 2 for a in x)


def print_spark(systems: Sequence[System], address: str) -> None:
    """Rebuilds on Spark, and the size at which so many machines would be faster than one."""
    found = {}
    for system in systems:
        here = system.rebuild().seconds
        system.set_engine(f'engine = "spark"\nmaster = "{address}"\nmemory = "{system.memory}"')
        found[system.residents] = (here, system.rebuild().seconds)
    (small, (here_small, spark_small)), (large, (here_large, spark_large)) = found.items()
    here_slope, spark_slope = (
        (here_large - here_small) / (large - small),
        (spark_large - spark_small) / (large - small),
    )
    here_fixed, spark_fixed = here_small - here_slope * small, spark_small - spark_slope * small
    print(f"\nOn one machine {here_fixed:.0f} s and {1e6 * here_slope:.0f} s a million residents; on Spark, of the same "
          f"cores, {spark_fixed:.0f} s and {1e6 * spark_slope:.0f} s.")  # fmt: skip
    for machines in MACHINES:
        gain = here_slope - spark_slope / machines
        wins = f"from {(spark_fixed - here_fixed) / gain:,.0f} residents on" if gain > 0 else "at no size"
        print(f"Spark on {machines} machines like this one would be faster {wins}.")


def print_ratio(folder: Path, residents: int) -> None:
    """The ratio of the build to the SQL written by hand, from canonical tables of so many made-up residents."""
    from build import best, in_a_process

    records = folder / f"canonical-{residents}" / "records"
    if not (records / "manifest.json").is_file():
        made = [sys.executable, str(Path(__file__).with_name("build.py")), "--make", str(records)]
        run([*made, "--residents", str(residents)])
    results = {name: folder / f"{name}.parquet" for name in ("compiled", "by hand")}
    runs = {name: [in_a_process(name, records, result) for _ in range(2)] for name, result in results.items()}
    ratio = best(runs["compiled"], "seconds") / best(runs["by hand"], "seconds")
    seconds = {name: f"{best(made, 'seconds'):.1f} s" for name, made in runs.items()}
    print(f"\nFrom canonical tables of {residents:,} residents to the sums of sixteen measures: {seconds['compiled']}; by "
          f"hand {seconds['by hand']}; ratio {ratio:.2f}.")  # fmt: skip


if __name__ == "__main__":
    main()
