"""What we know of the person of a call: short lines, what is missing said, what is old said in words."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from support.advice_calls import about, answers, consultant, draft_of, page, people


@pytest.fixture
def call(vault, tmp_path):
    """A consultant, and the address of a call about somebody who is on the register."""
    people(tmp_path)
    line = consultant()
    where = answers(line)
    about(line, where)
    return line, where


def entry_of(where, **fields):
    """An entry on the register of the person of a call."""
    from stewardship.frailty.changing import author_of
    from stewardship.frailty.models import Entry, Held
    from stewardship.frailty.words import State

    author = author_of(somebody())
    entry = Entry.objects.create(
        person_id=draft_of(where).person_id, state=State.ON_REGISTER, made_at=timezone.now(), made_by=author, **fields
    )  # fmt: skip
    Held.objects.create(
        entry=entry, condition="frailty", degree="severe", diagnosed_on=date(2026, 2, 3), assessor="Dr A",
        at=timezone.now(), by=author,
    )  # fmt: skip
    return entry, author


def somebody():
    from stewardship.access.log import Actor

    return Actor(member_id=None, name="F. Clinician", role="frailty-clinician", organisation="T1")


def known(line, where):
    """What the panel says, by its labels."""
    words = page(line, where).split("What we know</h2>")[1].split("</aside>")[0]
    return " ".join(words.replace("<", " <").split())


def test_somebody_without_an_entry_is_said_to_have_none(call):
    assert "No entry is shown to you" in known(*call) and "None on this line" in known(*call)


def test_an_entry_tells_severity_and_what_is_missing(call):
    entry_of(call[1])
    said = known(*call)
    assert "severe" in said and "3 February 2026" in said
    for missing in ("No plan", "No ReSPECT form", "Missing: not checked"):
        assert missing in said


def test_a_plan_past_its_limit_is_red_and_says_so_in_words(call):
    from stewardship.frailty.models import Plan

    entry, author = entry_of(call[1])
    Plan.objects.create(
        entry=entry, agreed_on=timezone.localdate() - timedelta(days=440), matters="To stay at home", clinician="Dr A",
        at=timezone.now(), by=author,
    )  # fmt: skip
    assert 'class="sw-old">May be out of date: 14 months old' in known(*call)


def test_allergies_and_medicines_are_told_with_the_day_of_their_check(call):
    from stewardship.frailty.models_medicines import MedicinesCheck

    entry, author = entry_of(call[1])
    MedicinesCheck(
        entry=entry, on=date(2026, 10, 2), allergies="Penicillin (rash)", medicines=11, checked_by="A Pharmacist",
        at=timezone.now(), by=author,
    ).save()  # fmt: skip
    said = known(*call)
    assert "<strong>Penicillin (rash)" in said and "11 (checked 2 October 2026)" in said


def test_nothing_of_an_entry_is_told_against_an_objection_to_sharing(call):
    entry_of(call[1], objects_to_sharing=True, owner="P81001")
    assert "No entry is shown to you" in known(*call) and "severe" not in known(*call)


def test_the_team_reads_the_advice_on_the_page_of_the_entry(call):
    from stewardship.frailty.rows import refresh
    from stewardship.site.roles import FrailtyClinician
    from support.advice_calls import ends
    from support.site import client, member, sign_in_as

    line, where = call
    entry, _author = entry_of(where, team="T1", owner="P81001")
    refresh([entry.pk])
    ends(line, where, said="Fluids overnight.", follow_up="visit", follow_up_when="tomorrow 10:00")
    team = client()
    sign_in_as(team, member(FrailtyClinician, username="clinician", organisation="T1"))
    said = page(team, f"/register/{entry.pk}/").split("<h2>Advice line</h2>")[1].split("</ul>")[0]
    assert "Virtual ward" in said and "Fluids overnight." in said and "Visit" in said
