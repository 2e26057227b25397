"""The one door to who people are: it tests the scope at this moment, writes the event, and only then answers.

Nothing else opens a person's envelope to show it. "Not there" and "not yours" are told in the same words after the same
work; refusals and searches that find nobody are events too. Where the event cannot be written there is no answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from stewardship.access.log import AccessLogError, Action, Actor, Result, query_of, record
from stewardship.records.identity import settled
from stewardship.vault import indexes, names
from stewardship.vault.crosswalk import standing_for
from stewardship.vault.errors import (
    NotUnderstoodError,
    RefusedError,
    TooOftenError,
    VaultClosedError,
    reaching_the_vault,
)
from stewardship.vault.keys import Keyring
from stewardship.vault.models import Identity, Key, Link
from stewardship.vault.pace import MINUTES, MOST, MOST_OF_CASELOAD, too_often, too_often_of_caseload
from stewardship.vault.person import Where, Who, opened_where, opened_who

NOT_SHOWN = "Nobody of that description is registered where you may look."
NO_REASON = "Say why you need to know who this is."
EMPTY = (
    "The identity vault is empty: nobody was loaded into it yet, or it was lost. Tell your administrator, who can load "
    "demographics or restore the last back-up."
)


@dataclass(frozen=True)
class Reach:
    """Which people somebody may see at this moment.

    kind, organisation: those registered with a practice, and its code; of another kind, nobody. standing_reason:
    what the role is for; asked of everybody whose role says none. caseload: person_ids of those whom the work in hand
    says that they are treating. in_call: somebody is on the telephone with them about a person, so that whoever is
    looked for by number, or by name and birth date, may be found; nobody is listed or opened by it otherwise.
    """

    kind: str
    organisation: str
    standing_reason: str = ""
    caseload: frozenset[int] = frozenset()
    in_call: bool = False

    def includes(self, row: Identity) -> bool:
        """Whether the person of a row is within it now."""
        registered = self.kind == "practice" and bool(self.organisation) and row.practice == self.organisation
        return registered or row.person_id in self.caseload


@dataclass(frozen=True, repr=False)
class Shown:
    """Somebody who may be shown. handle: stands for them in an address. where: None if it is hidden."""

    person_id: int
    handle: str
    practice: str
    who: Who
    where: Where | None


@dataclass(frozen=True, repr=False)
class Asked:
    """What somebody is looked for by: an NHS number, or a family name with the birth date."""

    nhs_number: str = ""
    family_name: str = ""
    birth_date: date | None = None
    given_names: str = ""

    def values(self, keys: Keyring) -> tuple[list[bytes], list[bytes]]:
        """Blind indexes of people and of links. Raises NotUnderstoodError for what cannot be looked for."""
        if self.nhs_number:
            if not (number := settled("nhs number", self.nhs_number)):
                raise NotUnderstoodError("That is not an NHS number. Check its ten digits.")
            return indexes.of_number(keys, number), indexes.of_identifier(keys, "nhs-number", number)
        if self.birth_date is None or not names.parts(self.family_name):
            raise NotUnderstoodError("Give an NHS number, or a family name and the date of birth.")
        return indexes.of_name(keys, self.family_name, self.birth_date, self.given_names), [b""]

    def logged(self) -> str:
        """The fields asked by, with digests of what was asked."""
        born = self.birth_date.isoformat() if self.birth_date else ""
        number = settled("nhs number", self.nhs_number) or ""
        return query_of(number=number, family=self.family_name, given=self.given_names, born=born)


NOTHING = Asked()


def find(asked: Asked, *, by: Actor, scope: Reach, reason: str = "") -> list[Shown]:
    """Everybody within the scope who is meant, by name; none where nobody is, or nobody whom the asker may see.

    One event, with the query's fields and whom it shows. Raises NotUnderstoodError, TooOftenError and VaultClosedError.
    """
    with reaching_the_vault():
        keys = _open()
        people, links = asked.values(keys)
        why = _reason(scope, reason)
        _keep_pace(Action.SEARCH, by, asked, why)
        found = _surviving(_matching(people, links))
    yours = [row for row in found if scope.in_call or scope.includes(row)]
    about = yours or found  # of a refusal the log says whom it was about; the asker is not told
    result: Result = "refused" if found and not yours else "allowed"
    _log(Action.SEARCH, by=by, rows=about, asked=asked, shown=len(yours), reason=why, result=result)
    return sorted((_shown(keys, row) for row in yours), key=_by_name)


def ready() -> None:
    """Raise VaultClosedError if nobody could be shown now."""
    with reaching_the_vault():
        _open()


def identity_of(person_id: int, *, by: Actor, scope: Reach, reason: str = "") -> Shown:
    """Who a pseudonym is, or whom it stands for now. Raises RefusedError, TooOftenError and VaultClosedError."""
    asked = Q(person_id=person_id)
    return _one(Action.RE_IDENTIFY, asked, by=by, scope=scope, reason=reason, about=[person_id])


def person_at(handle: str, *, by: Actor, scope: Reach, reason: str = "") -> Shown:
    """Whom an address stands for. Raises as `identity_of` does."""
    return _one(Action.VIEW, Q(handle=handle), by=by, scope=scope, reason=reason, about=[])


def of_caseload(
    person_ids: Sequence[int], *, did: Action, by: Actor, scope: Reach, query: str = "", reason: str = ""
) -> dict[int, Shown]:
    """Who the people of a list are, by the person_id asked for; whoever is not within the scope is left out.

    One event for the whole list, with everybody whom it shows. Raises NotUnderstoodError, TooOftenError and
    VaultClosedError.
    """
    with reaching_the_vault():
        keys, why = _open(), _reason(scope, reason)
        if too_often_of_caseload(by):
            _log(did, by=by, rows=[], shown=0, reason=why, result="refused")
            raise TooOftenError(
                f"You have opened more than {MOST_OF_CASELOAD} pages of people in {MINUTES} minutes. Wait ten minutes, "
                "then go on."
            )
        now = standing_for(person_ids)
        wanted = {now.get(each, each): each for each in person_ids}
        allowed = replace(scope, caseload=scope.caseload | {now.get(each, each) for each in scope.caseload})
        rows = [row for row in Identity.objects.filter(person_id__in=list(wanted)) if allowed.includes(row)]
    result: Result = "refused" if person_ids and not rows else "allowed"
    _log(did, by=by, rows=rows, query=query, shown=len(rows), reason=why, result=result)
    return {wanted[row.person_id]: _shown(keys, row) for row in rows}


def _one(did: Action, asked: Q, *, by: Actor, scope: Reach, reason: str, about: Sequence[int]) -> Shown:
    with reaching_the_vault():
        keys, why = _open(), _reason(scope, reason)
        _keep_pace(did, by, NOTHING, why)
        ids = list(Identity.objects.filter(asked).values_list("person_id", flat=True))
        found = _surviving(set(ids) | set(about))
    yours = [row for row in found if scope.includes(row)]
    result: Result = "allowed" if yours else "refused"
    _log(did, by=by, rows=found, about=about, shown=len(yours), reason=why, result=result)
    if not yours:
        raise RefusedError(NOT_SHOWN)
    return _shown(keys, yours[0])


def _open() -> Keyring:
    """The keys, if they open everything in the vault: a search under too few of them would miss people."""
    keys = Keyring.from_environment()
    used = list(Key.objects.filter(given_up_at__isnull=True).values_list("fingerprint", flat=True))
    if not used:
        raise VaultClosedError(EMPTY)
    for fingerprint in used:
        keys.named(fingerprint)
    return keys


def _reason(scope: Reach, typed: str) -> str:
    if why := typed.strip() or scope.standing_reason:
        return why
    raise NotUnderstoodError(NO_REASON)


def _keep_pace(did: Action, by: Actor, asked: Asked, reason: str) -> None:
    if too_often(by):
        _log(did, by=by, rows=[], asked=asked, shown=0, reason=reason, result="refused")
        raise TooOftenError(
            f"You have asked who people are more than {MOST} times in {MINUTES} minutes. Wait ten minutes, then go on."
        )


def _matching(people: Sequence[bytes], links: Sequence[bytes]) -> set[int]:
    """The person_id of everybody under one of these blind indexes, or meant by a number that was superseded."""
    direct = Identity.objects.filter(indexes__value__in=people).values_list("person_id", flat=True)
    formerly = Link.objects.filter(value__in=links).values_list("person_id", flat=True)
    return {*direct, *formerly}


def _surviving(person_ids: set[int]) -> list[Identity]:
    """Those people, each as the one they stand for now if that one is kept; by as many queries for none as for many."""
    now = standing_for(person_ids)
    rows: QuerySet[Identity] = Identity.objects.filter(person_id__in={0, *person_ids, *now.values()})
    held = {row.person_id: row for row in rows}
    return [row for person_id, row in sorted(held.items()) if now.get(person_id) not in held]


def _log(
    did: Action,
    *,
    by: Actor,
    rows: Sequence[Identity],
    shown: int,
    reason: str,
    result: Result,
    asked: Asked = NOTHING,
    about: Sequence[int] = (),
    query: str = "",
) -> None:
    """Write the event; without it there is no answer."""
    whom = [*about, *(row.person_id for row in rows)]
    try:
        query = query or asked.logged()
        record(by=by, did=did, about=whom, query=query, shown=shown, reason=reason, result=result)
    except AccessLogError:
        raise VaultClosedError(
            "What is shown of people has to be written down first, and the access log cannot be written. Everything "
            "else works. Tell your administrator."
        ) from None


def _shown(keys: Keyring, row: Identity) -> Shown:
    """A row opened; of a person with the sensitive flag, not where they live."""
    who = opened_who(keys, row)
    where = None if who.sensitive else opened_where(keys, row)
    return Shown(row.person_id, row.handle, row.practice, who, where)


def _by_name(one: Shown) -> tuple[str, str, date, int]:
    return one.who.family_name, one.who.given_names, one.who.birth_date, one.person_id
