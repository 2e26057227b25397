"""One care area at two places, and two care areas at one place, side by side."""

import csv
import io

import pytest
from django.test import override_settings

from stewardship.measures.budget_published import write_budget
from stewardship.measures.derived.between import ROUNDING
from stewardship.measures.published import PlaceCard
from stewardship.profiles.side_by_side import SHARED, Asked, apart_or_within, beside, found, two_areas
from stewardship.profiles.side_by_side_chart import dot_plot
from stewardship.profiles.snapshots import current
from stewardship.site.roles import Steward
from support.budget_of_areas import BUDGET_OF_AREAS
from support.site import signed_in, workspace
from support.snapshots import publish

PAGE = "/care-areas/side-by-side/"
TWO_PLACES = "?area=diabetes&place=N1&other_area=diabetes&other_place=N2"
TWO_AREAS = "?area=diabetes&place=N1&other_area=frailty&other_place=N1"


@pytest.fixture
def browser():
    return signed_in(Steward)


def published():
    return current(workspace() / "snapshots")


def asked(area="diabetes", place="N1", other_area="diabetes", other_place="N2"):
    known = published()
    return Asked(known.area(area), known.place(place), known.area(other_area), known.place(other_place))


def rows_of(chosen):
    return {row.card.key: row for _, rows in beside(published(), chosen) for row in rows}


def text_of(browser, query):
    answer = browser.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_measure_stands_in_one_row_with_both_values_and_intervals():
    rows = rows_of(asked())
    assert set(rows) == {card.key for card in published().area("diabetes").measures}
    checks = rows["foot-check"]
    assert (
        checks.first.value.endswith("%") and " to " in checks.first.interval and " of " in checks.first.counts
    )
    assert checks.second.value != checks.first.value
    assert (checks.differs.word, checks.differs.why) == ("", ROUNDING)
    assert rows["smoking"].differs.word == "similar"


@pytest.mark.parametrize(
    "measure, said, why",
    [
        ("people", "Not compared", "a count, which has no interval"),
        ("cost-a-person", "Not compared", "a mean, which has no interval"),
        ("hba1c-at-target", "Cannot be told", "one of the two is missing"),
    ],
)
def test_what_cannot_be_told_is_said(measure, said, why):
    row = rows_of(asked())[measure]
    assert (row.untold, row.differs.why) == (said, why)


def test_what_is_hidden_at_one_place_cannot_be_told():
    row = rows_of(asked(other_place="N4"))["major-amputation"]
    assert row.second.why.startswith("Hidden")
    assert (row.differs.word, row.differs.why) == ("", "one of the two is hidden")


def test_places_are_apart_one_within_the_other_or_share_residents():
    known = published()
    a, n, system = known.place("A1"), known.place("N1"), known.system
    home = PlaceCard("H", "Home", "neighbourhood", "LA", "by home")
    assert apart_or_within(known, n, known.place("N2")) == ""
    assert (apart_or_within(known, n, a), apart_or_within(known, a, n)) == ("first", "second")
    assert (apart_or_within(known, n, system), apart_or_within(known, system, home)) == ("first", "second")
    assert apart_or_within(known, n, home) == "shared"


def test_of_places_that_may_share_residents_nothing_is_told():
    """A network counts by GP practice, a neighbourhood by home: the same resident may be in both."""
    chosen = asked()
    home = PlaceCard("N2", "Draft Green", "neighbourhood", "LA", "by home")
    rows = rows_of(Asked(chosen.area, chosen.place, chosen.other_area, home))
    assert (rows["foot-check"].differs.word, rows["foot-check"].differs.why) == ("", SHARED)
    assert rows["people"].differs.why == "a count, which has no interval"


def test_in_a_minute_counts_the_outcomes_that_differ():
    chosen = asked(place="A1", other_place="A2")
    parts = beside(published(), chosen)
    outcomes = [row for part, rows in parts for row in rows if part == "outcomes" and row.differs.word]
    said = found(chosen, parts)
    assert f"Of {len(outcomes)} outcomes compared" in said
    assert ("differ in none beyond chance" in said) == all(row.differs.word == "similar" for row in outcomes)


def test_the_dot_plot_has_two_marks_a_row_with_intervals_and_its_word():
    chart = dot_plot(published(), asked())
    assert {point.series for point in chart.drawing.points} == {"Blank Marsh", "Draft Green"}
    assert all(point.lower < point.value < point.upper for point in chart.drawing.points)
    assert all(point.name.endswith(")") for point in chart.drawing.points)
    assert chart.table.columns == ("Outcome", "Blank Marsh", "Draft Green", "Differs")
    assert chart.drawing.unit == "%"
    assert "The words in brackets say how Blank Marsh differs." in chart.read


