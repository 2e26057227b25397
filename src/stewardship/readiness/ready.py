"""Which care areas can use which measures yet, and what would unlock the rest.

A measure is usable where the records carry it; usable with caution where a check failed on a table that it reads;
otherwise not yet, with what it lacks.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stewardship.measures.lacks import Effort, Lack
from stewardship.measures.needs import Need, Needs
from stewardship.measures.published import AreaCard, Card, Snapshot
from stewardship.readiness.doubts import Line

State = Literal["usable now", "usable with caution", "not yet"]
STATES: tuple[State, ...] = ("usable now", "usable with caution", "not yet")
EFFORTS = {
    Effort.COLUMN: "Something more in rows that are sent already",
    Effort.CODES: "Something coded that is not yet",
    Effort.TABLE: "Rows that nobody sends yet",
    Effort.SUPPLY: "Data that no measure is made of yet",
}
# Who usually sends what nobody sends yet.
USUAL_SENDERS = {
    "registration": "general practice",
    "condition": "general practice",
    "observation": "general practice or a laboratory",
    "medication": "general practice",
    "activity": "hospitals, community and mental health services",
    "activity_code": "hospitals",
    "death": "the register of deaths",
    "spend": "the finance teams of organisations",
}


@dataclass(frozen=True)
class Readiness:
    """A measure of a care area, and how far it can be used.

    doubts: checks that failed on what it reads. lacks: what keeps it from being made.
    """

    area: AreaCard
    card: Card
    lacks: tuple[Lack, ...]
    doubts: tuple[Line, ...]

    @property
    def state(self) -> State:
        """How far it can be used."""
        if self.card.missing or self.lacks:
            return "not yet"
        return "usable with caution" if self.doubts else "usable now"


@dataclass(frozen=True)
class Unlock:
    """One mending, and what would come of it.

    measures: those that would then be made. also: those that need this and something else besides. senders:
    sources that send the table today.
    """

    lack: Lack
    measures: tuple[Readiness, ...]
    also: tuple[Readiness, ...]
    senders: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Such as: Sending units with HbA1c results would unlock 4 measures in Diabetes."""
        if not self.measures:
            need = "needs" if len(self.also) == 1 else "need"
            return f"{self.lack.unlock} is one of the things that {_in_areas(self.also)} {need}"
        return f"{self.lack.unlock} would unlock {_in_areas(self.measures)}"

    @property
    def who(self) -> str:
        """Who can mend it, in words."""
        if self.senders:
            return f"{', '.join(self.senders)}: sends {self.lack.table} today"
        usual = USUAL_SENDERS.get(self.lack.table)
        return f"No source yet; usually {usual}" if usual else "No source yet"

    @property
    def effort(self) -> str:
        """How much has to change, in words."""
        return EFFORTS[self.lack.effort]


def readiness(snapshot: Snapshot, needs: Needs, failed: Sequence[Line]) -> list[Readiness]:
    """Every published measure in the order of the care areas. failed: the lines of checks that failed."""
    known = {(need.area, need.measure): need for need in needs.measures}
    return [
        _ready(area, card, known.get((area.key, card.key)), failed)
        for area in snapshot.areas
        for card in area.measures
    ]


def _ready(area: AreaCard, card: Card, need: Need | None, failed: Sequence[Line]) -> Readiness:
    if need is None:
        return Readiness(area, card, (), ())
    doubts = [line for line in failed if not line.card.bears_on and line.first.counted.table in need.tables]
    return Readiness(area, card, need.lacks, tuple(doubts))


def unlocks(measures: Sequence[Readiness], needs: Needs) -> list[Unlock]:
    """What would unlock measures, first what unlocks the most for its effort; the same mending once."""
    lacks = {_mending(lack): lack for each in reversed(measures) for lack in reversed(each.lacks)}
    found = [_unlock(lack, measures, needs) for lack in lacks.values()]
    return sorted(found, key=_worth)


def _mending(lack: Lack) -> tuple[str, str]:
    return lack.table, lack.unlock


def _unlock(lack: Lack, measures: Sequence[Readiness], needs: Needs) -> Unlock:
    mended = _mending(lack)
    waiting = [each for each in measures if mended in map(_mending, each.lacks)]
    alone = [each for each in waiting if {*map(_mending, each.lacks)} == {mended}]
    others = [each for each in waiting if each not in alone]
    return Unlock(lack, tuple(alone), tuple(others), needs.senders.get(lack.table, ()))


def _worth(unlock: Unlock) -> tuple[float, float, int, str]:
    effort = int(unlock.lack.effort)
    return -len(unlock.measures) / effort, -len(unlock.also) / effort, effort, unlock.lack.unlock


@dataclass(frozen=True)
class AreaReadiness:
    """A care area: how many of its measures stand how, and which stand alike."""

    area: AreaCard
    measures: tuple[Readiness, ...]

    @property
    def counts(self) -> Counter[State]:
        """How many stand how."""
        return Counter(each.state for each in self.measures)

    @property
    def usable(self) -> int:
        """How many can be used, with caution or without."""
        return len(self.measures) - self.counts["not yet"]

    @property
    def alike(self) -> list[list[Readiness]]:
        """Measures that stand alike for the same reasons, together: those that wait for something first."""
        found: dict[object, list[Readiness]] = {}
        for each in self.measures:
            found.setdefault((each.state, each.lacks, each.card.missing, each.doubts), []).append(each)
        return sorted(found.values(), key=lambda together: -STATES.index(together[0].state))


def by_area(measures: Sequence[Readiness]) -> list[AreaReadiness]:
    """The measures of each care area together."""
    areas = {each.area.key: each.area for each in measures}
    return [
        AreaReadiness(area, tuple(each for each in measures if each.area.key == key))
        for key, area in areas.items()
    ]


def _in_areas(measures: Sequence[Readiness]) -> str:
    """4 measures in Diabetes and 2 in Cancer."""
    counts = Counter(each.area.name for each in measures)
    said = [f"{count} in {name}" for name, count in counts.items()]
    first, *rest = said
    number, _, where = first.partition(" ")
    said = [f"{number} {'measure' if number == '1' else 'measures'} {where}", *rest]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
