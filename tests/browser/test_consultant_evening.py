"""A consultant's evening on the advice line: a call by keyboard alone, one without an NHS number, one interrupted."""

import re
import time

from support.journey import Journey

SECONDS = 120  # in which a call has to be typed


def words(person):
    return person.page.locator("main").inner_text()


def kept(person):
    return person.page.locator("#kept").inner_text()


def saved(person, within_ms=8000):
    """Wait until everything typed is on the server."""
    shows(person, "#kept", "Draft kept", within_ms)


def shows(person, where, begins, within_ms=8000):
    """Wait until a place of the page begins with these words."""
    found = person.page.locator(where).filter(has_text=re.compile(f"^{re.escape(begins)}"))
    found.wait_for(timeout=within_ms)


class Keyboard:
    """Tab, letters and figures, and Enter; nothing else is ever pressed."""

    def __init__(self, person):
        self.person, self.page, self.pressed = person, person.page, 0

    def tab_to(self, name, within=80):
        """Tab until the field, choice or button of this name has the focus."""
        for _ in range(within):
            if name == self.focused():
                return
            self.page.keyboard.press("Tab")
            self.pressed += 1
        raise AssertionError(f"Tab never came to {name}; it stands at {self.focused()}.")

    def focused(self):
        return self.page.evaluate(
            "(document.activeElement.ariaLabel || document.activeElement.labels?.[0]?.textContent"
            " || document.activeElement.textContent).trim()"
        )

    def types(self, name, text):
        self.tab_to(name)
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def chooses(self, first, letters):
        """In the group that begins with a choice, go by letters to another, and take it."""
        self.tab_to(first)
        self.page.keyboard.type(letters)
        self.page.keyboard.press("Enter")
        self.pressed += len(letters) + 1

    def enters(self, button):
        self.tab_to(button)
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")
        self.person._arrives()


def answers(person):
    """Answer a call from the line's first page."""
    person.opens("/advice/")
    person.presses("Answer a call")


def test_a_whole_call_by_tab_letters_and_enter_alone_in_under_two_minutes(journey):
    person, keys = journey, Keyboard(journey)
    person.signs_in_as("consultant")
    assert person.heading == "Advice line"
    keys.enters("Answer a call")
    began, checked = time.monotonic(), 0.0
    keys.types("NHS number", "9990000018")
    checked -= time.monotonic()
    keys.enters("Find")
    keys.enters("Yes, this is about O'BRIEN, Áine Mary")
    checked += time.monotonic()
    assert person.heading == "Advice call: O'BRIEN, Áine Mary"
    keys.types("Name", "Sam Fictitious")
    keys.types("Role", "Urg")
    keys.types("Call back on", "07700 900 123")
    keys.chooses("Fall", "ur")
    keys.page.keyboard.type("deh")
    keys.page.keyboard.press("Enter")
    keys.types(
        "What do they ask?", "New confusion since yesterday, drinking little. Should she come in for fluids?"
    )
    keys.chooses("Call an ambulance", "send")
    for name, value in (
        ("Breaths a min", "20"), ("Oxygen %", "95"), ("Systolic BP", "108"), ("Pulse", "96"), ("Temp °C", "37.9"),
        ("Alertness", "New"),
    ):  # fmt: skip
        keys.types(name, value)
    keys.chooses("Stay, with a plan", "vir")
    shows(person, "#score", "NEWS2: 6 (new confusion 3, oxygen 1, systolic 1, pulse 1)")
    keys.types(
        "What you said (goes to the caller and the GP)", "Bloods today, fluids overnight. Not penicillin."
    )
    keys.chooses("None", "call")
    keys.types("When, such as tomorrow 10:00", "tomorrow 10:00")
    checked -= time.monotonic()
    keys.enters("End call and save")
    checked += time.monotonic()
    assert time.monotonic() - began - checked < SECONDS and keys.pressed < 500
    assert person.heading == "O'BRIEN, Áine Mary: virtual ward"
    said = words(person)
    for told in (
        "Urine or confusion, Dehydration", "Send to ED", "NEWS2 6", "Bloods today, fluids overnight. Not penicillin.",
        "call back, tomorrow at 10:00", "Sam Fictitious, Urgent community response, 07700 900 123",
    ):  # fmt: skip
        assert told in said
    person.presses("Put forward for the register")
    assert "To confirm" in words(person) and "Put forward from this call." in words(person)
    person.presses("The summary to the general practice was sent")
    assert "The summary is marked as sent." in words(person)


