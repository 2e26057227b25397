"""Published tables stand in the order of their columns' words and days, however they come."""

from datetime import date

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from stewardship.measures.published import in_order

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["E1", "E10", "E2", "é", ""]),
        st.dates(date(2020, 1, 1), date(2020, 3, 1)),
        st.integers(0, 9),
    ),
    max_size=60,
)


@given(rows=ROWS, pieces=st.integers(1, 3))
def test_rows_are_in_the_order_that_comparing_words_gives(rows, pieces):
    words, days, numbers = zip(*rows, strict=True) if rows else ((), (), ())
    table = pa.table({
        "word": pa.array(words, pa.string()), "day": pa.array(days, pa.date32()),
        "number": pa.array(numbers, pa.int64()),
    })  # fmt: skip
    table = pa.concat_tables(
        [
            table.slice(start, -(-len(table) // pieces))
            for start in range(0, len(table), max(1, -(-len(table) // pieces)))
        ]
        or [table]
    )
    expected = table.sort_by([("word", "ascending"), ("day", "ascending"), ("number", "ascending")])
    assert in_order(table, ("word", "day", "number")).to_pylist() == expected.to_pylist()
