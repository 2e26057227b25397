"""Who is found, and who is left out because they opted out of being looked for."""

from datetime import date

import pytest

from stewardship.measures.frailty.candidates import find
from stewardship.records import gate
from stewardship.records.decisions import USES
from stewardship.records.engine import Engine
from support.gate_matrix import opt_outs
from support.small_records import TODAY, SmallSource, drawn, write_sources

AS_OF = date(2026, 6, 30)
EVERYONE = [1, 2, 3, 4, 5]
GP = """
event_id | person_id | system | code            | start
1        | 1         | SNOMED | 925831000000107 | 2024-05-01
2        | 2         | SNOMED | 925831000000107 | 2024-05-01
3        | 3         | SNOMED | 925831000000107 | 2024-05-01
4        | 4         | SNOMED | 925831000000107 | 2024-05-01
5        | 5         | SNOMED | 44054006        | 2024-05-01
"""
STAYS = """
activity_id | person_id | point_of_delivery   | start
1           | 2         | emergency_admission | 2026-03-01
2           | 2         | emergency_admission | 2026-05-01
"""
CHOICES = {2: "type 1", 3: "national", 4: "risk stratification objection"}


def at_home(who):
    return {
        "person": [{"person_id": each, "birth_date": date(1940, 1, 1)} for each in who],
        "registration": [{"person_id": each, "practice": "P1", "start": date(2020, 1, 1)} for each in who],
    }


@pytest.fixture
def found(tmp_path):
    gp = {**at_home(EVERYONE), "condition": drawn(GP, "condition")}
    sources = {
        "gp": SmallSource("general practice", gp),
        "ward": SmallSource("hospital", {"activity": drawn(STAYS, "activity")}),
    }
    write_sources(tmp_path / "records", sources)
    engine = Engine(scratch=tmp_path / "scratch", memory="1GB", threads=1)

    def under(permitted):
        told = find(gate.open_records(tmp_path / "records", engine, permitted), AS_OF)
        return {each.person_id for each in told}

    yield under
    engine.close()


def case_finding(national, choices=CHOICES):
    return gate.permit(
        USES["case-finding"], row=4, basis="a test", national_opt_out=national, opt_outs=opt_outs(choices),
        today=TODAY,
    )  # fmt: skip


@pytest.mark.parametrize("national, expected", [("does not apply", {1, 3}), ("applies", {1})])
def test_who_opted_out_is_found_by_no_reason_as_the_row_says(found, national, expected):
    assert found(case_finding(national)) == expected


def test_everybody_with_a_reason_is_found_where_nobody_opted_out(found):
    assert found(case_finding("applies", choices={})) == {1, 2, 3, 4}


def test_no_permit_is_given_without_a_ruling_or_a_list():
    with pytest.raises(gate.GateError, match="asks for a ruling"):
        gate.permit(USES["case-finding"], row=4, basis="b", today=TODAY, opt_outs=opt_outs({}))
    with pytest.raises(gate.GateError, match="no list of opt-outs"):
        gate.permit(
            USES["case-finding"], row=4, basis="b", today=TODAY, opt_outs=None, national_opt_out="applies"
        )
    with pytest.raises(gate.GateError, match="cannot be row 3"):
        gate.permit(USES["case-finding"], row=3, basis="b", today=TODAY, opt_outs=opt_outs({}))
