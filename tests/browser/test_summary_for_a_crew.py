"""From an entry of the register to the summary for an ambulance crew: the page, its sheet and its document."""


def test_a_coordinator_takes_a_summary_for_a_crew(journey):
    person, page = journey, journey.page
    person.signs_in_as("coordinator")
    person.follows("PLACEHOLDER, Nora")
    person.follows("Summary for an ambulance crew")
    assert person.heading == "PLACEHOLDER, Nora"
    words = page.locator("main").inner_text()
    assert words.index("Allergies") < words.index("ReSPECT and resuscitation") < words.index("Contacts")
    assert "Attempts not recommended" in words

    person.follows("Record allergies and medicines")
    page.get_by_label("Allergies and what they do, one a line").fill("Penicillin: rash")
    page.get_by_label("No known allergies: somebody asked").select_option("no")
    page.get_by_label("How many medicines").fill("9")
    page.get_by_label("Checked on (day month year)").fill("1 6 2026")
    page.get_by_label("Checked by, and their role").fill("P. Harmacist")
    person.presses("Save")
    person.follows("Summary for an ambulance crew")
    assert "Penicillin: rash" in page.locator("main").inner_text()
    for link, name in (
        ("Print on one sheet (PDF)", "frailty-summary.pdf"),
        ("Take away as a FHIR document", "frailty-summary.json"),
    ):
        with page.expect_download() as taken:
            page.get_by_role("link", name=link).click()
        assert taken.value.suggested_filename == name
