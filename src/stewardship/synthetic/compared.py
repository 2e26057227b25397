"""A synthetic system beside what is published of real ones: one row a figure, with what it may be off by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

BY_CHANCE = 3.0  # standard errors that chance leaves between what is made of few people and what is published


@dataclass(frozen=True)
class Compared:
    """One figure of a made system beside the published one.

    topic: what it belongs to, such as `Registers`. figure: what is counted, with its unit. published, made: the same
    quantity. tolerance: how far they may be apart. relative: whether as a share of the published one, or in its unit.
    source: who publishes it, and where from. error: standard error of what was made, in its unit: what would be made of
    other people differs by so much. asked_for: whether nobody publishes it, and it is what the residents were
    asked to have, so that they are held to that alone.
    """

    topic: str
    figure: str
    published: float
    made: float
    tolerance: float
    relative: bool
    source: str
    error: float = 0.0
    asked_for: bool = False

    @property
    def apart(self) -> float:
        """How far the made one is above the published, in the measure of the tolerance."""
        difference = self.made - self.published
        return difference / self.published if self.relative else difference

    @property
    def within(self) -> bool:
        """Whether that is no more than the tolerance."""
        return abs(self.apart) <= self.tolerance

    @property
    def near(self) -> bool:
        """Whether that is no more than the tolerance, or than what chance leaves where it leaves more than that."""
        return self.within or abs(self.made - self.published) <= BY_CHANCE * self.error


def error_of_share(per_cent: float, of: float) -> float:
    """Standard error of a percentage of so many people, drawn one by one, in points."""
    return float((per_cent * (100 - per_cent) / max(of, 1)) ** 0.5)


def table_of(rows: Iterable[Compared]) -> str:
    """The rows in Markdown: one table a topic, in the order the topics come in, with its sources below it."""
    ordered = list(rows)
    topics = list(dict.fromkeys(row.topic for row in ordered))
    ordered.sort(key=lambda row: topics.index(row.topic))
    return "\n\n".join(
        _topic(topic, list(each)) for topic, each in groupby(ordered, key=lambda row: row.topic)
    )


def _topic(topic: str, rows: Sequence[Compared]) -> str:
    sources = list(dict.fromkeys(row.source for row in rows))
    beside = "Asked for" if all(row.asked_for for row in rows) else "Published"
    heading = ("Figure", beside, "Made", "Apart", "Allowed", "Source")
    cells = [_cells(row, sources.index(row.source) + 1) for row in rows]
    lines = [heading, ("---", "--:", "--:", "--:", "--:", "--:"), *cells]
    told = [f"{number}. {source}" for number, source in enumerate(sources, 1)]
    return "\n".join((f"### {topic}", "", *(f"| {' | '.join(line)} |" for line in lines), "", *told))


def _cells(row: Compared, source: int) -> tuple[str, ...]:
    as_apart = "{:+.1%}" if row.relative else "{:+.2f}"
    as_allowed = "{:.0%}" if row.relative else "{:g}"
    return (
        row.figure,
        _number(row.published),
        _number(row.made),
        as_apart.format(row.apart),
        as_allowed.format(row.tolerance),
        str(source),
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"
