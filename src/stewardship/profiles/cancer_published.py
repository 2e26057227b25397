"""The national statistics month by month: a control chart of the board or a provider, and every month to take away."""

from itertools import groupby

from stewardship.measures.cancer.national_months import PublishedMonth, PublishedSeries, read_months
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.cancer_national import compared
from stewardship.profiles.cancer_performance import MONTHS_DRAWN, SIDES
from stewardship.profiles.cancer_read import STANDARDS, CancerFigures, Standard
from stewardship.profiles.charts import Chart, Rows, TakenAway, scale_words
from stewardship.profiles.drawings import LINES, Drawing, Point
from stewardship.profiles.trend_words import month
from stewardship.records.cancer_waits.figures import PublishedWait
from stewardship.rules.cancer import judgement
from stewardship.rules.cancer.standards import IN_FORCE

COLUMNS = (
    "Standard", "Month", "Basis", "Code", "Name", "Patients", "Within the standard", "Per cent", "Mean of the chart",
    "Lower limit of the chart", "Upper limit of the chart", "Reading", "Published as", "Source",
)  # fmt: skip
NOT_PUBLISHED = "Not published"


def published_charts(figures: CancerFigures) -> list[Chart]:
    """The published months of each standard: of the system's board, or of its first provider where no board is told."""
    return [
        _chart(figures, standard, months)
        for standard in STANDARDS
        for months in _by_organisation(figures, standard)[:1]
        if months[0].belongs == "own"
    ]


def published_table(figures: CancerFigures) -> TakenAway:
    """Every published month of every organisation that stands beside the figures here, as its chart reads it."""
    rows = [
        _cells(standard, months, one)
        for standard in STANDARDS
        for months in _by_organisation(figures, standard)
        for one in read_months(months).months
        if one.wait is not None
    ]
    return TakenAway(COLUMNS, tuple(rows))


def _by_organisation(figures: CancerFigures, standard: Standard) -> list[list[PublishedWait]]:
    """The months of each organisation in which it had patients, the board first."""
    waits = [each for each in figures.national if compared(each, standard) and each.total]
    grouped = groupby(waits, key=lambda wait: (wait.organisation, wait.basis))
    return sorted(
        (list(months) for _, months in grouped),
        key=lambda months: (months[0].belongs != "own", months[0].basis != "commissioner"),
    )


def _chart(figures: CancerFigures, standard: Standard, months: list[PublishedWait]) -> Chart:
    series = read_months(months)
    shown = series.months[-MONTHS_DRAWN:]
    drawing = None if series.reason else _drawing(shown, standard)
    first, last = shown[0].month, shown[-1].month
    name = months[-1].name
    return Chart(
        key=f"published-{standard.key.replace('_', '-')}",
        heading=_heading(standard, name, series),
        what=f"{standard.name}, per cent of {standard.who} in each month, {month(first)} to {month(last)}, {name}, as "
        "published",
        read=(
            "each mark is a month and the band is where months lie by chance, given how many patients each had. A blue "
            "square is a change for the better and an orange diamond one for the worse; grey circles are common cause. "
            f"The dashed line is the standing standard. {scale_words(drawing)}"
        ),
        words=_in_words(shown),
        table=_table(shown),
        drawing=drawing,
        said=f"Source: {'; '.join(sorted({wait.source.rstrip('.') for wait in months}))}.",
        download=published_table(figures),
    )  # fmt: skip


def _heading(standard: Standard, name: str, series: PublishedSeries) -> str:
    latest = series.months[-1].wait
    assert latest is not None  # a series ends with a month that was published
    said = f"{name}: {_share(latest):.1f}% {standard.counted} in {month(latest.month)}"
    if series.reason:
        return said
    change = {"improving": "improving by month", "worsening": "getting worse by month"}.get(series.reading)
    return f"{said}; {change or 'no change by month beyond chance'}"


def _share(wait: PublishedWait) -> float:
    return 100 * wait.within / wait.total


def _drawing(months: tuple[PublishedMonth, ...], standard: Standard) -> Drawing:
    marks = [
        Point(
            f"{one.month:%b %Y}", None if one.wait is None else _share(one.wait), word=SIDES.get(one.reading, ""),
            at=float(at),
        )
        for at, one in enumerate(months)
    ]  # fmt: skip
    lines = [
        Point("", 100 * one.centre, "", 100 * one.lower, 100 * one.upper, LINES, at=float(at))
        for at, one in enumerate(months)
        if one.centre is not None and one.lower is not None and one.upper is not None
    ]  # fmt: skip
    standing = IN_FORCE.threshold_on(judgement.Standard(standard.key), months[-1].month)
    level = None if standing is None else 100 * standing.standard
    return Drawing("months", (*lines, *marks), "%", level, "the standing standard")


def _in_words(months: tuple[PublishedMonth, ...]) -> str:
    told = [one.wait for one in months if one.wait is not None]
    low, high, last = min(told, key=_share), max(told, key=_share), told[-1]
    return (
        f"Between {_share(low):.1f}% ({month(low.month)}) and {_share(high):.1f}% ({month(high.month)}); "
        f"{_share(last):.1f}% in {month(last.month)}: {last.within:,g} of {last.total:,g}."
    )


def _table(months: tuple[PublishedMonth, ...]) -> Rows:
    cells: list[tuple[str, ...]] = []
    for one in reversed(months):
        if one.wait is None:
            cells.append((month(one.month), NOT_PUBLISHED))
            continue
        side = words.COMPARED.get(SIDES.get(one.reading, ""), "") or (
            "Common cause" if one.reading else "Not read"
        )
        cells.append((
            month(one.month), f"{_share(one.wait):.1f}%", f"{one.wait.within:,g} of {one.wait.total:,g}",
            f"{side}: {one.cause}" if one.cause else side, one.wait.status,
        ))  # fmt: skip
    return Rows(("Month", "Share", "Patients", "Signal", "Published as"), tuple(cells))


def _cells(standard: Standard, months: list[PublishedWait], one: PublishedMonth) -> tuple[Cell, ...]:
    wait = one.wait
    assert wait is not None  # the caller has looked
    lines = (None if line is None else round(100 * line, 4) for line in (one.centre, one.lower, one.upper))
    return (
        standard.name, f"{one.month:%Y-%m}", wait.basis, wait.organisation, months[-1].name, wait.total, wait.within,
        round(_share(wait), 4), *lines, one.reading, wait.status, wait.source,
    )  # fmt: skip
