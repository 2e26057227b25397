"""What the pages say of months: a planted change is named and dated, noise is common cause, and nothing is hidden."""

import csv
import io
from dataclasses import replace

import pytest
from django.test import override_settings

from stewardship.measures.derived import write_derived
from stewardship.measures.months import write_months
from stewardship.profiles.area_charts import every_chart
from stewardship.profiles.drawings import LINES
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.minute import in_a_minute
from stewardship.profiles.small_pictures import MONTHS_HEIGHT, MONTHS_WIDTH
from stewardship.profiles.snapshots import current
from stewardship.profiles.trend_charts import every_month, measure_months, months_charts
from stewardship.profiles.trend_read import told_by_month
from stewardship.profiles.trend_section import months_section
from stewardship.profiles.trend_words import by_month
from stewardship.site.roles import Steward
from support.shown_figures import RATE, SYSTEM, THEN, figure, published
from support.shown_months import months, table
from support.site import signed_in, workspace

CALM = [110, 105, 115, 100, 95] * 4
SHIFT = [*CALM, *[125] * 7]
STAYS = replace(
    RATE, key="stays", name="Stays, per 1,000 people", numerator="stays", denominator="people in care"
)
VISITS = replace(RATE, key="visits", name="Visits", better="neither", part="activity", headline=True)
CALLS = replace(RATE, key="calls", name="Calls", better="neither", part="activity")


@pytest.fixture
def results(tmp_path):
    return tmp_path / "2026-04-14" / "results"


def made(folder, counts, cards=None, rows=()):
    """A page of measures with these months at the whole system, by the key of each."""
    cards = cards or [card for card in (STAYS, VISITS, CALLS) if card.key in counts]
    found = published(folder, cards, [SYSTEM], [figure(STAYS, SYSTEM, 1_300, 10_000), *rows])
    shown = [row for key, each in counts.items() for row in months(key, "SYS", each)]
    write_months(folder, "made", table(shown))
    write_derived(folder, found.area("made"), found.table("made"), found.snapshot)
    return AreaFigures(found, found.area("made"), found.system)


def chart(figures, card=STAYS):
    (one,) = measure_months(figures, card)
    return one


def test_a_planted_shift_is_named_dated_and_explained(results):
    told = chart(made(results, {"stays": SHIFT}))
    assert told.heading == "Stays: getting worse since September 2025"
    assert told.what == "Stays, number a month; people in care, System, January 2024 to March 2026"
    assert told.said.startswith("Seven months in a row are above the mean.")
    assert "a blue square is a change for the better and an orange diamond one for the worse" in told.read
    assert told.words.startswith("From January 2024 to March 2026 between 95 and 125 a month")
    assert "March 2026 (125, shift)" in told.words
    assert told.table.rows[-1][-1] == "Worse: shift"


def test_noise_is_common_cause_in_plain_words(results):
    told = chart(made(results, {"stays": CALM}))
    assert told.heading == "Stays: common cause, no change beyond chance"
    assert "No month shows a special cause." in told.words
    assert told.table.rows[-1] == ("March 2026", "95", "105", "79 to 131", "Common cause")


@pytest.mark.parametrize(
    "counts, better, said",
    [
        ([*CALM, 190], "lower", "Getting worse in March 2026: March 2026 is above the upper limit"),
        ([*CALM, 20], "lower", "Improving in March 2026: March 2026 is below the lower limit"),
        ([*CALM, 20], "higher", "Getting worse in March 2026: March 2026 is below the lower limit"),
        ([*CALM, 20], "neither", "Falling in March 2026: March 2026 is below the lower limit"),
        (
            [*CALM, 90, 95, 100, 105, 110, 115, 120],
            "lower",
            "Getting worse since September 2025: Each of the latest seven months is higher than the one before",
        ),
        (
            [*CALM, 110, 130, 130],
            "neither",
            "Rising since February 2026: Two of the latest three months are close to",
        ),
    ],
)
def test_each_rule_is_told_in_words(results, counts, better, said):
    (row,) = months_section(made(results, {"stays": counts}, [replace(STAYS, better=better)])).first
    assert f"{row.said}: {row.rule}".startswith(said)


