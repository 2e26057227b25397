"""Each pathway of a made system is judged from records as `stewardship cancer judge` judges it from what was sent."""

import csv
import io
from collections import Counter
from contextlib import closing
from datetime import timedelta
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from stewardship.measures.cancer.judging import Judged, facts, judge_pathways
from stewardship.measures.cancer.reading import Pathways, read_pathways
from stewardship.people.periods import years_ending
from stewardship.people.table import people_of
from stewardship.records.engine import Engine
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.judgement import Standard
from stewardship.rules.cancer.table import COLUMNS, conclusions
from support.command import stewardship
from support.made_records import LAST_DAY, write_made_records
from support.small_records import opened

RESIDENTS = 4_000
RESULTS = {
    Standard.FASTER_DIAGNOSIS: ("fds_result", "fds_days"),
    Standard.DECISION_TO_TREATMENT: ("d31_result", "d31_days"),
    Standard.REFERRAL_TO_TREATMENT: ("d62_result", "d62_days"),
}
COPIED = {
    "case_id": "PathwayID", "referral_type": "ReferralType", "referral_received": "ReferralReceivedDate",
    "upgrade_date": "ConsultantUpgradeDate", "first_seen": "DateFirstSeen", "first_seen_org": "FirstSeenProvider",
    "fds_end_date": "FasterDiagnosisEndDate", "fds_end_reason": "FasterDiagnosisEndReason",
    "fds_exclusion_reason": "FasterDiagnosisExclusionReason", "dtt_date": "DecisionToTreatDate",
    "treatment_event_type": "TreatmentEventType", "treatment_modality": "TreatmentModality",
    "treatment_start": "TreatmentStartDate", "icd10": "PrimaryDiagnosisICD", "morphology_flag": "MorphologyFlag",
    "investigating_org": "AccountableInvestigatingProvider", "treating_org": "TreatmentProvider",
    "transfer_date": "TransferDate",
}  # fmt: skip


class Made(NamedTuple):
    """pathways: as read from records, and judged. said: what the command says of each, by its number."""

    pathways: Pathways
    judged: Judged
    sent: dict[str, dict[str, str]]
    said: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("row-by-row")
    write_made_records(folder, RESIDENTS)
    with closing(Engine(scratch=folder / "scratch", memory="1GB", threads=2)) as engine:
        records = opened(folder, engine)
        people = people_of(records, years_ending(LAST_DAY)).kept(records.engine)
        pathways = read_pathways(records, people, as_of=LAST_DAY)
    sent = {row["case_id"]: row for row in table_of(folder / "files" / "cancer")}
    file = folder / "cases.csv"
    with file.open("w", encoding="utf-8", newline="") as opened_file:
        writer = csv.DictWriter(opened_file, COLUMNS)
        writer.writeheader()
        writer.writerows(sent.values())
    ended = stewardship("cancer", "judge", file)
    assert (ended.returncode, ended.stderr) == (0, "")
    said = {row["case_id"]: row for row in csv.DictReader(io.StringIO(ended.stdout))}
    return Made(pathways, judge_pathways(pathways, as_of=LAST_DAY), sent, said)


def table_of(folder):
    """What was sent of pathways, newest last, as rows of a table of pathways."""
    events = read(folder, "events")
    untreated = events.filter(pc.equal(events["Detail"].cast(pa.string()), "No treatment to follow"))
    closed = dict(zip(untreated["PathwayID"].to_pylist(), untreated["EventDate"].to_pylist(), strict=True))
    for one in read(folder, "pathways").to_pylist():
        row = dict.fromkeys(COLUMNS, "") | {name: written(one[heading]) for name, heading in COPIED.items()}
        start = one["ConsultantUpgradeDate"] or one["ReferralReceivedDate"]
        if one["FirstSeenAdjustmentDays"]:
            row["first_appt_dna_date"] = str(start)
            row["dna_rebooked_date"] = str(start + timedelta(one["FirstSeenAdjustmentDays"]))
        if one["TreatmentAdjustmentDays"]:
            decided = one["DecisionToTreatDate"]
            until = decided + timedelta(one["TreatmentAdjustmentDays"])
            row |= {"pause_from": str(decided), "pause_to": str(until), "pause_reason": "8"}
        if one["PathwayID"] in closed:
            row["other_events"] = f"private care:{closed[one['PathwayID']]}"
        yield row | {"route": route(one), "snapshot_date": str(LAST_DAY)}


