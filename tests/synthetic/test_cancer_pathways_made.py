"""Cancer pathways of a synthetic system: their dates, their standards, and the backlog that was planted."""

from datetime import date
from functools import cache, reduce
from operator import add

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.synthetic.cancer.backlog import LIMIT, Dip, dip_of, sundays, weekly_over
from stewardship.synthetic.cancer.events import UNTREATED
from stewardship.synthetic.cancer.found import SITES
from stewardship.synthetic.cancer.pathways import cancer, cancer_rates
from stewardship.synthetic.cancer.published import (
    FIRST,
    TOLD,
    TREATED,
    performance,
    published_months,
    suspected,
    tumours,
)
from stewardship.synthetic.cancer.referrals import PATHWAYS_A_YEAR
from stewardship.synthetic.cancer.standards import added, compared_with_published, standards_met
from stewardship.synthetic.care.stays import stay_of
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.health.of_people import health_of
from stewardship.synthetic.lives import NEVER, Health, People, Plan
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import people_of
from stewardship.synthetic.truth import Planted

PLAN = Plan(residents=160_000, years=5, seed=13, last_day=date(2026, 3, 31))
BATCHES = range(8)
PROVIDERS = ("ZZT01", "ZZT02", "ZZT03")


@cache
def lives(batch: int) -> tuple[People, Health]:
    people = people_of(PLAN, places_of(PLAN), batch)
    return people, health_of(PLAN, people)


@cache
def made(batch: int) -> tuple[list[Extract], Planted]:
    return cancer(PLAN, *lives(batch), cancer_rates(PLAN, [lives(0), lives(1)]), PROVIDERS)


def days(batch: int, column: str) -> np.ndarray:
    """Days of a column of pathways, NEVER where it has none."""
    return made(batch)[0][0].rows[column].cast("int32").fill_null(NEVER).to_numpy().astype(np.int64)


def numbers(batch: int, column: str) -> np.ndarray:
    return made(batch)[0][0].rows[column].fill_null(0).to_numpy()


def texts(batch: int, column: str) -> np.ndarray:
    return np.array(made(batch)[0][0].rows[column].cast("string").fill_null("").to_pylist())


def clock(batch: int) -> np.ndarray:
    upgraded = days(batch, "ConsultantUpgradeDate")
    return np.where(upgraded < NEVER, upgraded, days(batch, "ReferralReceivedDate"))


def test_standards_agree_with_what_is_published() -> None:
    rows = compared_with_published(added(standards_met(PLAN, made(batch)[0][0].rows) for batch in BATCHES))
    assert len(rows) == 5
    assert [(row.figure, round(row.apart, 1)) for row in rows if not row.within] == []


def test_a_person_year_has_as_many_pathways_as_published() -> None:
    referred = sum(int((days(batch, "ReferralReceivedDate") < NEVER).sum()) for batch in BATCHES)
    years = sum(stay_of(PLAN, lives(batch)[0]).years.sum() for batch in BATCHES)
    assert referred / years == pytest.approx(PATHWAYS_A_YEAR, rel=0.05)


def test_of_urgent_referrals_about_one_in_sixteen_finds_cancer() -> None:
    found = counted = 0
    for batch in BATCHES:
        urgent = texts(batch, "PriorityType") == "3"
        found += int((urgent & (texts(batch, "FasterDiagnosisEndReason") == "01")).sum())
        counted += int(urgent.sum())
    assert 0.05 < found / counted < 0.075


def treated(first: bool) -> np.ndarray:
    """Days of first or of later treatments."""
    chosen = [np.isin(texts(batch, "TreatmentEventType"), ("01", "12")) == first for batch in BATCHES]
    found = [days(batch, "TreatmentStartDate")[mine] for batch, mine in zip(BATCHES, chosen, strict=True)]
    together = np.concatenate(found)
    return together[together < NEVER]


