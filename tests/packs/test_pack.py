"""The pack of a care area: the same figures as its page, nothing hidden told, nothing outside read as markup."""

import re
from dataclasses import replace
from functools import cache

import pytest
from django.test import override_settings

from stewardship.measures.published import write_snapshot
from stewardship.packs import evidence, months
from stewardship.packs.contents import pack_of
from stewardship.packs.press import PRESS
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.pictures import NotDrawnError, picture
from stewardship.profiles.snapshots import current
from stewardship.site.roles import Steward
from support.packs_read import numbers, pdf, said_by_page, said_by_pdf, structure
from support.site import signed_in
from support.snapshots import publish, snapshot
from support.whole_snapshot import publish_whole

MARKUP = '#read("/etc/hostname") *bold* $x^2$ @see <label> // gone \\ #panic() [x]'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("packs")
    publish_whole(made)
    return made


@pytest.fixture(scope="module")
def make(folder):
    """The pack of the invented snapshot at a place, each made once."""

    @cache
    def made(place="SYS"):
        contents = pack_of(figures_of(folder, place), lambda drawing: picture(folder / "charts", drawing))
        return contents, PRESS.pdf(contents)

    return made


def figures_of(folder, place):
    published = current(folder / "snapshots")
    return AreaFigures(published, published.area("diabetes"), published.place(place))


def nothing_drawn(drawing):
    raise NotDrawnError("no process")


def pages(folder, place):
    """The care-area page and the page of definitions, in words."""
    with override_settings(SNAPSHOTS=folder / "snapshots", CHARTS=folder / "charts"):
        browser = signed_in(Steward)
        care_area = browser.get(f"/care-areas/diabetes/?place={place}").content.decode()
        definitions = browser.get(f"/care-areas/diabetes/definitions/?place={place}").content.decode()
    return said_by_page(care_area), said_by_page(definitions)


@pytest.mark.parametrize("place", ["SYS", "A1", "N4"])
def test_every_number_of_the_page_is_in_the_pack(folder, make, place):
    _, paper = make(place)
    page, _ = pages(folder, place)
    assert len(numbers(page)) > 100
    assert numbers(page) - numbers(said_by_pdf(paper)) == set()


def test_people_recorded_stand_beside_people_expected(make):
    said = said_by_pdf(make()[1])
    assert "Diabetes found: 4,850 recorded; 5,890 expected (A bureau, published 1 May 2026" in said


@pytest.mark.parametrize("place", ["SYS", "N4"])
def test_the_pack_has_no_number_that_the_pages_have_not(folder, place):
    paper = PRESS.pdf(
        pack_of(figures_of(folder, place), nothing_drawn)
    )  # labels of pictures run together when read
    told = numbers(said_by_pdf(paper)) - {str(number) for number in range(1, len(pdf(paper).pages) + 1)}
    assert told - numbers(" ".join(pages(folder, place))) - numbers("2026-04-14") == set()


def test_each_finding_stands_in_the_pack_word_for_word(make):
    contents, paper = make()
    said = said_by_pdf(paper)
    assert len(contents.minute) >= 5
    for one in contents.minute:
        assert one.lead in said
        assert " ".join(one.text.split()) in said


OF_THE_PAGE = ["Before you rely on this", "Outcomes", "Gaps", "Variation", "Trend", "Money", "Looking closer"]


def test_every_section_of_the_page_is_in_the_contents_and_the_outline(make):
    contents, paper = make()
    titles = [section.title for section in contents.sections]
    assert titles[: len(OF_THE_PAGE)] == OF_THE_PAGE
    assert titles[-2:] == ["The figures of the pictures", "How it is worked out"]
    outline = [entry.title for entry in pdf(paper).outline if not isinstance(entry, list)]
    assert outline == ["In a minute", "The five parts", *titles]
    listed = said_by_pdf(paper).partition("Contents")[2]
    assert all(re.search(rf"{re.escape(title)} (\. )*\.? ?\d+", listed) for title in titles)


