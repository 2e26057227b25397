"""The page of scores says what the declarations say."""

from support.scores_page import PAGE, page


def test_the_page_of_scores_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "write it anew: cd tests && python -m support.scores_page"
    )
