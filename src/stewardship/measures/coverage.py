"""Why a measure cannot be made: which data are missing, in words for the page.

A measure that the records cannot carry is missing, never zero. What is rare may well be zero; what nobody
sent, or what nobody ever records, may not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from stewardship.measures.controlled import CAUTION_UNDER
from stewardship.measures.disclosure import control_counts
from stewardship.measures.facts import Fact, fact_of, parts_of
from stewardship.measures.lacks import Effort, Lack, without_supply
from stewardship.measures.ledgers import spending
from stewardship.measures.measure import Measure
from stewardship.people.code_lists import CodeList
from stewardship.people.expressions import Both, Counted, Either, Expression
from stewardship.people.language import ADMISSIONS
from stewardship.people.said import in_sentence
from stewardship.records.model import POINTS_OF_DELIVERY, TABLES
from stewardship.records.opened import CodeUse, Records

_SENT = {
    "condition": "conditions",
    "observation": "readings and tests",
    "medication": "prescriptions",
    "activity": "contacts and stays",
    "activity_code": "diagnoses and procedures of contacts",
    "death": "deaths",
}
_FINANCE = "Name their folder in [finance] of the settings."


class Coverage:
    """What the records can carry."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def missing(self, measure: Measure) -> str:
        """Which data the measure lacks first, as a clause in small letters; empty if it can be made."""
        if measure.unavailable:
            return measure.unavailable
        if measure.programme:
            return "; ".join(lack.reason for lack in self._lacks_of_ledgers(measure.programme))
        lacking: Sequence[Lack] = self._registrations()
        for part in () if lacking else _parts(measure):
            lacking = lacking or self._lacks(part, first=True)
        return "; ".join(lack.reason for lack in lacking)

    def lacks(self, measure: Measure) -> tuple[Lack, ...]:
        """Everything that has to be mended before the measure can be made, each once."""
        if measure.unavailable:
            return (without_supply(measure.unavailable),)
        if measure.programme:
            return tuple(self._lacks_of_ledgers(measure.programme))
        found = [lack for part in _parts(measure) for lack in self._lacks(part)]
        return tuple(dict.fromkeys([*self._registrations(), *found]))

    def _lacks_of_ledgers(self, programme: str) -> list[Lack]:
        if "spend" not in self._records.present:
            reason, unlock = "no finance ledger has been sent", "Supplying finance ledgers"
            return [Lack(reason, unlock, Effort.TABLE, f"{_rows_of('spend')} {_FINANCE}", "spend")]
        if spending(self._records, [programme]):
            return []
        what = f"Column programme of spend: {programme}."
        reason = f"no line of the ledgers sent is of programme {programme}"
        return [
            Lack(reason, f"Sending programmes with ledgers, {programme} too", Effort.CODES, what, "spend")
        ]

    def _registrations(self) -> list[Lack]:
        if "registration" in self._records.present:
            return []
        reason = "nobody can be counted, because no registrations have been sent"
        return [Lack(reason, "Sending registrations", Effort.TABLE, _rows_of("registration"), "registration")]

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
            return self._lacks_of_contacts(fact)
        sent = _SENT[fact.table]
        if not self._uses(fact.table):
            return [_unsent(fact.table)]
        found = self._uses(fact.table, fact.codes)
        common = routine or fact.table in ("observation", "medication")
        if common and fact.codes and not found:
            return [_without_codes(fact.codes, fact.table)]
        if fact.gives == "value" and fact.codes:
            return _without_unit(fact.codes, found)
        if fact.gives == "cost":
            rows, costed = sum(use.rows for use in found), sum(use.costed for use in found)
            return _without_cost(rows, costed, sent, fact.table)
        return []

    def _lacks_of_contacts(self, fact: Fact) -> list[Lack]:
        if not self._records.activity_kinds:
            return [_unsent("activity")]
        kinds = [
            kind
            for kind in self._records.activity_kinds
            if (not fact.points_of_delivery or kind["point_of_delivery"] in fact.points_of_delivery)
            and (not fact.specialties or kind["specialty"] in fact.specialties)
        ]
        what = _kinds_in_words(fact)
        if not kinds:
            reason = f"no {what} were found in the contacts and stays sent"
            return [Lack(reason, f"Sending {what}", Effort.TABLE, _rows_of("activity"), "activity")]
        return [
            *self._unclassified_stays(fact),
            *self._lacks_of_diagnoses(fact),
            *(self._lacks_of_costs(kinds, what) if fact.gives == "cost" else []),
        ]

    def _lacks_of_costs(self, kinds: Sequence[Mapping[str, Any]], what: str) -> list[Lack]:
        rows, costed = sum(kind["rows"] for kind in kinds), sum(kind["costed"] for kind in kinds)
        lacking = _without_cost(rows, costed, what, "activity")
        if lacking and not any(kind["costed"] for kind in self._records.activity_kinds):
            return [replace(lacking[0], unlock=f"Sending costs with {_SENT['activity']}")]
        return lacking

    def _lacks_of_diagnoses(self, fact: Fact) -> list[Lack]:
        diagnoses = self._uses("activity_code")
        if fact.codes and not diagnoses:
            return [_unsent("activity_code")]
        if fact.primary and not any(use.valued for use in diagnoses):
            return [
                Lack(
                    "it was not sent which diagnosis of a contact is the primary one",
                    "Sending which diagnosis of a contact is the primary one",
                    Effort.COLUMN,
                    "Column position of activity_code: 1 for the primary diagnosis.",
                    "activity_code",
                )
            ]
        return []

    def _unclassified_stays(self, fact: Fact) -> list[Lack]:
        """Where more than a twentieth of stays do not tell how they began, no kind of stay can be counted."""
        rows = dict.fromkeys(ADMISSIONS, 0)
        for kind in self._records.activity_kinds:
            if kind["point_of_delivery"] in rows:
                rows[kind["point_of_delivery"]] += kind["rows"]
        stays, untold = sum(rows.values()), rows["unclassified_admission"]
        asked = set(fact.points_of_delivery)
        if asked.isdisjoint(ADMISSIONS) or "unclassified_admission" in asked or 20 * untold <= stays:
            return []
        return [
            Lack(
                f"{_about(untold)} of {_about(stays)} hospital stays do not tell whether they were emergencies",
                "Sending how each hospital stay began",
                Effort.COLUMN,
                "Column admission_method of activity: the admission method of the NHS data dictionary.",
                "activity",
            )
        ]

    def _uses(self, table: str, codes: CodeList | None = None) -> list[CodeUse]:
        return [
            use
            for use in self._records.code_uses
            if use.table == table and (codes is None or codes.covers(use.system, use.code))
        ]