def test_two_areas_show_the_five_parts_money_gap_and_trend(tmp_path, browser):
    write_budget(publish(tmp_path), BUDGET_OF_AREAS)
    known = current(tmp_path / "snapshots")
    system = known.system
    rows = two_areas(known, Asked(known.area("diabetes"), system, known.area("frailty"), system))
    told = {name: (first, second) for name, first, second in rows}
    assert list(told)[:5] == ["Who", "Pooled money", "Activity", "Burden", "Outcomes"]
    assert told["Money spent in the year"] == (
        ("£5.2m", "4.5% of all that is spent here"), ("£2.3m", "2.0% of all that is spent here"),
    )  # fmt: skip
    assert told["Years of life lost under 75"][1] == ("12.5%", "9.9% of deaths")
    assert told["Gap by deprivation"][0][0].startswith("Clearest gap: ")
    with override_settings(SNAPSHOTS=tmp_path / "snapshots"):
        page = text_of(browser, "?area=diabetes&place=SYS&other_area=frailty&other_place=SYS")
    assert "<strong>£2.3m</strong>" in page
    assert "People can be in both areas." in page


@pytest.mark.parametrize(
    "query, said",
    [
        ("", "Choose another place, or another care area, to set beside it."),
        ("?area=diabetes&place=N1", "Choose another place, or another care area, to set beside it."),
        (
            "?area=diabetes&place=N1&other_area=frailty&other_place=N2",
            "Choose the same care area twice, or the same",
        ),
    ],
)
def test_before_both_fit_the_page_says_what_to_choose(browser, query, said):
    page = text_of(browser, query)
    assert said in page
    assert "<tbody" not in page
    assert browser.get(f"{PAGE}table.csv{query}").status_code == 404
    assert browser.get(f"{PAGE}picture.svg{query}").status_code == 404


@pytest.mark.parametrize(
    "query, said",
    [
        ("?area=dragons", "No care area called dragons is published."),
        ("?area=diabetes&other_area=dragons", "No care area called dragons is published."),
        ("?place=ZZ", "No figures are published for a place with the code ZZ."),
        ("?other_place=ZZ", "No figures are published for a place with the code ZZ."),
    ],
)
def test_what_is_not_there_is_said_in_words(browser, query, said):
    for page in ("", "table.csv", "picture.svg"):
        answer = browser.get(f"{PAGE}{page}{query}")
        assert answer.status_code == 404
        assert said in answer.content.decode()


def test_the_form_keeps_what_was_chosen_and_every_page_leads_to_it(browser):
    page = text_of(browser, TWO_PLACES)
    assert page.count("selected") == 4
    area = browser.get("/care-areas/diabetes/?place=N1").content.decode()
    assert (
        'href="/care-areas/side-by-side/?area=diabetes&amp;place=N1">Compare with another place</a>' in area
    )
    assert "/care-areas/side-by-side/?place=SYS" in browser.get("/care-areas/").content.decode()


def test_two_places_can_be_taken_away(browser):
    table = browser.get(f"{PAGE}table.csv{TWO_PLACES}")
    assert 'filename="side-by-side-diabetes-n1-n2-2026-03-31.csv"' in table.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    header, *body = rows[rows.index([]) + 1 :]
    told = {row[1]: dict(zip(header, row, strict=True)) for row in body}
    checks = told["Foot check in 12 months"]
    assert float(checks["Blank Marsh: lower limit, 95%"]) < float(checks["Blank Marsh: value"])
    assert checks["Blank Marsh against Draft Green"] in {"Better", "Worse", "Similar", "Cannot be told"}
    assert told["HbA1c at 58 mmol/mol or under"]["Why it cannot be told"] == "one of the two is missing"
    assert browser.get(f"{PAGE}picture.svg{TWO_PLACES}").content.decode().startswith("<svg")


def test_two_areas_can_be_taken_away_and_have_no_picture(browser):
    table = browser.get(f"{PAGE}table.csv{TWO_AREAS}").content.decode("utf-8-sig")
    assert "What,Diabetes,More of Diabetes,Frailty,More of Frailty" in table
    assert browser.get(f"{PAGE}picture.svg{TWO_AREAS}").status_code == 404
