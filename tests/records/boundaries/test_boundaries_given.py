"""Boundaries from outside: what can be drawn is kept and simplified, what cannot be is refused in one sentence."""

import copy
import json

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.records.boundaries import geojson as judged
from stewardship.records.boundaries.kept import file_of, read_boundaries, write_boundaries
from stewardship.records.boundaries.reading import read_given
from stewardship.records.boundaries.shapes import MOST_CORNERS
from stewardship.records.files import SourceError
from support.squares import feature, geojson, square, squares

CODES = ("A", "B", "C", "D")


def read(path, known=CODES, code="code"):
    return read_given(path, level="neighbourhood", code=code, known=set(known))


def refused(path, **options):
    """The sentence."""
    with pytest.raises(SourceError) as error:
        read(path, **options)
    sentence = str(error.value)
    assert "\n" not in sentence
    assert sentence.startswith(f"The file of boundaries {path.name} ")
    assert sentence.endswith(", then try again.")
    return sentence


def counted(drawn):
    return {finding.check: (finding.count, finding.examined) for finding in drawn.findings}


def polygons(boundary):
    """A kept boundary as Shapely's."""
    parts = [shapely.Polygon(outer, holes) for outer, *holes in boundary.polygons]
    return shapely.MultiPolygon(parts)


def test_each_place_has_its_outline_and_the_middle_and_radius_of_its_largest_circle(tmp_path):
    drawn = read(geojson(tmp_path / "b.geojson", squares(CODES)))
    assert [each.code for each in drawn.boundaries] == list(CODES)
    a = drawn.boundaries[0]
    assert polygons(a).equals(shapely.box(0.0, 51.0, 0.1, 51.1))
    assert a.middle == pytest.approx((0.05, 51.05), abs=0.01)
    assert a.room == pytest.approx(0.05 * 0.629, abs=0.001), "a degree of longitude is narrower here"
    assert all(finding.outcome == "pass" for finding in drawn.findings)


def test_what_is_written_is_read_again(tmp_path):
    drawn = read(geojson(tmp_path / "b.geojson", squares(CODES)))
    write_boundaries(tmp_path, "neighbourhood", reversed(drawn.boundaries))
    kept = read_boundaries(tmp_path, "neighbourhood")
    assert kept == {each.code: each for each in drawn.boundaries}
    assert list(kept) == sorted(CODES)
    assert json.loads((tmp_path / file_of("neighbourhood")).read_text())["type"] == "FeatureCollection"
    assert read_boundaries(tmp_path, "network") == {}


def test_codes_that_nobody_here_has_and_places_without_a_boundary_are_counted(tmp_path):
    path = geojson(tmp_path / "b.geojson", [*squares(("A", "X", "Y")), feature("B", [], kind="MultiPolygon")])
    drawn = read(path)
    assert [each.code for each in drawn.boundaries] == ["A"]
    assert (drawn.file.read, drawn.file.loaded, drawn.file.quarantined) == (4, 1, 3)
    assert counted(drawn)["Boundaries of no place here"] == (2, 4)
    assert counted(drawn)["Places without a boundary (neighbourhood)"] == (3, 4)


def test_a_file_of_other_places_alone_draws_nothing_and_says_so(tmp_path):
    drawn = read(geojson(tmp_path / "b.geojson", squares(("X", "Y"))))
    assert drawn.boundaries == ()
    assert counted(drawn)["Boundaries of no place here"] == (2, 2)


def test_a_ring_that_crosses_itself_is_mended_and_counted(tmp_path):
    bow_tie = [[0.2, 51.0], [0.3, 51.1], [0.3, 51.0], [0.2, 51.1], [0.2, 51.0]]
    drawn = read(geojson(tmp_path / "b.geojson", [*squares(("A",)), feature("B", [bow_tie])]))
    assert counted(drawn)["Boundaries that cross themselves"] == (1, 2)
    mended = polygons(drawn.boundaries[1])
    assert mended.is_valid
    assert mended.area == pytest.approx(0.005)


