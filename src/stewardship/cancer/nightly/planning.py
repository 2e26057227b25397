"""What loading a pair of nightly files would do, for somebody to look at first; nothing is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from stewardship.cancer.models import Load, MilestoneEvent, Removal, TrackedPathway
from stewardship.cancer.nightly.checking import Checked, Key, Rejected, SentPathway
from stewardship.cancer.nightly.merging import Merged, ending, merged, sent_digest
from stewardship.cancer.words import RemovalReason, Source
from stewardship.rules.cancer.allocation import trust_of
from stewardship.system.settings import NHS_NUMBERS
from stewardship.vault.crosswalk import pseudonyms, standing_for

FEW = 10
"""So many may be missing from any file: below that a share says nothing."""
BATCH = 5000  # ids a question
OTHER_PERSON = (
    "NHS NUMBER",
    "the pathway came with another person’s number before; mend it, or load the crosswalk of the two numbers",
)


@dataclass(repr=False)
class Night:
    """One pathway that a load would write. closes: why and when it would leave the list. returns: it had vanished.

    reopens: the file no longer says what it was closed for.
    """

    merged: Merged
    closes: tuple[RemovalReason, date] | None = None
    reopens: Removal | None = None
    returns: bool = False

    @property
    def pathway(self) -> TrackedPathway:
        """The pathway as it would be."""
        return self.merged.pathway

    @property
    def is_new(self) -> bool:
        """Whether it is not on the list yet."""
        return self.pathway.pk is None


@dataclass(repr=False)
class Plan:
    """What a load would do. stops: why it must not, in sentences; empty where it may.

    nights: the pathways that it would write. vanished: those that would be missing without a reason. unchanged: how
    many it would leave as they are. rejected: rows that are set aside. providers: whose pathways the files tell of.
    """

    nights: list[Night] = field(default_factory=list)
    vanished: list[TrackedPathway] = field(default_factory=list)
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    providers: frozenset[str] = frozenset()

    @property
    def new(self) -> list[Night]:
        """Pathways that would come onto the list."""
        return [each for each in self.nights if each.is_new]

    @property
    def changed(self) -> list[Night]:
        """Pathways of which a field would change; `merged.changes` says which."""
        return [each for each in self.nights if not each.is_new and each.merged.changes]

    @property
    def closed(self) -> list[Night]:
        """Pathways that would leave the list, with the reason in `closes`."""
        return [each for each in self.nights if each.closes]

    @property
    def returned(self) -> list[Night]:
        """Pathways that had vanished, and are there again."""
        return [each for each in self.nights if each.returns]

    @property
    def differing(self) -> list[Night]:
        """Pathways of which the file contradicts a correction; `merged.clashes` says where."""
        return [each for each in self.nights if each.merged.clashes]


def planned(
    checked: Checked,
    *,
    today: date,
    vanished_at_most: float,
    vanished: int | None = None,
    lock: bool = False,
) -> Plan:
    """The plan of files that were checked. vanished: how many are known to be missing, said by somebody who made sure.

    lock: hold the pathways until the transaction ends.
    """
    plan = Plan(rejected=list(checked.rejected), providers=checked.providers)
    known = _known({issuer for issuer, _ in checked.seen})
    sent_as, stands_for = _people(checked.pathways.values(), known.values())
    unusable = _unusable(checked)
    wanted = _wanted(checked, known, unusable)
    held = _held([known[key].pk for key in wanted if key in known], lock)
    for key, sent in checked.pathways.items():
        there, person_id = known.get(key), sent_as[sent.row]
        if there is not None and stands_for.get(there.person_id, there.person_id) != person_id:
            plan.rejected.append(Rejected(checked.name, sent.row, *OTHER_PERSON))
            continue
        night = None
        if key in wanted:
            pathway = held[there.pk] if there else _made(key, person_id)
            events = checked.events.get(key, {})
            night = _night(merged(pathway, sent, events, unusable.get(key, frozenset()), today))
        if night is None:
            plan.unchanged += 1
        else:
            night.pathway.sent_digest = wanted[key]
            plan.nights.append(night)
    plan.vanished = _vanished([each.pk for key, each in known.items() if key not in checked.seen], lock)
    plan.stops = [
        *_stops(plan, {issuer for issuer, _ in known}, today, vanished_at_most, vanished),
        *_broken(plan, checked, today),
    ]
    return plan


class _There(NamedTuple):
    """What has to be known of every pathway on the list."""

    pk: int
    person_id: int
    sent_digest: str
    has_vanished: bool


def _known(issuers: set[str]) -> dict[Key, _There]:
    """Every pathway of the providers that the file tells of."""
    found = TrackedPathway.objects.filter(issuer__in=issuers).order_by("pk")
    fields = ("issuer", "identifier", "pk", "person_id", "sent_digest", "vanished_at")
    return {
        (issuer, identifier): _There(pk, person_id, digest, vanished is not None)
        for issuer, identifier, pk, person_id, digest, vanished in found.values_list(*fields)
    }


def _wanted(
    checked: Checked, known: Mapping[Key, _There], unusable: Mapping[Key, frozenset[str]]
) -> dict[Key, str]:
    """The pathways that have to be merged, with the digest of what is said of them.

    Where the file says of a pathway exactly what it said before, merging would change nothing.
    """
    wanted = {}
    for key, sent in checked.pathways.items():
        digest = sent_digest(sent, checked.events.get(key, {}), unusable.get(key, frozenset()))
        there = known.get(key)
        if there is None or there.has_vanished or there.sent_digest != digest:
            wanted[key] = digest
    return wanted


def _night(one: Merged) -> Night | None:
    """What the file does to one pathway; None if nothing."""
    pathway = one.pathway
    night = Night(one, returns=pathway.vanished_at is not None)
    if not (night.is_new or night.returns or one.touched):
        return None
    end = ending(pathway, one.treatments)
    if end and pathway.closed_at is None and (night.is_new or one.changes):
        night.closes = end
    elif end is None and pathway.closed_at is not None and one.changes:
        removals = (each for each in pathway.removals.all() if each.undone_at is None)
        night.reopens = next((each for each in removals if each.source == Source.FILE), None)
    return night


def _unusable(checked: Checked) -> dict[Key, frozenset[str]]:
    found: dict[Key, set[str]] = {}
    for key, code in checked.unusable_events:
        found.setdefault(key, set()).add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


def _held(keys: list[int], lock: bool) -> dict[int, TrackedPathway]:
    """Pathways with what they are merged with."""
    children = ("treatments", "milestones", "transfers", "removals")
    found: dict[int, TrackedPathway] = {}
    for at in range(0, len(keys), BATCH):
        some = TrackedPathway.objects.filter(pk__in=keys[at : at + BATCH]).order_by("pk")
        some = some.select_for_update() if lock else some
        found |= {each.pk: each for each in some.prefetch_related(*children)}
    return found


def _vanished(keys: list[int], lock: bool) -> list[TrackedPathway]:
    """Of pathways that are not in the file: open, sent before, and neither missing already nor kept by hand.

    One that another provider has received is that one's to track, and the files need not bring it any more.
    """
    missing: list[TrackedPathway] = []
    for at in range(0, len(keys), BATCH):
        some = TrackedPathway.objects.open().filter(
            pk__in=keys[at : at + BATCH], vanished_at=None, kept_by_hand=False
        )
        some = some.exclude(sent_digest="").order_by("pk")
        missing += some.select_for_update() if lock else some
    return [each for each in missing if each.provider == trust_of(each.issuer)]


def _made(key: Key, person_id: int) -> TrackedPathway:
    issuer, identifier = key
    return TrackedPathway(
        issuer=issuer,
        identifier=identifier,
        person_id=person_id,
        provider=trust_of(issuer),
        source=Source.FILE,
    )


def _people(rows: Iterable[SentPathway], held: Iterable[_There]) -> tuple[dict[int, int], dict[int, int]]:
    """The person_id of each row by its number; and who stands for whom now, of all these people."""
    sent = list(rows)
    own = pseudonyms().person_ids(NHS_NUMBERS, [each.person.who.nhs_number for each in sent])
    everybody = sorted({*own, *(each.person_id for each in held)})
    now: dict[int, int] = {}
    for at in range(0, len(everybody), BATCH):
        now |= standing_for(everybody[at : at + BATCH])
    return {each.row: now.get(one, one) for each, one in zip(sent, own, strict=True)}, now


def _stops(
    plan: Plan, issuers: set[str], today: date, vanished_at_most: float, vanished: int | None
) -> Iterator[str]:
    """Why this must not be loaded: older than what was, or so much missing that the files are more likely broken."""
    last = Load.objects.first()
    if last is not None and today < last.files_of:
        yield f"Files of {last.files_of:%-d %B %Y} were loaded already. Load those of that day or later."
    open_here = TrackedPathway.objects.open().filter(issuer__in=issuers).count()
    gone = len(plan.vanished)
    if gone > max(FEW, vanished_at_most * open_here) and gone != vanished:
        yield (
            f"{gone:,} of {open_here:,} open pathways are not in the file. If that is so, load it with this number as "
            "the number that vanished; else the file is not whole: send it again."
        )
    lost = sum(1 for each in plan.nights for one in each.merged.gone if isinstance(one, MilestoneEvent))
    sent_before = MilestoneEvent.objects.filter(pathway__issuer__in=issuers).count()
    if lost > max(FEW, vanished_at_most * sent_before):
        yield f"{lost:,} of {sent_before:,} milestones are not in the file of events: it is not whole. Send it again."


def _broken(plan: Plan, checked: Checked, today: date) -> Iterator[str]:
    """Why files as these cannot be tonight's: they came before others, or most of one cannot be read."""
    pathways, events = checked.digests
    again = Load.objects.filter(pathways_digest=pathways, events_digest=events, files_of__lt=today).first()
    if again is not None and (plan.nights or plan.vanished):
        yield (
            f"These same files were loaded on {again.files_of:%-d %B %Y}, and what came after would be taken back. "
            "Send tonight's."
        )
    aside = {(each.file, each.row) for each in plan.rejected}
    for name, many in checked.sent.items():
        unusable = sum(1 for file, _ in aside if file == name)
        if unusable > FEW and unusable * 2 > many:
            yield (
                f"{unusable:,} of the {many:,} rows of {name} cannot be used: it is not written as the settings say. "
                "Look at the reasons, mend the file or the settings, and send it again."
            )
