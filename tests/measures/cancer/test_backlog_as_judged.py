"""Who is waiting, and since when, is counted from arrays of days: just those whom the rules call waiting."""

import random
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from stewardship.measures.cancer.courses import days_of
from stewardship.measures.cancer.judging import facts, judge_pathways
from stewardship.measures.cancer.reading import MILESTONES, Pathways
from stewardship.rules.cancer.codes import NON_SPECIFIC_SYMPTOMS
from stewardship.rules.cancer.judge import judge

AS_OF = date(2026, 3, 31)
TEXTS = (
    "source_of_referral", "priority", "referral_type", "status", "diagnosis", "stage", "seen_provider",
    "told_provider", "told_reason", "told_exclusion", "morphology", "investigating_provider", "treated_provider",
    "treatment_event", "modality",
)  # fmt: skip
DAYS = ("received", "upgraded", "seen", "told", "transferred", "decided", "treated", "closed", *MILESTONES)
NUMBERS = ("seen_adjustment", "treated_adjustment")
SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in TEXTS),
        *((name, pa.date32()) for name in DAYS),
        *((name, pa.int64()) for name in NUMBERS),
    ]
)


def made(chance: random.Random) -> dict[str, object]:
    """One pathway that a register tells of, in an order that can be, up to the date."""
    received = AS_OF - timedelta(chance.randrange(200))

    def later(low: int, high: int, share: float) -> date | None:
        day = received + timedelta(chance.randint(low, high))
        return day if chance.random() < share and day <= AS_OF else None

    seen, told = later(5, 20, 0.9), later(20, 45, 0.8)
    treated = later(55, 90, 0.3)
    decided = later(30, 54, 1.0 if treated else 0.2)
    return {
        "received": received, "upgraded": later(0, 4, 0.1), "seen": seen, "told": told, "decided": decided,
        "treated": treated, "transferred": later(25, 50, 0.2), "closed": later(40, 120, 0.05),
        "source_of_referral": chance.choice(("03", "03", "17")), "priority": chance.choice(("3", "3", "2", "1")),
        "referral_type": chance.choice(("07", "08", "16", "17")), "seen_provider": "RZ1", "told_provider": "RZ1",
        "told_reason": chance.choice(("01", "02", "02", "03", "04", "")) if told else None,
        "told_exclusion": chance.choice(("01", "02")) if told else None, "investigating_provider": "RZ1",
        "treated_provider": chance.choice(("RZ1", "RZ2")), "modality": "23" if treated else None,
        "treatment_event": chance.choice(("01", "01", "03")) if treated else None,
        "diagnosis": chance.choice(("C187", "C187", "D126", None)), "treated_adjustment": None,
        "seen_adjustment": chance.choice((None, None, 3)) if seen else None,
    }  # fmt: skip


@pytest.fixture(scope="module")
def pathways() -> Pathways:
    chance = random.Random(20260331)
    rows = [dict.fromkeys(SCHEMA.names) | made(chance) for _ in range(3000)]
    nobody = pa.table({"person_id": pa.array([], pa.string()), "period": pa.array([], pa.int64())})
    return Pathways(pa.Table.from_pylist(rows, schema=SCHEMA), nobody, {})


def test_those_who_wait_and_their_days_are_those_of_the_rules(pathways):
    by_rule = {
        row: found.days
        for row, one in enumerate(facts(pathways))
        if (found := judge(one, as_of=AS_OF).waiting) is not None
    }
    courses, day = judge_pathways(pathways, as_of=AS_OF).courses, days_of(AS_OF)
    there = courses.taken(courses.open_on(day))
    assert dict(zip(there.person.tolist(), (day - there.start).tolist(), strict=True)) == by_rule
    assert len(by_rule) > 300


def test_the_headline_leaves_out_whom_the_rules_leave_out(pathways):
    courses = judge_pathways(pathways, as_of=AS_OF).courses
    types = pathways.text("referral_type")[courses.person]
    assert np.array_equal(courses.headline, types != NON_SPECIFIC_SYMPTOMS)
