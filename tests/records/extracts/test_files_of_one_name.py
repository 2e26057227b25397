"""Files whose names differ in their endings, parts or letter case alone: every row of each is in the tables."""

import pytest

from support.extract_feed import rows_of

PROBLEMS = rows_of("""
EventID | NHSNumber | PracticeCode | SNOMEDConceptID | OnsetDate  | RecordedDate
1       | #1        | ZZP001       | 44054006        | 2010-01-01 | 2026-04-01
2       | #2        | ZZP001       | 195967001       | 2010-01-01 | 2026-04-02
3       | #3        | ZZP001       | 195967001       | 2010-01-01 | 2026-04-03
""")


@pytest.mark.parametrize(
    "names",
    [
        ["problems_2025-01_2025-01.csv", "problems_2025-01_2025-01.parquet"],
        ["problems.part1.csv", "problems.part2.csv"],
        ["problems.csv", "Problems.csv", "PROBLEMS.csv"],
        ["problems.csv", "problems.a.csv", "problems-2.problems.csv"],
    ],
)
def test_no_row_is_lost_where_files_share_a_name(feed, names):
    practice = feed()
    for row, name in zip(PROBLEMS, names, strict=False):
        stem, ending = name.rsplit(".", 1)
        practice.write(stem, [row], ending)
    practice.read()
    loaded = sum(each.loaded for each in practice.reading.files)
    assert len(practice.table("condition")) == loaded == len(names)
