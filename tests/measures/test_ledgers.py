"""Spending by programme: summed from ledgers for the system, missing with its reason elsewhere, nobody behind it."""

from datetime import date

import pytest

from stewardship.care_areas.registry import care_areas
from stewardship.measures.card import card_of
from stewardship.measures.controlled import NO_VALUE
from stewardship.measures.coverage import Coverage
from stewardship.measures.disclosure import control_ledgers
from stewardship.measures.explained import explain
from stewardship.measures.lacks import Effort
from stewardship.measures.layout import Layout
from stewardship.measures.ledgers import NOT_DIVIDED, Month, ledger_figures, spending
from stewardship.measures.measure import programme_budget
from stewardship.measures.needing import tables_of
from stewardship.measures.published import PlaceCard
from stewardship.people.expressions import ExpressionError
from stewardship.people.periods import years_ending
from support.small_records import drawn, open_records

MEASURE = programme_budget("Programme budget 4A", "04A", numerator_in_words="spending on diabetes")
PLACES = [
    PlaceCard("ZZS", "All", "system", "", ""),
    PlaceCard("ZZN1", "One", "network", "ZZS", "by GP practice"),
]
HEADINGS = "organisation | sector | programme | point_of_delivery | month | amount_pence | basis"


@pytest.fixture
def ledgers(tmp_path):
    """Records whose ledgers are drawn; nothing drawn: no ledger was sent."""
    opened = []

    def draw(*rows):
        tables = {"registration": drawn("person_id | practice | start\n1 | P1 | 2010-01-01", "registration")}
        if rows:
            tables["spend"] = drawn("\n".join([HEADINGS, *rows]), "spend")
        opened.append(open_records(tmp_path / str(len(opened)), tables))
        return opened[-1]

    yield draw
    for records in opened:
        records.engine.close()


@pytest.mark.parametrize("rows, pence, estimated", [
    (["T1 | acute | 04A | outpatient | 2025-04-01 | 100 | actual"], 100, False),
    (["T1 | acute | 04A | outpatient | 2025-04-01 | 100 | actual",
      "T2 | acute | 04A | outpatient | 2025-04-01 | 30 | actual"], 130, False),
    (["T1 | acute | 04A | outpatient | 2025-04-01 | 100 | actual",
      "T1 | acute | 04A | outpatient | 2025-04-01 | 7 | apportioned"], 107, False),
    (["T1 | acute | 04A | outpatient | 2025-04-01 | 100 | actual",
      "T1 | acute | 04A | outpatient | 2025-04-01 | 90 | estimated"], 100, False),
    (["T1 | acute | 04A | outpatient | 2025-04-01 | 100 | actual",
      "T1 | acute | 04A |            | 2025-04-01 | 90 | estimated"], 190, True),
    (["T1 | acute | 04A | outpatient | 2025-04-01 | 100 | actual",
      "T1 | acute | 04A |            | 2025-04-01 | -40 | actual",
      "T1 | acute | 02  | outpatient | 2025-04-01 | 5000 | actual"], 60, False),
])  # fmt: skip
def test_a_months_spending_is_that_of_all_lines_and_an_estimate_gives_way(ledgers, rows, pence, estimated):
    assert spending(ledgers(*rows), ["04A"]) == {"04A": [Month(date(2025, 4, 1), pence, estimated)]}


def months(first, count, pence, estimated=0):
    year, month = first
    starts = [date(year + (month - 1 + n) // 12, (month - 1 + n) % 12 + 1, 1) for n in range(count)]
    return [Month(start, pence, n >= count - estimated) for n, start in enumerate(starts)]


def figures(spent, as_of=date(2026, 3, 31)):
    periods = years_ending(as_of, 2)
    rows = ledger_figures(MEASURE, spent, Layout(2, PLACES), periods).to_pylist()
    return {(row["place"], row["period_end"].year): row for row in rows}


def test_a_year_is_the_sum_of_its_months_rounded_to_a_thousand_pounds():
    found = figures(months((2024, 4), 24, 12_345_678, estimated=2))
    assert (found["ZZS", 2026]["numerator"], found["ZZS", 2026]["value"]) == (148_100_000, 1_481_000.0)
    assert found["ZZS", 2026]["caution"] == "Estimated for 2 of 12 months, whose accounts were not closed"
    assert (found["ZZS", 2025]["state"], found["ZZS", 2025]["caution"]) == ("shown", "")
    assert {row["by"] for row in found.values()} == {"everyone"}


def test_a_year_of_which_a_month_is_not_there_is_missing_and_says_so():
    found = figures(months((2024, 5), 23, 100_000))
    assert found["ZZS", 2025]["reason"] == "Missing: the ledgers hold 11 of the year's 12 months"
    assert found["ZZS", 2025]["value"] is None
    assert found["ZZS", 2026]["value"] == 12_000.0


def test_a_year_that_ends_within_a_month_has_the_months_that_begin_in_it():
    found = figures(months((2025, 4), 12, 100_000), as_of=date(2026, 3, 15))
    assert found["ZZS", 2026]["value"] == 12_000.0


def test_places_within_the_system_are_missing_because_ledgers_are_not_divided():
    found = figures(months((2024, 4), 24, 100_000))
    assert [(found["ZZN1", year]["state"], found["ZZN1", year]["reason"]) for year in (2025, 2026)] == [
        ("missing", NOT_DIVIDED)
    ] * 2


def test_without_a_ledger_or_the_programme_it_says_what_would_unlock_it(ledgers):
    none = Coverage(ledgers())
    assert none.missing(MEASURE) == "no finance ledger has been sent"
    (lack,) = none.lacks(MEASURE)
    assert (lack.effort, lack.unlock, lack.table) == (Effort.TABLE, "Supplying finance ledgers", "spend")
    assert lack.what.endswith("Name their folder in [finance] of the settings.")
    other = Coverage(ledgers("T1 | acute | 02 | outpatient | 2025-04-01 | 100 | actual"))
    assert other.missing(MEASURE) == "no line of the ledgers sent is of programme 04A"
    assert other.lacks(MEASURE)[0].effort is Effort.CODES
    there = Coverage(ledgers("T1 | acute | 04A | outpatient | 2025-04-01 | 100 | actual"))
    assert (there.missing(MEASURE), there.lacks(MEASURE)) == ("", ())


def test_its_card_says_that_it_is_of_organisations_and_by_which_rule_it_is_shown():
    card = card_of(MEASURE, care_area="diabetes", part="resources", missing="")
    assert card.definition == (
        "Spending on diabetes in the months that begin in the year, by organisations whose ledgers were sent."
    )
    assert (card.of_people, card.numerator_is, card.denominator_is) == (False, "", "")
    assert card.scheme.startswith("Spending in organisations' ledgers is about no person")
    assert tables_of(MEASURE) == explain(MEASURE, care_area="diabetes", part="resources").reads == ("spend",)


def test_money_of_ledgers_is_rounded_and_none_is_hidden():
    controlled = control_ledgers([0, 49_999, 50_000, -1_050_000, float("nan")])
    assert list(controlled.value) == [0, 0, 100_000, -1_100_000, NO_VALUE]
    assert list(controlled.state) == ["shown"] * 4 + ["missing"]


def test_the_diabetes_programme_is_declared_as_ledgers_have_it():
    found = [m.programme for area in care_areas() for _, m in area.measures() if m.programme]
    assert "04A" in found


def test_a_code_that_is_no_programme_is_refused():
    with pytest.raises(
        ExpressionError, match='Write two digits and, for part of a programme, a letter, such as "04A"'
    ):
        programme_budget("Budget", "4A", numerator_in_words="spending")
