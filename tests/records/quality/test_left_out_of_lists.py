"""Lists and populations hold people whom their opt-outs leave out of the records: that is no fault of the records."""

from contextlib import closing

from stewardship.records import gate
from stewardship.records.decisions import USES
from stewardship.records.engine import Engine
from stewardship.records.quality.denominators import lists_of_practices, residents_of_places
from stewardship.records.quality.gathered import Gathered
from support.gate_matrix import opt_outs
from support.small_records import TODAY, write_records
from support.sound_records import AS_OF, DEAD, sound_places, sound_rows

LEFT_OUT = {who: "type 1" for who in range(1, 41) if who % 4 == 0 and who != DEAD}  # about ten of forty


def test_lists_are_compared_less_the_share_of_people_who_are_left_out_everywhere(tmp_path):
    write_records(tmp_path / "records", sound_rows())
    allowed = gate.permit(
        USES["planning-results"], row=5, basis="a test", today=TODAY, opt_outs=opt_outs(LEFT_OUT)
    )
    with closing(Engine(scratch=tmp_path / "scratch", memory="1GB", threads=1)) as engine:
        records = gate.open_records(tmp_path / "records", engine, allowed)
        gathered = Gathered(records, sound_places(), AS_OF)
        found = [*lists_of_practices(gathered), *residents_of_places(gathered)]
    assert {each.examined for each in found} == {30}
    assert {each.count for each in found} == {0}
    assert {each.note for each in found} == {"less the 25% of people who are left out by their opt-outs"}
