"""A measure on the map: classes, places where they lie or as tiles, what is hidden said so, never colour alone."""

import csv
import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.measures.published import PlaceCard
from stewardship.profiles import words
from stewardship.profiles.draw_map import drawn_map
from stewardship.profiles.drawings import NARROW, WIDE
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.map_charts import chosen_map, map_charts
from stewardship.profiles.map_classes import classes
from stewardship.profiles.map_drawings import HIDDEN, MISSING, Area, MapDrawing
from stewardship.profiles.map_places import alliance_of, levels_within
from stewardship.profiles.map_tiles import name_lines, short_names
from stewardship.profiles.svg import cleaned, inline
from stewardship.records.boundaries.kept import write_boundaries
from stewardship.site.roles import Steward
from support.shown_figures import RATE, SHARE, SYSTEM, figure, hidden, published
from support.site import signed_in
from support.snapshots import squares_of

WEST = PlaceCard("W", "West alliance", "alliance", "SYS", "by home")
EAST = PlaceCard("E", "East alliance", "alliance", "SYS", "by home")
BOROUGH = PlaceCard("L", "Borough", "local_authority", "W", "by home")
COUNTS = (60, 20, 30, 40, 50, 20, 70, 80, 90, 95)


def neighbourhoods(count):
    """The first six of the borough in the west, the others of the east."""
    return [
        PlaceCard(f"H{n}", f"Ward {chr(90 - n)}", "neighbourhood", "L" if n < 6 else "E", "by home")
        for n in range(count)
    ]


@pytest.fixture
def results(tmp_path):
    return tmp_path / "2026-04-14" / "results"


def made(folder, counts=COUNTS, *, place=SYSTEM, bounded=(), card=SHARE):
    """A measure at neighbourhoods of 100 people each; a count of None is hidden. bounded: codes with boundaries."""
    units = neighbourhoods(len(counts))
    rows = [figure(card, each, 500, 1_000) for each in (SYSTEM, WEST, EAST, BOROUGH)]
    for unit, count in zip(units, counts, strict=True):
        rows.append(hidden(card, unit) if count is None else figure(card, unit, count, 100))
    found = published(folder, [card], [SYSTEM, WEST, EAST, BOROUGH, *units], rows)
    if bounded:
        write_boundaries(folder, "neighbourhood", squares_of(tuple(bounded), across=4))
    return AreaFigures(found, found.area("made"), found.place(place.code))


def on_map(figures, level="neighbourhood", card=SHARE):
    chart, _ = chosen_map(figures, card, level)
    return chart


def marks(chart):
    return {area.name: area.mark for area in chart.drawing.areas}