def test_the_pack_has_every_section_that_the_page_has(folder, make):
    with override_settings(SNAPSHOTS=folder / "snapshots", CHARTS=folder / "charts"):
        page = signed_in(Steward).get("/care-areas/diabetes/").content.decode()
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", re.search(r"<main\b.*</main>", page, re.DOTALL)[0])
    contents, _ = make()
    held = {"In a minute", "The five parts", *(section.title for section in contents.sections)}
    assert set(headings) - held == {"Where the figures come from, and taking them away"}


@pytest.mark.parametrize(
    "place, sentences",
    [
        ("SYS", (evidence.EXCESS, evidence.SLOPE, evidence.HEADS, months.COMMON)),
        ("A1", (evidence.EXCESS, evidence.ELSEWHERE.removesuffix("."))),
    ],
)
def test_what_explains_a_table_is_said_as_on_the_page(folder, place, sentences):
    page = " ".join(pages(folder, place)[0].split())
    assert [sentence for sentence in sentences if sentence not in page] == []


def test_what_is_hidden_stands_as_a_word_and_never_as_a_number(make):
    contents, paper = make("N4")
    tables = [block for section in contents.sections for block in section.blocks if block.kind == "table"]
    hidden = [row for table in tables for row in table.rows if "idden" in row.why]
    assert hidden
    assert all(len(row.cells) == 1 for row in hidden)
    assert "Counts of 1 to 7 are hidden" in said_by_pdf(paper)


def test_the_pack_bears_period_place_source_snapshot_and_page_numbers(make):
    _, paper = make("N4")
    read = pdf(paper)
    for number, page in enumerate(read.pages, start=1):
        said = " ".join(page.extract_text().split())
        assert "12 months to 31 March 2026" in said
        assert "Placeholder Bay" in said
        assert "Snapshot 2026-04-14" in said
        assert f"Page {number} of {len(read.pages)}" in said
    assert "From invented residents; figures at 31 March 2026." in said_by_pdf(paper)


def test_the_pack_is_an_accessible_pdf_in_which_every_picture_is_described(make):
    contents, paper = make()
    read = pdf(paper)
    assert read.metadata.title == "Diabetes, Exampleshire"
    assert read.trailer["/Root"]["/Lang"] == "en-GB"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in read.trailer["/Root"]["/Metadata"].get_data()
    tags = structure(paper)
    kinds = {kind for kind, _ in tags}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/Figure"} <= kinds
    drawn = [
        block
        for section in contents.sections
        for block in section.blocks
        if block.kind == "picture" and block.svg
    ]
    described = [alt for kind, alt in tags if kind == "/Figure"]
    assert len(drawn) >= 4
    assert described == [f"{one.what}. {one.words}" for one in drawn]


def test_the_same_snapshot_gives_the_same_bytes(make):
    contents, paper = make()
    assert PRESS.pdf(contents) == paper


def test_a_pack_bears_the_time_of_its_snapshot_and_of_no_clock(make):
    _, paper = make()
    assert pdf(paper).metadata.creation_date.isoformat() == "2026-04-14T05:10:00+00:00"


def test_the_fonts_are_those_of_the_package(make):
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pdf(make()[1]).pages
        for font in page["/Resources"]["/Font"].get_object().values()
    }
    assert {re.sub(r"^/[A-Z]{6}\+", "", name).partition("-")[0] for name in fonts} == {"Arimo"}


def test_text_from_outside_is_never_read_as_markup(tmp_path):
    name_a_place(tmp_path, MARKUP)
    said = said_by_pdf(PRESS.pdf(pack_of(figures_of(tmp_path, "N4"), nothing_drawn)))
    assert MARKUP in said


def name_a_place(workspace, name):
    folder = publish(workspace)
    said = snapshot("2026-04-14")
    places = tuple(replace(one, name=name) if one.code == "N4" else one for one in said.places)
    write_snapshot(folder, replace(said, places=places))


def test_where_no_picture_can_be_drawn_its_figures_still_stand(tmp_path):
    name_a_place(tmp_path, "A " + "very long name of a place by the sea and beyond " * 4)
    said = said_by_pdf(PRESS.pdf(pack_of(figures_of(tmp_path, "N4"), nothing_drawn)))
    assert "The picture could not be drawn this time. Its figures are at the end." in said
    assert "The figures of the pictures" in said
