"""Index calls to the advice line, judged by the rules: each a row of yes and no, which figures are counted from."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from stewardship.measures.cancer.courses import Days, Flags
from stewardship.measures.frailty.calls_named import (
    ADMITTED,
    AT_HOME,
    ATTENDED,
    CAME,
    CLAIMED,
    DIED,
    KNOWN,
    TO_HOSPITAL,
    TO_STAY,
    by_day,
)
from stewardship.measures.frailty.calls_read import Calls
from stewardship.rules.frailty.calls import (
    DAYS,
    Intended,
    Outcome,
    Result,
    claimed,
    index_calls,
    outcome,
    unplanned_attendance_after_staying,
)


@dataclass(frozen=True)
class Judged:
    """Index calls. row: position among the calls. those: of each thing that is counted, which of them it counts."""

    row: Days
    those: Mapping[str, Flags]


def judge_calls(calls: Calls) -> Judged:
    """What came of every index call."""
    row = _index_rows(calls)
    person, on, advice, intended = calls.person, calls.on, calls.advice, calls.intended
    those: dict[str, list[bool]] = {}
    for day in DAYS:
        those |= _after([outcome(on[at], calls.since[int(person[at])], day) for at in row], day)
    claims = [claimed(intended[at], advice[at]) for at in row]
    meant = [intended[at] in (Intended.CONVEY, Intended.ADMIT) for at in row]
    those[TO_HOSPITAL] = [each is not None and to for each, to in zip(claims, meant, strict=True)]
    those[CLAIMED] = [bool(each) for each in claims]
    came = [
        unplanned_attendance_after_staying(advice[at], on[at], calls.since[int(person[at])]) for at in row
    ]
    those[TO_STAY], those[CAME] = [each is not None for each in came], [bool(each) for each in came]
    return Judged(row, {name: np.array(flags, np.bool_) for name, flags in those.items()})


def _index_rows(calls: Calls) -> Days:
    """The positions of index calls; of several of a person on one day, the first."""
    first: dict[tuple[int, object], int] = {}
    for at, call in enumerate(zip(calls.person.tolist(), calls.on, strict=True)):
        first.setdefault(call, at)
    chosen = index_calls((person, on) for person, on in zip(calls.person.tolist(), calls.on, strict=True))
    return np.array(sorted(first[call] for call in chosen), np.int64)  # type: ignore[index]


def _after(outcomes: list[Outcome], day: int) -> dict[str, list[bool]]:
    """Who was in hospital already, and who is not known of for so long, is counted in nothing."""
    known = [each.result not in (Result.NOT_YET_KNOWN, Result.NOT_COUNTED) for each in outcomes]
    found = {
        KNOWN: known,
        ADMITTED: [each.result is Result.ADMITTED for each in outcomes],
        ATTENDED: [bool(each.attended) for each in outcomes],
        DIED: [bool(each.died) for each in outcomes],
        AT_HOME: [bool(each.at_home) for each in outcomes],
    }
    return {by_day(what, day): flags for what, flags in found.items()}
