"""A coordinator's morning: five people confirmed with their clinician's decision, one review, one duplicate merged."""

from datetime import datetime
from zoneinfo import ZoneInfo

from support.people import number
from support.register_people import PEOPLE

TODAY = datetime.now(ZoneInfo("Europe/London")).date()
DAY = f"{TODAY.day} {TODAY.month} {TODAY.year}"
WAITING = [f"{family.upper()}, {given}" for family, given, conditions in PEOPLE if conditions is None]


def words(person):
    return person.page.locator("main").inner_text()


def chooses_view(person, name):
    person._goes_by(
        person.page.get_by_role("navigation", name="Worklists").get_by_role("link", name=name).first
    )


def confirms(person, name):
    page = person.page
    chooses_view(person, "To confirm")
    person.follows(name)
    person.follows("Confirm for the register")
    assert page.get_by_label("Frailty", exact=True).input_value() == "moderate"
    page.get_by_label("Clinician who decided, and their role").fill("Dr F. Rail, consultant")
    page.get_by_label("Decided on (day month year)").fill(DAY)
    page.get_by_label("The clinician’s reason").fill("Walks with a frame; seen at home.")
    person.presses("Confirm")
    assert "On the register: frailty, moderate" in person.heading
    person.opens("/register/")


def test_a_coordinator_s_morning(journey):
    person, page = journey, journey.page
    person.signs_in_as("coordinator")
    assert person.heading == "Frailty register"

    # somebody with everything: the plan says in words that it may be out of date
    person.follows("PLACEHOLDER, Nora")
    assert "May be out of date" in words(person)
    assert "Attempts not recommended" in words(person)
    person.opens("/register/")

    # five people whom records brought, each confirmed with what a clinician decided
    assert len(WAITING) == 5
    for name in WAITING:
        confirms(person, name)
    chooses_view(person, "To confirm")
    assert "Nobody is on this list" in words(person)

    # one of them is reviewed: a form without its outcome is sent back, and nothing typed is lost
    chooses_view(person, "Never reviewed")
    person.follows(WAITING[0])
    person.follows("Record a review")
    page.get_by_label("Held on (day month year)").fill(DAY)
    page.get_by_label("What it looked at").select_option("plan")
    page.get_by_label("Face to face").select_option("yes")
    page.get_by_label("Reviewed by, and their role").fill("N. Urse, frailty nurse")
    person.presses("Save the review")
    assert "Choose what came of it" in words(person)
    page.get_by_label("Outcome").select_option("changed")
    person.presses("Save the review")
    assert "The review is saved." in words(person)
    assert "Never reviewed" not in words(person)

    # the care home's entry and the one under their own address are one person
    person.opens("/register/")
    person.follows("SPECIMEN, Harold")
    person.follows("Merge a duplicate")
    page.get_by_label("NHS number").fill(number(7000 + 8 * 40))
    person.presses("Find")
    assert "SPECIMEN, Harry" in words(person)
    page.get_by_label("How it is known that both are one person").fill("The home and his son say so.")
    person.presses("Merge the two entries")
    assert "The two entries are one." in words(person)
    assert "frailty, moderate; dementia" in person.heading
    person.opens("/register/")
    assert "SPECIMEN, Harry" not in words(person)
    person.signs_out()
