"""A number that was wrong, and a name typed by hand: nobody's record in the vault is written over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from support.nightly_files import NOW, TODAY, files, load, pathway_row
from support.people import number
from support.tracked import again, told
from support.tracked_people import person

pytestmark = pytest.mark.usefixtures("vault")


def one_of(identifier="PW00000"):
    from stewardship.cancer.models import TrackedPathway

    return TrackedPathway.objects.get(identifier=identifier)


def known(person_id):
    """What the vault knows of somebody."""
    from stewardship.vault.keys import Keyring
    from stewardship.vault.models import Identity
    from stewardship.vault.person import opened_where, opened_who

    row, keys = Identity.objects.get(person_id=person_id), Keyring.from_environment()
    return opened_who(keys, row), opened_where(keys, row)


def someone(place=70, **changed):
    made = person(place, "Standin", "Ruth")
    return replace(made, who=replace(made.who, **changed)) if changed else made


def add(whom, **fields):
    from stewardship.cancer.actions_adding import add_pathway
    from support.tracked import tracker

    given = {
        "referral_type": "08",
        "priority_type": "3",
        "source_of_referral": "03",
        "received_on": TODAY,
        **fields,
    }
    return add_pathway(person=whom, issuer="RZ1", fields=given, by=tracker(), now=NOW)


def test_a_second_pathway_by_hand_leaves_the_address_that_the_files_brought():
    load(files([pathway_row(0, address="1 Quay Street, Harbourmouth", postcode="ZZ99 1ZZ")]))
    who, where = known(one_of().person_id)
    made = add(replace(someone(), who=replace(who), where=type(where)()))
    assert made.person_id == one_of().person_id
    assert known(made.person_id)[1] == where and "Quay" in where.address


@pytest.mark.parametrize("changed", [{"family_name": "Otherwise"}, {"birth_date": date(1980, 1, 1)}])
def test_a_number_that_is_known_under_another_name_or_birth_date_is_refused_and_nobody_is_written_over(
    changed,
):
    from django.core.exceptions import ValidationError

    from support.people import events

    add(someone())
    before = known(one_of_hand().person_id)
    with pytest.raises(ValidationError, match="known with another family name or date of birth"):
        add(someone(**changed), referral_type="07")
    assert known(one_of_hand().person_id) == before
    assert events()[-1].result == "refused"


def one_of_hand():
    from stewardship.cancer.models import TrackedPathway

    return TrackedPathway.objects.get(identifier__startswith="HAND")


def test_a_corrected_number_moves_the_pathway_and_the_file_is_followed_again():
    from stewardship.cancer.actions import correct_person

    wrong, right = pathway_row(0), pathway_row(0, nhs_number=number(5000), family_name="Standin")
    load(files([wrong]))
    one = one_of()
    loaded = load(files([right]), now=NOW + timedelta(days=1))
    assert loaded.rejected == 1 and again(one).person_id == one.person_id  # nobody passes silently to another
    whom = replace(
        someone(),
        who=replace(someone().who, nhs_number=number(5000), birth_date=date(1940, 2, 3), given_names=""),
    )
    correct_person(**told(again(one), person=whom, reason="the ward’s wristband"))
    after = again(one)
    assert after.person_id != one.person_id and after.version > one.version
    assert one.person_id in set(one.history.values_list("person_id", flat=True))
    changed = files([pathway_row(0, nhs_number=number(5000), family_name="Standin", first_seen="2026-05-11")])
    assert load(changed, now=NOW + timedelta(days=2)).rejected == 0
    assert str(again(one).first_seen_on) == "2026-05-11"


def test_finding_out_whose_a_pathway_is_is_an_event_about_both():
    from stewardship.cancer.actions import correct_person
    from support.people import events

    load(files([pathway_row(0)]))
    one, before = one_of(), len(events())
    correct_person(**told(one, person=someone(), reason="the ward’s wristband"))
    about = " ".join(event.about for event in events()[before:])
    assert str(one.person_id) in about and str(again(one).person_id) in about
    assert not [event for event in events()[before:] if "wristband" in str(vars(event))]
