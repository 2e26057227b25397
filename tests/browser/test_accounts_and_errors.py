"""Accounts and refusals, seen in a browser."""

from support.site import NOTE
from support.snapshots import publish

STOP = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  return at === document.body ? null : {
    what: at.tagName + ' ' + (at.innerText || at.id), height: Math.round(box.height), top: box.top + scrollY,
    seen: style.outlineStyle !== 'none' || style.boxShadow !== 'none', inSentence: style.display === 'inline',
    inMain: Boolean(at.closest('main')), inPair: Boolean(at.closest('.sw-pair, .sw-split')),
  };
}"""


def stops_of_the_keyboard(page):
    """What Tab reaches, one after the other, until it leaves the page."""
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return
        yield stop


def test_a_wrong_password_is_answered_at_the_top(journey):
    journey.signs_in_as("steward", "wrong-words-here")
    assert "There is a problem" in journey.page.locator(".nhsuk-error-summary").inner_text()
    assert journey.page.title().startswith("Problem: ")


def test_an_administrator_sees_members_and_findings_and_no_figures(journey):
    journey.signs_in_as("administrator")
    assert journey.heading == "Members"
    assert "Sam Steward" in journey.page.locator("main").inner_text()
    journey.follows("What was found")
    assert "Missing: this file was not sent" in journey.page.locator("main").inner_text()
    journey.expected_statuses.add(403)
    journey.opens("/care-areas/diabetes/")
    assert journey.heading == "You cannot open this page as administrator"


def test_a_member_with_two_roles_switches_openly(journey):
    journey.signs_in_as("both")
    assert journey.heading == "Care areas"
    journey.follows("Sam Both, steward")
    journey.presses("Act as administrator")
    assert journey.heading == "Members"
    assert journey.page.get_by_role("link", name="Sam Both, administrator").is_visible()
    journey.opens("/who-may-do-what/")
    journey.opens("/account/password/")
    journey.signs_out()
    assert journey.heading == "Sign in"


def test_a_page_that_is_not_there_leads_back(journey):
    journey.signs_in_as("steward")
    journey.expected_statuses.add(404)
    journey.opens("/care-areas/dragons/")
    assert journey.heading == "This page was not found"
    journey.follows("Go to your first page")
    assert journey.heading == "Care areas"


def test_everything_works_without_script(journey_without_script):
    person = journey_without_script
    person.signs_in_as("steward")
    person.follows("Diabetes")
    assert person.page.locator("#gap .sw-chart--wide").is_visible()
    person.switches_to("Blank Marsh")
    assert person.page.title().startswith("Diabetes, Blank Marsh")
    person.page.locator("#gap summary").click()
    assert person.page.locator("#gap table").is_visible()
    name, content = person.downloads("Download these figures (CSV)", "#outcomes")
    assert name.endswith(".csv") and content
    person.signs_out()
    assert person.heading == "Sign in"


def test_the_keyboard_reaches_the_content_first(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/")
    journey.page.keyboard.press("Tab")
    assert journey.page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    journey.page.keyboard.press("Enter")
    assert journey.page.evaluate("document.activeElement.id") == "maincontent"


def test_every_stop_of_the_keyboard_is_seen_and_large_enough_to_hit(journey):
    journey.signs_in_as("steward")
    for path in ("/care-areas/diabetes/", "/care-areas/diabetes/measures/foot-check/", "/accessibility/"):
        journey.opens(path)
        stops = list(stops_of_the_keyboard(journey.page))
        assert len(stops) > 8
        assert [stop["what"] for stop in stops if not stop["seen"]] == []
        assert [stop["what"] for stop in stops if not stop["inSentence"] and stop["height"] < 24] == []
        top = [stop["top"] for stop in stops if stop["inMain"] and not stop["inPair"]]
        assert top == sorted(top)


def test_a_new_snapshot_is_shown_without_a_restart(journey, workspace):
    journey.signs_in_as("steward")
    journey.opens("/findings/")
    assert "Snapshot 2026-04-14" in journey.page.locator("main").inner_text()
    publish(workspace, "2026-05-12", notes=(NOTE,))
    journey.opens("/findings/")
    assert "Snapshot 2026-05-12" in journey.page.locator("main").inner_text()