def test_first_treatments_are_about_as_many_as_published_and_do_not_become_fewer() -> None:
    day = treated(first=True)
    published = np.mean([month[1] for month in published_months(FIRST)]) * 12 * PLAN.residents / 1_300_000
    a_year = np.histogram(day, np.linspace(PLAN.first, PLAN.last + 1, PLAN.years + 1))[0]
    assert a_year.mean() == pytest.approx(published, rel=0.12)
    assert a_year[-1] == pytest.approx(a_year[0], rel=0.12)


def test_cancers_found_before_the_years_told_are_treated_again_within_them() -> None:
    day = treated(first=False)
    early = ((day >= PLAN.first) & (day < PLAN.first + 183)).sum()
    assert early == pytest.approx(len(day) / (2 * PLAN.years), rel=0.35)


def test_days_are_in_the_order_in_which_things_happen() -> None:
    start, told = clock(1), days(1, "FasterDiagnosisEndDate")
    seen, decided, treated = (
        days(1, name) for name in ("DateFirstSeen", "DecisionToTreatDate", "TreatmentStartDate")
    )
    referred = days(1, "ReferralReceivedDate") < NEVER
    known = told < NEVER
    assert (start[known] <= told[known]).all()
    assert (days(1, "ReferralReceivedDate")[referred] <= start[referred]).all()
    assert (seen[referred] >= start[referred]).all()
    assert (treated >= decided).all()
    assert (decided[known] >= told[known]).all()
    moved = days(1, "TransferDate")
    assert (moved[moved < NEVER] <= treated[moved < NEVER]).all()


def test_nothing_is_known_after_the_last_day() -> None:
    for column in ("ReferralReceivedDate", "DateFirstSeen", "FasterDiagnosisEndDate", "TreatmentStartDate"):
        day = days(0, column)
        assert (day[day < NEVER] <= PLAN.last).all(), column
    assert (made(0)[0][1].rows["EventDate"].cast("int32").to_numpy() <= PLAN.last).all()


def test_days_taken_off_lie_within_the_wait() -> None:
    off, pause = numbers(1, "FirstSeenAdjustmentDays"), numbers(1, "TreatmentAdjustmentDays")
    seen = days(1, "DateFirstSeen")
    assert (off >= 0).all()
    assert (off[seen < NEVER] <= (seen - clock(1))[seen < NEVER]).all()
    treated, decided = days(1, "TreatmentStartDate"), days(1, "DecisionToTreatDate")
    assert (pause[treated < NEVER] <= (treated - decided)[treated < NEVER]).all()
    assert (off > 0).any()
    assert (pause > 0).any()


def test_whoever_has_cancer_is_told_on_the_day_it_is_first_recorded() -> None:
    people, health = lives(1)
    stay, rows = stay_of(PLAN, people), made(1)[0][1].rows
    owner = rows["NHSNumber"].combine_chunks().indices.to_numpy()
    told = np.array(rows["EventType"].to_pylist()) == "TOLD"
    day = rows["EventDate"].cast("int32").to_numpy()
    pairs = set(zip(owner[told].tolist(), day[told].tolist(), strict=True))
    for site in SITES:
        onset = health.onset[site]
        found = np.flatnonzero((onset >= stay.first) & (onset <= stay.last) & (onset >= people.start))
        assert {(who, int(onset[who])) for who in found.tolist()} <= pairs, site


def test_routes_have_the_codes_that_tell_them_apart() -> None:
    priority, source, upgraded = (
        texts(0, "PriorityType"),
        texts(0, "SourceOfReferral"),
        days(0, "ConsultantUpgradeDate") < NEVER,
    )
    assert (priority[source == "17"] == "2").all()
    assert not (upgraded & (source == "17")).any()
    assert (texts(0, "FasterDiagnosisEndReason")[upgraded] == "").all()
    types = set(texts(0, "ReferralType")) - {""}
    assert types <= {f"{number:02}" for number in range(1, 18)}
    assert len(types) >= 14
    assert (texts(0, "ReferralType")[texts(0, "PatientStatus") == "09"] == "16").all()


