"""All care areas at a glance: people, burden, money, gap and trend of each, in the order that is asked for."""

import csv
import io
import re
from dataclasses import replace

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from stewardship.measures.budget_published import write_budget
from stewardship.measures.derived import write_derived
from stewardship.measures.months import write_months
from stewardship.profiles.overview import ORDERS, Told, at_a_glance, ordered
from stewardship.profiles.overview_chart import shares_chart
from stewardship.profiles.overview_words import glance_in_a_minute, what_sources_sent
from stewardship.profiles.snapshots import current
from stewardship.site.roles import Steward
from support.budget_of_areas import BUDGET_OF_AREAS, FRAILTY, OVERLAY
from support.shown_figures import RATE, SYSTEM, figure, published
from support.shown_months import months, table
from support.site import signed_in, workspace
from support.snapshots import publish, snapshot


@pytest.fixture
def published_with(tmp_path):
    def publish_with(budget=BUDGET_OF_AREAS):
        write_budget(publish(tmp_path), budget)
        return current(tmp_path / "snapshots")

    return publish_with


def glance_of(published, place="SYS"):
    return at_a_glance(published, published.place(place))


def row_of(glance, key):
    return next(one for one in glance.areas if one.card.key == key)


def test_an_area_tells_people_burden_money_gap_and_trend(published_with):
    row = row_of(glance_of(published_with()), "diabetes")
    assert (row.people.said, row.people.more) == ("4,850", "with diabetes")
    assert (row.burden.said, row.burden.more) == ("1.8%", "2.1% of deaths")
    assert (row.money.said, row.money.more) == ("£5.2m", "4.5% of all")
    assert row.gap.said.endswith(("times as high", "percentage points lower", "percentage points higher"))
    assert re.search(r"; \d", row.gap.more)
    assert (row.trend.name, row.trend.told.said) == ("All eight care processes", "improving")
    assert row.trend.spark is not None


def test_beneath_the_years_stands_what_the_months_show_beyond_chance(tmp_path):
    stays = replace(RATE, key="stays", name="Stays, per 1,000 people")
    made = published(tmp_path / "2026" / "results", [stays], [SYSTEM], [figure(stays, SYSTEM, 1_300, 10_000)])
    shift = [*[110, 105, 115, 100, 95] * 4, *[125] * 7]
    write_months(made.folder, "made", table(months("stays", "SYS", shift)))
    write_derived(made.folder, made.area("made"), made.table("made"), made.snapshot)
    (row,) = at_a_glance(made, SYSTEM).areas
    assert row.trend.by_month == "Stays: getting worse since September 2025."


def test_shares_of_the_system_are_those_of_the_budget_and_a_place_has_its_own(published_with):
    published = published_with()
    assert row_of(glance_of(published), "frailty").money_of.share == pytest.approx(
        100 * 2_300 / 114_467, abs=0.05
    )
    here = row_of(glance_of(published, "N1"), "frailty")
    assert here.money.more == "3.5% of all"
    assert (here.money_of.share, here.money_of.of_system) == (3.5, 2.0)


def test_an_overlay_is_not_added_and_says_so(published_with, browser_of):
    rest = [one for one in BUDGET_OF_AREAS if one not in FRAILTY]
    published = published_with([*rest, *OVERLAY])
    glance = glance_of(published)
    assert [one.card.key for one in glance.overlays] == ["frailty"]
    assert [one.card.key for one in glance.adding_up] == ["diabetes"]
    assert row_of(glance, "frailty").burden.why == "seen in the areas above"
    page = browser_of(published, "/care-areas/")
    assert "the same people and money seen another way, so not added to the total" in page
    assert (
        page.index(">Diabetes<")
        < page.index("seen another way")
        < page.index(">Frailty<")
        < page.index("Adding up")
    )


@pytest.fixture
def browser_of():
    def page(published, address):
        with override_settings(SNAPSHOTS=published.folder.parents[1]):
            return signed_in(Steward).get(address).content.decode()

    return page


def test_what_is_hidden_or_missing_is_said_in_words(published_with):
    hidden = [replace(one, value=None, state="suppressed", reason="Hidden: small numbers")
              if one.what.startswith("share of years") or one.what == "spending" else one
              for one in BUDGET_OF_AREAS]  # fmt: skip
    row = row_of(glance_of(published_with(hidden)), "diabetes")
    assert (row.burden.why, row.money.why) == ("Hidden: small numbers", "Hidden: small numbers")
    bare = row_of(glance_of(current(workspace() / "snapshots")), "diabetes")
    assert bare.money.why == bare.burden.why == "Missing: no budget was published"
    small = row_of(glance_of(current(workspace() / "snapshots"), "N4"), "frailty")
    assert small.gap.why.startswith("Cannot be said")
    assert small.trend.told.why.startswith("Hidden")


@pytest.mark.parametrize(
    "order, first",
    [("people", "Frailty"), ("burden", "Frailty"), ("money", "Diabetes"), ("name", "Diabetes")],
)
def test_a_heading_orders_the_rows_and_says_so(published_with, browser_of, order, first):
    page = browser_of(published_with(), f"/care-areas/?order={order}")
    table = page[page.index("<tbody") : page.index("Adding up")]
    other = {"Frailty": "Diabetes", "Diabetes": "Frailty"}[first]
    assert table.index(f">{first}<") < table.index(f">{other}<")
    assert f"Care areas, {ORDERS[order][0]}" in page
    assert len(re.findall(r"aria-sort=", page)) == 1
    assert f'href="/care-areas/?order={order}"' in page


