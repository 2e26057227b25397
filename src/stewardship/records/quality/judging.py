"""Outcomes of checks: counts held against the thresholds of the day on which they are read."""

from dataclasses import dataclass
from datetime import date

from stewardship.records.findings import Outcome
from stewardship.records.quality.counts import CheckCard, CheckCount, Checked
from stewardship.records.quality.thresholds import Threshold, threshold_for

HIDDEN = 7  # the most that a hidden count can be: a doubt is judged against the data
ROUNDING = 1e-9  # of a share written as a decimal fraction


@dataclass(frozen=True)
class Judged:
    """A count with its outcome, and the threshold that it was held against.

    author, since: who set that threshold and when; empty for the check's own.
    """

    card: CheckCard
    counted: CheckCount
    outcome: Outcome
    at_most: float
    because: str
    author: str = ""
    since: date | None = None

    @property
    def share(self) -> float | None:
        """The faulty share of what was examined; None where nothing was, or a count is hidden."""
        count, examined = self.counted.count, self.counted.examined
        return None if count is None or not examined else count / examined


def judged(checked: Checked, thresholds: tuple[Threshold, ...] | None = None) -> list[Judged]:
    """Every count with its outcome, in the order of the counts. thresholds: None for those of the build."""
    cards = {card.key: card for card in checked.cards}
    own = checked.thresholds if thresholds is None else thresholds
    return [_judged(cards[count.check], count, own) for count in checked.counts]


def _judged(card: CheckCard, counted: CheckCount, thresholds: tuple[Threshold, ...]) -> Judged:
    own = threshold_for(card.key, counted.source, thresholds)
    if own is None:
        return Judged(card, counted, _outcome(counted, card.at_most), card.at_most, card.because)
    outcome = _outcome(counted, own.at_most)
    return Judged(card, counted, outcome, own.at_most, own.reason, own.author, own.date)


def _outcome(counted: CheckCount, at_most: float) -> Outcome:
    if counted.not_run:
        return "could not run"
    if counted.examined == 0:
        return "not applicable"
    count = HIDDEN if counted.count is None else counted.count
    examined = max(count, HIDDEN) if counted.examined is None else counted.examined
    return "fail" if count > at_most * examined + ROUNDING else "pass"
