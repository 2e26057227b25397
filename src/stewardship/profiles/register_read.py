"""Published figures of the frailty register and the advice line, read once a page. All are of the whole system."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from stewardship.measures.frailty.calls_published import frailty_file, read_frailty
from stewardship.measures.frailty.gap import AREA, gap_table
from stewardship.measures.published import EVERYONE, Published

Row = Mapping[str, Any]


def has_register(published: Published) -> bool:
    """Whether a snapshot publishes anything that the page of the register shows."""
    return any(area.key == AREA for area in published.snapshot.areas) or has_calls(published)


def has_calls(published: Published) -> bool:
    """Whether a snapshot publishes figures of the advice line."""
    return frailty_file(published.folder, "outcomes").is_file()


class RegisterFigures:
    """What a snapshot publishes of the register and of the advice line."""

    def __init__(self, published: Published) -> None:
        self.published = published

    @cached_property
    def calls(self) -> list[Row]:
        """All calls, by month and by year and group."""
        return list(read_frailty(self.published.folder, "calls"))

    def calls_by(self, by: str) -> list[Row]:
        """Calls of the latest year by group."""
        return self._latest([row for row in self.calls if row["by"] == by and row["period"] == "year"])

    @cached_property
    def outcomes(self) -> list[Row]:
        """What came of index calls, every year and group."""
        return list(read_frailty(self.published.folder, "outcomes"))

    def outcome(self, what: str, by: str = EVERYONE) -> list[Row]:
        """One share in the latest year, of everyone or by group."""
        return self._latest([row for row in self.outcomes if row["what"] == what and row["by"] == by])

    @cached_property
    def bed_days(self) -> Row | None:
        """Bed days that calls of the latest year claim."""
        rows = self._latest(read_frailty(self.published.folder, "bed-days"))
        return rows[0] if rows else None

    @cached_property
    def register(self) -> list[Row]:
        """The register as it was sent back to records."""
        return list(read_frailty(self.published.folder, "register"))

    @cached_property
    def gap(self) -> list[Row]:
        """People recorded against people expected, by condition, place and fifth, in the latest year."""
        return list(gap_table(self.published).to_pylist())

    @cached_property
    def in_need(self) -> dict[str, int]:
        """People with frailty, dementia or end of life need by fifth, where they are shown, in the latest year."""
        area = next((each for each in self.published.snapshot.areas if each.key == AREA), None)
        cards = [] if area is None else [c for c in area.measures if c.part == "population" and c.headline]
        if not cards:
            return {}
        told = self.published.figures(
            AREA, measure=cards[0].key, place=self.published.system.code, by="deprivation fifth"
        )
        last = self.published.snapshot.periods[-1][1]
        return {each.group: each.numerator for each in told if each.numerator and each.period_end == last}

    def name_of(self, by: str, group: str) -> str:
        """A group as it is read: a network by its name, a weekday without its number."""
        if by == "weekday":
            return group.partition(" ")[2]
        if by == "network":
            return self._networks.get(group, group)
        return group

    @cached_property
    def _networks(self) -> dict[str, str]:
        return {place.code: place.name for place in self.published.snapshot.places}

    @staticmethod
    def _latest(rows: list[Any]) -> list[Row]:
        last = max((row["end"] for row in rows), default=date.min)
        return [row for row in rows if row["end"] == last]
