"""The stewards' page of the frailty register and the advice line: figures with interval and CSV, and no name."""

import csv
import io

import pytest
from django.test import override_settings

from stewardship.measures.controlled import HIDDEN_WORDS
from stewardship.measures.published import Published
from stewardship.profiles.register_page import register_page
from stewardship.profiles.register_read import RegisterFigures
from stewardship.site.roles import Administrator, Steward
from support.register_drawn import write_register_drawn
from support.site import signed_in, workspace
from support.snapshots import publish

PAGE = "/care-areas/ageing-well/register/"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = publish(tmp_path_factory.mktemp("register"))
    write_register_drawn(folder)
    return folder


@pytest.fixture
def page(results):
    return register_page(RegisterFigures(Published(results)))


@pytest.fixture
def steward(results):
    workspace()
    with override_settings(SNAPSHOTS=results.parents[1]):
        yield signed_in(Steward)


def chart(page, key):
    return next(each for each in page.charts if each.key == key)


def test_the_page_says_what_was_found_and_that_it_is_no_effect(steward):
    response = steward.get(PAGE)
    text = response.content.decode()
    assert response.status_code == 200
    assert "of calls were followed by no emergency admission within 7 days" in text
    assert "No admission after a call is not an admission avoided" in text


def test_every_chart_has_its_period_place_table_and_csv(steward, page):
    assert {"outcomes", "avoidance", "calls-by-month", "calls-by-weekday", "calls-by-network"} <= {
        each.key for each in page.charts
    }
    for each in page.charts:
        assert "whole system" in each.what
        assert each.table.rows
        response = steward.get(f"{PAGE}tables/{each.key}.csv")
        body = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert len(body[body.index([]) + 1]) == len(each.download.columns)


def test_claimed_and_observed_avoidance_stand_apart(page):
    rows = chart(page, "avoidance").table.rows
    assert [row[0].partition(":")[0] for row in rows] == ["Claimed", "Observed", "Observed"]
    assert chart(page, "avoidance").said.startswith("Not to be admitted after a call is not the same")


def test_an_observed_share_is_the_other_side_of_admissions_with_its_interval(page):
    admitted = next(row for row in chart(page, "outcomes").table.rows if row[0].startswith("Admitted"))
    kept = chart(page, "avoidance").table.rows[1]
    assert float(admitted[1].rstrip("%")) + float(kept[1].rstrip("%")) == pytest.approx(100, abs=0.11)
    low, high = (float(each) for each in kept[2].split(" to "))
    assert low < float(kept[1].rstrip("%")) < high


def test_bed_days_say_what_they_assume(page):
    part = next(part for part in page.parts if part.key == "avoided")
    (_, rows) = part.tables[0]
    assert rows.rows[1] == ("Mean stay", "8.0 nights (8.0 to 8.0)")
    assert rows.rows[-1][0] == "Assumed"


def test_the_register_and_its_reviews_are_told_with_their_interval(page):
    assert chart(page, "growth").heading == "900 people are on the register"
    assert len(chart(page, "growth").table.rows) == 12
    reviewed = chart(page, "reviews").table.rows
    assert [row[0] for row in reviewed][:2] == ["Everyone", "1, most deprived (Core20)"]
    assert " to " in reviewed[0][2]


def test_a_small_network_is_hidden_and_says_so(page):
    rows = dict(row[:2] for row in chart(page, "calls-by-network").table.rows)
    assert rows["Placeholder Bay"] == HIDDEN_WORDS


def test_only_who_may_see_figures_sees_them(steward, results):
    with override_settings(SNAPSHOTS=results.parents[1]):
        assert signed_in(Administrator).get(PAGE).status_code == 403


def test_without_ageing_well_there_is_no_page(tmp_path):
    results = publish(tmp_path)
    workspace()
    with override_settings(SNAPSHOTS=results.parents[1]):
        assert signed_in(Steward).get(PAGE).status_code == 404
