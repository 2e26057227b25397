"""A system has all care areas, its own among them, or those that its settings name."""

import pytest

from stewardship.care_areas.registry import care_areas
from stewardship.system.areas import areas_of
from stewardship.system.mistakes import SettingsError
from stewardship.system.reading import read_system
from support.system_folder import SETTINGS, system_folder

OWN = """\
from stewardship.care_areas.area import CareArea
from stewardship.people.language import EVERYONE

care_area = CareArea(key="everyone", name="Everyone", phase=1, definition="All.", population=EVERYONE, at_risk=None)
"""
NAMED = 'areas = ["diabetes"]'


def keys(tmp_path, line, own=False):
    folder = system_folder(tmp_path, SETTINGS.replace(NAMED, line))
    if own:
        (folder / "care_areas").mkdir()
        (folder / "care_areas" / "everyone.py").write_text(OWN, encoding="utf-8")
    return [area.key for area in areas_of(read_system(folder))]


def test_without_a_line_it_has_all_of_them(tmp_path):
    assert keys(tmp_path, "") == [area.key for area in care_areas()]


def test_it_has_those_that_its_settings_name(tmp_path):
    assert keys(tmp_path, NAMED) == ["diabetes"]


def test_one_of_its_own_folder_may_be_named(tmp_path):
    assert keys(tmp_path, 'areas = ["diabetes", "everyone"]', own=True) == ["everyone", "diabetes"]


def test_a_care_area_that_there_is_none_of_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(
        SettingsError, match=r'^areas names "diabets", but there is no such care area. There are: .*diabetes'
    ):
        keys(tmp_path, 'areas = ["diabets"]')
