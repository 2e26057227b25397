"""The page of the care areas says what their files say, and a thirteenth is one file."""

import shutil

from stewardship.care_areas.registry import care_areas
from support.areas_page import PAGE, THIRTEENTH, page


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "write it anew: cd tests && python -m support.areas_page"
    )


def test_the_twelve_are_those_of_the_programme():
    assert sorted(area.key for area in care_areas()) == [
        "ageing-well", "cancer", "cardiac", "children-and-young-people", "dermatology", "diabetes",
        "mental-health-and-learning-disabilities", "musculoskeletal", "ophthalmology", "respiratory", "stroke",
        "urgent-and-emergency",
    ]  # fmt: skip


def test_the_thirteenth_of_the_page_is_a_file_more(tmp_path):
    shutil.copy(THIRTEENTH, tmp_path / "epilepsy.py")
    with_it = care_areas(own=tmp_path)
    assert [area for area in with_it if area.key != "epilepsy"] == list(care_areas())
    (thirteenth,) = [area for area in with_it if area.key == "epilepsy"]
    assert [measure.name for _, measure in thirteenth.measures()] == [
        "People with epilepsy",
        "Cost of all care of people with epilepsy",
        "Emergency admissions for epilepsy, per 1,000 people with it",
        "Seen by neurology in the year",
    ]
