"""Who has looked at somebody is found under every number that they had."""

from stewardship.access.people import people_meant
from support.people import link, number, person_id, written

OLD, NEW = number(100), number(200)


def test_looks_under_a_superseded_number_are_found_by_either_number(vault, tmp_path):
    row = {"namespace": "nhs-number", "identifier": OLD, "nhs_number": NEW, "new_identity": "no"}
    link(written(tmp_path / "crosswalk.csv", [row]))
    both = sorted([person_id(OLD), person_id(NEW)])
    assert people_meant(OLD) == both
    assert people_meant(NEW) == both
    assert people_meant(number(300)) == [person_id(number(300))]
