"""What the pages say of networks and practices in a funnel: planted outliers are named, and nobody is ranked."""

import csv
import io

import pytest
from django.test import override_settings

from stewardship.profiles.area_charts import area_charts
from stewardship.profiles.drawings import INNER, OUTER
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.minute import in_a_minute
from stewardship.profiles.snapshots import current
from stewardship.profiles.variation import inside
from stewardship.profiles.variation_charts import every_funnel, funnel_charts
from stewardship.profiles.variation_section import variation_rows
from stewardship.site.roles import Steward
from support.shown_figures import ALLIANCE, NETWORK, SHARE, SMOKING, SYSTEM, figure, practices, published
from support.site import signed_in, workspace

COUNTS = (150, 145, 155, 150, 160, 140, 150, 150, 145, 155, 150, 150)


@pytest.fixture
def results(tmp_path):
    return tmp_path / "2026-04-14" / "results"


def made(folder, counts, *, place=SYSTEM, cards=(SHARE, SMOKING)):
    """The checks of practices of 500 people each; smoking is as expected everywhere."""
    units = practices(len(counts))
    rows = [figure(card, SYSTEM, 3_000, 10_000) for card in cards]
    rows += [figure(SHARE, unit, count, 500) for unit, count in zip(units, counts, strict=True)]
    rows += [figure(SMOKING, unit, 150, 500) for unit in units]
    found = published(folder, cards, [SYSTEM, ALLIANCE, NETWORK, *units], rows)
    return AreaFigures(found, found.area("made"), found.place(place.code))


def funnel(figures):
    (chart,) = funnel_charts(figures)
    return chart


def test_a_planted_practice_is_named_with_its_value_and_what_was_expected(results):
    chart = funnel(made(results, (*COUNTS, 250)))
    assert chart.heading == "Checks: 1 practice is better than expected"
    assert chart.said.startswith("Much better than expected: Practice 12 (50.0%, expected 2")
    labels = [point.label for point in chart.drawing.points if point.label]
    assert labels == ["Practice 12"]


def test_both_sides_are_told_each_by_its_own(results):
    chart = funnel(made(results, (*COUNTS, 260, 60)))
    assert chart.heading == "Checks: 1 practice is better than expected and 1 is worse"
    assert "Practice 12 (52.0%" in chart.said
    assert "Much worse than expected: Practice 13 (12.0%" in chart.said


def test_where_none_is_outside_the_heading_says_so(results):
    chart = funnel(made(results, COUNTS))
    assert chart.heading == "Checks: no practice differs from the whole system by more than is expected"
    assert chart.said == "None of 12 practices is outside what is expected."


def test_the_bands_reach_as_far_as_the_places_and_every_place_has_a_mark(results):
    chart = funnel(made(results, (*COUNTS, 250)))
    series = [point.series for point in chart.drawing.points]
    assert series.count(INNER) == series.count(OUTER) == 13
    assert len([point for point in chart.drawing.points if point.value is not None]) == 13
    assert chart.drawing.comparator == pytest.approx(30)


def test_how_to_read_says_whether_limits_are_widened_and_what_chance_would_do(results, tmp_path):
    assert "practices differ no more than that" in funnel(made(results, COUNTS)).read
    unlike = (90, 210, 120, 180, 150, 100, 200, 140, 160, 110, 190, 150)
    read = funnel(made(tmp_path / "other", unlike)).read
    assert "Limits are widened: practices differ" in read
    assert "The order inside the bands means nothing" in read
    assert "Of 12, chance alone would set about one apart" in read


def test_the_table_has_every_place_in_the_order_of_names_and_this_one_is_marked(results):
    figures = made(results, (*COUNTS, 250), place=practices(13)[12])
    table = funnel(figures).table
    names = [row[0] for row in table.rows]
    assert names == [f"Practice {n:02}" for n in range(12)] + ["Practice 12 (here)"]
    assert table.rows[12][-1] == "Much better than expected"
    assert table.rows[0][-1] == "As expected"


