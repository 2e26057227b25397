"""What `explain` says of a measure is what a build does."""

import pytest

from stewardship.build import figures, place_cards
from stewardship.care_areas.area import CareArea
from stewardship.care_areas.registry import care_areas
from stewardship.measures.by_month import told_by_month
from stewardship.measures.cancer.declared import of_waits
from stewardship.measures.explained import explain
from stewardship.measures.facts import facts_in
from stewardship.measures.measure import rate
from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.language import contacts
from stewardship.people.table import people_of
from support import tiny_system as tiny
from support.small_records import open_records

CODED = {"condition", "observation", "medication", "activity_code", "death"}  # surveyed once for their codes
STAYS = CodeList("stays", "stays", "1", (CodeRule("ICD10", "E11", "prefix"),))
BY_DIAGNOSIS = rate(
    "By diagnosis", events=contacts(diagnosis=STAYS), better="lower", numerator_in_words="stays"
)
# How often contacts are read besides: to see that last days are known, to find those followed, and what follows.
BESIDES = {"nights-of-a-stay": 1, "back-within-100-days": 3}
MEASURES = [
    *(m for m in tiny.MEASURES.values() if not m.unavailable and m.key != "on-a-statin"),
    BY_DIAGNOSIS,
]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)
def test_the_tables_named_are_those_that_a_build_reads(measure, tmp_path):
    rows = tiny.rows()
    rows["activity_code"] = [
        {"activity_id": 100, "kind": "diagnosis", "position": 1, "system": "ICD10", "code": "E119",
         "date": tiny.YEARS[-1].end, "event_id": 1, "person_id": 1}
    ]  # fmt: skip
    records = open_records(tmp_path, rows)
    people = people_of(records, tiny.YEARS).kept(records.engine)
    places = place_cards(records.engine.ibis.to_pyarrow(records.table("place")), as_of=tiny.YEARS[-1].end)
    before = records.reads.copy()
    area = CareArea("x", "X", 1, "Everyone.", tiny.WITH_DIABETES, None, outcomes=[measure])
    missing = figures(people, records, [area], tiny.YEARS, places).missing
    assert not missing
    reads = {
        table: more - (table in CODED)
        for table, more in (records.reads - before).items()
        if table not in ("place", "activity") and more - (table in CODED)
    }
    if records.reads["activity"] > 1:  # once for its kinds, once for its facts, and once more by month
        reads["activity"] = (
            records.reads["activity"] - 1 - BESIDES.get(measure.key, 0) - told_by_month(measure)
        )
    explained = explain(measure, care_area="x", part="outcomes")
    assert reads == dict.fromkeys(explained.reads, 1)
    records.engine.close()


def test_every_measure_of_every_care_area_is_explained():
    for area in care_areas():
        for part, measure in area.measures():
            explained = explain(measure, care_area=area.key, part=part)
            assert explained.who
            assert {each["hash"] for each in explained.card.code_lists} == {
                c.hash for c in explained.code_lists
            }
            by_age_alone = not (
                measure.programme
                or measure.figure
                or of_waits(measure)
                or any(map(facts_in, measure.expressions))
            )
            assert bool(explained.reads) == (not (measure.unavailable or by_age_alone))
