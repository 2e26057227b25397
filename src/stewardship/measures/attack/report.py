"""What an attack tried and what it found, for whoever has to answer for it."""

import csv
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Recovery:
    """A count that should be hidden and is not, or not enough.

    way: by which attack. measure, place, by, group, period: where; low, high: what its true number lies between.
    steps: by which steps that was found.
    """

    way: str
    measure: str
    place: str
    by: str
    group: str
    period: str
    low: float
    high: float
    steps: str

    @property
    def in_words(self) -> str:
        """One line for a page or a terminal."""
        bounds = f"{self.low:,.0f}" if self.low == self.high else f"{self.low:,.0f} to {self.high:,.0f}"
        return (
            f"{self.measure}, place {self.place}, {self.by} {self.group}, to {self.period}: {bounds} "
            f"({self.way}: {self.steps})"
        )


@dataclass(frozen=True)
class Share:
    """How many figures of a level of place are hidden; divided: those of groups, else of everyone."""

    level: str
    divided: bool
    figures: int
    hidden: int


@dataclass(frozen=True)
class Report:
    """An attack on the published results of one snapshot or several.

    snapshots: their ids. tried: how many figures were tried, by the way. recovered: whatever was found. shares: how
    much is hidden. bounded: hidden counts bounded by carrying bounds through sums, and of these exactly by
    integer programming; left: those that were worth it and for which there was no time.
    """

    snapshots: tuple[str, ...]
    tried: dict[str, int]
    recovered: tuple[Recovery, ...]
    shares: tuple[Share, ...]
    bounded: int
    exactly: int
    left: int

    @property
    def safe(self) -> bool:
        """Whether nothing was recovered."""
        return not self.recovered

    @property
    def summary(self) -> str:
        """One sentence."""
        tried = f"{sum(self.tried.values()):,} figures tried in {len(self.tried)} ways"
        found = len(self.recovered)
        return f"{tried}; {'nothing' if not found else f'{found:,} of them'} recovered."

    @property
    def in_words(self) -> list[str]:
        """The whole report, a line each, without the recoveries."""
        lines = [self.summary]
        lines += [f"  {way}: {number:,}" for way, number in self.tried.items()]
        lines.append(
            f"{self.bounded:,} hidden counts were bounded by all sums together, {self.exactly:,} of them exactly by "
            f"integer programming; for {self.left:,} more there was no time."
        )
        for share in self.shares:
            hidden = 100 * share.hidden / share.figures
            of = "of groups" if share.divided else "of everyone"
            lines.append(
                f"  {share.level.replace('_', ' ')}, {of}: {hidden:.0f}% of {share.figures:,} figures hidden"
            )
        return lines

    def write_csv(self, file: Path) -> None:
        """Write whatever was recovered, one row each, under a row of names."""
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, [field.name for field in fields(Recovery)])
            writer.writeheader()
            writer.writerows(asdict(recovery) for recovery in self.recovered)
