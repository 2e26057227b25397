"""The money of a care area on its page: lines with their basis, ledgers and difference, heads, burden, one per cent."""

from dataclasses import replace

import pytest
from django.test import override_settings

from stewardship.measures.budget_published import write_budget
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.money import money_by_kind, money_section
from stewardship.profiles.snapshots import current
from stewardship.site.roles import Steward
from support.budget_drawn import BUDGET
from support.site import signed_in, workspace
from support.snapshots import publish


@pytest.fixture
def shown(tmp_path):
    """The section, chart and page of the invented snapshot with this budget."""

    def read(budget=BUDGET, place="SYS"):
        folder = publish(tmp_path)
        write_budget(folder, budget)
        published = current(tmp_path / "snapshots")
        figures = AreaFigures(published, published.area("diabetes"), published.place(place))
        with override_settings(SNAPSHOTS=tmp_path / "snapshots"):
            page = signed_in(Steward).get(f"/care-areas/diabetes/?place={place}").content.decode()
        return money_section(figures), money_by_kind(figures), page

    return read


def test_lines_stand_by_kind_of_care_with_most_money_first_and_say_how_they_are_known(shown):
    section, _, page = shown()
    assert [(one.point, one.organisation, one.amount, one.basis) for one in section.lines] == [
        ("Prescription item", "General practices", "£2.9m", "actual"),
        ("Outpatient attendance", "Exampleshire Hospitals", "£1.4m", "actual"),
        ("GP practice appointment", "General practices", "£700,000", "apportioned"),
        ("Several, put together", "Several, put together", "£151,000", "actual and estimated"),
    ]
    assert section.total == "£5.2m"
    assert '<section class="sw-section" id="pooled-money">' in page
    assert "Exampleshire Hospitals" in page


def test_the_ledgers_difference_is_said_and_spread_over_nothing(shown):
    section, _, page = shown()
    assert section.ledger == (
        "Organisations' ledgers of programme budgeting 04A say £4.9m: £249,000 less than the cost of care counted "
        "here. The difference is shown as it is, and spread over nothing. Estimated in part: accounts were not closed."
    )
    assert "£249,000 less than" in page


def test_money_stands_beside_burden_and_what_one_per_cent_is_worth(shown):
    section, _, page = shown()
    assert section.shares == (
        "Diabetes has 4.5% of the system's money, 7.9% of its people, 2.1% of deaths under 75 and 1.8% of the "
        "years of life lost with them."
    )
    assert section.one_per_cent == "A change of one per cent of it is worth £51,510 a year."
    assert section.one_per_cent in page
    assert "<strong>£5.2m spent in the year.</strong>" in page


def test_heads_stand_by_fifth_and_place_with_why_there_is_nothing(shown):
    section, _, _ = shown()
    assert [(one.name, one.head, one.why) for one in section.fifths] == [
        ("1, most deprived (Core20)", "£150", ""), ("5, least deprived", "", "Hidden: small numbers"),
    ]  # fmt: skip
    assert [(one.name, one.head, one.why) for one in section.places] == [
        ("Exampleshire", "£515", ""), ("Blank Marsh", "£200", ""), ("Draft Green", "", "Hidden: small numbers"),
    ]  # fmt: skip


def test_the_picture_tells_kinds_of_care(shown):
    _, chart, _ = shown()
    assert chart.heading == "Most money: prescription item, £2.9m"
    assert [point.name for point in chart.drawing.points][-1] == "Several, put together"


def test_a_place_within_the_system_has_heads_and_leads_to_the_lines(shown):
    section, chart, page = shown(place="N1")
    assert (section.total, section.lines, section.ledger, chart) == ("£2.0m", (), "", None)
    assert "are told of the <a" in page


def test_an_overlay_says_that_its_money_is_that_of_other_areas(shown):
    _, _, page = shown([one for one in BUDGET if one.what != "share of money"])
    assert "the money is theirs, and is never added to it" in page


def test_a_year_of_which_a_ledger_lacks_months_is_said_to(shown):
    lacking = {
        "value": None,
        "state": "missing",
        "reason": "Missing: the ledgers hold 11 of the year's 12 months",
    }
    changed = [replace(one, **lacking) if one.what in ("ledger", "difference") else one for one in BUDGET]
    section, _, _ = shown(changed)
    assert section.ledger.endswith("04A: missing: the ledgers hold 11 of the year's 12 months.")


def test_without_a_budget_there_is_no_section():
    published = current(workspace() / "snapshots")
    figures = AreaFigures(published, published.area("diabetes"), published.system)
    assert (money_section(figures), money_by_kind(figures)) == (None, None)
    assert 'id="pooled-money"' not in signed_in(Steward).get("/care-areas/diabetes/").content.decode()


def test_the_budget_can_be_taken_away_as_a_spreadsheet(tmp_path):
    write_budget(publish(tmp_path), BUDGET)
    with override_settings(SNAPSHOTS=tmp_path / "snapshots"):
        browser = signed_in(Steward)
        answer = browser.get("/care-areas/diabetes/tables/budget.csv")
        text = answer.content.decode()
        assert answer.status_code == 200
    assert text.count("\r\n") > len(BUDGET)
    assert (
        "Line,Exampleshire,everyone,Exampleshire Hospitals,Outpatient attendance,,actual,2025-04-01" in text
    )
