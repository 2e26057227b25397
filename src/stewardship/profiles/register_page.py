"""The stewards' page of the frailty register and the advice line, put together. Figures only."""

from dataclasses import dataclass

from stewardship.measures import disclosure
from stewardship.profiles.charts import Chart, Rows
from stewardship.profiles.register_coverage import by_place, coverage_chart, fifths_charts
from stewardship.profiles.register_growth import growth_chart, reviews_chart
from stewardship.profiles.register_outcomes import (
    avoidance_chart,
    bed_days_rows,
    by_group_charts,
    outcomes_chart,
    safety_rows,
)
from stewardship.profiles.register_read import RegisterFigures
from stewardship.profiles.register_use import months_chart, need_chart, use_charts


@dataclass(frozen=True)
class Part:
    """A part of the page: charts, and tables beneath them with what each is. told: how many charts say what was found
    at the head of the page."""

    key: str
    name: str
    charts: tuple[Chart, ...]
    tables: tuple[tuple[str, Rows], ...] = ()
    told: int = 1


@dataclass(frozen=True)
class RegisterPage:
    """The whole page."""

    parts: tuple[Part, ...]
    control: str = disclosure.RULE

    @property
    def charts(self) -> list[Chart]:
        """Every chart of the page."""
        return [chart for part in self.parts for chart in part.charts]

    @property
    def minute(self) -> list[tuple[str, str]]:
        """What was found, each with where it stands."""
        return [(chart.heading, chart.key) for part in self.parts for chart in part.charts[: part.told]]


def register_page(figures: RegisterFigures) -> RegisterPage:
    """The page of a snapshot's figures."""
    parts = (
        Part("register", "The register, and its reviews",
             (*_only(growth_chart(figures)), *_only(reviews_chart(figures))), told=2),
        Part("coverage-of-the-register", "Who is known, of those to be expected", _only(coverage_chart(figures)),
             tuple(by_place(figures))),
        Part("gap", "The gap by fifth of deprivation", tuple(fifths_charts(figures)), told=0),
        Part("line", "Who calls, and when", (*_only(months_chart(figures)), *use_charts(figures))),
        Part("need", "Whether those who need it most use it", _only(need_chart(figures))),
        Part("after", "What came of the calls", (*_only(outcomes_chart(figures)), *by_group_charts(figures)),
             _told(("Safety", safety_rows(figures)))),
        Part("avoided", "Admissions avoided: claimed, and observed", _only(avoidance_chart(figures)),
             _told(("Bed days that calls claim, and what they assume", bed_days_rows(figures)))),
    )  # fmt: skip
    return RegisterPage(tuple(part for part in parts if part.charts))


def _only(chart: Chart | None) -> tuple[Chart, ...]:
    return () if chart is None else (chart,)


def _told(*tables: tuple[str, Rows | None]) -> tuple[tuple[str, Rows], ...]:
    return tuple((name, rows) for name, rows in tables if rows is not None)
