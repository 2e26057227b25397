"""Leaks of every kind are planted in published results, and the attack recovers each planted truth."""

import numpy as np
import pytest

from stewardship.measures import statistics
from stewardship.measures.attack import attack
from support.published_by_hand import HIDDEN, PERIODS, card, figure, publish

NAMES = ("value", "lower95", "upper95", "lower99_8", "upper99_8")


def recovered(published, **more):
    """By measure, place, group and period: the bounds found."""
    report = attack([published], seconds=5, **more)
    return {(r.measure, r.place, r.group, r.period): (r.low, r.high, r.way) for r in report.recovered}, report


def limits(estimates):
    return {name: float(getattr(estimates, name)[0]) for name in NAMES}


def test_what_is_well_hidden_is_not_recovered(tmp_path):
    rows = [figure("n", place, shown) for place, shown in
            [("SYS", 60), ("N", 60), ("P1", HIDDEN), ("P2", 30), ("P3", 25)]]  # fmt: skip
    found, report = recovered(publish(tmp_path / "r", [card("n")], rows))
    assert found == {}
    assert report.safe
    assert "nothing recovered" in report.summary


def test_exact_totals_less_exact_parts(tmp_path):
    rows = [figure("n", place, shown) for place, shown in
            [("SYS", 83), ("N", 83), ("P1", HIDDEN), ("P2", 41), ("P3", 39)]]  # fmt: skip
    found, report = recovered(publish(tmp_path / "r", [card("n")], rows))
    assert found["n", "P1", "everyone", "2026-03-31"][:2] == (3, 3)
    assert not report.safe


@pytest.mark.parametrize("everyone_is_placed", [False, True])
def test_an_exact_total_of_the_system_less_rounded_parts(tmp_path, everyone_is_placed):
    rows = [figure("n", "SYS", 43), figure("n", "N", HIDDEN), figure("n", "P1", HIDDEN)]
    rows += [figure("n", "P2", 40), figure("n", "P3", 0)]
    published = publish(tmp_path / "r", [card("n", headline=True)], rows)
    found, _ = recovered(published, everyone_is_placed=everyone_is_placed)
    assert found["n", "P1", "everyone", "2026-03-31"][:2] == (1, 5)


def test_an_unprotected_table_of_groups(tmp_path):
    # of 6 men and 42 women: hidden, 40 and 50 in all
    rows = [figure("n", "P1", 50), figure("n", "P1", 40, by="sex", group="female")]
    rows += [figure("n", "P1", HIDDEN, by="sex", group="male")]
    found, _ = recovered(publish(tmp_path / "r", [card("n")], rows))
    low, high, _ = found["n", "P1", "male", "2026-03-31"]
    assert (low, high) == (6, 7)


def test_counts_that_nobody_hid(tmp_path):
    found, _ = recovered(publish(tmp_path / "r", [card("n")], [figure("n", "P1", 4)]))
    assert found["n", "P1", "everyone", "2026-03-31"] == (4, 4, "shown as it is")


def test_years_put_together_less_single_years(tmp_path):
    cards = [
        card("one", "amount", "stays", top="events:1:e"),
        card("three", "amount", "stays", top="events:3:e"),
    ]
    rows = [figure("one", "P1", shown, period=period) for shown, period in
            zip((21, 33, HIDDEN), PERIODS, strict=True)]  # fmt: skip
    rows += [figure("three", "P1", 58)]
    found, _ = recovered(publish(tmp_path / "r", cards, rows))
    assert found["one", "P1", "everyone", "2026-03-31"][:2] == (4, 4)


def test_the_same_count_in_two_measures(tmp_path):
    cards = [card("hiding"), card("telling", "proportion", "%", top="people:1:b", below="people:1:a")]
    rows = [figure("hiding", "P1", HIDDEN), figure("telling", "P1", 0, denominator=10)]
    found, report = recovered(publish(tmp_path / "r", cards, rows))
    assert found["hiding", "P1", "everyone", "2026-03-31"][:2] == (8, 12)
    assert "shown by another measure" in report.recovered[0].steps


def test_a_percentage_with_decimals_on_a_small_base(tmp_path):
    cards = [card("share", "proportion", "%", top="people:1:b", below="people:1:a")]
    true = limits(statistics.proportions(np.array([3]), np.array([21]), multiplier=100))
    rows = [figure("share", "P1", HIDDEN, denominator=20) | {name: round(v, 1) for name, v in true.items()}]
    found, _ = recovered(publish(tmp_path / "r", cards, rows))
    assert found["share", "P1", "everyone", "2026-03-31"][:2] == (3, 3)


