"""Files of partners: the same bytes whatever the threads, and each row in the file of its period."""

import hashlib
import threading
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from stewardship.synthetic.chance import stream
from stewardship.synthetic.delivering import ROW_GROUP, Delivery, in_order
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers, nhs_numbers
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.sending import periods

PLAN = Plan(residents=1, years=2, seed=3, last_day=date(2026, 3, 31))


def made(batch, rows=30_000):
    """A batch of some contacts, and the people they were with."""
    chance = stream(PLAN.seed, batch, "contacts")
    nhs = nhs_numbers(np.arange(1, 101) + 100 * batch)
    day = chance.integers(PLAN.first, PLAN.last + 1, rows).astype(np.int32)
    contacts = pa.table(
        {
            "ContactID": identifiers(batch, rows),
            "NHSNumber": chosen(nhs, chance.integers(0, 100, rows)),
            "Day": days(day),
        }
    )
    people = pa.table({"NHSNumber": nhs, "Sex": chosen(["F", "M"], chance.integers(-1, 2, 100))})
    return [Extract("hospital", "op", day, contacts), Extract("general-practice", "patients", None, people)]


def delivered(folder, threads, form="parquet", batches=5):
    delivery = Delivery(folder, periods(PLAN), form, threads)
    for extracts in in_order(made, batches, threads):
        delivery.take(extracts)
    delivery.close()
    return delivery


def hashes(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(Path(folder).rglob("*.*"))
    }


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_the_bytes_are_the_same_whatever_the_number_of_threads(tmp_path, form):
    for threads in (1, 2, 4):
        delivered(tmp_path / str(threads), threads, form)
    one = hashes(tmp_path / "1")
    assert len(one) == 5
    assert one == hashes(tmp_path / "2") == hashes(tmp_path / "4")


def test_every_row_is_in_the_file_of_its_period(tmp_path):
    delivery = delivered(tmp_path, 2)
    names = sorted(path.stem for path in (tmp_path / "hospital").iterdir())
    assert names == [
        "op_2024-04_2025-03",
        "op_2025-04_2026-01",
        "op_2026-02_2026-02",
        "op_2026-03_2026-03",
    ]
    for period in periods(PLAN):
        told = pq.read_table(tmp_path / "hospital" / f"op_{period.name}.parquet")["Day"]
        first, last = (day.as_py() for day in pa.compute.min_max(told).values())
        assert f"{first:%Y-%m}_{last:%Y-%m}" == period.name
    assert delivery.rows == {"hospital/op": 150_000, "general-practice/patients": 500}


def test_both_formats_hold_the_same_rows_in_the_same_order(tmp_path):
    delivered(tmp_path / "parquet", 2, "parquet")
    delivered(tmp_path / "csv", 2, "csv")
    for file in (tmp_path / "parquet").rglob("*.parquet"):
        table = pq.read_table(file)
        text = pa_csv.read_csv(
            tmp_path / "csv" / file.parent.name / f"{file.stem}.csv",
            convert_options=pa_csv.ConvertOptions(
                column_types={"NHSNumber": pa.string()}, strings_can_be_null=True
            ),
        )
        assert text.to_pylist() == table.to_pylist()


def test_rows_from_before_the_first_period_are_in_its_file_and_later_ones_are_not_sent_yet(tmp_path):
    day = np.array([0, PLAN.first, PLAN.last, PLAN.last + 1], dtype=np.int32)
    delivery = Delivery(tmp_path, periods(PLAN), "parquet", 1)
    delivery.take([Extract("hospital", "op", day, pa.table({"Day": days(day)}))])
    delivery.close()
    rows = {path.stem: pq.read_metadata(path).num_rows for path in (tmp_path / "hospital").iterdir()}
    assert rows.pop("op_2024-04_2025-03") == 2
    assert rows.pop("op_2026-03_2026-03") == 1
    assert set(rows.values()) == {0}  # sent with headings alone


def test_a_file_has_row_groups_of_many_rows_and_no_person_of_others(tmp_path):
    delivered(tmp_path, 2)
    told = pq.ParquetFile(tmp_path / "hospital" / "op_2024-04_2025-03.parquet").metadata
    groups = [told.row_group(number).num_rows for number in range(told.num_row_groups)]
    assert all(rows >= ROW_GROUP for rows in groups[:-1])
    assert sum(groups) == told.num_rows > ROW_GROUP


def test_other_columns_in_a_later_batch_are_refused(tmp_path):
    delivery = Delivery(tmp_path, periods(PLAN), "parquet", 1)
    delivery.take([Extract("hospital", "op", None, pa.table({"a": [1]}))])
    with pytest.raises(ValueError, match="different columns"):
        delivery.take([Extract("hospital", "op", None, pa.table({"b": [1]}))])


@pytest.mark.parametrize("threads", [1, 3])
def test_no_more_batches_are_made_than_one_beyond_the_threads(threads):
    alive, most, lock = 0, 0, threading.Lock()

    def make(batch):
        nonlocal alive, most
        with lock:
            alive += 1
            most = max(most, alive)
        return batch

    for batch, got in enumerate(in_order(make, 40, threads)):
        assert got == batch
        with lock:
            alive -= 1
    assert most <= threads + 1


def test_a_mistake_in_one_batch_stops_the_rest():
    def make(batch):
        if batch == 3:
            raise RuntimeError("batch 3")
        return batch

    with pytest.raises(RuntimeError, match="batch 3"):
        list(in_order(make, 1000, 2))
