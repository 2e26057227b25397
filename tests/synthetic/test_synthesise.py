"""A whole small system on disk: the files of every partner, and a truth that can be found in them again."""

import hashlib
import json
import tomllib
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

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
        "cancer-waits",
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
    newer = {old: new for old, new in pairs if new}
    found = [f"{old} superseded by {new}" for old, new in newer.items()]
    assert sorted(found) == sorted(truth["registered-twice"]["realised"]["pairs"])
    assert not set(newer) & set(newer.values()), "no chain of numbers, and so no circle"
    assert set(newer.values()) <= set(texts(patients, "NHSNumber")), "every newer number has a patient"
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


OWN_DAY = {  # of each file whose rows may be late or twice: what names a row, and its own day
    "hospital/apc": (("HospitalProviderSpellNumber", "EpisodeNumber"), "DischargeDateFromHospitalProviderSpell"),
    "hospital/op": (("AttendanceIdentifier",), "AppointmentDate"),
    "hospital/ecds": (("AttendanceIdentifier",), "ArrivalDateTime"),
    "community/referrals": (("ReferralID",), "ReferralReceivedDate"),
    "community/contacts": (("CareContactID",), "CareContactDate"),
    "mental-health/referrals": (("UniqServReqID",), "ReferralRequestReceivedDate"),
    "mental-health/contacts": (("CareContactID",), "CareContDate"),
    "social-care/events": (("EventID",), "Event_Start_Date"),
}  # fmt: skip


def told_of_dirt(truth, kind):
    entry = truth[f"dirt: {kind}"]
    return {file: number for file, number in entry["realised"].items() if number}, entry["parameters"]


def found_in(made, files, count):
    numbers = {file: count(file, rows(made, *file.split("/"))) for file in files}
    return {file: number for file, number in numbers.items() if number}


def test_rows_sent_twice_are_as_many_as_the_truth_tells(made, truth):
    def twice(file, table):
        return len(table) - len(table.group_by(list(OWN_DAY[file][0])).aggregate([]))

    assert found_in(made, OWN_DAY, twice) == told_of_dirt(truth, "duplicates")[0]


def test_late_rows_are_as_many_as_the_truth_tells(made, truth):
    def late(file, _):
        partner, kind = file.split("/")
        number = 0
        for path in sorted((made[0] / partner).glob(f"{kind}_*.parquet"))[1:]:
            first = np.datetime64(path.stem.split("_")[1], "D")
            own = pq.read_table(path, columns=[OWN_DAY[file][1]])[0].to_numpy().astype("datetime64[D]")
            number += int(((own < first) & (own > np.datetime64("1801-01-01"))).sum())
        return number

    assert found_in(made, OWN_DAY, late) == told_of_dirt(truth, "late")[0]


def test_nhs_numbers_that_cannot_be_are_as_many_as_the_truth_tells(made, truth):
    def invalid(_, table):
        return sum(not might_be_real(number) for number in texts(table, "NHSNumber") if number)

    files = [*OWN_DAY, "urgent-care/ambulance", "urgent-care/calls-111", "urgent-care/advice-line"]
    assert found_in(made, files, invalid) == told_of_dirt(truth, "invalid NHS numbers")[0]


@cache
def might_be_real(number):
    if len(number) != 10 or number in ("9999999999", "0000000000"):
        return False
    return (11 - sum(int(digit) * (10 - place) for place, digit in enumerate(number[:9])) % 11) % 11 == int(
        number[9]
    )


def test_missing_ethnic_groups_are_as_many_as_the_truth_tells(made, truth):
    def missing(_, table):
        return table["EthnicCategory" if "EthnicCategory" in table.column_names else "EthnicGroup"].null_count

    files = ("general-practice/patients", "hospital/apc", "hospital/op", "hospital/ecds")
    assert found_in(made, files, missing) == told_of_dirt(truth, "without ethnic category")[0]


def test_codes_and_days_that_cannot_be_are_as_many_as_the_truth_tells(made, truth):
    told, said = told_of_dirt(truth, "codes out of their list")

    def unknown(file, table):
        return sum(texts(table, column).count(code) for column, code in said["codes"][file].items())

    assert found_in(made, said["codes"], unknown) == told
    told, where = told_of_dirt(truth, "impossible dates")

    def impossible(file, table):
        return sum(str(day) in where["days"] for day in table[where["columns"][file]].to_pylist())

    assert found_in(made, where["columns"], impossible) == told


def test_remarks_for_numbers_are_as_many_as_the_truth_tells(made, truth):
    told, said = told_of_dirt(truth, "text in a number")
    scores = texts(rows(made, "general-practice", "assessments"), "Score")
    assert told == {"general-practice/assessments": sum(score in said["texts"] for score in scores)}


