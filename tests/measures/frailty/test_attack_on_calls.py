"""The attack on published calls: it finds nothing in what a build publishes, and finds what control would have left."""

import pyarrow as pa
import pytest

from stewardship.measures.attack.calls import attack_calls
from stewardship.measures.frailty.calls_published import CALLS, read_frailty, write_frailty
from stewardship.measures.published import Published
from support.register_drawn import drawn_calls, write_register_drawn
from support.snapshots import publish


@pytest.mark.parametrize(("many", "seed"), [(3000, 5), (400, 6), (150, 7), (60, 8)])
def test_nothing_that_is_hidden_is_told_by_sums(tmp_path, many, seed):
    folder = publish(tmp_path)
    write_register_drawn(folder, drawn_calls(many, seed))
    tried, found = attack_calls(Published(folder), enough=7)
    assert tried > 10
    assert [each.in_words for each in found] == []


def test_a_count_that_is_hidden_alone_is_found(tmp_path):
    folder = publish(tmp_path)
    write_register_drawn(folder)
    rows = read_frailty(folder, "calls")
    shown = [row for row in rows if row["by"] in ("caller", "everyone") and row["period"] == "year"]
    last = max(row["end"] for row in shown)
    total = {"calls": 30, "by": "everyone"}
    made = []
    for row in shown:
        if row["end"] == last:
            calls = (
                total["calls"]
                if row["by"] == "everyone"
                else {"GP": 10, "Ambulance": 25}.get(row["group"], 0)
            )
            made.append(row | {"calls": None if row["group"] == "Care home" else calls})
    write_frailty(folder, "calls", pa.Table.from_pylist(made, schema=CALLS))
    _, found = attack_calls(Published(folder), enough=7)
    assert [each.group for each in found] == ["Care home"]