def read(folder, kind):
    tables = [pq.read_table(path) for path in sorted(folder.glob(f"{kind}_*.parquet"))]
    plain = [
        pa.table([each.cast(each.type.value_type) if pa.types.is_dictionary(each.type) else each
                  for each in one.columns], names=one.column_names)
        for one in tables
    ]  # fmt: skip
    return pa.concat_tables(plain)


def written(value):
    return "" if value is None else str(value)


def route(one):
    """By the table of routes in docs/cancer-waiting-times.md."""
    screened = one["SourceOfReferral"] == "17"
    if one["ConsultantUpgradeDate"] and not screened:
        return "UPGRADE"
    if one["PriorityType"] == "3" and not screened:
        return "BREAST_SYMPTOMATIC" if one["ReferralType"] == "16" else "USC"
    return "SCREENING" if screened and one["PriorityType"] == "2" else "NONE"


def numbers(made):
    return [str(each) for each in made.pathways.rows["pathway_id"].to_pylist()]


def test_every_conclusion_on_every_pathway_is_that_of_the_command(made):
    differ = [
        (number, name, mine[name], made.said[number][name])
        for number, one in zip(numbers(made), facts(made.pathways), strict=True)
        for mine in [conclusions(number, judge(one, as_of=LAST_DAY))]
        for name in mine if mine[name] != made.said[number][name]
    ]  # fmt: skip
    assert differ == []
    assert len(made.pathways) > 300


@pytest.mark.parametrize("standard", list(Standard))
def test_the_waits_that_are_counted_are_those_met_or_in_breach_with_their_days(made, standard):
    result, days = RESULTS[standard]
    expected = {
        number: (made.said[number][result] == "MET", int(made.said[number][days]))
        for number in numbers(made) if made.said[number][result] in ("MET", "BREACH")
    }  # fmt: skip
    waits, own = made.judged.waits[standard], numbers(made)
    found = zip(waits.row.tolist(), waits.within.tolist(), waits.days.tolist(), strict=True)
    assert {own[row]: (within, took) for row, within, took in found} == expected


def test_patients_and_breaches_are_shared_out_over_providers_as_the_command_does(made):
    patients, breaches = Counter(), Counter()
    for number in numbers(made):
        said, sent = made.said[number], made.sent[number]
        investigated = sent["investigating_org"] or sent["first_seen_org"] or sent["treating_org"]
        for provider, part in ((investigated, "inv"), (sent["treating_org"], "treat")):
            patients[provider] += float(said[f"{part}_den"] or 0)
            breaches[provider] += float(said[f"{part}_breach"] or 0)
    waits = made.judged.waits[Standard.REFERRAL_TO_TREATMENT]
    for provider in np.unique(waits.provider.astype(str)):
        of = waits.provider == provider
        assert waits.patients[of].sum() / 2 == patients[provider]
        assert (waits.patients - waits.met)[of].sum() / 2 == breaches[provider]
    assert waits.patients.sum() / 2 == sum(patients.values())


def test_what_the_rules_look_at_is_there_to_be_looked_at(made):
    """Two providers by the six cases and by halves, pauses, missed appointments, and deaths before being told."""
    methods = Counter(made.said[number]["alloc_method"] for number in numbers(made))
    assert methods["SIX_SCENARIO"] and methods["SHARED_50_50"] and methods["SOLO"]
    rows = [made.sent[number] for number in numbers(made)]
    for column in ("pause_from", "first_appt_dna_date", "fds_exclusion_reason", "other_events"):
        assert any(row[column] for row in rows), column
