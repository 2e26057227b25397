"""Which day a wait of records counts for, and for whom (R8, R10)."""

from datetime import date

import pyarrow as pa
import pytest

from stewardship.measures.cancer.courses import days_of
from stewardship.measures.cancer.judging import Waits, judge_pathways
from stewardship.measures.cancer.reading import MILESTONES, Pathways
from stewardship.rules.cancer.judgement import Standard

TREATED = {
    "received": date(2025, 5, 1), "seen": date(2025, 5, 8), "told": date(2025, 5, 27), "told_reason": "01",
    "decided": date(2025, 5, 20), "treated": date(2025, 7, 9), "transferred": date(2025, 6, 5), "diagnosis": "C61",
    "source_of_referral": "03", "priority": "3", "referral_type": "11", "seen_provider": "RZ1",
    "told_provider": "RZ1", "treated_provider": "RZ2", "treatment_event": "01", "modality": "23", "upgraded": None,
    "closed": None, "seen_adjustment": None, "treated_adjustment": None, "status": None, "stage": None,
    "told_exclusion": None, "morphology": None, "investigating_provider": None,
}  # fmt: skip


def column(name: str, value: object) -> pa.Array:
    if isinstance(value, date) or name in {*MILESTONES, "upgraded", "closed"}:
        return pa.array([value], pa.date32())
    return pa.array([value], pa.int64() if name.endswith("adjustment") else pa.string())


def waits(standard: Standard, **changes: object) -> Waits:
    """The waits of one pathway of records."""
    row = {**dict.fromkeys(MILESTONES), **TREATED, **changes}
    rows = pa.table({name: column(name, value) for name, value in row.items()})
    nobody = pa.table({"person_id": pa.array([], pa.string()), "period": pa.array([], pa.int64())})
    return judge_pathways(Pathways(rows, nobody, {}), as_of=date(2025, 12, 31)).waits[standard]


def test_the_28_days_count_on_the_day_they_ended_even_where_a_decision_had_stopped_them():
    found = waits(Standard.FASTER_DIAGNOSIS)
    assert found.days.tolist() == [19]
    assert found.stopped.tolist() == [days_of(date(2025, 5, 27))]
    assert found.provider.tolist() == ["RZ1"]


def test_the_31_days_count_for_the_provider_that_treated():
    found = waits(Standard.DECISION_TO_TREATMENT)
    assert (found.stopped.tolist(), found.provider.tolist()) == ([days_of(date(2025, 7, 9))], ["RZ2"])


@pytest.mark.parametrize(
    ("treated_by", "providers", "halves"), [("RZ2", ["RZ1", "RZ2"], [1, 1]), ("RZ1", ["RZ1"], [2])]
)
def test_two_providers_have_half_each_where_it_is_not_recorded_who_investigated(
    treated_by, providers, halves
):
    found = waits(Standard.REFERRAL_TO_TREATMENT, treated_provider=treated_by)
    assert found.days.tolist() == [69]
    assert (found.provider.tolist(), found.patients.tolist()) == (providers, halves)
    assert found.met.sum() == 0


def test_where_it_is_recorded_who_investigated_the_transfer_decides_whose_the_breach_is():
    """35 days of investigation and 34 of treatment: the fourth of the six cases."""
    found = waits(Standard.REFERRAL_TO_TREATMENT, investigating_provider="RZ1")
    assert (found.provider.tolist(), found.patients.tolist(), found.met.tolist()) == (["RZ2"], [2], [0])


def test_someone_left_out_because_of_their_death_is_late_only_after_the_28_days():
    left_out = {"told_reason": "03", "decided": None, "treated": None}
    late = waits(Standard.FASTER_DIAGNOSIS, **left_out, told=date(2025, 6, 20), told_exclusion="01")
    assert (late.days.tolist(), late.within.tolist()) == ([50], [False])
    assert not len(waits(Standard.FASTER_DIAGNOSIS, **left_out, told_exclusion="01").row)
    other = waits(Standard.FASTER_DIAGNOSIS, **left_out, told=date(2025, 6, 20), told_exclusion="02")
    assert not len(other.row)


@pytest.mark.parametrize("standard", [Standard.DECISION_TO_TREATMENT, Standard.REFERRAL_TO_TREATMENT])
def test_a_carcinoma_of_basal_cells_is_not_counted(standard):
    assert len(waits(standard, diagnosis="C443").row) == 1
    assert not len(waits(standard, diagnosis="C443", morphology="BCC").row)
