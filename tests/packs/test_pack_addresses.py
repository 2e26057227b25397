"""The links of a care-area page to its pack and its workbook, and the files that they give."""

import pytest

from stewardship.site.roles import Administrator, Steward
from support.packs_read import book, said_by_pdf
from support.site import signed_in


@pytest.mark.parametrize("place, named", [("", "sys"), ("N4", "n4")])
def test_the_page_leads_to_both_files_of_its_own_place(place, named):
    browser = signed_in(Steward)
    asked = f"?place={place}" if place else ""
    page = browser.get(f"/care-areas/diabetes/{asked}").content.decode()
    code = place or "SYS"
    for file in ("pack.pdf", "workbook.xlsx"):
        address = f"/care-areas/diabetes/{file}?place={code}"
        assert f'href="{address}"' in page
        name, ending = file.split(".")
        told = browser.get(address)["Content-Disposition"]
        assert told == f'attachment; filename="diabetes-{name}-{named}-2026-03-31.{ending}"'


def test_both_are_of_the_place_that_was_asked_for():
    browser = signed_in(Steward)
    paper = browser.get("/care-areas/diabetes/pack.pdf?place=N1")
    workbook = browser.get("/care-areas/diabetes/workbook.xlsx?place=N1")
    assert paper["Content-Type"] == "application/pdf"
    assert "Diabetes, Blank Marsh" in said_by_pdf(paper.content)
    assert book(workbook.content).worksheets[0]["A1"].value == "Diabetes, Blank Marsh, by GP practice"


@pytest.mark.parametrize(
    "address", ["nowhere/pack.pdf", "nowhere/workbook.xlsx", "diabetes/pack.pdf?place=NO"]
)
def test_what_is_not_published_is_not_found(address):
    answer = signed_in(Steward).get(f"/care-areas/{address}")
    assert answer.status_code == 404
    assert "is published" in answer.content.decode() or "are published" in answer.content.decode()


@pytest.mark.parametrize("file", ["pack.pdf", "workbook.xlsx"])
def test_who_may_not_see_figures_gets_neither(file):
    assert signed_in(Administrator).get(f"/care-areas/diabetes/{file}").status_code == 403