def test_a_diagnosis_is_there_where_cancer_was_found_and_nowhere_else() -> None:
    diagnosis, reason = texts(0, "PrimaryDiagnosisICD"), texts(0, "FasterDiagnosisEndReason")
    assert (diagnosis[reason == "01"] != "").all()
    assert (diagnosis[reason == "02"] == "").all()
    female = lives(0)[0].female[made(0)[0][0].rows["NHSNumber"].combine_chunks().indices.to_numpy()]
    assert not female[diagnosis == "C61"].any()
    assert (days(0, "TreatmentStartDate")[reason == "02"] == NEVER).all()


def test_nobody_is_treated_or_told_after_their_death() -> None:
    people = lives(0)[0]
    death = people.death[made(0)[0][0].rows["NHSNumber"].combine_chunks().indices.to_numpy()]
    for column in ("FasterDiagnosisEndDate", "TreatmentStartDate", "DecisionToTreatDate", "TransferDate"):
        day = days(0, column)
        assert (day[day < NEVER] <= death[day < NEVER]).all(), column
    assert (texts(0, "FasterDiagnosisEndReason")[days(0, "FasterDiagnosisEndDate") == death] == "03").any()


def test_registers_tell_why_somebody_was_left_out_what_the_cells_were_and_who_investigated() -> None:
    reason, why = texts(0, "FasterDiagnosisEndReason"), texts(0, "FasterDiagnosisExclusionReason")
    assert ((why != "") == (reason == "03")).all()
    assert set(why) == {"", "01", "02"}
    basal = texts(0, "MorphologyFlag") == "BCC"
    diagnosis = texts(0, "PrimaryDiagnosisICD")
    assert all(code.startswith("C44") for code in diagnosis[basal])
    accountable, moved = texts(0, "AccountableInvestigatingProvider"), days(0, "TransferDate") < NEVER
    assert (accountable[~moved] == "").all()
    assert 0.7 < (accountable[moved] != "").mean() < 0.95
    told = accountable != ""
    assert (accountable[told] == texts(0, "FirstSeenProvider")[told]).all()


def test_some_pathways_are_open_on_the_last_day() -> None:
    open_still = (days(0, "FasterDiagnosisEndDate") == NEVER) & (texts(0, "PatientStatus") == "14")
    age = PLAN.last - clock(0)[open_still]
    assert (age >= 0).all()
    assert (age > LIMIT).any()
    assert np.mean(age <= 28) > 0.4


def test_patients_are_transferred_to_another_provider() -> None:
    moved = days(0, "TransferDate") < NEVER
    assert moved.any()
    assert (texts(0, "TreatmentProvider")[moved] != texts(0, "FirstSeenProvider")[moved]).all()


def test_events_belong_to_pathways_and_follow_their_days() -> None:
    rows = made(0)[0][1].rows
    pathway, day = rows["PathwayID"].to_numpy(), rows["EventDate"].cast("int32").to_numpy()
    assert set(pathway.tolist()) <= set(made(0)[0][0].rows["PathwayID"].to_pylist())
    same = pathway[1:] == pathway[:-1]
    assert (np.diff(day)[same] >= 0).all()
    assert set(rows["EventType"].to_pylist()) == {
        "REF", "TRI", "FSEEN", "TEST1", "BX", "MDT", "STAGE", "RULEOUT", "TOLD", "IPT", "DTT", "FDT",
    }  # fmt: skip


def test_a_batch_of_pathways_is_the_same_whenever_it_is_made() -> None:
    again, planted = cancer(PLAN, *lives(1), cancer_rates(PLAN, [lives(0), lives(1)]), PROVIDERS)
    assert all(one.rows.equals(other.rows) for one, other in zip(again, made(1)[0], strict=True))
    assert planted == made(1)[1]