def test_percentages_of_rounded_counts_tell_nothing_more(tmp_path):
    cards = [card("share", "proportion", "%", top="people:1:b", below="people:1:a")]
    shown = limits(statistics.proportions(np.array([15]), np.array([25]), multiplier=100))
    rows = [figure("share", "P1", 15, denominator=25) | shown]
    found, report = recovered(publish(tmp_path / "r", cards, rows))
    assert found == {}
    assert report.tried["percentages and rates inverted"] == 1


@pytest.mark.parametrize("events", [11, 24, 60])
def test_limits_of_a_standardised_rate_that_are_not_rounded(tmp_path, events):
    by_age = np.full((1, 19), events / 19), np.full((1, 19), 500.0)
    estimates = statistics.directly_standardised(*by_age, multiplier=100_000)
    cards = [card("rate", "standardised rate", "per 100,000", top="events:1:e", below="person-years:1:e")]
    rounded = (events + 2) // 5 * 5
    rows = [figure("rate", "P1", rounded, denominator=9500) | limits(estimates)]
    published = publish(tmp_path / "exact", cards, rows)
    found, _ = recovered(published)
    assert found["rate", "P1", "everyone", "2026-03-31"] == (events, events, "limits inverted")

    enough = statistics.rounded_to_hide_events(estimates, rounded_by=2)
    rows = [figure("rate", "P1", rounded, denominator=9500) | limits(enough)]
    assert recovered(publish(tmp_path / "rounded", cards, rows))[0] == {}


def test_an_exact_group_within_an_exact_group(tmp_path):
    cards = [card("all", top="people:1:a"), card("grown up", top="people:1:a+b")]
    rows = [figure("all", "SYS", 1003), figure("grown up", "SYS", 999)]
    found, _ = recovered(publish(tmp_path / "r", cards, rows))
    assert found["all less grown up", "SYS", "everyone", "2026-03-31"][:2] == (4, 4)


def test_two_snapshots_subtracted(tmp_path):
    exact = card("n", headline=True)
    first = publish(tmp_path / "a", [exact], [figure("n", "SYS", 1003), figure("n", "N", 40)], "first")
    second = publish(tmp_path / "b", [exact], [figure("n", "SYS", 1004), figure("n", "N", 45)], "second")
    report = attack([first, second])
    assert [(r.place, r.low, r.high, r.steps) for r in report.recovered] == [
        ("SYS", 1, 1, "first and second")
    ]
    assert report.tried["two snapshots subtracted"] == 2


def test_integer_programming_narrows_what_sums_one_by_one_do_not(tmp_path):
    """Four hidden cells in a square, of which each margin leaves room: only all of them together tell."""
    shown = {
        ("N", "everyone"): 91, ("N", "female"): 52, ("N", "male"): 39,
        ("P1", "everyone"): 31, ("P2", "everyone"): 27, ("P3", "everyone"): 33,
        ("P1", "female"): HIDDEN, ("P2", "female"): HIDDEN, ("P3", "female"): 33 - 9,
        ("P1", "male"): HIDDEN, ("P2", "male"): HIDDEN, ("P3", "male"): 9,
    }  # fmt: skip
    rows = [
        figure("n", place, count, by="everyone" if group == "everyone" else "sex", group=group)
        for (place, group), count in shown.items()
    ]
    _, report = recovered(publish(tmp_path / "r", [card("n")], rows))
    assert report.exactly + report.left > 0


def test_whatever_is_recovered_is_written_to_a_file(tmp_path):
    rows = [figure("n", place, shown) for place, shown in [("N", 83), ("P1", HIDDEN), ("P2", 41), ("P3", 39)]]
    report = attack([publish(tmp_path / "r", [card("n")], rows)])
    report.write_csv(tmp_path / "found.csv")
    lines = (tmp_path / "found.csv").read_text().splitlines()
    assert lines[0] == "way,measure,place,by,group,period,low,high,steps"
    assert lines[1].startswith("hidden people,n,P1,everyone,everyone,2026-03-31,3.0,3.0,")
    assert len(lines) == 1 + len(report.recovered)
