"""What the timed rules have to say of a pathway beside its next step: its own facts, and its filter tests."""

from datetime import date

from stewardship.cancer.models import TrackedPathway
from stewardship.rules.cancer.timed.advice import Advice, advice
from stewardship.rules.cancer.timed.filter_tests import filter_tests
from stewardship.rules.cancer.timed.tracked import Tracked


def advised(one: TrackedPathway, known: Tracked | None, today: date) -> tuple[Advice, ...]:
    """What is to be said of a pathway on a day, the most pressing first; nothing where no day counts."""
    if known is None:
        return ()
    done = set(one.filter_tests.filter(done_on__lte=today).values_list("test", flat=True))
    done &= {test.code for test in filter_tests()}
    return advice(known, today, filter_tests_done=done, sex=one.sex)
