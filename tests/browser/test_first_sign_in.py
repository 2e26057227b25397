"""From `stewardship init` and the first build to the first sign-in with a second factor, and the second person."""

import re
import signal
from datetime import UTC, datetime

import pytest

from support.codes import code_of
from support.command import started, stewardship
from support.journey import DESKTOP, HEIGHT, Journey
from support.people import numbers
from support.site import PASSWORD

ANOTHER = "orchard-window-seven"
FILLED_IN = {
    "name": '"Exampleshire"', "folder": "'feeds/practices'", "row": "5", "basis": '"Section 251"',
    "ruled_by": '"A. Name"', "ruled_on": "2026-03-31", "file": "'opt-outs.csv'",
    "as_of": datetime.now(UTC).date().isoformat(),
}  # fmt: skip
PERSON = "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,person_source_value"
OBSERVED = "observation_period_id,person_id,observation_period_start_date,observation_period_end_date"
VISIT = "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date"
SHOWN = re.compile(r"http://127\.0\.0\.1:\d+/")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A system that `init` made, somebody filled in, and `build` built."""
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
    fill_in(folder)
    built = stewardship("build", "--system", folder)
    assert built.returncode == 0, built.stderr
    return folder


def fill_in(folder):
    """A feed of forty people, nobody who opted out, and the settings."""
    residents = list(enumerate(numbers(40), start=1))
    ids = [one for one, _ in residents]
    tables = {
        "PERSON": [
            PERSON,
            *(f"{one},{8507 + 25 * (one % 2)},{1940 + one},3,4,{who}" for one, who in residents),
        ],
        "OBSERVATION_PERIOD": [OBSERVED, *(f"{one},{one},2015-01-01,2026-03-31" for one in ids)],
        "VISIT_OCCURRENCE": [VISIT, *(f"{one},{one},9202,2026-03-11,2026-03-11" for one in ids)],
    }
    (folder / "feeds" / "practices").mkdir(parents=True)
    for name, lines in tables.items():
        (folder / "feeds" / "practices" / f"{name}.csv").write_text("\n".join([*lines, ""]))
    (folder / "opt-outs.csv").write_text("nhs_number,kind,start,end\n")
    settings = (folder / "system.toml").read_text()
    for key, value in FILLED_IN.items():
        settings = re.sub(rf"""^{key} = ["']FILL IN.*$""", f"{key} = {value}", settings, flags=re.MULTILINE)
    (folder / "system.toml").write_text(settings)


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
