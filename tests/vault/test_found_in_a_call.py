"""Whoever answers the advice line finds the person whom the call is about, and opens nobody else."""

import pytest

from stewardship.access.log import Action, Actor
from support.people import shown, written

CALL = {"kind": "provider", "organisation": "RZ1", "standing_reason": "answers the advice line"}


@pytest.fixture
def consultant(vault, tmp_path):
    from support.people import load

    load(written(tmp_path / "people.csv", shown()))
    return Actor(member_id=None, name="C. Onsultant", role="advice-line-consultant", organisation="RZ1")


def test_by_number_and_by_name_with_birth_date_whatever_the_practice(consultant):
    from datetime import date

    from stewardship.vault.door import Asked, Reach, find

    scope = Reach(**CALL, in_call=True)
    (one,) = find(Asked(nhs_number="9990000018"), by=consultant, scope=scope)
    assert one.who.family_name == "O'Brien"
    twins = find(
        Asked(family_name="Featherstonehaugh-Cholmondeley", birth_date=date(1990, 2, 3)),
        by=consultant,
        scope=scope,
    )
    assert len(twins) == 2


def test_never_by_a_name_alone(consultant):
    from stewardship.vault.door import Asked, Reach, find
    from stewardship.vault.errors import NotUnderstoodError

    with pytest.raises(NotUnderstoodError):
        find(Asked(family_name="O'Brien"), by=consultant, scope=Reach(**CALL, in_call=True))


def test_a_call_opens_nobody_by_pseudonym_or_list(consultant):
    from stewardship.vault.door import Asked, Reach, find, identity_of, of_caseload
    from stewardship.vault.errors import RefusedError

    scope = Reach(**CALL, in_call=True)
    (one,) = find(Asked(nhs_number="9990000018"), by=consultant, scope=scope)
    with pytest.raises(RefusedError):
        identity_of(one.person_id, by=consultant, scope=scope)
    assert of_caseload([one.person_id], did=Action.LIST, by=consultant, scope=scope) == {}
    assert find(Asked(nhs_number="9990000018"), by=consultant, scope=Reach(**CALL)) == []
