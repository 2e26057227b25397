"""The page of the rules is made of the rules."""

from support.cancer_rules_page import PAGE, page


def test_the_page_is_made_from_the_rules():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "write it anew: cd tests && python -m support.cancer_rules_page"
    )
