"""What the timed rules have to say of a pathway beside its next step: its own facts, and its FIT and filter tests."""

from datetime import date
from decimal import Decimal
from typing import cast

from stewardship.cancer.models import FitResult, TrackedPathway
from stewardship.rules.cancer.timed.advice import Advice, advice
from stewardship.rules.cancer.timed.filter_tests import filter_tests
from stewardship.rules.cancer.timed.fit import Comparator, Fit
from stewardship.rules.cancer.timed.tracked import Tracked


def advised(one: TrackedPathway, known: Tracked | None, today: date) -> tuple[Advice, ...]:
    """What is to be said of a pathway on a day, the most pressing first; nothing where no day counts."""
    if known is None:
        return ()
    last = one.fit_results.order_by("made_at", "pk").last()
    done = set(one.filter_tests.filter(done_on__lte=today).values_list("test", flat=True))
    done &= {test.code for test in filter_tests()}
    return advice(known, today, fit=_fit(last), filter_tests_done=done, sex=one.sex)


def _fit(row: FitResult | None) -> Fit | None:
    if row is None:
        return None
    return Fit(
        value=None if row.tenths is None else Decimal(row.tenths) / 10,
        comparator=cast(Comparator, row.comparator),
        sampled=row.sampled_on,
        resulted=row.resulted_on,
        missing_because=row.missing_because,
    )
