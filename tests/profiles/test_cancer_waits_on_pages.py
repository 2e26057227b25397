"""The stewards' page of cancer waits: headings that say what was found, figures to take away, and no name."""

import csv
import io
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from django.test import override_settings

from stewardship.measures.cancer.published import STANDARDS, write_cancer
from stewardship.measures.published import Published, write_figures, write_snapshot
from stewardship.profiles.cancer_backlog import backlog_by, backlog_chart, backlog_heading
from stewardship.profiles.cancer_case_finding import gaps_in_words
from stewardship.profiles.cancer_page import cancer_page
from stewardship.profiles.cancer_performance import performance_charts
from stewardship.profiles.cancer_read import CancerFigures
from stewardship.profiles.cancer_steps import said_of_steps, slowest, steps_chart
from stewardship.site.roles import Administrator, Steward
from support.cancer_drawn import write_cancer_drawn
from support.site import signed_in, workspace
from support.snapshots import FRAILTY, publish

PAGE = "/care-areas/cancer/waits/"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """A published snapshot with drawn pathways, and the care area of cancer."""
    folder = publish(tmp_path_factory.mktemp("cancer"))
    held = Published(folder)
    area = replace(FRAILTY, key="cancer", name="Cancer")
    write_figures(folder, "cancer", held.table("frailty"))
    write_snapshot(folder, replace(held.snapshot, areas=(*held.snapshot.areas, area)))
    write_cancer_drawn(folder)
    return folder


@pytest.fixture
def figures(results):
    return CancerFigures(Published(results))


@pytest.fixture
def steward(results):
    workspace()
    with override_settings(SNAPSHOTS=results.parents[1]):
        yield signed_in(Steward)


def taken(response):
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    header, *body = rows[rows.index([]) + 1 :]
    return [dict(zip(header, row, strict=True)) for row in body]


def test_the_page_says_what_was_found_and_shows_every_part(steward):
    response = steward.get(PAGE)
    page = response.content.decode()
    assert response.status_code == 200
    assert "points below the standard of 75%" in page
    assert "people are waiting over 62 days" in page
    assert "Most days are lost from being told to decision to treat" in page
    assert "Of 1,550 people invited, 485 had a PSA test" in page
    assert "Missing: cancer pathways" not in page
    assert "in an emergency: missing: cancer pathways do not tell" in page.lower()
    assert "groups of fewer than 20 people are hidden" in page


@pytest.mark.parametrize("name", [
    "faster-diagnosis", "referral-to-treatment", "decision-to-treatment", "backlog", "steps",
    "waits-by-deprivation-fifth", "conversion", "case-finding", "standards",
])  # fmt: skip
def test_every_chart_has_its_figures_to_take_away(steward, name):
    rows = taken(steward.get(f"{PAGE}tables/{name}.csv"))
    assert len(rows) > 5


def test_what_is_hidden_is_hidden_in_the_file_too(steward):
    rows = taken(steward.get(f"{PAGE}tables/standards.csv"))
    hidden = [row for row in rows if row["Why not shown"].startswith("Hidden")]
    assert hidden
    assert {row[name] for row in hidden for name in ("Patients", "Within the standard", "Per cent")} == {""}


def test_a_table_or_picture_that_is_not_there_is_not_found(steward):
    for address in ("tables/nothing.csv", "pictures/nothing.svg"):
        assert steward.get(PAGE + address).status_code == 404


def test_the_care_area_leads_to_the_page(steward):
    assert f'href="{PAGE}"' in steward.get("/care-areas/cancer/").content.decode()
    assert f'href="{PAGE}"' not in steward.get("/care-areas/frailty/").content.decode()


def test_without_figures_it_says_that_nothing_was_sent(tmp_path):
    publish(tmp_path)
    workspace()
    with override_settings(SNAPSHOTS=tmp_path / "snapshots"):
        response = signed_in(Steward).get(PAGE)
    assert response.status_code == 404


def test_an_administrator_without_figures_is_refused(results):
    workspace()
    with override_settings(SNAPSHOTS=results.parents[1]):
        assert signed_in(Administrator).get(PAGE).status_code == 403


def test_every_chart_has_its_table_and_how_to_read_it(figures):
    charts = cancer_page(figures).charts
    assert len({chart.key for chart in charts}) == len(charts) > 7
    for chart in charts:
        assert chart.table.rows and chart.read and chart.words and chart.drawing is not None, chart.key
        assert chart.download is not None and chart.download.rows, chart.key


def test_the_planted_dip_is_a_special_cause_by_month(figures):
    told, treated, decided = performance_charts(figures)
    marked = [row[0] for row in told.table.rows if row[-1].startswith("Worse")]
    assert "June 2024" in marked and "March 2026" not in marked
    assert not any(row[-1].startswith("Worse") for row in decided.table.rows)
    assert treated.drawing.comparator == 85.0 and told.drawing.comparator == 75.0


def test_the_backlog_names_its_highest_week(figures):
    heading = backlog_chart(figures).heading
    assert "; the most were " in heading and "August 2024" in heading


