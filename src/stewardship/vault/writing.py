"""Identity is written first, and work refers to it: a crash between the two databases leaves an orphan, no riddle."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction

from stewardship.access.log import Action, Actor, record
from stewardship.rules.nhs_number import nhs_number
from stewardship.system.settings import NHS_NUMBERS
from stewardship.vault import indexes
from stewardship.vault.crosswalk import pseudonyms, standing_for
from stewardship.vault.errors import NotUnderstoodError, reaching_the_vault
from stewardship.vault.keeping import BATCH, keep
from stewardship.vault.keys import Keyring
from stewardship.vault.models import Identity, Index
from stewardship.vault.person import Person
from stewardship.vault.router import ALIAS

OTHERWISE = (
    "That NHS number is known with another family name or date of birth. Check the three together; where the name has "
    "changed, it comes with the hospital’s file."
)


def write_identity(person: Person, *, by: Actor) -> int:
    """Keep somebody whom a piece of work is about, and return the person_id for the work to refer to.

    Committed when this returns, so call it before the work's own transaction begins. Who came with demographics, or
    under a number that took this one's place, is left as they are. Raises NotUnderstoodError for a number that is
    none, VaultError where nothing could be kept, AccessLogError where it could not be logged.
    """
    if nhs_number(person.who.nhs_number) != person.who.nhs_number:
        raise NotUnderstoodError(
            "That is not an NHS number: ten digits, of which the last checks the others."
        )
    keys, now = Keyring.from_environment(), datetime.now(UTC)
    with reaching_the_vault(), transaction.atomic(using=ALIAS, durable=True):
        person_id, superseded = _standing_for(person.who.nhs_number)
        held = Identity.objects.select_for_update().filter(person_id=person_id).first()
        if held is None or not (held.load or superseded):
            keep({person_id: person}, keys=keys, load="", now=now)
        elif not held.load:
            Identity.objects.filter(person_id=person_id).update(made_at=now)  # the sweep begins its day anew
        record(by=by, did=Action.CREATE, about=[person_id])
    return person_id


def take_identity(person: Person, *, by: Actor) -> int:
    """The person_id of somebody whose number, name and birth date were typed, for a piece of work to refer to.

    Whoever is known stays as they are: what is typed has no address. Raises NotUnderstoodError where the number is
    known under another family name or birth date, which is logged as a refusal; otherwise as `write_identity` does.
    """
    keys, who = Keyring.from_environment(), person.who
    with reaching_the_vault(), transaction.atomic(using=ALIAS, durable=True):
        person_id, _ = _standing_for(who.nhs_number)
        held = Identity.objects.select_for_update().filter(person_id=person_id)
        known = held.exists()
        alike = indexes.of_name(keys, who.family_name, who.birth_date)
        same = known and Index.objects.filter(person_id=person_id, value__in=alike).exists()
        if same:
            held.filter(load="").update(made_at=datetime.now(UTC))  # the sweep begins its day anew
    if known:
        record(by=by, did=Action.CREATE, about=[person_id], result="allowed" if same else "refused")
        if not same:
            raise NotUnderstoodError(OTHERWISE)
        return person_id
    return write_identity(person, by=by)


def write_identities(people: Sequence[Person], *, by: Actor) -> list[int]:
    """Keep everybody of a file whom work is about, as `write_identity` does, and return their person_ids in order.

    Committed five hundred at a time, so that a crash leaves orphans and no riddle. Raises as `write_identity` does.
    """
    keys, now = Keyring.from_environment(), datetime.now(UTC)
    return [
        person_id
        for at in range(0, len(people), BATCH)
        for person_id in _write_some(people[at : at + BATCH], keys, now, by)
    ]


def _write_some(people: Sequence[Person], keys: Keyring, now: datetime, by: Actor) -> list[int]:
    numbers = [person.who.nhs_number for person in people]
    if any(nhs_number(number) != number for number in numbers):
        raise NotUnderstoodError("One of the numbers is not an NHS number. Nobody of this file was kept.")
    with reaching_the_vault(), transaction.atomic(using=ALIAS, durable=True):
        own = pseudonyms().person_ids(NHS_NUMBERS, numbers)
        now_is = standing_for(own)
        ids = [now_is.get(each, each) for each in own]
        rows = Identity.objects.select_for_update().filter(person_id__in=ids).order_by("person_id")
        loads = dict(rows.values_list("person_id", "load"))
        for_work = {each for each in ids if not loads.get(each)}
        superseded = {now_is[each] for each in own if each in now_is}
        new = {
            each: person
            for each, person in zip(ids, people, strict=True)
            if each in for_work - (superseded & loads.keys())
        }
        keep(new, keys=keys, load="", now=now)
        Identity.objects.filter(person_id__in=for_work & loads.keys()).update(made_at=now)
        record(by=by, did=Action.CREATE, about=ids, via="page" if by.member_id else "command")
    return ids


def _standing_for(number: str) -> tuple[int, bool]:
    """The person_id that an NHS number stands for, and whether another number took its place."""
    own = pseudonyms().person_ids(NHS_NUMBERS, [number])[0]
    now = standing_for([own]).get(own)
    return (own, False) if now is None else (now, True)
