"""The clinical harm review of whoever waited over 104 days: asked for, its outcome recorded, and off the worklist."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from stewardship.site.roles import CancerTracker
from support.site import client, member, sign_in_as
from support.tracked import PROVIDER
from support.tracked_people import PEOPLE, tracked_people

LONGEST, SHORTER = 0, 4  # places in PEOPLE: 118 days, and 71
FOUND = {"physical": "low", "psychological": "moderate", "root_cause": "Endoscopy capacity"}


@pytest.fixture
def people(vault):
    now = timezone.now()
    return tracked_people(timezone.localdate(now), now)


@pytest.fixture
def browser(people):
    made = client()
    sign_in_as(made, member(CancerTracker, username="a-tracker", organisation=PROVIDER))
    return made


def words(browser, pk):
    return unescape(browser.get(reverse("cancer-pathway", args=[pk])).content.decode())


def due(browser):
    """Whose review the worklist says is due."""
    page = browser.get(reverse("cancer-list"), {"worklist": "harm-review-due"}).content.decode()
    return [name for name, *_ in PEOPLE if name.upper() in page]


def does(browser, pk, what, **typed):
    from stewardship.cancer.models import TrackedPathway

    version = TrackedPathway.objects.get(pk=pk).version
    answer = browser.post(reverse("cancer-act", args=[pk, what]), {"version": version, **typed})
    return browser.get(answer.headers["Location"]).content.decode()


def held_today(**more):
    return {"reviewed_on": f"{timezone.localdate():%d %m %Y}", **FOUND, **more}


def test_over_104_days_a_review_is_due_and_the_pathway_offers_to_ask_for_it(browser, people):
    assert due(browser) == ["Placeholder", "Specimen"]
    assert "Ask for the review" in words(browser, people[LONGEST])
    assert 'id="harm"' not in words(browser, people[SHORTER])


def test_a_review_that_was_asked_for_says_by_whom_and_stays_due(browser, people):
    page = does(browser, people[LONGEST], "harm-review-ask")
    assert "The review is asked for." in page and "by Dr A. Steward" in page
    assert "Not completed" in page and "Record what it found" in page
    assert "Placeholder" in due(browser)
    assert "asked for already" in does(browser, people[LONGEST], "harm-review-ask")


def test_a_completed_review_shows_what_it_found_and_by_whom_and_leaves_the_worklist(browser, people):
    does(browser, people[LONGEST], "harm-review-ask")
    page = does(browser, people[LONGEST], "harm-review", **held_today())
    assert "The review is completed." in page
    for said in ("Low", "Moderate", "Endoscopy capacity", "by Dr A. Steward"):
        assert said in page[page.index('id="harm"') :]
    assert "What the clinical harm review found" not in page
    assert due(browser) == ["Specimen"]


def test_severe_harm_asks_when_it_went_to_patient_safety(browser, people):
    from stewardship.cancer.models import HarmReview

    page = does(browser, people[LONGEST], "harm-review", **held_today(physical="severe"))
    assert "patient-safety process" in page and not HarmReview.objects.exists()
    today = f"{timezone.localdate():%d %m %Y}"
    does(browser, people[LONGEST], "harm-review", **held_today(physical="severe", to_patient_safety_on=today))
    assert HarmReview.objects.get().to_patient_safety_on == timezone.localdate()
    assert "Placeholder" not in due(browser)


def test_who_left_the_list_with_a_cancer_after_104_days_is_reviewed_too(browser, people):
    from stewardship.cancer.actions import remove
    from stewardship.cancer.models import TrackedPathway
    from support.tracked import tracker

    TrackedPathway.objects.filter(pk=people[LONGEST]).update(diagnosis="C18.7")
    one = TrackedPathway.objects.get(pk=people[LONGEST])
    remove(
        pathway_id=one.pk, reason="declined", on=timezone.localdate() - timedelta(days=1), by=tracker(),
        seen_version=one.version, now=timezone.now(), delay_code="14",
    )  # fmt: skip
    assert "Placeholder" in due(browser)
    does(browser, people[LONGEST], "harm-review", **held_today())
    assert "Placeholder" not in due(browser)