def test_a_hole_and_an_island_are_kept(tmp_path):
    hole = square(0.25, 0.25, side=0.1 * 0.5, corner=(0.01, 51.01))
    parts = [[square(0, 0), hole], [square(3, 0)]]
    (drawn,) = read(geojson(tmp_path / "b.geojson", [feature("A", parts, kind="MultiPolygon")])).boundaries
    assert len(drawn.polygons) == 2
    assert sorted(map(len, drawn.polygons)) == [1, 2]
    assert polygons(drawn).area == pytest.approx(0.02 - 0.0025)


def test_borders_that_overlap_are_counted_and_drawn_as_they_are(tmp_path):
    over = [feature("A", [square(0, 0)]), feature("B", [square(0.5, 0)])]
    drawn = read(geojson(tmp_path / "b.geojson", over))
    assert counted(drawn)["Boundaries that do not meet their neighbours' exactly"] == (2, 2)
    assert len(drawn.boundaries) == 2


def wavy(count, x=0.1):
    """A border from south to north with so many small bends."""
    return [[x + (0.0003 if n % 2 else 0.0), 51.0 + 0.1 * n / count] for n in range(count + 1)]


def test_what_is_published_stays_small_and_a_shared_border_stays_one(tmp_path):
    border = wavy(30_000)
    west = [[0.0, 51.0], *border, [0.0, 51.1], [0.0, 51.0]]
    east = [*reversed(border), [0.1, 51.0], [0.2, 51.0], [0.2, 51.1], border[-1]]
    drawn = read(geojson(tmp_path / "b.geojson", [feature("A", [west]), feature("B", [east])]))
    one, other = map(polygons, drawn.boundaries)
    assert shapely.get_num_coordinates([one, other]).sum() <= MOST_CORNERS
    assert shapely.coverage_is_valid([one, other])
    assert one.intersection(other).area == 0
    assert one.union(other).geom_type == "Polygon", "no gap between them"


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "is not JSON in UTF-8"),
        ("[1, 2", "is not JSON in UTF-8"),
        ("[" * 200_000, "has lists in lists without an end"),
        ('{"features": [NaN]}', "is not JSON in UTF-8"),
        ("[]", 'is not GeoJSON with a list of "features"'),
        ('{"type": "Topology"}', 'is not GeoJSON with a list of "features"'),
        ('{"features": [1]}', "has something else than a feature in place 1"),
        ('{"features": []}', 'has no feature with words in the property "code": correct code'),
    ],
)
def test_what_is_no_collection_of_features_is_refused(tmp_path, text, said):
    path = tmp_path / "b.geojson"
    path.write_text(text)
    assert said in refused(path)


def test_a_property_that_is_not_there_is_told_with_those_that_are(tmp_path):
    path = geojson(tmp_path / "b.geojson", squares(CODES, named="WD24CD"))
    assert '"code": there are "WD24CD": correct code' in refused(path)
    assert len(read(path, code="WD24CD").boundaries) == 4


def test_a_file_that_is_not_utf_8_or_too_large_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "b.geojson"
    path.write_bytes(b'{"features": "\xff"}')
    assert "is not JSON in UTF-8" in refused(path)
    monkeypatch.setattr(judged, "MOST_BYTES", 2 * 2**20)
    path.write_bytes(b" " * (2 * 2**20 + 1))
    assert "is larger than 2 MB" in refused(path)
    path.unlink()
    assert "cannot be read (No such file or directory)" in refused(path)


def test_coordinates_of_the_british_national_grid_are_refused_with_how_to_convert_them(tmp_path):
    grid = feature("A", [square(0, 0, corner=(570_000, 190_000), side=1_000)])
    said = refused(geojson(tmp_path / "b.geojson", [grid]))
    assert "British National Grid" in said
    assert "ogr2ogr -t_srs EPSG:4326 new.geojson old.geojson" in said
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    assert "British National Grid" in refused(geojson(tmp_path / "b.geojson", squares(CODES), crs=named))