@pytest.mark.parametrize("counts, said", [
    ([30, None], "How many are waiting over 62 days is hidden: small numbers"),
    ([40, 30], "30 people are waiting over 62 days; the most were 40 on 22 March 2026"),
    ([20, 30], "30 people are waiting over 62 days"),
])  # fmt: skip
def test_the_backlog_in_words(counts, said):
    weeks = [date(2026, 3, 22), date(2026, 3, 29)]
    assert backlog_heading([{"week": w, "count": n} for w, n in zip(weeks, counts, strict=True)]) == said


def test_groups_of_the_backlog_are_hidden_or_add_up(figures):
    table = backlog_by(figures, "stage")
    assert table.columns == ("Stage", "All open", "Over 62 days")
    assert {row[0] for row in table.rows} == {
        "waiting to be seen", "waiting to be told", "waiting for a decision", "waiting for treatment",
    }  # fmt: skip


def test_the_step_that_loses_most_days_is_one_that_is_late(figures):
    rows = [row for row in figures.steps if row["by"] == "everyone"]
    worst = slowest(rows)
    assert worst["day_by"] > worst["day_due"]
    assert steps_chart(figures).heading.startswith(f"Most days are lost from {worst['step'][0].lower()}")
    assert slowest([{**row, "day_by": row["day_due"]} for row in rows]) is None


def test_a_year_that_is_hidden_is_said_to_be(tmp_path, results):
    folder = publish(tmp_path)
    write_cancer_drawn(folder, case_finding=False)
    held = [dict(row) for row in CancerFigures(Published(results)).standard("faster_diagnosis", "year")]
    hidden = [
        {**row, "total": None, "within": None, "value": None, "state": "suppressed", "reason": "Hidden"}
        for row in held
    ]
    months = CancerFigures(Published(results)).standard("faster_diagnosis", "month")[:3]
    write_cancer(folder, "standards", pa.Table.from_pylist([*months, *hidden], schema=STANDARDS))
    (chart,) = performance_charts(CancerFigures(Published(folder)))
    assert chart.heading == "Told within 28 days whether it is cancer: the year is hidden, small numbers"
    assert chart.drawing is None


class Consented:
    """Case finding of which consent alone is told: group, per cent, and limits of 99.8%."""

    def __init__(self, *groups):
        self.case_finding = [
            {
                "step": "consented",
                "by": by,
                "group": group,
                "value": value,
                "lower99_8": low,
                "upper99_8": high,
            }
            for by, group, value, low, high in groups
        ]


EVERYONE = ("everyone", "everyone", 33.0, 30.0, 36.0)
WHITE, BLACK = ("ethnic group", "White", 34.0, 31.0, 37.0), ("ethnic group", "Black", 20.0, 10.0, 32.0)
FIFTHS = [("deprivation fifth", str(fifth), 33.0, 25.0, 41.0) for fifth in range(1, 5)]
LEAST = ("deprivation fifth", "5", 45.0, 36.0, 54.0)
FEW = "By fifth of deprivation too few groups are shown to compare who consented. "


@pytest.mark.parametrize("groups, said", [
    ([], ""),
    ([EVERYONE, WHITE, BLACK], f"{FEW}Consented less often than everyone, beyond chance: Black."),
    ([EVERYONE, *FIFTHS, LEAST, WHITE], (
        "Consented more often than everyone, beyond chance: least deprived fifth. By ethnic group too few groups are "
        "shown to compare who consented.")),
    ([EVERYONE, *FIFTHS, WHITE, WHITE], (
        "No fifth of deprivation consented more or less often than everyone, beyond chance. No ethnic group consented "
        "more or less often than everyone, beyond chance.")),
])  # fmt: skip
def test_who_consents_less_often_is_said_where_it_is_beyond_chance(groups, said):
    assert gaps_in_words(Consented(*groups)) == said


def test_the_page_begins_with_the_28_and_the_62_days(figures):
    said = [heading for heading, _ in cancer_page(figures).minute]
    assert "told within 28 days" in said[0] and "treated within 62 days" in said[1]
    assert len(said) == 7


def test_what_is_hidden_is_not_said_to_be_small_itself(figures):
    """A large count is hidden, too, where it would tell of a small one by a sum."""
    for chart in cancer_page(figures).charts:
        assert not any("fewer than 20" in cell for row in chart.table.rows for cell in row), chart.key


def step(name, median, target, by, due):
    return {"step": name, "median_days": median, "target_days": target, "day_by": by, "day_due": due}


@pytest.mark.parametrize("rows, said", [
    ([step("Referral to triage", 1.0, 3.0, 1.0, 3.0), step("Decision to treatment", 15.0, 24.0, 68.0, 62.0)],
     "Decision to treatment ends on day 68 or later for half of people, and is due by day 62; the days are lost before "
     "it"),
    ([step("Referral to triage", 5.0, 3.0, 5.0, 3.0)],
     "Most days are lost from referral to triage: half of people wait 5 days or more, where 3 are allowed"),
    ([step("Referral to triage", 1.0, 3.0, 1.0, 3.0)],
     "Every step that is shown is reached by the day it is due, by half of people or more"),
    ([step("Referral to triage", None, 3.0, None, 3.0)], "How long the steps take is hidden: small numbers"),
])  # fmt: skip
def test_the_heading_of_steps_says_what_the_chart_shows(rows, said):
    assert said_of_steps(rows) == said