def _parts(measure: Measure) -> list[Expression]:
    return [part for part in (measure.who, measure.numerator) if part is not None]


def _rows_of(table: str) -> str:
    return f"Rows of {table}: {TABLES[table].grain[0].lower()}{TABLES[table].grain[1:]}"


def _unsent(table: str) -> Lack:
    sent = _SENT[table]
    return Lack(f"no {sent} have been sent", f"Sending {sent}", Effort.TABLE, _rows_of(table), table)


def _without_codes(codes: CodeList, table: str) -> Lack:
    title = in_sentence(codes.title)
    return Lack(
        f"no record of {title} was found in the {_SENT[table]} sent",
        f"Sending records of {title} with {_SENT[table]}",
        Effort.CODES,
        f"None of the codes of the list {codes.name} ({codes.version}) stands in {table}.",
        table,
    )


def _without_cost(rows: int, costed: int, what: str, table: str) -> list[Lack]:
    """Costs that came with less than nine in ten would add up to far too little."""
    if 10 * costed >= 9 * rows and costed:
        return []
    share = f"{100 * costed // rows}%" if rows >= CAUTION_UNDER else "some"
    few = f"costs came with only {share} of {what}" if costed else ""
    return [
        Lack(
            few or f"no costs have been sent with {what}",
            f"Sending costs with {'all ' if few else ''}{what}",
            Effort.COLUMN,
            f"Column cost_pence of {table}.",
            table,
        )
    ]


def _about(count: int) -> str:
    """A number of rows as it may be published."""
    controlled = control_counts([count])
    return f"{int(controlled.value[0]):,}" if controlled.shown[0] else "a few"


def _without_unit(codes: CodeList, found: list[CodeUse]) -> list[Lack]:
    if any(use.unit == codes.unit and use.valued for use in found):
        return []
    title = in_sentence(codes.title)
    unlabelled = sum(use.valued for use in found if not use.unit)
    if unlabelled:
        reason = (
            f"{_about(unlabelled)} results of {title} came without a unit, "
            f"so their values cannot be compared (wanted: {codes.unit})"
        )
        unlock, what = f"Sending units with {title} results", f"wanted: {codes.unit}"
    else:
        reason = f"no value of {title} was sent in {codes.unit}"
        unlock, what = f"Sending values of {title}", f"wanted: {codes.unit}"
    what = f"Columns value and unit of observation; {what}."
    return [Lack(reason, unlock, Effort.COLUMN, what, "observation")]


def _kinds_in_words(fact: Fact) -> str:
    if fact.specialties:
        return f"contacts in treatment functions {', '.join(fact.specialties)}"
    if not fact.points_of_delivery:
        return "contacts or stays"
    if set(fact.points_of_delivery) >= set(ADMISSIONS):
        return "hospital stays"
    return " or ".join(map(_several, fact.points_of_delivery))


def _several(point_of_delivery: str) -> str:
    title = in_sentence(POINTS_OF_DELIVERY[point_of_delivery])
    if title == "social care":
        return "contacts with social care"
    noun, of, rest = title.partition(" of ")
    return f"{noun}s{of}{rest}"
