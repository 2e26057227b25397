"""Names of providers from the places files: by code, and none where nothing can be read."""

import os

import pytest

from stewardship.system.provider_names import provider_named, provider_names

LISTED = "OrganisationCode,OrganisationName\nZZT01,Exampleshire Hospitals\nZZT02,ELSEWHERE HOSPITALS\n"


@pytest.fixture
def system(tmp_path):
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "organisations.csv").write_text(LISTED)
    (tmp_path / "system.toml").write_text('[places]\nfolders = ["places"]\n')
    return tmp_path


def test_a_listed_provider_is_called_by_its_name_and_code(system):
    names = provider_names(str(system))
    assert provider_named("ZZT01", names) == "Exampleshire Hospitals (ZZT01)"
    assert provider_named("ZZT02", names) == "Elsewhere Hospitals (ZZT02)"


def test_the_code_stands_where_no_name_is_known(system):
    assert provider_named("RZ1", provider_names(str(system))) == "RZ1"


@pytest.mark.parametrize(
    "settings", ["", "[places]\n", '[places]\nfolders = ["gone"]\n', "[places", "places = 3\n"]
)
def test_no_settings_no_list_and_no_folder_give_no_names_and_no_error(system, settings):
    (system / "system.toml").write_text(settings)
    os.utime(system / "system.toml", ns=(1, 1))
    assert provider_names(str(system)) == {}


def test_without_a_system_there_are_no_names(tmp_path):
    assert provider_names("") == {} == provider_names(str(tmp_path))


def test_a_list_without_its_columns_gives_no_names(system):
    (system / "places" / "organisations.csv").write_text("code,name\nZZT01,Exampleshire\n")
    assert provider_names(str(system)) == {}


def test_settings_that_change_are_read_again(system):
    assert provider_names(str(system))
    (system / "system.toml").write_text("")
    os.utime(system / "system.toml", ns=(2, 2))
    assert provider_names(str(system)) == {}
