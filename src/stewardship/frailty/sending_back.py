"""The register and the calls sent back to records, as one more partner's extracts.

Codes, days, scores and chosen words go; what somebody typed never does. Files name people by NHS number, as every
partner's do, and stay on the direct-care plane: the reader hashes the number on the way in, and the gate takes out
whoever opted out. The files are whole each time, so that what was corrected or withdrawn is gone with the next.
"""

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.utils import timezone

from stewardship.access.log import Action, Actor
from stewardship.frailty import sent_words
from stewardship.frailty.call_fields import BETWEEN
from stewardship.frailty.models import AdviceCall, Entry, Held, Plan, Review, Score
from stewardship.frailty.words import Decided, State
from stewardship.rules.frailty.scales import SCALES
from stewardship.vault.door import Reach, of_caseload

REASON = "Sending the frailty register and the calls back to records"
BATCH = 5_000
NUMBER = "NHSNumber"
REGISTER_TOOL, REVIEW_TOOL = "Frailty register", "Frailty register review"
Row = dict[str, str]


@dataclass(frozen=True)
class SentBack:
    """How many rows were written of each file; not_in_vault: rows left out because the vault does not know who it is.

    to_match: calls left out because nobody is matched to them.
    """

    rows: Mapping[str, int]
    not_in_vault: int
    to_match: int


def send_back(*, into: Path, by: Actor, now: datetime) -> SentBack:
    """Write the register and the calls into a folder that only its owner may read; each file whole, or not at all.

    Everybody whose number is written stands in the access log. Raises VaultClosedError and OSError.
    """
    files = {name: list(rows()) for name, (_, rows) in _FILES.items()}
    numbers = _numbers({person for rows in files.values() for person, _ in rows}, by)
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    into.chmod(0o700)
    written, unknown = {}, 0
    for name, (columns, _) in _FILES.items():
        known = [{NUMBER: numbers[person], **row} for person, row in files[name] if person in numbers]
        unknown += len(files[name]) - len(known)
        _write(into / f"{name}.csv", (NUMBER, *columns), known)
        written[name] = len(known)
    return SentBack(written, unknown, AdviceCall.objects.filter(person_id=None, ended_at__lte=now).count())


def _numbers(people: Iterable[int], by: Actor) -> dict[int, str]:
    found: dict[int, str] = {}
    wanted = sorted(people)
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        reach = Reach("", "", REASON, frozenset(some))
        shown = of_caseload(some, did=Action.EXPORT, by=by, scope=reach)
        found |= {person: each.who.nhs_number for person, each in shown.items() if each.who.nhs_number}
    return found


def _entries() -> dict[int, int]:
    """By entry: whose it is. Those on the register or ended, and those merged into them, whose history is theirs."""
    rows = Entry.objects.values_list("pk", "person_id", "state", "merged_into_id")
    stand = {pk: person for pk, person, state, _ in rows if state in (State.ON_REGISTER, State.ENDED)}
    return stand | {pk: stand[into] for pk, _, _, into in rows if into in stand}


def _problems() -> Iterator[tuple[int, Row]]:
    of = _entries()
    for held in Held.objects.order_by("pk"):
        code = sent_words.code_of(held.condition, held.degree)
        if held.entry_id in of and code:
            yield of[held.entry_id], {
                "EventID": str(held.pk), "SNOMEDConceptID": code, "OnsetDate": _day(held.diagnosed_on),
                "EndDate": _day(held.ended_on), "RecordedDate": _day(timezone.localdate(held.at)),
            }  # fmt: skip


def _readings() -> Iterator[tuple[int, Row]]:
    of = _entries()
    for plan in Plan.objects.order_by("pk"):
        if plan.entry_id in of:
            yield of[plan.entry_id], {
                "EventID": str(plan.pk), "SNOMEDConceptID": sent_words.CARE_PLAN,
                "EventDate": _day(plan.agreed_on),
            }  # fmt: skip


def _assessments() -> Iterator[tuple[int, Row]]:
    """Scores, the day on which a clinician put somebody on the register, and reviews. Their numbers never meet."""
    of = _entries()
    for score in Score.objects.filter(withdrawn_at=None).order_by("pk"):
        if score.entry_id in of:
            tool = SCALES[score.scale].title
            yield of[score.entry_id], _assessed(3 * score.pk, tool, score.on, f"{score.value.normalize():f}")
    for entry in Entry.objects.on_register().prefetch_related("decisions").order_by("pk"):
        confirmed = [each.on for each in entry.decisions.all() if each.decided == Decided.CONFIRMED]
        if confirmed:
            yield entry.person_id, _assessed(3 * entry.pk + 1, REGISTER_TOOL, min(confirmed))
    for review in Review.objects.order_by("pk"):
        if review.entry_id in of:
            yield of[review.entry_id], _assessed(3 * review.pk + 2, REVIEW_TOOL, review.held_on)


def _calls() -> Iterator[tuple[int, Row]]:
    for call in AdviceCall.objects.filter(person_id__isnull=False).order_by("pk"):
        assert call.person_id is not None  # by the filter
        yield call.person_id, {
            "CallID": str(call.pk), "CallDate": _day(timezone.localdate(call.answered_at)),
            "CallerType": sent_words.caller(call.caller_type), "Reason": sent_words.reason(call.reasons, BETWEEN),
            "IntendedAction": sent_words.intended(call.intended),
            "AdviceType": sent_words.advised(call.advice, call.also, BETWEEN),
        }  # fmt: skip


def _assessed(number: int, tool: str, on: date, score: str = "") -> Row:
    return {"AssessmentID": str(number), "Tool": tool, "Score": score, "AssessmentDate": _day(on)}


def _day(when: date | None) -> str:
    return "" if when is None else when.isoformat()


def _write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """A new file that only its owner may read takes the place of the old one once it is whole."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=".", suffix=".part", delete=False
    ) as file:
        try:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


_Rows = Callable[[], Iterator[tuple[int, Row]]]
_FILES: Mapping[str, tuple[tuple[str, ...], _Rows]] = {
    "problems": (("EventID", "SNOMEDConceptID", "OnsetDate", "EndDate", "RecordedDate"), _problems),
    "readings": (("EventID", "SNOMEDConceptID", "EventDate"), _readings),
    "assessments": (("AssessmentID", "Tool", "Score", "AssessmentDate"), _assessments),
    "advice-line": (
        ("CallID", "CallDate", "CallerType", "Reason", "IntendedAction", "AdviceType"), _calls,
    ),
}  # fmt: skip
