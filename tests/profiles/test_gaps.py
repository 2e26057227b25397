"""The gap between the most and least deprived fifth, and what is said of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.gaps import Gap, clearest, gap, gaps_in_outcomes, movement
from stewardship.profiles.snapshots import current
from support.site import workspace
from support.snapshots import card

PROPORTION = card("p", "outcomes", "proportion", "%", "higher")
RATE = card("r", "outcomes", "rate", "per 1,000", "lower")


class Fifths:
    """Figures of two fifths, and nothing else."""

    def __init__(self, most, least):
        self.found = {"1": most, "5": least}

    def here(self, card, by, group, end=None):
        return self.found[group]


class Counted:
    state, value = "shown", 1.0

    def __init__(self, numerator, denominator, state="shown"):
        self.numerator, self.denominator, self.state = numerator, denominator, state
        self.value = 100 * numerator / denominator if denominator else None


def found(card, most, least):
    return gap(Fifths(Counted(*most), Counted(*least)), card)


def test_a_difference_of_proportions_has_newcombes_interval():
    # Newcombe 1998, table II, example (a): 56/70 against 48/80
    one = found(PROPORTION, (48, 80), (56, 70))
    assert one.size == pytest.approx(20.0)
    assert (one.lower, one.upper) == pytest.approx((5.24, 33.39), abs=0.01)
    assert one.words == "20 percentage points"
    assert one.interval == "5.2 to 33.4"
    assert one.beyond_chance


def test_a_ratio_of_rates_is_said_in_times():
    one = found(RATE, (60, 1000), (30, 1000))
    assert one.words == "2.0 times"
    assert one.interval == "1.3 to 3.1"
    assert one.beyond_chance


@pytest.mark.parametrize(
    "most, least",
    [((0, 0), (10, 100)), ((10, 100), (0, 0)), ((10, 100, "suppressed"), (10, 100)), ((120, 100), (10, 100))],
)
def test_a_gap_that_cannot_be_said_is_none(most, least):
    assert found(PROPORTION, most, least) is None


def test_zero_events_make_no_ratio_and_still_a_difference():
    assert found(RATE, (0, 100), (10, 100)) is None
    assert found(PROPORTION, (0, 100), (10, 100)).size == pytest.approx(10)


@given(st.integers(1, 500), st.integers(1, 500))
def test_swapping_the_fifths_turns_the_sign_and_nothing_else(a, b):
    one, other = found(PROPORTION, (a, 500), (b, 500)), found(PROPORTION, (b, 500), (a, 500))
    assert one.size == pytest.approx(-other.size)
    assert (one.lower, one.upper) == pytest.approx((-other.upper, -other.lower))
    assert one.words == other.words
    assert one.interval == other.interval or one.size == 0


def of(size, lower, upper, card=PROPORTION):
    return Gap(card, None, None, size, lower, upper)


@pytest.mark.parametrize(
    "now, then, said",
    [
        (of(9, 8, 10), of(14, 13, 15), "narrowed"),
        (of(14, 13, 15), of(9, 8, 10), "widened"),
        (of(9, 5, 13), of(14, 10, 18), "no change"),
        (of(-14, -15, -13), of(9, 8, 10), "turned round"),
        (of(1.2, 1.1, 1.3, RATE), of(2.0, 1.8, 2.2, RATE), "narrowed"),
        (of(0.4, 0.3, 0.5, RATE), of(1.2, 1.1, 1.3, RATE), "turned round"),
        (of(0.4, 0.3, 0.5, RATE), of(0.8, 0.7, 0.9, RATE), "widened"),
        (of(9, 8, 10), None, ""),
    ],
)
def test_what_became_of_a_gap(now, then, said):
    assert movement(now, then) == said


@pytest.mark.parametrize(
    "one, said",
    [
        (of(13, 3, 22), "13 percentage points lower in the most deprived fifth than in the least"),
        (of(-2.5, -4, -1), "2.5 percentage points higher in the most deprived fifth than in the least"),
        (of(0, -1, 1), "no difference between the most and the least deprived fifth"),
        (of(1.3, 1.1, 1.5, RATE), "1.3 times as high in the most deprived fifth as in the least"),
    ],
)
def test_a_gap_says_which_side_it_is_on(one, said):
    assert one.against == said


def test_the_clearest_gap_is_not_the_largest():
    published = current(workspace() / "snapshots")
    figures = AreaFigures(published, published.area("diabetes"), published.system)
    best = clearest(figures)
    assert best.strength == max(one.strength for one in gaps_in_outcomes(figures))
    assert best.most.period_end == date(2026, 3, 31)
