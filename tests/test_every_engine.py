"""What care areas, checks and figures say is the same on every engine, to the digit."""

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stewardship.build import build, place_cards
from stewardship.measures.chosen import Chosen
from stewardship.measures.facts import Facts, facts_in
from stewardship.measures.layout import Layout
from stewardship.measures.life_measures import life_expectancy
from stewardship.measures.life_tables import lives_of
from stewardship.measures.published import Published
from stewardship.people.table import people_of
from stewardship.records.engines import EngineError, why
from stewardship.records.places import invented_places
from stewardship.records.quality.checking import check_records
from stewardship.records.quality.keys import CHECK_KEYS
from stewardship.records.snapshot import latest_snapshot
from stewardship.system.settings import OptOutSettings
from support import engines, tiny_system, two_feeds
from support.agreeing import assert_agrees
from support.grown import answers, numbers, residents
from support.invented_omop import write_invented_omop
from support.language_cases import CASES, together
from support.small_records import opened, write_records
from support.sound_records import AS_OF, sound_places, spoilt_rows
from support.systems import IDENTITIES, NHS_NUMBER, PLANNING, source_of, system_of

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def application():
    """Spark, started once."""
    if why := engines.lacking():
        pytest.skip(why)
    with engines.spark_application() as running:
        yield running


@pytest.fixture(scope="module", params=engines.ENGINES)
def engine(request, tmp_path_factory):
    """Each engine that runs here."""
    if request.param == "spark":
        request.getfixturevalue("application")
    running = engines.opened(request.param, tmp_path_factory.mktemp(request.param))
    yield running
    running.close()


# The language: worked cases, and grown trees.


