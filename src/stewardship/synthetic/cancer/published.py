"""Published cancer waiting times that pathways are made to agree with, read from the tables beside this file.

`months.csv`: the standards month by month. `suspected.csv`: referrals that ended in being told, by what was suspected.
`tumours.csv`: first treatments by tumour and route, and how tumours are treated and staged. Each names its source in
its first line. Months before the first and after the last are as the three nearest.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from stewardship.synthetic.lives import Days, Share

ROUTES = ("urgent", "screening", "breast_symptoms", "upgrade", "no_clock")
URGENT, SCREENING, BREAST_SYMPTOMS, UPGRADE, NO_CLOCK = range(len(ROUTES))
TOLD, FIRST, SUBSEQUENT, TREATED = "told", "first_treatment", "subsequent_treatment", "referral_to_treatment"
MODALITIES = {
    "surgery": "23", "chemotherapy": "02", "hormone": "03", "immunotherapy": "15", "radiotherapy": "05",
    "chemoradiotherapy": "04", "monitoring": "08", "palliative": "09",
}  # fmt: skip
NEAREST = 3  # months that stand for those beyond the published ones
Months = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Suspected:
    """What is suspected, on which route. told, within: people told in the published months, and within 28 days."""

    route: int
    referral_type: str
    sex: str
    ages: tuple[int, int]
    with_age: float
    told: int
    within: int
    test: str


@dataclass(frozen=True)
class Tumour:
    """A tumour group. routes: first treatments on each of `ROUTES`; within: of those in 62 days."""

    key: str
    icd: tuple[str, ...]
    referral_type: str
    by_sex: tuple[int, int]
    routes: tuple[int, ...]
    within: tuple[int, ...]
    first: int
    first_within: int
    modalities: tuple[int, ...]
    stages: tuple[int, ...]


@cache
def suspected() -> tuple[Suspected, ...]:
    """The table of what is suspected, in its order."""
    return tuple(
        Suspected(
            ROUTES.index(row["route"]), row["referral_type"], row["sex"], (int(row["from_age"]), int(row["to_age"])),
            float(row["with_age"]), int(row["told"]), int(row["within"]), row["test"],
        )
        for row in _rows("suspected")
    )  # fmt: skip


@cache
def tumours() -> tuple[Tumour, ...]:
    """The table of tumour groups, in its order; a group is known by its position."""
    return tuple(_tumour(row) for row in _rows("tumours"))


def _tumour(row: dict[str, str]) -> Tumour:
    def many(*keys: str) -> tuple[int, ...]:
        return tuple(int(row[key]) for key in keys)

    urgent, screening, upgrade, none = many("urgent", "screening", "upgrade", "no_clock")
    return Tumour(
        key=row["key"], icd=tuple(row["icd"].split("|")), referral_type=row["referral_type"],
        by_sex=(int(row["male"]), int(row["female"])), routes=(urgent, screening, 0, upgrade, none),
        within=(int(row["urgent_within"]), int(row["screening_within"]), 0, int(row["upgrade_within"]), 0),
        first=int(row["first_treatments"]), first_within=int(row["first_within"]), modalities=many(*MODALITIES),
        stages=many("stage_1", "stage_2", "stage_3", "stage_4"),
    )  # fmt: skip


@cache
def source() -> str:
    """Who publishes the waiting times, and where from."""
    with Path(__file__).with_name("months.csv").open(encoding="utf-8") as file:
        return file.readline().removeprefix("#").strip()


@cache
def published_months(standard: str) -> tuple[tuple[int, int, int], ...]:
    """The months of a standard since January 1970, with the total and how many were within."""
    return tuple(
        (
            (int(row["month"][:4]) - 1970) * 12 + int(row["month"][5:]) - 1,
            int(row["total"]),
            int(row["within"]),
        )
        for row in _rows("months")
        if row["standard"] == standard
    )


def month_of(day: Days) -> Months:
    """Months since January 1970 of days since then."""
    return np.asarray(day, dtype="datetime64[D]").astype("datetime64[M]").astype(np.int64)


def performance(
    standard: str, groups: tuple[tuple[int, int], ...], weights: tuple[float, ...], group: Months, day: Days
) -> Share:
    """The chance to be within a standard, by group and by the month of a day.

    groups: total and within of each group over all published months; weights: how many of each there are here. Each
    month the groups are shifted alike, in log odds, so that together they come to that month's published share.
    """
    first = published_months(standard)[0][0]
    table = _by_month(standard, groups, weights)
    month = np.clip(month_of(day) - first + 1, 0, table.shape[0] - 1)
    return np.asarray(table[month, group])


@cache
def _by_month(standard: str, groups: tuple[tuple[int, int], ...], weights: tuple[float, ...]) -> Share:
    """Rows: before the first published month, the months, after the last. Columns: groups."""
    months = np.array(published_months(standard), dtype=np.float64)
    ends = [months[:NEAREST].sum(axis=0), months[-NEAREST:].sum(axis=0)]
    whole = np.vstack([ends[0], months, ends[1]])
    total, within = np.array(groups, dtype=np.float64).T
    odds = np.log((within + 0.5) / (total - within + 0.5))
    return np.stack([_shifted(odds, np.array(weights), row[2] / row[1]) for row in whole])


def _shifted(odds: Share, weights: Share, wanted: float) -> Share:
    """Chances with their log odds shifted alike, so that their weighted mean is the one wanted."""
    low, high = -12.0, 12.0
    for _ in range(60):
        shift = (low + high) / 2
        mean = (weights / (1 + np.exp(-(odds + shift)))).sum() / weights.sum()
        low, high = (shift, high) if mean < wanted else (low, shift)
    return np.asarray(1 / (1 + np.exp(-(odds + low))))


def _rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))
