"""The attack on published cancer waits: nothing is told as it is published, and it finds what is laid bare."""

from datetime import date

import pyarrow as pa
import pytest

from stewardship.measures.attack.waits import attack_waits
from stewardship.measures.attack.waits_found import attack_found
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


def test_a_step_beside_the_others_is_found(results, tmp_path):
    """Fewer than 20 people of a tumour group took a step: told by all other groups and everyone."""
    folder = publish(tmp_path)
    rows = [dict(row) for row in read_cancer(results, "steps")]
    step = [row for row in rows if row["step"] == rows[0]["step"]]
    everyone = next(row for row in step if row["by"] == "everyone")
    groups = [row for row in step if row["by"] == "tumour group"]
    for row in groups:
        row["people"] = 100
    groups[0] |= {"people": None, "state": "suppressed"}
    everyone["people"] = 100 * (len(groups) - 1) + 4
    write_cancer(folder, "steps", pa.Table.from_pylist(rows, schema=FILES["steps"]))
    tried, found = attack_waits(Published(folder), enough=7)
    assert tried >= 1
    assert [(each.measure, each.group, each.low, each.high) for each in found] == [
        ("cancer steps", groups[0]["group"], 4.0, 4.0)
    ]


def found_rows(counts, whole, measure="early stage"):
    """Rows of a share by tumour group: whose, how many counted (None is hidden), of how many."""
    return [
        {
            "measure": measure, "period": "year", "start": date(2025, 4, 1), "end": date(2026, 3, 31),
            "by": "everyone" if group == "everyone" else "tumour group", "group": group, "numerator": counted,
            "denominator": whole[group], "state": "suppressed" if counted is None else "shown", "reason": "",
        }
        for group, counted in counts.items()
    ]  # fmt: skip


@pytest.mark.parametrize("counts, told", [
    ({"everyone": 100, "Lung": 60, "Skin": None}, []),  # rounded: 36 to 44, so that nobody is few
    ({"everyone": 60, "Lung": 55, "Skin": None}, []),  # 1 to 9
    ({"everyone": 60, "Lung": 60, "Skin": None}, [("cancer early stage, counted", 1.0, 4.0)]),
])  # fmt: skip
def test_few_at_a_stage_are_found_where_the_other_groups_tell_of_them(tmp_path, counts, told):
    folder = publish(tmp_path)
    rows = found_rows(counts, {"everyone": 240, "Lung": 120, "Skin": 120})
    write_cancer(folder, "found", pa.Table.from_pylist(rows, schema=FILES["found"]))
    tried, found = attack_found(Published(folder), enough=7)
    assert tried == 2
    assert [(each.measure, each.low, each.high) for each in found] == told


def test_few_who_went_no_further_are_found_where_all_other_counts_tell_of_them(tmp_path):
    folder = publish(tmp_path)
    rows = [
        {
            "step": step, "start": date(2025, 4, 1), "end": date(2026, 3, 31), "by": by, "group": group,
            "count": count, "of": of, "state": "suppressed" if count is None else "shown", "reason": "",
        }
        for step, by, group, count, of in (
            ("invited", "everyone", "everyone", 300, None), ("consented", "everyone", "everyone", 110, 300),
            ("invited", "deprivation fifth", "1", 100, None), ("consented", "deprivation fifth", "1", None, 100),
            ("invited", "deprivation fifth", "2", 200, None), ("consented", "deprivation fifth", "2", 110, 200),
        )
    ]  # fmt: skip
    write_cancer(folder, "case-finding", pa.Table.from_pylist(rows, schema=FILES["case-finding"]))
    tried, found = attack_found(Published(folder), enough=7)
    assert tried == 2
    assert [(each.measure, each.group, each.low, each.high) for each in found] == [
        ("cancer consented, counted", "1", 1.0, 4.0)
    ]


def test_nothing_is_told_of_stages_and_case_finding_as_they_are_published(results):
    tried, found = attack_found(Published(results), enough=7)
    assert tried > 0
    assert [each.in_words for each in found] == []


def test_without_cancer_there_is_nothing_to_try(tmp_path):
    published = Published(publish(tmp_path))
    assert attack_waits(published, enough=7) == (0, [])
    assert attack_found(published, enough=7) == (0, [])
