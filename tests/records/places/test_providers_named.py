"""Organisations that are no place have their names from a list beside the places."""

import pytest

from stewardship.records.places import PlacesError, read_places
from stewardship.synthetic.places import SYSTEM_CODE
from stewardship.synthetic.tables import published

PRACTICES = (
    "EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PCN_CODE,PCN_NAME,CCG_CODE\n"
    "01Jan2022,F80001,THE FIRST SURGERY,U00001,FIRST PCN,06Q\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "practices_pcn_map.csv").write_text(PRACTICES)
    return tmp_path


def listed(folder, *rows):
    (folder / "organisations.csv").write_text(
        "\n".join(("OrganisationCode,OrganisationName,Kind", *rows, ""))
    )


def providers(folder):
    rows = read_places([folder]).organisation.to_pylist()
    return {row["code"]: row["name"] for row in rows if row["role"] == "provider"}


def test_listed_organisations_are_providers_by_their_names(folder):
    listed(folder, "RAJ,MID EXAMPLE NHS TRUST,hospital trust", "E10000012,Exampleshire,council")
    assert providers(folder) == {"RAJ": "Mid Example NHS Trust", "E10000012": "Exampleshire"}


def test_a_practice_on_the_list_stays_a_practice(folder):
    listed(folder, "F80001,Another name,practice", "RAJ,Trust,hospital trust")
    assert providers(folder) == {"RAJ": "Trust"}
    rows = read_places([folder]).organisation.to_pylist()
    assert [row["name"] for row in rows if row["code"] == "F80001"] == ["The First Surgery"]


def test_without_a_list_nobody_is_a_provider(folder):
    assert providers(folder) == {}


def test_one_code_twice_is_said_with_both_rows(folder):
    listed(folder, "RAJ,Trust,hospital trust", "RAJ,Other trust,hospital trust")
    with pytest.raises(PlacesError) as error:
        read_places([folder])
    assert str(error.value) == (
        "Row 2 of organisations.csv repeats the organisation RAJ of row 1; take one of them out."
    )


def test_every_organisation_that_spends_in_a_made_up_system_has_a_name():
    """So that its budgets tell names: the made-up list goes into its folder of places."""
    named = {row["code"] for row in published("organisations")}
    assert {row["organisation"] for row in published("spending")} <= named | {SYSTEM_CODE}
