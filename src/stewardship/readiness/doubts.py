"""What failed in the data, gathered for a reader: one line a check, table and source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stewardship.records.findings import Outcome
from stewardship.records.quality.counts import CheckCard
from stewardship.records.quality.judging import HIDDEN, Judged

MONTHS_NAMED, PLACES_NAMED = 6, 8
ORDER: tuple[Outcome, ...] = ("fail", "could not run", "pass", "not applicable")


@dataclass(frozen=True)
class Line:
    """A check in a table of a source, whatever providers, places and months it is of.

    judged: all its counts. count of examined, where there is one alone; failed: providers, places or months that
    failed.
    """

    judged: tuple[Judged, ...]

    @property
    def card(self) -> CheckCard:
        """The check."""
        return self.judged[0].card

    @property
    def first(self) -> Judged:
        """The first of its counts, which tells what holds for all: table, source and threshold."""
        return self.judged[0]

    @property
    def outcome(self) -> Outcome:
        """The worst outcome of any."""
        return min((each.outcome for each in self.judged), key=ORDER.index)

    @property
    def failed(self) -> tuple[Judged, ...]:
        """Those of its counts that failed."""
        return tuple(each for each in self.judged if each.outcome == "fail")

    @property
    def alone(self) -> bool:
        """Whether it is one count of a whole table, and not one for each provider, place or month."""
        return len(self.judged) == 1 and not self.first.counted.where

    @property
    def found(self) -> str:
        """What was found, in words: 55 of 1,080; 3 of 60 months; Northshire and Southmarsh."""
        if self.alone:
            counted = self.first.counted
            return f"{_count(counted.count)} of {_count(counted.examined)}" if counted.examined != 0 else ""
        if not self.failed:
            return f"0 of {len(self.judged):,}"
        said = [_place(where, months) for where, months in _months(self.failed).items()]
        more = f"; and {len(said) - PLACES_NAMED} more" if len(said) > PLACES_NAMED else ""
        return f"{'; '.join(said[:PLACES_NAMED])}{more}"

    @property
    def why(self) -> str:
        """Why it was not looked at, or what was left out of it, as a sentence."""
        said = self.first.counted.not_run or self.first.counted.note
        return f"{said[:1].upper()}{said[1:]}." if said else ""


def lines(judged: Iterable[Judged]) -> list[Line]:
    """Lines in the order of the checks, the failed first."""
    found: dict[tuple[str, str, str], list[Judged]] = {}
    for each in judged:
        found.setdefault((each.card.key, each.counted.table, each.counted.source), []).append(each)
    return sorted((Line(tuple(each)) for each in found.values()), key=lambda line: ORDER.index(line.outcome))


def _months(failed: Iterable[Judged]) -> dict[str, list[date]]:
    found: dict[str, list[date]] = {}
    for each in failed:
        months = found.setdefault(each.counted.where, [])
        if each.counted.month:
            months.append(each.counted.month)
    return found


def _place(where: str, months: list[date]) -> str:
    named = ", ".join(f"{month:%B %Y}" for month in sorted(months)[-MONTHS_NAMED:])
    before = f"{len(months) - MONTHS_NAMED} months before and " if len(months) > MONTHS_NAMED else ""
    return ": ".join(part for part in (where, f"{before}{named}") if part)


def _count(count: int | None) -> str:
    return f"{HIDDEN} or fewer" if count is None else f"{count:,}"