def test_each_outcome_says_which_places_are_outside(results):
    rows = {row.card.key: row.levels for row in variation_rows(made(results, (*COUNTS, 250)))}
    ((_, networks, why),) = [level for level in rows["share"] if "networks" in level[0]]
    assert (networks, why) == ((), "No figure of this place")
    ((_, named, _),) = [level for level in rows["share"] if "practices" in level[0]]
    assert [(one.side, one.said, one.names) for one in named] == [("better", "Much better", "Practice 12")]
    ((_, named, why),) = [level for level in rows["smoking"] if "practices" in level[0]]
    assert (named, why) == ((), "None of 13 practices outside what is expected")


def test_the_summary_names_who_is_outside_and_does_not_judge(results):
    said = in_a_minute(made(results, (*COUNTS, 250)))[-1]
    assert said.finding == "One practice is further from the whole system than is expected."
    assert said.more == "Better: Practice 12 (checks). That is a question, not a verdict."


@pytest.mark.parametrize(
    "place, said",
    [
        (practices(13)[12], "One practice is further"),
        (practices(13)[0], "Practice 00 is not further from the whole system than is expected."),
        (NETWORK, "One practice is further"),
        (ALLIANCE, "One practice is further"),
    ],
)
def test_the_summary_of_a_place_is_about_those_in_it(results, place, said):
    assert in_a_minute(made(results, (*COUNTS, 250), place=place))[-1].finding.startswith(said)


def test_a_place_holds_itself_and_those_below_it(results):
    found = made(results, COUNTS).published
    codes = {place.code for place in practices(12)}
    assert inside(found, NETWORK) == codes | {"N"}
    assert inside(found, ALLIANCE) == codes | {"N", "A"}
    assert inside(found, practices(1)[0]) == {"P00"}


def test_what_is_taken_away_has_every_place_of_every_measure(results):
    table = every_funnel(made(results, (*COUNTS, 250)))
    assert len(table.rows) == 2 * 14
    last = dict(zip(table.columns, table.rows[12], strict=True))
    assert {row[1] for row in table.rows} == {"Checks", "Smoking"}
    assert last["Whole system"] == pytest.approx(30)


def test_a_snapshot_without_derived_figures_has_its_page_all_the_same(results):
    figures = made(results, COUNTS)
    for name in ("made-variation.parquet", "made-inequality.parquet"):
        (results / name).unlink()
    assert (funnel_charts(figures), variation_rows(figures)) == ([], [])
    assert "variation" not in [one.anchor for one in in_a_minute(figures)]
    with override_settings(SNAPSHOTS=results.parents[1]):
        page = signed_in(Steward).get("/care-areas/made/")
    assert page.status_code == 200
    assert 'id="variation"' not in page.content.decode()


def test_the_places_are_told_once_by_their_funnel():
    found = current(workspace() / "snapshots")
    figures = AreaFigures(found, found.area("diabetes"), found.system)
    assert [chart.key for chart in funnel_charts(figures)] == ["funnel-networks"]
    assert "places" not in [chart.key for chart in area_charts(figures)]
    alliance = AreaFigures(found, found.area("diabetes"), found.place("A1"))
    assert "places" in [chart.key for chart in area_charts(alliance)]


def test_a_page_has_the_part_and_its_files():
    browser = signed_in(Steward)
    page = browser.get("/care-areas/diabetes/?place=N2").content.decode()
    part = page.split('id="variation"')[1].split("Looking closer")[0]
    assert "Draft Green" in part
    assert "sw-state--better" in part
    assert "To be outside is a question, not a verdict." in part
    for name, rows in (("variation", 8 * 4), ("funnel-networks", 4)):
        answer = browser.get(f"/care-areas/diabetes/tables/{name}.csv?place=N2")
        assert answer.status_code == 200
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(lines[lines.index([]) + 2 :]) == rows
    picture = browser.get("/care-areas/diabetes/pictures/funnel-networks.svg")
    assert picture.content.startswith(b"<svg")