def test_stays_after_death_are_as_many_as_the_truth_tells(made, truth):
    deaths = rows(made, "deaths", "deaths")
    died = dict(zip(texts(deaths, "NHSNumber"), deaths["DateOfDeath"].to_pylist(), strict=True))
    stays = rows(made, "hospital", "apc")
    begun = stays["StartDateHospitalProviderSpell"].to_pylist()
    spells = zip(texts(stays, "NHSNumber"), begun, texts(stays, "HospitalProviderSpellNumber"), strict=True)
    after = {spell for number, start, spell in spells if number in died and start > died[number]}
    assert told_of_dirt(truth, "admissions after death")[0] == {"hospital/apc": len(after)}


def test_the_corrected_month_takes_the_place_of_its_first_file_and_doubles_nothing(made, truth):
    columns = ["HospitalProviderSpellNumber", "EpisodeNumber", "CostPence", OWN_DAY["hospital/apc"][1]]
    (corrected,) = (made[0] / "sent-again" / "hospital").iterdir()

    def told(path):
        listed = zip(
            *(column.to_pylist() for column in pq.read_table(path, columns=columns).columns), strict=True
        )
        return [((spell, episode), cost, day) for spell, episode, cost, day in listed]

    files = {path.name: told(path) for path in (made[0] / "hospital").glob("apc_*")}
    again = told(corrected)
    first = files.pop(corrected.name)
    elsewhere = Counter(key for each in files.values() for key, _, _ in each)
    before, after = Counter(key for key, _, _ in first), Counter(key for key, _, _ in again)
    doubled = {key for key, number in (elsewhere + after).items() if number > 1}
    assert doubled <= {key for key, number in (elsewhere + before).items() if number > 1}
    month = corrected.stem.split("_")[1]
    new = [day for key, _, day in again if key not in before]
    assert {f"{day:%Y-%m}" for day in new} <= {month}
    costs = {key: cost for key, cost, _ in first}
    realised = {
        "new": len(new),
        "left out": len(before.keys() - after.keys()),
        "sent once instead of twice": len(first) - len(before),
        "another cost": sum(cost != costs[key] for key, cost, _ in again if key in costs),
    }
    assert realised["another cost"] > 0
    for kind, number in realised.items():
        assert sum(told_of_dirt(truth, f"corrected: {kind}")[0].values()) == number, kind


def test_the_cancer_backlog_is_week_by_week_what_is_counted_from_the_files(made, truth):
    """Open over 62 days from the adjusted start until told of no cancer, treated, or closed without treatment."""
    pathways, events = rows(made, "cancer", "pathways"), rows(made, "cancer", "events")

    def days_of(table, name):
        return pc.fill_null(table[name].cast(pa.int32()), NEVER).to_numpy()

    reason = np.array(texts(pathways, "FasterDiagnosisEndReason"), dtype=object)
    suspected = np.array(texts(pathways, "ReferralType"), dtype=object)
    upgrade = days_of(pathways, "ConsultantUpgradeDate")
    start = np.where(upgrade < NEVER, upgrade, days_of(pathways, "ReferralReceivedDate"))
    start = start + pc.fill_null(pathways["FirstSeenAdjustmentDays"], 0).to_numpy()
    untreated = events.filter(pc.equal(events["Detail"].cast(pa.string()), "No treatment to follow"))
    without = dict(
        zip(untreated["PathwayID"].to_pylist(), days_of(untreated, "EventDate").tolist(), strict=True)
    )
    closed = np.array([without.get(each, NEVER) for each in pathways["PathwayID"].to_pylist()])
    closed = np.minimum(closed, days_of(pathways, "TreatmentStartDate"))
    told = np.where(np.isin(reason, ("02", "03", "04")), days_of(pathways, "FasterDiagnosisEndDate"), NEVER)
    counted = (suspected != None) & (suspected != NON_SPECIFIC)  # noqa: E711
    weeks = weekly_over(PLAN, start.astype(np.int32), np.minimum(closed, told).astype(np.int32), counted)
    planted = list(truth["cancer-backlog"]["realised"]["over_62_days"].values())
    assert max(planted) > 10
    assert weeks.tolist() == planted


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
    assert [source["folder"] for source in settings["source"]] == [str(out / each) for each in PARTNERS]
    assert Path(settings["opt_outs"]["file"]).is_file()
    others = [
        settings["finance"]["folder"],
        settings["published_figures"]["folder"],
        settings["published_cancer_waits"]["folder"],
        *settings["places"]["folders"],
    ]
    assert all(Path(each).is_absolute() and Path(each).is_dir() for each in others)
    assert settings["comparator"] == {"place": "X92000001", "name": "Notional nation"}


def test_the_command_makes_tables_by_month_alone(tmp_path):
    ended = stewardship(
        "synthesise", "--out", tmp_path / "out", "--residents", 2000, "--years", 3, "--panel-only"
    )
    assert ended.returncode == 0, ended.stderr
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {
        "practice-months.parquet", "matched-people.parquet", "matched-person-months.parquet", "exposure.parquet",
        "crises.parquet", "crisis-stays.parquet", "truth.json",
    }  # fmt: skip
