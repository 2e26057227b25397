"""A steward looks at a measure on the map, changes the places on it, and follows one of them."""

import csv
import io

from support.journey import DESKTOP, PHONE

MEASURE = "/care-areas/diabetes/measures/foot-check/"


def test_from_tiles_to_places_where_they_lie_and_to_one_of_them(journey):
    journey.signs_in_as("steward")
    journey.opens(MEASURE)
    tiles = journey.page.locator("#map-network")
    assert "Tiles of one size" in tiles.inner_text()
    wide, narrow = tiles.locator(".sw-chart--wide"), tiles.locator(".sw-chart--narrow")
    assert wide.is_visible() and "Northshire alliance" in wide.text_content()
    journey.at_width(PHONE)
    assert narrow.is_visible() and not wide.is_visible()
    journey.at_width(DESKTOP)
    assert journey.page.locator("#on-the-map [aria-current]").inner_text() == "Primary care networks"

    journey.follows("Alliances")
    assert journey.page.url.endswith("level=alliance#on-the-map")
    places = journey.page.locator("#map-alliance")
    assert places.locator(".sw-chart--wide path").count() >= 2
    cells = {row[0]: row for row in journey.table("#map-alliance")}
    assert cells["Northshire alliance"][-1] in {"1", "2"}
    name, content = journey.downloads("Download these figures (CSV)", "#map-alliance")
    assert name == "diabetes-foot-check-map-alliance-sys-2026-03-31.csv"
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row[2] for row in rows[-2:]] == ["Northshire alliance", "Southmarsh alliance"]

    journey.follows("Southmarsh alliance")
    assert journey.page.url.endswith("/foot-check/?place=A2")
    inside = journey.page.locator("#map-network")
    assert {row[0] for row in journey.table("#map-network")} == {"Fiction Vale", "Placeholder Bay"}
    assert inside.locator(".sw-chart--wide").is_visible()


def test_without_script_and_on_paper_the_map_stands(journey_without_script):
    journey = journey_without_script
    journey.signs_in_as("steward")
    journey.opens(f"{MEASURE}?place=N2")
    assert "Draft Green (here)" in journey.page.locator("#map-network .sw-chart--wide").text_content()
    journey.page.emulate_media(media="print")
    assert journey.page.locator("#map-network table").is_visible()
