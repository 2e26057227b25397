"""A use that the settings do not name sees no records; one that they name sees what its row leaves."""

from datetime import date

import pytest

from stewardship.records.gate import GateError
from stewardship.system.reading import read_system
from stewardship.system.seen_records import records_for
from support.small_records import write_records
from support.system_folder import SETTINGS, system_folder

TODAY = date(2026, 7, 1)
CASE_FINDING = """
[uses.case-finding]
row = 4
basis = "UK GDPR 6(1)(e) and 9(2)(h)"
ruled_by = "A. Name, lead for information governance"
ruled_on = 2026-03-31
national_opt_out = "does not apply"
"""


@pytest.fixture
def system(tmp_path):
    def with_settings(more=""):
        write_records(tmp_path / "snapshot" / "records", {"person": []})
        return read_system(system_folder(tmp_path, SETTINGS + more))

    return with_settings


def refused(system, tmp_path, match):
    with (
        pytest.raises(GateError, match=match),
        records_for(system, tmp_path / "snapshot", "case-finding", today=TODAY),
    ):
        pass


def test_a_use_that_is_not_named_sees_nothing(system, tmp_path):
    refused(system(), tmp_path, r"system.toml does not name this use. Add \[uses.case-finding\]")


def test_a_use_that_is_named_sees_nothing_without_the_opt_outs_of_the_snapshot(system, tmp_path):
    refused(system(CASE_FINDING), tmp_path, "there is no list of opt-outs")
