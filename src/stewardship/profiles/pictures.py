"""Pictures of charts: drawn on first view by processes of their own, and kept by what they show.

The pages do not depend on it: where a picture cannot be drawn in time, the figures still stand as a table.
"""

import multiprocessing
import os
import signal
import tempfile
import threading
import time
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import LifoQueue

from stewardship.profiles.drawings import WIDE, Drawing, Point
from stewardship.profiles.map_drawings import AnyDrawing
from stewardship.profiles.svg import cleaned

PATIENCE = 20.0  # seconds for one picture, the first of which starts the process
REST = 60.0  # seconds without another try after a process died or ran out of time


class NotDrawnError(Exception):
    """A picture could not be drawn."""


class Draughtsman:
    """One process that draws, one picture at a time; started when first needed, replaced when it fails."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._resting_until = 0.0

    def draw(self, drawing: AnyDrawing, width: int) -> str:
        """The picture as SVG; NotDrawnError, in words, when it cannot be had."""
        with self._lock:
            if time.monotonic() < self._resting_until:
                raise NotDrawnError("drawing failed a moment ago and will be tried again within a minute")
            pipe = self._connected()
            try:
                pipe.send((drawing, width))
                if not pipe.poll(self._patience):
                    raise NotDrawnError(f"it took longer than {self._patience:.0f} seconds")
                drawn, result = pipe.recv()
            except (OSError, EOFError, NotDrawnError) as stopped:
                self.stop()
                self._resting_until = time.monotonic() + REST
                raise NotDrawnError(str(stopped) or "the drawing process ended") from stopped
        if not drawn:
            raise NotDrawnError(result)
        return str(result)

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _connected(self) -> Connection:
        if self._process is None or not self._process.is_alive() or self._pipe is None:
            spawn = multiprocessing.get_context("spawn")
            self._pipe, theirs = spawn.Pipe()
            self._process = spawn.Process(target=work, args=(theirs,), daemon=True, name="drawing charts")
            self._process.start()
            theirs.close()
        return self._pipe


def work(pipe: Connection) -> None:
    """Draw what comes through the pipe until it closes. Runs in the drawing process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl and C stop the server, whose end closes the pipe
    from stewardship.profiles.draw import draw

    while True:
        try:
            drawing, width = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send((True, cleaned(draw(drawing, width), prefix=f"c{drawing.key(width)[:8]}-")))
        except Exception as error:  # whatever is wrong with one picture, the next may be drawn
            pipe.send((False, f"{type(error).__name__}: {error}"))


class Studio:
    """Several draughtsmen: a picture is drawn by one who is free, first by whoever drew last; else it waits for one."""

    def __init__(self, *draughtsmen: Draughtsman) -> None:
        self._free: LifoQueue[Draughtsman] = LifoQueue()
        for one in draughtsmen:
            self._free.put(one)

    def draw(self, drawing: AnyDrawing, width: int) -> str:
        """The picture as SVG; NotDrawnError, in words, when it cannot be had."""
        one = self._free.get()
        try:
            return one.draw(drawing, width)
        finally:
            self._free.put(one)


# Two at most: each holds a renderer in memory, and pages are read while pictures are drawn.
STUDIO = Studio(*(Draughtsman() for _ in range(min(2, os.cpu_count() or 1))))


def picture(kept_in: Path, drawing: AnyDrawing, width: int = WIDE, by: Draughtsman | Studio = STUDIO) -> str:
    """The picture from the folder of kept ones, drawn now if it is not there yet."""
    kept = kept_in / f"{drawing.key(width)}.svg"
    try:
        return kept.read_text(encoding="utf-8")
    except FileNotFoundError:
        svg = by.draw(drawing, width)
        _keep(kept, svg)
        return svg


def warm() -> None:
    """Start the drawing process in the background, so that nobody waits for it."""
    sample = Drawing("bars", (Point("a", 1.0),), "people")
    threading.Thread(target=_try, args=(sample,), daemon=True).start()


def _try(drawing: Drawing) -> None:
    try:
        STUDIO.draw(drawing, WIDE)
    except NotDrawnError:
        return  # nobody waits for the sample; the first real picture tells


def _keep(path: Path, svg: str) -> None:
    """Write whole or not at all: another thread may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(svg)
    Path(name).replace(path)
