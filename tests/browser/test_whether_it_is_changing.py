"""A steward sees whether care is changing, how to read it, and takes the months away."""

import csv
import io

from support.journey import DESKTOP, PHONE

CHART = "#months-emergency-admissions"


def taken(content):
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    header, *body = rows[rows.index([]) + 1 :]
    return [dict(zip(header, row, strict=True)) for row in body]


def test_from_the_summary_to_the_months_of_a_measure(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/")
    assert "Emergency admissions: improving since " in journey.page.locator(".sw-minute").inner_text()
    journey.page.get_by_role("link", name="See the months").click()
    assert journey.page.url.endswith("#months")

    chart = journey.page.locator(CHART)
    assert "a blue square is a change for the better" in chart.inner_text()
    wide, narrow = chart.locator(".sw-chart--wide"), chart.locator(".sw-chart--narrow")
    assert wide.is_visible() and "mean " in wide.text_content()
    journey.at_width(PHONE)
    assert narrow.is_visible() and not wide.is_visible()
    journey.at_width(DESKTOP)
    chart.locator("summary").click()
    cells = {row[0]: row for row in journey.table(CHART)}
    assert len(cells) == 60
    assert cells["March 2026"][-1].startswith("Better: ")

    name, content = journey.downloads("Download these figures (CSV)", CHART)
    assert name == "diabetes-months-emergency-admissions-sys-2026-03-31.csv"
    assert taken(content)[-1]["Reading of the latest month"] == "improving"
    name, content = journey.downloads("Download these figures (CSV)", "#months > .sw-links")
    assert {row["Measure"] for row in taken(content)} >= {
        "Emergency admissions",
        "GP contacts",
        "Major amputation",
    }
    name, content = journey.downloads("Download the picture (SVG)", CHART)
    assert content.startswith(b"<svg")

    rest = journey.page.locator("#months > details")
    rest.locator("summary").click()
    assert "Hidden: small numbers, so that fewer than 12 months are shown" in rest.inner_text()
    measure = journey.page.locator("#months > table").get_by_role("link", name="Emergency admissions")
    journey.opens(measure.get_attribute("href"))
    assert journey.page.locator("#months").is_visible()


def test_without_script_and_on_paper_all_of_it_stands(journey_without_script):
    journey = journey_without_script
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/")
    assert len(journey.table("#months > table")) == 2
    journey.page.emulate_media(media="print")
    assert journey.page.locator(f"{CHART} table").is_visible()
    assert not journey.page.locator("#months > .sw-links").is_visible()
