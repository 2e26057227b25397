"""Somebody at a GP practice finds a person, on a desk screen, on a phone, and without script."""

from support.journey import PHONE

IDENTIFYING = ("9990000018", "999 000 0018", "brien", "áine", "1950", "verysingular", "zz99")
STORED = """async () => JSON.stringify([
  Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, history.state,
  (await indexedDB.databases()).map(one => one.name), await caches.keys(),
])"""


def fill(person, **typed):
    for label, words in typed.items():
        person.page.get_by_label(label.replace("_", " "), exact=True).fill(words)
    person.presses("Find")


def text(person):
    return person.page.locator("main").inner_text()


def test_a_person_is_found_and_nothing_that_identifies_stays_in_addresses_titles_or_storage(journey):
    seen = []
    journey.page.on("framenavigated", lambda frame: seen.append(frame.url))
    journey.signs_in_as("practice")
    assert journey.heading == "Find a person"
    fill(journey, Family_name="o brien", Day="3", Month="4", Year="1950")
    assert "1 person found" in text(journey)
    seen.append(journey.page.title())
    journey.follows("O'BRIEN, Áine Mary")
    assert "3 April 1950" in text(journey) and "999 000 0018" in text(journey)
    assert "17 Verysingular Passage" in text(journey)
    seen += [journey.page.title(), journey.page.evaluate(STORED)]
    journey.at_width(PHONE)
    assert journey.page.get_by_label("Who this is").is_visible()
    journey.opens("/people/")
    assert journey.page.get_by_label("NHS number", exact=True).input_value() == ""
    left = " ".join(seen).lower()
    assert not [word for word in IDENTIFYING if word in left]


def test_twins_are_told_apart_and_wrong_numbers_are_said_at_their_field(journey):
    journey.signs_in_as("practice")
    fill(journey, Family_name="Cholmondeley", Day="3", Month="2", Year="1990")
    assert "2 people found" in text(journey)
    journey.page.get_by_label("Given names").fill("berta")
    fill(journey, Family_name="Cholmondeley", Day="3", Month="2", Year="1990")
    assert "1 person found" in text(journey)
    fill(journey, NHS_number="999 000 0019")
    assert "Check its ten digits" in journey.page.locator(".nhsuk-error-summary").inner_text()
    assert journey.page.title().startswith("Problem: ")


def test_without_script_a_protected_address_is_hidden_and_somebody_elsewhere_is_nobody(
    journey_without_script,
):
    person = journey_without_script
    person.signs_in_as("practice")
    fill(person, NHS_number="9990000018")
    person.follows("O'BRIEN, Áine Mary")
    assert "17 Verysingular Passage" in text(person)
    person.follows("Find a person")
    fill(person, Family_name="hidden", Day="3", Month="4", Year="1950")
    person.follows("HIDDEN, Áine Mary")
    assert "Protected." in text(person) and "Verysingular" not in text(person)
    for name in ("Elsewhere", "Nobodyatall"):
        person.opens("/people/")
        fill(person, Family_name=name, Day="3", Month="4", Year="1950")
        assert "Nobody found" in text(person)
