"""[cancer] of system.toml: headings of a system's own files, judged whole with line numbers."""

import pytest

from stewardship.system.cancer import OF_EVENTS, OF_PATHWAYS
from stewardship.system.mistakes import SettingsError
from stewardship.system.reading import read_cancer


def read(tmp_path, text):
    (tmp_path / "system.toml").write_text(text)
    return read_cancer(tmp_path)


def test_without_the_table_files_are_as_the_documentation_has_them(tmp_path):
    settings = read(tmp_path, 'name = "A system"\n')
    assert (settings.pathways, settings.days, settings.end_line) == ({}, "year-month-day", False)


def test_own_headings_days_and_end_lines(tmp_path):
    text = '[cancer]\ndays = "day/month/year"\nend_line = true\n[cancer.pathways]\nnhs_number = "NHSNo"\n'
    settings = read(tmp_path, text)
    assert settings.pathways == {"nhs_number": "NHSNo"}
    assert (settings.days, settings.end_line) == ("day/month/year", True)


def test_every_mistake_is_told_with_its_line(tmp_path):
    text = (
        '[cancer]\ndays = "american"\nvanished_at_most = 7\n[cancer.pathways]\nnhs_numbr = "NHSNo"\n'
        '[cancer.events]\ndone = "Day"\nbooked = "Day"\n'
    )
    with pytest.raises(SettingsError) as error:
        read(tmp_path, text)
    told = str(error.value)
    for line, said in ((2, "american"), (3, "share"), (5, "nhs_number"), (7, '"Day"'), (8, '"Day"')):
        assert f"line {line}" in told and said in told


def test_the_settings_name_the_columns_of_the_files():
    from support.site import workspace

    workspace()
    from stewardship.cancer.nightly.columns import EVENTS, PATHWAYS

    assert sorted(OF_PATHWAYS) == sorted(column.key for column in PATHWAYS)
    assert sorted(OF_EVENTS) == sorted(column.key for column in EVENTS)
