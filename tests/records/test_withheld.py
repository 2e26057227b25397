"""What a text holds that must not stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.records.codes import define_snomed_check
from stewardship.records.engine import Engine
from stewardship.records.withheld import define_withheld
from stewardship.rules.nhs_number import nhs_number


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = Engine(scratch=tmp_path_factory.mktemp("withheld"), threads=1)
    define_snomed_check(engine)
    define_withheld(engine)
    yield engine
    engine.close()


@pytest.mark.parametrize(
    "text, holds",
    [
        ("9434765919", True),
        ("943 476 5919", True),
        ("943-476-5919", True),
        ("rang about 9434765919.", True),
        ("NHS9434765919", True),
        ("9434765918 9434765919", True),  # the second; the first has a wrong check digit
        ("9434765918", False),
        ("9999999999", False),
        ("19434765919", False),  # eleven digits
        ("44054006", False),
        ("1148757008", False),  # of a SNOMED CT concept, though its last digit would check
        ("", False),
        (None, None),
    ],
)
def test_texts_that_hold_a_number(engine, text, holds):
    assert engine.rows("SELECT holds_nhs_number(?::VARCHAR)", [text]) == [(holds,)]


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[4-9][0-9]{9}", fullmatch=True))
def test_a_number_is_what_the_rule_says_it_is(engine, digits):
    assert engine.rows("SELECT holds_nhs_number(?)", [digits]) == [(nhs_number(digits) is not None,)]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.from_regex(r"[1-9][0-9]{9}", fullmatch=True), st.integers(-(2**63), 2**63 - 1).map(str)))
def test_of_whole_numbers_the_same_are_numbers_of_people(engine, digits):
    right = len(digits) == 10 and digits.isdecimal() and nhs_number(digits) is not None
    assert engine.rows("SELECT is_nhs_number_whole(?::BIGINT)", [int(digits)]) == [(right,)]


@pytest.mark.parametrize(
    "text, none", [("C10E.", False), ("127013003", False), ("type 2 diabetes", True), ("x" * 21, True)]
)
def test_a_code_is_one_short_word(engine, text, none):
    assert engine.rows("SELECT is_no_code(?)", [text]) == [(none,)]
