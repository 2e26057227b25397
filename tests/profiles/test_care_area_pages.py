"""Care-area pages, from whatever is published."""

import re
from dataclasses import replace

import pyarrow as pa
import pytest
from django.test import override_settings

from stewardship.measures.published import FIGURES, AreaCard, write_figures, write_snapshot
from stewardship.profiles.cautions import cautions
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.minute import in_a_minute
from stewardship.profiles.places import picker
from stewardship.profiles.snapshots import current
from stewardship.profiles.strip import five_parts
from stewardship.site.roles import Steward
from support.site import NOTE, signed_in, workspace
from support.snapshots import DIABETES, NO_UNIT, card, publish, snapshot


@pytest.fixture
def browser():
    return signed_in(Steward)


def figures_at(place="SYS", area="diabetes"):
    published = current(workspace() / "snapshots")
    return AreaFigures(published, published.area(area), published.place(place))


def page_of(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_home_lists_care_areas_by_phase_with_people_sources_and_findings(browser):
    page = page_of(browser, "/care-areas/")
    assert page.index("Frailty") < page.index(">Diabetes<")
    assert "4,850" in page
    assert "31 March 2026" in page
    assert "invented residents (about 64,000 people)" in page
    assert "People in no observation period (OBSERVATION_PERIOD.csv): 28." in page


@pytest.mark.parametrize(
    "address",
    ["/care-areas/", "/care-areas/diabetes/", "/care-areas/diabetes/measures/foot-check/", "/findings/"],
)
def test_what_the_build_warns_of_stands_on_every_page(browser, address):
    assert NOTE in page_of(browser, address)


def test_in_a_minute_answers_five_questions():
    findings = [one.finding for one in in_a_minute(figures_at("A1"))]
    assert findings[0] == "2,780 people with diabetes."
    assert findings[1].startswith("Programme budget 4A: £2.")
    assert findings[2].startswith("Emergency admissions: ")
    assert findings[3] == "None of 3 outcomes compared is different from the whole system beyond chance."
    assert findings[4].startswith("Clearest gap: ")
    assert findings[4].endswith("in the most deprived fifth than in the least.")


def test_at_the_system_outcomes_are_compared_with_the_first_of_the_years():
    said = in_a_minute(figures_at())[3]
    assert "improved since 2021/22" in said.finding


def test_a_total_is_said_with_its_share_and_its_mean():
    """What counts the same over the same people is said beside the total."""
    alike = {"numerator": "people with it", "denominator": "residents"}
    cards = {
        "people": alike,
        "prevalence": alike,
        "programme-budget": {"numerator": "all care", "denominator": "people with it"},
        "cost-a-person": {"numerator": "all care", "denominator": "people with it"},
    }
    figures = figures_at("A1")
    measures = tuple(replace(one, **cards.get(one.key, {})) for one in figures.area.measures)
    area = replace(figures.area, measures=measures)
    who, money, *_ = in_a_minute(AreaFigures(figures.published, area, figures.place))
    assert who.more.startswith("Among residents, 7.7% (95% interval ")
    assert "than the whole system (7.6%)" in who.more or "to the whole system (7.6%)" in who.more
    assert re.fullmatch(r"Programme budget 4A: £2\.\dm, £\d+ a person\.", money.finding)


def test_a_hidden_headline_is_not_replaced_by_another_number(tmp_path):
    figures = changed_area(tmp_path, {"people": {"state": "suppressed", "value": None, "reason": "small"}})
    assert in_a_minute(figures)[0].finding == "How many people live with it cannot be said."
    assert (five_parts(figures)[0].number, five_parts(figures)[0].what) == ("Hidden", "small")


def test_a_missing_headline_lets_another_speak(tmp_path):
    figures = changed_area(
        tmp_path, {"programme-budget": {"state": "missing", "value": None, "reason": "no ledger"}}
    )
    assert in_a_minute(figures)[1].finding.startswith("Cost a person with diabetes: £")


def changed_area(tmp_path, changes):
    """The invented snapshot with some everyone-figures of the latest year changed."""
    folder = publish(tmp_path)
    published = current(tmp_path / "snapshots")
    rows = published.table("diabetes").to_pylist()
    for row in rows:
        if row["by"] == "everyone" and str(row["period_end"]) == "2026-03-31":
            row.update(changes.get(row["measure"], {}))
    write_figures(folder, "diabetes", pa.Table.from_pylist(rows, schema=FIGURES))
    return AreaFigures(published, published.area("diabetes"), published.system)


def test_cautions_name_measures_by_reason():
    said = {(one.word, one.text) for one in cautions(figures_at("N4"))}
    assert ("Missing", f"{NO_UNIT} (HbA1c at 58 mmol/mol or under)") in said
    assert any(word == "Hidden" and "fewer than 8 people" in text for word, text in said)
    assert any(word == "Small numbers" for word, _ in said)


def test_reasons_that_are_alike_are_one_caution(tmp_path):
    no_costs = {"state": "missing", "value": None}
    figures = changed_area(
        tmp_path,
        {
            "cost-emergency": {**no_costs, "reason": "Missing: no costs were sent with emergency admissions"},
            "cost-outpatient": {**no_costs, "reason": "Missing: no costs were sent with clinics"},
            "cost-medicines": {**no_costs, "reason": "Missing: no costs were sent with items"},
            "contacts": {**no_costs, "reason": "Missing: 3 results came without a unit, so no; 9 did too"},
        },
    )
    said = {(one.word, one.text) for one in cautions(figures)}
    assert (
        "Missing",
        "no costs were sent with emergency admissions, clinics and 1 more (3 measures)",
    ) in said
    assert ("Missing", "3 results came without a unit (GP contacts)") in said


def test_places_are_offered_by_level_from_the_system_down():
    groups = picker(current(workspace() / "snapshots"))
    assert [group.label for group in groups] == [
        "The whole system",
        "Alliances, by GP practice",
        "Primary care networks, by GP practice",
    ]
    assert [place.name for place in groups[1].places] == ["Northshire alliance", "Southmarsh alliance"]


def test_every_value_on_the_page_has_its_interval_comparison_period_and_source(browser):
    page = page_of(browser, "/care-areas/diabetes/?place=N1")
    outcomes = page.split('id="outcomes"')[1].split("</section>")[0]
    assert "12 months to 31 March 2026. From invented residents." in re.sub(r"\s+", " ", outcomes)
    row = outcomes.split("All eight care processes")[1].split("</tr>")[0]
    assert re.search(r"<small>\d+\.\d to \d+\.\d%</small>", row)
    assert re.search(r"sw-state--(better|worse|similar)", row)
    assert "percentage points" in row
    assert "polyline" in row


def test_at_the_system_nothing_is_compared_with_itself(browser):
    assert "Whole system" not in page_of(browser, "/care-areas/diabetes/")
    assert "Whole system" in page_of(browser, "/care-areas/diabetes/?place=N1")


@pytest.mark.parametrize(
    "address, said",
    [
        ("/care-areas/dragons/", "No care area called dragons is published."),
        ("/care-areas/diabetes/?place=ZZ", "No figures are published for a place with the code ZZ."),
        ("/care-areas/diabetes/measures/wings/", "Diabetes has no measure called wings."),
        ("/care-areas/diabetes/tables/wings.csv", "There are no such figures at this place."),
        ("/care-areas/diabetes/pictures/wings.svg", "There are no such figures at this place."),
    ],
)
def test_what_is_not_published_is_said_in_words(browser, address, said):
    answer = browser.get(address)
    assert answer.status_code == 404
    assert said in answer.content.decode()


def test_before_the_first_build_the_page_says_so(browser, tmp_path):
    with override_settings(SNAPSHOTS=tmp_path):
        assert "Nothing has been published yet" in page_of(browser, "/care-areas/")
        assert browser.get("/care-areas/diabetes/").status_code == 404
        assert "nothing to report" in page_of(browser, "/findings/")


@pytest.mark.parametrize(
    "measures",
    [
        (),
        (card("only", "outcomes", "proportion", "%", "higher", missing="no data were sent"),),
        (card("only", "population", "count", "people"),),
    ],
    ids=["no measures", "only a missing one", "one without figures"],
)
def test_a_care_area_with_next_to_nothing_still_has_its_pages(browser, tmp_path, measures):
    folder = tmp_path / "2026-01-01" / "results"
    folder.mkdir(parents=True)
    area = AreaCard(
        "thin", "Thin", 3, "Hardly anybody.", tuple(replace(one, care_area="thin") for one in measures)
    )
    write_snapshot(folder, replace(snapshot("2026-01-01"), areas=(area,)))
    write_figures(folder, "thin", pa.Table.from_pylist([], schema=FIGURES))
    with override_settings(SNAPSHOTS=tmp_path):
        for address in ("/care-areas/", "/care-areas/thin/", "/care-areas/thin/definitions/"):
            page_of(browser, address)
        assert browser.get("/care-areas/thin/tables/all.csv").status_code == 200
        for one in measures:
            page_of(browser, f"/care-areas/thin/measures/{one.key}/")


def test_every_measure_has_a_page_at_every_place(browser):
    for one in DIABETES.measures:
        for place in ("SYS", "A1", "N4"):
            page_of(browser, f"/care-areas/diabetes/measures/{one.key}/?place={place}")


def test_a_measure_says_which_code_lists_made_it(browser):
    page = page_of(browser, "/care-areas/diabetes/measures/foot-check/")
    assert "diabetes, version 3" in page
    assert "9f2c1ab34d" in page


def test_names_from_the_data_are_shown_as_text(browser, tmp_path):
    folder = tmp_path / "2026-01-01" / "results"
    folder.mkdir(parents=True)
    sharp = card("m", "population", "count", "people", name="<script>alert(1)</script>")
    area = AreaCard("thin", "<b>Thin</b>", 3, "<img src=x>", (replace(sharp, care_area="thin"),))
    write_snapshot(folder, replace(snapshot("2026-01-01", notes=("<i>note</i>",)), areas=(area,)))
    write_figures(folder, "thin", pa.Table.from_pylist([], schema=FIGURES))
    with override_settings(SNAPSHOTS=tmp_path):
        page = page_of(browser, "/care-areas/thin/")
    for raw in ("<script>alert", "<b>Thin", "<img src=x", "<i>note"):
        assert raw not in page
