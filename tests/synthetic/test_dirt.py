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
    IMPOSSIBLE_DAY,
    INVALID_NHS_NUMBER,
    LATE,
    NO_ETHNICITY,
    STRAY_TEXT,
    Counts,
    Spoilt,
    spoilt,
)
from stewardship.synthetic.dirt_told import TOLD, planted_dirt
from stewardship.synthetic.extracts import Extract, chosen, constant, days, nhs_numbers, numbers
from stewardship.synthetic.lives import NEVER, People, Plan
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import people_of
from stewardship.synthetic.sending import periods
from stewardship.synthetic.sent_again import LEFT_OUT, NEW, ONCE_NOW, OTHER_COST, ROWS_LEFT_OUT, resent

PLAN = Plan(2_000, 2, 3, date(2025, 12, 31))
PEOPLE = people_of(PLAN, places_of(PLAN), 0)
MANY = 200_000
ENDS = np.array([period.end for period in periods(PLAN)], dtype=np.int32)
NEVER_ENDS = np.array([NEVER], dtype=np.int32)


def dirty(extract: Extract) -> tuple[Extract, Counts]:
    """An extract spoilt, and all that is wrong with it, whether it has been sent yet or not."""
    found = spoilt(extract, PEOPLE, rng())
    return found.extract, found.counts(NEVER_ENDS)


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
    ],
)
def test_wrong_things_come_at_their_rates(kind: str, rate: float) -> None:
    _, counts = dirty(stays())
    assert counts[kind] == pytest.approx(rate * MANY, abs=4 * np.sqrt(rate * MANY))


def test_what_is_counted_is_what_is_wrong_and_nothing_else_changes() -> None:
    found = spoilt(stays(), PEOPLE, rng())
    after, counts = found.extract.rows, found.counts(NEVER_ENDS)
    before = stays().rows.take(pa.array(found.came_from))
    changed = {name: _differing(before, after, name) for name in after.column_names}
    assert changed["NHSNumber"] == counts["invalid NHS numbers"]
    assert changed["EthnicGroup"] == counts["without ethnic category"]
    codes = changed["AdmissionMethodHospitalProviderSpell"] + changed["PatientClassification"]
    assert codes == counts["codes out of their list"]
    assert changed["StartDateHospitalProviderSpell"] == pytest.approx(counts["admissions after death"], abs=1)
    assert changed["DischargeDateFromHospitalProviderSpell"] == pytest.approx(
        counts["impossible dates"] + counts["admissions after death"], abs=1
    )
    assert changed["HospitalProviderSpellNumber"] == changed["CostPence"] == 0
    assert len(after) == MANY + counts["duplicates"]


def _differing(before: pa.Table, after: pa.Table, name: str) -> int:
    """In how many rows a column says something else."""
    kind = before.schema.field(name).type
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    differs = pc.not_equal(after[name].cast(plain), before[name].cast(plain))
    return int(pc.sum(pc.fill_null(differs, True)).as_py())


def test_duplicates_stand_at_the_end_and_are_rows_that_are_there() -> None:
    after, counts = dirty(stays())
    spells = after.rows["HospitalProviderSpellNumber"].to_numpy()
    assert (spells[:MANY] == np.arange(MANY)).all()
    assert counts["duplicates"] > 0
    assert (spells[MANY:] < MANY).all()


def test_admissions_after_death_are_of_people_who_died() -> None:
    after, counts = dirty(stays())
    spells = after.rows["HospitalProviderSpellNumber"].to_numpy()[:MANY]
    start = after.rows["StartDateHospitalProviderSpell"].cast("int32").to_numpy()[:MANY]
    death = PEOPLE.death[stays().rows["NHSNumber"].combine_chunks().indices.to_numpy()][spells]
    assert counts["admissions after death"] >= 0
    assert int(((start > death) & (death < NEVER)).sum()) == counts["admissions after death"]


def test_late_rows_are_sent_later_and_never_earlier() -> None:
    before, (after, _) = stays(), dirty(stays())
    assert after.sent is not None
    assert before.sent is not None
    moved = _days(before.rows, START) != _days(after.rows.slice(0, MANY), START)
    later = (after.sent[:MANY] - before.sent)[~moved]
    assert set(np.unique(later[later > 0])) <= set(range(35, 95))
    assert (later >= 0).all()
    assert int((later > 0).sum()) == pytest.approx(LATE * MANY, rel=0.1)


def test_late_is_counted_where_a_row_stands_in_a_later_file_than_its_own_days() -> None:
    found = spoilt(stays(), PEOPLE, rng())
    assert found.extract.sent is not None
    own, file = _days(found.extract.rows, END), np.searchsorted(ENDS, found.extract.sent)
    possible = (own > int(np.datetime64("1900-01-01", "D").astype(int))) & (own < 2 * PLAN.last)
    seen = possible & (file < len(ENDS)) & (np.searchsorted(ENDS, own) < file)
    counts = found.counts(ENDS)
    assert 0 < counts["late"] == int(seen.sum()) < LATE * MANY / 2, "most are late within their file's months"


@pytest.mark.parametrize("kind, late", [("op", 3), ("apc", 0)])
def test_an_impossible_date_hides_lateness_only_where_it_is_the_day_a_row_is_sent_by(
    kind: str, late: int
) -> None:
    due = np.full(3, ENDS[0], dtype=np.int32)
    extract = Extract("hospital", kind, due + 40, pa.table({"NHSNumber": ["9", "9", "9"]}))
    found = Spoilt(extract, np.arange(3), due, ((IMPOSSIBLE_DAY, np.ones(3, dtype=bool)),))
    assert found.counts(ENDS)["late"] == late


