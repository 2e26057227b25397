"""A made-up system's cancer extracts as the nightly files of a tracking list: invented names, and what is booked next.

The extracts end on a day in the past and tell of nobody's name. Here their days are moved so that they end today,
people get names that nobody can have, and pathways that are open get a next step that is asked for, or booked.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stewardship.rules.cancer.allocation import trust_of

MOST = 20_000  # pathways
PARTNER = "cancer"
FIRST_TRUST = "ZZT01"
NEXT = ("TRI", "FSEEN", "TEST1", "BX", "MDT", "TOLD", "DTT", "FDT")
FAMILIES = (
    "Mirage", "Figment", "Nonesuch", "Supposing", "Perhaps", "Pretend", "Sample", "Mock", "Dummy", "Phantom",
    "Notional", "Fancy", "Conjecture", "Daydream", "Nowhere", "Imagined", "Unreal", "Standin", "Specimen",
    "Placeholder",
)  # fmt: skip
ENDINGS = ("", "-Example", "-Invented", "by", "son", "wright", "-Blank", "ham")
GIVEN = (
    "Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima",
    "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Uniform", "Victor",
    "Whiskey", "Xray", "Yankee", "Zulu",
)  # fmt: skip
COLUMNS = {
    "SourceOfReferral": "source_of_referral", "PriorityType": "priority_type", "ReferralType": "referral_type",
    "ReferralReceivedDate": "received", "ConsultantUpgradeDate": "upgraded", "DateFirstSeen": "first_seen",
    "FirstSeenProvider": "first_seen_site", "FirstSeenAdjustmentDays": "first_seen_adjustment",
    "FasterDiagnosisEndDate": "faster_diagnosis_end", "FasterDiagnosisEndReason": "faster_diagnosis_end_reason",
    "FasterDiagnosisProvider": "faster_diagnosis_site", "PatientStatus": "patient_status",
    "PrimaryDiagnosisICD": "diagnosis", "DecisionToTreatDate": "decided", "TreatmentStartDate": "started",
    "TreatmentEventType": "event_type", "TreatmentModality": "modality", "TreatmentAdjustmentDays": "pause_days",
    "TreatmentProvider": "treatment_site", "FasterDiagnosisExclusionReason": "faster_diagnosis_exclusion",
    "MorphologyFlag": "morphology", "AccountableInvestigatingProvider": "accountable_provider",
}  # fmt: skip
"""Headings of the extract, and the columns of the nightly file by the names of the settings."""

Row = Mapping[str, str]


@dataclass(frozen=True)
class Night:
    """Rows of the two nightly files, by the names that the settings give the columns."""

    pathways: list[Row]
    events: list[Row]


def night(folder: Path, *, today: date, most: int = MOST) -> Night:
    """The nightly files of a made-up system as they would come today.

    folder: with the folder `cancer` of extracts, as `stewardship synthesise` makes it. most: how many pathways, the
    newest of all. The same folder and day give the same files. Raises ValueError where a number may be somebody's.
    """
    sent = _newest(_table(folder / PARTNER, "pathways"), "PathwayID")
    if not all(number.startswith("9") for number in sent["NHSNumber"].to_pylist()):
        raise ValueError("An NHS number does not begin with 9, so it may be somebody's.")
    events = _newest(_table(folder / PARTNER, "events"), "PathwayEventID")
    moved = today - max(pc.max(events["EventDate"]).as_py(), pc.max(sent["ReferralReceivedDate"]).as_py())
    dated = pc.coalesce(sent["ReferralReceivedDate"], sent["DecisionToTreatDate"])
    newest = pc.sort_indices(
        pa.table({"day": dated, "id": sent["PathwayID"]}),
        sort_keys=[("day", "descending"), ("id", "ascending")],
    )[:most]
    by_pathway = _by_pathway(events, moved)
    night = Night([], [])
    for one in sent.take(newest).to_pylist():
        row = _pathway(one, moved)
        night.pathways.append(row)
        happened = by_pathway.get(one["PathwayID"], [])
        night.events.extend({**_key(row), **each} for each in happened)
        night.events.extend({**_key(row), **each} for each in _next(row, happened, today))
    return night


def _table(folder: Path, kind: str) -> pa.Table:
    """Every file of a kind, oldest period first, as plain text, numbers and days."""
    tables = [pq.read_table(path) for path in sorted(folder.glob(f"{kind}_*.parquet"))]
    return pa.concat_tables([_plain(table) for table in tables], promote_options="permissive")


def _plain(table: pa.Table) -> pa.Table:
    columns = [
        column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        for column in table.columns
    ]
    return pa.table(columns, names=table.column_names)


def _newest(table: pa.Table, key: str) -> pa.Table:
    """Of rows that were sent again, the last."""
    numbered = table.append_column("place", pa.array(range(len(table))))
    last = numbered.group_by(key).aggregate([("place", "max")])["place_max"]
    return table.take(last)


def _by_pathway(events: pa.Table, moved: timedelta) -> dict[int, list[dict[str, str]]]:
    found: dict[int, dict[str, dict[str, str]]] = {}
    for one in events.to_pylist():
        day = one["EventDate"] + moved
        said = {
            "milestone": one["EventType"], "done": day.isoformat(), "reported": _reported(one["EventType"], day),
            "provider": one["Provider"] or "",
        }  # fmt: skip
        found.setdefault(one["PathwayID"], {})[one["EventType"]] = said
    return {pathway: list(each.values()) for pathway, each in found.items()}


def _reported(milestone: str, day: date) -> str:
    return day.isoformat() if milestone.startswith("TEST") else ""


def _pathway(one: Mapping[str, object], moved: timedelta) -> dict[str, str]:
    row = {name: _written(one.get(heading), moved) for heading, name in COLUMNS.items()}
    for days, reason, because in (("first_seen_adjustment", "3", "first_seen_adjustment_reason"),
                                  ("pause_days", "8", "pause_reason")):  # fmt: skip
        row[because] = reason if row[days] not in ("", "0") else ""
        row[days] = "" if row[days] == "0" else row[days]
    provider = row["first_seen_site"] or row["treatment_site"] or FIRST_TRUST
    row |= {"pathway_identifier": str(one["PathwayID"]), "issuer": trust_of(provider)}
    if transferred := _written(one["TransferDate"], moved):
        row |= {
            "referring_site": provider,
            "receiving_site": row["treatment_site"],
            "transfer_received": transferred,
        }
        row = (
            row
            if row["receiving_site"] and trust_of(row["receiving_site"]) != trust_of(provider)
            else _untransferred(row)
        )
    return row | invented(str(one["NHSNumber"]))


def _untransferred(row: dict[str, str]) -> dict[str, str]:
    return row | dict.fromkeys(("referring_site", "receiving_site", "transfer_received"), "")


def invented(nhs_number: str) -> dict[str, str]:
    """Who somebody of a made-up system is: the same for the same number, and nobody that there is."""
    chance = zlib.crc32(nhs_number.encode())
    family = FAMILIES[chance % len(FAMILIES)] + ENDINGS[chance // 31 % len(ENDINGS)]
    born = date(1936, 1, 1) + timedelta(days=chance // 97 % 21_000)
    return {
        "nhs_number": nhs_number, "family_name": family, "given_name": GIVEN[chance // 7 % len(GIVEN)],
        "birth_date": born.isoformat(), "sex": "12"[chance // 3 % 2], "practice": "", "contact": "",
        "address": f"{chance % 90 + 1} Nonesuch Lane", "postcode": "ZZ99 9ZZ",
    }  # fmt: skip


def _next(row: Row, happened: list[dict[str, str]], today: date) -> Iterator[dict[str, str]]:
    """The next step of a pathway that is open: asked for, and of most of them booked."""
    if row["faster_diagnosis_end_reason"] in ("02", "03", "04") or row["started"] or not row["received"]:
        return
    last = max((NEXT.index(each["milestone"]) for each in happened if each["milestone"] in NEXT), default=-1)
    chance = zlib.crc32(row["pathway_identifier"].encode())
    if last + 1 < len(NEXT):
        booked = (today + timedelta(days=1 + chance % 17)).isoformat() if chance % 10 < 7 else ""
        asked = today - timedelta(days=chance % 9)
        received = date.fromisoformat(row["received"])
        yield {"milestone": NEXT[last + 1], "requested": max(asked, received).isoformat(), "booked": booked}


def _key(row: Row) -> dict[str, str]:
    return {"pathway_identifier": row["pathway_identifier"], "issuer": row["issuer"]}


def _written(value: object, moved: timedelta) -> str:
    if value is None:
        return ""
    return (value + moved).isoformat() if isinstance(value, date) else str(value)
