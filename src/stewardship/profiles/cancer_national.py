"""National statistics beside the standards counted here: the latest month of each, and how its months read."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from stewardship.measures.cancer.national_months import TOO_SHORT, PublishedSeries, read_months
from stewardship.measures.controlled import HIDDEN_WORDS
from stewardship.profiles.cancer_read import STANDARDS, CancerFigures, Standard
from stewardship.profiles.trend_words import month
from stewardship.records.cancer_waits.figures import ALL, PublishedWait
from stewardship.rules.cancer import judgement
from stewardship.rules.cancer.standards import IN_FORCE

CHANGES = {
    "improving": "Improving", "worsening": "Getting worse", "common cause": "Common cause", "": "Not read",
}  # fmt: skip
MET = {
    "consistently passes": "{share:.0f}% will be met every month if nothing changes",
    "hit and miss": "{share:.0f}% will be met in some months and missed in others",
    "consistently fails": "{share:.0f}% will be missed every month if nothing changes",
}


@dataclass(frozen=True)
class Line:
    """One organisation in words. status: provisional or final. change: how its months read, and why."""

    name: str
    share: str
    status: str
    change: str


@dataclass(frozen=True)
class Beside:
    """The same standard and month here and in the national statistics, in words. source: who published them."""

    standard: str
    when: str
    here: str
    others: tuple[Line, ...]
    source: str


def national_beside(figures: CancerFigures) -> list[Beside]:
    """For each standard the latest month of national statistics, and the same month from pathways here."""
    found = []
    for standard in STANDARDS:
        waits = [each for each in figures.national if compared(each, standard)]
        if waits:
            found.append(_beside(figures, standard, waits))
    return found


def compared(wait: PublishedWait, standard: Standard) -> bool:
    """Whether a published figure is of the whole standard: all routes, first and later treatments together."""
    return wait.standard == standard.published_as and wait.route in (ALL, "") and wait.stage in (ALL, "")


def _beside(figures: CancerFigures, standard: Standard, waits: list[PublishedWait]) -> Beside:
    when = max(wait.month for wait in waits)
    lines = [
        _line(list(months), standard, when)
        for _, months in groupby(waits, key=lambda wait: (wait.organisation, wait.basis))
    ]
    sources = sorted({wait.source for wait in waits})
    here = _here(figures, standard, when)
    return Beside(standard.name, month(when), here, tuple(filter(None, lines)), "; ".join(sources))


def _here(figures: CancerFigures, standard: Standard, when: date) -> str:
    row = next((row for row in figures.standard(standard.key, "month") if row["start"] == when), None)
    if row is None:
        return "Not in these figures"
    return (
        HIDDEN_WORDS
        if row["value"] is None
        else f"{row['value']:.1f}% ({row['within']:,g} of {row['total']:,g})"
    )


def _line(months: list[PublishedWait], standard: Standard, when: date) -> Line | None:
    """None for an organisation of which that month was not published, or which then had nobody."""
    last = months[-1]
    if last.month != when or not last.total:
        return None
    threshold = IN_FORCE.threshold_on(judgement.Standard(standard.key), when)
    target = None if threshold is None else threshold.standard
    share = f"{100 * last.within / last.total:.1f}% ({last.within:,g} of {last.total:,g})"
    return Line(last.name, share, last.status, _change(read_months(months, target=target), target))


def _change(series: PublishedSeries, target: float | None) -> str:
    if series.reason:
        return f"{CHANGES['']}: {TOO_SHORT}" if series.reason == TOO_SHORT else CHANGES[""]
    latest = series.months[-1]
    said = CHANGES[latest.reading] + (f" ({latest.cause})" if latest.cause else "")
    met = MET.get(series.assurance, "")
    return f"{said}; {met.format(share=100 * target)}" if met and target is not None else said
