"""The forecast of the cancer backlog on its page: as things are, and beside it a change that a steward chooses."""

import csv
import io
from datetime import date

import pytest
from django.test import override_settings

from stewardship.measures.cancer.forecast_changes import AS_TODAY, Planned
from stewardship.profiles.cancer_forecast import Forecasts, UnknownChangeError, asked_for, change_words
from stewardship.profiles.cancer_forecast_chart import forecast_chart
from stewardship.profiles.drawings import CHANGED, INNER, OUTER
from stewardship.profiles.snapshots import current
from stewardship.site.roles import CancerSteward, CancerTracker
from support.cancer_drawn import write_cancer_drawn
from support.cancer_forecast import write_forecast
from support.site import signed_in
from support.snapshots import publish

PAGE = "/care-areas/cancer/waits/forecast/"
TWO_LISTS = "?tests=endoscopy-12&treatments=0&referrals=0&from=5"


@pytest.fixture
def browser():
    return signed_in(CancerSteward)


def published_with(folder, **forecast):
    results = publish(folder)
    if forecast:
        write_forecast(results, **forecast)
    return override_settings(SNAPSHOTS=folder / "snapshots", CHARTS=folder / "charts")


@pytest.fixture
def snapshot(tmp_path):
    with published_with(tmp_path, level=100):
        yield current(tmp_path / "snapshots")


def text_of(browser, query=""):
    answer = browser.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def rows_of(browser, query=""):
    answer = browser.get(f"{PAGE}table.csv{query}")
    assert answer.status_code == 200
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    start = next(number for number, line in enumerate(lines) if line[:1] == ["Forecast"])
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def test_the_page_tells_how_many_may_wait_in_26_weeks_with_an_interval(snapshot, browser):
    text = text_of(browser)
    assert "In 26 weeks about 100 people may be over 62 days, as things are (80% interval 50 to 150)" in text
    assert "How to read" in text
    assert "27 September 2026" in text


def test_the_form_works_without_script_and_keeps_what_was_chosen(snapshot, browser):
    text = text_of(browser, TWO_LISTS)
    assert '<form method="get"' in text
    assert '<option value="endoscopy-12" selected>Endoscopy: 12 a week, about 2 lists</option>' in text
    assert '<option value="5" selected>Monday 27 April 2026</option>' in text
    assert "<script" not in text.partition("<main")[2].partition("</main>")[0]


def test_a_change_is_shown_beside_the_forecast_as_things_are(snapshot, browser):
    text = text_of(browser, TWO_LISTS)
    assert (
        "With 12 more tests a week (endoscopy, about 2 lists) from 27 April 2026: about 85 people over 62 days in 26 "
        "weeks (80% interval 35 to 140), rather than 100 (80% interval 50 to 150)"
    ) in text
    assert "Middle, with the change" in text


def test_both_forecasts_can_be_taken_away(snapshot, browser):
    rows = rows_of(browser, TWO_LISTS)
    assert [row["Forecast"] for row in rows] == ["as things are"] * 26 + ["with the change"] * 26
    assert rows[0]["Week ending"] == "2026-04-05"
    assert (rows[25]["Middle"], rows[51]["Middle"]) == ("100", "85")
    assert rows[51]["From"] == "2026-04-27"
    assert len(rows_of(browser)) == 26


def test_the_picture_is_a_fan_with_the_change_over_it(snapshot, browser):
    answer = browser.get(f"{PAGE}picture.svg{TWO_LISTS}")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert text.startswith("<svg")
    assert "with the change 85" in text
    assert "as today 100" in text


def test_the_fan_has_two_bands_of_each_forecast_after_a_year_of_counts(snapshot):
    chart = forecast_chart(Forecasts(snapshot), Planned("skin", 24, 5, 10, 13))
    bands = {(point.series, point.word) for point in chart.drawing.points if point.upper is not None}
    assert bands == {(OUTER, ""), (INNER, ""), (OUTER, CHANGED), (INNER, CHANGED)}
    assert sum(point.series == "past" for point in chart.drawing.points) == 52


