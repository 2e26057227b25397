"""Putting somebody on the list by hand: the vault first, and never the same pathway twice."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from support.nightly_files import NOW, everything, files, load, pathway_row
from support.people import find, number, row_of
from support.tracked import PROVIDER, again, tracker

pytestmark = pytest.mark.usefixtures("vault")

REFERRED = {
    "priority_type": "3",
    "source_of_referral": "03",
    "referral_type": "08",
    "received_on": date(2026, 5, 20),
}


def add(place=0, identifier="", **fields):
    from stewardship.cancer.actions_adding import add_pathway
    from stewardship.vault.rows import person_of

    person = person_of(row_of(place, number(place * 20)), NOW.date())
    given = {"person": person, "issuer": PROVIDER, "fields": REFERRED | fields, "by": tracker(), "now": NOW}
    return add_pathway(**given, identifier=identifier)


def test_somebody_added_by_hand_is_on_the_list_and_in_the_vault_alone():
    one = add()
    assert again(one).row.tumour_group == "skin"
    assert [each.person_id for each in find(nhs_number=number(0))] == [one.person_id]
    assert "Brien" not in repr(everything())


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"received_on": None}, "Give the day the referral was received"),
        ({"received_on": date(2026, 6, 9)}, "has not come yet"),
        ({"first_seen_on": date(2026, 5, 2)}, "before the referral was received"),
        ({"closed_at": NOW}, "cannot be given here"),
    ],
)
def test_what_cannot_be_is_refused_before_anybody_is_kept(fields, says):
    from stewardship.vault.models import Identity

    with pytest.raises(ValidationError, match=says):
        add(**fields)
    assert not Identity.objects.exists()


def test_nobody_is_added_twice_for_the_same_suspected_cancer():
    add()
    with pytest.raises(ValidationError, match="open pathway for the same suspected cancer"):
        add()
    assert add(referral_type="07").pk


def test_a_pathway_added_by_hand_does_not_vanish_and_is_taken_on_by_the_file_that_brings_it():
    one = add(0, "PW00000")
    assert load(files([pathway_row(1)])).vanished == 0
    loaded = load(files([pathway_row(0, referral_type="08", received="2026-05-20"), pathway_row(1)]))
    assert (loaded.new, again(one).differences.count()) == (0, 0)
    assert load(files([pathway_row(1)])).vanished == 1  # from then on it is the file's


def test_where_a_file_contradicts_what_was_added_by_hand_somebody_settles_it():
    one = add(0, "PW00000")
    load(files([pathway_row(0, referral_type="08", received="2026-05-18")]))
    difference = again(one).differences.get()
    assert (difference.field, difference.ours, difference.sent) == ("received_on", "2026-05-20", "2026-05-18")
    assert again(one).received_on == date(2026, 5, 20)