def test_the_backlog_rises_in_the_dip_and_falls_afterwards() -> None:
    total = reduce(add, (made(batch)[1] for batch in BATCHES)).realised
    weeks, dip = sundays(PLAN), dip_of(PLAN)
    realised, without = (
        np.array(list(total[key].values())) for key in ("over_62_days", "over_62_days_without_it")
    )
    calm = (weeks < dip.first) | (
        weeks > dip.over + 180
    )  # who was told late is treated late, up to months later
    assert (realised[calm] == without[calm]).all()
    assert (
        realised[(weeks > dip.first) & (weeks < dip.over)].sum()
        > 1.2 * without[(weeks > dip.first) & (weeks < dip.over)].sum()
    )
    peak = weeks[int((realised - without).argmax())]
    assert dip.first < peak < dip.over


def test_who_is_not_treated_has_a_day_on_which_that_was_settled_while_they_were_here() -> None:
    events = made(0)[0][1].rows
    closing = events.filter(pc.equal(events["Detail"].cast(pa.string()), UNTREATED))
    assert set(closing["EventType"].to_pylist()) == {"MDT"}
    status = dict(zip(made(0)[0][0].rows["PathwayID"].to_pylist(), texts(0, "PatientStatus"), strict=True))
    closed_so = [each for each, code in status.items() if code == "07"]
    assert sorted(closing["PathwayID"].to_pylist()) == closed_so
    assert len(closed_so) > 10


@given(st.integers(0, 3000))
def test_what_is_finished_late_was_planned_so_many_days_earlier(planned: int) -> None:
    dip = Dip(first=400, last=600, over=1000)
    finished = int(dip.finished(np.array([planned]))[0])
    assert 0 <= finished - planned <= dip.longest + 1
    assert abs(int(dip.delay(np.array([finished]))[0]) - (finished - planned)) <= 1


def test_weeks_count_pathways_from_day_63_until_they_are_closed() -> None:
    plan = Plan(10, 1, 0, date(2025, 12, 31))
    first = int(sundays(plan)[0])
    start = np.array([first - 62, first - 63, first - 63, first - 63], dtype=np.int32)
    closed = np.array([NEVER, NEVER, first, first + 1], dtype=np.int32)
    weeks = weekly_over(plan, start, closed, np.ones(4, dtype=bool))
    assert weeks[:2].tolist() == [2, 2]


def test_each_month_the_groups_come_together_to_the_published_share() -> None:
    groups = tuple((each.told, each.within) for each in suspected())
    weights = tuple(float(each.told) for each in suspected())
    month, total, within = published_months(TOLD)[5]
    day = (
        np.full(len(groups), np.datetime64("1970-01").astype("datetime64[M]") + month)
        .astype("datetime64[D]")
        .astype(np.int32)
        + 3
    )
    chances = performance(TOLD, groups, weights, np.arange(len(groups)), day)
    assert np.average(chances, weights=weights) == pytest.approx(within / total, abs=1e-6)


def test_months_before_and_after_the_published_ones_are_as_the_nearest() -> None:
    group, weights = ((100, 50),), (1.0,)
    days_beyond = np.array(["2019-05-05", "2029-05-05"], dtype="datetime64[D]").astype(np.int32)
    before, after = performance(TREATED, group, weights, np.zeros(2, dtype=int), days_beyond)
    months = published_months(TREATED)
    assert before == pytest.approx(
        sum(month[2] for month in months[:3]) / sum(month[1] for month in months[:3])
    )
    assert after == pytest.approx(
        sum(month[2] for month in months[-3:]) / sum(month[1] for month in months[-3:])
    )


def test_published_tumours_add_up_to_the_standards_of_all_months() -> None:
    first = sum(month[1] for month in published_months("first_treatment"))
    assert sum(each.first for each in tumours()) == pytest.approx(first, rel=0.01)
    routed = sum(sum(each.routes[:4]) for each in tumours())
    assert routed == pytest.approx(sum(month[1] for month in published_months(TREATED)), rel=0.01)


def test_a_small_system_of_one_year_has_pathways_too() -> None:
    plan = Plan(residents=300, years=1, seed=2, last_day=date(2025, 12, 31))
    people = people_of(plan, places_of(plan), 0)
    health = health_of(plan, people)
    extracts, _ = cancer(plan, people, health, cancer_rates(plan, [(people, health)]), PROVIDERS)
    assert len(extracts[0].rows) > 0
