"""Accounts and refusals, seen in a browser."""

from support.whole import publish_whole

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


def test_an_administrator_sees_members_and_neither_findings_nor_figures(journey):
    journey.signs_in_as("administrator")
    assert journey.heading == "Members"
    assert "Sam Steward" in journey.page.locator("main").inner_text()
    journey.expected_statuses.add(403)
    for address in ("/care-areas/diabetes/", "/findings/"):
        journey.opens(address)
        assert journey.heading == "You cannot open this page as administrator"


def test_a_data_manager_sees_what_was_found_and_no_figures(journey):
    journey.signs_in_as("manager")
    assert journey.heading == "What was found in the data"
    assert "Missing: this file was not sent" in journey.page.locator("main").inner_text()
    journey.expected_statuses.add(403)
    journey.opens("/care-areas/diabetes/")
    assert journey.heading == "You cannot open this page as data manager"


def test_every_page_says_that_this_is_a_demonstration(journey):
    journey.opens("/sign-in/")
    assert journey.page.get_by_role("complementary", name="Demonstration").is_visible()
    journey.signs_in_as("steward")
    assert journey.page.get_by_role("complementary", name="Demonstration").is_visible()


def test_whoever_types_for_long_is_warned_and_stays_signed_in(journey):
    journey.signs_in_as("both")
    journey.opens("/account/password/")
    journey.page.get_by_label("New password", exact=True).fill("orchard-window-seven")
    assert journey.page.locator("#stay").is_hidden()
    journey.page.clock.install()
    journey.page.reload()
    journey._arrives()
    journey.page.get_by_label("New password", exact=True).fill("orchard-window-seven")
    journey.page.clock.fast_forward("24:00")
    assert journey.page.locator("#stay").is_hidden()
    journey.page.clock.fast_forward("02:00")
    warning = journey.page.locator("#stay")
    assert warning.is_visible() and "You are signed out soon" in warning.inner_text()
    journey.page.context.set_offline(True)
    warning.get_by_role("button", name="Stay signed in").click()
    warning.get_by_text("That did not work").wait_for()
    journey.page.context.set_offline(False)
    journey.page.evaluate("document.getElementById('stay-until').textContent = 'before'")
    with journey.page.expect_response("**/account/stay/"):
        warning.get_by_role("button", name="Stay signed in").click()
    journey.page.wait_for_selector("#stay", state="hidden")
    assert journey.page.locator("#stay-until").inner_text() != "before"
    journey.page.clock.fast_forward("25:30")
    assert warning.is_visible() and warning.get_by_text("That did not work").is_hidden()
    assert journey.page.get_by_label("New password", exact=True).input_value() == "orchard-window-seven"


def test_a_member_with_two_roles_switches_openly(journey):
    journey.signs_in_as("both")
    assert journey.heading == "Care areas"
    journey.follows("Sam Both, steward")
    journey.presses("Act as administrator")
    assert journey.heading == "Members"
    assert journey.page.get_by_role("link", name="Sam Both, administrator").is_visible()
    assert journey.page.locator(".sw-plane").inner_text() == "keeping the system"
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
    publish_whole(workspace, "2026-05-12")
    journey.opens("/findings/")
    assert "Snapshot 2026-05-12" in journey.page.locator("main").inner_text()