@given(
    st.lists(st.none() | st.floats(0, 1e9), min_size=2, max_size=2),
    st.sampled_from(["people", "money", "gap"]),
)
def test_whatever_the_ranks_are_the_largest_comes_first_and_what_is_not_told_last(ranks, order):
    areas = [
        replace(one, **{order: Told(rank=rank)})
        for one, rank in zip(glance_of(current(workspace() / "snapshots")).areas, ranks, strict=True)
    ]
    told = [getattr(one, order).rank for one in ordered(areas, order)]
    known = [rank for rank in told if rank is not None]
    assert told == [*sorted(known, reverse=True), *[None] * (len(told) - len(known))]


def test_in_a_minute_tells_money_gap_trends_and_what_is_furthest_apart(published_with):
    published = published_with()
    said = [f"{one.finding} {one.more}".strip() for one in glance_in_a_minute(glance_of(published))]
    assert said[0] == "£114.5m was spent on care in the year. Of it £60.0m (52.4%) belongs to no care area."
    assert said[1].startswith("Clearest gap: Diabetes, ")
    assert said[2].startswith("No area's leading outcome is getting worse.")
    assert said[3] == (
        "Furthest apart: Frailty has 12.5% of the years of life lost under 75 and 2.0% of the money. "
        "That is a question, not a verdict."
    )
    there = glance_in_a_minute(glance_of(published, "N1"))[-1].finding
    assert there == "Furthest from the whole system: Diabetes has 10.0% of the money here and 4.5% there."


def test_the_chart_sets_burden_beside_money_and_the_place_beside_the_system(published_with):
    published = published_with()
    chart = shares_chart(published, glance_of(published))
    assert chart.heading == "Frailty carries more of the burden than of the money"
    assert [(p.name, p.series, p.value) for p in chart.drawing.points] == [
        ("Frailty", "Years of life lost", 12.5), ("Frailty", "Money", 2.0),
        ("Diabetes", "Years of life lost", 1.8), ("Diabetes", "Money", 4.5),
    ]  # fmt: skip
    assert chart.table.rows == (("Frailty", "12.5%", "2.0%"), ("Diabetes", "1.8%", "4.5%"))
    assert "it does not say that more money would help" in chart.read
    here = shares_chart(published, glance_of(published, "N1"))
    assert here.table.columns == ("Care area", "Here", "Whole system")
    assert here.heading == "Diabetes has more of the money here than in the whole system"
    assert (
        shares_chart(current(workspace() / "snapshots"), glance_of(current(workspace() / "snapshots")))
        is None
    )


def test_a_hidden_share_stands_as_a_word_in_the_picture_and_the_table(published_with):
    hidden = [replace(one, value=None, state="suppressed", reason="Hidden: small numbers")
              if one.what.startswith("share of years") and one.care_area == "diabetes" else one
              for one in BUDGET_OF_AREAS]  # fmt: skip
    published = published_with(hidden)
    chart = shares_chart(published, glance_of(published))
    assert chart.drawing is None  # one pair alone compares nothing
    assert chart.table.rows[-1] == ("Diabetes", "Hidden", "4.5%")
    assert "Diabetes: Hidden and 4.5%" in chart.words


def test_table_and_picture_can_be_taken_away(published_with):
    published = published_with()
    with override_settings(SNAPSHOTS=published.folder.parents[1]):
        browser = signed_in(Steward)
        table = browser.get("/care-areas/tables/areas.csv")
        picture = browser.get("/care-areas/pictures/shares.svg")
        assert browser.get("/care-areas/tables/wings.csv").status_code == 404
        assert browser.get("/care-areas/pictures/wings.svg").status_code == 404
    assert 'filename="care-areas-sys-2026-03-31.csv"' in table.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    header, *body = rows[rows.index([]) + 1 :]
    told = {row[0]: dict(zip(header, row, strict=True)) for row in body}
    assert list(told) == ["Diabetes", "Frailty", "Care of no care area", "Everything"]
    assert told["Diabetes"]["Spent (pounds)"] == "5151000"
    assert told["Everything"]["Spent (pounds)"] == "114467000"
    assert picture.content.decode().startswith("<svg")


def test_an_order_that_there_is_not_is_said_in_words():
    answer = signed_in(Steward).get("/care-areas/?order=wings")
    assert answer.status_code == 404
    assert (
        "cannot be put in the order of wings. Choose one of: people, burden, money" in answer.content.decode()
    )


def test_a_source_without_people_tells_how_many_rows_it_sent():
    sources = (
        {"name": "practices", "reader": "", "people": 64_000}, {"name": "urgent", "reader": "", "people": 0},
        {"name": "empty", "reader": "", "people": 0},
    )  # fmt: skip
    sent = {"table": "activity", "read": 9, "quarantined": 0, "absent": False}
    files = (
        {**sent, "source": "urgent", "file": "calls", "loaded": 1_200},
        {**sent, "source": "urgent", "file": "ambulance", "loaded": 300},
        {**sent, "source": "urgent", "file": "few", "loaded": None},
        {**sent, "source": "urgent", "file": "none", "loaded": 0, "absent": True},
        {**sent, "source": "practices", "file": "patients", "loaded": 64_000},
    )
    assert what_sources_sent(replace(snapshot("x"), sources=sources, files=files)) == [
        "practices (about 64,000 people)",
        "urgent (about 1,500 rows in 3 files, about people whom other sources name)",
        "empty",
    ]
