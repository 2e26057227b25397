"""Loading a pair of nightly files: shown first, then applied whole or not at all. Loading them twice changes nothing.

Identities go to the vault first and are committed there; then the work, in one transaction. A crash between the two
leaves people in the vault whom no pathway is about, and the vault's sweep removes them after a day.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, OperationalError, transaction

from stewardship.access.log import Action, Actor, record
from stewardship.cancer.changing import author_of, day_of
from stewardship.cancer.models import Load
from stewardship.cancer.nightly.applying import apply
from stewardship.cancer.nightly.checking import Checked, checked_pathways
from stewardship.cancer.nightly.checking_events import check_events
from stewardship.cancer.nightly.errors import FileError
from stewardship.cancer.nightly.planning import Plan, planned
from stewardship.cancer.nightly.reading import Sheet, read_events, read_pathways
from stewardship.cancer.rows import refresh, with_a_day_that_came
from stewardship.system.cancer import CancerSettings
from stewardship.vault.crosswalk import pseudonyms
from stewardship.vault.writing import write_identities

PURPOSE = "nightly files of the cancer tracking list"
LOGGED = 500  # people an event
ELSEWHERE = "The files hold pathways of {others}, and you load those of {own}. Nothing was loaded: send your own files."
AT_THE_SAME_TIME = "Somebody else loaded files at the same time. Nothing was loaded: try again."


@dataclass(frozen=True, repr=False)
class Files:
    """A pair of files as sent: names for what is said of them, and bytes."""

    pathways_name: str
    pathways: bytes
    events_name: str
    events: bytes


def preview(files: Files, settings: CancerSettings, *, today: date, vanished: int | None = None) -> Plan:
    """What loading these files would do. today: the day that they tell of. Raises FileError where one is unusable."""
    pathways, events = _read(files, settings)
    found = _checked(pathways, events, settings, today)
    return planned(found, today=today, vanished_at_most=settings.vanished_at_most, vanished=vanished)


def load(
    files: Files,
    settings: CancerSettings,
    *,
    by: Actor,
    now: datetime,
    vanished: int | None = None,
    only: str = "",
) -> Load:
    """Load a pair of files. vanished: how many open pathways are known to be missing from them.

    only: the one provider whose pathways they may tell of; "" for any.

    Raises FileError where a file is unusable or must not be loaded, VaultError where identities could not be kept,
    AccessLogError where it could not be logged; then nothing was changed but, perhaps, the vault.
    """
    today = day_of(now)
    pathways, events = _read(files, settings)
    found = _checked(pathways, events, settings, today)
    if others := elsewhere(found.providers, only):
        raise FileError(others)
    limits = {"today": today, "vanished_at_most": settings.vanished_at_most, "vanished": vanished}
    plan = planned(found, **limits)  # type: ignore[arg-type]  # as the three are named
    _refuse(plan)
    people = [each.merged.sent.person for each in plan.nights if each.merged.identity_changed]
    written = set(write_identities(people, by=by))
    with _one_at_a_time(), transaction.atomic():
        plan = planned(found, **limits, lock=True)  # type: ignore[arg-type]
        _refuse(plan)
        lacking = {each.pathway.person_id for each in plan.nights if each.merged.identity_changed} - written
        if lacking:
            raise FileError(AT_THE_SAME_TIME)
        author = author_of(by)
        loaded = Load(
            at=now, by=author, files_of=today, pathways_digest=pathways.digest, events_digest=events.digest,
            new=len(plan.new), changed=len(plan.changed), closed=len(plan.closed), vanished=len(plan.vanished),
            returned=len(plan.returned), rejected=len(plan.rejected), differences=len(plan.differing),
        )  # fmt: skip
        last = Load.objects.first()
        touched = apply(plan, author=author, now=now)
        loaded.save()
        came = with_a_day_that_came(last.files_of, today) if last else set[int]()
        refresh({each.pk for each in touched} | came, as_of=today)
        _log(sorted({each.person_id for each in touched}), by)
    return loaded


def _read(files: Files, settings: CancerSettings) -> tuple[Sheet, Sheet]:
    pathways = read_pathways(files.pathways_name, files.pathways, settings)
    return pathways, read_events(files.events_name, files.events, settings)


def _checked(pathways: Sheet, events: Sheet, settings: CancerSettings, today: date) -> Checked:
    secret = pseudonyms().secret(PURPOSE)
    found = checked_pathways(pathways, settings.days, today, secret)
    check_events(events, settings.days, found, today)
    found.sent = {pathways.name: len(pathways.rows), events.name: len(events.rows)}
    found.digests = (pathways.digest, events.digest)
    return found


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two loads of the same new pathways: the second finds them there, or waits too long, and is refused."""
    try:
        yield
    except (IntegrityError, OperationalError):
        raise FileError(AT_THE_SAME_TIME) from None


def elsewhere(providers: Iterable[str], own: str) -> str:
    """Why files of these providers must not be loaded for one alone; "" where they may. own: "" for any."""
    others = sorted(set(providers) - {own}) if own else []
    return ELSEWHERE.format(others=", ".join(others[:5]), own=own) if others else ""


def _refuse(plan: Plan) -> None:
    if plan.stops:
        raise FileError(f"{' '.join(plan.stops)} Nothing was loaded.")


def _log(person_ids: list[int], by: Actor) -> None:
    """Write down whose pathways were changed: one event for every five hundred people, and one where nobody's was."""
    for at in range(0, max(len(person_ids), 1), LOGGED):
        some = person_ids[at : at + LOGGED]
        via = "page" if by.member_id else "command"
        record(by=by, did=Action.CHANGE, about=some, shown=len(some), reason=PURPOSE, via=via)  # type: ignore[arg-type]
