"""Calls to the advice line in records, with what came after them: activity is read once, of the people called about.

Records tell days, not hours. What a caller intended and what was advised are told in the words of whoever sent the
calls; those that mean the same are one here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.measures.cancer.courses import Days, Names
from stewardship.measures.cancer.reading import Pathways, residents_of
from stewardship.people.joins import only_those_in
from stewardship.people.table import People
from stewardship.records.opened import Records
from stewardship.rules.frailty.calls import Advice, Intended, Since, Stay

CALL, ATTENDANCE, EMERGENCY = "advice_line", "emergency_department", "emergency_admission"
OTHER_STAYS = ("planned_admission", "other_admission", "unclassified_admission")
BETWEEN = ";"
"""Stands between advices, where a call has several."""
NOT_KNOWN, OTHERS = "Not known", "Others"
MAIN_CALLERS = ("Urgent community response", "GP", "Care home", "Ambulance")
"""Those that call often enough for outcomes of their own; the rest stand together."""
_INTENDED: Mapping[str, Intended] = {
    **{each.value.lower(): each for each in Intended},
    "emergency department": Intended.ED,
    "same-day emergency care": Intended.SDEC,
}
_ADVICE: Mapping[str, Advice] = {
    **{each.value.lower(): each for each in Advice},
    "urgent community response": Advice.UCR,
    "same-day emergency care": Advice.SDEC,
    "emergency department": Advice.ED,
    "hospice or palliative care": Advice.PALLIATIVE,
}


@dataclass(frozen=True)
class Calls:
    """Calls up to a day, one entry each, in order of day and call.

    called: their rows, and the residents they are about. since: of each person, what is known of them.
    """

    called: Pathways
    since: Mapping[int, Since]

    def __len__(self) -> int:
        return len(self.called)

    @property
    def person(self) -> Days:
        """Whom each is about."""
        return np.asarray(self.called.rows["person_id"].to_numpy(), np.int64)

    @property
    def on(self) -> list[date]:
        """The day of each."""
        days: list[date] = self.called.rows["start"].to_pylist()
        return days

    @property
    def day(self) -> Days:
        """The day of each, since 1970."""
        return self.called.day("start")

    @property
    def caller(self) -> Names:
        """What kind of team called."""
        return self._named("referred_by")

    @property
    def main_caller(self) -> Names:
        """What kind of team called, the rare ones together."""
        return np.where(np.isin(self.caller.astype(str), MAIN_CALLERS), self.caller, OTHERS)

    @property
    def reason(self) -> Names:
        """Why each was made; the first reason, where there are several."""
        return np.array([str(each).split(BETWEEN)[0].strip() for each in self._named("reason")], object)

    @property
    def intended(self) -> list[Intended | None]:
        """What the caller would have done without the line."""
        return [intended_by(each) for each in self.called.text("intended")]

    @property
    def advice(self) -> list[tuple[Advice, ...]]:
        """What was advised."""
        return [advised_by(each) for each in self.called.text("outcome")]

    def _named(self, column: str) -> Names:
        words = self.called.text(column)
        return np.where(words == "", NOT_KNOWN, words)


def intended_by(words: str) -> Intended | None:
    """What the words of a sender mean; None where they say nothing that is known here."""
    return _INTENDED.get(words.strip().lower())


def advised_by(words: str) -> tuple[Advice, ...]:
    """What was advised, by the words of a sender; none where they say nothing. Other words are other advice."""
    said = [each.strip().lower() for each in words.split(BETWEEN) if each.strip()]
    return tuple(_ADVICE.get(each, Advice.OTHER) for each in said)


def read_calls(records: Records, people: People, *, as_of: date) -> Calls:
    """Every call about people in the people table up to the day."""
    rows = _activity(records, people, as_of)
    calls = rows.filter(pc.equal(rows["point_of_delivery"], CALL))
    calls = calls.sort_by([(name, "ascending") for name in ("start", "source", "activity_id")])
    if not len(calls):
        return Calls(Pathways(calls, calls, people.names), {})
    about = ibis.memtable(calls.select(["person_id"]))
    died = {row["person_id"]: row["date"] for row in _deaths(records, about)}
    residents = residents_of(people, about, records.engine)
    return Calls(
        Pathways(calls, residents, people.names),
        _since(rows, died, sorted(set(calls["person_id"].to_pylist())), as_of),
    )


def _activity(records: Records, people: People, as_of: date) -> pa.Table:
    """Calls, attendances and stays of whoever a call was about, in one answer of the engine."""
    rows = records.table("activity").select(
        "source", "activity_id", "person_id", "point_of_delivery", "start", "end", "referred_by", "reason",
        "intended", "outcome",
    )  # fmt: skip
    rows = rows.filter(rows.point_of_delivery.isin([CALL, ATTENDANCE, EMERGENCY, *OTHER_STAYS]))
    rows = rows.filter(rows.start <= as_of)
    called = rows.filter(rows.point_of_delivery == CALL).select("person_id").distinct()
    called = only_those_in(called, people.table.select("person_id").distinct(), ["person_id"])
    found: pa.Table = records.engine.ibis.to_pyarrow(only_those_in(rows, called, ["person_id"]))
    return found


def _deaths(records: Records, about: Any) -> list[dict[str, Any]]:
    rows = only_those_in(records.table("death").select("person_id", "date"), about.distinct(), ["person_id"])
    found: list[dict[str, Any]] = records.engine.ibis.to_pyarrow(rows).to_pylist()
    return found


def _since(rows: pa.Table, died: Mapping[int, date], people: Sequence[int], as_of: date) -> dict[int, Since]:
    told = rows.select(["person_id", "point_of_delivery", "start", "end"]).to_pylist()
    told.sort(key=itemgetter("person_id", "start", "point_of_delivery"))
    by_person = {person: list(own) for person, own in groupby(told, key=itemgetter("person_id"))}
    return {person: _of_person(by_person[person], died.get(person), as_of) for person in people}


def _of_person(own: Iterable[Mapping[str, Any]], died: date | None, as_of: date) -> Since:
    own = list(own)
    stays = [
        Stay(start=row["start"], end=row["end"], emergency=row["point_of_delivery"] == EMERGENCY)
        for row in own
        if row["point_of_delivery"] in (EMERGENCY, *OTHER_STAYS)
    ]
    attended = [row["start"] for row in own if row["point_of_delivery"] == ATTENDANCE]
    return Since(stays=tuple(stays), attended=tuple(attended), died=died, known_to=as_of)


def weekday(day: date) -> str:
    """The day of the week, numbered so that names come in order: "1 Monday"."""
    return f"{day.isoweekday()} {day:%A}"
