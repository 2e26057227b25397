"""Whoever is left out of a use is, for it, as if they had never been sent: nothing that is counted tells of them."""

import tempfile
from collections import Counter
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.build.measuring import figures, place_cards
from stewardship.measures.published import write_figures
from stewardship.people.table import linked_levels, people_of
from stewardship.records import gate
from stewardship.records.decisions import USES
from stewardship.records.engine import Engine
from stewardship.records.model import OF_SOURCES, PLACE
from support.gate_matrix import opt_outs
from support.small_records import TODAY, SmallSource, write_sources
from support.tiny_system import CARE_AREA, YEARS, rows

GP, HOSPITAL, LINKED, CARE, CANCER = "general practice", "hospital", "linked", "social care", "cancer"
DAYS = st.sampled_from([date(2010, 1, 1), date(2023, 6, 1), date(2024, 3, 1)])
CODES = st.sampled_from([("ICD10", "E119"), ("ICD10", "I10"), ("SNOMED", "44054006")])

# One resident as one source knows them. Households have few members, so that each one's absence would show.
KNOWN = st.fixed_dictionaries({
    "born": DAYS, "sex": st.sampled_from(["female", "male", "unknown"]),
    "ethnic_group": st.sampled_from(["Asian", "White", "Not known"]),
    "household": st.sampled_from(["mill", "lane"]), "practice": st.sampled_from(["P1", "P2"]),
    "conditions": st.lists(CODES, max_size=2), "died": st.none() | DAYS,
    "points": st.lists(st.sampled_from(["outpatient", "day_case"]), max_size=2),
    "characteristics": st.sets(st.sampled_from(["veteran", "unpaid carer"])), "scored": st.booleans(),
    "cared_for": st.booleans(), "pathway": st.none() | DAYS,
})  # fmt: skip
WORLDS = st.dictionaries(
    st.sampled_from([GP, HOSPITAL, LINKED, CARE, CANCER]),
    st.dictionaries(st.integers(1, 9), KNOWN, max_size=9),
    min_size=1, max_size=3,
)  # fmt: skip
CHOICES = st.dictionaries(
    st.integers(1, 9), st.sampled_from(["type 1", "national", "risk stratification objection"]), min_size=1
)
WAYS = st.sampled_from([
    ("planning-results", 5, ""), ("planning-results", 12, "does not apply"), ("planning-results", 6, ""),
    ("risk-scoring", 5, ""), ("case-finding", 4, "does not apply"), ("service-evaluation", 11, "applies"),
])  # fmt: skip

FILLED = (
    "person", "address", "registration", "characteristic", "death", "condition", "activity", "assessment",
    "social_care", "pathway_event",
)  # fmt: skip

# Written out again on purpose, not asked of the gate.
NATIONAL = {("planning-results", 5), ("risk-scoring", 5), ("service-evaluation", 11)}


def is_left_out(choice, source, use, row):
    """Whether somebody of that choice is left out of a source, by the words of the decision table."""
    if choice == "type 1":
        return source in (GP, LINKED)
    if choice == "national":
        return (use, row) in NATIONAL
    return choice is not None and use in ("risk-scoring", "case-finding")


def tables_of(people):
    """The canonical tables of the residents of one source; each one's rows depend on nobody else."""
    tables = {name: [] for name in OF_SOURCES}
    for who, known in people.items():
        one = {"person_id": who, "source_row": who}
        attributes = {name: known[name] for name in ("sex", "ethnic_group")}
        tables["person"].append({**one, **attributes, "birth_date": known["born"]})
        tables["address"].append(
            {**one, "small_area": "A1", "household": known["household"], "start": known["born"]}
        )
        tables["registration"].append({**one, "practice": known["practice"], "start": known["born"]})
        if known["died"]:
            tables["death"].append({**one, "date": known["died"], "system": "ICD10", "code": "I21"})
        for number, (system, code) in enumerate(known["conditions"]):
            event = {"event_id": 10 * who + number, "system": system, "code": code}
            tables["condition"].append({**one, **event, "start": date(2020, 1, 1)})
        for number, point in enumerate(known["points"]):
            contact = {"activity_id": 10 * who + number, "point_of_delivery": point}
            tables["activity"].append({**one, **contact, "start": date(2024, 1, 1)})
        for name, rows_of_it in _of_services(who, known).items():
            tables[name] += [{**one, **row} for row in rows_of_it]
    return tables


