"""The page on the nightly files and its templates say what is read."""

from support.nightly_page import PAGE, page, templates


def test_the_page_and_its_templates_are_made_of_the_declarations():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "write it anew: cd tests && python -m support.nightly_page"
    )
    for path, text in templates().items():
        assert path.read_bytes().decode() == text
