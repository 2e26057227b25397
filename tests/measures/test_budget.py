"""Budgets: lines add up and tell of nobody, ledgers stand beside costs with their difference, and heads and burden."""

import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stewardship.build import place_cards
from stewardship.measures.allocation import allocate
from stewardship.measures.budget import budget
from stewardship.measures.budget_burden import burden_of
from stewardship.measures.budget_ledgers import Compared, Ledger, by_organisation, by_programme
from stewardship.measures.budget_lines import Line, put_together
from stewardship.measures.budget_published import read_budget, write_budget
from stewardship.measures.budget_totals import Rows
from stewardship.people.table import people_of
from stewardship.records.engine import Engine
from stewardship.records.model import PLACE
from support.allocated import AREAS, HEART, LUNGS, UNIT_COSTS, YEARS, Resident, tables
from support.small_records import opened, write_records

DAY = date(2024, 6, 3)


def line(
    organisation="T1", point="outpatient", people=8, pence=1_000, first=0, bases=("actual",), contacts=10
):
    """A line behind which so many people stand, the first of them of that number."""
    bits = sum(1 << (first + number) for number in range(people))
    return Line(1, 0, organisation, point, bases, contacts, pence, bits)


FEW = line("T2", people=3, pence=50, contacts=3, first=20)


@pytest.mark.parametrize("lines, expected", [
    ([line(), line("T2")], [("T1", "outpatient", 1_000), ("T2", "outpatient", 1_000)]),
    ([line(), FEW], [("several", "outpatient", 1_050)]),  # nothing else it could be put together with
    ([line(), line("T3", contacts=90), FEW], [("T3", "outpatient", 1_000), ("several", "outpatient", 1_050)]),
    ([line(), FEW, line("T3", people=5, first=30, pence=7)],
     [("T1", "outpatient", 1_000), ("several", "outpatient", 57)]),
    ([line(), line("T1", "day_case", people=3), line("T1", "community", people=5, first=3)],
     [("T1", "outpatient", 1_000), ("T1", "several", 2_000)]),
    ([line(), line("T1", "day_case", people=3), line("T1", "community", people=5)],  # the same people twice are no more
     [("T1", "several", 3_000)]),
    ([FEW], [("T2", "outpatient", 50)]),
])  # fmt: skip
def test_lines_of_few_people_are_put_together(lines, expected):
    assert [(one.organisation, one.point, one.pence) for one in put_together(lines)] == expected


some_lines = st.lists(
    st.builds(
        line,
        organisation=st.sampled_from(["T1", "T2", "T3"]),
        point=st.sampled_from(["outpatient", "day_case", "community"]),
        people=st.integers(1, 12), pence=st.integers(0, 10_000), first=st.integers(0, 40),
        contacts=st.integers(1, 50), bases=st.sampled_from([("actual",), ("estimated",)]),
    ),
    max_size=12, unique_by=lambda one: (one.organisation, one.point, one.bases),
)  # fmt: skip


@given(some_lines)
def test_lines_put_together_add_up_and_only_one_alone_may_be_of_few(lines):
    found = put_together(lines)
    assert sum(one.pence for one in found) == sum(one.pence for one in lines)
    assert sum(one.contacts for one in found) == sum(one.contacts for one in lines)
    assert len(found) <= 1 or not any(one.few for one in found)


LEDGER = Ledger(12, {
    ("T1", "outpatient"): 1_300, ("Z", "gp_appointment"): 900, ("T1", ""): 70, ("C1", "social_care"): 5,
    ("C2", "social_care"): 6,
}, {"10A": 2_000, "11A": 10, "11B": 5, "99": 40})  # fmt: skip


def test_costs_stand_beside_the_ledger_that_pays_and_the_difference_is_not_spread():
    found = by_organisation([
        line(), line("general practices", "gp_appointment", pence=950), line("ELSEWHERE", "social_care", pence=40),
        line("T9", "day_case", pence=3),
    ], LEDGER)  # fmt: skip
    assert found == [
        Compared("C1", "social_care", None, 5),
        Compared("C2", "social_care", None, 6),
        Compared("T1", "", None, 70),
        Compared("T1", "outpatient", 1_000, 1_300, ("actual",)),
        Compared("Z", "gp_appointment", 950, 900, ("actual",)),  # no ledger of theirs, and only one that pays
        Compared("not told", "day_case", 3, None, ("actual",)),
        Compared("not told", "social_care", 40, None, ("actual",)),  # two ledgers pay: it is not known which
    ]


def test_small_costs_of_a_payer_stand_together_beside_all_its_ledgers_lines_of_the_same_care():
    few = [line("T1", "outpatient", people=3), line("T1", "day_case", people=6, first=3, pence=10)]
    found = by_organisation(
        few, Ledger(12, {("T1", "outpatient"): 1_300, ("T1", "day_case"): 4, ("T1", ""): 9})
    )
    assert found == [
        Compared("T1", "", None, 9),
        Compared("T1", "several", 1_010, 1_304, ("actual",)),
    ]


