"""`stewardship attack` for an information-governance lead: what was tried, and what could be worked back."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stewardship.records.snapshot import latest_snapshot
from support.command import joined, stewardship


@pytest.fixture(scope="module")
def system(tmp_path_factory):
    folder = tmp_path_factory.mktemp("system") / "demo"
    done = stewardship("demo", "--residents", 5000, "--years", 2, "--only-build", "-f", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_nothing_is_recovered_from_a_build_of_invented_residents(system):
    done = stewardship("attack", "-s", system, "--everyone-is-placed", "--seconds", 2)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing recovered." in joined(done.stdout)
    assert "figures tried in" in joined(done.stdout)
    assert "practice, of everyone:" in done.stdout


def test_a_leak_ends_with_what_and_where_and_code_1(system, tmp_path):
    """One figure of a build is put back as it was before control."""
    results = latest_snapshot(system / "workspace") / "results"
    file = results / "diabetes.parquet"
    kept = file.read_bytes()
    rows = pq.read_table(file).to_pylist()
    leak = next(
        row for row in rows if row["measure"] == "people-with-diabetes" and row["state"] == "suppressed"
    )
    leak |= {"numerator": 3, "denominator": 3, "value": 3.0, "state": "shown", "reason": ""}
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(file)), file)
    try:
        done = stewardship("attack", "-s", system, "--seconds", 0, "--csv", tmp_path / "found.csv")
    finally:
        file.write_bytes(kept)
    assert done.returncode == 1
    assert f"people-with-diabetes, place {leak['place']}, {leak['by']} {leak['group']}" in joined(done.stdout)
    assert (
        f"people-with-diabetes,{leak['place']},{leak['by']},{leak['group']}"
        in (tmp_path / "found.csv").read_text()
    )


def test_a_snapshot_that_is_not_there_is_named(system):
    done = stewardship("attack", "-s", system, "--snapshot", "yesterday")
    assert done.returncode == 2
    assert "There is no snapshot yesterday. There are: " in joined(done.stderr)


def test_every_card_of_a_build_names_its_scheme(system):
    snapshot = json.loads((latest_snapshot(system / "workspace") / "results" / "snapshot.json").read_text())
    cards = [card for area in snapshot["areas"] for card in area["measures"]]
    assert all("version" in card["scheme"] for card in cards)
