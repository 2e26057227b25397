"""The press: sets a pack as a PDF in a process of its own, which ends when the paper is made.

A paper that takes too long is stopped, and what it took of memory goes with the process. Papers are made one at a
time, so that many asked for at once cannot take the machine from those who read pages.
"""

import json
import multiprocessing
import signal
import threading
from dataclasses import asdict
from importlib.resources import files
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from stewardship.packs.blocks import Pack

PATIENCE = 30.0  # seconds for one paper, and as many to wait for those before it
TEMPLATE = Path(str(files("stewardship.packs"))) / "pack.typ"
FONTS = Path(str(files("stewardship"))) / "site" / "static" / "vendor" / "fonts"
STANDARD: Literal["ua-1"] = "ua-1"  # the accessible PDF: tagged, titled, every picture described
REFUSED = "PDF/UA-1 error"  # how Typst begins to say that it cannot keep the standard


class NotMadeError(Exception):
    """A paper could not be made; the message says why to who asked. detail: more, for the log."""

    def __init__(self, said: str, detail: str = "") -> None:
        super().__init__(said)
        self.detail = detail


class Press:
    """Makes papers one at a time. patience: seconds for each."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()

    def pdf(self, pack: Pack) -> bytes:
        """The pack as a PDF, the same bytes for the same pack; NotMadeError, in words, when it cannot be had."""
        if not self._lock.acquire(timeout=self._patience):
            raise NotMadeError("Other packs are being made. Try again in a minute.")
        try:
            return self._made(json.dumps(asdict(pack), default=str), int(pack.made.timestamp()))
        finally:
            self._lock.release()

    def _made(self, content: str, when: int) -> bytes:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=work, args=(theirs,), daemon=True, name="making a pack")
        process.start()
        theirs.close()
        try:
            ours.send((content, when))
            if not ours.poll(self._patience):
                raise NotMadeError(f"It took longer than {self._patience:.0f} seconds.")
            made, result = ours.recv()
        except (OSError, EOFError) as stopped:
            raise NotMadeError("It ended before it was done. Try again in a minute.") from stopped
        finally:
            process.kill()
            process.join()
            ours.close()
        if not made:
            raise NotMadeError("It could not be set; the log says more.", str(result))
        return bytes(result)


def work(pipe: Connection) -> None:
    """Make the one paper that comes through the pipe. Runs in the process of the press."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl and C stop the server, which ends this process
    content, when = pipe.recv()
    try:
        pipe.send((True, typeset(content, when)))
    except Exception as error:  # whatever it is, who asked is told, and the log says what
        pipe.send((False, f"{type(error).__name__}: {error}"))


def typeset(content: str, when: int) -> bytes:
    """The PDF of a pack. content: the pack as JSON. when: the time it bears, in seconds of Unix.

    Only the fonts of the package are used, whatever the machine has; nothing is fetched. Where a name has a letter that
    they lack, the standard cannot be kept: the paper is tagged all the same, with a box in the letter's place.
    """
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts, sys_inputs={"pack": content})
    try:
        made = compiler.compile(pdf_standards=[STANDARD], timestamp=when)
    except typst.TypstError as refused:
        if not refused.message.startswith(REFUSED):
            raise
        made = compiler.compile(timestamp=when)
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no PDF.")
    return made


PRESS = Press()
