"""What the referrals found: conversion, and the stage at which cancers were found.

How people came to be found in an emergency is told by no register of waiting times: the care area's measure "Cancer
found in an emergency" comes near it, from admissions.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from stewardship.measures import statistics
from stewardship.measures.cancer.grid import Counts, Groups, adding_up
from stewardship.measures.cancer.groups import diagnosed
from stewardship.measures.cancer.judging import Waits
from stewardship.measures.cancer.performance import limits
from stewardship.measures.cancer.published import FOUND
from stewardship.measures.cancer.reading import Pathways
from stewardship.measures.controlled import HIDDEN_WORDS
from stewardship.measures.differencing import Flags, Partition
from stewardship.measures.disclosure import control_proportions
from stewardship.measures.disclosure_exact import control_exact
from stewardship.measures.published import EVERYONE
from stewardship.measures.schemes import NATIONAL_CANCER_WAITS
from stewardship.rules.cancer.codes import EndReason

CONVERSION, EARLY, EMERGENCY = "conversion", "early stage", "emergency"
_STAGES, _EARLY = ("1", "2", "3", "4"), ("1", "2")
NO_STAGE = "Missing: no stages were sent with cancer pathways"
NO_ROUTE = (
    "Missing: cancer pathways do not tell who came in an emergency. The care area's measure of cancers found in an "
    "emergency comes near it"
)


def conversion(standards: pa.Table, cancers: Counts, total: Counts) -> pa.Table:
    """Of those who were told, how many were told of cancer (FOUND): by whatever the 28 days are told by, by year.

    standards: rows of years of the faster diagnosis standard. cancers, total: of each of its rows, those told of cancer
    and all who were told, in patients. The denominators are those of the standard, and hidden where they are.
    """
    where = [standards[name].to_pylist() for name in ("start", "end", "by", "group")]
    away = np.asarray(standards["state"].to_numpy(zero_copy_only=False) != "shown", np.bool_)
    return _controlled(CONVERSION, where, cancers, total, away)


def early_stage(
    pathways: Pathways, waits: Waits, year: Counts, ends: Sequence[tuple[date, date]]
) -> pa.Table:
    """Of cancers whose stage is known, those found at stage 1 or 2 (FOUND), by year and tumour group.

    year: the number of the year in which each of `waits` counts, -1 for none. ends: first and last day of the years.
    """
    stage = pathways.text("stage")[waits.row].astype(str)
    cancer = (pathways.text("told_reason")[waits.row] == EndReason.CANCER) & (year >= 0)
    staged = cancer & np.isin(stage, _STAGES)
    if not staged.any():
        return _missing(EARLY, NO_STAGE, ends[-1])
    tumour = diagnosed(pathways.text("diagnosis")[waits.row])
    groups = Groups.of({"tumour group": tumour[staged]})
    total, early = (np.zeros((len(ends), len(groups)), np.int64) for _ in range(2))
    for number in (np.zeros(int(staged.sum()), np.int64), groups.numbers("tumour group", tumour[staged])):
        np.add.at(total, (year[staged], number), 1)
        np.add.at(early, (year[staged], number), np.isin(stage[staged], _EARLY).astype(np.int64))
    rows = np.arange(total.size).reshape(total.shape)
    away = control_exact(total.reshape(-1), adding_up(groups, rows), scheme=NATIONAL_CANCER_WAITS)
    where: list[Any] = [
        [start for start, _ in ends for _ in range(len(groups))],
        [end for _, end in ends for _ in range(len(groups))],
        [by for by, _ in groups.pairs] * len(ends),
        [name for _, name in groups.pairs] * len(ends),
    ]
    return _controlled(EARLY, where, early.reshape(-1), total.reshape(-1), away)


def emergency(ends: Sequence[tuple[date, date]]) -> pa.Table:
    """That nothing tells of it, and why (FOUND)."""
    return _missing(EMERGENCY, NO_ROUTE, ends[-1])


def _controlled(measure: str, where: Sequence[Any], part: Counts, total: Counts, away: Flags) -> pa.Table:
    """Shares whose totals are shown exactly, as waits are, and whose parts follow the rule of every other measure.

    That somebody has cancer is told of nobody: 1 to 7 of a group are hidden, and so are all but 1 to 7.
    """
    pair = control_proportions(part, total, _everyone_of(where, part, total))
    hidden = np.asarray(away | ~pair.numerator.shown, np.bool_)
    numerator, denominator = np.minimum(pair.numerator.numbers, total), np.where(hidden, np.nan, total)
    numerator = np.where(hidden, np.nan, numerator)
    found = statistics.proportions(numerator, denominator, multiplier=100)
    start, end, by, group = where
    return pa.table({
        "measure": pa.repeat(measure, len(hidden)), "period": pa.repeat("year", len(hidden)),
        "start": pa.array(start, pa.date32()), "end": pa.array(end, pa.date32()),
        "by": pa.array(by, pa.string()), "group": pa.array(group, pa.string()),
        "numerator": pa.array(numerator, from_pandas=True).cast(pa.int64()),
        "denominator": pa.array(denominator, from_pandas=True).cast(pa.int64()),
        **limits(found),
        "state": np.where(hidden, "suppressed", "shown"), "reason": np.where(hidden, HIDDEN_WORDS, ""),
    }).select(FOUND.names).cast(FOUND)  # fmt: skip


def _everyone_of(where: Sequence[Any], *counts: Counts) -> list[Partition]:
    """What adds up to everyone of the same year, for each way of dividing them, wherever it does."""
    _, ends, by, _ = where
    everyone = {end: row for row, (end, one) in enumerate(zip(ends, by, strict=True)) if one == EVERYONE}
    found = []
    for way in dict.fromkeys(by):
        rows = [row for row, one in enumerate(by) if one == way and way != EVERYONE]
        sums = Partition(np.array(rows, np.int64), np.array([everyone[ends[row]] for row in rows], np.int64))
        for each in counts:
            sums = sums.holding(each, np.ones(len(each), np.bool_))
        found.append(sums)
    return [sums for sums in found if len(sums.part)]


def _missing(measure: str, why: str, ends: tuple[date, date]) -> pa.Table:
    row = {
        "measure": measure, "period": "year", "start": ends[0], "end": ends[1], "by": EVERYONE, "group": EVERYONE,
        "state": "missing", "reason": why,
    }  # fmt: skip
    return pa.Table.from_pylist([row], schema=FOUND)
