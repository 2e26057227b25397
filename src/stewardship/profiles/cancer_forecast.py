"""The forecast of the backlog over 62 days: what a build published of it, and which change somebody asks about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from stewardship.measures.cancer.forecast_changes import (
    AS_TODAY,
    FEWER_REFERRALS,
    FROM_WEEKS,
    KINDS,
    LIST,
    MORE_TESTS,
    MORE_TREATMENTS,
    Kind,
    Planned,
)
from stewardship.measures.cancer.published import read_cancer
from stewardship.measures.published import Published
from stewardship.profiles import words
from stewardship.profiles.cancer_read import Row

ENDOSCOPY = "endoscopy"


@dataclass(frozen=True)
class Option:
    """One answer of the form."""

    value: str
    text: str
    chosen: bool


class UnknownChangeError(ValueError):
    """A change that was not forecast, in words."""


class Forecasts:
    """What a snapshot publishes of the forecast."""

    def __init__(self, published: Published) -> None:
        self.published = published

    @cached_property
    def today(self) -> Sequence[Row]:
        """Week by week as things are; none where no forecast is published."""
        return self.of(AS_TODAY)

    @property
    def missing(self) -> str:
        """Why there is no forecast, in a sentence; empty where there is one."""
        if not self.today:
            return "No forecast is published: no partner has sent cancer pathways."
        first = self.today[0]
        if first["state"] == "suppressed":
            return f"Hidden: {first['reason']}, or too few to show. No forecast is made of so few."
        return "" if first["state"] == "shown" else f"Missing: {first['reason']}."

    def of(self, planned: Planned) -> Sequence[Row]:
        """Week by week under a change."""
        rows = read_cancer(self.published.folder, "forecast", **vars(planned))
        return sorted(rows, key=lambda row: row["week"])

    @cached_property
    def past(self) -> Sequence[Row]:
        """The backlog over 62 days of the year before, week by week."""
        rows = read_cancer(self.published.folder, "backlog", by="everyone", group="everyone", band="over 62")
        return sorted(rows, key=lambda row: row["week"])[-52:]

    def begins(self, planned: Planned) -> date:
        """The Monday of the week from which a change holds."""
        first: date = self.today[0]["week"]
        return first + timedelta(weeks=planned.from_week - 1, days=-6)


def asked_for(told: Mapping[str, str]) -> Planned:
    """The change that an address asks about; nothing is as today. Raises UnknownChangeError, in words.

    tests: a kind and a number, such as `endoscopy-12`. treatments, referrals, from: numbers.
    """
    kind, _, tests = told.get("tests", "").rpartition("-")
    planned = Planned(
        kind=kind,
        tests=_number(tests, "more tests"),
        treatments=_number(told.get("treatments", ""), "more treatments"),
        fewer_referrals=_number(told.get("referrals", ""), "fewer referrals"),
        from_week=_number(told.get("from", ""), "the first week") or FROM_WEEKS[0],
    )
    known = (
        (planned.kind, planned.tests) in {("", 0), *((one.key, more) for one in KINDS for more in MORE_TESTS)}
        and planned.treatments in MORE_TREATMENTS
        and planned.fewer_referrals in FEWER_REFERRALS
        and planned.from_week in FROM_WEEKS
    )
    if not known:
        raise UnknownChangeError("This change was not forecast. Choose from those on the page.")
    return planned if planned.changes else AS_TODAY


def _number(text: str, what: str) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) < 6):
        raise UnknownChangeError(
            f"The number of {what} is not a whole number. Choose from those on the page."
        )
    return int(text or 0)


def more_tests_options(planned: Planned) -> list[tuple[str, list[Option]]]:
    """More tests, by their kind."""
    return [
        (kind.name, [
            Option(f"{kind.key}-{more}", _more_tests(kind, more), (planned.kind, planned.tests) == (kind.key, more))
            for more in MORE_TESTS
        ])
        for kind in KINDS
    ]  # fmt: skip


def _more_tests(kind: Kind, more: int) -> str:
    return f"{kind.name}: {more} a week{_lists(kind.key, more)}"


def _lists(kind: str, more: int) -> str:
    if kind != ENDOSCOPY:
        return ""
    many = more // LIST
    return f", about {many} list{'' if many == 1 else 's'}"


def treatment_options(planned: Planned) -> list[Option]:
    """More treatments a week."""
    return [
        Option(str(more), f"{more} more a week" if more else "As today", more == planned.treatments)
        for more in MORE_TREATMENTS
    ]


def referral_options(planned: Planned) -> list[Option]:
    """Fewer referrals."""
    return [
        Option(str(fewer), f"{fewer} in 100 fewer" if fewer else "As today", fewer == planned.fewer_referrals)
        for fewer in FEWER_REFERRALS
    ]


def week_options(forecasts: Forecasts, planned: Planned) -> list[Option]:
    """The weeks from which a change may hold."""
    return [
        Option(
            str(week),
            f"Monday {words.day(forecasts.begins(Planned(from_week=week)))}",
            week == planned.from_week,
        )
        for week in FROM_WEEKS
    ]


def change_words(forecasts: Forecasts, planned: Planned) -> str:
    """A change in words: "12 more endoscopy tests a week, about 2 lists, from 4 May 2026"."""
    kind = next((one for one in KINDS if one.key == planned.kind), None)
    parts = []
    if kind is not None:
        named = words.lower_first(kind.name) if not kind.name.startswith("MRI") else kind.name
        parts.append(f"{planned.tests} more tests a week ({named}{_lists(kind.key, planned.tests)})")
    if planned.treatments:
        parts.append(f"{planned.treatments} more treatments a week")
    if planned.fewer_referrals:
        parts.append(f"{planned.fewer_referrals} in 100 fewer referrals")
    return f"{words.and_list(parts)} from {words.day(forecasts.begins(planned))}"
