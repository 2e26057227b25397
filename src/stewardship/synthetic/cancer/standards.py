"""How the made pathways do against the three standards, counted from the rows that are sent, beside what is published.

Source of the rules: NHS England cancer waiting times guidance v12.1: days are stop less start less adjustments; the
28 days count by the month of being told, the 31 and 62 days by the month of treatment.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.synthetic.cancer.backlog import dip_of
from stewardship.synthetic.cancer.published import (
    FIRST,
    SUBSEQUENT,
    TOLD,
    TREATED,
    month_of,
    published_months,
    source,
)
from stewardship.synthetic.compared import Compared, error_of_share
from stewardship.synthetic.lives import Flags, Plan
from stewardship.synthetic.tables import published, source_of

Counts = Mapping[str, tuple[int, int]]
"""Of each standard: how many were counted, and how many of them within it."""
ALL_TREATMENTS = "all_treatments"
NAMES = {
    TOLD: "Told within 28 days of referral, per cent",
    ALL_TREATMENTS: "Treated within 31 days of the decision, per cent",
    FIRST: "First treatments within 31 days, per cent",
    SUBSEQUENT: "Subsequent treatments within 31 days, per cent",
    TREATED: "Treated within 62 days, per cent",
}
TOPIC = "Cancer waiting times"
TOLERANCE = 2.0  # points
WITHIN_VOLUME = 0.05
_FIRST_EVENTS, _NOT_COUNTED_LATER = ("01", "07", "12"), ("07", "08", "09")
_MADE_WITH_DECLINED = "98"
Number = npt.NDArray[np.int64]


def standards_met(plan: Plan, rows: pa.Table) -> dict[str, tuple[int, int]]:
    """The standards in the published months that the plan covers and that its dip in capacity leaves alone.

    rows: as `cancer` makes them under `pathways`. A plan without such months is counted over all its months.
    """
    told, treated, decided = (_day(rows, name) for name in _DAYS)
    start = np.where(
        _known(rows, "ConsultantUpgradeDate"),
        _day(rows, "ConsultantUpgradeDate"),
        _day(rows, "ReferralReceivedDate"),
    )
    off, pause = _number(rows, "FirstSeenAdjustmentDays"), _number(rows, "TreatmentAdjustmentDays")
    event, modality = _text(rows, "TreatmentEventType"), _text(rows, "TreatmentModality")
    reportable = _text(rows, "MorphologyFlag") == ""
    first = np.isin(event, _FIRST_EVENTS) & (modality != _MADE_WITH_DECLINED) & reportable
    later = (
        reportable
        & ~np.isin(event, (*_FIRST_EVENTS, ""))
        & ~np.isin(modality, (*_NOT_COUNTED_LATER, _MADE_WITH_DECLINED))
    )
    with_clock = (
        _known(rows, "ConsultantUpgradeDate")
        | np.isin(_text(rows, "PriorityType"), ("3",))
        | (_text(rows, "SourceOfReferral") == "17")
    )
    died_late = (_text(rows, "FasterDiagnosisExclusionReason") == "01") & (told - start - off > 28)
    ended = np.isin(_text(rows, "FasterDiagnosisEndReason"), ("01", "02", "04")) | died_late
    found = {
        TOLD: _within(plan, ended, told, told - start - off, 28),
        FIRST: _within(plan, first, treated, treated - decided - pause, 31),
        SUBSEQUENT: _within(plan, later, treated, treated - decided - pause, 31),
        TREATED: _within(plan, first & with_clock, treated, treated - start - off - pause, 62),
    }
    together = (found[FIRST][0] + found[SUBSEQUENT][0], found[FIRST][1] + found[SUBSEQUENT][1])
    return {**found, ALL_TREATMENTS: together}


def added(counts: Iterable[Counts]) -> dict[str, tuple[int, int]]:
    """Several batches' counts as one."""
    total = dict.fromkeys(NAMES, (0, 0))
    for each in counts:
        total = {name: (total[name][0] + each[name][0], total[name][1] + each[name][1]) for name in NAMES}
    return total