def test_a_call_without_an_nhs_number_waits_to_be_matched_and_is_never_by_name_alone(journey):
    person, page = journey, journey.page
    person.signs_in_as("consultant")
    answers(person)
    page.get_by_label("Or family name").fill("O'Brien")
    person.presses("Find")
    assert "Enter the date of birth" in words(person)
    person.follows("Back to the call")
    page.get_by_label("Name", exact=True).fill("Nurse Invented")
    page.get_by_label("Role", exact=True).select_option("care_home")
    page.get_by_label("Who they say it is about").fill("Mrs O'Brien, Room 7, Specimen Lodge")
    page.get_by_label("Why there is no NHS number").select_option("not_known")
    page.get_by_label("Fall", exact=True).check()
    page.locator("#advice").get_by_label("Stay, with a plan").check()
    shows(person, "#kept", "Advice is not saved yet")
    assert "Ask first what they would do" in page.locator("#offline").inner_text()
    page.get_by_label("Call an ambulance").check()
    saved(person)
    page.get_by_role("button", name="End call and save").last.click()
    page.wait_for_url("**/advice/calls/**")
    person._arrives()
    assert person.heading == "A call about nobody known yet: stay, with a plan"
    person.opens("/advice/")
    person._goes_by(page.get_by_role("link", name="Mrs O'Brien, Room 7, Specimen Lodge"))
    page.get_by_label("Or family name").fill("O'Brien")
    for label, value in (("Day of birth", "3"), ("Month of birth", "4"), ("Year of birth", "1950")):
        page.get_by_label(label).fill(value)
    person.presses("Find")
    assert person.heading == "Read back: is this the person?"
    person.presses("Yes, this is about O'BRIEN, Áine Mary")
    assert person.heading == "O'BRIEN, Áine Mary: stay, with a plan"


def test_a_call_that_is_interrupted_loses_nothing(journey):
    person, page = journey, journey.page
    person.signs_in_as("consultant")
    answers(person)
    here = page.url
    page.get_by_label("Name", exact=True).fill("Crew Invented")
    page.get_by_label("Role", exact=True).select_option("ambulance")
    saved(person)

    # the connection goes, and comes back
    page.context.set_offline(True)
    page.get_by_label("What do they ask?").fill("Stay at home with a broken wrist?")
    page.get_by_label("Fall", exact=True).check()
    page.locator("#offline").wait_for(state="visible")
    said = page.locator("#offline").inner_text()
    assert "You are offline" in said and "not saved" in said and kept(person) == "Not saved"
    stored = page.evaluate("[localStorage.length, sessionStorage.length]")
    assert stored == [0, 0]
    page.context.set_offline(False)
    saved(person, 12_000)
    assert page.locator("#offline").is_hidden()

    # the page is closed in the middle, and the call is found again as a draft
    page.close()
    again = Journey(page.context, person.address)
    person.checked, person.loaded = again.checked, again.loaded
    again.opens("/advice/")
    again._goes_by(again.page.locator(f"a[href='{here.removeprefix(person.address)}']"))
    assert again.page.get_by_label("What do they ask?").input_value() == "Stay at home with a broken wrist?"
    assert again.page.get_by_label("Fall", exact=True).is_checked()

    two_tabs(again, here)
    again.page.get_by_label("Call an ambulance").check()
    again.page.locator("#advice").get_by_label("Urgent community response").check()
    saved(again)
    again.page.get_by_role("button", name="End call and save").last.click()
    again.page.wait_for_url("**/advice/calls/**")
    again._arrives()
    assert "Second tab’s words" in words(again)
    assert again.ends() == []


def two_tabs(person, here):
    """The same call in two tabs: what both changed is shown in both versions, and one of them is chosen."""
    other = Journey(person.page.context, person.address)
    other.opens(here.removeprefix(person.address))
    person.page.get_by_label("What do they ask?").fill("First tab’s words")
    person.page.get_by_label("Call back on").fill("07700 900 456")
    saved(person)
    person.page.wait_for_timeout(1800)
    other.page.get_by_label("What do they ask?").fill("Second tab’s words")
    other.page.get_by_label("Call back on").focus()
    other.expected_statuses |= {409}
    other.page.locator(".sw-both").wait_for()
    said = other.page.locator(".sw-both").inner_text()
    assert "First tab’s words" in said and "Second tab’s words" in said
    other._goes_by(other.page.get_by_role("button", name="Change it to mine"))
    assert other.page.get_by_label("What do they ask?").input_value() == "Second tab’s words"
    assert other.page.get_by_label("Call back on").input_value() == "07700 900 456"
    assert other.ends() == []
    other.page.close()
    person.opens(here.removeprefix(person.address))


def test_a_call_works_without_script(journey_without_script):
    person, page = journey_without_script, journey_without_script.page
    person.signs_in_as("consultant")
    answers(person)
    page.get_by_label("Name", exact=True).fill("Dr Invented")
    page.locator(".sw-callbar").get_by_role("button", name="Save draft").click()
    assert "The draft is saved." in words(person)
    assert page.get_by_label("Name", exact=True).input_value() == "Dr Invented"
    person._arrives()
    person.presses("End call and save")
    assert "This call cannot end yet" in words(person) and "Choose the main advice" in words(person)
