"""A steward signs in, reads a care area, looks at another place, and takes the figures away."""

import csv
import io

from support.journey import DESKTOP, PHONE
from support.site import NOTE
from support.snapshots import NO_UNIT


def read_csv(content: bytes):
    """The lines before the table, and the table as dictionaries."""
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    blank = rows.index([])
    header, *body = rows[blank + 1 :]
    return rows[:blank], [dict(zip(header, row, strict=True)) for row in body]


def test_a_steward_reads_a_care_area(journey):
    journey.signs_in_as("steward")
    assert journey.heading == "Care areas"
    assert "31 March 2026" in journey.page.locator("main").inner_text()
    assert "People in no observation period" in journey.page.locator("main").inner_text()

    journey.follows("Diabetes")
    text = journey.page.locator("main").inner_text()
    assert journey.heading == "Diabetes"
    assert NOTE in text
    minute = journey.page.locator(".sw-minute").inner_text()
    assert "4,850 people with diabetes." in minute
    assert "Clearest gap" in minute
    for part in ("Who lives with it", "Pooled money", "Activity", "Burden", "Outcomes"):
        assert journey.page.get_by_role("heading", name=part, exact=True).count() >= 1
    assert f"Missing: {NO_UNIT}" in text
    assert "Hidden: fewer than 8 people" in text


def test_the_headings_alone_tell_the_story(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/")
    headings = journey.page.locator(".sw-figure h3").all_inner_texts()
    assert any("percentage points" in heading or "times" in heading for heading in headings)
    assert any("better than expected" in heading for heading in headings)
    assert any(heading.startswith("Most money: ") for heading in headings)


def test_switching_place_changes_the_figures_and_is_kept_in_links(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/")
    system = journey.table("#outcomes")
    journey.switches_to("Placeholder Bay")
    assert "place=N4" in journey.page.url
    assert journey.page.title().startswith("Diabetes, Placeholder Bay")
    here = journey.table("#outcomes")
    assert here[0][1] != system[0][1]
    assert "Small numbers" in journey.page.locator("main").inner_text()

    journey.follows("All eight care processes")
    assert "place=N4" in journey.page.url
    assert journey.page.get_by_label("Place", exact=True).input_value() == "N4"
    journey.follows("Diabetes")
    assert "place=N4" in journey.page.url


def test_a_downloaded_table_says_what_the_page_says(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/?place=N1")
    name, content = journey.downloads("Download these figures (CSV)", "#outcomes")
    assert name == "diabetes-outcomes-n1-2026-03-31.csv"
    preface, rows = read_csv(content)
    said = {line[0]: line[1] for line in preface}
    assert said["Place"] == "Blank Marsh"
    assert said["Latest period"] == "12 months to 31 March 2026"
    assert "invented residents" in said["Sources"]
    assert "are hidden" in said["Disclosure control"]
    assert said["Take care"] == NOTE
    latest = {
        row["Measure"]: row["Value"]
        for row in rows
        if row["Place"] == "Blank Marsh" and row["By"] == "Everyone" and row["Period to"] == "2026-03-31"
    }
    shown = {row[0].split("\n")[0]: row[1].split("\n")[0] for row in journey.table("#outcomes")}
    assert latest.keys() == shown.keys()
    for measure, value in shown.items():
        if value.startswith(("Hidden", "Missing")):
            assert latest[measure] == value
        else:
            assert f"{float(latest[measure]):.1f}%" == value


def test_all_figures_of_a_page_come_in_one_file(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/?place=A1")
    _, content = journey.downloads("All figures on this page (CSV)")
    _, rows = read_csv(content)
    assert {row["Part"] for row in rows} == {
        "Who lives with it",
        "Pooled money",
        "Activity",
        "Burden",
        "Outcomes",
    }
    names = ("Part", "Measure", "Place code", "By", "Group", "Period to")
    keys = [tuple(row[name] for name in names) for row in rows]
    assert len(keys) == len(set(keys))


def test_a_chart_has_a_picture_words_a_table_and_files(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/")
    chart = journey.page.locator("#gap")
    wide, narrow = chart.locator(".sw-chart--wide"), chart.locator(".sw-chart--narrow")
    assert wide.is_visible() and not narrow.is_visible()
    assert wide.get_attribute("role") == "img"
    assert (
        journey.page.locator(f"#{wide.get_attribute('aria-labelledby')}")
        .inner_text()
        .startswith(("The gap", "No gap"))
    )
    assert (
        "most deprived fifth"
        in journey.page.locator(f"#{wide.get_attribute('aria-describedby')}").text_content()
    )
    journey.at_width(PHONE)
    assert narrow.is_visible() and not wide.is_visible()
    journey.at_width(DESKTOP)
    chart.locator("summary").click()
    assert len(journey.table("#gap")) == 5
    name, svg = journey.downloads("Download the picture (SVG)", "#gap")
    assert name == "diabetes-gap-sys-2026-03-31.svg"
    assert svg.startswith(b"<svg") and b"<title>The gap in" in svg


def test_a_measure_has_a_page_of_its_own(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/measures/foot-check/?place=N1")
    text = journey.page.locator("main").inner_text()
    for said in (
        "Out of",
        "Code lists",
        "version 3",
        "By sex",
        "By age band",
        "By ethnic group",
        "By deprivation",
    ):
        assert said in text
    assert journey.page.locator("#places").is_visible()
    name, content = journey.downloads("Download these figures (CSV)", "#sex")
    assert name == "diabetes-foot-check-sex-n1-2026-03-31.csv"
    assert {row["Group"] for row in read_csv(content)[1]} == {"Female", "Male"}
    journey.follows("All definitions of Diabetes")
    assert "National diabetes audit" in journey.page.locator("main").inner_text()


def test_a_measure_that_could_not_be_made_says_why(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/measures/hba1c-at-target/")
    assert f"Missing: {NO_UNIT}" in journey.page.locator("main").inner_text()


def test_on_paper_the_page_is_the_figures(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/?place=N1")
    journey.page.emulate_media(media="print")
    assert not journey.page.locator(".sw-context").is_visible()
    assert not journey.page.get_by_role("navigation", name="Menu").is_visible()
    words = journey.page.locator(".sw-printonly").all_inner_texts()
    assert any("Blank Marsh" in one and "12 months to 31 March 2026" in one for one in words)
    assert any(one.startswith("Printed ") for one in words)
    assert all(one.is_visible() for one in journey.page.locator(".sw-printonly").all())
    assert journey.page.locator("#gap table").is_visible()
    assert (
        journey.page.locator("#outcomes td").first.evaluate("e => getComputedStyle(e).display")
        == "table-cell"
    )
