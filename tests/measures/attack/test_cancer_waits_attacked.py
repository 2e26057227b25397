"""The attack on published cancer waits: nothing is told as it is published, and it finds what is laid bare."""

import pyarrow as pa
import pytest

from stewardship.measures.attack.waits import attack_waits
from stewardship.measures.cancer.published import FILES, read_cancer, write_cancer
from stewardship.measures.published import Published
from support.cancer_drawn import write_cancer_drawn
from support.snapshots import publish


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = publish(tmp_path_factory.mktemp("attacked"))
    write_cancer_drawn(folder)
    return folder


def laid_bare(folder, name, unhide):
    """Write a file again with the rows that `unhide` gives a count shown."""
    rows = [unhide(dict(row)) for row in read_cancer(folder, name)]
    write_cancer(folder, name, pa.Table.from_pylist(rows, schema=FILES[name]))


def test_nothing_is_told_by_what_is_published(results):
    tried, found = attack_waits(Published(results), enough=7)
    assert tried > 500
    assert [each.in_words for each in found] == []


def test_a_group_beside_one_that_is_shown_is_found(results, tmp_path):
    folder = publish(tmp_path)
    for name in ("standards", "backlog"):
        rows = read_cancer(results, name)
        write_cancer(folder, name, pa.Table.from_pylist(rows, schema=FILES[name]))

    def unhide(row):
        if row["by"] == "provider" and row["group"] == "ZZ101" and row["band"] == "over 62":
            everyone = next(
                each["count"] for each in read_cancer(results, "backlog", by="everyone", band="over 62")
                if each["week"] == row["week"]
            ) if row["count"] is None and str(row["week"]) == "2026-03-29" else row["count"]  # fmt: skip
            return {**row, "count": None if everyone is None else everyone - 3 * (row["count"] is None)}
        return row

    laid_bare(folder, "backlog", unhide)
    _, found = attack_waits(Published(folder), enough=7)
    told = {(each.measure, each.group, each.low, each.high) for each in found}
    assert ("cancer backlog", "ZZ202", 3.0, 3.0) in told


def test_without_cancer_there_is_nothing_to_try(tmp_path):
    assert attack_waits(Published(publish(tmp_path)), enough=7) == (0, [])