def test_numbers_under_twenty_are_told_as_such_and_drawn_as_wide_as_they_may_be(tmp_path, browser):
    with published_with(tmp_path, level=30):
        chart = forecast_chart(Forecasts(current(tmp_path / "snapshots")), Planned(treatments=5, from_week=1))
        last = [point for point in chart.drawing.points if point.word == CHANGED][-3:]
        assert [(point.value, point.lower, point.upper) for point in last] == [
            (None, 0, 65), (None, 0, 35), (None, None, None),
        ]  # fmt: skip
        text = text_of(browser, "?treatments=5&from=1")
        assert "fewer than 20 people over 62 days in 26 weeks (80% interval 65 or fewer)" in text
        assert rows_of(browser, "?treatments=5&from=1")[-1]["Middle"] == ""


@pytest.mark.parametrize(
    ("forecast", "said"),
    [
        ({}, "No forecast is published"),
        (
            {"state": "suppressed", "reason": "fewer than 20 people are over 62 days"},
            "Hidden: fewer than 20 people",
        ),
        (
            {"state": "missing", "reason": "only 9 weeks of pathways are known, and it takes 13"},
            "Missing: only 9 weeks of pathways are known",
        ),
    ],
)
def test_the_page_says_why_there_is_no_forecast(tmp_path, browser, forecast, said):
    with published_with(tmp_path, **forecast):
        assert said in text_of(browser)
        assert browser.get(f"{PAGE}table.csv").status_code == 404
        assert browser.get(f"{PAGE}picture.svg").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["?tests=endoscopy-7", "?tests=hip-12", "?treatments=many", "?referrals=99", "?from=2", "?from=-1"],
)
def test_a_change_that_was_not_forecast_is_refused_in_words(snapshot, browser, query):
    answer = browser.get(f"{PAGE}{query}")
    assert answer.status_code == 404
    assert "Choose from those on the page" in answer.content.decode()


def test_the_page_of_cancer_waits_tells_what_may_come_and_leads_to_the_form(tmp_path, browser):
    results = publish(tmp_path)
    write_cancer_drawn(results)
    write_forecast(results)
    with override_settings(SNAPSHOTS=tmp_path / "snapshots", CHARTS=tmp_path / "charts"):
        text = browser.get("/care-areas/cancer/waits/").content.decode()
        table = browser.get("/care-areas/cancer/waits/tables/forecast.csv").content.decode("utf-8-sig")
    assert "What may come" in text
    assert f'href="{PAGE}"' in text
    assert text.count("In 26 weeks about 100 people may be over 62 days") >= 2, (
        "in the minute, and over the fan"
    )
    assert "as things are" in table


def test_who_tracks_people_does_not_see_the_stewards_forecast(snapshot):
    assert signed_in(CancerTracker).get(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("told", "planned"),
    [
        ({}, AS_TODAY),
        ({"from": "13"}, AS_TODAY),
        ({"tests": "breast-clinic-6"}, Planned("breast-clinic", 6)),
        ({"treatments": "2", "referrals": "10", "from": "5"}, Planned("", 0, 2, 10, 5)),
    ],
)
def test_an_address_names_a_change(told, planned):
    assert asked_for(told) == planned


def test_a_number_that_is_none_is_refused():
    with pytest.raises(UnknownChangeError, match="more treatments is not a whole number"):
        asked_for({"treatments": "²"})


def test_a_change_in_words_says_from_when(snapshot):
    planned = Planned("prostate", 6, 2, 5, 13)
    assert change_words(Forecasts(snapshot), planned) == (
        "6 more tests a week (MRI of the prostate), 2 more treatments a week and 5 in 100 fewer referrals "
        "from 22 June 2026"
    )
    assert date(2026, 6, 22).isoweekday() == 1
