"""A steward reads the figures of the frailty register and the advice line: what was found, tables, files; no name."""

from support.journey import DESKTOP, PHONE

PAGE = "/care-areas/ageing-well/register/"


def test_a_steward_reads_the_register_and_what_came_of_calls(journey):
    journey.signs_in_as("steward")
    journey.opens(PAGE)
    minute = journey.page.locator(".sw-minute").inner_text()
    assert "people are on the register" in minute and "no emergency admission within 7 days" in minute
    for part in ("The register, and its reviews", "Who calls, and when", "What came of the calls",
                 "Admissions avoided: claimed, and observed"):  # fmt: skip
        assert journey.page.get_by_role("heading", name=part, exact=True).is_visible()
    chart = journey.page.locator("#outcomes")
    assert chart.locator(".sw-chart--wide").is_visible()
    journey.at_width(PHONE)
    assert chart.locator(".sw-chart--narrow").is_visible()
    journey.at_width(DESKTOP)
    name, content = journey.downloads("Download these figures (CSV)", "#avoidance")
    assert name == "frailty-register-avoidance-2026-03-31.csv" and b"kept out by the advice" in content
