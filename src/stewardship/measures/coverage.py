"""Why a measure cannot be made: which data are missing, in words for the page.

A measure that the records cannot carry is missing, never zero. What is rare may well be zero; what nobody
sent, or what nobody ever records, may not.
"""

from stewardship.measures.facts import Fact, fact_of, parts_of
from stewardship.measures.measure import Measure
from stewardship.people.code_lists import CodeList
from stewardship.people.expressions import Both, Counted, Either, Expression
from stewardship.people.language import ADMISSIONS
from stewardship.records.model import POINTS_OF_DELIVERY
from stewardship.records.opened import CodeUse, Records

_SENT = {
    "condition": "conditions",
    "observation": "readings and tests",
    "medication": "prescriptions",
    "activity": "contacts and stays",
    "activity_code": "diagnoses and procedures of contacts",
    "death": "deaths",
}


class Coverage:
    """What the records can carry."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def missing(self, measure: Measure) -> str:
        """Which data the measure lacks, as a clause in small letters; empty if it can be made."""
        if measure.unavailable:
            return measure.unavailable
        if "registration" not in self._records.present:
            return "nobody can be counted, because no registrations have been sent"
        wanted = [measure.who] + ([measure.numerator] if measure.numerator is not None else [])
        return next((reason for part in wanted if (reason := self._missing(part))), "")

    def _missing(self, expression: Expression, *, routine: bool = False) -> str:
        """routine: the thing is done to so many people that no record of it means that none was sent."""
        fact = fact_of(expression)
        if fact is not None:
            return self._missing_fact(fact, routine=routine)
        routine = routine or isinstance(expression, Counted)
        reasons = [self._missing(part, routine=routine) for part in parts_of(expression)]
        if isinstance(expression, Either):  # one way of knowing is enough
            return reasons[0] if all(reasons) else ""
        lacking = list(dict.fromkeys(reason for reason in reasons if reason))
        return "; ".join(lacking) if isinstance(expression, Both | Counted) else "".join(lacking[:1])

    def _missing_fact(self, fact: Fact, *, routine: bool) -> str:
        if fact.table == "activity":
            return self._missing_contacts(fact)
        if not self._uses(fact.table):
            return f"no {_SENT[fact.table]} have been sent"
        found = self._uses(fact.table, fact.codes)
        common = routine or fact.table in ("observation", "medication")
        if common and fact.codes and not found:
            return f"no record of {_in_sentence(fact.codes.title)} was found in the {_SENT[fact.table]} sent"
        if fact.gives == "value" and fact.codes:
            return _without_unit(fact.codes, found)
        if fact.gives == "cost":
            rows, costed = sum(use.rows for use in found), sum(use.costed for use in found)
            return _without_cost(rows, costed, _SENT[fact.table])
        return ""

    def _missing_contacts(self, fact: Fact) -> str:
        if not self._records.activity_kinds:
            return f"no {_SENT['activity']} have been sent"
        kinds = [
            kind
            for kind in self._records.activity_kinds
            if (not fact.points_of_delivery or kind["point_of_delivery"] in fact.points_of_delivery)
            and (not fact.specialties or kind["specialty"] in fact.specialties)
        ]
        if not kinds:
            return f"no {_kinds_in_words(fact)} were found in the contacts and stays sent"
        unclassified = self._unclassified_stays(fact)
        if unclassified:
            return unclassified
        diagnoses = self._uses("activity_code")
        if fact.codes and not diagnoses:
            return f"no {_SENT['activity_code']} have been sent"
        if fact.primary and not any(use.valued for use in diagnoses):
            return "it was not sent which diagnosis of a contact is the primary one"
        if fact.gives == "cost":
            rows, costed = sum(kind["rows"] for kind in kinds), sum(kind["costed"] for kind in kinds)
            return _without_cost(rows, costed, _kinds_in_words(fact))
        return ""

    def _unclassified_stays(self, fact: Fact) -> str:
        """Where more than a twentieth of stays do not tell how they began, no kind of stay can be counted."""
        rows = dict.fromkeys(ADMISSIONS, 0)
        for kind in self._records.activity_kinds:
            if kind["point_of_delivery"] in rows:
                rows[kind["point_of_delivery"]] += kind["rows"]
        stays, untold = sum(rows.values()), rows["unclassified_admission"]
        asked = set(fact.points_of_delivery)
        if asked.isdisjoint(ADMISSIONS) or "unclassified_admission" in asked or 20 * untold <= stays:
            return ""
        return f"{untold:,} of {stays:,} hospital stays do not tell whether they were emergencies"

    def _uses(self, table: str, codes: CodeList | None = None) -> list[CodeUse]:
        return [
            use
            for use in self._records.code_uses
            if use.table == table and (codes is None or codes.covers(use.system, use.code))
        ]


def _without_cost(rows: int, costed: int, what: str) -> str:
    """Costs that came with less than nine in ten would add up to far too little."""
    if not costed:
        return f"no costs have been sent with {what}"
    if 10 * costed < 9 * rows:
        return f"costs came with only {100 * costed // rows}% of {what}"
    return ""


def _without_unit(codes: CodeList, found: list[CodeUse]) -> str:
    if any(use.unit == codes.unit and use.valued for use in found):
        return ""
    unlabelled = sum(use.valued for use in found if not use.unit)
    if unlabelled:
        return (
            f"{unlabelled:,} results of {_in_sentence(codes.title)} came without a unit, "
            f"so their values cannot be compared (wanted: {codes.unit})"
        )
    return f"no value of {_in_sentence(codes.title)} was sent in {codes.unit}"


def _kinds_in_words(fact: Fact) -> str:
    if fact.specialties:
        return f"contacts in treatment functions {', '.join(fact.specialties)}"
    if not fact.points_of_delivery:
        return "contacts or stays"
    if set(fact.points_of_delivery) >= set(ADMISSIONS):
        return "hospital stays"
    return " or ".join(map(_several, fact.points_of_delivery))


def _several(point_of_delivery: str) -> str:
    title = _in_sentence(POINTS_OF_DELIVERY[point_of_delivery])
    if title == "social care":
        return "contacts with social care"
    noun, of, rest = title.partition(" of ")
    return f"{noun}s{of}{rest}"


def _in_sentence(title: str) -> str:
    """A title as it stands inside a sentence: small first letter, unless its first word is in capitals."""
    first = title.split()[0]
    return title if any(c.isupper() for c in first[1:]) else title[0].lower() + title[1:]
