"""How far a piece of work is: bars where somebody watches, lines with the time where a log is kept."""

import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from rich.progress import BarColumn, Progress, TaskID, TextColumn

from stewardship.printed.plain import ERRORS

QUIET_SECONDS = 30  # a step that takes longer says so again


class Step(NamedTuple):
    """A step of a plan: how what is said of it begins, and its share of the time, in parts of the whole."""

    begins: str
    weight: float


MAKING_UP = (Step("Settling", 1), Step("Making", 12))
A_SOURCE = (Step("Reading", 12), Step("Checking", 6), Step("Writing", 6))
# Of partners' extracts, each file is read, checked and written at once; some partners send far more than others.
OF_PARTNERS = {"general-practice": 26, "hospital": 10, "community": 5, "mental-health": 3}
OF_ANOTHER = 2
RESULTS = (
    Step("Checking records", 4), Step("Describing", 2), Step("Gathering", 6), Step("Adding", 14),
    Step("Controlling", 20),
)  # fmt: skip


def plan(
    sources: int,
    *,
    making: bool = False,
    partners: Sequence[str] = (),
    results: bool = True,
    lasted: Mapping[str, float] = MappingProxyType({}),
) -> tuple[Step, ...]:
    """The steps that a build of so many sources takes.

    making: whether a system is made up before. partners: keys of the sources of extracts, which are read besides.
    lasted: seconds that steps took the last time, by how they begin; the others get a share known from experience.
    """
    known = (MAKING_UP if making else ()) + A_SOURCE * sources
    later = tuple(step._replace(weight=lasted.get(step.begins, step.weight)) for step in RESULTS if results)
    of_partners = (Step("Reading", OF_PARTNERS.get(key, OF_ANOTHER)) for key in partners)
    return (
        *(step._replace(weight=lasted.get(step.begins, step.weight)) for step in known),
        *of_partners,
        *later,
    )


class Course:
    """Where in a plan the work stands. Steps may be left out; one that no plan foresaw takes no share of it.

    done: of the whole, 0 to 1; of the step alone where there is no plan. step: how the present one begins.
    """

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._whole = sum(step.weight for step in steps) or 1.0
        self._at, self._of_step = -1, 0.0
        self.done, self.step = 0.0, ""

    def tell(self, what: str, done: float) -> bool:
        """Take note of how far a step is, 0 to 1; whether it is a new one."""
        name = max((s.begins for s in self._steps if what.startswith(s.begins)), key=len, default="")
        name = name or what.split(" ", 1)[0]
        new = name != self.step or done < self._of_step
        if new:
            self._at, self.step = self._next(name), name
        self._of_step = done
        if not self._steps:
            self.done = min(1.0, max(0.0, done))
        if 0 <= self._at < len(self._steps) and self._steps[self._at].begins == name:
            before = sum(step.weight for step in self._steps[: self._at])
            part = before + self._steps[self._at].weight * min(1.0, max(0.0, done))
            self.done = max(self.done, part / self._whole)
        return new

    def _next(self, name: str) -> int:
        later = (n for n, step in enumerate(self._steps) if n > self._at and step.begins == name)
        return next(later, self._at)


class Steps(AbstractContextManager["Steps"]):
    """Tells how far the whole is, which step it is at, and how long it may still take."""

    def __init__(self, steps: Sequence[Step] = ()) -> None:
        self._course, self._planned = Course(steps), bool(steps)
        self._started = self._last_said = self._step_began = time.monotonic()
        self._lasted: dict[str, list[float]] = {}
        self._bars = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"),
            TextColumn("{task.fields[left]}"), console=ERRORS, disable=not ERRORS.is_terminal,
        )  # fmt: skip
        self._whole = self._bars.add_task("In all", total=1.0, left="")
        self._bar: TaskID | None = None

    def __call__(self, what: str, done: float) -> None:
        """Say that a step is so far done, 0 to 1."""
        before = self._course.step
        new = self._course.tell(what, done)
        if new:
            self._note(before)
        left = in_words(self.seconds_left())
        if not ERRORS.is_terminal:
            self._line(what, left, new)
            return
        if new or self._bar is None:
            self._finish()
            self._bar = self._bars.add_task(what, total=1.0, left="")
        self._bars.update(self._bar, completed=done, description=what)
        self._bars.update(self._whole, completed=self._course.done, left=left)

    @property
    def seconds(self) -> float:
        """Since the work began."""
        return time.monotonic() - self._started

    @property
    def lasted(self) -> dict[str, float]:
        """Seconds that each step took; of one that was taken several times, their mean."""
        return {begins: sum(each) / len(each) for begins, each in self._lasted.items() if begins}

    def seconds_left(self) -> float | None:
        """What is left at the pace so far; None while there is nothing to judge by."""
        done = self._course.done
        return None if done < 0.02 or not self._planned else self.seconds * (1 - done) / done

    def __enter__(self) -> "Steps":
        self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if kind is None:
            self._note(self._course.step)
            self._finish()
            self._bars.update(self._whole, completed=1.0, left="")
        self._bars.stop()

    def _line(self, what: str, left: str, new: bool) -> None:
        now = time.monotonic()
        if new or now - self._last_said >= QUIET_SECONDS:
            self._last_said = now
            clock = datetime.now().astimezone()
            told = f"{clock:%H:%M:%S}  {self._course.done:4.0%}  {what}"
            ERRORS.print(f"{told} ({left})" if left else told, markup=False)

    def _note(self, step: str) -> None:
        now = time.monotonic()
        self._lasted.setdefault(step, []).append(now - self._step_began)
        self._step_began = now

    def _finish(self) -> None:
        if self._bar is not None:
            self._bars.update(self._bar, completed=1.0)


def in_words(seconds: float | None) -> str:
    """How much time is left, no more exactly than can be known."""
    if seconds is None:
        return ""
    if seconds < 60:
        return "less than a minute left"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {minutes} minute{'s' if minutes > 1 else ''} left"
    return f"about {round(minutes / 60)} hours left"
