"""Each event table is read once, however many facts are asked of it."""

import json
from collections import Counter
from datetime import date

import pytest

from stewardship.measures.facts import Facts, facts_in
from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.language import (
    contacts,
    deaths,
    has,
    latest,
    prescriptions,
    procedures,
    recorded,
)
from stewardship.people.periods import months, years_ending
from stewardship.records.engine import Engine
from support.small_records import opened, write_records

EVENT_TABLES = ("condition", "observation", "medication", "activity", "activity_code", "death")
ONE = CodeList("one", "one", "1", (CodeRule("ICD10", "E", "prefix"),), unit="mmol/mol")
TWO = CodeList("two", "two", "1", (CodeRule("ICD10", "E10"),), unit="mmol/mol")

# For any window, ten facts of every event table: counts, costs and latest values, some by the same codes.
TEN = [
    lambda within: has(ONE, within),
    lambda within: recorded(ONE, within),
    lambda within: latest(TWO, within),
    lambda within: contacts().count(within),
    lambda within: contacts(point_of_delivery="outpatient").cost(within),
    lambda within: contacts(diagnosis=ONE).any(within),
    lambda within: contacts(diagnosis=TWO, primary=False).any(within),
    lambda within: procedures(ONE).count(within),
    lambda within: prescriptions(TWO).cost(within),
    lambda within: deaths(ONE).count(within),
]
ROWS = {
    "condition": {"event_id": 1, "start": date(2024, 1, 1)},
    "observation": {"event_id": 1, "date": date(2024, 1, 1), "value": 48.0, "unit": "mmol/mol"},
    "medication": {"event_id": 1, "date": date(2024, 1, 1), "cost_pence": 90},
    "activity": {"activity_id": 1, "start": date(2024, 1, 1), "point_of_delivery": "outpatient"},
    "activity_code": {
        "event_id": 1, "activity_id": 1, "kind": "diagnosis", "position": 1, "date": date(2024, 1, 1),
    },
    "death": {"date": date(2024, 12, 30)},
}  # fmt: skip


class WatchedEngine(Engine):
    """An engine that notes how often what it keeps scans a Parquet file, by the plan that really runs."""

    def __init__(self, **given):
        super().__init__(**given)
        self.scans = Counter()

    def keep(self, name, expression):
        kept = super().keep(name, expression)
        plan = self.rows(f"EXPLAIN (FORMAT json) {self.ibis.compile(expression)}")
        self.scans[name] += _scans(json.loads(plan[0][1]))
        return kept


def _scans(steps):
    return sum(("PARQUET" in step["name"]) + _scans(step["children"]) for step in steps)


@pytest.fixture
def records(tmp_path):
    rows = {name: [{"person_id": 1, "system": "ICD10", "code": "E10", **row}] for name, row in ROWS.items()}
    write_records(tmp_path / "records", rows)
    engine = WatchedEngine(scratch=tmp_path / "scratch", memory="1GB", threads=1)
    yield opened(tmp_path, engine)
    engine.close()


def asked(records, expressions):
    """Work all facts of the expressions out; how many there are."""
    wanted = [fact for each in expressions for fact in facts_in(each)]
    facts = Facts(records, wanted, years_ending(date(2024, 12, 31)))
    for fact in facts.numbers:  # wanted one by one, as measures want them
        (of_it,) = facts.of([fact])
        assert records.engine.ibis.to_pyarrow(of_it.table).num_rows >= 0
    return len(facts.numbers)


@pytest.mark.parametrize("how_many", [10, 60])
def test_every_event_table_is_scanned_once_for_ten_facts_or_for_sixty(records, how_many):
    windows = [months(count) for count in range(1, how_many // 10 + 1)]
    assert asked(records, [make(within) for within in windows for make in TEN]) == how_many
    assert records.engine.scans == {
        "facts_of_condition": 1,
        "facts_of_observation": 1,
        "facts_of_medication": 1,
        "facts_of_activity": 1,
        "coded_activity": 1,  # the one scan of activity_code, for diagnoses of contacts and for procedures
        "facts_of_activity_code": 0,
        "facts_of_death": 1,
    }


@pytest.mark.parametrize("how_many", [10, 60])
def test_beside_that_each_coded_table_is_profiled_once(records, how_many):
    """One pass tells which codes there are; the checks of coverage use the same."""
    windows = [months(count) for count in range(1, how_many // 10 + 1)]
    asked(records, [make(within) for within in windows for make in TEN])
    assert records.reads == {**dict.fromkeys(EVENT_TABLES, 2), "activity": 1}


@pytest.mark.parametrize("make, scans", [
    (TEN[0], {"facts_of_condition": 1}),
    (TEN[3], {"facts_of_activity": 1}),
    (TEN[5], {"facts_of_activity": 1, "coded_activity": 1}),
    (TEN[7], {"coded_activity": 1, "facts_of_activity_code": 0}),
])  # fmt: skip
def test_one_fact_reads_no_table_but_its_own(records, make, scans):
    assert asked(records, [make(months(12))]) == 1
    assert records.engine.scans == scans


def test_facts_that_several_expressions_share_are_one(records):
    assert asked(records, [has(ONE) & has(TWO), has(TWO) | ~has(ONE), has(ONE)]) == 2
