"""A tracker's morning: the night's files, three worklists, a ruling-out with its letter, an edit that meets another;
and on the same morning a steward, who reads the forecast and is refused every name."""

import re
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from support.journey import PHONE
from support.nightly_files import contents, event_row, pathway_row

TODAY = datetime.now(ZoneInfo("Europe/London")).date()
NAMES = ("MOCKMAN", "NOBODY", "WANJIRU", "STANDIN")


def days_ago(many):
    return (TODAY - timedelta(days=many)).isoformat()


def night():
    """Four people: one far over 62 days, one about to reach day 28, one whose result is known, one just referred."""
    rows = [
        pathway_row(250, received=days_ago(80), family_name="Mockman", given_name="Arthur"),
        pathway_row(251, received=days_ago(26), family_name="Nobody", given_name="Grace"),
        pathway_row(252, received=days_ago(20), family_name="Sample", given_name="Wanjiru"),
        pathway_row(253, received=days_ago(3), family_name="Standin", given_name="Ruth"),
    ]
    events = [
        event_row(250, "TRI", done=days_ago(78)),
        event_row(252, "TEST1", requested=days_ago(18), done=days_ago(8), reported=days_ago(4), test="ct"),
        event_row(252, "MDT", done=days_ago(2)),
    ]
    return contents(rows, events)


def sends(person, sent):
    for label, name, content in (
        ("File of pathways (CSV)", "pathways.csv", sent[0]),
        ("File of events (CSV)", "events.csv", sent[1]),
    ):
        file = {"name": name, "mimeType": "text/csv", "buffer": content}
        person.page.get_by_label(label).set_input_files(file)
    person.presses("Show what they would do")


def words(person):
    return person.page.locator("main").inner_text()


def chooses_view(person, name):
    person.page.get_by_role("navigation", name="Worklists").get_by_role("link", name=name).first.click()
    person._arrives()


def fills_step(person, comment, day, verb="chase"):
    page = person.page
    page.get_by_label("Next step", exact=True).select_option(verb)
    page.get_by_label("What", exact=True).select_option("endoscopy")
    page.get_by_label("Owner", exact=True).last.select_option("endoscopy")
    page.get_by_label("By (day month year)").fill(day)
    page.get_by_label("Comment (added to the record, cannot be changed later)").fill(comment)


def test_a_tracker_s_morning(journey, browser, address):
    person, page = journey, journey.page
    person.signs_in_as("tracker")
    assert person.heading == "Cancer tracking list"

    # the night's files: looked at, then loaded
    person.follows("Load the nightly files")
    sends(person, night())
    assert "Nothing is changed yet" in words(person)
    person.presses("Load the files")
    assert "The files are loaded." in words(person)

    # worklist 1: over 62 days, with no next step: updated in the list itself
    person.opens("/cancer/")
    chooses_view(person, "Over 62 days")
    assert "MOCKMAN, Arthur" in words(person) and "No next step" in words(person)
    person._goes_by(page.get_by_role("link", name="Add one for MOCKMAN, Arthur"))
    fills_step(person, "Asked endoscopy for the cancelled slot.", f"{TODAY + timedelta(days=3):%d %m %Y}")
    person.presses("Save")
    assert "Chase: endoscopy" in words(person) and "Asked endoscopy for the cancelled slot." in words(person)

    # worklist 2: approaching day 28: a comment
    chooses_view(person, "Approaching day 28")
    person.follows("NOBODY, Grace")
    assert "Waiting 26 days" in person.heading
    person.follows("Comment only")
    page.get_by_label("Comment").fill("Rang her: clinic on Monday.")
    person.presses("Add the comment")
    assert "Rang her: clinic on Monday." in words(person)

    # worklist 3: a result is known and nobody was told: told by telephone, ruled out, with the letter
    person.opens("/cancer/?worklist=result-known-not-told")
    person.follows("SAMPLE, Wanjiru")
    person.follows("Cancer is ruled out")
    person.presses("Save, and make the letters")
    assert "There is a problem" in words(person) and "Choose who was told" in words(person)
    page.get_by_label("Who was told").select_option("patient")
    page.get_by_label("Told on (day month year)").fill(f"{TODAY:%d %m %Y}")
    page.get_by_label("How", exact=True).select_option("phone")
    person.presses("Save, and make the letters")
    assert "Off the list: cancer ruled out" in person.heading
    _name, content = person.downloads("Letter to the patient (PDF)")
    letter = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert "SAMPLE, Wanjiru" in letter and "We did not find cancer" in letter
    person.at_width(PHONE)
    person.presses("The letter to the general practice was sent")
    assert "not sent yet" in words(person)

    # somebody else changes the same next step while it is open here
    person.opens("/cancer/?worklist=over-62")
    person.follows("MOCKMAN, Arthur")
    here = page.url.removeprefix(address.rstrip("/"))
    meets_another(person, browser, address, here)

    # the meeting, without names
    person.opens("/cancer/meeting/")
    person.presses("Hide names")
    assert "MOCKMAN" not in page.content()
    person._goes_by(page.get_by_role("link", name="Next", exact=True))
    person.presses("Show names")
    assert "NOBODY, Grace" in page.content()

    # meanwhile a steward reads how large the backlog may become, and is refused whoever is in it
    reads_the_forecast_and_no_name(browser, address, here)


