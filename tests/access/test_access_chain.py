"""The chain of events: whatever is changed in it afterwards is found, and the first place is named."""

import tracemalloc
from dataclasses import fields, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stewardship.access.chain import Event, Head, chained, verify
from stewardship.access.keys import AccessLogError, Keys

KEY, OLDER, STOLEN = ("the log's key, as long as it has to be", "a key that came before it and was put away",
                      "a key that somebody made up for himself")  # fmt: skip
KEYS = Keys((KEY,))
FIELDS = [field.name for field in fields(Event)]


def written(count, keys=KEYS, last=None):
    """Events as they are appended, one after the other."""
    last = last or Head()
    for sequence in range(last.sequence + 1, last.sequence + count + 1):
        event = chained(
            Event(
                sequence, f"2026-03-0{sequence % 9 + 1}T09:00:00.000000Z", sequence % 3 or None, "Dr A. Steward",
                "practice-user", "P81001", "ab12" * 4, "127.0.0.1 1234abcd", "view", f",{sequence + 40},",
                "name#0123456789abcdef", sequence, "closed", "allowed", "page", last.hash,
            ),
            keys,
        )  # fmt: skip
        last = Head(event.sequence, event.hash)
        yield event


WRITTEN = tuple(written(8))
HEAD = Head(8, WRITTEN[-1].hash)
PLACES = st.integers(0, len(WRITTEN) - 1)
ANOTHER = st.one_of(st.none(), st.text(max_size=8), st.integers(-3, 20), st.binary(max_size=3), st.floats())


def first_number_in(sentence):
    return int(next(word for word in sentence.replace(",", "").split() if word.isdigit()))


def test_events_that_nobody_touched_are_whole():
    found = verify(WRITTEN, HEAD, KEYS)
    assert found.whole and not found.note
    assert (found.events, found.head) == (8, HEAD)
    assert verify([], None, KEYS).whole
    assert verify([], Head(), KEYS).whole


@given(place=PLACES, field=st.sampled_from(FIELDS), value=ANOTHER)
def test_any_change_of_any_field_of_any_event_is_found_where_it_is(place, field, value):
    before = getattr(WRITTEN[place], field)
    assume((type(value), value) != (type(before), before))
    events = list(WRITTEN)
    events[place] = replace(events[place], **{field: value})
    found = verify(events, HEAD, KEYS)
    assert not found.whole
    assert found.events == place


@given(place=PLACES, field=st.sampled_from(FIELDS), at=st.integers(0, 70), by=st.characters(codec="ascii"))
def test_a_change_of_one_letter_is_found(place, field, at, by):
    before = getattr(WRITTEN[place], field)
    assume(isinstance(before, str) and at < len(before) and before[at] != by)
    events = list(WRITTEN)
    events[place] = replace(events[place], **{field: before[:at] + by + before[at + 1 :]})
    assert verify(events, HEAD, KEYS).events == place


@given(st.sets(PLACES, min_size=1))
def test_removing_any_events_is_found_and_the_first_gap_named(gone):
    found = verify([event for place, event in enumerate(WRITTEN) if place not in gone], HEAD, KEYS)
    assert not found.whole
    assert "gone" in found.fault
    assert first_number_in(found.fault) == min(gone) + 1


@given(st.permutations(WRITTEN))
def test_any_other_order_is_found(shuffled):
    assume(tuple(shuffled) != WRITTEN)
    assert not verify(shuffled, HEAD, KEYS).whole


@given(PLACES, PLACES)
def test_two_events_that_changed_places_and_numbers_are_found(one, other):
    assume(one != other)
    events = list(WRITTEN)
    events[one] = replace(WRITTEN[other], sequence=one + 1)
    events[other] = replace(WRITTEN[one], sequence=other + 1)
    assert verify(events, HEAD, KEYS).events == min(one, other)


@given(PLACES, PLACES)
def test_an_event_written_twice_is_found(place, at):
    events = [*WRITTEN[:at], WRITTEN[place], *WRITTEN[at:]]
    assert not verify(events, HEAD, KEYS).whole


@given(st.integers(0, 7))
def test_a_tail_that_was_cut_off_is_found(left):
    found = verify(WRITTEN[:left], HEAD, KEYS)
    assert found.events == left
    assert f"the log ends at event {left}" in found.fault


