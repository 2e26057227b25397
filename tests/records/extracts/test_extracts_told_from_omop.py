"""A folder of a partner's own files is told from one of OMOP by the names in it."""

import pytest

from stewardship.cli.checking import check
from stewardship.records.extracts.kinds import holds_extracts
from stewardship.records.files import SourceError


@pytest.mark.parametrize(
    "names, extracts",
    [
        (["patients.csv", "readings_2026-04_2026-04.parquet"], True),
        (["apc_2026-04_2026-04.csv.gz", "readme.txt"], True),
        (["PERSON.csv", "patients.csv"], False),
        (["person.parquet", "death.parquet", "measurement.parquet"], False),
        ([], False),
    ],
)
def test_the_names_of_its_files_tell(tmp_path, names, extracts):
    for name in names:
        (tmp_path / name).touch()
    assert holds_extracts(tmp_path) is extracts
    assert not holds_extracts(tmp_path / "nowhere")


def test_extracts_that_are_checked_alone_get_advice_for_extracts(tmp_path):
    (tmp_path / "patients.csv").touch()
    with pytest.raises(SourceError, match=r"name it as a source with reader = \"extracts\""):
        check(tmp_path)
