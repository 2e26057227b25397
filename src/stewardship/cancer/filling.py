"""The tracking list of a demonstration is filled from its made-up system, after its pages are up.

A process of its own does it, which ends with the server. It loads the nightly files of `stewardship cancer made-up`,
a few hundred pathways at a time, so that nobody waits long for the database. Files hold what was loaded before
and more, as any night's do: a filling that was broken off goes on the next time, and nobody is there twice.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

STEP = 500  # pathways a load, which holds the database for a second or two
DAYS = 450  # of pathways, so that care reviews a year after the diagnosis are among them
MARK = "tracking-list-filled"
Row = Mapping[str, str]
FAILED = "The tracking list could not be filled ({why}). Start the demonstration again to try once more."


@dataclass(frozen=True)
class Progress:
    """How far the list is filled. of: 0 until it is known. failed: it was broken off."""

    done: int
    of: int
    failed: bool = False


class Filling:
    """The filling that this server started, if it did."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._told: Any = None  # two numbers shared with the process: pathways on the list, and of how many

    def start(self, extracts: Path) -> None:
        """Fill the list unless it was filled before. extracts: folder of a made-up system.

        Raises ImproperlyConfigured where this is no demonstration.
        """
        from django.conf import settings

        if not settings.DEMONSTRATION:
            raise ImproperlyConfigured(
                "Only the tracking list of a demonstration is filled with invented people."
            )
        if filled(settings.WORKSPACE.folder):
            return
        spawn = multiprocessing.get_context("spawn")
        self._told = spawn.Array("q", 2, lock=False)
        self._process = spawn.Process(
            target=work, args=(extracts, self._told), daemon=True, name="filling the tracking list"
        )
        self._process.start()

    def progress(self) -> Progress | None:
        """How far it is; None where nothing is being filled."""
        if self._process is None or self._process.exitcode == 0:
            return None
        done, of = self._told[:]
        return Progress(done, of, failed=self._process.exitcode is not None)

    def stop(self) -> None:
        """End the process, if there is one. What it was about to load is not loaded."""
        if self._process is not None:
            self._process.kill()
            self._process.join()


FILLING = Filling()


def filled(workspace: Path) -> bool:
    """Whether the list was filled, and is still there."""
    from stewardship.cancer.models import TrackedPathway

    return (workspace / MARK).is_file() and TrackedPathway.objects.exists()


def work(extracts: Path, told: Any) -> None:
    """Fill the list. Runs in a process of its own; it ends with the code 1 where it could not."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl and C stop the server, and with it this process
    if hasattr(os, "nice"):
        os.nice(10)  # pages go first
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from stewardship.cancer.made_up_work import make_up_work

    try:
        fill(extracts, now=timezone.now(), told=told)
        make_up_work(now=timezone.now())
        (settings.WORKSPACE.folder / MARK).touch(mode=0o600)
    except Exception as error:  # whatever it was, the pages stand, and say that the list is not whole
        print(FAILED.format(why=type(error).__name__), file=sys.stderr, flush=True)
        raise SystemExit(1) from None


def fill(extracts: Path, *, now: datetime, told: Any = None, step: int = STEP) -> int:
    """Load the pathways of a made-up system, the newest first. Returns how many there are.

    told: the numbers to keep up to date. step: how many pathways more each load holds.
    """
    from stewardship.access.log import command_line_actor
    from stewardship.cancer.changing import day_of
    from stewardship.cancer.models import TrackedPathway
    from stewardship.cancer.nightly.loading import Files, load
    from stewardship.synthetic.cancer.tracked import night
    from stewardship.system.cancer import CancerSettings

    told = [0, 0] if told is None else told
    today = day_of(now)
    made = night(extracts, today=today)
    pathways = _recent(made.pathways, today - timedelta(days=DAYS))
    told[1] = len(pathways)
    told[0] = there = min(
        TrackedPathway.objects.count(), len(pathways)
    )  # as far as one that was broken off got
    for last in (*range(there + step, len(pathways), step), len(pathways)):
        _stop_without_server()
        load(
            Files("pathways.csv", *_written(pathways[:last], made.events)),
            CancerSettings(),
            by=command_line_actor(),
            now=now,
        )
        told[0] = last
    return len(pathways)


def _recent(pathways: Sequence[Row], since: date) -> list[Row]:
    first = since.isoformat()
    return [one for one in pathways if (one["received"] or one["decided"]) >= first]


def _written(pathways: Sequence[Row], events: Sequence[Row]) -> tuple[bytes, str, bytes]:
    """The two files of these pathways, as `Files` takes them."""
    from stewardship.cancer.nightly.columns import EVENTS, PATHWAYS
    from stewardship.cancer.nightly.reading import filled as table

    own = {(one["issuer"], one["pathway_identifier"]) for one in pathways}
    theirs = [one for one in events if (one["issuer"], one["pathway_identifier"]) in own]
    return table(PATHWAYS, pathways).encode(), "events.csv", table(EVENTS, theirs).encode()


def _stop_without_server() -> None:
    """End where the server was killed and could not end this process."""
    server = multiprocessing.parent_process()
    if server is not None and not server.is_alive():
        raise SystemExit(1)
