"""What the pages on the data show, worked out from published files and the thresholds of today."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from stewardship.measures.needs import NEEDS, Needs, read_needs
from stewardship.measures.published import Published
from stewardship.readiness.doubts import Line, lines
from stewardship.readiness.limits import todays_limits
from stewardship.readiness.ready import Readiness, Unlock, readiness, unlocks
from stewardship.readiness.sent import LOOK_INTO
from stewardship.records.quality.counts import CHECKED, Checked, read_checked
from stewardship.records.quality.judging import judged


@dataclass(frozen=True)
class Checks:
    """Every check with its outcome of today. mistake: what is wrong with the settings, where they are not used."""

    lines: tuple[Line, ...]
    mistake: str = ""

    @property
    def failed(self) -> tuple[Line, ...]:
        """The checks that failed."""
        return tuple(line for line in self.lines if line.outcome == "fail")

    @property
    def to_look_into(self) -> tuple[Line, ...]:
        """The checks that failed or could not run."""
        return tuple(line for line in self.lines if line.outcome in LOOK_INTO)

    @property
    def sound(self) -> tuple[Line, ...]:
        """The checks that passed or do not apply."""
        return tuple(line for line in self.lines if line.outcome not in LOOK_INTO)

    @property
    def of_groups(self) -> tuple[Line, ...]:
        """Failed checks that bear upon some figures of every measure, such as those by ethnic group."""
        return tuple(line for line in self.failed if line.card.bears_on)


@dataclass(frozen=True)
class Measurable:
    """Every measure with how far it can be used, and what would unlock the rest."""

    checks: Checks
    measures: tuple[Readiness, ...]
    unlocks: tuple[Unlock, ...]

    @property
    def doubtful(self) -> list[tuple[Line, list[Readiness]]]:
        """Each failed check that makes measures doubtful, with those measures, the most first."""
        found = [
            (line, [each for each in self.measures if _doubted(each, line)]) for line in self.checks.failed
        ]
        return sorted((each for each in found if each[1]), key=lambda each: -len(each[1]))


def _doubted(measure: Readiness, line: Line) -> bool:
    return measure.state == "usable with caution" and line in measure.doubts


def checks_of(published: Published, system: str) -> Checks | None:
    """The checks of published results, judged with the thresholds of a system's folder; None where none were kept."""
    if not (published.folder / CHECKED).is_file():
        return None
    checked, limits = _checked(published.folder), todays_limits(system)
    return Checks(tuple(lines(judged(checked, limits.thresholds))), limits.mistake)


def measurable(published: Published, system: str) -> Measurable | None:
    """What can be measured from published results; None where the build kept no needs of measures."""
    checks = checks_of(published, system)
    if checks is None or not (published.folder / NEEDS).is_file():
        return None
    needs = _needs(published.folder)
    measures = readiness(published.snapshot, needs, checks.failed)
    return Measurable(checks, tuple(measures), tuple(unlocks(measures, needs)))


@lru_cache(maxsize=4)
def _checked(results: Path) -> Checked:
    return read_checked(results / CHECKED)


@lru_cache(maxsize=4)
def _needs(results: Path) -> Needs:
    return read_needs(results)
