"""A steward reads cancer waits: what was found, a chart and its table, the files; and no name anywhere."""

from support.journey import DESKTOP, PHONE

PAGE = "/care-areas/cancer/waits/"


def test_a_steward_reads_cancer_waits(journey):
    journey.signs_in_as("steward")
    journey.opens(PAGE)
    minute = journey.page.locator(".sw-minute").inner_text()
    assert "told within 28 days" in minute and "people are waiting over 62 days" in minute
    for part in ("Performance against the three standards", "Backlog over time", "Where the days go",
                 "Who waits longer", "What the referrals found", "Prostate case finding"):  # fmt: skip
        assert journey.page.get_by_role("heading", name=part, exact=True).is_visible()

    chart = journey.page.locator("#faster-diagnosis")
    assert "How to read: each mark is a month" in chart.inner_text()
    assert chart.locator(".sw-chart--wide").is_visible()
    journey.at_width(PHONE)
    assert chart.locator(".sw-chart--narrow").is_visible()
    journey.at_width(DESKTOP)
    chart.locator("summary").click()
    assert len(journey.table("#faster-diagnosis")) == 36

    name, content = journey.downloads("Download these figures (CSV)", "#backlog")
    assert name == "cancer-waits-backlog-2026-03-31.csv" and b"Week ending" in content
    name, content = journey.downloads("Download the picture (SVG)", "#steps")
    assert content.startswith(b"<svg")


def test_a_steward_reads_the_national_statistics_beside_and_takes_them_away(journey):
    journey.signs_in_as("steward")
    journey.opens(PAGE)
    beside = journey.page.get_by_role(
        "table", name="Told within 28 days whether it is cancer, March 2025, beside"
    )
    said = beside.inner_text()
    for name in ("Residents, from pathways", "NHS Exampleshire Integrated Care Board", "Pretend NHS Trust",
                 "All English Providers"):  # fmt: skip
        assert name in said
    assert "87.0% (522 of 600)" in said
    name, content = journey.downloads("Every month of the national statistics (CSV)", "#performance")
    assert name == "cancer-waits-national-statistics-2026-03-31.csv" and b"Pretend NHS Trust" in content
    chart = journey.page.locator("#published-faster-diagnosis")
    assert (
        "improving by month" in chart.inner_text() and "Source: Invented for the tests" in chart.inner_text()
    )
    chart.locator("summary").click()
    assert len(journey.table("#published-faster-diagnosis")) == 15


def test_without_script_the_tables_of_groups_open(journey_without_script):
    journey = journey_without_script
    journey.signs_in_as("steward")
    journey.opens(PAGE)
    journey.page.locator("summary", has_text="Prostate case finding: by ethnic group").click()
    assert journey.page.get_by_role("cell", name="163", exact=False).first.is_visible()
