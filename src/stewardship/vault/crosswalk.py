"""Identifiers made elsewhere, and NHS numbers that were superseded: whom each stands for. Held in the vault only.

Somebody whose number was issued after adoption, gender reassignment or for protection is never joined with who they
were: such links are refused, and forgotten when the new identity becomes known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from stewardship.access.log import Action, Actor, record
from stewardship.records.identity import Identities
from stewardship.system.environment import pseudonym_key
from stewardship.system.settings import NHS_NUMBERS, KeyVariables
from stewardship.vault.keeping import still_used, take_up
from stewardship.vault.keys import Keyring, Kind
from stewardship.vault.loading import Loaded, Told, batches, reported, usable
from stewardship.vault.models import Identity, Link
from stewardship.vault.person import opened_who
from stewardship.vault.router import ALIAS
from stewardship.vault.rows import CROSSWALK, LinkRow, link_of, rows_of

MAY_NOT_BE_JOINED = "the two may not be joined"


@dataclass(frozen=True, repr=False)
class _Pair:
    """A row with the person_id that its identifier makes by itself, and the one that it is to stand for."""

    row: int
    link: LinkRow
    was: int
    person_id: int


def load_links(
    file: Path,
    *,
    identities: Identities,
    keys: Keyring,
    now: datetime,
    by: Actor,
    report: Path | None = None,
    told: Told = lambda rows: None,
) -> Loaded:
    """Keep every link of a crosswalk file, in one transaction. A link that the vault has for an identifier is replaced.

    A row of the namespace "nhs-number" says that its identifier was superseded by its nhs_number. identities: without
    a crosswalk of their own. Otherwise as `load_people`.
    """
    loaded = Loaded()
    with reported(report, loaded), transaction.atomic(using=ALIAS, durable=True):
        take_up(keys.newest, now)
        for batch in batches(rows_of(file, CROSSWALK), told):
            pairs = _pairs(usable(batch, loaded, link_of), identities)
            allowed = _allowed(pairs, keys, loaded)
            for pair in (pair for pair in allowed if pair.link.namespace == NHS_NUMBERS):
                _supersede(pair, keys, loaded)
            _link([pair for pair in allowed if pair.link.namespace != NHS_NUMBERS], keys, loaded)
        still_used(keys.newest)
        record(by=by, did=Action.CREATE, shown=loaded.kept, via="command", reason="a crosswalk was loaded")
    return loaded


def crosswalk(keys: Keyring) -> dict[str, dict[str, int]]:
    """For each namespace, the person_id that each identifier stands for: for `records.identity.Identities`."""
    found: dict[str, dict[str, int]] = {}
    for link in Link.objects.all().iterator(2000):
        found.setdefault(link.namespace, {})[opened_identifier(link, keys)] = link.person_id
    return found


def standing_for(person_ids: Iterable[int]) -> dict[int, int]:
    """Of these ids, those that another stands for now, and which."""
    return dict(Link.objects.filter(was__in=[0, *person_ids]).values_list("was", "person_id"))


def pseudonyms() -> Identities:
    """What makes the person_id of this system. Raises SettingsError where its key is missing."""
    return Identities(pseudonym_key(KeyVariables()))


def opened_identifier(link: Link, keys: Keyring) -> str:
    """The identifier of a link."""
    return keys.named(link.key_id).opened(bytes(link.identifier), belongs_to(link.namespace, link.was))


def belongs_to(namespace: str, was: int) -> str:
    """What the envelope of a link's identifier belongs to."""
    return f"link 1 {namespace} {was}"


def _pairs(good: list[tuple[int, LinkRow]], identities: Identities) -> list[_Pair]:
    numbers = identities.person_ids(NHS_NUMBERS, [link.nhs_number for _, link in good])
    was = [identities.person_ids(link.namespace, [link.identifier])[0] for _, link in good]
    return [
        _Pair(row, link, own, person_id)
        for (row, link), own, person_id in zip(good, was, numbers, strict=True)
    ]


def _allowed(pairs: list[_Pair], keys: Keyring, loaded: Loaded) -> list[_Pair]:
    """Those that join nobody's new identity with an old one: no other number, no second identifier of a
    namespace, no identifier that stands for another already."""
    new = _with_new_identity(pairs, keys)
    taken = set(Link.objects.filter(person_id__in=new).values_list("namespace", "person_id", "was"))
    stands = standing_for([each for pair in pairs for each in (pair.was, pair.person_id)])
    allowed = []
    for pair in pairs:
        namespace, theirs = pair.link.namespace, {pair.was, pair.person_id} & new
        second = any(
            (space, who) == (namespace, pair.person_id) and was != pair.was for space, who, was in taken
        )
        now = stands.get(pair.person_id, pair.person_id)
        before = stands.get(pair.was, now)
        moved = before != now and {before, now} & new
        if pair.link.new_identity or (theirs and (namespace == NHS_NUMBERS or second)) or moved:
            loaded.refuse(pair.row, MAY_NOT_BE_JOINED)
        else:
            allowed.append(pair)
            taken.add((namespace, pair.person_id, pair.was))
    return allowed


def _with_new_identity(pairs: list[_Pair], keys: Keyring) -> set[int]:
    known = standing_for([each for pair in pairs for each in (pair.was, pair.person_id)])
    ids = {each for pair in pairs for each in (pair.was, pair.person_id)} | set(known.values())
    rows = Identity.objects.filter(person_id__in=ids).defer("where")
    return {row.person_id for row in rows if opened_who(keys, row).new_identity}


def _supersede(pair: _Pair, keys: Keyring, loaded: Loaded) -> None:
    """One number takes another's place, together with all that stood for the other."""
    person_id = standing_for([pair.person_id]).get(pair.person_id, pair.person_id)
    if person_id == pair.was:
        loaded.refuse(
            pair.row, "it leads in a circle: the number that stays was itself superseded by this one"
        )
        return
    Link.objects.filter(person_id=pair.was).update(person_id=person_id)
    _write([(pair, person_id)], keys)
    loaded.kept += 1


def _link(pairs: list[_Pair], keys: Keyring, loaded: Loaded) -> None:
    """Pseudonyms stand for whoever their number stands for now."""
    known = standing_for(pair.person_id for pair in pairs)
    once: dict[int, tuple[_Pair, int]] = {}
    for pair in pairs:
        if pair.was in once:
            loaded.refuse(pair.row, "identifier came in an earlier row")
        else:
            once[pair.was] = (pair, known.get(pair.person_id, pair.person_id))
    _write(list(once.values()), keys)
    loaded.kept += len(once)


def _write(pairs: list[tuple[_Pair, int]], keys: Keyring) -> None:
    key = keys.newest
    rows = [
        Link(
            namespace=pair.link.namespace,
            value=key.index(Kind.IDENTIFIER, pair.link.namespace, pair.link.identifier),
            identifier=key.seal(pair.link.identifier, belongs_to(pair.link.namespace, pair.was)),
            was=pair.was,
            person_id=person_id,
            key_id=key.fingerprint,
        )
        for pair, person_id in pairs
    ]
    changes = ["value", "identifier", "person_id", "key"]
    Link.objects.bulk_create(rows, 500, update_conflicts=True, unique_fields=["was"], update_fields=changes)