def test_areas_stand_beside_their_programmes_and_nobodys_beside_the_rest():
    rows = Rows(AREAS)
    pence = [100 * (number + 1) for number in range(len(rows.keys))]
    found = by_programme(pence, AREAS, LEDGER)
    assert found == [
        Compared("heart", "10A", 100, 2_000),
        Compared("lungs", "11A, 11B", 200, 15),
        Compared("sugar", "04A", 300, 0),
        Compared("minds", "", 400, None),
        Compared("children", "", 500, None),
        Compared("unallocated", "", 800, 40),
    ]


def outpatients(specialty, pence):
    return {
        "point_of_delivery": "outpatient", "specialty": specialty, "provider": "T1", "start": DAY, "cost_pence": pence,
        "cost_basis": "actual",
    }  # fmt: skip


def made(folder, with_lungs, organisations=()):
    """The budget of 30 people with a heart, so many of them with lungs too; ledgers of a year; and its burden."""
    rows = tables([
        Resident(
            date(1950, 6, 1), (HEART, LUNGS) if number < with_lungs else (HEART,),
            contacts=(
                outpatients("320", 1_000_000), *([outpatients("340", 2_000_000)] if number < with_lungs else [])
            ),
            practice=("P1", "P2")[number % 3 == 0], home=("A1", "A2")[number % 2],
        )
        for number in range(30)
    ])  # fmt: skip
    rows["spend"] = [
        {"organisation": "T1", "sector": "acute", "programme": programme, "point_of_delivery": "outpatient",
         "month": date(2024 + (month > 8), (month + 3) % 12 + 1, 1), "amount_pence": 3_000_000,
         "basis": "estimated" if month == 11 else "actual"}
        for month in range(12) for programme in ("10A", "02")
    ]  # fmt: skip
    rows["organisation"] = [{"code": code, "name": name, "role": "provider"} for code, name in organisations]
    rows["death"] = [
        {"person_id": number, "date": date(2025, 3, 31), "system": "ICD10", "code": "I219"}
        for number in range(20)
    ]
    write_records(folder / "records", rows)
    engine = Engine(scratch=folder / "scratch", memory="1GB", threads=2)
    records = opened(folder, engine)
    people = people_of(records, YEARS).kept(engine)
    schema = pa.schema([field.with_nullable(True) for field in PLACE.schema])
    places = place_cards(pa.Table.from_pylist(rows["place"], schema=schema), as_of=YEARS[-1].end)
    allocated = allocate(people, records, AREAS, YEARS, costs=UNIT_COSTS)
    write_budget(folder, budget(allocated, people, records, places, YEARS))
    burden = burden_of(records, AREAS, YEARS)
    engine.close()
    return folder, burden


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    return made(tmp_path_factory.mktemp("budget"), with_lungs=0, organisations=[("T1", "Example Hospitals")])


@pytest.fixture(scope="module")
def with_few(tmp_path_factory):
    return made(tmp_path_factory.mktemp("few"), with_lungs=3)


def told(figures, area, what, **where):
    where = {"place": "SYS", "fifth": "everyone", "period_end": date(2025, 3, 31)} | where
    found = [
        one for one in read_budget(figures[0], area)
        if one.what == what and all(getattr(one, name) == value for name, value in where.items())
    ]  # fmt: skip
    assert len(found) == 1, found
    return found[0]


def test_spending_is_told_by_place_and_for_each_head_in_thousands_of_pounds(figures):
    assert [told(figures, "heart", "spending", place=place).value for place in ("SYS", "P1", "P2", "W1")] == [
        300_000, 200_000, 100_000, 150_000,
    ]  # fmt: skip
    assert [told(figures, "heart", "spending", fifth=fifth).value for fifth in ("1", "4")] == [
        150_000,
        150_000,
    ]
    a_head = told(figures, "heart", "per head")
    assert (a_head.value, a_head.unit) == (10_000, "£ a head")
    weighted = told(figures, "heart", "per weighted head")
    assert weighted.value == pytest.approx(a_head.value)
    assert weighted.source.endswith(
        "Heads are weighted by what people of each age and sex cost in this system in the last year"
    )
    assert told(figures, "heart", "one per cent").value == 3_000