def test_a_chart_has_lines_only_where_it_was_made_and_breaks_where_nothing_is_shown(results):
    told = chart(made(results, {"stays": [*CALM, None, *CALM]}))
    assert len([point for point in told.drawing.points if point.series == LINES]) == 20
    marks = [point for point in told.drawing.points if point.series != LINES]
    assert [point.value for point in marks].count(None) == 1
    assert len(marks) == 41
    assert told.table.rows[20] == ("July 2024", "Hidden: small numbers")
    assert told.table.rows[0] == ("November 2022", "110", "", "", "before the chart")
    assert told.read.endswith("The line is broken where a month is not shown.")


def test_more_people_are_told_beside_more_events(results):
    then = figure(STAYS, SYSTEM, 1_000, 8_000, period=THEN)
    told = chart(made(results, {"stays": SHIFT}, rows=[then]))
    assert "people to count among have become 25% more." in told.said


def test_fewer_than_three_years_are_told_with_care(results):
    assert "a yearly pattern would look like a change" in chart(made(results, {"stays": SHIFT})).said


def test_lines_that_follow_the_year_say_so(results):
    year = [800, 780, 700, 600, 500, 500, 500, 510, 600, 700, 780, 800]
    told = chart(made(results, {"stays": [n + 5 * (at % 2) for at, n in enumerate(year * 5)]}))
    assert told.heading == "Stays: common cause, no change beyond chance"
    assert "They follow the usual year: winters and short months are no change." in told.read


def test_the_page_draws_headlines_first_then_what_changed_and_folds_the_rest(results):
    figures = made(results, {"stays": CALM, "visits": CALM, "calls": SHIFT})
    assert [one.card.key for one in told_by_month(figures)] == ["visits", "calls", "stays"]
    assert [one.key for one in months_charts(figures)] == ["months-visits", "months-calls"]
    section = months_section(figures)
    assert [row.name for row in section.first] == ["Visits", "Calls"]
    assert [row.name for row in section.rest] == ["Stays"]
    assert section.period == "January 2024 to March 2026"


def test_what_counts_the_same_is_told_once_by_the_measure_that_knows_what_is_good(results):
    same = [replace(VISITS, numerator_is="events:1:a"), replace(STAYS, numerator_is="events:1:a")]
    (one,) = told_by_month(made(results, {"stays": SHIFT, "visits": SHIFT}, same))
    assert (one.card.key, one.headline, one.reading.reading) == ("stays", True, "getting worse")


def test_where_nothing_can_be_read_the_reason_stands_there(results):
    figures = made(results, {"stays": [*CALM, None], "visits": [0] * 20})
    assert months_charts(figures) == measure_months(figures, STAYS) == []
    section = months_section(figures)
    assert section.first == ()
    assert [row.why for row in section.rest] == [
        "Too few events for a control chart: fewer than 10 a month",
        "Hidden: small numbers, so that fewer than 12 months are shown in a row up to the latest",
    ]
    assert all(row.picture is None for row in section.rest)
    with override_settings(SNAPSHOTS=results.parents[1]):
        page = signed_in(Steward).get("/care-areas/made/").content.decode()
    assert "No count by month can be read at this place." in page
    assert "2 counts by month, and why not" in page


@pytest.mark.parametrize(
    "name, said",
    [
        (
            "Emergency admissions for COPD, 35 and over, per 100,000",
            "Emergency admissions for COPD, 35 and over",
        ),
        ("GP appointments, per 1,000 people with diabetes", "GP appointments"),
        ("Strong opioids, items per 1,000 people without cancer", "Strong opioids, items"),
        ("Emergency admissions", "Emergency admissions"),
    ],
)
def test_a_count_is_not_called_a_rate(name, said):
    assert by_month(replace(STAYS, name=name)) == said


def test_the_summary_tells_one_change_and_of_how_many(results):
    said = in_a_minute(made(results, {"stays": SHIFT, "visits": SHIFT, "calls": CALM}))[-1]
    assert said.finding == "Stays: getting worse since September 2025."
    assert (
        said.more
        == "Seven months in a row are above the mean. Of 3 counts by month two changed beyond chance."
    )
    assert (said.anchor, said.look) == ("months", "See the months")