@pytest.fixture(scope="module")
def answered(engine, tmp_path_factory):
    """What the engine answers to every worked case."""
    cells = together(CASES, tmp_path_factory.mktemp("cases"), engine)
    return {(case.idea, case.title): found for case, found in zip(CASES, cells, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.idea}: {case.title}")
def test_an_engine_gives_the_drawn_answers(case, answered):
    assert answered[case.idea, case.title] == case.answers


@settings(max_examples=2, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(
    st.lists(residents(), min_size=12, max_size=24),
    st.lists(answers, min_size=6, max_size=10),
    st.lists(numbers, min_size=4, max_size=8),
)
def test_grown_expressions_mean_the_same_on_every_engine(engine, grown, asked, wanted):
    with tempfile.TemporaryDirectory() as folder:
        assert_agrees(engine, Path(folder), grown, asked, wanted)


# What Spark by itself would understand otherwise.

PEOPLE = pa.table(
    {
        "person_id": pa.array([2**62 + 1, 2**62 + 2, None], pa.int64()),
        "reading": [2.5, 3.5, float("nan")],
        "day": [date(2024, 2, 29), date(1899, 12, 31), None],
    }
)


@pytest.mark.parametrize("asked, expected", [
    (lambda t: t.person_id, PEOPLE["person_id"].to_pylist()),
    (lambda t: t.reading.notnull(), [True, True, True]),
    (lambda t: t.day.truncate("M"), [date(2024, 2, 1), date(1899, 12, 1), None]),
    (lambda t: (t.day + ibis.interval(days=1)).cast("date"), [date(2024, 3, 1), date(1900, 1, 1), None]),
    (lambda t: t.day.delta(ibis.date(2024, 3, 31), unit="day"), [-31, -45_381, None]),
    (lambda t: ibis.greatest(t.day, ibis.date(2000, 1, 1)), [date(2024, 2, 29), *[date(2000, 1, 1)] * 2]),
    (lambda t: (-t.day.month()) // 5, [-1, -3, None]),
])  # fmt: skip
def test_an_expression_means_the_same_row_by_row(engine, asked, expected):
    rows = ibis.memtable(PEOPLE)
    found = engine.ibis.to_pyarrow(rows.select("person_id", found=asked(rows)))
    by_person = dict(zip(found["person_id"].to_pylist(), found["found"].to_pylist(), strict=True))
    assert [by_person[who] for who in PEOPLE["person_id"].to_pylist()] == expected


@pytest.mark.parametrize("asked, expected", [
    (lambda t: t.count(where=t.day > ibis.date(2030, 1, 1)), 0),
    (lambda t: t.count(where=t.person_id.isnull()), 1),
    (lambda t: t.filter(t.person_id.notnull()).reading.cast("int64").sum(), 6),
    (lambda t: t.person_id.nunique(where=t.day.notnull()), 2),
    (lambda t: t.person_id.isnull().sum(), 1),
    (lambda t: ibis.struct({"day": t.day.notnull(), "who": t.person_id}).max()["who"], 2**62 + 2),
])  # fmt: skip
def test_an_expression_means_the_same_of_all_rows(engine, asked, expected):
    assert engine.ibis.to_pyarrow(asked(ibis.memtable(PEOPLE))).as_py() == expected


def test_a_file_is_found_whatever_its_name_and_read_as_the_model_has_it(engine, tmp_path):
    folder = tmp_path / "a [1] {b,c} *? d"
    folder.mkdir()
    for number in (1, 2):
        pq.write_table(pa.table({"n": pa.array([number], pa.int64())}), folder / f"{number}.parquet")
    read = engine.parquet(sorted(folder.iterdir()), pa.schema([("n", pa.int64())]))
    assert sorted(engine.ibis.to_pyarrow(read)["n"].to_pylist()) == [1, 2]


def test_what_is_kept_under_a_name_takes_the_place_of_what_was(engine):
    for number in (1, 2):
        kept = engine.keep("kept", ibis.memtable({"N": [number], "Text": ["a"]}))
    assert engine.ibis.to_pyarrow(kept).to_pylist() == [{"N": 2, "Text": "a"}]


def test_a_failure_is_told_without_what_stands_in_a_file(engine, tmp_path):
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 9990000018 PAR1")
    with pytest.raises(EngineError) as error, engine.failures():
        engine.ibis.to_pyarrow(engine.parquet([tmp_path / "broken.parquet"], pa.schema([("n", pa.int64())])))
    assert "9990000018" not in why(error.value)


def test_deaths_and_time_lived_by_age_are_the_same(application, tmp_path):
    found = {}
    for name in engines.ENGINES:
        running = engines.opened(name, tmp_path / name)
        found[name] = lives_on(running, tmp_path / name)
        running.close()
    assert (found["spark"].deaths == found["duckdb"].deaths).all()
    assert (found["spark"].years == found["duckdb"].years).all()
    assert found["duckdb"].deaths.sum() > 0


def lives_on(engine, folder):
    """What life tables of the tiny system are made of."""
    write_records(folder / "records", tiny_system.rows())
    records, periods = opened(folder, engine), tiny_system.YEARS
    measure = life_expectancy("Life expectancy", numerator_in_words="years")
    facts = Facts(records, [each for part in measure.expressions for each in facts_in(part)], periods)
    chosen = Chosen(people_of(records, periods).kept(engine), facts, [measure], engine)
    cards = place_cards(engine.ibis.to_pyarrow(records.table("place")), as_of=periods[-1].end)
    return lives_of([measure], chosen, facts, Layout(len(periods), cards), engine)[measure.who]


# The checks across rows, and a whole build.


def test_every_check_counts_the_same(application, tmp_path):
    write_records(tmp_path / "records", spoilt_rows())
    counts = {}
    for name in engines.ENGINES:
        running = engines.opened(name, tmp_path / name)
        counts[name] = check_records(opened(tmp_path, running), places=sound_places(), as_of=AS_OF)
        running.close()
    assert counts["spark"] == counts["duckdb"]
    assert {each.check for each in counts["duckdb"] if each.count} == set(CHECK_KEYS)


def test_every_file_of_results_is_the_same_to_the_byte(application, tmp_path):
    """Of three sources: one linked, a practice and a hospital that share people, some of whom opted out."""
    write_invented_omop(tmp_path / "linked", places=invented_places(), residents=1500)
    sources = (
        replace(source_of(tmp_path / "linked", "linked"), unlinked_at_most=1.0),
        source_of(two_feeds.practice(tmp_path / "practice"), "practice", "general practice", NHS_NUMBER),
        source_of(two_feeds.hospital(tmp_path / "hospital"), "hospital", "hospital", NHS_NUMBER),
    )
    choices = tmp_path / "choices.csv"
    choices.write_text(
        "nhs_number,kind\n" + "".join(f"{two_feeds.NUMBERS[i]},type 1\n" for i in range(20, 100, 9))
    )
    listed = OptOutSettings(choices, NOW.date(), 14, replace(NHS_NUMBER, column="nhs_number"))
    shared = IDENTITIES.person_ids(NHS_NUMBER.namespace, two_feeds.NUMBERS[:60])
    crosswalk = {"tests": {str(number): who for number, who in enumerate(shared, start=1)}}
    results = {}
    for name in engines.ENGINES:
        system = system_of(
            tmp_path / name, *sources, uses=(replace(PLANNING, row=5),), anonymised="", opt_outs=listed,
            engine=name, master=engines.MASTER if name == "spark" else "", memory="1GB",
        )  # fmt: skip
        build(system, now=NOW, identities=replace(IDENTITIES, crosswalk=crosswalk))
        results[name] = latest_snapshot(tmp_path / name) / "results"
    files = sorted(path.relative_to(results["duckdb"]) for path in results["duckdb"].rglob("*"))
    assert files == sorted(path.relative_to(results["spark"]) for path in results["spark"].rglob("*"))
    different = [
        file for file in files
        if (results["duckdb"] / file).is_file()
        and (results["duckdb"] / file).read_bytes() != (results["spark"] / file).read_bytes()
    ]  # fmt: skip
    assert not different
    assert len(Published(results["spark"]).snapshot.areas[0].measures) > 10


def test_all_this_was_done_where_spark_was_told_to(application):
    """By both workers of a cluster of its own, as continuous integration starts one."""
    assert application.session.sparkContext.master == engines.MASTER
    if not engines.MASTER.startswith("local"):
        assert engines.workers_used(application) == 2
