"""A steward sees who loses and where care differs, takes both away, and asks the measure itself."""

import csv
import io

from support.journey import DESKTOP, PHONE


def taken(content):
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    header, *body = rows[rows.index([]) + 1 :]
    return [dict(zip(header, row, strict=True)) for row in body]


def test_from_the_summary_to_the_places_behind_it(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/")
    minute = journey.page.locator(".sw-minute").inner_text()
    assert "If every fifth had the rate of the least deprived, about " in minute
    assert "One network is further from the whole system than is expected." in minute
    assert "Against the year before: " in minute
    journey.page.get_by_role("link", name="See the variation").click()
    assert journey.page.url.endswith("#variation")

    funnel = journey.page.locator("#funnel-networks")
    assert "Better than expected: Draft Green (76.3%" in funnel.inner_text()
    wide, narrow = funnel.locator(".sw-chart--wide"), funnel.locator(".sw-chart--narrow")
    assert wide.is_visible() and "Draft Green" in wide.text_content()
    journey.at_width(PHONE)
    assert narrow.is_visible() and not wide.is_visible()
    journey.at_width(DESKTOP)
    funnel.locator("summary").click()
    cells = {row[0]: row for row in journey.table("#funnel-networks")}
    assert cells["Draft Green"][-1] == "Better than expected"
    assert cells["Blank Marsh"][-1] == "As expected"

    name, content = journey.downloads("Download these figures (CSV)", "#funnel-networks")
    assert name == "diabetes-funnel-networks-sys-2026-03-31.csv"
    assert {row["Place"]: row["Position"] for row in taken(content)}["Draft Green"] == "better than expected"

    slope = journey.page.locator("#slope")
    assert "Slope index of inequality" in slope.inner_text()
    name, content = journey.downloads("Download these figures (CSV)", "#gaps > .sw-links")
    assert name == "diabetes-gaps-sys-2026-03-31.csv"
    assert len({row["Period to"] for row in taken(content)}) == 5
    others = journey.page.locator("#gaps a[href$='#ethnic-group']").get_attribute("href")
    journey.opens(others)
    assert journey.page.locator("#ethnic-group").is_visible()
    assert journey.page.locator("#slope").is_visible()


def test_without_script_and_on_paper_all_of_it_stands(journey_without_script):
    journey = journey_without_script
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/?place=N2")
    assert "Draft Green (here)" in journey.page.locator("#funnel-networks .sw-chart--wide").text_content()
    assert len(journey.table("#gaps > table")) == 5
    journey.page.emulate_media(media="print")
    assert journey.page.locator("#slope table").is_visible()
    assert journey.page.locator("#funnel-networks table").is_visible()
    assert not journey.page.locator("#variation .sw-links").first.is_visible()
