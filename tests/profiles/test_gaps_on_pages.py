"""What the pages say of who loses: the line through the fifths, what it costs in people, and the other groups."""

import pytest

from stewardship.measures.derived import INEQUALITY, VARIATION, InFunnel, Unequal
from stewardship.profiles.drawings import FITTED
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.gaps_charts import gap_charts, slope_chart
from stewardship.profiles.gaps_read import unequal
from stewardship.profiles.gaps_section import gaps_section, gaps_table
from stewardship.profiles.gaps_words import apart, excess_words, moved_words, slope_words
from stewardship.profiles.measure_charts import measure_charts
from stewardship.profiles.minute import in_a_minute
from stewardship.profiles.rows import measure_row
from stewardship.site.roles import Steward
from support.shown_figures import (
    NETWORK,
    NOW,
    RATE,
    REPEATED,
    SHARE,
    SMOKING,
    SYSTEM,
    THEN,
    fifths,
    figure,
    hidden,
    published,
)
from support.site import signed_in

FALLING = [(count, 1_000) for count in (300, 250, 200, 150, 100)]
STEEPER = [(count, 1_000) for count in (400, 300, 200, 150, 100)]
LEVEL = [(200, 1_000)] * 5


def made(folder, rows, *, card=SMOKING, place=SYSTEM):
    everyone = [
        figure(card, one, 1_000, 5_000, period=period) for one in (SYSTEM, NETWORK) for period in (THEN, NOW)
    ]
    found = published(folder / "results", [card], [SYSTEM, NETWORK], [*everyone, *rows])
    return AreaFigures(found, found.area("made"), found.place(place.code))


def row_of(figures):
    return unequal(figures, figures.area.measures[0])


def test_a_planted_gradient_is_told_in_plain_words(tmp_path):
    chart = slope_chart(made(tmp_path, fifths(SMOKING, SYSTEM, FALLING)), SMOKING)
    assert chart.heading.startswith(
        "Smoking: 26 percentage points higher at the most deprived end than at the least (2"
    )
    assert (
        "along a line through all five fifths the most deprived end is 26 percentage points higher"
        in chart.said
    )
    assert (
        "If every fifth had the rate of the least deprived, about 500 fewer people would be counted"
        in chart.said
    )
    assert "50% of those now." in chart.said


def test_the_line_is_drawn_from_end_to_end_through_the_fifths(tmp_path):
    chart = slope_chart(made(tmp_path, fifths(SMOKING, SYSTEM, FALLING)), SMOKING)
    line = [point for point in chart.drawing.points if point.series == FITTED]
    row = row_of(made(tmp_path / "again", fifths(SMOKING, SYSTEM, FALLING)))
    assert (line[0].at, line[-1].at) == (0, 1)
    assert (line[0].value, line[-1].value) == pytest.approx((row.most, row.least))
    assert [point.at for point in chart.drawing.points if point.series != FITTED] == [0.1, 0.3, 0.5, 0.7, 0.9]


def test_the_same_everywhere_is_no_slope(tmp_path):
    figures = made(tmp_path, fifths(SMOKING, SYSTEM, LEVEL))
    chart = slope_chart(figures, SMOKING)
    assert chart.heading == "Smoking: no slope beyond chance from the least to the most deprived"
    assert "That may be chance." in chart.said
    assert "no more and no fewer" in chart.said


def test_a_small_place_has_the_fifths_without_a_line(tmp_path):
    chart = slope_chart(made(tmp_path, fifths(SMOKING, NETWORK, FALLING), place=NETWORK), SMOKING)
    assert chart.heading == "Smoking: the five fifths now"
    assert not [point for point in chart.drawing.points if point.series == FITTED]
    assert "no line is fitted" in chart.read
    assert "about 500 fewer people" in chart.said


def test_without_all_five_there_is_no_picture_and_the_row_says_why(tmp_path):
    rows = fifths(SMOKING, SYSTEM, FALLING)
    figures = made(tmp_path, [*rows[:4], hidden(SMOKING, SYSTEM, group="5")])
    assert slope_chart(figures, SMOKING) is None
    assert gap_charts(figures) == []
    (row,) = gaps_section(figures).rows
    assert row.why == "Hidden: small numbers in a fifth"


def test_where_more_is_better_the_excess_is_of_people_who_go_without(tmp_path):
    rising = [(count, 1_000) for count in (100, 150, 200, 250, 300)]
    figures = made(tmp_path, fifths(SHARE, SYSTEM, rising), card=SHARE)
    said = excess_words(SHARE, row_of(figures))
    assert said.startswith(
        "If every fifth had the rate of the least deprived, about 500 fewer people would go without"
    )
    assert "12% of those now" in said