@pytest.mark.parametrize(
    "values, found",
    [
        ([], []),
        ([3.0], [1]),
        ([1.0, 2.0], [1, 2]),
        ([4.0, 1.0, 2.0, 3.0], [2, 1, 1, 2]),
        ([5.0, 5.0, 5.0], [1, 1, 1]),
        ([10.01, 10.02, 50.0], [1, 1, 2]),  # both are said to be 10.0%
        ([float(n) for n in range(10)], [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
        ([float(n) for n in range(100)], [1 + n // 20 for n in range(100)]),
        ([0.0] * 9 + [1.0], [1] * 9 + [2]),
    ],
)
def test_classes_hold_about_as_many_places_each(values, found):
    assert classes(SHARE, values) == found


@given(st.lists(st.floats(0, 100), max_size=60))
def test_classes_follow_the_values_and_never_part_what_is_said_alike(values):
    found = classes(SHARE, values)
    assert sorted(set(found)) == list(range(1, len(set(found)) + 1))
    assert len(set(found)) <= 5
    for (one, its), (other, others) in zip(
        sorted(zip(values, found, strict=True)), sorted(zip(values, found, strict=True))[1:], strict=False
    ):
        assert its <= others
        assert its == others or words.number(one, "%") != words.number(other, "%")


def test_where_no_boundaries_are_given_every_place_has_a_tile_under_its_alliance(results):
    chart = on_map(made(results))
    assert chart.drawing.form == "tiles"
    assert [(area.group, area.name) for area in chart.drawing.areas] == [
        *(("East alliance", f"Ward {letter}") for letter in "QRST"),
        *(("West alliance", f"Ward {letter}") for letter in "UVWXYZ"),
    ]
    assert {area.name: area.label for area in chart.drawing.areas}["Ward Q"] == "95.0%"
    assert "say nothing of where places lie" in chart.read


def test_a_map_has_every_place_with_a_boundary_and_says_who_has_none(results):
    chart = on_map(made(results, bounded=[f"H{n}" for n in range(9)]))
    assert chart.drawing.form == "map"
    assert len(chart.drawing.areas) == 9
    assert chart.said == "Without a boundary, and in the table alone: Ward Q."
    assert len(chart.table.rows) == 10
    first = next(area for area in chart.drawing.areas if area.name == "Ward Z")
    assert first.outline.count("|") == 0
    assert len(first.outline.split()) == 10
    x, y = first.middle
    assert 0 < x < chart.drawing.extent[0] / 4
    assert y > chart.drawing.extent[1] / 2, "the first row of squares is the southernmost"


def test_what_is_hidden_or_missing_is_no_class_and_is_named_in_the_legend(results):
    figures = made(results, (*COUNTS[:8], None, None))
    chart = on_map(figures)
    assert [marks(chart)[f"Ward {letter}"] for letter in "QR"] == [HIDDEN, HIDDEN]
    assert chart.drawing.legend[-1] == (HIDDEN, "hidden: small numbers (2)")
    assert chart.said == "2 of 10 neighbourhoods are hidden: the table says why."
    row = next(row for row in chart.table.rows if row[0] == "Ward Q")
    assert row == ("Ward Q", "Hidden: small numbers")
    cells = dict(zip(chart.download.columns, chart.download.rows[0], strict=True))
    assert (cells["Place"], cells["Value"], cells["Class (1 lowest)"]) == ("Ward Q", None, None)
    assert cells["Why no value"] == "Hidden: small numbers"


def test_a_place_without_a_figure_is_missing(results):
    figures = made(results)
    lost = replace(figures.published.snapshot.places[-1], code="H99", name="Ward A")
    figures.published.snapshot = replace(
        figures.published.snapshot, places=(*figures.published.snapshot.places, lost)
    )
    chart = on_map(figures)
    assert marks(chart)["Ward A"] == MISSING
    assert (MISSING, "missing: no figure (1)") in chart.drawing.legend


def test_the_table_has_each_value_with_its_interval_and_class(results):
    chart = on_map(made(results))
    assert chart.table.columns == ("Place", "Value", "95% interval", "Class")
    rows = {row[0]: row[1:] for row in chart.table.rows}
    assert rows["Ward Z"] == ("60.0%", "50.2 to 69.1%", "3")
    assert rows["Ward Y"][-1] == rows["Ward U"][-1] == "1"
    assert rows["Ward Q"][-1] == "5"


def test_the_heading_tells_how_the_values_spread_and_ranks_nobody(results, tmp_path):
    assert (
        on_map(made(results)).heading == "The middle half of 10 neighbourhoods lies between 32.5% and 77.5%"
    )
    few = made(tmp_path / "few" / "results", COUNTS[:4])
    assert on_map(few).heading == "4 neighbourhoods: 20.0 to 60.0%"


def test_the_words_name_the_places_of_each_class(results):
    said = on_map(made(results, (*COUNTS[:9], None))).words
    assert said.startswith("10 neighbourhoods. Class 1, 20.0 to 30.0%: Ward U, Ward X and Ward Y.")
    assert said.endswith("Hidden: Ward Q.")


def test_a_map_is_of_the_places_within_the_chosen_one_and_marks_it_among_its_peers(results):
    figures = made(results, place=WEST)
    assert set(levels_within(figures.published, figures.place)) == {"neighbourhood"}
    assert len(on_map(figures).drawing.areas) == 6
    ward = AreaFigures(figures.published, figures.area, figures.published.place("H0"))
    chart = on_map(ward)
    assert len(chart.drawing.areas) == 10
    assert [area.name for area in chart.drawing.areas if area.here] == ["Ward Z"]
    assert "Ward Z (here)" in [row[0] for row in chart.table.rows]


def test_the_first_map_is_one_that_can_be_drawn(results, tmp_path):
    chart, levels = chosen_map(made(results), SHARE, "")
    assert (chart.key, list(levels)) == ("map-neighbourhood", ["alliance", "neighbourhood"])
    dark = made(tmp_path / "dark" / "results", [None] * 10)
    assert chosen_map(dark, SHARE, "")[0].key == "map-alliance"
    all_hidden = on_map(dark)
    assert all_hidden.drawing is None
    assert all_hidden.heading == "No value of neighbourhoods is shown"
    with pytest.raises(KeyError):
        chosen_map(dark, SHARE, "practice")


def test_what_is_not_known_by_place_has_no_map(results):
    figures = made(results)
    ledger = replace(SHARE, of_people=False, statistic="amount")
    assert map_charts(figures, ledger) == []
    assert chosen_map(figures, ledger, "") == (None, {})
    assert map_charts(figures, replace(SHARE, missing="no unit was sent")) == []


def test_totals_say_that_more_people_make_more_of_them(results):
    figures = made(results)
    assert "These are totals" not in on_map(figures).read
    assert "These are totals" in on_map(figures, card=replace(SHARE, statistic="count")).read


def test_an_alliance_is_found_above_and_a_circle_of_places_ends(results):
    figures = made(results)
    assert alliance_of(figures.published, figures.published.place("H0")) == "West alliance"
    assert alliance_of(figures.published, SYSTEM) == ""
    one = PlaceCard("X", "X", "network", "Y", "")
    other = PlaceCard("Y", "Y", "network", "X", "")
    circle = published(
        results.parent / "circle", [SHARE], [SYSTEM, one, other], [figure(SHARE, SYSTEM, 5, 10)]
    )
    assert alliance_of(circle, one) == ""


@pytest.mark.parametrize("bounded", [(), tuple(f"H{n}" for n in range(10))])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_mark_is_written_on_its_place_and_hidden_ones_are_striped(results, bounded, width):
    chart = on_map(made(results, (*COUNTS[:9], None), bounded=bounded))
    svg = drawn_map(chart.drawing, width)
    drawn = ElementTree.fromstring(svg)
    texts = [each.text for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    for mark in ("1", "2", "3", "4", "H"):
        held = [area for area in chart.drawing.areas if area.mark == mark]
        assert texts.count(mark) == 1 + len(held), "once in the legend, and once on each place"
    striped = [each for each in drawn.iter() if each.get("fill", "").startswith("url(#hidden")]
    assert len(striped) == 2
    if not bounded:
        assert {"60.0%", "hidden", "West alliance"} <= set(texts)


def test_the_place_that_a_page_is_about_has_a_heavy_edge_and_stands_in_the_legend(results):
    svg = drawn_map(on_map(made(results, place=neighbourhoods(1)[0], bounded=["H0", "H1"])).drawing, WIDE)
    assert "Ward Z (here)" in svg
    assert 'stroke-width="30"' in svg


def test_a_picture_is_fit_for_a_page(results):
    chart = on_map(made(results, bounded=[f"H{n}" for n in range(10)]))
    page = inline(cleaned(drawn_map(chart.drawing, NARROW), "c1-"), chart.key, "narrow")
    assert page.startswith(
        '<svg class="sw-chart sw-chart--narrow" role="img" aria-labelledby="map-neighbourhood-title"'
    )
    assert page.count("<svg") == page.count("role=") == 1
    ids, used = re.findall(r'id="([^"]+)"', page), re.findall(r"url\(#([^)]+)\)", page)
    assert all(each.startswith("c1-") for each in ids)
    assert set(used) <= set(ids)
    for forbidden in ("style=", "<script", "href", "NaN"):
        assert forbidden not in page


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
AREAS = st.lists(
    st.builds(
        Area,
        name=NAMES, mark=st.sampled_from("12345HM"), label=NAMES, group=NAMES | st.just(""),
        outline=st.just("0 0 60 0 60 60 0 0|9 9 9 9 9 9"), middle=st.just((30, 20)),
        room=st.integers(0, 3_000), here=st.booleans(),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=60)
@given(areas=AREAS, form=st.sampled_from(["map", "tiles"]), width=st.sampled_from([WIDE, NARROW]))
def test_whatever_places_are_called_the_picture_is_well_formed(areas, form, width):
    legend = tuple((mark, "words <&>") for mark in "12345HM")
    drawing = MapDrawing(form, tuple(areas), "1 <lowest", legend, (6_000, 4_000))
    drawn = ElementTree.fromstring(drawn_map(drawing, width))
    assert drawn.get("width") == str(width)


def test_names_of_tiles_are_short_but_never_empty():
    assert short_names(["North Vale and District", "Dummy and District"]) == ["North Vale", "Dummy"]
    assert short_names(["Surgery", "High Street Surgery"]) == ["Surgery", "High Street Surgery"]
    assert short_names(["Alone Surgery"]) == ["Alone Surgery"]
    assert name_lines("Conjecture Might Be Medical Centre", 96) == ["Conjecture Might", "Be Medical Cent…"]
    assert name_lines("Hypothesisesbridgetown", 96) == ["Hypothesisesbri-", "dgetown"]


def test_a_drawing_is_known_by_what_it_shows(results):
    drawing = on_map(made(results)).drawing
    other = replace(drawing, legend_title="another")
    assert len({drawing.key(WIDE), drawing.key(NARROW), other.key(WIDE)}) == 3


def test_the_page_of_a_measure_has_its_map_with_places_that_lead_on(results):
    made(results, (*COUNTS[:9], None), bounded=[f"H{n}" for n in range(9)])
    with override_settings(SNAPSHOTS=results.parents[1]):
        browser = signed_in(Steward)
        page = browser.get("/care-areas/made/measures/share/").content.decode()
        part = page.split('id="on-the-map"')[1].split('id="about"')[0]
        assert part.count("<svg") == 2
        assert 'href="/care-areas/made/measures/share/?place=H3"' in part
        assert 'href="/care-areas/made/measures/share/?place=SYS&amp;level=alliance#on-the-map"' in part
        other = browser.get("/care-areas/made/measures/share/?level=alliance")
        assert 'id="map-alliance"' in other.content.decode()
        assert browser.get("/care-areas/made/measures/share/?level=nonsense").status_code == 404
        picture = browser.get("/care-areas/made/measures/share/pictures/map-neighbourhood.svg")
        assert b"<title>The middle half of 9" in picture.content
        table = browser.get("/care-areas/made/measures/share/tables/map-neighbourhood.csv")
        lines = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
        body = lines[lines.index([]) + 1 :]
        assert len(body) == 11
        assert body[0][-2:] == ["Class (1 lowest)", "Why no value"]


def test_a_rate_names_its_unit_once_and_not_in_the_legend(results):
    chart = on_map(made(results, card=RATE), card=RATE)
    assert chart.what.startswith("Stays (per 1,000), neighbourhoods, by home, System,")
    assert "per 1,000" not in " ".join(meant for _, meant in chart.drawing.legend)
    assert chart.table.columns[1] == "Value, per 1,000"
