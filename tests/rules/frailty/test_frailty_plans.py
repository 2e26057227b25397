"""Plans and ReSPECT forms that may be out of date, and where people died."""

from datetime import date

import pytest

from stewardship.rules.frailty.deaths import Death, Place, places_of_death, preferred_place_kept
from stewardship.rules.frailty.plans import months_between, plan_standing, respect_standing


def day(text):
    return None if text is None else date.fromisoformat(text)


@pytest.mark.parametrize("made, as_of, out_of_date, words", [
    ("2025-02-16", "2026-02-16", False, "From 16 February 2025"),        # twelve months are not over the limit
    ("2025-02-16", "2026-02-17", True, "May be out of date: 12 months old"),
    ("2025-02-16", "2026-04-16", True, "May be out of date: 14 months old"),
    ("2025-02-16", "2026-04-15", True, "May be out of date: 13 months old"),
    ("2024-02-29", "2025-02-28", False, "From 29 February 2024"),
    (None, "2026-04-16", False, "No plan"),
    ("2026-05-01", "2026-04-16", False, "No plan"),                      # not made yet
])  # fmt: skip
def test_a_plan_over_twelve_months_says_in_words_that_it_may_be_out_of_date(made, as_of, out_of_date, words):
    found = plan_standing(day(made), day(as_of))
    assert (found.may_be_out_of_date, found.words) == (out_of_date, words)
    assert found.there == (not words.startswith("No"))


def test_an_emergency_plan_may_be_out_of_date_when_something_changed():
    made, as_of = date(2026, 1, 5), date(2026, 4, 1)
    assert not respect_standing(made, as_of, changed=[made, date(2026, 4, 2)]).may_be_out_of_date
    found = respect_standing(made, as_of, changed=[date(2026, 3, 5)])
    assert found.words == "May be out of date: something changed on 5 March 2026, after it was made"
    assert respect_standing(date(2024, 1, 5), as_of).words == "May be out of date: 26 months old"
    assert respect_standing(None, as_of).words == "No ReSPECT form"


@pytest.mark.parametrize("start, end, months", [
    ("2025-01-31", "2025-02-27", 0), ("2025-01-31", "2025-02-28", 1), ("2025-01-31", "2025-03-30", 1),
    ("2025-01-15", "2026-01-14", 11), ("2025-01-15", "2026-01-15", 12), ("2026-01-15", "2025-01-15", 0),
])  # fmt: skip
def test_months_are_whole(start, end, months):
    assert months_between(day(start), day(end)) == months


def test_deaths_are_counted_by_their_place_and_the_preferred_one():
    deaths = [
        Death(on=date(2026, 1, 1), place=Place.HOME, preferred=Place.HOME),
        Death(on=date(2026, 1, 31), place=Place.CARE_HOME),
        Death(on=date(2026, 1, 20), place=Place.HOSPITAL, preferred=Place.HOSPICE),
        Death(on=date(2026, 1, 20), place=None, preferred=Place.HOSPICE),
        Death(on=date(2026, 2, 1), place=Place.HOME, preferred=Place.HOME),  # after the month
    ]
    found = places_of_death(deaths, date(2026, 1, 1), date(2026, 1, 31))
    assert (found.deaths, found.place_known, found.usual_place) == (4, 3, 2)
    assert (found.preferred_known, found.preferred_kept) == (2, 1)
    assert [preferred_place_kept(each) for each in deaths] == [True, None, False, None, True]