def test_another_system_of_coordinates_is_refused_and_longitude_and_latitude_by_name_is_not(tmp_path):
    path = tmp_path / "b.geojson"
    other = {"properties": {"name": "EPSG:3857"}}
    assert "in another system than WGS84" in refused(geojson(path, squares(CODES), crs=other))
    ours = {"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert len(read(geojson(path, squares(CODES), crs=ours)).boundaries) == 4


@pytest.mark.parametrize(
    "rings, said",
    [
        ([square(0, 0, corner=(-900, 51))], "not a longitude and a latitude"),
        ([[[0, 51], [1, 51], [1, 52]]], "does not end where it begins"),
        ([[[0, 51], [1, 51], [1, 52], [0, 52]]], "does not end where it begins"),
        ([[["0", 51], [1, 51], [1, 52], ["0", 51]]], "position that is not two numbers"),
        ([[[True, 51], [1, 51], [1, 52], [True, 51]]], "position that is not two numbers"),
        ([[[10**400, 51], [1, 51], [1, 52], [10**400, 51]]], "not a longitude and a latitude"),
        ([[[1], [1, 51], [1, 52], [1]]], "position that is not two numbers"),
        ([[0, 51, 1, 52]], "has no rings of positions"),
        ("rings", "has no rings of positions"),
        (None, "has no rings of positions"),
        ([[[0, 51], [0, 51], [0, 51], [0, 51]]], "an outline without any area"),
        ([[[0, 51], [1, 51], [2, 51], [0, 51]]], "an outline without any area"),
    ],
)
def test_what_is_no_outline_is_refused_with_its_feature(tmp_path, rings, said):
    sentence = refused(geojson(tmp_path / "b.geojson", [feature("A", rings)]))
    assert said in sentence
    assert '"A"' in sentence


@pytest.mark.parametrize(
    "geometry", [{"type": "Point", "coordinates": [0, 51]}, {"type": "Polygon"}, 7, [], {}]
)
def test_other_geometries_are_refused_where_they_are_of_a_place_here(tmp_path, geometry):
    other = {"properties": {"code": "X"}, "geometry": geometry}
    path = geojson(tmp_path / "b.geojson", [other, *squares(CODES)])
    assert len(read(path).boundaries) == 4
    assert 'in its feature 1 ("X")' in refused(path, known=("X",))


def test_a_code_that_is_there_twice_is_refused_with_both(tmp_path):
    said = refused(geojson(tmp_path / "b.geojson", [*squares(CODES), feature("B", [square(9, 9)])]))
    assert 'has the code "B" twice, in its features 2 and 5: join them into one MultiPolygon' in said


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NUMBERS = st.floats(-200, 200, width=16) | st.sampled_from([0.0, 0.1, 51.0, 51.1, 570_000.0])
SOUND = {"type": "FeatureCollection", "features": squares(CODES)}


def paths_in(value, path=()):
    """Where every value of a JSON document stands."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from paths_in(each, (*path, key))


PLACES_IN_IT = list(paths_in(SOUND))


def put(document, path, value):
    """The document with another value there."""
    if not path:
        return value
    changed = copy.deepcopy(document)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


def drawn_or_refused(path):
    """Whatever the file is: boundaries that can be written and read again, or one sentence."""
    try:
        drawn = read(path)
    except SourceError as error:
        assert str(error).isprintable()
        return
    write_boundaries(path.parent, "neighbourhood", drawn.boundaries)
    assert set(read_boundaries(path.parent, "neighbourhood")) <= set(CODES)


@settings(max_examples=300)
@given(where=st.sampled_from(PLACES_IN_IT), value=ANYTHING | NUMBERS, again=st.sampled_from(PLACES_IN_IT))
def test_no_nonsense_in_a_file_makes_anything_but_boundaries_or_a_sentence(
    tmp_path_factory, where, value, again
):
    path = tmp_path_factory.mktemp("nonsense") / "b.geojson"
    document = put(SOUND, where, value)
    if again in set(paths_in(document)):
        document = put(document, again, value)
    path.write_text(json.dumps(document))
    drawn_or_refused(path)


GRID = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda at: [at[0] / 10, 51 + at[1] / 10])
RING = st.lists(GRID, min_size=3, max_size=9).map(lambda ring: [*ring, ring[0]])


@settings(max_examples=150)
@given(rings=st.lists(st.lists(RING, min_size=1, max_size=2), min_size=1, max_size=4))
def test_however_rings_cross_they_are_drawn_or_refused(tmp_path_factory, rings):
    features = [feature(code, each) for code, each in zip(CODES, rings, strict=False)]
    drawn_or_refused(geojson(tmp_path_factory.mktemp("crossing") / "b.geojson", features))