def compared_with_published(counts: Counts) -> list[Compared]:
    """The standards beside those published."""
    return [_standard(standard, *counts[standard]) for standard in NAMES]


def _standard(standard: str, many: int, within: int) -> Compared:
    made = 100 * within / max(many, 1)
    return Compared(
        topic=TOPIC, figure=NAMES[standard], published=_published(standard), made=made, tolerance=TOLERANCE,
        relative=False, source=f"{source()}; the {len(published_months(TOLD))} months pooled",
        error=error_of_share(made, many),
    )  # fmt: skip


def first_treatments(plan: Plan, counts: Counts, years: float) -> Compared:
    """First treatments a year per 100,000 people registered. years: lived by those whose treatments are counted, over
    all the plan's years; treatments are counted in the same months as the standards."""
    months = published_months(FIRST)
    registered = sum(float(value) for row in published("age_structure") for value in list(row.values())[2:])
    rate = sum(month[1] for month in months) / len(months) * 12 / registered
    day = np.arange(plan.first, plan.last + 1)
    many, counted = counts[FIRST][0], years * float(_in_months(plan, day).mean())
    return Compared(
        topic=TOPIC, figure="First treatments of cancer, a year per 100,000 registered", published=1e5 * rate,
        made=1e5 * many / counted, tolerance=WITHIN_VOLUME, relative=True,
        source=f"{source()}; {source_of('age_structure').rpartition('Source: ')[2]}", error=1e5 * many**0.5 / counted,
    )  # fmt: skip


def _published(standard: str) -> float:
    parts = (FIRST, SUBSEQUENT) if standard == ALL_TREATMENTS else (standard,)
    months = [month for part in parts for month in published_months(part)]
    return 100 * sum(month[2] for month in months) / sum(month[1] for month in months)


def _within(plan: Plan, counted: Flags, stopped: Number, days: Number, limit: int) -> tuple[int, int]:
    kept = counted & _in_months(plan, stopped)
    return int(kept.sum()), int((kept & (days <= limit)).sum())


def _in_months(plan: Plan, day: Number) -> Flags:
    """In published months after the dip's queue is gone, or before the dip."""
    dip = dip_of(plan)
    months = published_months(TOLD)
    month = month_of(np.clip(day, 0, 10**6).astype(np.int32))
    inside = (month >= months[0][0]) & (month <= months[-1][0])
    calm = (day >= plan.first) & (day <= plan.last) & ((day < dip.first) | (day > dip.over))
    return np.asarray(calm & inside if plan_covers(plan) else calm)


def plan_covers(plan: Plan) -> bool:
    """Whether some published months are told and left alone by the dip."""
    months = published_months(TOLD)
    days = np.arange(plan.first, plan.last + 1, dtype=np.int32)
    month = month_of(days)
    dip = dip_of(plan)
    return bool(
        ((month >= months[0][0]) & (month <= months[-1][0]) & ((days < dip.first) | (days > dip.over))).any()
    )


_DAYS = ("FasterDiagnosisEndDate", "TreatmentStartDate", "DecisionToTreatDate")


def _day(rows: pa.Table, name: str) -> Number:
    whole = pc.fill_null(pc.cast(pc.cast(rows[name], pa.int32()), pa.int64()), 0)
    return np.asarray(whole.to_numpy(), dtype=np.int64)


def _known(rows: pa.Table, name: str) -> Flags:
    return np.asarray(pc.is_valid(rows[name]).to_numpy(), dtype=bool)


def _number(rows: pa.Table, name: str) -> Number:
    return np.asarray(pc.fill_null(rows[name], 0).to_numpy(), dtype=np.int64)


def _text(rows: pa.Table, name: str) -> npt.NDArray[np.str_]:
    return np.asarray(
        pc.fill_null(pc.cast(rows[name], pa.string()), "").to_numpy(zero_copy_only=False), dtype=str
    )
