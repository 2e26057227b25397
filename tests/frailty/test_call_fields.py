"""What is typed in a call: understood field by field, brought together from two pages, and judged as a whole."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

HERE = ZoneInfo("Europe/London")
NOW = datetime(2026, 4, 16, 9, 20, tzinfo=HERE)  # a Thursday
WHOLE = {
    "caller_name": "Sam",
    "caller_type": "ucrt",
    "reasons": "fall",
    "intended": "ED",
    "advice": "virtual ward",
}


@pytest.mark.parametrize(
    ("written", "day", "clock"),
    [
        ("tomorrow 10:00", 17, "10:00"), ("Tomorrow at 9.05", 17, "09:05"), ("today 16:45", 16, "16:45"),
        ("16:45", 16, "16:45"), ("8:00", 17, "08:00"), ("Monday 14:30", 20, "14:30"), ("thursday", 23, "12:00"),
        ("18 4 2026", 18, "12:00"), ("18 April 11:15", 18, "11:15"), ("today", 16, "12:00"),
    ],
)  # fmt: skip
def test_a_follow_up_is_promised_in_the_words_of_the_telephone(written, day, clock):
    from stewardship.frailty.call_fields import moment

    found = moment(written, NOW)
    assert (found.month, found.day, f"{found:%H:%M}") == (4, day, clock) and found.tzinfo is HERE


@pytest.mark.parametrize(
    "written", ["soon", "yesterday 10:00", "31 2 2026", "tomorrow 25:00", "today 08:00", "15 4 2026", "10"]
)
def test_what_is_no_moment_to_come_is_said(written):
    from stewardship.frailty.call_fields import NotUnderstoodError, moment

    with pytest.raises(NotUnderstoodError, match=r"^When: "):
        moment(written, NOW)


def test_only_the_caller_the_reason_the_intended_action_and_the_advice_are_needed():
    from stewardship.frailty.call_judged import judged

    assert judged(WHOLE, NOW).problems == {}
    for name in WHOLE:
        assert set(judged({**WHOLE, name: " "}, NOW).problems) == {name}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("breaths", "fast"), ("oxygen", "39"), ("systolic", "1208"), ("temperature", "98.6"), ("temperature", "3"),
        ("cfs", "0"), ("cfs", "10"), ("usual_news2", "21"), ("reasons", "fall|pain|wound|chest"), ("advice", "pray"),
        ("caller_name", "x" * 121),
    ],
)  # fmt: skip
def test_a_slip_stands_at_its_field_and_in_the_way_of_ending(name, written):
    from stewardship.frailty.call_fields import FIELDS
    from stewardship.frailty.call_judged import judged

    problems = judged({**WHOLE, name: written}, NOW).problems
    assert set(problems) == {name} and problems[name].startswith(f"{FIELDS[name].label}: ")


def test_a_follow_up_needs_its_time():
    from stewardship.frailty.call_judged import judged

    assert set(judged({**WHOLE, "follow_up": "call_back"}, NOW).problems) == {"follow_up_when"}
    assert judged({**WHOLE, "follow_up": "none", "follow_up_when": "nonsense"}, NOW).problems == {}


def test_news2_is_worked_out_from_what_was_typed():
    from stewardship.frailty.call_judged import score_said, understood

    typed = {
        "breaths": "20", "oxygen": "95", "systolic": "108", "pulse": "96", "temperature": "37,9",
        "alertness": "confusion",
    }  # fmt: skip
    assert score_said(understood(typed).values) == (
        "NEWS2: 6 (new confusion 3, oxygen 1, systolic 1, pulse 1). Worked out from what you typed; oxygen scale 1, on "
        "air. Usual score not known."
    )
    assert "needs alertness" in score_said(understood({**typed, "alertness": ""}).values)
    assert score_said({}) == "NEWS2: nothing measured yet."


def test_fields_that_two_pages_changed_differently_wait_and_others_are_both_kept():
    from stewardship.frailty.call_draft import Difference, merged

    seen = {"caller_name": "Sam"}
    now = {"caller_name": "Sam Fictitious", "question": "Fluids?"}
    found = merged(now, seen, {"caller_name": "Samira", "call_back": "07700 900123", "question": ""})
    assert found.taken == {"call_back": "07700 900123"}
    assert found.differences == (Difference("caller_name", "Sam Fictitious", "Samira"),)


def test_no_advice_is_taken_before_the_caller_was_asked_and_the_answer_is_not_taken_away():
    from stewardship.frailty.call_draft import merged

    found = merged({}, {}, {"advice": "virtual ward", "said": "Bloods", "question": "?"})
    assert found.taken == {"question": "?"} and set(found.unasked) == {"advice", "said"}
    assert merged({}, {}, {"advice": "virtual ward", "intended": "ED"}).unasked == {}
    saved = {"intended": "ED", "advice": "virtual ward"}
    assert merged(saved, saved, {"intended": ""}).unasked == {"intended": ""}
    assert merged(saved, saved, {"intended": "admit"}).taken == {"intended": "admit"}


PAGES = st.dictionaries(
    st.sampled_from(["caller_name", "question", "call_back", "intended", "advice", "said"]),
    st.sampled_from(["", "one", "two"]),
)


@given(seen=PAGES, other=PAGES, mine=PAGES)
def test_nothing_typed_is_ever_lost_and_nobody_s_words_are_overwritten(seen, other, mine):
    from stewardship.frailty.call_draft import merged

    now = {**seen, **other}
    found = merged(now, seen, mine)
    differing = {each.name: each.mine for each in found.differences}
    after = {**now, **found.taken}
    for name, words in mine.items():
        kept = (
            after.get(name, "") == words or differing.get(name) == words or found.unasked.get(name) == words
        )
        assert kept or words == seen.get(name, "")
    for name, words in other.items():
        changed_here = words == seen.get(name, "")
        assert after[name] == words or (changed_here and name in found.taken)
