"""People recorded against people expected, worked out from published figures alone."""

from dataclasses import replace

import pytest

from stewardship.care_areas.ageing_well import care_area
from stewardship.measures.frailty.gap import GAP, expected_shares, gap_table
from stewardship.measures.published import AreaCard, Published, write_snapshot
from support.published_by_hand import HIDDEN, PERIODS, card, figure, publish

FRAILTY, DEMENTIA, END = expected_shares()
AGES = ("65-74", "75-84", "85+")


def of_place(place, recorded, people, *, measure=FRAILTY.measure, ages=(), fifths=(), period=PERIODS[-1]):
    """Rows of a proportion at a place: everyone, then ages (people of each), then fifths (recorded, people)."""
    rows = [figure(measure, place, recorded, denominator=people, period=period)]
    rows += [
        figure(measure, place, 0, denominator=many, by="age band", group=age, period=period)
        for age, many in zip(AGES, ages, strict=False)
    ]
    rows += [
        figure(
            measure, place, some, denominator=many, by="deprivation fifth", group=str(fifth), period=period
        )
        for fifth, (some, many) in enumerate(fifths, start=1)
    ]
    return rows


@pytest.fixture
def told(tmp_path):
    def table(*rows, measures=(FRAILTY, DEMENTIA, END)):
        cards = [card(each.measure, "proportion", "%") for each in measures]
        published = publish(tmp_path / "results", cards, [row for group in rows for row in group])
        (tmp_path / "results" / "made.parquet").rename(tmp_path / "results" / "ageing-well.parquet")
        area = AreaCard("ageing-well", "Ageing well", 1, "", tuple(cards))
        write_snapshot(tmp_path / "results", replace(published.snapshot, areas=(area,)))
        found = gap_table(Published(tmp_path / "results"))
        assert found.schema == GAP
        return {(row["condition"], row["place"], row["by"], row["group"]): row for row in found.to_pylist()}

    return table


def test_expected_people_are_those_of_the_ages_who_live_there(told):
    rows = told(of_place("SYS", 50, 3500, ages=(2000, 1000, 500)))
    row = rows["frailty", "SYS", "everyone", "everyone"]
    # 2000 at 5.5%, 1000 at 12.5% and 500 at 26%: 110 + 125 + 130
    assert (row["recorded"], row["expected"], row["missing"]) == (50, 365, 315)
    assert row["found"] == pytest.approx(100 * 50 / 365)
    assert (row["verdict"], row["basis"]) == ("fewer than expected", "by age")


def test_where_an_age_is_hidden_the_share_overall_serves_and_says_so(told):
    row = told(of_place("P1", 20, 400, ages=(250, 100, HIDDEN)))["frailty", "P1", "everyone", "everyone"]
    assert (row["expected"], row["missing"]) == (43, 23)
    assert row["basis"] == "10.7% of residents aged 65 and over"


def test_fifths_are_held_against_the_share_overall(told):
    rows = told(of_place("SYS", 100, 2000, fifths=[(20, 1000), (80, 1000)]))
    found = {group: rows["frailty", "SYS", "deprivation fifth", group] for group in ("1", "2")}
    assert [found[group]["missing"] for group in ("1", "2")] == [87, 27]
    assert found["1"]["verdict"] == "fewer than expected"
    assert ("frailty", "SYS", "deprivation fifth", "3") not in rows


@pytest.mark.parametrize("recorded, verdict, missing", [
    (60, "fewer than expected", 40), (85, "as many as expected", 15), (100, "as many as expected", 0),
    (120, "as many as expected", 0), (130, "more than expected", 0),
])  # fmt: skip
def test_a_place_has_fewer_or_more_only_beyond_chance_and_rounding(told, recorded, verdict, missing):
    row = told(of_place("N", recorded, 10_000, measure=END.measure))[
        "end_of_life", "N", "everyone", "everyone"
    ]
    assert (row["expected"], row["verdict"], row["missing"]) == (100, verdict, missing)
    assert row["lower95"] < row["found"] < row["upper95"]


def test_what_is_hidden_stays_hidden(told):
    rows = told(of_place("P1", HIDDEN, 400, ages=(250, 100, 50)), of_place("P2", 10, HIDDEN))
    for place in ("P1", "P2"):
        row = rows["frailty", place, "everyone", "everyone"]
        assert row["state"] == "suppressed"
        assert [row[name] for name in ("recorded", "expected", "missing", "found", "lower95")] == [None] * 5


def test_only_the_latest_year_is_told_and_a_place_that_nobody_counted_is_missing(told):
    rows = told(of_place("SYS", 50, 3500, period=PERIODS[0]), of_place("N", 50, 3500), measures=(FRAILTY,))
    assert rows["frailty", "SYS", "everyone", "everyone"]["state"] == "missing"
    assert rows["frailty", "N", "everyone", "everyone"]["state"] == "shown"
    assert {condition for condition, *_ in rows} == {"frailty"}
    assert [place for _, place, by, _ in rows if by == "everyone"] == ["SYS", "N", "P1", "P2", "P3"]


def test_each_condition_is_counted_by_a_share_of_the_care_area():
    shares = {each.key for _, each in care_area.measures() if each.statistic == "proportion"}
    assert {each.measure for each in expected_shares()} <= shares