def _of_services(who, known):
    """What services know of one resident."""
    day = date(2023, 6, 1)
    pathway = {"pathway_id": who, "kind": "cancer", "date": known["pathway"]}
    return {
        "characteristic": [
            {"characteristic": each, "start": day} for each in sorted(known["characteristics"])
        ],
        "assessment": [{"event_id": who, "tool": "Falls risk", "date": day}] * known["scored"],
        "social_care": [{"event_id": who, "event_type": "service", "start": day}] * known["cared_for"],
        "pathway_event": [
            {**pathway, "event": event} for event in ("referral_received", "told") if known["pathway"]
        ],
    }


@contextmanager
def opened(sources, choices, use, row, ruled):
    """Records of some sources as a use sees them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_sources(folder / "records", sources)
        engine = Engine(scratch=folder / "scratch", memory="1GB", threads=1)
        permitted = gate.permit(
            USES[use], row=row, basis="in words", anonymised="in words", national_opt_out=ruled, today=TODAY,
            opt_outs=opt_outs(choices),
        )  # fmt: skip
        try:
            yield gate.open_records(folder / "records", engine, permitted)
        finally:
            engine.close()


def told(records):
    """Everything that records tell."""
    found = {name: lines(records, records.table(name)) for name in FILLED}
    found["households"] = Counter(row[2] for row in found["address"])
    found["present"] = records.present
    found["codes"] = set(records.code_uses)
    found["kinds"] = sorted(map(str, records.activity_kinds))
    return found


def lines(records, table):
    return sorted((tuple(row.values()) for row in records.engine.ibis.to_pyarrow(table).to_pylist()), key=str)


@settings(max_examples=6)
@given(world=WORLDS, choices=CHOICES, way=WAYS)
def test_records_are_those_of_a_world_without_whoever_is_left_out(world, choices, way):
    use, row, _ = way
    without = {
        source: {
            who: known for who, known in people.items() if not is_left_out(choices.get(who), source, use, row)
        }
        for source, people in world.items()
    }
    sent, never_sent = (
        {source: SmallSource(source, tables_of(people)) for source, people in each.items()}
        for each in (world, without)
    )
    with opened(sent, choices, *way) as records:
        found = told(records)
    with opened(never_sent, {}, *way) as records:
        assert found == told(records)


LEFT = {who: ("national", "type 1", "risk stratification objection")[who % 3] for who in range(1, 241, 4)}


def published(folder, left_out, choices, way):
    """What is published of the tiny system, its events from two sources; how many are left out."""
    tables = rows()
    events = ("activity", "observation")
    of = {
        GP: {name: given for name, given in tables.items() if name not in events},
        HOSPITAL: {name: tables[name] for name in ("person", *events)},
    }
    kept = {
        source: SmallSource(source, {name: [r for r in given if not left_out(r.get("person_id"), source)]
                                     for name, given in told.items()})
        for source, told in of.items()
    }  # fmt: skip
    with opened(kept, choices, *way) as records:
        people = people_of(records, YEARS).kept(records.engine)
        schema = pa.schema([field.with_nullable(True) for field in PLACE.schema])
        linked = linked_levels(people, records.engine)
        places = place_cards(
            pa.Table.from_pylist(tables["place"], schema=schema), as_of=YEARS[-1].end, linked=linked
        )
        found = figures(people, records, [CARE_AREA], YEARS, places)
        made, missing = found.figures, found.missing
        left = records.left_out()
    folder.mkdir()
    write_figures(folder, "tiny", made["tiny"])
    return (folder / "tiny.parquet").read_bytes(), places, missing, left


def test_published_figures_are_those_of_a_world_without_whoever_is_left_out(tmp_path):
    """By a use to which all three kinds of opt-out apply."""
    way = (use, row, _) = ("risk-scoring", 5, "")

    def left_out(who, source):
        return is_left_out(LEFT.get(who), source, use, row)

    *with_opt_outs, held_back = published(tmp_path / "opted out", lambda who, source: False, LEFT, way)
    *never_sent, nobody = published(tmp_path / "never sent", left_out, {}, way)
    assert with_opt_outs == never_sent
    assert (held_back, nobody) == (len(LEFT), 0)
