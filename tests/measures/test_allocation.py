"""Allocation: every contact and pound has one care area, the first of the ranks that claims it, or none."""

import tempfile
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stewardship.measures.allocation_claims import Claimant
from stewardship.measures.allocation_costs import BASES
from stewardship.measures.allocation_events import POINTS
from stewardship.measures.allocation_places import Packed
from stewardship.people.language import EVERYONE, aged
from support import engines
from support.allocated import (
    AREAS,
    HEART,
    KEYS,
    LUNGS,
    SUGAR,
    UNIT_COSTS,
    YEARS,
    Claims,
    Resident,
    allocated,
    areas_of,
    lines,
)

DAY = date(2024, 6, 3)
TWELVE, GROWN = date(2012, 1, 5), date(1970, 1, 5)


@pytest.fixture
def engine(tmp_path):
    """The engine that builds have unless they name another."""
    opened = engines.opened("duckdb", tmp_path)
    yield opened
    opened.close()


def contact(point, pence=100, **more):
    return {"point_of_delivery": point, "start": DAY, "cost_pence": pence, "cost_basis": "actual", **more}


ADMITTED = contact("emergency_admission", diagnosis="J459", specialty="420", provider="T1")
IN_GENERAL_PRACTICE = contact("gp_appointment", provider="P1")


@pytest.mark.parametrize("resident, by_age, area", [
    (Resident(TWELVE, (LUNGS,), (ADMITTED,)), True, "children"),
    (Resident(TWELVE, (LUNGS,), (ADMITTED,)), False, "lungs"),
    (Resident(GROWN, (LUNGS,), (ADMITTED,)), True, "lungs"),
    (Resident(date(2006, 6, 4), (), (ADMITTED,)), True, "children"),  # 18 tomorrow
    (Resident(date(2006, 6, 3), (), (ADMITTED,)), True, "lungs"),  # 18 today
    (Resident(GROWN, (), (contact("outpatient", diagnosis="I209", specialty="340"),)), True, "heart"),
    (Resident(GROWN, (HEART,), (contact("outpatient", specialty="340"),)), True, "lungs"),
    (Resident(GROWN, (HEART,), (contact("outpatient", diagnosis="S720", specialty="110"),)), True, "nobody's"),
    (Resident(GROWN, (HEART,), (contact("community", specialty="Diabetes nursing"),)), True, "sugar"),
    (Resident(GROWN, (), (contact("community", specialty="320"),)), True, "nobody's"),  # no team is called so
    (Resident(GROWN, (), (contact("mental_health", specialty="A06"),)), True, "minds"),
    (Resident(GROWN, (), (contact("mental_health", specialty="School nursing"),)), True, "children"),
    (Resident(GROWN, (HEART,), (contact("ambulance"),)), True, "nobody's"),  # an overlay has nothing of its own
    (Resident(GROWN, (SUGAR,), (IN_GENERAL_PRACTICE,)), True, "sugar"),
    (Resident(GROWN, (), (IN_GENERAL_PRACTICE,)), True, "nobody's"),  # in no area
    (Resident(date(1940, 1, 1), (), (IN_GENERAL_PRACTICE,)), True, "nobody's"),  # in overlays alone
    (Resident(TWELVE, (SUGAR,), (IN_GENERAL_PRACTICE,)), True, "children"),
    (Resident(TWELVE, (SUGAR,), (IN_GENERAL_PRACTICE,)), False, "sugar"),
    (Resident(GROWN, (SUGAR,), (IN_GENERAL_PRACTICE,), registered=False), True, "nobody's"),
    (Resident(GROWN, (HEART,), items=({"system": "BNF", "code": "0601022B0", "date": DAY, "cost_pence": 100},)),
     True, "sugar"),
    (Resident(GROWN, (HEART,), items=({"system": "BNF", "code": "1001", "date": DAY, "cost_pence": 100},)),
     True, "nobody's"),
])  # fmt: skip
def test_the_first_rank_that_claims_a_contact_has_it(engine, tmp_path, resident, by_age, area):
    found = allocated(engine, tmp_path, [resident], by_age=by_age)
    assert areas_of(found) == {area: (1, 100)}


ILL = Resident(GROWN, (HEART, LUNGS, SUGAR), (IN_GENERAL_PRACTICE,))


def test_pence_of_general_practice_are_shared_among_areas_and_the_contact_goes_to_one(engine, tmp_path):
    turns = [{**IN_GENERAL_PRACTICE, "activity_id": number} for number in (-3, -2, -1, 4)]
    found = allocated(engine, tmp_path, [Resident(GROWN, (HEART, LUNGS, SUGAR), tuple(turns))])
    line = ("gp_appointment", None, "apportioned")
    assert lines(found) == {
        ("heart", *line): (1, 34 + 33 * 3),
        ("lungs", *line): (2, 34 * 2 + 33 * 2),
        ("sugar", *line): (1, 34 + 33 * 3),
    }


