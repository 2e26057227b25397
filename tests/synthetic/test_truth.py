"""What is told of each batch adds up to what is told of all."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.synthetic.truth import Planted, together, write_truth

LEAF = st.integers(0, 1000)
REALISED = st.fixed_dictionaries(
    {"events": LEAF, "by_month": st.dictionaries(st.sampled_from(["2025-01", "2025-02"]), LEAF)},
    optional={"people": st.lists(st.sampled_from("abc"), max_size=3)},
)


def planted(realised, words="Fewer admissions.", finish=dict):
    return Planted(
        "change", words, {"ratio": 0.7}, ["ZZN01"], "the frail", "from 2025-01", realised, "count", finish
    )


@given(REALISED, REALISED, REALISED)
def test_it_does_not_matter_in_what_groups_batches_are_added_up(one, two, three):
    a, b, c = map(planted, (one, two, three))
    assert (a + b) + c == a + (b + c)


def test_numbers_are_added_and_names_are_strung_together():
    both = together(
        [planted({"n": 1, "who": ["a"], "by": {"x": 1}}), planted({"n": 2, "who": ["b"], "by": {"y": 5}})]
    )
    assert both["change"].realised == {"n": 3, "who": ["a", "b"], "by": {"x": 1, "y": 5}}


@pytest.mark.parametrize("other", [planted({"n": 1}, words="Something else."), planted({"n": ["a"]})])
def test_two_different_things_are_not_added_up(other):
    with pytest.raises(ValueError, match="batch"):
        planted({"n": 1}) + other


def test_what_is_a_quotient_is_worked_out_of_the_whole(tmp_path):
    def rate(realised):
        return {"rate": realised["events"] / realised["years"]}

    parts = [planted({"events": n, "years": 10}, finish=rate) for n in (1, 2)]
    write_truth(tmp_path / "truth.json", {"seed": 1}, together(parts))
    told = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert told["made_with"] == {"seed": 1}
    assert told["planted"][0]["realised"] == {"events": 3, "years": 20, "rate": 0.15}
