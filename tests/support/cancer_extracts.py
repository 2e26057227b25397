"""The extracts of a made-up system's cancer pathways, as few as a test needs."""

from datetime import date, timedelta

import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.synthetic.cancer.tracked import COLUMNS

LAST = date(2026, 3, 31)


def sent(pathway, received, **changed):
    """A row of the extract."""
    told = dict.fromkeys(COLUMNS) | {
        "PathwayID": pathway,
        "NHSNumber": f"99900{pathway:05d}",
        "TransferDate": None,
    }
    first = {
        "ReferralReceivedDate": received,
        "PriorityType": "3",
        "SourceOfReferral": "03",
        "ReferralType": "07",
    }
    return told | first | {"FirstSeenProvider": "ZZT01"} | changed


def event(number, pathway, milestone, day):
    return {
        "PathwayEventID": number,
        "PathwayID": pathway,
        "EventType": milestone,
        "EventDate": day,
        "Provider": "ZZT01",
    }


ROWS = [
    sent(1, LAST - timedelta(days=40)),
    sent(
        2,
        LAST - timedelta(days=90),
        FasterDiagnosisEndDate=LAST - timedelta(days=70),
        FasterDiagnosisEndReason="02",
    ),
    sent(3, LAST - timedelta(days=5)),
]
EVENTS = [
    event(1, 1, "REF", LAST - timedelta(days=40)), event(2, 1, "FSEEN", LAST - timedelta(days=30)),
    event(3, 2, "RULEOUT", LAST - timedelta(days=70)), event(4, 3, "REF", LAST),
]  # fmt: skip


def write_extracts(folder, rows=ROWS):
    """Write the pathways, and the events of the first three; returns the folder."""
    cancer = folder / "cancer"
    cancer.mkdir(exist_ok=True)
    days = {name: pa.date32() for name in (*COLUMNS, "TransferDate") if "Date" in name}
    schema = pa.schema(
        [(name, days.get(name, pa.int64() if name == "PathwayID" else pa.string())) for name in rows[0]]
    )
    pq.write_table(pa.Table.from_pylist(rows, schema), cancer / "pathways_2025-04_2026-03.parquet")
    pq.write_table(pa.Table.from_pylist(EVENTS), cancer / "events_2025-04_2026-03.parquet")
    return folder
