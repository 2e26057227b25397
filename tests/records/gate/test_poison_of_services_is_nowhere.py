"""What services and registers sent of people who opted out is in nothing that a build publishes."""

import json
from datetime import UTC, date, datetime

import pyarrow.parquet as pq
import pytest

from stewardship.build import build
from stewardship.records.identity import Identities
from stewardship.records.snapshot import latest_snapshot
from stewardship.system.settings import (
    NHS_NUMBERS,
    Identifier,
    OptOutSettings,
    SourceSettings,
    System,
    UseSettings,
)
from support.two_feeds import nhs_numbers

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
KEYED = Identities(b"a key of a test")
BY_NUMBER = Identifier("nhs number", NHS_NUMBERS, "NHSNumber")
NUMBERS = nhs_numbers(80)
ORDINARY, NATIONAL, TYPE_1 = range(60), range(60, 70), range(70, 80)
POISON = ("Poisoned team", "Poisoned home", "ZZTPOISON", "Poisoned scale")
KINDS = {
    "practice": "general practice", "community": "community", "care": "social care", "cancer": "cancer",
    "urgent": "urgent care", "deaths": "deaths",
}  # fmt: skip


def rows_of(who):
    """What each partner sends of somebody, by folder and file: headings, and one line."""
    number, bad = NUMBERS[who], who not in ORDINARY
    team, home, provider, tool = POISON if bad else ("Podiatry", "Home support", "ZZT01", "Falls risk")
    died = "2026-02-01" if bad else "2026-03-01"
    day = f"2026-01-{1 + who % 28:02}"
    return {
        ("practice", "patients", "NHSNumber,DateOfBirth,Sex,EthnicCategory"): f"{number},{1930 + who}-01-01,F,A",
        ("practice", "registrations", "NHSNumber,PracticeCode,RegistrationStartDate,RegistrationEndDate"):
            f"{number},M85001,2015-01-01,",
        ("practice", "characteristics", "NHSNumber,Characteristic,RecordedDate"): f"{number},veteran,{day}",
        ("practice", "assessments", "AssessmentID,NHSNumber,Tool,Score,AssessmentDate,Setting"):
            f"{who},{number},{tool},5,{day},Home",
        ("community", "contacts", "CareContactID,ReferralID,NHSNumber,CareContactDate,ServiceType,AttendanceStatus"):
            f"{who},{who},{number},{day},{team},5",
        ("community", "referrals", "ReferralID,NHSNumber,ReferralReceivedDate,ServiceType,ServiceDischargeDate"):
            f"{who},{number},{day},{team},{'2025-01-01' if bad else ''}",
        ("care", "events", "EventID,NHSNumber,Event_Type,Event_Start_Date,Service_Component,WeeklyCostPence"):
            f"{who},{number},Service,{day},{home},{'' if bad else 100}",
        ("cancer", "pathways", "PathwayID,NHSNumber,ReferralReceivedDate,DateFirstSeen,FirstSeenProvider"):
            f"{who},{number},{day},{'2025-12-01' if bad else '2026-02-01'},{provider}",
        ("urgent", "calls-111", "CallID,NHSNumber,CallDate,Disposition"): f"{who},{number},{day},{team}",
        ("deaths", "deaths", "NHSNumber,DateOfDeath"): f"{number},{died}" if bad or who % 3 == 0 else "",
    }  # fmt: skip


def built(folder, sent, choices):
    """The snapshot of a build. sent: the people that each partner sends."""
    files = {}
    for who in range(80):
        for (partner, name, headings), line in rows_of(who).items():
            lines = files.setdefault((partner, name), [headings])
            if line and who in sent(partner):
                lines.append(line)
    for (partner, name), lines in files.items():
        (folder / partner).mkdir(parents=True, exist_ok=True)
        (folder / partner / f"{name}.csv").write_text("\n".join([*lines, ""]))
    listed = "".join(f"{NUMBERS[who]},{kind}\n" for who, kind in choices.items())
    (folder / "choices.csv").write_text("NHSNumber,kind\n" + listed)
    sources = [SourceSettings(key, "extracts", folder / key, kind, BY_NUMBER) for key, kind in KINDS.items()]
    system = System(
        folder, "Tests", folder / "workspace", tuple(sources),
        uses=(UseSettings("planning-results", 5, "in words", "A. Lead", NOW.date()),),
        opt_outs=OptOutSettings(folder / "choices.csv", NOW.date(), 21, BY_NUMBER),
        as_of=date(2026, 3, 31),
    )  # fmt: skip
    build(system, now=NOW, identities=KEYED)
    return latest_snapshot(folder / "workspace")


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    """The snapshots of a world with opt-outs, and of one in which nobody of them was ever sent."""
    folder = tmp_path_factory.mktemp("worlds")
    choices = {**dict.fromkeys(NATIONAL, "national"), **dict.fromkeys(TYPE_1, "type 1")}
    poisoned = built(folder / "poisoned", lambda partner: range(80), choices)
    clean = built(
        folder / "clean", lambda partner: ORDINARY if partner == "practice" else {*ORDINARY, *TYPE_1}, {}
    )
    return poisoned, clean


def test_everything_published_is_that_of_a_world_without_them(worlds):
    poisoned, clean = (folder / "results" for folder in worlds)
    for path in sorted(clean.iterdir()):
        told = [path.read_bytes(), (poisoned / path.name).read_bytes()]
        if path.name == "snapshot.json":
            told = [json.loads(each) for each in told]
            for each in told:
                del each["files"], each["findings"]
        assert told[0] == told[1], path.name


def test_checks_of_their_tables_count_nothing_of_them(worlds):
    """Of whom general practice alone sent: every other row of theirs that is left stands for itself."""
    told = [(folder / "records" / "checked.json").read_bytes() for folder in worlds]
    assert told[0] == told[1]
    assert b"pathway-order" in told[0]


def test_the_poison_is_in_the_records(worlds):
    """It would be counted if the gate let it through."""
    found = set()
    for path in (worlds[0] / "records" / "sources").rglob("*.parquet"):
        text = str(pq.read_table(path).to_pydict())
        found |= {needle for needle in POISON if needle in text}
    assert found == set(POISON)
