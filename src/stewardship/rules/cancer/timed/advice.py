"""What the timed rules have to say of a pathway beside its next step, in sentences that a page can show.

Each comes from one of the rules beside this module: what was skipped, to whom to escalate, what an outcome of
teledermatology asks for, what a FIT means, which filter tests and care reviews are owed.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from stewardship.rules.cancer.timed.escalation import Escalation, escalation
from stewardship.rules.cancer.timed.filter_tests import missing_filter_tests
from stewardship.rules.cancer.timed.fit import BY_FIT, Finding, Fit, read_fit
from stewardship.rules.cancer.timed.milestones import Milestone
from stewardship.rules.cancer.timed.progress import standings
from stewardship.rules.cancer.timed.reviews import reviews_due
from stewardship.rules.cancer.timed.teledermatology import clock_effect, outcome_of
from stewardship.rules.cancer.timed.tracked import Tracked

BY_FILTER_TESTS = "non_specific"
About = Literal["escalation", "teledermatology", "FIT", "filter tests", "care review", "timed pathway"]


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence, or a few, and the rule that it comes from."""

    about: About
    words: str


def advice(
    tracked: Tracked, as_of: date, *, filter_tests_done: Collection[str], sex: str
) -> tuple[Advice, ...]:
    """Everything that is to be said of a pathway on a day, the most pressing first.

    filter_tests_done: codes. sex: as in the national record. ValueError for a code that is not configured.
    """
    return (
        *_escalation(escalation(tracked, as_of), as_of),
        *_triage(tracked, as_of),
        *_fit(tracked, as_of),
        *_filter_tests(tracked, filter_tests_done, sex),
        *_reviews(tracked, as_of),
        *_skipped(tracked, as_of),
    )


def _escalation(found: Escalation, as_of: date) -> Iterator[Advice]:
    to, answer = found.level.to, found.level.answer
    if found.to_raise:
        why = "; ".join(
            each.words[:1].lower() + each.words[1:] for each in found.why if each.level == found.level.level
        )
        yield Advice("escalation", f"Escalate to level {found.level.level}: {why}. {to}; answer {answer}.")
    elif found.answer_by is not None and found.answer_by < as_of:
        yield Advice(
            "escalation", f"Level {found.level.level} was not answered by {_written(found.answer_by)}. {to}."
        )


def _triage(tracked: Tracked, as_of: date) -> Iterator[Advice]:
    triaged = tracked.triaged
    if triaged is None or triaged.decided > as_of or not tracked.is_open:
        return
    outcome = outcome_of(triaged.outcome)
    yield Advice(
        "teledermatology", f"{outcome.words}. {outcome.next_step}. {clock_effect(triaged, as_of).words}"
    )


def _fit(tracked: Tracked, as_of: date) -> Iterator[Advice]:
    """A missing FIT is asked for on its pathway alone, and only until the person was examined or told."""
    reading = read_fit(tracked.fit or Fit(), as_of)
    if reading.finding is Finding.NO_RESULT:
        tested = any(row.done for row in tracked.milestones if row.code.startswith("TEST"))
        if tracked.timed_pathway != BY_FIT or tested or tracked.told or not tracked.is_open:
            return
    again = ""
    if reading.look_again:
        again = (
            f" Look again between {_written(reading.look_again[0])} and {_written(reading.look_again[1])}."
        )
    yield Advice(
        "FIT", f"{reading.finding.value[:1].upper()}{reading.finding.value[1:]}. {reading.do}{again}"
    )


def _filter_tests(tracked: Tracked, done: Collection[str], sex: str) -> Iterator[Advice]:
    missing = missing_filter_tests(done, sex)
    if tracked.timed_pathway == BY_FILTER_TESTS and tracked.is_open and not tracked.told and missing:
        yield Advice("filter tests", f"Missing: {', '.join(test.words for test in missing)}.")


def _reviews(tracked: Tracked, as_of: date) -> Iterator[Advice]:
    for found in reviews_due(tracked.diagnosed, tracked.reviews, as_of):
        yield Advice(
            "care review",
            f"{found.review.name} by the practice, by {_written(found.by)}: {found.state.value}.",
        )


def _skipped(tracked: Tracked, as_of: date) -> Iterator[Advice]:
    """Each milestone that was skipped once, with the first that came before it."""
    said: set[Milestone] = set()
    for each in standings(tracked, as_of):
        skipped = [row for row in each.ahead_of if row not in said]
        said.update(skipped)
        if skipped:
            before = ", ".join(f"“{row.words}”" for row in skipped)
            yield Advice("timed pathway", f"“{each.milestone.words}” came before {before}.")
        if each.left_out:
            yield Advice("timed pathway", f"“{each.milestone.words}” was left out: {each.why_not}.")


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
