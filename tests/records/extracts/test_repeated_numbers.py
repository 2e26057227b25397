"""Numbers that stand more than once are found, wherever they lie and however many are compared at a time."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stewardship.records.engine import Engine
from stewardship.records.extracts import repeated
from stewardship.records.extracts.repeated import repeated_in

NUMBERS = some.integers(-50, 50) | some.integers(2**40, 2**40 + 60) | some.integers(-(2**63) + 1, 2**63 - 1)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = Engine(scratch=tmp_path_factory.mktemp("scratch"), memory="1GB")
    yield engine
    engine.close()


@given(numbers=some.lists(some.none() | NUMBERS, max_size=60), at_once=some.sampled_from([7, 20, 1_000]))
def test_repeated_numbers_are_those_that_are_counted_more_than_once(engine, numbers, at_once):
    engine.run("CREATE OR REPLACE TABLE sent AS SELECT unnest(?::BIGINT[]) AS number", [numbers])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(repeated, "AT_ONCE", at_once)
        found = repeated_in("sent", "number", engine).tolist()
    times = Counter(number for number in numbers if number is not None)
    assert sorted(found) == sorted(number for number, n in times.items() if n > 1)
