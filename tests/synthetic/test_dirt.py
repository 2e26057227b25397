"""What is put wrong in made extracts: at the stated rates, counted, and nothing else changed."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from stewardship.synthetic.dirt import (
    CODE_OUT_OF_LIST,
    DUPLICATED,
    IMPOSSIBLE_DATE,
    INVALID_NHS_NUMBER,
    LATE,
    NO_ETHNICITY,
    STRAY_TEXT,
    planted_dirt,
    resubmitted,
    spoilt,
)
from stewardship.synthetic.extracts import Extract, chosen, constant, days, nhs_numbers, numbers
from stewardship.synthetic.lives import NEVER, People, Plan
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import people_of

PLAN = Plan(2_000, 2, 3, date(2025, 12, 31))
PEOPLE = people_of(PLAN, places_of(PLAN), 0)
MANY = 200_000


def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def stays(people: People = PEOPLE, many: int = MANY) -> Extract:
    """Stays of two days of people while they live, drawn anyhow."""
    random = np.random.default_rng(1)
    who = random.integers(0, len(people), many)
    last = np.minimum(people.death[who], PLAN.last).astype(np.int64) - 2
    start = (PLAN.first + random.random(many) * np.maximum(last - PLAN.first, 1)).astype(np.int32)
    end = days((start + 2).astype(np.int32))
    rows = pa.table({
        "NHSNumber": chosen(nhs_numbers(people.number), who),
        "EthnicGroup": chosen(["A", "H"], random.integers(0, 2, many)),
        "HospitalProviderSpellNumber": numbers(np.arange(many)),
        "AdmissionMethodHospitalProviderSpell": constant("21", many),
        "PatientClassification": constant("1", many),
        "StartDateHospitalProviderSpell": days(start),
        "DischargeDateFromHospitalProviderSpell": end,
        "StartDateConsultantEpisode": days(start),
        "EndDateConsultantEpisode": end,
        "CostPence": numbers(np.full(many, 85_000)),
    })  # fmt: skip
    return Extract("hospital", "apc", (start + 2).astype(np.int32), rows)


@pytest.mark.parametrize(
    "kind, rate",
    [
        ("duplicates", DUPLICATED),
        ("invalid NHS numbers", INVALID_NHS_NUMBER),
        ("without ethnic category", NO_ETHNICITY["hospital"]),
        ("codes out of their list", 2 * CODE_OUT_OF_LIST),
        ("impossible dates", IMPOSSIBLE_DATE),
        ("late", LATE),
    ],
)
def test_wrong_things_come_at_their_rates(kind: str, rate: float) -> None:
    _, counts = spoilt(stays(), PEOPLE, rng())
    assert counts[kind] == pytest.approx(rate * MANY, abs=4 * np.sqrt(rate * MANY))


def test_what_is_counted_is_what_is_wrong_and_nothing_else_changes() -> None:
    before, (after, counts) = stays(), spoilt(stays(), PEOPLE, rng())
    same = after.rows.slice(0, MANY)
    changed = {name: _differing(before.rows, same, name) for name in same.column_names}
    assert changed["NHSNumber"] == counts["invalid NHS numbers"]
    assert changed["EthnicGroup"] == counts["without ethnic category"]
    codes = changed["AdmissionMethodHospitalProviderSpell"] + changed["PatientClassification"]
    assert codes == counts["codes out of their list"]
    assert changed["StartDateHospitalProviderSpell"] == counts["admissions after death"]
    assert changed["DischargeDateFromHospitalProviderSpell"] == pytest.approx(
        counts["impossible dates"] + counts["admissions after death"], abs=1
    )
    assert changed["HospitalProviderSpellNumber"] == changed["CostPence"] == 0
    assert len(after.rows) == MANY + counts["duplicates"]
    assert after.sent is not None
    assert before.sent is not None
    assert int((after.sent[:MANY] != before.sent).sum()) <= counts["late"]


def _differing(before: pa.Table, after: pa.Table, name: str) -> int:
    """In how many rows a column says something else."""
    kind = before.schema.field(name).type
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    differs = pc.not_equal(after[name].cast(plain), before[name].cast(plain))
    return int(pc.sum(pc.fill_null(differs, True)).as_py())


def test_duplicates_stand_at_the_end_and_are_rows_that_are_there() -> None:
    after, counts = spoilt(stays(), PEOPLE, rng())
    spells = after.rows["HospitalProviderSpellNumber"].to_numpy()
    assert (spells[:MANY] == np.arange(MANY)).all()
    assert counts["duplicates"] > 0
    assert (spells[MANY:] < MANY).all()


def test_admissions_after_death_are_of_people_who_died() -> None:
    after, counts = spoilt(stays(), PEOPLE, rng())
    spells = after.rows["HospitalProviderSpellNumber"].to_numpy()[:MANY]
    start = after.rows["StartDateHospitalProviderSpell"].cast("int32").to_numpy()[:MANY]
    death = PEOPLE.death[stays().rows["NHSNumber"].combine_chunks().indices.to_numpy()][spells]
    assert counts["admissions after death"] >= 0
    assert int(((start > death) & (death < NEVER)).sum()) == counts["admissions after death"]


def test_late_rows_are_sent_later_and_never_earlier() -> None:
    before, (after, _) = stays(), spoilt(stays(), PEOPLE, rng())
    assert after.sent is not None
    assert before.sent is not None
    later = after.sent[:MANY] - before.sent
    assert set(np.unique(later[later > 0])) <= set(range(35, 95))
    assert (later >= 0).all()


def test_remarks_stand_where_numbers_should() -> None:
    rows = pa.table({"NHSNumber": chosen(["9"], np.zeros(MANY)), "Score": numbers(np.arange(MANY) / 4)})
    after, counts = spoilt(Extract("general-practice", "assessments", None, rows), PEOPLE, rng())
    score = after.rows["Score"].to_pylist()
    wrong = [text for text in score if not text.replace(".", "").isdigit()]
    remarks = set(wrong)
    assert len(wrong) == counts["text in a number"] == pytest.approx(STRAY_TEXT * MANY, rel=0.2)
    assert all(float(text) == place / 4 for place, text in enumerate(score) if text not in remarks)


def test_medicines_are_left_as_they_are() -> None:
    extract = Extract("general-practice", "medications", None, pa.table({"IssueID": [1, 2]}))
    assert spoilt(extract, PEOPLE, rng()) == (extract, {})


def test_the_same_stream_spoils_the_same_rows() -> None:
    (one, first), (other, second) = spoilt(stays(), PEOPLE, rng()), spoilt(stays(), PEOPLE, rng())
    assert one.rows.equals(other.rows)
    assert first == second


def test_an_extract_without_rows_stays_without() -> None:
    nothing = stays(many=0)
    after, counts = spoilt(nothing, PEOPLE, rng())
    assert len(after.rows) == 0
    assert set(counts.values()) == {0}


def test_a_month_sent_again_has_rows_left_out_rows_changed_and_rows_that_are_new() -> None:
    extract = stays()
    assert extract.sent is not None
    first, last = PLAN.last - 120, PLAN.last - 91
    again, counts = resubmitted(extract, first, last, rng())
    there = int(((extract.sent >= first) & (extract.sent <= last)).sum())
    assert len(again.rows) == there - counts["left out"] + counts["new"]
    assert min(counts.values()) > 0
    assert again.sent is not None
    assert ((again.sent >= first) & (again.sent <= last)).all()
    costs = again.rows["CostPence"].to_numpy()
    assert int((costs != 85_000).sum()) == pytest.approx(counts["with another cost"], abs=2)
    assert again.rows.schema.equals(extract.rows.schema)


def test_what_is_sent_at_once_cannot_be_sent_again_by_month() -> None:
    extract = Extract("deaths", "deaths", None, pa.table({"NHSNumber": ["9"]}))
    with pytest.raises(ValueError, match="deaths is not sent by months"):
        resubmitted(extract, 0, 30, rng())


def test_the_truth_tells_what_is_wrong_by_kind_of_file() -> None:
    entry = planted_dirt(stays(), {"duplicates": 3}) + planted_dirt(stays(), {"duplicates": 4})
    assert entry.realised == {"hospital/apc: duplicates": 7}
