"""Scores of a made-up system are spread as such scores are."""

from collections import Counter
from statistics import mean

import pytest

from stewardship.measures.residents import ANSWERS, POINTS, scores_of
from stewardship.people.periods import years_ending
from stewardship.people.table import people_of
from stewardship.records.engine import Engine
from stewardship.rules.scores.core20plus5 import PARTS
from stewardship.rules.scores.electronic_frailty import ELECTRONIC_FRAILTY
from stewardship.rules.scores.segments import EXCLUSIVE
from support.made_records import LAST_DAY, write_made_records
from support.small_records import opened

RESIDENTS = 4_000
AGES = ((65, 74), (75, 84), (85, 120))


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    write_made_records(folder, RESIDENTS)
    records = opened(folder, Engine(scratch=folder / "scratch", memory="1GB", threads=2))
    years = years_ending(LAST_DAY, 1)
    rows = records.engine.ibis.to_pyarrow(scores_of(people_of(records, years), records, years)).to_pylist()
    records.engine.close()
    return rows


def shares(rows, column):
    counted = Counter(row[column] for row in rows)
    return {name: 100 * n / len(rows) for name, n in counted.items()}


def of_ages(rows, youngest, oldest=120):
    return [row for row in rows if youngest <= row["age"] <= oldest]


def test_everybody_registered_has_one_row(scored):
    assert len({row["person_id"] for row in scored}) == len(scored)
    assert abs(len(scored) - RESIDENTS) < RESIDENTS / 100


def test_each_column_is_known_of_everybody(scored):
    for name in (*POINTS, *ANSWERS, "segment", "charlson_with_age"):
        assert all(row[name] is not None for row in scored), name


def test_frailty_is_rarer_than_published_and_grows_with_age(scored):
    """The paper found about 50, 35, 12 and 3 per cent from fit to severe; here some deficits are never recorded."""
    found = {ages: shares(of_ages(scored, *ages), "electronic_frailty_band") for ages in AGES}
    print("\nages | " + " | ".join(band.name for band in ELECTRONIC_FRAILTY.bands))
    for (youngest, oldest), by_band in found.items():
        cells = (f"{by_band.get(band.name, 0):.1f}%" for band in ELECTRONIC_FRAILTY.bands)
        print(f"{youngest}-{oldest} | " + " | ".join(cells))
    fit = [by_band["fit"] for by_band in found.values()]
    assert fit == sorted(fit, reverse=True)
    everybody = shares(of_ages(scored, 65), "electronic_frailty_band")
    assert 50 < everybody["fit"] < 80
    assert everybody["mild"] > everybody["moderate"] > everybody.get("severe", 0)
    assert all(row["electronic_frailty_band"] is None for row in scored if row["age"] < 65)


@pytest.mark.parametrize("name", ["cambridge", "charlson", "electronic_frailty", "long_term_conditions"])
def test_scores_grow_with_age(scored, name):
    by_age = [
        mean(row[name] for row in of_ages(scored, youngest, youngest + 19)) for youngest in (20, 40, 60, 80)
    ]
    assert by_age == sorted(by_age)


def test_most_people_are_generally_well_and_every_segment_is_there(scored):
    found = shares(scored, "segment")
    assert set(found) == {segment.key for segment in EXCLUSIVE}
    assert sum(found.values()) == pytest.approx(100)
    assert 48 < found["generally_well"] < 62
    assert 30 < found["long_term_conditions"] < 42
    assert 1 < found["frailty_dementia"] < 5


def test_scores_are_higher_in_the_most_deprived_fifth(scored):
    core = mean(row["cambridge"] for row in scored if row["core20"] and 40 <= row["age"] < 80)
    others = mean(row["cambridge"] for row in scored if not row["core20"] and 40 <= row["age"] < 80)
    assert core > others


def test_children_and_adults_are_of_their_own_clinical_areas(scored):
    for part in PARTS:
        ages = {row["age"] for row in scored if row[part.key]}
        if part.kind == "adults":
            assert min(ages) >= 18
        if part.kind == "children":
            assert max(ages, default=0) < 18
    assert {
        "core20",
        "ethnic_minority",
        "several_conditions",
        "maternity",
        "hypertension",
        "child_asthma",
    } <= {part.key for part in PARTS if any(row[part.key] for row in scored)}


def test_who_belongs_does_so_by_core20_or_a_group_of_plus(scored):
    by = [part.key for part in PARTS if part.kind in ("core", "plus")]
    assert all(row["core20plus"] == any(row[key] for key in by) for row in scored)
    assert 10 < shares(scored, "core20plus")[True] < 50
