"""What a page shows is worked out once of a snapshot, and never shown of another."""

from django.test import override_settings

from stewardship.measures.published import Published
from stewardship.profiles.kept_pages import KEPT, area_page
from stewardship.site.roles import Steward
from support.site import signed_in
from support.snapshots import publish


def test_a_page_read_again_is_not_worked_out_again(tmp_path):
    published = Published(publish(tmp_path))
    assert area_page(published, "diabetes", "N1") is area_page(published, "diabetes", "N1")
    assert area_page(published, "diabetes", "N1") is not area_page(published, "diabetes", "N2")


def test_a_new_snapshot_is_shown_at_once(tmp_path):
    browser = signed_in(Steward)
    with override_settings(SNAPSHOTS=tmp_path / "snapshots"):
        publish(tmp_path, notes=("Before.",), snapshot_id="2026-01-01T0000")
        before = browser.get("/care-areas/diabetes/").content.decode()
        publish(tmp_path, notes=("After.",), snapshot_id="2026-01-02T0000")
        after = browser.get("/care-areas/diabetes/").content.decode()
    assert ("Before." in before, "After." in after, "Before." in after) == (True, True, False)


def test_only_so_many_pages_are_kept(tmp_path):
    published = Published(publish(tmp_path))
    for place in published.snapshot.places:
        for area in published.snapshot.areas:
            area_page(published, area.key, place.code)
    held = area_page.cache_info()
    assert held.maxsize == KEPT
    assert held.currsize <= KEPT
