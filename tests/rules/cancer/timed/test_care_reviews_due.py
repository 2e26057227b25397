"""Cancer care reviews, 3 and 12 months after diagnosis."""

from datetime import date, timedelta

import pytest

from stewardship.rules.cancer.timed.reviews import ReviewState, has_reviews, review_standings, reviews_due
from stewardship.rules.cancer.timed.tracked import Review

DIAGNOSED = date(2025, 1, 10)


def on(day):
    return None if day is None else DIAGNOSED + timedelta(days=day)


def state(months, day, *reviews):
    found = {s.review.months: s for s in review_standings(DIAGNOSED, reviews, on(day))}
    return found[months].state


@pytest.mark.parametrize("months, day, expected", [
    (3, 61, ReviewState.NOT_YET_DUE),
    (3, 62, ReviewState.DUE),
    (3, 93, ReviewState.DUE),       # the last day
    (3, 94, ReviewState.OVERDUE),
    (12, 274, ReviewState.NOT_YET_DUE),
    (12, 275, ReviewState.DUE),
    (12, 365, ReviewState.DUE),
    (12, 366, ReviewState.OVERDUE),
])  # fmt: skip
def test_a_review_is_due_and_then_overdue(months, day, expected):
    assert state(months, day) is expected


@pytest.mark.parametrize("done, by_practice, declined, day, expected", [
    (93, True, None, 120, ReviewState.DONE),
    (94, True, None, 120, ReviewState.DONE_LATE),
    (121, True, None, 120, ReviewState.OVERDUE),
    (50, False, None, 120, ReviewState.HOSPITAL_ONLY),
    (None, True, 80, 120, ReviewState.DECLINED),
    (None, True, 121, 120, ReviewState.OVERDUE),
    (90, True, 80, 120, ReviewState.DONE),
])  # fmt: skip
def test_what_became_of_a_review_is_its_state(done, by_practice, declined, day, expected):
    held = Review(months=3, done=on(done), by_practice=by_practice, declined=on(declined))
    assert state(3, day, held) is expected
    assert state(12, day, held) is ReviewState.NOT_YET_DUE


def test_a_review_by_the_practice_goes_before_one_by_the_hospital():
    held = (Review(months=3, done=on(40), by_practice=False), Review(months=3, done=on(92)))
    assert state(3, 100, *held) is ReviewState.DONE


def test_each_review_has_its_last_day():
    assert [s.by for s in review_standings(DIAGNOSED, (), on(0))] == [date(2025, 4, 13), date(2026, 1, 10)]


@pytest.mark.parametrize("day, owed", [
    (61, []), (62, [3]), (274, [3]), (275, [3, 12]), (456, [3, 12]), (457, [12]), (730, [12]), (731, []),
])  # fmt: skip
def test_the_practice_owes_a_review_from_when_it_is_due_until_it_is_no_longer_asked_for(day, owed):
    assert [s.review.months for s in reviews_due(DIAGNOSED, (), on(day))] == owed


@pytest.mark.parametrize("held, owed", [
    (Review(months=3, done=on(70)), []),
    (Review(months=3, declined=on(70)), []),
    (Review(months=3, done=on(70), by_practice=False), [3]),
    (Review(months=12, done=on(70)), [3]),
])  # fmt: skip
def test_the_practice_owes_no_review_that_was_done_or_declined(held, owed):
    assert [s.review.months for s in reviews_due(DIAGNOSED, (held,), on(100))] == owed


def test_nobody_owes_a_review_without_a_diagnosis():
    assert reviews_due(None, (), on(100)) == ()


@pytest.mark.parametrize("diagnosis, diagnosed, kept", [
    ("C18.7", "2025-01-10", True), ("c50", "2003-04-01", True), ("C50", "2003-03-31", False),
    ("C44.3", "2025-01-10", False), ("C43.9", "2025-01-10", True), ("D05.1", "2025-01-10", False),
    ("", "2025-01-10", False),
])  # fmt: skip
def test_reviews_are_of_malignant_diagnoses_but_non_melanoma_skin_cancer(diagnosis, diagnosed, kept):
    assert has_reviews(diagnosis, date.fromisoformat(diagnosed)) is kept
