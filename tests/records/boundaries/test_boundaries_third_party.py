"""Boundaries of Mid and South Essex, which nobody here made: read, simplified without tearing, and drawn."""

import csv
import gzip
import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest
import shapely

from stewardship.measures.published import PlaceCard
from stewardship.profiles.draw_map import drawn_map
from stewardship.profiles.drawings import NARROW, WIDE
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.map_charts import chosen_map
from stewardship.records.boundaries.kept import file_of, write_boundaries
from stewardship.records.boundaries.reading import read_given
from stewardship.records.boundaries.shapes import MOST_CORNERS
from support.shown_figures import SHARE, SYSTEM, figure, published

GEOGRAPHY = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "mse_geography"
FILES = {
    "boundaries_lsoa11": ("LSOA11CD", 705),
    "boundaries_lsoa21": ("lsoa21_code", 720),
    "boundaries_wards": ("WD13CD", 172),
}


@pytest.fixture(params=FILES)
def given(request, tmp_path):
    """A file of theirs, the property of its codes, and its geometries by code."""
    code, count = FILES[request.param]
    path = unpacked(request.param, tmp_path)
    features = json.loads(path.read_text())["features"]
    shapes = {
        each["properties"][code]: shapely.from_geojson(json.dumps(each["geometry"])) for each in features
    }
    assert len(shapes) == count
    return path, code, shapes


def unpacked(name, folder):
    packed = GEOGRAPHY / f"{name}.geojson.gz"
    if not packed.is_file():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{packed} is not here")
    path = folder / f"{name}.geojson"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


def read(path, code, known):
    return read_given(path, level="neighbourhood", code=code, known=set(known))


def polygons(drawn):
    return [
        shapely.MultiPolygon([shapely.Polygon(outer, holes) for outer, *holes in each.polygons])
        for each in drawn.boundaries
    ]


def test_all_places_are_read_and_simplified_and_no_border_tears(given, tmp_path):
    path, code, shapes = given
    drawn = read(path, code, shapes)
    simple = polygons(drawn)
    assert {each.code for each in drawn.boundaries} == set(shapes)
    assert shapely.get_num_coordinates(simple).sum() <= MOST_CORNERS
    assert shapely.coverage_is_valid(simple), (
        "neighbours share their borders point by point, and none overlap"
    )
    whole = shapely.union_all(shapely.make_valid(list(shapes.values())))
    together = shapely.union_all(simple)
    assert together.symmetric_difference(whole).area < 0.01 * whole.area
    assert sum(each.area for each in simple) == pytest.approx(together.area)
    write_boundaries(tmp_path, "neighbourhood", drawn.boundaries)
    assert (tmp_path / file_of("neighbourhood")).stat().st_size < 350_000


def test_wards_of_another_year_are_counted_and_left_out(tmp_path):
    path = unpacked("boundaries_wards", tmp_path)
    with open(GEOGRAPHY / "lsoa21_lookup.csv", encoding="utf-8") as lookup:
        wards = {row["ward24_code"] for row in csv.DictReader(lookup)}
    drawn = read(path, "WD13CD", wards)
    others, without, *_ = drawn.findings
    assert 0 < len(drawn.boundaries) < 172
    assert others.count == 172 - len(drawn.boundaries) == drawn.file.quarantined
    assert (without.count, without.examined) == (len(wards) - len(drawn.boundaries), len(wards))


def test_wards_are_drawn_each_with_its_class(tmp_path):
    drawn = read_given(
        path := unpacked("boundaries_wards", tmp_path),
        level="neighbourhood",
        code="WD13CD",
        known={each["properties"]["WD13CD"] for each in json.loads(path.read_text())["features"]},
    )
    places = [
        PlaceCard(each.code, f"Ward {each.code}", "neighbourhood", "SYS", "by home")
        for each in drawn.boundaries
    ]
    rows = [figure(SHARE, place, 10 + number % 80, 100) for number, place in enumerate(places)]
    found = published(
        tmp_path / "results", [SHARE], [SYSTEM, *places], [figure(SHARE, SYSTEM, 500, 1_000), *rows]
    )
    write_boundaries(tmp_path / "results", "neighbourhood", drawn.boundaries)
    chart, _ = chosen_map(AreaFigures(found, found.area("made"), found.system), SHARE, "")
    assert chart.drawing.form == "map"
    for width in (WIDE, NARROW):
        svg = drawn_map(chart.drawing, width)
        assert len(svg) < 120_000
        picture = ElementTree.fromstring(svg)
        shapes = list(picture.iter("{http://www.w3.org/2000/svg}path"))
        assert len(shapes) == 172
        assert all(len(each.get("d")) > 10 for each in shapes)
    numbered = [each for each in picture.iter("{http://www.w3.org/2000/svg}text") if each.text in "12345"]
    assert len(numbered) > 40, "even on a phone, wherever there is room"