def test_what_has_not_been_sent_is_not_counted() -> None:
    found = spoilt(stays(), PEOPLE, rng())
    assert found.extract.sent is not None
    there = found.extract.sent <= ENDS[-1]
    rows, counts = found.extract.rows.filter(pa.array(there)), found.counts(ENDS)
    assert there.sum() < len(there)
    assert counts["without ethnic category"] == rows["EthnicGroup"].null_count
    assert counts["duplicates"] == len(rows) - len(pc.unique(rows[SPELL]))


START, END, SPELL = (
    "StartDateHospitalProviderSpell", "DischargeDateFromHospitalProviderSpell", "HospitalProviderSpellNumber",
)  # fmt: skip


def _days(rows: pa.Table, name: str) -> np.ndarray:
    return rows[name].cast(pa.int32()).to_numpy()


def test_remarks_stand_where_numbers_should() -> None:
    rows = pa.table({"NHSNumber": chosen(["9"], np.zeros(MANY)), "Score": numbers(np.arange(MANY) / 4)})
    after, counts = dirty(Extract("general-practice", "assessments", None, rows))
    score = after.rows["Score"].to_pylist()
    wrong = [text for text in score if not text.replace(".", "").isdigit()]
    remarks = set(wrong)
    assert len(wrong) == counts["text in a number"] == pytest.approx(STRAY_TEXT * MANY, rel=0.2)
    assert all(float(text) == place / 4 for place, text in enumerate(score) if text not in remarks)


def test_medicines_are_left_as_they_are() -> None:
    extract = Extract("general-practice", "medications", None, pa.table({"IssueID": [1, 2]}))
    assert dirty(extract) == (extract, {})


def test_the_same_stream_spoils_the_same_rows() -> None:
    (one, first), (other, second) = dirty(stays()), dirty(stays())
    assert one.rows.equals(other.rows)
    assert first == second


def test_an_extract_without_rows_stays_without() -> None:
    nothing = stays(many=0)
    after, counts = dirty(nothing)
    assert len(after.rows) == 0
    assert set(counts.values()) == {0}


def test_a_corrected_month_holds_its_own_stays_alone_and_is_counted() -> None:
    once = spoilt(stays(), PEOPLE, rng())
    assert once.extract.sent is not None
    first, last = PLAN.last - 60, PLAN.last - 31
    again, counts = resent(once, first, last, PLAN.last, rng())
    in_file = (once.extract.sent >= first) & (once.extract.sent <= last)
    before, elsewhere = (
        {row[SPELL]: row["CostPence"] for row in rows.to_pylist()}
        for rows in (
            once.extract.rows.filter(pa.array(in_file)),
            once.extract.rows.filter(pa.array(~in_file & (once.extract.sent <= PLAN.last))),
        )
    )
    after = {row[SPELL]: row for row in again.rows.to_pylist()}
    assert min(counts[kind] for kind in (ROWS_LEFT_OUT, OTHER_COST, NEW)) > 0
    assert len(after) == len(again.rows), "nothing is in it twice"
    assert counts[ONCE_NOW] == int(in_file.sum()) - len(before)
    assert counts[ROWS_LEFT_OUT] == len(before.keys() - after.keys())
    assert counts[ROWS_LEFT_OUT] == pytest.approx(LEFT_OUT * len(before), abs=20)
    new = after.keys() - before.keys()
    assert counts[NEW] == len(new)
    assert not new & elsewhere.keys(), "what stands in another file does not come a second time"
    assert {first <= (after[spell][END] - date(1970, 1, 1)).days <= last for spell in new} == {True}
    kept = before.keys() & after.keys()
    assert counts[OTHER_COST] == sum(before[spell] != after[spell]["CostPence"] for spell in kept)
    assert again.rows.schema.equals(stays().rows.schema)


def test_costs_that_are_not_there_are_not_counted_as_changed() -> None:
    extract = stays()
    rows = extract.rows.set_column(9, "CostPence", pa.nulls(MANY, pa.int64()))
    once = spoilt(Extract("hospital", "apc", extract.sent, rows), PEOPLE, rng())
    _, counts = resent(once, PLAN.last - 60, PLAN.last - 31, PLAN.last, rng())
    assert counts[OTHER_COST] == 0


def test_what_is_sent_at_once_cannot_be_sent_again_by_month() -> None:
    once = spoilt(Extract("deaths", "deaths", None, pa.table({"NHSNumber": ["9"]})), PEOPLE, rng())
    with pytest.raises(ValueError, match="deaths is not sent by months"):
        resent(once, 0, 30, PLAN.last, rng())


def test_the_truth_tells_each_kind_of_wrong_by_file_with_its_rates_and_how_to_find_it() -> None:
    (one,), (other,) = planted_dirt(stays(), {"duplicates": 3}), planted_dirt(stays(), {"duplicates": 4})
    assert (one + other).realised == {"hospital/apc": 7}
    assert one.key == "dirt: duplicates"
    assert one.parameters == {"share": DUPLICATED}
    assert len({check for _, check in TOLD.values()}) == len(TOLD)
