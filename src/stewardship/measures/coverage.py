"""Why a measure cannot be made: which data are missing, in words for the page.

A measure that the records cannot carry is missing, never zero. What is rare may well be zero; what nobody
sent, or what nobody ever records, may not.
"""

from collections.abc import Sequence
from functools import cached_property

from stewardship.measures.cancer.declared import of_waits
from stewardship.measures.facts import Fact, fact_of, parts_of
from stewardship.measures.lacking import (
    SENT,
    in_other_systems,
    rows_of,
    unsent,
    without_codes,
    without_column,
    without_cost,
    without_unit,
)
from stewardship.measures.lacking_contacts import lacks_of_contacts
from stewardship.measures.lacks import Effort, Lack, without_supply
from stewardship.measures.ledgers import spending
from stewardship.measures.measure import Measure
from stewardship.measures.published_figures import ids_supplied
from stewardship.people.code_lists import CodeList
from stewardship.people.expressions import Both, Counted, Either, Expression
from stewardship.records.opened import CodeUse, Records

_FINANCE = "Name their folder in [finance] of the settings."
_FIGURES = "Name their folder in [published_figures] of the settings."


class Coverage:
    """What the records can carry."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._of_lists: dict[tuple[str, CodeList | None], list[CodeUse]] = {}

    def missing(self, measure: Measure) -> str:
        """Which data the measure lacks first, as a clause in small letters; empty if it can be made."""
        if measure.unavailable:
            return measure.unavailable
        if measure.programme:
            return "; ".join(lack.reason for lack in self._lacks_of_ledgers(measure.programme))
        if measure.figure:
            return "; ".join(lack.reason for lack in self._lacks_of_figures(measure.figure))
        lacking: Sequence[Lack] = [*self._registrations(), *self._lacks_of_pathways(measure)]
        for part in () if lacking else _parts(measure):
            lacking = lacking or self._lacks(part, first=True)
        lacking = lacking or self._lacks_of_figures(measure.expected)
        return "; ".join(lack.reason for lack in lacking)

    def lacks(self, measure: Measure) -> tuple[Lack, ...]:
        """Everything that has to be mended before the measure can be made, each once."""
        if measure.unavailable:
            return (without_supply(measure.unavailable),)
        if measure.programme:
            return tuple(self._lacks_of_ledgers(measure.programme))
        if measure.figure:
            return tuple(self._lacks_of_figures(measure.figure))
        found = [lack for part in _parts(measure) for lack in self._lacks(part)]
        found += self._lacks_of_figures(measure.expected)
        return tuple(dict.fromkeys([*self._registrations(), *self._lacks_of_pathways(measure), *found]))

    def _lacks_of_pathways(self, measure: Measure) -> list[Lack]:
        return [unsent("pathway_event")] if of_waits(measure) and not self._with_cancer_pathways else []

    @cached_property
    def _with_cancer_pathways(self) -> bool:
        if "pathway_event" not in self._records.present:
            return False
        events = self._records.table("pathway_event")
        first = events.filter(events.kind == "cancer").select("kind").limit(1)
        return bool(self._records.engine.ibis.to_pyarrow(first).num_rows)

    def _lacks_of_ledgers(self, programme: str) -> list[Lack]:
        if "spend" not in self._records.present:
            reason, unlock = "no finance ledger has been sent", "Supplying finance ledgers"
            return [Lack(reason, unlock, Effort.TABLE, f"{rows_of('spend')} {_FINANCE}", "spend")]
        if spending(self._records, [programme]):
            return []
        what = f"Column programme of spend: {programme}."
        reason = f"no line of the ledgers sent is of programme {programme}"
        return [
            Lack(reason, f"Sending programmes with ledgers, {programme} too", Effort.CODES, what, "spend")
        ]

    @cached_property
    def _figures(self) -> frozenset[str]:
        return ids_supplied(self._records)

    def _lacks_of_figures(self, named: str) -> list[Lack]:
        """named: the id of a published figure; empty for none, which lacks nothing."""
        if not named or named in self._figures:
            return []
        if not self._figures:
            reason, unlock = "no published figures have been supplied", "Supplying published figures"
            what = f"{rows_of('published_figure')} {_FIGURES}"
            return [Lack(reason, unlock, Effort.TABLE, what, "published_figure")]
        reason, unlock = (
            f"no published figure {named} has been supplied",
            f"Supplying the published figure {named}",
        )
        return [
            Lack(
                reason,
                unlock,
                Effort.CODES,
                f"Column measure of published_figure: {named}.",
                "published_figure",
            )
        ]

    def _registrations(self) -> list[Lack]:
        if "registration" in self._records.present:
            return []
        reason = "nobody can be counted, because no registrations have been sent"
        return [Lack(reason, "Sending registrations", Effort.TABLE, rows_of("registration"), "registration")]

    def _lacks(self, expression: Expression, *, routine: bool = False, first: bool = False) -> list[Lack]:
        """routine: the thing is done to so many people that no record of it means that none was sent.
        first: of a fact and of a sum, only what it lacks first."""
        fact = fact_of(expression)
        if fact is not None:
            found = self._lacks_of_fact(fact, routine=routine)
            return found[:1] if first else found
        routine = routine or isinstance(expression, Counted)
        parts = [self._lacks(part, routine=routine, first=first) for part in parts_of(expression)]
        if isinstance(expression, Either):  # one way of knowing is enough
            return parts[0] if all(parts) else []
        lacking = [part for part in parts if part]
        if first and not isinstance(expression, Both | Counted):
            lacking = lacking[:1]
        return list(dict.fromkeys(lack for part in lacking for lack in part))

    def _lacks_of_fact(self, fact: Fact, *, routine: bool) -> list[Lack]:
        if fact.table == "activity":
            after = self._lacks_of_fact(fact.followed.by, routine=False) if fact.followed else []
            return [*lacks_of_contacts(self._records, fact), *after]
        sent = SENT[fact.table]
        if fact.table == "characteristic":
            return [] if fact.table in self._records.present else [unsent(fact.table)]
        if not self._uses(fact.table):
            return [unsent(fact.table)]
        found = self._uses(fact.table, fact.codes)
        common = routine or fact.table in ("observation", "medication")
        if common and fact.codes and not found:
            return [without_codes(fact.codes, fact.table)]
        if fact.codes and (elsewhere := in_other_systems(fact.codes, fact.table, self._uses(fact.table))):
            return elsewhere
        if fact.gives == "value" and fact.codes:
            return without_unit(fact.codes, found)
        if fact.gives == "cost":
            rows, costed = sum(use.rows for use in found), sum(use.costed for use in found)
            return without_cost(rows, costed, sent, fact.table)
        if fact.places and not self._records.known_in("death", ["place"])["place"]:
            return [without_column("death", "place", "the place of death", sent)]
        return []

    def _uses(self, table: str, codes: CodeList | None = None) -> list[CodeUse]:
        if (table, codes) not in self._of_lists:
            uses = self._records.uses_in(table)
            if codes is not None:
                listed = set(codes.among(dict.fromkeys((use.system, use.code) for use in uses)))
                uses = [use for use in uses if (use.system, use.code) in listed]
            self._of_lists[table, codes] = uses
        return self._of_lists[table, codes]


def _parts(measure: Measure) -> list[Expression]:
    return list(measure.expressions)
