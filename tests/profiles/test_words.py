"""How values, dates and states are said: tables of examples."""

from datetime import date

import pytest

from stewardship.measures.published import Figure
from stewardship.profiles import words
from support.snapshots import card


def figure(**more):
    empty = dict.fromkeys(Figure.__dataclass_fields__)
    about = {"measure": "m", "place": "p", "by": "everyone", "group": "everyone", "state": "shown"}
    return Figure(**{**empty, **about, "reason": "", "caution": "", "compared": "", "change": "", **more})


@pytest.mark.parametrize(
    "value, unit, said",
    [
        (52.14, "%", "52.1%"),
        (0.0, "%", "0.0%"),
        (3450.0, "people", "3,450"),
        (9.62, "per 1,000", "9.6"),
        (3500.0, "per 1,000", "3,500"),
        (120.0, "per 100,000", "120.0"),
        (927.4, "£ a person", "£927"),
        (999_999.0, "£", "£999,999"),
        (999_999.6, "£", "£1.0m"),
        (96_200_000.0, "£", "£96.2m"),
        (-12_000.0, "£", "-£12,000"),
        (2.5, "days", "2.5"),
    ],
)
def test_numbers(value, unit, said):
    assert words.number(value, unit) == said


@pytest.mark.parametrize(
    "name, unit, said",
    [
        ("People with diabetes", "people", "70"),
        ("Admissions after a fall", "per 1,000", "70.0 per 1,000"),
        ("Admissions, per 1,000 residents", "per 1,000", "70.0"),
        ("Cost of care", "£ a person", "£70 a person"),
        ("Admitted", "admissions", "70 admissions"),
        ("Smokers", "%", "70.0%"),
    ],
)
def test_a_unit_is_said_once(name, unit, said):
    assert words.said(card("x", "outcomes", "rate", unit, name=name), 70.0) == said


@pytest.mark.parametrize(
    "start, end, said, short",
    [
        (date(2025, 4, 1), date(2026, 3, 31), "12 months to 31 March 2026", "2025/26"),
        (date(1999, 4, 1), date(2000, 3, 31), "12 months to 31 March 2000", "1999/00"),
        (date(2024, 1, 1), date(2024, 12, 31), "12 months to 31 December 2024", "2024"),
        (date(2018, 1, 10), date(2019, 1, 9), "12 months to 9 January 2019", "Jan 2019"),
        (date(2023, 3, 1), date(2024, 2, 29), "12 months to 29 February 2024", "Feb 2024"),
        (date(2026, 3, 31), date(2026, 3, 31), "31 March 2026", "2025/26"),
    ],
)
def test_periods(start, end, said, short):
    assert words.period(start, end) == said
    assert words.year(start, end) == short


@pytest.mark.parametrize(
    "state, reason, said",
    [
        ("suppressed", "fewer than 8 people", "Hidden: fewer than 8 people"),
        ("suppressed", "Hidden: small numbers", "Hidden: small numbers"),
        ("suppressed", "", "Hidden: small numbers"),
        ("missing", "No deaths were sent.", "Missing: no deaths were sent"),
        ("missing", "HbA1c came without a unit", "Missing: HbA1c came without a unit"),
        ("missing", "No figure: fewer than 10 events", "No figure: fewer than 10 events"),
        ("missing", "Not known", "Not known"),
        ("missing", "", "Missing: the data that it needs were not sent"),
    ],
)
def test_why_there_is_no_value(state, reason, said):
    assert words.state(figure(state=state, reason=reason), card("x", "outcomes", "rate", "%")) == said


def test_a_value_needs_no_words():
    assert words.state(figure(value=0.0), card("x", "outcomes", "rate", "%")) == ""


def test_a_figure_that_was_never_made_is_missing():
    assert words.state(None, card("x", "outcomes", "rate", "%")).startswith("Missing: ")


@pytest.mark.parametrize(
    "by, name, said",
    [
        ("deprivation fifth", "1", "1, most deprived (Core20)"),
        ("deprivation fifth", "3", "3"),
        ("deprivation fifth", "5", "5, least deprived"),
        ("age band", "5-9", "5 to 9"),  # a spreadsheet would read 5-9 as a date
        ("age band", "90+", "90+"),
        ("sex", "female", "Female"),
    ],
)
def test_groups(by, name, said):
    assert words.group(by, name) == said


@pytest.mark.parametrize(
    "text, inside",
    [("Foot check", "foot check"), ("HbA1c at target", "HbA1c at target"), ("GP contacts", "GP contacts")],
)
def test_a_name_inside_a_sentence(text, inside):
    assert words.lower_first(text) == inside


def test_moments_are_local_time():
    assert words.moment("2026-04-14T05:10:00+00:00") == "14 April 2026 at 06:10"
    assert words.moment("before the flood") == "before the flood"


@pytest.mark.parametrize(
    "statistic, unit, name, said",
    [
        ("count", "people", "People with diabetes", "70 people with diabetes"),
        ("amount", "admissions", "Emergency admissions", "70 emergency admissions"),
        ("amount", "£", "Cost of all care", "Cost of all care: £70"),
        ("proportion", "%", "Smokers", "Smokers: 70.0%"),
    ],
)
def test_a_total_begins_a_sentence(statistic, unit, name, said):
    assert words.phrase(card("x", "activity", statistic, unit, name=name), 70.0) == said


@pytest.mark.parametrize(
    "reason, said",
    [
        ("Missing: no deaths have been sent", "Missing: no deaths have been sent"),
        ("Missing: no unit, so no value", "Missing: no unit"),
        ("Missing: no unit, so no value; no date; no code", "Missing: no unit; and 2 more reasons"),
    ],
)
def test_a_long_reason_is_said_in_brief(reason, said):
    assert words.brief(reason) == said


def test_lists():
    assert [words.and_list(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