def test_the_summary_says_nothing_of_common_cause(results):
    assert "months" not in [one.anchor for one in in_a_minute(made(results, {"stays": CALM}))]


def test_a_small_picture_lies_within_itself(results):
    (row,) = months_section(made(results, {"stays": [*CALM, None, *CALM, 300]})).first
    points = " ".join([row.picture.band, row.picture.mean, *row.picture.lines]).split()
    for x, y in (map(float, point.split(",")) for point in points):
        assert 0 <= x <= MONTHS_WIDTH and 0 <= y <= MONTHS_HEIGHT
    assert len(row.picture.lines) == 2
    assert [side for side, _, _ in row.picture.marks] == ["worse"]


def test_what_is_taken_away_has_every_month_of_every_measure(results):
    taken = every_month(made(results, {"stays": [*CALM, None], "visits": SHIFT}))
    rows = [dict(zip(taken.columns, row, strict=True)) for row in taken.rows]
    assert len(rows) == 2 * 27
    stays = [row for row in rows if row["Measure"] == STAYS.name]
    assert (stays[-1]["Number"], stays[-1]["Why not shown"]) == (None, "Hidden: small numbers")
    assert stays[-1]["Why no reading"].startswith("Hidden: small numbers, so that")
    visits = [row for row in rows if row["Measure"] == "Visits"]
    assert (visits[-1]["Reading of the latest month"], visits[-1]["Since"]) == ("rising", "2025-09-01")
    assert (visits[-1]["Special cause"], visits[-1]["Side"]) == ("shift", "higher")


def test_a_snapshot_without_months_has_its_pages_all_the_same(results):
    found = published(results, [STAYS], [SYSTEM], [figure(STAYS, SYSTEM, 1_300, 10_000)])
    figures = AreaFigures(found, found.area("made"), found.system)
    assert months_section(figures) is None
    assert not [one.key for one in every_chart(figures) if one.key.startswith("months")]
    with override_settings(SNAPSHOTS=results.parents[1]):
        browser = signed_in(Steward)
        for address in ("/care-areas/made/", "/care-areas/made/measures/stays/"):
            page = browser.get(address)
            assert page.status_code == 200
            assert 'id="months"' not in page.content.decode()


def test_pages_have_the_part_the_pictures_and_the_files():
    browser = signed_in(Steward)
    page = browser.get("/care-areas/diabetes/").content.decode()
    part = page.split('id="months"')[1].split("Pooled money</h2>")[0]
    assert "Emergency admissions: improving since " in part
    assert "sw-state--better" in part
    assert "Common cause: nothing has changed beyond what chance does." in part
    assert 'href="#months"' in page
    for address, rows in (
        ("tables/months.csv", 3 * 60),
        ("tables/months-emergency-admissions.csv", 60),
        ("measures/emergency-admissions/tables/months.csv", 60),
    ):
        answer = browser.get(f"/care-areas/diabetes/{address}")
        assert answer.status_code == 200
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(lines[lines.index([]) + 2 :]) == rows
    for address in ("pictures/months-emergency-admissions", "measures/emergency-admissions/pictures/months"):
        assert browser.get(f"/care-areas/diabetes/{address}.svg").content.startswith(b"<svg")


def test_the_page_of_a_measure_shows_its_months_or_says_why_not():
    browser = signed_in(Steward)
    page = browser.get("/care-areas/diabetes/measures/emergency-admissions/").content.decode()
    assert 'id="months"' in page
    assert "Emergency admissions: improving since " in page
    rare = browser.get("/care-areas/diabetes/measures/major-amputation/").content.decode()
    assert 'id="months"' not in rare
    assert "By month nothing is read. Hidden: small numbers" in rare
    share = browser.get("/care-areas/diabetes/measures/foot-check/").content.decode()
    assert "By month" not in share


def test_no_month_of_a_page_tells_more_than_is_published():
    found = current(workspace() / "snapshots")
    for place in found.snapshot.places:
        figures = AreaFigures(found, found.area("diabetes"), place)
        taken = every_month(figures)
        for row in (dict(zip(taken.columns, row, strict=True)) for row in taken.rows):
            assert (row["Number"] is None) == bool(row["Why not shown"])
            assert row["Number"] is None or row["Number"] % 5 == 0
