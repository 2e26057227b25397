"""Pathways of records judged by the national rules (`rules.cancer`), as arrays that figures are counted from.

Records tell days of adjustment without the dates behind them. So the dates that give those days are put in: the new
appointment was made so many days after the clock started, and the pause began on the decision to treat.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from stewardship.measures.cancer.courses import NEVER, Courses, Days, Flags, Names, days_of
from stewardship.measures.cancer.groups import diagnosed, suspected
from stewardship.measures.cancer.reading import Pathways
from stewardship.rules.cancer.adjustments import clock_start, first_seen_adjustment
from stewardship.rules.cancer.clocks import is_another_diagnosis
from stewardship.rules.cancer.codes import NON_SPECIFIC_SYMPTOMS, ROUTES, EndReason, Route
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.judgement import Allocation, Clock, Judgement, Result, Standard
from stewardship.rules.cancer.pathway import Pathway, Treatment
from stewardship.rules.cancer.route import route_of
from stewardship.rules.cancer.table import BASAL_CELL

HALVES = 2  # of a patient
COUNTED = (Result.MET, Result.BREACH)
NO_PROVIDER = "Not known"
A_PAUSE = "8"  # patient choice: which of the reasons it was makes no difference to the days


@dataclass(frozen=True)
class Waits:
    """The waits that one standard counts: one entry a wait.

    row: position among the pathways. stopped: the day it counts for. days: the wait, less adjustments. within: whether
    the standard was met. suspected, tumour: the code and the group it is counted under; route: in words. ruled_out:
    whether the person was told that it is not cancer. of, provider, patients, met: how each is shared out over
    providers, in half patients: `of` is the position of the wait.
    """

    row: Days
    stopped: Days
    days: Days
    within: Flags
    suspected: Names
    tumour: Names
    route: Names
    ruled_out: Flags
    of: Days
    provider: Names
    patients: Days
    met: Days


@dataclass(frozen=True)
class Judged:
    """What the rules say of all pathways: the waits that each standard counts, and the courses of those with a
    clock."""

    waits: Mapping[Standard, Waits]
    courses: Courses


def judge_pathways(pathways: Pathways, *, as_of: date) -> Judged:
    """Judge every pathway that a register of waiting times tells of."""
    read = list(facts(pathways))
    judged = [judge(each, as_of=as_of) for each in read]
    waits = {standard: _waits(pathways, judged, standard) for standard in Standard}
    return Judged(waits, _courses(pathways, read))


def facts(pathways: Pathways) -> Iterator[Pathway]:
    """The pathways as the rules read them, in their order."""
    for row in pathways.rows.to_pylist():
        route = route_of(
            priority=row["priority"] or "", source_of_referral=row["source_of_referral"] or "",
            referral_type=row["referral_type"] or "", upgraded=row["upgraded"] is not None,
        )  # fmt: skip
        start = row["upgraded"] or row["received"]
        missed = row["seen_adjustment"] if start is not None else None
        yield Pathway(
            route=route,
            referral_type=row["referral_type"] or "",
            received=row["received"],
            upgraded=row["upgraded"],
            missed=start if missed else None,
            rebooked=start + timedelta(missed) if missed else None,
            first_seen=row["seen"],
            first_seen_provider=row["seen_provider"] or "",
            told=row["told"],
            end_reason=row["told_reason"] or "",
            exclusion_reason=row["told_exclusion"] or "",
            left=row["closed"],
            diagnosis=row["diagnosis"] or "",
            basal_cell=(row["morphology"] or "").upper() == BASAL_CELL,
            investigating_provider=row["investigating_provider"] or "",
            transferred=row["transferred"],
            treatment=_treatment(row),
        )


def _treatment(row: Mapping[str, Any]) -> Treatment | None:
    decided, days = row["decided"], row["treated_adjustment"]
    if decided is None and row["treated"] is None:
        return None
    paused = bool(days) and decided is not None
    return Treatment(
        decided=decided,
        started=row["treated"],
        event_type=row["treatment_event"] or "",
        modality=row["modality"] or "",
        pause_from=decided if paused else None,
        pause_to=decided + timedelta(days) if paused else None,
        pause_reason=A_PAUSE if paused else "",
        provider=row["treated_provider"] or "",
    )


def _waits(pathways: Pathways, judged: list[Judgement], standard: Standard) -> Waits:
    clocks = [each.clock(standard) for each in judged]
    row = np.array([at for at, clock in enumerate(clocks) if clock.result in COUNTED], np.int64)
    chosen = [clocks[at] for at in row]
    types, reasons = pathways.text("referral_type"), pathways.text("told_reason")
    tumour = (
        suspected(types) if standard is Standard.FASTER_DIAGNOSIS else diagnosed(pathways.text("diagnosis"))
    )
    routes = np.array([route_in_words(each.route) for each in judged], object)
    shares = list(_shares(pathways, judged, row, standard))
    of, provider, patients, met = zip(*shares, strict=True) if shares else ((), (), (), ())
    return Waits(
        row=row,
        stopped=_counted_on(pathways, row, chosen, standard),
        days=np.array([clock.days or 0 for clock in chosen], np.int64),
        within=np.array([clock.result is Result.MET for clock in chosen], np.bool_),
        suspected=types[row],
        tumour=tumour[row],
        route=routes[row],
        ruled_out=np.isin(reasons[row].astype(str), [EndReason.RULED_OUT, EndReason.INTERVAL_SCAN]),
        of=np.array(of, np.int64),
        provider=np.array(provider, object),
        patients=np.array(patients, np.int64),
        met=np.array(met, np.int64),
    )


def _counted_on(pathways: Pathways, row: Days, chosen: list[Clock], standard: Standard) -> Days:
    """The day a wait is reported under (R10): of the 28 days their end, even where a decision to treat stopped them."""
    stopped = np.array([_day(clock.stop) for clock in chosen], np.int64)
    if standard is not Standard.FASTER_DIAGNOSIS:
        return stopped
    told = pathways.day("told")[row]
    return np.where(told < NEVER, told, stopped)


def _shares(
    pathways: Pathways, judged: list[Judgement], row: Days, standard: Standard
) -> Iterator[tuple[int, str, int, int]]:
    """How each wait is shared out: position, provider, half patients, and those of them within the standard."""
    one = pathways.text("told_provider" if standard is Standard.FASTER_DIAGNOSIS else "treated_provider")
    for position, at in enumerate(row):
        if standard is not Standard.REFERRAL_TO_TREATMENT:
            met = judged[at].clock(standard).result is Result.MET
            yield position, str(one[at]) or NO_PROVIDER, HALVES, HALVES * met
        else:
            for provider, patients, breaches in _allocated(judged[at].allocation):
                yield position, provider, patients, patients - breaches


def _allocated(allocation: Allocation) -> Iterator[tuple[str, int, int]]:
    for share in (allocation.investigating, allocation.treating):
        if share is not None and share.patients:
            yield share.provider or NO_PROVIDER, int(HALVES * share.patients), int(HALVES * share.breaches)


def _courses(pathways: Pathways, read: Sequence[Pathway]) -> Courses:
    """Of pathways with a route: from the adjusted start of the clock to treatment, to being told that it is not cancer
    (or being excluded), or to leaving."""
    started = np.array([_day(clock_start(each)) for each in read], np.int64)
    found = [first_seen_adjustment(each) for each in read]
    off = np.array([0 if each is None else each.days for each in found], np.int64)
    told, reason, decided = pathways.day("told"), pathways.text("told_reason"), pathways.day("decided")
    cancer, treated, left = reason == EndReason.CANCER, pathways.day("treated"), pathways.day("closed")
    another = np.array([is_another_diagnosis(each) for each in read], np.bool_)
    out = np.where((reason != "") & ~cancer & ((decided == NEVER) | another), told, NEVER)
    types, seen_at = pathways.text("referral_type"), pathways.text("seen_provider")
    return Courses(
        start=np.where(started < NEVER, started + off, NEVER),
        seen=pathways.day("seen"),
        tested=pathways.day("TEST"),
        told=np.where(cancer, told, NEVER),
        decided=decided,
        ended=np.minimum(np.minimum(treated, out), left),
        cancer=cancer,
        headline=types != NON_SPECIFIC_SYMPTOMS,
        tumour=suspected(types),
        provider=np.where(seen_at == "", NO_PROVIDER, seen_at),
        route=np.array([route_in_words(each.route) for each in read], object),
        person=np.arange(len(pathways), dtype=np.int64),
    ).taken(started < NEVER)


def route_in_words(route: Route) -> str:
    """A route with a capital, as it stands in tables."""
    words = ROUTES[route]
    return words[0].upper() + words[1:]


def _day(day: date | None) -> int:
    return NEVER if day is None else days_of(day)
