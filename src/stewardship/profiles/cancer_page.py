"""The stewards' page of cancer waits, put together: what was found, the charts, and the tables beside them."""

from dataclasses import dataclass

from stewardship.measures.schemes import NATIONAL_CANCER_WAITS
from stewardship.profiles.cancer_backlog import backlog_by, backlog_chart
from stewardship.profiles.cancer_case_finding import case_finding_by, case_finding_chart
from stewardship.profiles.cancer_forecast import Forecasts
from stewardship.profiles.cancer_forecast_chart import forecast_chart
from stewardship.profiles.cancer_groups import found_chart, waits_charts
from stewardship.profiles.cancer_national import Beside, national_beside
from stewardship.profiles.cancer_performance import performance_charts
from stewardship.profiles.cancer_providers import performance_by
from stewardship.profiles.cancer_published import published_charts
from stewardship.profiles.cancer_read import CancerFigures
from stewardship.profiles.cancer_steps import steps_by_group, steps_chart
from stewardship.profiles.charts import Chart, Rows

PERFORMANCE_BY = ("provider", "route", "tumour group")
CONTROL = NATIONAL_CANCER_WAITS.in_words


@dataclass(frozen=True)
class Section:
    """A part of the page: its charts, and tables beneath them with what each is. told: how many of its charts say what
    was found at the head of the page."""

    key: str
    name: str
    charts: tuple[Chart, ...]
    tables: tuple[tuple[str, Rows], ...] = ()
    told: int = 1


@dataclass(frozen=True)
class CancerPage:
    """The whole page. beside: national statistics, where they are loaded."""

    sections: tuple[Section, ...]
    beside: tuple[Beside, ...]
    control: str = CONTROL

    @property
    def charts(self) -> list[Chart]:
        """Every chart of the page."""
        return [chart for section in self.sections for chart in section.charts]

    @property
    def national_sources(self) -> list[str]:
        """Who published the national statistics."""
        return sorted({each.source.rstrip(".") for each in self.beside})

    @property
    def minute(self) -> list[tuple[str, str]]:
        """What was found, each with where it stands: the findings of the first charts of each part."""
        return [
            (chart.heading, chart.key)
            for section in self.sections
            for chart in section.charts[: section.told]
        ]


def cancer_page(figures: CancerFigures) -> CancerPage:
    """The page of a snapshot's figures."""
    sections = (
        Section(
            "performance", "Performance against the three standards", tuple(performance_charts(figures)),
            _told(*((f"by {by}, latest year", performance_by(figures, by)) for by in PERFORMANCE_BY)), told=2,
        ),
        Section("as-published", "The standards as they are published", tuple(published_charts(figures)), told=0),
        Section(
            "backlog-over-time", "Backlog over time", _only(backlog_chart(figures)),
            _told(
                ("by tumour group suspected, latest week", backlog_by(figures, "tumour group")),
                ("by what they wait for, latest week", backlog_by(figures, "stage")),
                ("by provider, latest week", backlog_by(figures, "provider")),
            ),
        ),
        Section("what-may-come", "What may come", _only(forecast_chart(Forecasts(figures.published)))),
        Section(
            "where-the-days-go", "Where the days go", _only(steps_chart(figures)),
            _told(("Median days of each step, 90th percentile in brackets", steps_by_group(figures))),
        ),
        Section("inequality", "Who waits longer", tuple(waits_charts(figures))),
        Section("what-was-found", "What the referrals found", _only(found_chart(figures))),
        Section(
            "prostate", "Prostate case finding", _only(case_finding_chart(figures)),
            _told(
                ("by fifth of deprivation", case_finding_by(figures, "deprivation fifth")),
                ("by ethnic group", case_finding_by(figures, "ethnic group")),
            ),
        ),
    )  # fmt: skip
    return CancerPage(tuple(one for one in sections if one.charts), tuple(national_beside(figures)))


def _only(chart: Chart | None) -> tuple[Chart, ...]:
    return () if chart is None else (chart,)


def _told(*tables: tuple[str, Rows | None]) -> tuple[tuple[str, Rows], ...]:
    return tuple((name, rows) for name, rows in tables if rows is not None)