@pytest.mark.parametrize(
    "pence, shares", [(100, [34, 33, 33]), (101, [35, 33, 33]), (2, [2, 0, 0]), (0, [0, 0, 0])]
)
def test_the_pence_left_over_go_with_the_contact(engine, tmp_path, pence, shares):
    resident = Resident(GROWN, (HEART, LUNGS, SUGAR), (contact("gp_appointment", pence, activity_id=3),))
    found = areas_of(allocated(engine, tmp_path, [resident]))
    assert [found[area] for area in ("heart", "lungs", "sugar")] == [
        (1, shares[0]), (0, shares[1]), (0, shares[2]),
    ]  # fmt: skip


def test_costs_that_were_not_sent_are_unit_costs_and_marked_estimated(engine, tmp_path):
    def unpriced(point, nights=0, **more):
        return contact(point, None, end=DAY + timedelta(days=nights), cost_basis=None, **more)

    item = {"date": DAY, "system": "BNF", "code": "1"}
    found = lines(allocated(engine, tmp_path, [
        Resident(contacts=(
            unpriced("emergency_admission", 1, provider="T1"), unpriced("emergency_admission", 2, provider="T1"),
            unpriced("outpatient", attendance="first"), unpriced("outpatient", attendance="follow-up"),
            unpriced("emergency_department", department="03"), unpriced("emergency_department", department="01"),
            unpriced("other_contact"), contact("community", 700, cost_basis="apportioned"),
        ), items=(item, {**item, "cost_pence": 5})),
    ]))  # fmt: skip
    nobody = "nobody's"
    assert found == {
        (nobody, "emergency_admission", "T1", "estimated"): (2, 85_000 + 430_000),
        (nobody, "outpatient", None, "estimated"): (2, 23_000 + 17_000),
        (nobody, "emergency_department", None, "estimated"): (2, 11_000 + 29_000),
        (nobody, "other_contact", None, "unknown"): (1, 0),
        (nobody, "community", None, "apportioned"): (1, 700),
        (nobody, "prescription", None, "estimated"): (1, 900),
        (nobody, "prescription", None, "actual"): (1, 5),
    }


