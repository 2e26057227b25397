"""Lists and populations hold people whom their opt-outs leave out of the records: that is no fault of the records."""

from contextlib import closing

import pytest

from stewardship.records import gate
from stewardship.records.decisions import USES
from stewardship.records.engine import Engine
from stewardship.records.quality.denominators import LeftOut, lists_of_practices, residents_of_places
from stewardship.records.quality.gathered import Gathered
from support.gate_matrix import opt_outs
from support.small_records import TODAY, write_records
from support.sound_records import AS_OF, DEAD, sound_places, sound_rows

LEFT_OUT = {who: "type 1" for who in range(1, 41) if who % 4 == 0 and who != DEAD}  # about ten of forty


def compared(folder, rows):
    write_records(folder / "records", rows)
    allowed = gate.permit(
        USES["planning-results"], row=5, basis="a test", today=TODAY, opt_outs=opt_outs(LEFT_OUT)
    )
    with closing(Engine(scratch=folder / "scratch", memory="1GB", threads=1)) as engine:
        records = gate.open_records(folder / "records", engine, allowed)
        gathered = Gathered(records, sound_places(), AS_OF)
        return [*lists_of_practices(gathered), *residents_of_places(gathered)]


def test_lists_are_compared_less_the_share_of_people_who_are_left_out_everywhere(tmp_path):
    found = compared(tmp_path, sound_rows())
    assert {each.examined for each in found} == {30}
    assert {each.count for each in found} == {0}
    assert {each.note for each in found} == {"less the 25% of people who are left out by their opt-outs"}


@pytest.mark.parametrize("found, published, counted", [
    (94, 100, 0),  # 95 as published, of 94 expected
    (86, 100, 0),  # 85: within the 2 of rounding and the 7.1 of chance
    (84, 100, 0),  # 85
    (82, 100, 5),  # 80: 14 away, of which 9.1 may be chance
    (9_400, 10_000, 0),
    (9_320, 10_000, 7),  # 80 away: chance comes to no more than 71.2 among ten thousand
    (0, 100, 85),
])  # fmt: skip
def test_more_than_chance_in_who_is_left_out_has_to_be_missing(found, published, counted):
    """Six in a hundred people are left out of the records everywhere, and a list is compared less those."""
    against = LeftOut(seen=940, people=1_000).against("practice-lists", found, published, "ZZP01")
    assert (against.count, against.examined) == (counted, round(0.94 * published))
