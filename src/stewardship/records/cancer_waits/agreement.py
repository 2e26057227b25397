"""Whether the rows of a file make each other up: routes, stages, cancers, treatments, and organisations."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stewardship.records.cancer_waits.figures import ALL, ENGLAND, Group, PublishedWait


@dataclass(frozen=True)
class Agreement:
    """One thing looked for. examined: rows that are sums of others. apart: those of them that are not."""

    check: str
    examined: int
    apart: tuple[PublishedWait, ...]


def agreements(waits: Iterable[PublishedWait], *, whole: bool) -> list[Agreement]:
    """Each identity of the publication over the rows of a file. whole: whether all organisations of England are in it.

    Rows whose parts are not there at all are not examined. Source: these hold in every national workbook from October
    2023 to March 2025.
    """
    rows = [(wait.group, wait) for wait in waits]
    checks = CHECKS if whole else CHECKS[:-1]
    return [_summed(check, rows, upper) for check, upper in checks]


def _summed(
    check: str, rows: list[tuple[Group, PublishedWait]], upper: Callable[[Group], Group]
) -> Agreement:
    sums: dict[Group, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for group, row in rows:
        if (above := upper(group)) != group:
            parts = sums[above]
            parts[0] += row.total
            parts[1] += row.within
    wholes = [(group, row) for group, row in rows if group in sums]
    apart = tuple(row for group, row in wholes if sums[group] != [row.total, row.within])
    return Agreement(check, len(wholes), apart)


def _of_all_routes(group: Group) -> Group:
    """The group that one of a route or stage is a part of; the group itself, where it is whole in that way."""
    if group.standard == "31-day":
        return group._replace(stage=ALL)
    if group.standard == "62-day":
        return group._replace(route=ALL)
    # The 28-day figures by route are divided by cancer too; those of all routes are not.
    return group._replace(route=ALL, cancer=ALL) if group.standard == "28-day" else group


def _of_all_cancers(group: Group) -> Group:
    return group._replace(cancer=ALL) if group.standard in ("31-day", "62-day") else group


def _of_all_treatments(group: Group) -> Group:
    return group._replace(modality=ALL) if group.standard in ("31-day", "62-day") else group


def _of_england(group: Group) -> Group:
    return group._replace(organisation=ENGLAND)


CHECKS: tuple[tuple[str, Callable[[Group], Group]], ...] = (
    ("Totals of all routes or stages that their parts do not make up", _of_all_routes),
    ("Totals of all cancers that the cancers do not make up", _of_all_cancers),
    ("Totals of all treatments that the kinds of treatment do not make up", _of_all_treatments),
    ("Totals of England that its organisations do not make up", _of_england),
)
