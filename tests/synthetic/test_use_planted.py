"""What was planted in use: what was taken away is the difference that it made, exactly."""

from datetime import date
from functools import cache

import numpy as np
import pyarrow.compute as pc
import pytest

from stewardship.synthetic.extracts import nhs_numbers
from stewardship.synthetic.health import health_of
from stewardship.synthetic.lives import NEVER, Plan
from stewardship.synthetic.lives_sent import records_of_lives
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import people_of
from stewardship.synthetic.truth import together
from stewardship.synthetic.use import prepared, use_of
from stewardship.synthetic.use.changes import (
    CRISES_TO_ADMISSION,
    NETWORKS,
    PREVENTED_BY_CALL,
    PREVENTED_BY_COORDINATION,
    change_day,
    in_the_networks,
    line_day,
    use_before,
    used_much,
    with_advice_line,
    with_coordination,
)
from stewardship.synthetic.use.emergencies import (
    HAPPENED,
    PREVENTED_BY_ADVICE,
    PREVENTED_BY_SERVICE,
    emergencies_of,
)
from stewardship.synthetic.use.rates import UNDER_SERVED_SHARE, expected_of, is_frail_on, is_frail_then
from stewardship.synthetic.use.truths import advice_line_effect, service_change
from stewardship.synthetic.use.urgent_care import home_attendances

PLAN = Plan(400_000, 5, 5, date(2026, 3, 31))
BATCHES = 20
YEAR, WEEK = 365, 7


def who_of(number):
    people = people_of(PLAN, places_of(PLAN), number)
    return people, health_of(PLAN, people)


@cache
def ready():
    return prepared(PLAN, places_of(PLAN), [who_of(number) for number in range(3)])


@cache
def emergencies(number):
    """What happens to a batch, with crises, who is enrolled, and the truth."""
    people, health = who_of(number)
    expected = expected_of(PLAN, places_of(PLAN), people, health, ready().scales)
    crises, made = with_advice_line(expected, ready().scales, emergencies_of(expected))
    enrolled, made = with_coordination(expected, made)
    truths = (
        service_change(expected, made, home_attendances(expected), enrolled),
        advice_line_effect(expected, made, crises),
    )
    return expected, made, crises, enrolled, truths


@pytest.fixture(scope="module")
def every():
    return [emergencies(number) for number in range(BATCHES)]


@pytest.fixture(scope="module")
def truth(every):
    found = together(planted for *_, truths in every for planted in truths)
    return {key: {**each.realised, **each.finish(each.realised)} for key, each in found.items()}


@pytest.fixture(scope="module")
def sent():
    """All that is sent of one batch, and the truth about it."""
    people, health = who_of(0)
    extracts, planted = use_of(PLAN, places_of(PLAN), people, health, ready())
    tables = {f"{each.partner}/{each.kind}": each.rows for each in extracts}
    return tables, {each.key: each.realised for each in planted}


def admitted(tables):
    apc = tables["hospital/apc"]
    emergency = pc.starts_with(apc["AdmissionMethodHospitalProviderSpell"].cast("string"), "2")
    return int(pc.sum(pc.and_(emergency, pc.equal(apc["EpisodeNumber"], 1))).as_py())


def test_what_is_sent_is_what_would_have_been_without_what_was_prevented(sent):
    tables, told = sent
    _, made, *_ = emergencies(0)
    prevented = told["service-change"]["admissions_prevented"] + told["advice-line"]["admissions_prevented"]
    assert prevented == (made.prevented != HAPPENED).sum() > 0
    in_hospital = np.count_nonzero(made.happened & (made.day + made.nights > PLAN.last))
    assert admitted(tables) == len(made) - prevented - in_hospital


def test_attendances_and_ambulances_that_go_with_them_do_not_happen_either(sent):
    tables, told = sent
    expected, made, *_ = emergencies(0)
    prevented = sum(told[key]["attendances_prevented"] for key in ("service-change", "advice-line"))
    without = len(home_attendances(expected)) + made.department.sum()
    assert tables["hospital/ecds"].num_rows == without - prevented


def test_who_is_enrolled_can_be_seen_in_the_data(sent):
    tables, told = sent
    referrals = tables["community/referrals"]
    own = referrals.filter(pc.equal(referrals["ServiceType"].cast("string"), "Frailty care coordination"))
    assert sorted(own["NHSNumber"].to_pylist()) == sorted(told["service-change"]["people"])
    begun = own["ReferralReceivedDate"].cast("int32").to_numpy()
    assert change_day(PLAN) <= begun.min() <= begun.max() <= change_day(PLAN) + 60


