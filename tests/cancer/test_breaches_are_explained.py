"""Nobody who waited too long leaves the list as treated before every breach has its reason."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.rules.cancer.codes import Route
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.pathway import Pathway, Treatment
from support.tracked import again, day, pathway, told

RECEIVED = date(2026, 3, 1)


def treated(**fields: object):
    """A pathway treated on day 70, decided on day 30, told on day 20."""
    from stewardship.cancer.models import Treatment as Recorded

    one = pathway(
        **{
            "received_on": RECEIVED,
            "faster_diagnosis_end_on": day(20, RECEIVED),
            "faster_diagnosis_end_reason": "01",
            "diagnosis": "C187",
        }
        | fields
    )
    Recorded.objects.create(
        pathway=one,
        decided_on=day(30, RECEIVED),
        started_on=day(70, RECEIVED),
        event_type="01",
        modality="23",
        site="RZ901",
    )
    return one


def refused(match: str, **given: object) -> None:
    from stewardship.cancer.actions import remove

    with pytest.raises(ValidationError, match=match), transaction.atomic():
        remove(**given)


@pytest.mark.parametrize("diagnosis", ["C187", ""])
def test_someone_treated_late_leaves_once_each_breach_has_its_reason(diagnosis):
    from stewardship.cancer.actions import give_delay_reason, remove

    one = treated(diagnosis=diagnosis)
    refused("40 days, which is over the limit of 31", **told(one, reason="treated", on=day(70, RECEIVED)))
    give_delay_reason(**told(again(one), standard="31", code="14"))
    refused(
        "70 days, which is over the limit of 62", **told(again(one), reason="treated", on=day(70, RECEIVED))
    )
    remove(**told(again(one), reason="treated", on=day(70, RECEIVED), delay_code="15"))
    assert {each.standard for each in again(one).delay_reasons.all()} == {"31", "62"}
    assert again(one).closed_at is not None


OVER = Pathway(
    route=Route.URGENT,
    received=date(2025, 7, 1),
    told=date(2025, 8, 30),
    end_reason="03",
    exclusion_reason="02",
)


def test_an_excluded_wait_needs_no_reason():
    assert not judge(OVER, as_of=date(2025, 9, 30)).faster_diagnosis.is_over(date(2025, 9, 30))


@pytest.mark.parametrize(
    ("on", "over"), [(date(2025, 7, 29), False), (date(2025, 7, 30), True), (None, False)]
)
def test_a_running_clock_is_over_from_the_day_after_its_target(on, over):
    running = judge(Pathway(route=Route.URGENT, received=date(2025, 7, 1)), as_of=on).faster_diagnosis
    assert running.is_over(on) is over


def test_a_wait_that_is_not_counted_yet_is_over_all_the_same():
    undiagnosed = Pathway(
        route=Route.URGENT,
        received=date(2025, 7, 1),
        treatment=Treatment(decided=date(2025, 8, 1), started=date(2025, 9, 2), event_type="01"),
    )
    assert judge(undiagnosed, as_of=date(2025, 9, 5)).referral_to_treatment.is_over(None)