def test_money_of_few_people_is_hidden_and_so_is_what_would_tell_it(with_few):
    lungs = told(with_few, "lungs", "spending")
    assert (lungs.value, lungs.state, lungs.reason) == (None, "suppressed", "Hidden: small numbers")
    hidden = ["heart", "lungs", "sugar", "minds", "children", "unallocated", "all"]
    hidden = [key for key in hidden if told(with_few, key, "spending").state == "suppressed"]
    assert (
        len(hidden) > 1 and "all" not in hidden
    )  # another area is, because all care is known from the ledgers too
    assert [told(with_few, "lungs", what).value for what in ("line", "share of money", "one per cent")] == [
        None
    ] * 3
    assert told(with_few, "lungs", "share of people").value is None
    assert told(with_few, "all", "cost of care", organisation="T1").value == 360_000


def test_lines_say_how_their_money_is_known(figures):
    heart = told(figures, "heart", "line")
    assert (heart.organisation, heart.point_of_delivery, heart.basis, heart.value) == (
        "Example Hospitals", "outpatient", "actual", 300_000,
    )  # fmt: skip


def test_an_organisation_that_nobody_named_is_told_by_its_code(with_few):
    assert {one.organisation for one in read_budget(with_few[0], "all")} == {"", "T1"}


def test_the_ledgers_stand_beside_with_the_difference_and_what_is_estimated(figures):
    found = [
        told(figures, "all", what, organisation="Example Hospitals")
        for what in ("cost of care", "ledger", "difference")
    ]
    assert [one.value for one in found] == [300_000, 720_000, 420_000]
    assert [one.caution for one in found] == ["", *["Estimated in part: accounts were not closed"] * 2]
    heart = [
        told(figures, "heart", what, programme="10A").value
        for what in ("cost of care", "ledger", "difference")
    ]
    assert heart == [300_000, 360_000, 60_000]
    assert told(figures, "unallocated", "ledger").value == 360_000
    before = [
        one for one in read_budget(figures[0], "all") if one.what == "ledger" and one.period_end.year == 2024
    ]
    assert before == []


def test_shares_of_burden_stand_beside_shares_of_money(figures):
    _, burden = figures
    assert burden.deaths[1].tolist() == [20, 0, 0, 0, 0, 0, 0, 0, 20]
    assert burden.half_years[1, 0] == 20 * (2 * (75 - 74) - 1)
    assert told(figures, "heart", "share of deaths under 75").value == 100.0
    assert told(figures, "heart", "share of years of life lost under 75").value == 100.0
    assert told(figures, "heart", "share of people").value == 100.0
    assert told(figures, "lungs", "share of people").value == 0.0


def test_every_figure_has_its_period_and_source_and_what_is_hidden_has_no_value(figures):
    every = [
        one
        for key in (*(area.key for area in AREAS), "unallocated", "all")
        for one in read_budget(figures[0], key)
    ]
    assert every
    for one in every:
        assert one.period_start < one.period_end and one.source
        assert (one.value is None) == (one.state != "shown") == bool(one.reason)


def test_a_snapshot_from_before_there_were_budgets_has_none(tmp_path):
    assert read_budget(tmp_path, "heart") == ()


@settings(max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(["A1", "A2", None]), min_size=20, max_size=40), st.randoms(use_true_random=False)
)
def test_shown_places_and_areas_come_to_the_whole_within_rounding(homes, chance):
    residents = [
        Resident(
            ill=(HEART,), home=home, practice=chance.choice(["P1", "P2"]),
            contacts=tuple(
                {"point_of_delivery": "outpatient", "specialty": chance.choice(["320", "340", None]), "start": DAY,
                 "cost_pence": chance.randrange(10**8), "provider": "T1"}
                for _ in range(3)
            ),
        )
        for home in homes
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = tables(residents)
        write_records(folder / "records", rows)
        engine = Engine(scratch=folder / "scratch", memory="1GB", threads=2)
        records = opened(folder, engine)
        people = people_of(records, YEARS).kept(engine)
        schema = pa.schema([field.with_nullable(True) for field in PLACE.schema])
        places = place_cards(pa.Table.from_pylist(rows["place"], schema=schema), as_of=YEARS[-1].end)
        found = budget(
            allocate(people, records, AREAS, YEARS, costs=UNIT_COSTS), people, records, places, YEARS
        )
        engine.close()
    spent = defaultdict(dict)
    for one in found:
        if one.what == "spending" and one.period_end == YEARS[-1].end and one.value is not None:
            spent[one.place, one.fifth][one.care_area] = one.value
    own = ["heart", "lungs", "sugar", "minds", "children", "unallocated"]
    for areas in spent.values():
        if "all" in areas and all(key in areas for key in own):
            assert abs(sum(areas[key] for key in own) - areas["all"]) <= 500 * 7
    if "all" in spent["SYS", "everyone"]:
        pence = sum(row["cost_pence"] for row in rows["activity"])
        assert abs(spent["SYS", "everyone"]["all"] - pence / 100) <= 500
    else:  # too few people somewhere: then the costs beside the ledgers do not tell it either
        assert not [one for one in found if one.what == "cost of care" and one.value is not None]
