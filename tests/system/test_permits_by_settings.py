"""What `system.toml` says of a use is what the gate is told."""

from datetime import date
from pathlib import Path

import pytest

from stewardship.records.gate import GateError
from stewardship.records.identity import Identities
from stewardship.records.opt_out_files import OptOutError
from stewardship.system.permits import listed_opt_outs, permit_for
from stewardship.system.settings import (
    NHS_NUMBERS,
    Identifier,
    OptOutSettings,
    SourceSettings,
    System,
    UseSettings,
)

TODAY = date(2026, 7, 1)
KEYED = Identities(b"a key of a test")
NUMBER = Identifier("nhs number", NHS_NUMBERS, "nhs_number")
BY_NUMBER = {"gp": NHS_NUMBERS}


def system(
    folder,
    *,
    row=5,
    ruled="",
    anonymised="",
    text="nhs_number,kind\n9990000018,national\n",
):
    (folder / "choices.csv").write_text(text)
    return System(
        folder, "Tests", folder / "workspace",
        (SourceSettings("gp", "omop", Path("gp"), "general practice", NUMBER),),
        uses=(UseSettings("planning-results", row, "in words", "A. Lead", TODAY, ruled),),
        opt_outs=OptOutSettings(folder / "choices.csv", date(2026, 6, 30), 7, NUMBER),
        anonymised=anonymised,
    )  # fmt: skip


def test_a_use_has_the_row_basis_and_opt_outs_of_the_settings(tmp_path):
    told = system(tmp_path)
    listed = listed_opt_outs(told, KEYED, BY_NUMBER)
    permitted = permit_for(told, "planning-results", listed, today=TODAY)
    assert (permitted.decision.row, permitted.basis, permitted.national) == (5, "in words", True)
    assert permitted.opt_outs is listed
    assert (listed.as_of, listed.oldest_days, listed.rows.num_rows) == (date(2026, 6, 30), 7, 1)


@pytest.mark.parametrize("ruled, applies", [("applies", True), ("does not apply", False)])
def test_a_ruling_of_the_settings_is_obeyed(tmp_path, ruled, applies):
    told = system(tmp_path, row=12, ruled=ruled, anonymised="in words")
    permitted = permit_for(told, "planning-results", listed_opt_outs(told, KEYED, BY_NUMBER), today=TODAY)
    assert permitted.national is applies


def test_a_use_that_the_settings_do_not_name_sees_nothing(tmp_path):
    with pytest.raises(
        GateError, match=r"system\.toml does not name this use\. Add \[uses\.risk-scoring\] with"
    ):
        permit_for(system(tmp_path), "risk-scoring", None, today=TODAY)


def test_a_list_that_is_too_old_for_the_settings_sees_nothing(tmp_path):
    told = system(tmp_path)
    with pytest.raises(GateError, match="is of 30 June 2026, 8 days old, and 7 are allowed"):
        permit_for(told, "planning-results", listed_opt_outs(told, KEYED, BY_NUMBER), today=date(2026, 7, 8))


def test_a_list_that_cannot_name_a_sources_people_stops(tmp_path):
    with pytest.raises(OptOutError, match="these sources do not: gp"):
        listed_opt_outs(system(tmp_path), KEYED, {"gp": "lake"})


def test_settings_that_name_no_list_have_none():
    assert listed_opt_outs(System(Path(), "Tests", Path(), (), anonymised="in words"), KEYED, {}) is None
