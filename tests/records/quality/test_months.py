"""Months that were not sent, or not sent whole, are found and named by provider."""

from datetime import date

import pytest

from stewardship.records.quality.months import months_short_of_rows, months_up_to

AS_OF = date(2024, 3, 31)


def month(year, number):
    return date(year, number, 1)


def sent(counts, provider="R1", first=(2023, 9)):
    """Rows of one provider, a number a month; None: none at all."""
    start = first[0] * 12 + first[1] - 1
    return [
        ("acute", provider, date((start + n) // 12, (start + n) % 12 + 1, 1), rows)
        for n, rows in enumerate(counts)
        if rows is not None
    ]


def short(rows, as_of=AS_OF, closed=None):
    return {
        each.month: each.count
        for each in months_short_of_rows("activity", rows, as_of, closed or {})
        if each.month and each.count > each.examined / 2
    }


@pytest.mark.parametrize("counts, missing", [
    ([100, 100, 100, 100, 100, 100, 100], {}),
    ([100, 100, 100, None, 100, 100, 100], {month(2023, 12): 100}),  # not sent
    ([100, 100, 49, 100, 100, 100, 100], {month(2023, 11): 51}),  # collapsed
    ([100, 100, 50, 100, 100, 100, 100], {}),
    ([100, 100, 100, 100, 100], {month(2024, 2): 100, month(2024, 3): 100}),  # stopped sending
    ([1, 100, 100, 100, 100, 100, 100], {}),  # the month in which it began may be short
    ([20, 20, 20, None, 20, 20, 20], {}),  # too few for a judgement
    ([100, 100, 100, 100, 100, 100, 500], {}),
])  # fmt: skip
def test_a_month_is_held_against_the_providers_usual_month(counts, missing):
    assert short(sent(counts)) == missing


def test_each_provider_has_a_usual_month_of_its_own():
    rows = [*sent([1000] * 7), *sent([40, 40, 40, None, 40, 40, 40], "R2")]
    found = months_short_of_rows("activity", rows, AS_OF, {})
    assert [(each.where, each.month, each.count) for each in found if each.count] == [
        ("R2", month(2023, 12), 40)
    ]


def test_a_provider_that_closed_is_not_waited_for():
    rows = sent([100, 100, 100, 100])
    assert short(rows, closed={"R1": date(2024, 1, 15)}) == {}


def test_the_month_of_a_date_within_it_is_not_whole_yet():
    assert months_up_to(date(2024, 3, 30))[-1] == month(2024, 2)
    assert months_up_to(AS_OF)[-1] == month(2024, 3)
    assert months_up_to(AS_OF)[0] == month(2019, 4)
    assert short(sent([100] * 6), as_of=date(2024, 3, 30)) == {}


def test_rows_long_past_make_no_months_but_show_that_the_provider_was_there():
    rows = [("acute", "R1", month(1990, 1), 5), *sent([100] * 3, first=(2024, 1))]
    found = {each.month for each in months_short_of_rows("activity", rows, AS_OF, {})}
    assert found == set(months_up_to(AS_OF))
