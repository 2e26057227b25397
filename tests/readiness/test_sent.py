"""Files of a kind and findings of a check stand together, and nothing hidden is taken for none."""

import pytest

from stewardship.readiness.sent import Added, files_of, found_in, kind_of_file


def file(name, read, aside=0, source="hospital", absent=False):
    loaded = None if None in (read, aside) else read - aside
    return {
        "source": source, "file": name, "table": "activity", "read": read, "loaded": loaded, "quarantined": aside,
        "absent": absent,
    }  # fmt: skip


def finding(table, count, outcome="fail", source="hospital", check="Values not in their list"):
    return {
        "source": source, "check": check, "table": table, "outcome": outcome, "count": count, "examined": 100,
        "consequence": "They are read as not known.",
    }  # fmt: skip


@pytest.mark.parametrize("name, kind", [
    ("apc_2021-04_2022-03.parquet", "apc"),
    ("calls-111_2026-03_2026-03.csv.gz", "calls-111"),
    ("apc_2021-04_2022-03", "apc"),
    ("patients.parquet", "patients.parquet"),
    ("CONDITION_OCCURRENCE.csv", "CONDITION_OCCURRENCE.csv"),
    ("apc_2021.csv", "apc_2021.csv"),
])  # fmt: skip
def test_the_months_in_a_files_name_are_no_part_of_its_kind(name, kind):
    assert kind_of_file(name) == kind


def test_files_of_a_kind_of_one_source_stand_together():
    kinds = files_of([
        file("apc_2021-04_2022-03.parquet", 100, 10),
        file("patients.parquet", 50),
        file("apc_2022-04_2023-03.parquet", 200, 20),
        file("apc_2022-04_2023-03.parquet", 5, source="another"),
    ])  # fmt: skip
    assert [(kind.source, kind.name, len(kind.each)) for kind in kinds] == [
        ("hospital", "apc", 2),
        ("hospital", "patients.parquet", 1),
        ("another", "apc_2022-04_2023-03.parquet", 1),
    ]
    assert [kinds[0].total(count).said for count in ("read", "loaded", "quarantined")] == ["300", "270", "30"]


def test_a_kind_is_absent_where_all_its_files_are():
    months = ("apc_2021-04_2022-03.parquet", "apc_2022-04_2023-03.parquet")
    assert files_of(file(name, 0, absent=True) for name in months)[0].absent
    assert not files_of(file(name, 0, absent=name == months[0]) for name in months)[0].absent


@pytest.mark.parametrize("added, said, besides", [
    (Added(300, 0, 2), "300", ""),
    (Added(0, 0, 8), "0", ""),
    (Added(0, 1, 1), "fewer than 8", ""),
    (Added(0, 1, 8), "fewer than 8 in one", ""),
    (Added(0, 3, 8), "fewer than 8 in each of 3", ""),
    (Added(20, 1, 8), "20", "and fewer than 8 in another"),
    (Added(1_020, 3, 8), "1,020", "and fewer than 8 in each of 3 others"),
])  # fmt: skip
def test_what_is_hidden_in_a_sum_is_said(added, said, besides):
    assert (added.said, added.besides) == (said, besides)


def test_the_same_check_over_files_is_one_finding():
    months = [finding("apc_2021-04_2022-03.parquet", 10), finding("apc_2022-04_2023-03.parquet", None)]
    one, passed = found_in([*months, finding("apc", 0, outcome="pass")])
    assert (one.kinds, one.where, one.to_look_into) == ([("apc", "hospital")], "2 files", True)
    assert (one.total("count").said, one.total("examined").said) == ("10", "200")
    assert not passed.to_look_into
    (wide,) = found_in([*months, finding("contacts", 20, source="community")])
    assert wide.where == "2 kinds of file"
