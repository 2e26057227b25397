"""The page of timed pathways is made of their configuration."""

from stewardship.rules.cancer.timed.milestones import timed_pathways
from stewardship.rules.cancer.timed.worklists import worklists
from support import cancer_pathways_page


def test_the_page_is_made_from_the_configuration():
    assert cancer_pathways_page.PAGE.read_text(encoding="utf-8") == cancer_pathways_page.page(), (
        "docs/cancer-pathways.md is not that of the configuration. "
        "Write it anew: cd tests && python -m support.cancer_pathways_page"
    )


def test_the_page_shows_every_pathway_and_every_worklist():
    page = cancer_pathways_page.page()
    assert all(f"### {pathway.name}\n" in page for pathway in timed_pathways().values())
    assert all(f"| {worklist.name} |" in page for worklist in worklists())
