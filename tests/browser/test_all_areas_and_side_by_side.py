"""A steward reads all care areas at a glance, orders them, and sets two places and two areas side by side."""

import csv
import io

from support.journey import DESKTOP, PHONE


def names(journey):
    return [row[0].splitlines()[0] for row in journey.table("#areas") if len(row) > 3]


def test_all_areas_at_a_glance(journey):
    journey.signs_in_as("steward")
    assert journey.page.title().startswith("Care areas at a glance, Exampleshire")
    minute = journey.page.locator(".sw-minute").inner_text()
    assert "£114.5m was spent on care in the year." in minute
    assert "Clearest gap: Diabetes" in minute
    rows = {row[0].splitlines()[0]: row for row in journey.table("#areas")}
    assert "£5.2m" in rows["Diabetes"][3] and "4.5% of all" in rows["Diabetes"][3]
    assert "12.5%" in rows["Frailty"][2]
    assert "£114.5m" in rows["Everything"][3]

    journey.follows("Money")
    assert journey.page.url.endswith("?order=money")
    assert names(journey)[:2] == ["Diabetes", "Frailty"]
    journey.follows("Years of life lost under 75")
    assert names(journey)[:2] == ["Frailty", "Diabetes"]
    assert journey.page.locator("th[aria-sort=descending]").inner_text().startswith("Years of life lost")

    shares = journey.page.locator("#shares")
    assert "Frailty carries more of the burden than of the money" in shares.inner_text()
    assert shares.locator(".sw-chart--wide").is_visible()
    journey.at_width(PHONE)
    assert shares.locator(".sw-chart--narrow").is_visible()
    journey.at_width(DESKTOP)
    name, content = journey.downloads("Download this table (CSV)")
    assert name == "care-areas-sys-2026-03-31.csv"
    assert "Everything" in content.decode("utf-8-sig")

    journey.switches_to("Blank Marsh")
    assert "of the money here" in journey.page.locator("#shares").inner_text()
    assert "Years of life lost under 75" not in journey.page.locator("#areas thead").inner_text()


def test_two_places_side_by_side(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/?place=N1")
    journey.follows("Compare with another place")
    assert "Choose another place" in journey.page.locator("main").inner_text()
    journey.page.get_by_label("Other place", exact=True).select_option(label="Southmarsh alliance")
    journey.presses("Set side by side")
    assert journey.heading == "Diabetes, side by side"
    assert "outcomes compared" in journey.page.locator(".sw-minute").inner_text()
    rows = {row[0].splitlines()[0]: row for row in journey.table("#outcomes")}
    assert "%" in rows["Foot check in 12 months"][1] and "%" in rows["Foot check in 12 months"][2]
    assert "Missing" in rows["HbA1c at 58 mmol/mol or under"][1]
    assert "Cannot be told" in rows["HbA1c at 58 mmol/mol or under"][3]
    picture = journey.page.locator("#both .sw-chart--wide")
    assert "Blank Marsh" in picture.text_content() and "Southmarsh alliance" in picture.text_content()
    name, content = journey.downloads("Download this table (CSV)")
    assert name == "side-by-side-diabetes-n1-a2-2026-03-31.csv"
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert "Blank Marsh against Southmarsh alliance" in rows[rows.index([]) + 1]


def test_without_script_and_on_paper_two_areas_stand_side_by_side(journey_without_script):
    journey = journey_without_script
    journey.signs_in_as("steward")
    journey.follows("Set two areas, or two places, side by side")
    journey.page.get_by_label("Other care area").select_option(label="Frailty")
    journey.presses("Set side by side")
    told = {row[0]: row for row in journey.table("main section")}
    assert "people with diabetes" in told["Who"][1].lower()
    assert "£2.3m" in told["Money spent in the year"][2]
    journey.page.emulate_media(media="print")
    assert not journey.page.locator(".sw-beside").is_visible()
    assert journey.page.locator("main section table").is_visible()
