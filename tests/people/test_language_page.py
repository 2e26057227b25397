"""The manual of the language says what the tests prove."""

import re

from support.language_page import PAGE, page


def test_the_manual_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "write it anew: cd tests && python -m support.language_page"
    )


def test_every_link_of_the_manual_leads_to_a_heading():
    text = page()
    headings = {
        re.sub(r"[^\w -]", "", line[3:].lower()).replace(" ", "-")
        for line in text.splitlines()
        if line[:3] == "## "
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings
