"""Counts are kept; outcomes come from the thresholds of the day on which they are read."""

from datetime import date

import pytest

from stewardship.records.quality.counts import CheckCard, CheckCount, Checked, read_checked, write_checked
from stewardship.records.quality.judging import judged
from stewardship.records.quality.thresholds import Threshold

CARD = CheckCard("after-death", "Rows dated after death", 0.01, "letters follow a death", "Ask the sender.")


def threshold(at_most, source="", on=date(2026, 3, 1), check="after-death"):
    return Threshold(check, source, at_most, "A. Name", "Known until the next release", on)


def checked(count, examined, source="acute", thresholds=(), **more):
    counted = CheckCount("after-death", "activity", source, count, examined, **more)
    return Checked((CARD,), (counted,), thresholds)


@pytest.mark.parametrize("count, examined, outcome", [
    (0, 1000, "pass"),
    (10, 1000, "pass"),  # a hundredth is still put up with
    (11, 1000, "fail"),
    (0, 0, "not applicable"),
    (None, 1000, "pass"),  # hidden: at most 7
    (None, 600, "fail"),
    (0, None, "pass"),
    (None, None, "fail"),
])  # fmt: skip
def test_the_checks_own_threshold_holds_where_the_system_has_set_none(count, examined, outcome):
    (one,) = judged(checked(count, examined))
    assert (one.outcome, one.at_most, one.because, one.author) == (
        outcome,
        0.01,
        "letters follow a death",
        "",
    )


def test_a_check_that_did_not_run_has_no_other_outcome():
    (one,) = judged(checked(0, 0, not_run="no deaths have been sent"))
    assert one.outcome == "could not run"


@pytest.mark.parametrize("thresholds, at_most", [
    ([threshold(0.5)], 0.5),
    ([threshold(0.5, "gp")], 0.01),
    ([threshold(0.5, "acute"), threshold(0.2)], 0.5),  # that of the source comes first
    ([threshold(0.5, on=date(2026, 1, 1)), threshold(0.2, on=date(2026, 2, 1))], 0.2),  # and of two the later
    ([threshold(0.5, check="other")], 0.01),
])  # fmt: skip
def test_the_systems_own_threshold_with_author_reason_and_date(thresholds, at_most):
    (one,) = judged(checked(300, 1000), tuple(thresholds))
    assert one.at_most == at_most
    if at_most != 0.01:
        assert (one.author, one.because) == ("A. Name", "Known until the next release")
        assert one.since is not None
    assert one.outcome == ("pass" if at_most == 0.5 else "fail")


def test_no_threshold_of_today_means_those_of_the_build():
    built = checked(300, 1000, thresholds=(threshold(0.5),))
    assert judged(built)[0].outcome == "pass"
    assert judged(built, ())[0].outcome == "fail"


def test_the_share_is_not_told_where_a_count_is_hidden():
    assert judged(checked(None, 1000))[0].share is None
    assert judged(checked(25, 1000))[0].share == 0.025


def test_counts_are_read_as_they_were_written(tmp_path):
    counts = (
        CheckCount("after-death", "activity", "acute", None, 35, "R1", date(2025, 3, 1), note="told"),
        CheckCount("after-death", "condition", not_run="no deaths have been sent"),
    )
    whole = Checked((CARD,), counts, (threshold(0.2),))
    write_checked(tmp_path / "checked.json", whole)
    assert read_checked(tmp_path / "checked.json") == whole