def test_only_people_with_frailty_and_high_use_in_two_networks_are_enrolled(every):
    change = change_day(PLAN)
    for expected, made, _, enrolled, _ in every:
        assert in_the_networks(expected, change)[enrolled.who].all()
        assert used_much(expected, made)[enrolled.who].all()
        assert is_frail_on(PLAN, expected.health, change)[enrolled.who].all()


def test_the_enrolled_are_registered_in_the_networks_when_they_are_enrolled(every):
    codes = places_of(PLAN).practices.code
    network = dict(zip(codes, places_of(PLAN).practices.network.tolist(), strict=True))
    for expected, _, _, enrolled, _ in every[:8]:
        sent = records_of_lives(PLAN, expected.places, expected.people, expected.health)
        table = next(each.rows for each in sent if each.kind == "registrations")
        who = table["NHSNumber"].combine_chunks().indices.to_numpy()
        begin = table["RegistrationStartDate"].cast("int32").to_numpy()
        end = table["RegistrationEndDate"].cast("int32").fill_null(NEVER).to_numpy()
        since = np.full(who.max() + 1, NEVER + 1)
        since[enrolled.who] = enrolled.since
        there = (begin <= since[who]) & (since[who] <= end)
        found = {network[code] for code in table["PracticeCode"].filter(there).to_pylist()}
        assert set(who[there]) == set(enrolled.who)
        assert found <= set(NETWORKS)


def test_frailty_that_came_after_the_change_counts_for_nothing(every):
    years = (PLAN.last - change_day(PLAN)) / 365.25
    came_later = 0
    for expected, _, _, enrolled, _ in every:
        health = expected.health
        codes = np.min([health.onset["moderate_frailty"], health.onset["severe_frailty"]], axis=0)
        later = (health.deficits - 0.35 * years < 8.5) & (codes > change_day(PLAN))
        assert not later[enrolled.who].any()
        came_later += np.count_nonzero(later & expected.frail)
    assert came_later > 0


def test_admissions_are_prevented_after_enrolment_only_and_by_nothing_twice(every):
    for expected, made, _, enrolled, _ in every:
        since = np.full(len(expected.people), PLAN.last + 1)
        since[enrolled.who] = enrolled.since
        by_service = made.prevented == PREVENTED_BY_SERVICE
        assert (made.day[by_service] > since[made.who[by_service]]).all()
        assert (made.day[made.prevented == PREVENTED_BY_ADVICE] >= line_day(PLAN)).all()


def test_the_share_prevented_is_near_the_planted_one(truth):
    later = truth["service-change"]["later_admissions_without_it"]
    apart = truth["service-change"]["share_prevented"] - PREVENTED_BY_COORDINATION
    assert abs(apart) < 3.5 * np.sqrt(PREVENTED_BY_COORDINATION * (1 - PREVENTED_BY_COORDINATION) / later)
    calls = truth["advice-line"]["calls_before_an_admission_without_the_line"]
    apart = truth["advice-line"]["share_prevented"] - PREVENTED_BY_CALL
    assert abs(apart) < 3.5 * np.sqrt(PREVENTED_BY_CALL * (1 - PREVENTED_BY_CALL) / calls)


def test_the_use_of_the_enrolled_falls_much_without_any_effect(truth):
    told = truth["service-change"]
    assert told["enrolled"] > 150
    assert 0.35 < told["natural_fall"] < 0.75
    assert told["fall_that_a_naive_reader_sees"] > told["natural_fall"] + 0.05


def test_the_comparison_that_the_truth_tells_of_finds_the_effect_and_no_more(every):
    """Frail on the day of the change on both sides, as many admissions before; rates from what is sent."""
    most, settled = 6, change_day(PLAN) + 61
    admissions, days = np.zeros((2, most + 1)), np.zeros((2, most + 1))
    for expected, made, _, enrolled, _ in every:
        people = expected.people
        until = np.minimum(np.minimum(people.end, people.death), PLAN.last)
        own = np.zeros(len(people), dtype=bool)
        own[enrolled.who] = True
        elsewhere = ~in_the_networks(expected, change_day(PLAN))
        chosen = used_much(expected, made) & (own | elsewhere) & (until >= settled) & (people.start < settled)
        before = np.minimum(use_before(expected, made.who, made.day, made.happened), most)
        later = np.bincount(made.who[made.happened & (made.day >= settled)], minlength=len(people))
        cell = (own[chosen].astype(int), before[chosen])
        np.add.at(admissions, cell, later[chosen])
        np.add.at(days, cell, (until - settled + 1)[chosen])
    without = (admissions[0] / np.maximum(days[0], 1) * days[1]).sum()
    apart = np.log(admissions[1].sum() / without) - np.log(1 - PREVENTED_BY_COORDINATION)
    spread = 1 / admissions[1].sum() + 1 / admissions[0].sum()
    assert abs(apart) < 3 * np.sqrt(1.6 * spread)  # admissions of a person cluster


