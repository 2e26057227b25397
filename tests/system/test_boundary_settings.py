"""Where the boundaries of places stand is judged with the other settings: with its line, in one sentence."""

import pytest

from stewardship.system.mistakes import SettingsError
from stewardship.system.reading import read_system
from stewardship.system.settings import BoundarySettings
from support.system_folder import SETTINGS, system_folder

TABLE = """
[boundaries]
neighbourhood = { file = "wards.geojson", code = "WD24CD" }
network = { file = "networks.geojson", code = "code" }
"""


@pytest.fixture
def folder(tmp_path):
    for name in ("wards", "networks"):
        (tmp_path / f"{name}.geojson").write_text("{}")
    return system_folder(tmp_path)


def settings(folder, table=TABLE):
    (folder / "system.toml").write_text(SETTINGS + table, encoding="utf-8")
    return read_system(folder)


def test_each_level_names_its_file_and_the_property_that_holds_a_code(folder):
    assert settings(folder).boundaries == (
        BoundarySettings("neighbourhood", folder.resolve() / "wards.geojson", "WD24CD"),
        BoundarySettings("network", folder.resolve() / "networks.geojson", "code"),
    )
    assert settings(folder, "").boundaries == ()


def test_the_file_need_not_be_there_to_serve_pages(folder):
    settings(folder)
    (folder / "wards.geojson").unlink()
    assert read_system(folder, files_there=False).boundaries
    with pytest.raises(SettingsError, match="there is no such file"):
        read_system(folder)


@pytest.mark.parametrize(
    "old, new, line, said",
    [
        ("wards.geojson", "away.geojson", 1,
         'file is "away.geojson", but there is no such file. Correct it, or put it there.'),
        (', code = "WD24CD"', "", 1, "code is missing in [boundaries.neighbourhood]. Add it."),
        ("neighbourhood =", "neighborhood =", 1,
         "there are no places called 'neighborhood'. Did you mean neighbourhood?"),
        ("network =", "wards =", 2, "there are no places called 'wards'. The levels are: neighbourhood, "
         "local_authority, network, practice, alliance."),
        ('"WD24CD" }', '"WD24CD", size = 3 }', 1, '"size" is not a setting. Known here: code, file.'),
        ('"WD24CD"', "24", 1, 'code is not words: write it in quotation marks, such as "words".'),
        ('{ file = "networks.geojson", code = "code" }', '"networks.geojson"', 2,
         "network is a table: write [network] above its settings."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(folder, old, new, line, said):
    assert TABLE.count(old) == 1
    first = SETTINGS.count("\n") + 2  # of the table [boundaries]
    with pytest.raises(SettingsError) as error:
        settings(folder, TABLE.replace(old, new))
    assert str(error.value) == f"system.toml, line {first + line}: {said}"