def test_a_service_of_social_care_costs_its_days_in_each_year_that_it_lasts(engine, tmp_path):
    council = {"local_authority": "C1", "client_type": "service user"}
    service = {**council, "event_type": "service", "start": date(2024, 3, 29), "weekly_cost_pence": 700}
    home = {**council, "event_type": "service", "start": date(2025, 3, 31), "component": "Nursing Care"}
    found = allocated(engine, tmp_path, [
        Resident(support=(
            {**service, "end": date(2024, 4, 10)}, {**service, "support_reason": "Mental Health Support"}, home,
            {**council, "event_type": "assessment", "start": DAY}, {**council, "event_type": "request", "start": DAY},
        ))
    ])  # fmt: skip
    assert lines(found, 0) == {
        ("nobody's", "social_care", "C1", "actual"): (1, 300),
        ("minds", "social_care", "C1", "actual"): (1, 300),
    }
    assert lines(found, 1) == {
        ("nobody's", "social_care", "C1", "actual"): (1, 1_000),
        ("minds", "social_care", "C1", "actual"): (1, 36_500),
        ("nobody's", "social_care", "C1", "estimated"): (2, 110_000 // 7 + 50_000),
    }


def test_tags_tell_all_care_of_the_people_of_an_area_and_may_overlap(engine, tmp_path):
    found = allocated(engine, tmp_path, [
        Resident(date(1940, 1, 1), (HEART, SUGAR), (contact("outpatient", 300, specialty="340"), IN_GENERAL_PRACTICE)),
        Resident(GROWN, (HEART,), (contact("day_case", 1_000),), practice="P2", home="A2"),
    ])  # fmt: skip
    tags = defaultdict(dict)
    for row in found.tags_by_practice.to_pylist():
        tags[KEYS[row["area"]]][POINTS[row["point"]], row["practice"], row["fifth"]] = (
            row["contacts"],
            row["pence"],
        )
    of_the_first = {("outpatient", 0, 1): (1, 300), ("gp_appointment", 0, 1): (1, 100)}
    assert tags == {
        "heart": {**of_the_first, ("day_case", 1, 4): (1, 1_000)},
        "sugar": of_the_first,
        "old": of_the_first,
        "urgent": {**of_the_first, ("day_case", 1, 4): (1, 1_000)},
    }
    assert sum(row["pence"] for row in found.by_age.to_pylist()) == 1_400


def test_what_nobody_sent_is_nothing(engine, tmp_path):
    found = allocated(engine, tmp_path, [Resident()])
    assert [
        table.num_rows for table in (found.by_practice, found.by_home, found.tags_by_home, found.by_age)
    ] == [0] * 4


POINTS_GROWN = (
    "gp_appointment",
    "outpatient",
    "emergency_admission",
    "community",
    "mental_health",
    "ambulance",
)
contacts = st.fixed_dictionaries({
    "point_of_delivery": st.sampled_from(POINTS_GROWN),
    "start": st.dates(date(2023, 3, 1), date(2025, 5, 1)),
    "specialty": st.sampled_from([None, "320", "340", "110", "Diabetes nursing", "School nursing"]),
    "diagnosis": st.sampled_from([None, "I209", "J459", "E101", "S720"]),
    "provider": st.sampled_from([None, "T1", "T2"]),
    "cost_pence": st.none() | st.integers(0, 1_000),
    "cost_basis": st.sampled_from([None, *BASES[:3]]),
})  # fmt: skip
items = st.fixed_dictionaries({
    "date": st.dates(date(2023, 3, 1), date(2025, 5, 1)), "system": st.just("BNF"),
    "code": st.sampled_from(["0201", "0301", "0601", "1001"]), "cost_pence": st.none() | st.integers(0, 1_000),
})  # fmt: skip
residents = st.builds(
    Resident,
    born=st.dates(date(1930, 1, 1), date(2022, 1, 1)),
    ill=st.sets(st.sampled_from([HEART, LUNGS, SUGAR])).map(tuple),
    contacts=st.lists(contacts, max_size=5).map(tuple),
    items=st.lists(items, max_size=3).map(tuple),
    practice=st.sampled_from(["P1", "P2", None]),
    home=st.sampled_from(["A1", "A2", None]),
    registered=st.booleans(),
)
claims = st.lists(
    st.builds(
        lambda whose, claimed: (whose, claimed),
        st.sampled_from([EVERYONE, aged(40), AREAS[0].population, AREAS[2].population]),
        st.sampled_from([area.claims for area in AREAS]),
    ),
    max_size=5,
    unique_by=lambda pair: id(pair[1]),
).map(
    lambda pairs: [Claimant(f"area-{number}", f"Area {number}", *pair) for number, pair in enumerate(pairs)]
)


def sent(grown, period):
    """Contacts and pence of a year as the records hold them, unit costs put in."""
    unit = {
        cost.point_of_delivery: cost.pence for cost in UNIT_COSTS if not (cost.nights_from or cost.nights_to)
    }
    short = next(cost.pence for cost in UNIT_COSTS if cost.nights_to == 1)
    held = [
        (row["start"], row["point_of_delivery"], row["cost_pence"]) for one in grown for row in one.contacts
    ]
    held += [(row["date"], "prescription", row["cost_pence"]) for one in grown for row in one.items]
    costs = [
        pence if pence is not None else short if point == "emergency_admission" else unit[point]
        for day, point, pence in held
        if period.start <= day <= period.end
    ]
    return len(costs), sum(costs)


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(st.lists(residents, min_size=1, max_size=8), claims, st.booleans())
def test_areas_and_what_is_unallocated_come_to_all_that_was_sent_whatever_is_claimed(grown, areas, by_age):
    with tempfile.TemporaryDirectory() as folder:
        engine = engines.opened("duckdb", Path(folder))
        found = allocated(engine, Path(folder), grown, by_age=by_age, areas=areas)
        engine.close()
    for number, period in enumerate(YEARS):
        for table in (found.by_practice, found.by_home):
            rows = [row for row in table.to_pylist() if row["period"] == number]
            assert (sum(r["contacts"] for r in rows), sum(r["pence"] for r in rows)) == sent(grown, period)
            overlays = {n for n, area in enumerate(areas) if area.claims.overlay}
            assert not overlays & {row["area"] for row in rows}


def test_every_engine_allocates_alike(tmp_path):
    if why := engines.lacking():
        pytest.skip(why)
    grown = [
        Resident(
            date(1930 + 9 * number, 2, 28), ((), (HEART,), (HEART, LUNGS, SUGAR))[number % 3],
            tuple(
                contact(
                    point, (None, 100, 101)[(number + place) % 3], specialty=("320", None)[number % 2],
                    diagnosis=("J459", None, "S720")[place % 3], provider=("T1", None)[place % 2],
                )
                for place, point in enumerate(POINTS_GROWN)
            ),
            ({"date": DAY, "system": "BNF", "code": "0301"},),
            ({"event_type": "service", "start": date(2023, 6, 1), "weekly_cost_pence": 705, "local_authority": "C1"},),
            ("P1", "P2", None)[number % 3], ("A1", None)[number % 2],
        )
        for number in range(10)
    ]  # fmt: skip
    tables = {}
    with engines.spark_application() as spark:
        for name, engine in (("duckdb", engines.opened("duckdb", tmp_path / "scratch")), ("spark", spark)):
            found = allocated(engine, tmp_path / name, grown)
            each = (
                found.by_practice,
                found.by_home,
                found.tags_by_practice,
                found.tags_by_home,
                found.by_age,
            )
            tables[name] = [sorted(map(str, table.to_pylist())) for table in each]
    assert tables["duckdb"] == tables["spark"]
    assert all(tables["duckdb"])


def test_where_people_belong_fits_into_one_number_or_is_refused():
    with pytest.raises(ValueError, match="do not fit into one number"):
        Packed({"among": 1 << 40, "practice": 1 << 30})


def test_an_overlay_alone_has_nothing_of_its_own(engine, tmp_path):
    urgent = Claimant("urgent", "Urgent", EVERYONE, Claims(points_of_delivery=("ambulance",), overlay=True))
    found = allocated(engine, tmp_path, [Resident(contacts=(contact("ambulance"),))], areas=(urgent,))
    assert [row["area"] for row in found.by_practice.to_pylist()] == [-1]