def test_of_rates_events_are_told(tmp_path):
    figures = made(tmp_path, fifths(RATE, SYSTEM, FALLING), card=RATE)
    assert "about 500 fewer events would be counted" in excess_words(RATE, row_of(figures))
    assert "per 1,000 higher" in slope_words(RATE, row_of(figures))


def test_events_that_come_more_than_once_are_told_without_limits(tmp_path):
    figures = made(tmp_path, fifths(REPEATED, SYSTEM, FALLING), card=REPEATED)
    assert "interval" not in slope_words(REPEATED, row_of(figures)) + excess_words(REPEATED, row_of(figures))
    (row,) = gaps_section(figures).rows
    assert row.caution == "One person often has several of these, so no limits are given"


def test_events_that_come_more_than_once_are_no_clearest_gap(tmp_path):
    figures = made(tmp_path, fifths(REPEATED, SYSTEM, FALLING), card=REPEATED)
    assert gap_charts(figures) == []
    assert in_a_minute(figures)[-1].finding == "Gaps by deprivation cannot be said."
    assert measure_row(figures, REPEATED).gap_interval == "no interval: one person often has several"
    heading = next(
        chart.heading for chart in measure_charts(figures, REPEATED) if chart.key == "deprivation-fifth"
    )
    assert heading == "By deprivation fifth: 3.0 times as high in the most deprived fifth as in the least"


def test_what_became_of_a_gap_is_told_both_ways(tmp_path):
    rows = fifths(SMOKING, SYSTEM, STEEPER, period=THEN) + fifths(SMOKING, SYSTEM, FALLING)
    said = moved_words(SMOKING, row_of(made(tmp_path, rows)), "2024/25")
    assert said == (
        "Since 2024/25 the gap between the two ends has narrowed, from 30 percentage points to 20 percentage points; "
        "as a ratio it has not changed beyond chance, from 4.00 to 3.00 times."
    )


def test_the_summary_counts_people(tmp_path):
    said = in_a_minute(made(tmp_path, fifths(SMOKING, SYSTEM, FALLING)))[-1]
    assert (
        said.finding
        == "Clearest gap: smoking, 20 percentage points higher in the most deprived fifth than in the least."
    )
    assert "about 500 fewer people would be counted" in said.more


def test_the_summary_tells_of_the_year_before(tmp_path):
    changed = {"change": "similar", "since_year_before": "worse"}
    rows = [figure(SMOKING, SYSTEM, 1_000, 5_000, **changed)]
    found = published(tmp_path / "results", [SMOKING], [SYSTEM], rows)
    said = [one.more for one in in_a_minute(AreaFigures(found, found.area("made"), found.system))]
    assert "Against the year before: smoking worse." in said


@pytest.mark.parametrize(
    "card, value, said",
    [
        (SHARE, 21.36, "21 percentage points"),
        (SHARE, -2.04, "2 percentage points"),
        (SHARE, 1.0, "1 percentage point"),
        (RATE, 10.94, "10.9 per 1,000"),
    ],
)
def test_a_difference_is_said_in_the_unit_of_its_measure(card, value, said):
    assert apart(card, value) == said


def test_what_is_taken_away_has_every_year_and_number(tmp_path):
    table = gaps_table(made(tmp_path, fifths(SMOKING, SYSTEM, FALLING)))
    assert len(table.rows) == 2
    now = dict(zip(table.columns, table.rows[-1], strict=True))
    assert now["Excess in number"] == pytest.approx(500)
    assert now["Gap of the two ends (most less least deprived)"] == pytest.approx(20)
    assert now["The excess is of those not counted"] == "no"


def test_the_columns_of_a_row_are_those_of_the_file():
    assert list(Unequal.__dataclass_fields__) == INEQUALITY.names
    assert list(InFunnel.__dataclass_fields__) == VARIATION.names


def test_a_page_has_the_part_with_other_characteristics_and_files():
    browser = signed_in(Steward)
    page = browser.get("/care-areas/diabetes/").content.decode()
    part = page.split('id="gaps"')[1].split('id="variation"')[0]
    for said in (
        "Slope index of inequality",
        "Ethnic group",
        "Every outcome by deprivation",
        "Download the picture",
    ):
        assert said in part
    assert browser.get("/care-areas/diabetes/tables/gaps.csv").status_code == 200
    assert browser.get("/care-areas/diabetes/tables/slope.csv").status_code == 200
    assert browser.get("/care-areas/diabetes/pictures/slope.svg").content.startswith(b"<svg")


def test_a_measure_page_has_its_line_and_its_funnel():
    page = signed_in(Steward).get("/care-areas/diabetes/measures/foot-check/").content.decode()
    for key in ('id="slope"', 'id="funnel-networks"', 'id="deprivation-fifth"'):
        assert key in page