def meets_another(person, browser, address, here):
    """Another tracker saves first; both versions are shown, nothing typed is lost, and one of them is chosen."""
    from support.journey import Journey

    page = person.page
    fills_step(person, "He accepts the earlier day.", f"{TODAY + timedelta(days=2):%d %m %Y}", verb="book")
    other = Journey(browser.new_context(), address)
    other.signs_in_as("tracker2")
    other.opens(here)
    fills_step(other, "", f"{TODAY + timedelta(days=9):%d %m %Y}", verb="await")
    other.presses("Save")
    assert other.ends() == []
    person._goes_by(page.locator(".sw-work__next").get_by_role("button", name="Save"))
    assert person.heading == "Your change is not saved: someone else changed this first"
    said = words(person)
    assert "He accepts the earlier day." in said and "Await" in said and "Book" in said
    person.presses("Change it to mine")
    assert "Book: endoscopy" in words(person) and "He accepts the earlier day." in words(person)


def reads_the_forecast_and_no_name(browser, address, pathway):
    """A cancer steward, in a browser of their own. pathway: the page of somebody who waits."""
    from support.journey import Journey

    steward = Journey(browser.new_context(), address)
    steward.signs_in_as("cancersteward")
    steward.opens("/care-areas/cancer/waits/forecast/")
    assert re.search(r"about \d+ people may be over 62 days", steward.page.locator("#forecast").inner_text())
    steward.expected_statuses |= {403}
    for refused in ("/cancer/", pathway):
        steward.opens(refused)
        assert steward.heading.startswith("You cannot open this page")
        assert steward.page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 403
        assert not any(name in steward.page.content().upper() for name in NAMES)
    assert steward.ends() == []


def test_a_cancer_steward_reads_figures_and_is_refused_a_name(journey):
    journey.signs_in_as("cancersteward")
    journey.expected_statuses |= {403}
    for page in ("/cancer/", "/cancer/pathways/1/", "/cancer/meeting/", "/cancer/nightly/"):
        journey.opens(page)
        assert journey.heading.startswith("You cannot open this page")
        assert not any(name in journey.page.content().upper() for name in NAMES)


def test_a_step_is_set_by_keyboard_alone_and_the_focus_stays_at_the_row(journey):
    person, page = journey, journey.page
    person.signs_in_as("tracker")
    person.opens("/cancer/nightly/")
    sends(person, night())
    person.presses("Load the files")
    person.opens("/cancer/?worklist=no-next-action")
    skip = page.get_by_role("link", name="Skip to the people")
    skip.focus()
    assert skip.bounding_box()["height"] > 10  # seen once it has the focus
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'people'")
    for _ in range(12):
        page.keyboard.press("Tab")
        if "Add one" in page.evaluate("document.activeElement.textContent"):
            break
    assert "Add one" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url("**open=*")
    person._arrives()
    page.keyboard.press("Tab")
    inside = "document.activeElement.closest('tr') && document.activeElement.closest('tr').id.startsWith('p')"
    assert page.evaluate(inside)  # the focus goes on from the row that was opened


def test_the_list_works_without_script(journey_without_script):
    person = journey_without_script
    person.signs_in_as("tracker")
    person.page.get_by_label("Risk").select_option("passed")
    person.presses("Filter")
    assert "risk=passed" in person.page.url
    person.page.get_by_text("Save this view").click()
    person.page.get_by_label("Name of the view").fill("Passed")
    person.presses("Save the view")
    assert "The view is saved." in words(person)
