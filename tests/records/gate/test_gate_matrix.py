"""Who is left out of what: each row of the decision table, ruling, opt-out and kind of source."""

from typing import get_args

import pytest

from stewardship.records.decisions import DECISIONS, USES
from stewardship.records.gate import OF_GENERAL_PRACTICE, SOURCE_KINDS
from stewardship.records.model import OPT_OUT_KINDS
from stewardship.system.settings import SourceKind
from support.gate_matrix import PAGE, SOURCES, lines, page, seen
from support.small_records import drawn

# National opt-out; type 1 in data of general practice, in a linked feed and in other sources; objection to scoring.
EXPECTED = """
row | ruled          | scores | national | gp      | linked  | others  | objection
1   |                |        | kept     | kept    | kept    | kept    | kept
2   |                |        | kept     | kept    | kept    | kept    | kept
3   |                |        | kept     | kept    | kept    | kept    | kept
4   | applies        | scores | removed  | removed | removed | kept    | removed
4   | does not apply | scores | kept     | removed | removed | kept    | removed
5   |                |        | removed  | removed | removed | kept    | kept
5   |                | scores | removed  | removed | removed | kept    | removed
6   |                |        | kept     | removed | removed | kept    | kept
7   |                |        | kept     | removed | removed | kept    | kept
8   |                |        | refused  | refused | refused | refused | refused
9   |                |        | kept     | kept    | kept    | kept    | kept
10  | applies        | scores | removed  | removed | removed | kept    | removed
10  | does not apply | scores | kept     | removed | removed | kept    | removed
11  | applies        |        | removed  | removed | removed | kept    | kept
11  | does not apply |        | kept     | removed | removed | kept    | kept
12  | applies        |        | removed  | removed | removed | kept    | kept
12  | does not apply |        | kept     | removed | removed | kept    | kept
"""
CELLS = {
    (row["row"], row["ruled"] or "", row["scores"] or ""): row for row in drawn(EXPECTED)
}  # fmt: skip


def test_every_row_ruling_and_way_of_using_is_in_the_matrix():
    found = [(line.decision.row, line.ruling, line.scores) for line in lines()]
    assert found == list(CELLS)
    assert sorted(DECISIONS) == list(range(1, 13))


@pytest.mark.parametrize(
    "line",
    lines(),
    ids=lambda line: " ".join(filter(None, [f"row {line.decision.row}", line.ruling, line.scores])),
)
def test_who_is_kept_and_who_is_removed(line, engine, tmp_path):
    expected = CELLS[line.decision.row, line.ruling, line.scores]
    everywhere = ("general practice", "linked", "others")
    refused = expected["national"] == "refused"
    cells = {("no opt-out", source): "refused" if refused else "kept" for source in everywhere}
    cells |= {("national", source): expected["national"] for source in everywhere}
    cells |= {("risk stratification objection", source): expected["objection"] for source in everywhere}
    cells |= {
        ("type 1", s): expected[name] for s, name in zip(everywhere, ("gp", "linked", "others"), strict=True)
    }
    assert {kind for kind, _ in cells} == {"no opt-out", *OPT_OUT_KINDS}
    assert seen(line, engine, tmp_path / "records") == cells


def test_the_page_shows_the_matrix_as_the_gate_gives_it():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "write it anew: cd tests && python -m support.gate_matrix"
    )


def test_the_gate_knows_every_kind_of_source_that_settings_know():
    assert (
        set(SOURCE_KINDS)
        == set(get_args(SourceKind))
        == {each for kinds in SOURCES.values() for each in kinds}
    )
    assert set(OF_GENERAL_PRACTICE) < set(SOURCE_KINDS)


def test_every_row_can_be_some_use_and_every_use_names_rows_there_are():
    assert {row for use in USES.values() for row in use.rows} == set(DECISIONS)
    assert all(key == use.key for key, use in USES.items())


def test_rows_decided_by_ruling_ask_a_question_and_no_other_row_does():
    for decision in DECISIONS.values():
        assert (decision.national == "by ruling") == decision.ruling.endswith("?") == bool(decision.ruling)


def test_nobody_is_left_out_of_their_own_care():
    assert {row for row, decision in DECISIONS.items() if decision.own_care} == {1, 2, 3}
