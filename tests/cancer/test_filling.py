"""A demonstration's tracking list is filled with invented people, after its pages are up, once and without doubles."""

import multiprocessing
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from django.urls import reverse

from stewardship.site.roles import CancerTracker
from stewardship.synthetic.cancer.tracked import FAMILIES
from support.cancer_extracts import LAST, ROWS, sent, write_extracts
from support.people import number
from support.site import client, member, sign_in_as

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MADE = [*ROWS, *(sent(place, LAST - timedelta(days=place)) for place in range(10, 80, 10))]
MANY = [row | {"NHSNumber": number(place * 20)} for place, row in enumerate(MADE)]
SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def extracts(tmp_path, vault):
    return write_extracts(tmp_path, MANY)


class BrokenOffError(Exception):
    """The power failed."""


class Failing(list):
    """Numbers to keep up to date, of which the third cannot be told: the filling ends there."""

    def __setitem__(self, at, value):
        if at == 0 and value >= 4:
            raise BrokenOffError
        super().__setitem__(at, value)


def listed():
    from stewardship.cancer.models import TrackedPathway

    return sorted(TrackedPathway.objects.values_list("issuer", "identifier"))


def a_tracker():
    browser = client()
    sign_in_as(browser, member(CancerTracker, username="a-tracker", organisation="ZZT01"))
    return browser


def filled(extracts, **more):
    from stewardship.cancer.filling import fill

    return fill(extracts, now=NOW, **more)


def test_everybody_of_the_made_up_system_comes_onto_the_list(extracts):
    told = [0, 0]
    assert filled(extracts, told=told, step=3) == len(MANY)
    assert told == [len(MANY)] * 2
    assert listed() == sorted(("ZZT01", str(row["PathwayID"])) for row in MANY)


def test_only_names_that_nobody_has_go_to_the_vault(extracts):
    from stewardship.cancer.models import TrackedPathway
    from stewardship.vault.models import Identity

    filled(extracts)
    assert Identity.objects.count() == len(set(TrackedPathway.objects.values_list("person_id", flat=True)))
    page = a_tracker().get(reverse("cancer-list")).content.decode()
    assert any(family.upper() in page for family in FAMILIES)


def test_a_filling_that_was_broken_off_goes_on_and_nobody_is_there_twice(extracts):
    with pytest.raises(BrokenOffError):
        filled(extracts, told=Failing([0, 0]), step=2)
    some = listed()
    assert 0 < len(some) < len(MANY)
    filled(extracts, step=2)
    assert len(listed()) == len(set(listed())) == len(MANY) and set(some) < set(listed())


def test_filled_again_nothing_changes(extracts):
    from stewardship.cancer.models import TrackedPathway

    filled(extracts)
    before = TrackedPathway.history.count()
    filled(extracts, step=4)
    assert TrackedPathway.history.count() == before


def test_pathways_of_long_ago_are_left_out(tmp_path, vault):
    old = sent(90, LAST - timedelta(days=500), NHSNumber=number(900))
    assert filled(write_extracts(tmp_path, [*MANY, old])) == len(MANY)


def test_somebody_tracks_most_of_them_and_a_second_time_nobody(extracts):
    from stewardship.cancer.made_up_work import make_up_work
    from stewardship.cancer.models import Comment, NextAction

    filled(extracts)
    assert 0 < make_up_work(now=NOW) < len(MANY)
    made = (NextAction.objects.count(), Comment.objects.count())
    assert all(made)
    for action in NextAction.objects.all():
        action.full_clean()
    assert make_up_work(now=NOW) == 0
    assert (NextAction.objects.count(), Comment.objects.count()) == made


def test_nothing_but_a_demonstration_is_filled(extracts):
    from stewardship.cancer.filling import Filling

    with (
        override_settings(DEMONSTRATION=False),
        pytest.raises(ImproperlyConfigured, match="Only the tracking"),
    ):
        Filling().start(extracts)
    assert listed() == []


def test_a_list_that_was_filled_is_left_alone(extracts, tmp_path):
    from django.conf import settings

    from stewardship.cancer.filling import MARK, Filling

    filled(extracts)
    mark = settings.WORKSPACE.folder / MARK
    mark.touch()
    try:
        with override_settings(DEMONSTRATION=True):
            filling = Filling()
            filling.start(extracts)
        assert filling.progress() is None
    finally:
        mark.unlink()


@pytest.mark.parametrize(
    "code, said",
    [
        (
            None,
            "The tracking list is being filled</strong> with the invented people of this demonstration: 40 of 1,200",
        ),
        (1, "The tracking list could not be filled"),
        (0, ""),
    ],
)
def test_the_page_says_how_far_it_is(vault, monkeypatch, code, said):
    from stewardship.cancer import filling

    going = filling.Filling()
    going._told = SPAWN.Array("q", [40, 1200], lock=False)
    going._process = SPAWN.Process(
        target=time.sleep if code is None else exit, args=(60 if code is None else code,)
    )
    going._process.start()
    monkeypatch.setattr("stewardship.cancer.views_list.FILLING", going)
    try:
        if code is not None:
            going._process.join(30)
        page = a_tracker().get(reverse("cancer-list")).content.decode()
        assert said in page if said else "tracking list is being filled" not in page
    finally:
        going.stop()
