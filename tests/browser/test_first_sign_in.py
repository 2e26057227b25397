"""From `stewardship init` to the first sign-in with a second factor, and to the second person let in."""

import re
import signal

import pytest

from support.codes import code_of
from support.command import started, stewardship
from support.journey import DESKTOP, HEIGHT, Journey
from support.site import PASSWORD
from support.snapshots import publish
from support.system_folder import system_folder

ANOTHER = "orchard-window-seven"
SHOWN = re.compile(r"http://127\.0\.0\.1:\d+/")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A system that `init` made and somebody filled in; figures are published in it."""
    folder = tmp_path_factory.mktemp("made") / "system"
    made = stewardship(
        "init",
        folder,
        "--username",
        "keeper",
        "--display-name",
        "Kit Keeper",
        "--password-file",
        "-",
        typed=PASSWORD,
    )
    assert made.returncode == 0, made.stderr
    system_folder(folder)
    publish(folder / "workspace")
    return folder


@pytest.fixture(scope="module")
def served(folder):
    """The address at which it is served."""
    server = started("serve", "--system", folder, "--port", "0")
    try:
        yield next(found[0] for line in server.stdout if (found := SHOWN.search(line)))
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


@pytest.fixture
def people(browser, served):
    """Makes journeys, each of another person with a browser of their own."""
    made = []

    def another(*, script=True):
        context = browser.new_context(
            viewport={"width": DESKTOP, "height": HEIGHT}, java_script_enabled=script
        )
        made.append(Journey(context, served, script=script))
        return made[-1]

    yield another
    wrong = [one for person in made for one in person.ends()]
    for person in made:
        person.page.context.close()
    assert wrong == []


def sets_up_second_factor(person):
    """From the page that shows the key to the first page of the role; returns the key."""
    assert person.heading == "Set up your second factor"
    assert person.page.get_by_role("img", name="The key as a picture").is_visible()
    key = person.page.locator(".sw-key code").inner_text()
    gives_code(person, "000000", "Set up second factor")
    assert "That code is not right" in person.page.locator(".nhsuk-error-summary").inner_text()
    gives_code(person, code_of(key), "Set up second factor")
    assert person.heading == "Your recovery codes"
    assert person.page.locator(".sw-codes li").count() == 10
    person.follows("I have kept them: go on")
    return key


def gives_code(person, code, button):
    person.page.get_by_label("Code", exact=True).fill(code)
    person.presses(button)


def types(person, **fields):
    for label, value in fields.items():
        person.page.get_by_label(label.replace("_", " "), exact=True).fill(value)


def test_the_first_administrator_lets_a_steward_in(people):
    keeper = people()
    keeper.signs_in_as("keeper")
    keeper_key = sets_up_second_factor(keeper)
    assert keeper.heading == "Members"
    assert keeper.page.get_by_role("link", name="Kit Keeper, administrator").is_visible()
    keeper.opens("/members/new/")
    keeper.presses("Let them in")
    assert "Enter their name" in keeper.page.locator(".nhsuk-error-summary").inner_text()
    types(keeper, Name="Sam Steward", User_name="steward")
    keeper.page.get_by_label("Role", exact=True).select_option("steward")
    keeper.presses("Let them in")
    assert keeper.heading == "Hand this link to Sam Steward"
    link = keeper.page.locator(".sw-link code").inner_text()

    steward = people()
    steward.opens(link.removeprefix(steward.address))
    types(steward, New_password=ANOTHER, New_password_again=ANOTHER)
    steward.presses("Set password")
    steward.signs_in_as("steward", ANOTHER)
    sets_up_second_factor(steward)
    assert steward.heading == "Care areas"
    steward.expected_statuses.add(404)
    steward.opens(link.removeprefix(steward.address))
    assert steward.heading == "This link is no good"
    steward.opens("/account/")
    for page in ("Your second factor and recovery codes", "Make new recovery codes"):
        steward.follows(page)
    for address in (
        "/account/confirm/",
        "/account/confirm/code/",
        "/account/sessions/",
        "/account/stay/",
        "/who-may-do-what/",
        "/account/second-factor/another/",
    ):
        steward.opens(address)

    keeper.follows("Go to the account of Sam Steward")
    keeper.page.get_by_label("Role", exact=True).select_option("practice-user")
    keeper.presses("Give the role")
    assert "is held for one practice" in keeper.page.locator(".nhsuk-error-summary").inner_text()
    keeper.page.get_by_label("Role", exact=True).select_option("analyst")
    keeper.presses("Give the role")
    assert "The role is given" in keeper.page.locator(".nhsuk-notification-banner").inner_text()
    steward.opens("/care-areas/")
    assert steward.heading == "Sign in"

    two_changes_at_once_lose_nothing(keeper)
    keeper.signs_out()
    keeper.signs_in_as("keeper")
    assert keeper.heading == "Enter your code"
    gives_code(keeper, "123456", "Sign in")
    gives_code(keeper, code_of(keeper_key, steps=1), "Sign in")
    assert keeper.heading == "Members"


def two_changes_at_once_lose_nothing(person):
    """The same account is open in two tabs, and saved in both."""
    tab = person.page.context.new_page()
    tab.goto(person.page.url)
    tab.get_by_label("Name", exact=True).fill("Sam the First")
    tab.get_by_role("button", name="Save").click()
    tab.wait_for_url("**done=details")
    tab.close()
    person.expected_statuses.add(409)
    types(person, Name="Sam the Second")
    person.presses("Save")
    said = person.page.locator("main").inner_text()
    assert "someone else changed this first" in said
    assert "Sam the First" in said and "Sam the Second" in said
    person.presses("Do mine all the same")
    assert person.heading == "Sam the Second"
