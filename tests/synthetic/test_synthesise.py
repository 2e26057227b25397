"""A whole small system on disk: the files of every partner, and a truth that can be found in them again."""

import hashlib
import json
import tomllib
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from stewardship.records.places import read_places
from stewardship.synthetic.asked import LAST_DAY
from stewardship.synthetic.cancer.backlog import weekly_over
from stewardship.synthetic.cancer.pathways import NON_SPECIFIC
from stewardship.synthetic.lives import NEVER, Plan
from stewardship.synthetic.partners import PARTNERS
from stewardship.synthetic.synthesise import synthesise
from stewardship.system.making import made_beside
from support.command import joined, mistakes, stewardship

PLAN = Plan(residents=40_000, years=3, seed=5, last_day=LAST_DAY)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    written = synthesise(PLAN, folder, threads=2)
    return folder, written


@pytest.fixture(scope="module")
def truth(made):
    told = json.loads((made[0] / "truth.json").read_text(encoding="utf-8"))
    return {each["key"]: each for each in told["planted"]}


def rows(made, partner, kind, *columns):
    """All files of a kind, as one table with texts as they are."""
    files = sorted((made[0] / partner).glob(f"{kind}*.parquet"))
    tables = [pq.read_table(file, columns=list(columns) or None) for file in files]
    return pa.concat_tables(tables).unify_dictionaries().combine_chunks()


def texts(table, column):
    return table[column].cast(pa.string()).to_pylist()


def hashes(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.*"))
    }


def test_one_thread_and_four_make_the_same_bytes(tmp_path):
    small = Plan(residents=30_000, years=1, seed=9, last_day=date(2026, 1, 15))
    for threads in (1, 2, 4):
        (tmp_path / str(threads)).mkdir()
        synthesise(small, tmp_path / str(threads), threads=threads)
    one = hashes(tmp_path / "1")
    assert len(one) > 60
    assert one == hashes(tmp_path / "2") == hashes(tmp_path / "4")


def test_every_partner_sends_files_and_the_truth_stands_beside(made):
    folder, written = made
    there = {path.name for path in folder.iterdir()}
    assert there == {
        *PARTNERS,
        "opt-outs",
        "places",
        "finance",
        "published",
        "sent-again",
        "truth.json",
        "README.txt",
    }
    on_disk = sum(pq.read_metadata(path).num_rows for path in folder.rglob("*.parquet"))
    lists = sum(len(path.read_text().splitlines()) - 1 for path in folder.rglob("*.csv"))
    assert sum(written.rows.values()) == on_disk + lists
    told = (folder / "README.txt").read_text(encoding="utf-8")
    assert "NOBODY IN THESE FILES EXISTS" in told
    assert "$" not in told


def test_the_places_can_be_read_and_hold_every_practice(made):
    places = read_places([made[0] / "places"])
    codes = set(places.place["code"].to_pylist())
    assert set(texts(rows(made, "general-practice", "registrations"), "PracticeCode")) <= codes


def test_as_many_residents_are_registered_on_the_last_day_as_were_asked_for(made):
    registered = rows(made, "general-practice", "registrations")
    patients = rows(made, "general-practice", "patients")
    superseded = {
        number
        for number, by in zip(texts(patients, "NHSNumber"), texts(patients, "SupersededBy"), strict=True)
        if by
    }
    ends = registered["RegistrationEndDate"].to_pylist()
    open_ = {n for n, end in zip(texts(registered, "NHSNumber"), ends, strict=True) if end is None}
    assert len(open_ - superseded) == PLAN.residents


def test_who_is_enrolled_can_be_found_in_the_referrals(made, truth):
    change = truth["service-change"]
    referrals = rows(made, "community", "referrals", "NHSNumber", "ServiceType")
    service = pc.equal(referrals["ServiceType"].cast(pa.string()), "Frailty care coordination")
    found = set(texts(referrals.filter(service), "NHSNumber"))
    people = set(change["realised"]["people"])
    assert change["realised"]["enrolled"] == len(people) > 5
    assert len(found & people) >= 0.9 * len(people), "but for invalid numbers and what is sent late"
    assert len(found - people) <= 0.05 * len(people) + 1
    assert change["realised"]["admissions_prevented"] >= 0
    assert len(change["where"]) == 2


def test_people_registered_twice_can_be_found_by_their_superseded_numbers(made, truth):
    patients = rows(made, "general-practice", "patients")
    pairs = zip(texts(patients, "NHSNumber"), texts(patients, "SupersededBy"), strict=True)
    found = [f"{old} superseded by {new}" for old, new in pairs if new]
    assert sorted(found) == sorted(truth["registered-twice"]["realised"]["pairs"])
    assert len(found) > 10


