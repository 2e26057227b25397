"""What a comparison says, word for word."""

import pytest

from stewardship.evaluation.reading import Naive, Words, hidden, of_rates, of_shares, refused
from stewardship.evaluation.result import Effect

CALLS = Words("people called about", "people not called about", "admissions", "within 7 days")
CARE = Words("people enrolled", "people elsewhere", "admissions", "in the year after")


def points(value, low, high):
    return Effect("admissions", "percentage points", value, low, high, none=0.0)


def times(value, low, high):
    return Effect("admissions", "times as many", value, low, high, none=1.0)


def test_shares_are_read_with_what_would_have_happened_in_any_case():
    said = of_shares(
        CALLS, 0.17, 0.37, points(-20.1, -24.2, -16.0), Naive(points(15, 13, 17), points(35, 33, 37))
    )
    assert said == (
        "Admissions within 7 days: 17.0% of people called about, and 37.0% of people not called about who are"
        " like them. The difference is 20.1 percentage points fewer (95% interval 16.0 to 24.2 fewer): more "
        "than chance would bring. That 83% had none does not mean that so many were avoided, for 63% of the "
        "others had none either. Before and after alone would have said 15.0 percentage points more (95% "
        "interval 13.0 to 17.0 more). That is not the effect: over the same time people not called about, who"
        " did not have it, had 35.0 percentage points more (95% interval 33.0 to 37.0 more)."
    )


def test_what_may_be_chance_is_said_to_be():
    said = of_shares(CALLS, 0.02, 0.03, points(-0.7, -1.7, 0.3), None)
    assert said.endswith(
        "The difference is 0.7 percentage points fewer (95% interval 0.3 more to 1.7 fewer): it may be chance, and any "
        "effect between the limits is possible."
    )


def test_rates_are_read_as_so_many_fewer_than_there_would_have_been():
    said = of_rates(CARE, times(0.76, 0.63, 0.92), Naive(times(0.4, 0.3, 0.5), times(0.53, 0.45, 0.6)))
    assert said == (
        "Admissions in the year after: people enrolled had 24% fewer (95% interval 8% to 37% fewer) than they"
        " would have had, going by people elsewhere who are like them: more than chance would bring. Before "
        "and after alone would have said 60% fewer (95% interval 50% to 70% fewer). That is not the effect: "
        "over the same time people elsewhere, who did not have it, had 47% fewer (95% interval 40% to 55% "
        "fewer)."
    )


@pytest.mark.parametrize(
    "low, high, strength", [(0.5, 0.8, "1.8 times"), (1.5, 2.0, "2.4 times"), (0.9, 1.1, None)]
)
def test_how_strong_something_hidden_would_have_to_be_is_said_where_there_is_an_effect(low, high, strength):
    said = hidden(low, high)
    assert said.startswith("Who had it was not drawn by lot")
    assert (strength in said) if strength else ("explain the effect away" not in said)


def test_a_refusal_is_no_word_against_the_change():
    assert refused(CARE).endswith("It does not mean that there is no effect.")