@given(place=PLACES, name=st.text(max_size=5))
def test_sealing_again_without_the_key_everything_after_a_change_is_found(place, name):
    """Somebody who can write to the table, and knows how it is made, but does not have the key."""
    forged = list(WRITTEN[:place])
    for event in WRITTEN[place:]:
        previous = forged[-1].hash if forged else Head().hash
        forged.append(chained(replace(event, name=name, previous=previous), Keys((STOLEN,))))
    for head in (HEAD, Head(8, forged[-1].hash)):
        assert verify(forged, head, KEYS).events == place


def test_events_added_by_somebody_without_the_key_are_found():
    added = [*WRITTEN, *written(2, Keys((STOLEN,)), HEAD)]
    assert verify(added, HEAD, KEYS).events == 8


def test_a_log_that_was_cut_and_went_on_is_not_the_one_that_was_sealed():
    gone_on = [*WRITTEN[:5], *written(6, last=Head(5, WRITTEN[4].hash))]
    changed = [*gone_on[:7], *written(4, Keys((KEY, OLDER)), Head(7, gone_on[6].hash))]
    assert verify(changed, HEAD, KEYS).whole  # the same events under the same numbers are the same log
    other = [*WRITTEN[:5], chained(replace(WRITTEN[5], name="Somebody else"), KEYS)]
    other += written(6, last=Head(6, other[-1].hash))
    found = verify(other, HEAD, KEYS)
    assert "not the one that was sealed" in found.fault
    assert found.events == 7


def test_a_head_that_an_auditor_noted_is_looked_for():
    replaced = tuple(written(9, KEYS))
    other = [chained(replace(replaced[0], name="Somebody else"), KEYS)]
    other += written(8, last=Head(1, other[0].hash))
    everything_replaced = Head(9, other[-1].hash)
    assert verify(other, everything_replaced, KEYS).whole
    assert verify(other, everything_replaced, KEYS, kept=HEAD).events == 7
    assert "are gone" in verify(WRITTEN[:3], Head(3, WRITTEN[2].hash), KEYS, kept=HEAD).fault
    assert verify(WRITTEN, HEAD, KEYS, kept=Head(3, WRITTEN[2].hash)).whole


def test_events_written_after_the_head_was_sealed_are_said_and_no_fault():
    found = verify(WRITTEN, Head(6, WRITTEN[5].hash), KEYS)
    assert found.whole
    assert found.note.startswith("2 of the last events were written after the head was sealed")


def test_a_head_that_is_gone_is_a_fault():
    assert "sealed head is gone" in verify(WRITTEN, None, KEYS).fault


def test_a_new_key_goes_on_from_the_old_one_and_never_back():
    before, both = Keys((OLDER,)), Keys((KEY, OLDER))
    old = tuple(written(4, before))
    new = tuple(written(4, both, Head(4, old[-1].hash)))
    head = Head(8, new[-1].hash)
    assert verify([*old, *new], head, both).whole
    assert verify([*old, *new], head, KEYS).events == 0
    assert verify([*old, *new], head, before).events == 4
    back = tuple(written(1, before, head))
    assert verify([*old, *new, *back], Head(9, back[0].hash), both).events == 8


def test_a_verification_needs_no_more_memory_for_more_events():
    def peak(count):
        tracemalloc.start()
        try:
            last = []
            events = (last.__setitem__(slice(None), [event]) or event for event in written(count))
            assert verify(events, Head(), KEYS).events == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(100)
    assert peak(6000) < peak(600) * 1.5


@pytest.mark.parametrize("setting", ["", " , ", "short", KEY + ",short"])
def test_a_log_without_a_good_key_is_refused(setting):
    with pytest.raises(AccessLogError, match="STEWARDSHIP_LOG_KEY"):
        Keys.from_setting(setting)


def test_a_reason_opens_under_the_old_key_too():
    closed = Keys((OLDER,)).closed("Asked by Mrs Example")
    assert "Example" not in closed
    assert Keys((KEY, OLDER)).opened(closed) == "Asked by Mrs Example"
    assert Keys((KEY,)).opened("") == ""
    with pytest.raises(AccessLogError, match="none of the keys"):
        KEYS.opened(closed)