def test_the_unusual_practice_issues_the_items_that_were_added(made, truth):
    unusual = truth["unusual-prescribing"]
    (practice,) = unusual["where"]
    items = rows(made, "general-practice", "medications", "NHSNumber", "BNFCode")
    opioid = pc.starts_with(items["BNFCode"].cast(pa.string()), unusual["parameters"]["bnf_section"])
    whose = texts(items.filter(opioid), "NHSNumber")
    registered = rows(made, "general-practice", "registrations")
    there = {
        number
        for number, code in zip(
            texts(registered, "NHSNumber"), texts(registered, "PracticeCode"), strict=True
        )
        if code == practice
    }
    found = sum(number in there for number in whose)
    told = unusual["realised"]["items_without_it"] + unusual["realised"]["items_added"]
    assert unusual["realised"]["items_added"] > 20
    assert abs(found - told) < 0.15 * told, "but for who has moved to or from the practice"


def test_deaths_are_those_of_the_life_tables(made, truth):
    deaths = truth["life-expectancy-gap"]["realised"]["deaths"]
    told = sum(sum(bands.values()) for sex in deaths.values() for bands in sex.values())
    sent = len(set(texts(rows(made, "deaths", "deaths"), "NHSNumber")))
    assert abs(sent - told) <= 0.01 * told + 2


def test_the_cancer_backlog_can_be_counted_from_the_pathways(made, truth):
    """Open over 62 days from the adjusted start until told of no cancer, or treated; but for dirt, and for people who
    are told of cancer and never treated."""
    pathways = rows(made, "cancer", "pathways")
    upgrade, referred, told, treated = (
        pc.fill_null(pathways[name].cast(pa.int32()), NEVER).to_numpy()
        for name in (
            "ConsultantUpgradeDate",
            "ReferralReceivedDate",
            "FasterDiagnosisEndDate",
            "TreatmentStartDate",
        )
    )
    reason, suspected, status = (
        np.array(texts(pathways, name), dtype=object)
        for name in ("FasterDiagnosisEndReason", "ReferralType", "PatientStatus")
    )
    off = pc.fill_null(pathways["FirstSeenAdjustmentDays"], 0).to_numpy()
    start = np.where(upgrade < NEVER, upgrade, referred) + off
    closed = np.where(np.isin(reason, ("02", "03", "04")), told, treated)
    counted = (suspected != None) & (suspected != NON_SPECIFIC) & ~((treated == NEVER) & (status == "07"))  # noqa: E711
    weeks = weekly_over(PLAN, start.astype(np.int32), closed.astype(np.int32), counted)
    planted = np.array(list(truth["cancer-backlog"]["realised"]["over_62_days"].values()))
    assert planted.max() > 10
    assert 0.7 * planted.sum() < weeks.sum() < 1.02 * planted.sum()
    assert np.corrcoef(weeks, planted)[0, 1] > 0.9


def test_what_cannot_be_made_is_said_in_one_sentence_and_nothing_is_left(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    nowhere = tmp_path / "mine.txt" / "out"
    for words, said in (
        (("--out", tmp_path / "out", "--residents", 0), "A system of 0 residents cannot be made"),
        (
            ("--out", nowhere),
            f"{nowhere} cannot be made (File exists). Name a folder that can be written to.",
        ),
    ):
        ended = stewardship("synthesise", *words)
        assert (ended.returncode, ended.stdout) == (2, "")
        (sentence,) = mistakes(ended.stderr)
        assert sentence.startswith(said)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_what_is_made_half_is_not_left_there(tmp_path):
    class StoppedError(Exception):
        pass

    def stop(_what, done):
        if 0 < done < 1:
            raise StoppedError

    with pytest.raises(StoppedError), made_beside(tmp_path / "out") as folder:
        synthesise(PLAN, folder, progress=stop)
    assert not list(tmp_path.iterdir())


def test_the_command_makes_a_system_with_settings_to_use_it(tmp_path):
    out = tmp_path / "out"
    words = ("--residents", 2000, "--years", 1, "--format", "csv")
    ended = stewardship("synthesise", "--out", out, *words)
    assert ended.returncode == 0, ended.stderr
    assert "Nobody in it exists." in joined(ended.stdout)
    assert {path.suffix for partner in PARTNERS for path in (out / partner).iterdir()} == {".csv"}
    settings = tomllib.loads((out / "example-system.toml").read_text(encoding="utf-8"))
    assert [source["folder"] for source in settings["source"]] == list(PARTNERS)
    assert (out / settings["opt_outs"]["file"]).is_file()


def test_the_command_makes_tables_by_month_alone(tmp_path):
    ended = stewardship(
        "synthesise", "--out", tmp_path / "out", "--residents", 2000, "--years", 3, "--panel-only"
    )
    assert ended.returncode == 0, ended.stderr
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {
        "practice-months.parquet", "matched-people.parquet", "matched-person-months.parquet", "exposure.parquet",
        "truth.json",
    }  # fmt: skip
