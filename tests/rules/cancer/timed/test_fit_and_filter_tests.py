"""FIT results against their threshold, and the filter tests of non-specific symptoms."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.rules.cancer.timed.filter_tests import filter_tests, missing_filter_tests
from stewardship.rules.cancer.timed.fit import Finding, Fit, fit_result, read_fit

DAY = date(2026, 3, 2)


@pytest.mark.parametrize("text, finding", [
    ("9.9", Finding.BELOW),
    ("10", Finding.RAISED),
    ("10.0", Finding.RAISED),
    ("250", Finding.RAISED),
    ("0", Finding.BELOW),
    ("<4", Finding.BELOW),
    ("<10", Finding.BELOW),       # less than 10 is below 10
    ("<=10", Finding.UNCLEAR),    # may be 10
    ("<= 9.9", Finding.BELOW),
    ("<20", Finding.UNCLEAR),
    (">200", Finding.RAISED),
    (">10", Finding.RAISED),
    (">=10", Finding.RAISED),
    ("≥ 10 µg/g", Finding.RAISED),
    (">5", Finding.UNCLEAR),      # may be 6 or 600
    ("12 ug/g", Finding.RAISED),
    ("12 µg Hb/g", Finding.RAISED),
    ("12 MICROGRAMS/G", Finding.RAISED),
    ("60 ng/mL", Finding.UNCLEAR),  # of the buffer, not of faeces
])  # fmt: skip
def test_a_result_is_compared_with_ten_micrograms_per_gram(text, finding):
    comparator, value, unit = fit_result(text)
    assert read_fit(Fit(value=value, comparator=comparator, unit=unit, resulted=DAY), DAY).finding is finding


@pytest.mark.parametrize("text", ["", "positive", "10,5", "-3", "< ", "1e5", "12345678"])
def test_what_is_no_result_is_refused(text):
    with pytest.raises(ValueError, match="A FIT result is a number"):
        fit_result(text)


def test_a_threshold_is_of_its_purpose_and_its_time():
    fit = Fit(value=Decimal(60), resulted=DAY)
    assert read_fit(fit, DAY).finding is Finding.RAISED
    screening = read_fit(fit, DAY, "screening")
    assert (screening.finding, screening.threshold.at_least) == (Finding.BELOW, Decimal(120))
    before = Fit(value=Decimal(60), resulted=date(2023, 8, 23))
    assert (read_fit(before, DAY).finding, read_fit(before, DAY).threshold) == (Finding.UNCLEAR, None)
    assert read_fit(Fit(value=Decimal(60), resulted=date(2023, 8, 24)), DAY).finding is Finding.RAISED


@pytest.mark.parametrize("fit, finding, do", [
    (Fit(), Finding.NO_RESULT, "text message"),
    (Fit(missing_because="kit lost"), Finding.NO_RESULT, "text message"),
    (Fit(value=Decimal(3), resulted=date(2026, 3, 3)), Finding.NO_RESULT, "text message"),  # to come
    (Fit(value=Decimal(3), resulted=DAY), Finding.BELOW, "safety-net list"),
    (Fit(value=Decimal(30), resulted=DAY), Finding.RAISED, "straight to test"),
    (Fit(value=Decimal(3), resulted=DAY, found=("rectal mass",)), Finding.NOT_WAITED_FOR, "does not wait"),
    (Fit(found=("anal ulceration",)), Finding.NOT_WAITED_FOR, "does not wait"),
    (Fit(found=("anaemia",)), Finding.NO_RESULT, "text message"),
    (Fit(missing_because="Rectal mass felt"), Finding.NOT_WAITED_FOR, "does not wait"),
    (Fit(missing_because="anal mass"), Finding.NOT_WAITED_FOR, "does not wait"),
])  # fmt: skip
def test_each_finding_says_what_to_do(fit, finding, do):
    reading = read_fit(fit, DAY)
    assert reading.finding is finding and do in reading.do


def test_who_is_below_is_looked_at_again_in_eight_to_ten_weeks():
    below = read_fit(Fit(value=Decimal(3), resulted=DAY), DAY)
    assert below.look_again == (date(2026, 4, 27), date(2026, 5, 11))
    assert read_fit(Fit(value=Decimal(30), resulted=DAY), DAY).look_again is None


tenths = st.integers(0, 5000).map(lambda value: Decimal(value) / 10)


@given(tenths, st.sampled_from(["", "<", "<=", ">", ">="]), tenths)
def test_a_finding_never_contradicts_what_the_value_may_be(value, comparator, truth):
    holds = {
        "": truth == value, "<": truth < value, "<=": truth <= value, ">": truth > value, ">=": truth >= value,
    }  # fmt: skip
    finding = read_fit(Fit(value=value, comparator=comparator, resulted=DAY), DAY).finding
    if holds[comparator] and finding is not Finding.UNCLEAR:
        assert (finding is Finding.RAISED) == (truth >= 10)


def codes(tests):
    return [test.code for test in tests]


ASKED_OF_ALL = 12


@pytest.mark.parametrize(
    "sex, of_one_sex", [("1", ["psa"]), ("2", ["ca125"]), ("9", []), ("0", []), ("", [])]
)
def test_tests_of_one_sex_are_asked_of_that_sex(sex, of_one_sex):
    missing = codes(missing_filter_tests([], sex))
    assert len(missing) == ASKED_OF_ALL + len(of_one_sex)
    assert [code for code in missing if code in ("psa", "ca125")] == of_one_sex


def test_what_was_done_is_not_missing():
    done = [test.code for test in filter_tests() if test.code not in ("fit", "chest_x_ray", "ca125")]
    assert codes(missing_filter_tests(done, "1")) == ["fit", "chest_x_ray"]
    assert codes(missing_filter_tests([*done, "fit", "chest_x_ray"], "1")) == []


def test_an_unknown_filter_test_is_refused():
    with pytest.raises(ValueError, match="No filter test: ct_head"):
        missing_filter_tests(["fit", "ct_head"], "2")
