"""Where published cancer waits stand, and whose are shown, is judged with the other settings, with its line."""

import pytest

from stewardship.records.cancer_waits.figures import Shown
from stewardship.system.mistakes import SettingsError
from stewardship.system.reading import read_system
from stewardship.system.settings import CancerWaitsSettings
from support.system_folder import SETTINGS, system_folder

TABLE = """
[published_cancer_waits]
folder = "cancer-waits"
providers = ["ZZT01", "ZZT03"]
commissioners = ["ZZS"]
neighbours = ["ZZT02"]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "cancer-waits").mkdir()
    return system_folder(tmp_path)


def settings(folder, table=TABLE):
    (folder / "system.toml").write_text(SETTINGS + table, encoding="utf-8")
    return read_system(folder)


def test_the_folder_and_the_organisations_are_named(folder):
    shown = Shown(("ZZT01", "ZZT03"), ("ZZS",), ("ZZT02",))
    assert settings(folder).cancer_waits == CancerWaitsSettings(folder.resolve() / "cancer-waits", shown)
    assert settings(folder, "").cancer_waits is None
    fewer = settings(folder, '\n[published_cancer_waits]\nfolder = "cancer-waits"\ncommissioners = ["ZZS"]\n')
    assert fewer.cancer_waits.shown == Shown((), ("ZZS",))


def test_the_folder_need_not_be_there_to_serve_pages(folder):
    settings(folder)
    (folder / "cancer-waits").rmdir()
    assert read_system(folder, files_there=False).cancer_waits
    with pytest.raises(SettingsError, match="there is no such folder"):
        read_system(folder)


@pytest.mark.parametrize(
    "old, new, line, said",
    [
        ('"cancer-waits"', '"away"', 1,
         'folder is "away", but there is no such folder. Correct it, or put it there.'),
        ('folder = "cancer-waits"\n', "", 0, "folder is missing in [published_cancer_waits]. Add it."),
        ('providers = ["ZZT01", "ZZT03"]\ncommissioners = ["ZZS"]\n', "", 0,
         'no organisation is named. Add the codes of yours, such as providers = ["ZZT01"].'),
        ('"ZZT03"', '"zz t"', 2, "providers has 'zz t', which is no code of an organisation: write 3 to 5 capitals and "
         "digits, as NHS England does."),
        ('"ZZT03"', '"ZZT01"', 2, "providers has a code twice. Take one away."),
        ('["ZZS"]', '"ZZS"', 3, 'commissioners is not a list of words: write ["one", "another"].'),
        ("neighbours", "neighbors", 4, '"neighbors" is not a setting. Did you mean neighbours?'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(folder, old, new, line, said):
    assert TABLE.count(old) == 1
    first = SETTINGS.count("\n") + 2  # of the table [published_cancer_waits]
    with pytest.raises(SettingsError) as error:
        settings(folder, TABLE.replace(old, new))
    assert str(error.value) == f"system.toml, line {first + line}: {said}"
