"""Where the time of a first `stewardship demo` goes: `python bench/demonstration.py [RESIDENTS]`.

Makes a synthetic system of 60,000 residents with five years, reads it, builds, and prints for each step the seconds by the
clock and the seconds of the processor, before the pages are served. Nothing is asserted about time; where other work
shares the machine, the processor's seconds over the number of cores are nearer to what a quiet machine takes.
"""

import argparse
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from stewardship.build import build
from stewardship.cli.demonstrating import of_extracts
from stewardship.cli.synthesising import cores
from stewardship.synthetic.asked import LAST_DAY
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.synthesise import synthesise
from stewardship.system.making import demonstration
from stewardship.system.opened import identities, open_system


class Clock:
    """Seconds by the clock and of the processor, by the first word or two of what is being done."""

    def __init__(self) -> None:
        self.steps: dict[str, list[float]] = {}
        self._now, self._at = "", self._read()

    def __call__(self, what: str, _done: float) -> None:
        words = what.split(" ")
        name = " ".join(words[:2]) if words[0] in ("Checking", "Making") else words[0]
        if name == "Reading":
            name = what if "." not in what and "_" not in what else self._now
        if name != self._now:
            self.stop()
            self._now = name

    def stop(self) -> None:
        now = self._read()
        step = self.steps.setdefault(self._now, [0.0, 0.0])
        for place in range(2):
            step[place] += now[place] - self._at[place]
        self._at = now

    def _read(self) -> tuple[float, float]:
        return time.monotonic(), time.process_time()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("residents", nargs="?", type=int, default=60_000)
    asked.add_argument("--years", type=int, default=5)
    wanted = asked.parse_args()
    clock, now = Clock(), datetime.now(UTC)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        extracts = folder / "extracts"
        extracts.mkdir()
        synthesise(
            Plan(wanted.residents, wanted.years, 1, LAST_DAY), extracts, threads=cores(), progress=clock
        )
        demonstration(folder / "demo", of_extracts(extracts, seed=1, today=now.date(), as_of=None))
        system = open_system(folder / "demo", to_read_sources=True)
        build(system, now=now, identities=identities(system), progress=clock)
        clock.stop()
    print(f"{'step':40} {'seconds':>9} {'processor':>10}")
    for step, (seconds, processor) in clock.steps.items():
        if step:
            print(f"{step:40} {seconds:9.1f} {processor:10.1f}")
    print(
        f"{'in all':40} {sum(s for s, _ in clock.steps.values()):9.1f} {sum(p for _, p in clock.steps.values()):10.1f}"
    )


if __name__ == "__main__":
    main()
