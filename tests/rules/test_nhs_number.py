import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.rules.nhs_number import as_shown, check_digit, nhs_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("9434765919", "9434765919"),
        ("943 476 5919", "9434765919"),
        ("999-000-0018", "9990000018"),
        ("9434765918", None),  # wrong check digit
        ("943476591", None),  # nine digits
        ("94347659190", None),  # eleven
        ("943476591X", None),
        ("٩٤٣٤٧٦٥٩١٩", None),  # digits of another script
        ("", None),
    ],
)
def test_a_number_is_told_by_its_check_digit(written, number):
    assert nhs_number(written) == number


@pytest.mark.parametrize("digit", "0123456789")
def test_one_digit_ten_times_stands_for_not_known(digit):
    assert nhs_number(digit * 10) is None


def test_a_stem_may_have_no_number_at_all():
    assert check_digit("999000014") is None


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(stem, place, more):
    digit = check_digit(stem)
    if digit is None:
        return
    wrong = stem[:place] + str((int(stem[place]) + more) % 10) + stem[place + 1 :]
    assert nhs_number(f"{wrong}{digit}") is None


def test_it_is_shown_as_people_read_it_out():
    assert as_shown("9434765919") == "943 476 5919"
