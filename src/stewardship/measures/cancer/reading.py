"""Cancer pathways of records: one row a pathway, read in one pass, of people who have ever been residents.

What the register of waiting times says stands in columns of its own; milestones of the timed pathway beside it. A
pathway with several treatments is told by its first; registers send later treatments as pathways of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stewardship.measures.cancer.courses import NEVER, Days
from stewardship.people.joins import only_those_in
from stewardship.people.table import People
from stewardship.records.engines import ExpressionEngine
from stewardship.records.opened import Records

Names = NDArray[np.object_]

REGISTERED = {
    "received": "referral_received",
    "upgraded": "upgraded",
    "seen": "first_seen",
    "told": "told",
    "transferred": "transferred",
    "decided": "decision_to_treat",
    "treated": "treated",
}
"""Days that the register of waiting times tells, and the event of each."""
MILESTONES = {
    "REF": "referral_received", "TRI": "triaged", "FSEEN": "first_seen", "TEST": "test", "BX": "biopsy",
    "MDT": "discussed", "RULEOUT": "ruled_out", "TOLD": "told", "STAGE": "staged", "IPT": "transferred",
    "DTT": "decision_to_treat", "FDT": "treated",
}  # fmt: skip
"""Milestones of the generic timed pathway, and the event of each."""
NO_TREATMENT = "No treatment to follow"
"""Detail of a team meeting at which it was decided that no treatment follows: it ends the pathway."""
_OF_PATHWAY = (
    "source_of_referral", "priority", "referral_type", "status", "diagnosis", "morphology", "stage",
    "investigating_provider",
)  # fmt: skip
_OF_EVENT = {
    "seen_provider": ("first_seen", "provider"),
    "seen_adjustment": ("first_seen", "adjustment_days"),
    "told_provider": ("told", "provider"),
    "told_reason": ("told", "reason"),
    "told_exclusion": ("told", "exclusion_reason"),
    "treated_provider": ("treated", "provider"),
    "treated_adjustment": ("treated", "adjustment_days"),
    "treatment_event": ("treated", "treatment_event"),
    "modality": ("treated", "modality"),
}


@dataclass(frozen=True)
class Pathways:
    """Pathways and their people.

    rows: one a pathway. residents: one row a person and period, with numbers as in the people table. names: the
    names behind these numbers.
    """

    rows: pa.Table
    residents: pa.Table
    names: Mapping[str, Sequence[str]]

    def __len__(self) -> int:
        return len(self.rows)

    def day(self, name: str) -> Days:
        """The days of a column, since 1970; NEVER where there is none."""
        whole = self.rows[name].cast(pa.int32()).cast(pa.int64()).fill_null(NEVER)
        return np.asarray(whole.to_numpy(), np.int64)

    def text(self, name: str) -> Names:
        """A column of words or codes; '' where there is none."""
        return np.asarray(self.rows[name].fill_null("").to_numpy(zero_copy_only=False), object)

    def number(self, name: str) -> Days:
        """A column of whole numbers; 0 where there is none."""
        return np.asarray(self.rows[name].cast(pa.int64()).fill_null(0).to_numpy(), np.int64)

    @cached_property
    def described(self) -> Mapping[tuple[int, int], int]:
        """The row of `residents` of each person and period."""
        who, period = (self.residents[name].to_pylist() for name in ("person_id", "period"))
        return {pair: row for row, pair in enumerate(zip(who, period, strict=True))}


def read_pathways(records: Records, people: People, *, as_of: date) -> Pathways:
    """Every cancer pathway of people in the people table, with what had happened by the date."""
    engine = records.engine
    events = records.table("pathway_event")
    events = events.filter((events.kind == "cancer") & (events.date <= as_of))
    events = only_those_in(events, people.table.select("person_id").distinct(), ["person_id"])
    rows = engine.ibis.to_pyarrow(_one_a_pathway(events))
    rows = rows.sort_by([("source", "ascending"), ("pathway_id", "ascending")])
    return Pathways(rows, residents_of(people, events, engine), people.names)


def _one_a_pathway(events: Any) -> Any:
    registered = events.milestone.isnull()
    columns = {
        name: events.date.min(where=registered & (events.event == event))
        for name, event in REGISTERED.items()
    }
    columns |= {name: events[name].max(where=registered) for name in _OF_PATHWAY}
    columns |= {
        name: events[column].min(where=registered & (events.event == event))
        for name, (event, column) in _OF_EVENT.items()
    }
    columns |= {
        name: events.date.min(where=events.milestone.notnull() & (events.event == event) & ~_closing(events))
        for name, event in MILESTONES.items()
    }
    columns["closed"] = events.date.min(where=_closing(events))
    columns["registered"] = registered.any()
    return events.group_by(["source", "pathway_id", "person_id"]).aggregate(**columns)


def _closing(events: Any) -> Any:
    return (events.event == "discussed") & (events.detail.fill_null("") == NO_TREATMENT)


def residents_of(people: People, events: Any, engine: ExpressionEngine) -> pa.Table:
    """The rows of the people table of everyone to whom events happened, by person and year."""
    concerned = events.select("person_id").distinct()
    rows = only_those_in(people.table, concerned, ["person_id"])
    return engine.ibis.to_pyarrow(rows).sort_by([("person_id", "ascending"), ("period", "ascending")])