def test_crises_called_about_are_followed_by_fewer_admissions_than_others(every):
    followed = {True: [], False: []}
    for expected, made, crises, _, _ in every:
        happened = np.flatnonzero(made.happened)
        key = made.who[happened] * 100_000 + made.day[happened]
        of = crises.day >= line_day(PLAN)
        start = crises.who * 100_000 + crises.day
        again = np.searchsorted(np.sort(key), start + WEEK, side="right") > np.searchsorted(
            np.sort(key), start
        )
        for called in (True, False):
            followed[called].append(again[of & (crises.called == called)])
        assert is_frail_then(PLAN, expected.health, crises.who, crises.day).all()
    with_call, without = (np.concatenate(followed[called]).mean() for called in (True, False))
    assert with_call == pytest.approx(
        0.17, abs=0.03
    )  # British Geriatrics Society: 82.9% are not admitted in a week
    assert without == pytest.approx(CRISES_TO_ADMISSION, abs=0.05)


def test_called_and_uncalled_crises_in_what_is_sent_differ_as_the_truth_tells(sent):
    tables, told = sent
    realised = told["advice-line"]
    contacts = tables["community/contacts"]
    response = pc.equal(contacts["ServiceType"].cast("string"), "Urgent community response")
    crises = keys(contacts.filter(response), "CareContactDate")
    calls = keys(tables["urgent-care/advice-line"], "CallDate")
    apc = tables["hospital/apc"]
    emergency = pc.starts_with(apc["AdmissionMethodHospitalProviderSpell"].cast("string"), "2")
    admitted = np.sort(keys(apc.filter(emergency), "StartDateHospitalProviderSpell"))
    crises = crises[crises % 100_000 >= line_day(PLAN)]
    followed = np.searchsorted(admitted, crises + WEEK, side="right") > np.searchsorted(admitted, crises)
    called = np.isin(crises, calls)
    assert called.sum() == pytest.approx(realised["calls"], rel=0.03)
    for those, key in (
        (called, "calls_followed_by_an_admission"),
        (~called, "crises_without_a_call_followed_by_an_admission"),
    ):
        assert (followed & those).sum() == pytest.approx(realised[key], rel=0.06, abs=4)


def keys(table, day):
    who = table["NHSNumber"].combine_chunks().indices.to_numpy().astype(np.int64)
    return who * 100_000 + table[day].cast("int32").to_numpy()


def test_the_ratio_of_called_to_uncalled_is_near_what_prevention_leaves(truth):
    told = truth["advice-line"]
    assert told["naive_ratio"] == pytest.approx(1 - PREVENTED_BY_CALL, abs=0.09)
    assert told["naive_ratio"] > 1 - told["share_prevented"]
    assert told["difference"] == pytest.approx(-CRISES_TO_ADMISSION * PREVENTED_BY_CALL, abs=0.05)


def test_there_are_as_many_calls_a_month_as_is_published(truth):
    months = (PLAN.last + 1 - line_day(PLAN)) / YEAR * 12
    a_month_of_system = truth["advice-line"]["calls"] / months * 1_200_000 / PLAN.residents
    assert 350 <= a_month_of_system <= 490


def test_the_under_served_get_the_planted_share_of_planned_care(sent):
    _, told = sent
    kinds = told["under-served-planned-care"]["planned_care"]
    missed = sum(each["missed"] for each in kinds.values())
    without = sum(each["without_it"] for each in kinds.values())
    assert missed / without == pytest.approx(1 - UNDER_SERVED_SHARE, abs=0.04)


def test_the_truth_names_people_by_their_nhs_numbers(every):
    expected, _, _, enrolled, truths = every[0]
    numbers = nhs_numbers(expected.people.number[enrolled.who]).to_pylist()
    assert truths[0].realised["people"] == numbers
