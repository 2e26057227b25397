"""A cancer steward reads how large the backlog may become, asks what two more lists would change, and sees no name."""

from support.journey import DESKTOP, PHONE

PAGE = "/care-areas/cancer/waits/forecast/"


def test_a_steward_sees_both_forecasts_without_script(journey_without_script):
    journey = journey_without_script
    journey.signs_in_as("cancersteward")
    journey.opens(PAGE)
    assert journey.heading == "How large will the cancer backlog be?"
    assert "about 100 people may be over 62 days" in journey.page.locator("#forecast").inner_text()

    journey.page.get_by_label("More tests", exact=True).select_option(value="endoscopy-12")
    journey.page.get_by_label("From the week of").select_option(label="Monday 27 April 2026")
    journey.presses("Show both forecasts")
    assert "rather than 100" in journey.page.locator("#forecast h3").inner_text()
    picture = journey.page.locator("#forecast .sw-chart--wide")
    assert "with the change 85" in picture.text_content()
    assert "as today 100" in picture.text_content()
    assert journey.page.get_by_label("More tests", exact=True).input_value() == "endoscopy-12"
    journey.at_width(PHONE)
    assert journey.page.locator("#forecast .sw-chart--narrow").is_visible()
    journey.at_width(DESKTOP)
    name, content = journey.downloads("CSV", "#forecast")
    assert name == "cancer-forecast-changed-2026-03-31.csv"
    assert "with the change" in content.decode("utf-8-sig")
    journey.follows("Back to the forecast as things are")
    assert "rather than" not in journey.page.locator("#forecast h3").inner_text()


def test_the_same_steward_is_refused_the_people_who_wait(journey):
    journey.signs_in_as("cancersteward")
    journey.expected_statuses = {403}
    journey.opens("/cancer/")
    assert journey.heading == "You cannot open this page as cancer steward"
