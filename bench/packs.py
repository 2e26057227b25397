"""How long the pack and the workbook of each care area take: `python bench/packs.py SYSTEM`.

The system has been built. Of every care area at the whole system: the pack when no picture was drawn before (cold), and when all
were (warm), the workbook, their sizes, and the peak of the memory of the process that sets the paper. Beside the warm pack stands
the floor: a paper of its title and the five parts alone, which a process of its own sets in the same way.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from stewardship.measures.current import current
from stewardship.packs.blocks import Pack
from stewardship.profiles.map_drawings import AnyDrawing

PEAK = (
    "import re, sys; from stewardship.packs.press import typeset; typeset(sys.stdin.read(), 0);"
    "print(re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1])"
)


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description="How long packs and workbooks take.")
    parser.add_argument("system", type=Path, help="Folder of a system that has been built.")
    snapshots = parser.parse_args().system / "workspace" / "snapshots"
    with tempfile.TemporaryDirectory() as temporary:
        from stewardship.site.serve import prepare

        os.environ.setdefault("STEWARDSHIP_LOG_KEY", "a key for no log")
        prepare(Path(temporary))
        measure(snapshots, Path(temporary) / "charts")


def measure(snapshots: Path, charts: Path) -> None:
    """Each care area in turn; the first waits for the process that draws."""
    from stewardship.packs.contents import pack_of
    from stewardship.packs.press import PRESS
    from stewardship.packs.workbook import workbook_of
    from stewardship.profiles.figures import AreaFigures
    from stewardship.profiles.pictures import DRAUGHTSMAN, picture

    published = current(snapshots)
    if published is None:
        sys.exit(f"{snapshots} has no snapshot. Build the system first.")
    print(f"load of the machine before: {os.getloadavg()[0]:.2f}; aim: under 3 s, cold")
    print(
        f"{'':40}{'cold':>8}{'warm':>8}{'floor':>8}{'ratio':>7}{'peak':>9}{'size':>9}{'workbook':>10}{'size':>9}"
    )
    for area in published.snapshot.areas:
        figures = AreaFigures(published, area, published.system)

        def draw(drawing: AnyDrawing) -> str:
            return picture(charts, drawing)

        cold, _ = timed(lambda figures=figures: PRESS.pdf(pack_of(figures, draw)))
        warm, paper = timed(lambda figures=figures: PRESS.pdf(pack_of(figures, draw)))
        pack = pack_of(figures, draw)
        floor, _ = timed(lambda pack=pack: PRESS.pdf(replace(pack, sections=(), minute=(), notes=())))
        book, cells = timed(lambda figures=figures: workbook_of(figures))
        print(
            f"{area.key:40}{cold:>6.2f} s{warm:>6.2f} s{floor:>6.2f} s{warm / floor:>7.1f}{peak(pack):>5.0f} MiB"
            f"{len(paper) / 1024:>5.0f} KiB{book:>8.2f} s{len(cells) / 1024:>5.0f} KiB",
            flush=True,
        )
    DRAUGHTSMAN.stop()


def timed(make: Callable[[], bytes]) -> tuple[float, bytes]:
    """Seconds by the clock, and what was made."""
    began = time.perf_counter()
    made = make()
    return time.perf_counter() - began, made


def peak(pack: Pack) -> float:
    """MiB of the process that sets the pack, at its highest."""
    content = json.dumps(asdict(pack), default=str)
    told = subprocess.run(
        [sys.executable, "-c", PEAK], input=content, capture_output=True, text=True, check=True
    )
    return int(told.stdout) / 1024


if __name__ == "__main__":
    main()
