"""What was planted in the use of a batch, and what it really changed: parts of `truth.json` that add up."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from stewardship.synthetic import under_served
from stewardship.synthetic.extracts import nhs_numbers
from stewardship.synthetic.lives import Flags
from stewardship.synthetic.truth import Planted, Realised
from stewardship.synthetic.use import changes
from stewardship.synthetic.use.changes import Crises, Enrolled, change_day, line_day
from stewardship.synthetic.use.emergencies import (
    PREVENTED_BY_ADVICE,
    PREVENTED_BY_SERVICE,
    Emergencies,
)
from stewardship.synthetic.use.rates import UNDER_SERVED_SHARE, Expected
from stewardship.synthetic.use.times import Happened, Positions

YEAR_DAYS = 365
WEEK = 7
_APART = np.int64(100_000)  # more than there are days
FRAIL = "people with moderate or severe frailty (9 or more of 36 deficits, or on record)"


def service_change(
    expected: Expected, emergencies: Emergencies, attendances: Happened, enrolled: Enrolled
) -> Planted:
    """The coordinated care of people with frailty, with how their use would have fallen without it."""
    networks = [expected.places.networks.code[position] for position in changes.NETWORKS]
    begin = _day(change_day(expected.plan))
    settled = _day(change_day(expected.plan) + changes.ENROLLING_DAYS + 1)
    return Planted(
        key="service-change",
        words="From a known month two primary care networks coordinate the care of people with frailty who had at "
        f"least {changes.LEAST_ADMISSIONS} emergency admission in the {changes.LOOK_BACK} days before. Some of their "
        "later emergency admissions do not happen, nor do the attendances and ambulances that would have come with "
        "them. Use falls in any case: the year before was bad.",
        parameters={
            "share_of_later_admissions_prevented": changes.PREVENTED_BY_COORDINATION,
            "enrolled_of_eligible": changes.ENROLLED_OF_ELIGIBLE,
            "emergency_admissions_in_the_year_before_at_least": changes.LEAST_ADMISSIONS,
        },
        where=networks,
        who=f"{FRAIL}, who are on {begin} registered in the two networks, and had {changes.LEAST_ADMISSIONS} or more "
        f"emergency admissions in the {changes.LOOK_BACK} days before; all is judged as of that day",
        when=f"from {begin}; people are enrolled within {changes.ENROLLING_DAYS} days of it",
        realised=_coordination(expected, emergencies, attendances, enrolled),
        check="Community referrals with the service type 'Frailty care coordination' name who was enrolled and when. "
        f"Compare their emergency admissions from {settled} on, a day alive and registered, with those of people with "
        f"frailty on {begin} (a code, or a frailty index of 0.25 or more, of before) who were registered in other "
        "networks then, and had exactly as many emergency admissions in the year before: among those with 1, with 2, "
        "and so on, weighted by the days of the enrolled. One less that ratio is near `share_prevented`.",
        finish=_of_coordination,
    )


def _coordination(
    expected: Expected, emergencies: Emergencies, attendances: Happened, enrolled: Enrolled
) -> dict[str, Realised]:
    people, plan = expected.people, expected.plan
    prevented = emergencies.prevented == PREVENTED_BY_SERVICE
    own = np.full(len(people), plan.last + 1, dtype=np.int32)
    own[enrolled.who] = enrolled.since
    since = own[emergencies.who]
    without = emergencies.happened | prevented
    after = (emergencies.day > since) & without
    within = after & (emergencies.day <= since + YEAR_DAYS)
    until = np.minimum(np.minimum(people.end, people.death), plan.last)[enrolled.who]
    before = changes.use_before(expected, emergencies.who, emergencies.day, emergencies.happened)[
        enrolled.who
    ]
    attended = changes.use_before(expected, attendances.who, attendances.day)[enrolled.who]
    return {
        "people": nhs_numbers(people.number[enrolled.who]).to_pylist(),
        "enrolled": len(enrolled.who),
        "admissions_prevented": int(prevented.sum()),
        "bed_days_prevented": int(emergencies.nights[prevented].sum()),
        "attendances_prevented": int(emergencies.department[prevented].sum()),
        "ambulances_prevented": int(emergencies.ambulance[prevented].sum()),
        "later_admissions_without_it": int(after.sum()),
        "admissions_in_the_year_before": int(before.sum()),
        "attendances_at_home_in_the_year_before": int(attended.sum()),
        "admissions_in_the_year_after_without_it": int(within.sum()),
        "admissions_in_the_year_after": int((within & ~prevented).sum()),
        "person_days_in_the_year_after": int(np.minimum(until - enrolled.since, YEAR_DAYS).sum()),
        "person_days_after": int((until - enrolled.since).sum()),
        "prevented_by_month": _by_month(emergencies.day[prevented]),
    }


def _of_coordination(realised: Mapping[str, Realised]) -> dict[str, Realised]:
    before = _number(realised, "admissions_in_the_year_before") / max(_number(realised, "enrolled"), 1)
    years = max(_number(realised, "person_days_in_the_year_after") / YEAR_DAYS, 1e-9)
    without = _number(realised, "admissions_in_the_year_after_without_it") / years
    after = _number(realised, "admissions_in_the_year_after") / years
    later = max(_number(realised, "later_admissions_without_it"), 1)
    return {
        "share_prevented": _number(realised, "admissions_prevented") / later,
        "admissions_a_person_in_the_year_before": before,
        "admissions_a_person_year_after_without_it": without,
        "admissions_a_person_year_after": after,
        "natural_fall": 1 - without / before if before else 0.0,
        "fall_that_a_naive_reader_sees": 1 - after / before if before else 0.0,
    }


def advice_line_effect(expected: Expected, emergencies: Emergencies, crises: Crises) -> Planted:
    """The advice line, with the admissions that calls prevented."""
    return Planted(
        key="advice-line",
        words="A consultant can be called about people with frailty at a moment of crisis. A share of the emergency "
        "admissions that would have followed within a week of a call do not happen.",
        parameters={
            "share_of_following_admissions_prevented": changes.PREVENTED_BY_CALL,
            "crises_that_lead_to_admission_without_a_call": changes.CRISES_TO_ADMISSION,
            "crises_called_about": changes.CRISES_CALLED_ABOUT,
        },
        where=[],
        who=f"{FRAIL} by then, in a crisis",
        when=f"from {_day(line_day(expected.plan))}",
        realised=_calls(expected, emergencies, crises),
        check="Community contacts with the service type 'Urgent community response' are crises; some have a call to "
        f"the advice line on the same day. Count which are followed by an emergency admission within {WEEK} days, of "
        "that day on, from the first day of the line. The estimand is the difference between the share of crises that "
        "were called about and the share of those that were not (calls are by chance, so that nothing else sets them "
        "apart): `difference`, and `naive_ratio` of the one over the other. The ratio is above one less "
        "`share_prevented`, for some are admitted for something else within the week, call or not.",
        finish=_of_calls,
    )


def _calls(expected: Expected, emergencies: Emergencies, crises: Crises) -> dict[str, Realised]:
    leading = crises.admission >= 0
    prevented = emergencies.prevented == PREVENTED_BY_ADVICE
    since = line_day(expected.plan)
    uncalled = ~crises.called & (crises.day >= since)
    followed = _followed(emergencies, crises)
    return {
        "calls": int(crises.called.sum()),
        "calls_before_an_admission_without_the_line": int((crises.called & leading).sum()),
        "crises_without_a_call": int(uncalled.sum()),
        "crises_without_a_call_before_an_admission": int((uncalled & leading).sum()),
        "calls_followed_by_an_admission": int((crises.called & followed).sum()),
        "crises_without_a_call_followed_by_an_admission": int((uncalled & followed).sum()),
        "admissions_prevented": int(prevented.sum()),
        "bed_days_prevented": int(emergencies.nights[prevented].sum()),
        "attendances_prevented": int(emergencies.department[prevented].sum()),
        "ambulances_prevented": int(emergencies.ambulance[prevented].sum()),
        "prevented_by_month": _by_month(emergencies.day[prevented]),
    }


def _followed(emergencies: Emergencies, crises: Crises) -> Flags:
    """Which crises are followed by an emergency admission within a week that really happened."""
    happened = emergencies.happened
    admitted = np.sort(emergencies.who[happened] * _APART + emergencies.day[happened])
    crisis = crises.who * _APART + crises.day
    return np.asarray(
        np.searchsorted(admitted, crisis + WEEK, side="right") > np.searchsorted(admitted, crisis)
    )


def _of_calls(realised: Mapping[str, Realised]) -> dict[str, Realised]:
    calls = max(_number(realised, "calls"), 1)
    leading = max(_number(realised, "calls_before_an_admission_without_the_line"), 1)
    prevented = _number(realised, "admissions_prevented")
    uncalled = max(_number(realised, "crises_without_a_call"), 1)
    called_admitted = _number(realised, "calls_followed_by_an_admission") / calls
    others_admitted = _number(realised, "crises_without_a_call_followed_by_an_admission") / uncalled
    return {
        "prevented_a_call": prevented / calls,
        "share_prevented": prevented / leading,
        "difference": called_admitted - others_admitted,
        "naive_ratio": called_admitted / others_admitted if others_admitted else 0.0,
    }


def under_served_use(expected: Expected, planned: Mapping[str, tuple[Positions, Flags]]) -> Planted:
    """Planned care that the under-served did not get. planned: by what it is, who would have had it, and who has."""
    group = expected.under_served
    kinds: dict[str, Realised] = {}
    for key, (who, kept) in planned.items():
        own = group[who]
        kinds[key] = {"without_it": int(own.sum()), "missed": int((own & ~kept).sum())}
    return Planted(
        key="under-served-planned-care",
        words="A group with more need than others gets less of the planned care that others like them would get: "
        "outpatient appointments, planned admissions, day cases and talking therapies.",
        parameters={"planned_care_as_a_share_of_what_others_get": UNDER_SERVED_SHARE},
        where=[],
        who=under_served.WHO,
        when="throughout",
        realised={
            "people": int(group.sum()),
            "person_days": round(float(expected.stretches.years[group].sum()) * 365.25),
            "planned_care": kinds,
        },
        check="Compare planned and emergency care of the group with that of others of like age, sex and conditions.",
    )


def _number(realised: Mapping[str, Realised], key: str) -> float:
    value = realised[key]
    if not isinstance(value, int | float):
        raise TypeError(f"{key} is no number.")
    return float(value)


def _by_month(day: np.ndarray[tuple[int], np.dtype[np.int32]]) -> dict[str, Realised]:
    months, counts = np.unique(day.astype("datetime64[D]").astype("datetime64[M]"), return_counts=True)
    return {str(month): int(count) for month, count in zip(months, counts, strict=True)}


def _day(day: int) -> str:
    return str(pa.scalar(day, pa.date32()))
