"""What a measure really counts: its definition in words, its code lists, and the tables that it is read from."""

from collections.abc import Iterable
from dataclasses import dataclass

from stewardship.measures.cancer.declared import of_waits
from stewardship.measures.card import card_of
from stewardship.measures.facts import Fact, facts_in
from stewardship.measures.measure import Measure
from stewardship.measures.published import Card
from stewardship.people.code_lists import CodeList
from stewardship.people.expressions import Expression
from stewardship.people.said import said

# Who lives here, where, and until when: read once for all measures together.
RESIDENTS = ("person", "registration", "address", "death")


@dataclass(frozen=True)
class Explanation:
    """A measure explained.

    who, counted: its expressions said in plain words; counted is empty where the people themselves are counted.
    reads: the event tables that are read for it, each once by year, and once by month where its months are told, in a
    pass that all measures of a build share.
    """

    card: Card
    who: str
    counted: str
    code_lists: tuple[CodeList, ...]
    reads: tuple[str, ...]


def explain(measure: Measure, *, care_area: str, part: str) -> Explanation:
    """Explain a measure of a care area."""
    expressions = measure.expressions
    facts = dict.fromkeys(fact for each in expressions for fact in facts_in(each))
    return Explanation(
        card=card_of(measure, care_area=care_area, part=part, missing=measure.unavailable),
        who=_who(measure),
        counted=_counted(measure),
        code_lists=code_lists_of(expressions),
        reads=_reads(measure, facts),
    )


def _who(measure: Measure) -> str:
    if measure.programme:
        return "nobody: the money of organisations"
    return "nobody: a figure that somebody else published" if measure.figure else said(measure.who)


def _reads(measure: Measure, facts: Iterable[Fact]) -> tuple[str, ...]:
    if measure.programme:
        return ("spend",)
    if measure.figure:
        return ("published_figure",)
    if of_waits(measure):
        return ("pathway_event",)
    return (*tables_read(facts), *(("published_figure",) if measure.expected else ()))


def _counted(measure: Measure) -> str:
    if measure.figure:
        return f"the published figure {measure.figure}"
    if measure.expected:
        return f"the people found, for each hundred of the published number {measure.expected}"
    if measure.programme:
        return f"amounts of programme {measure.programme} in the ledgers of organisations"
    over = "" if measure.over is None else f", over {said(measure.over)}"
    return "" if measure.numerator is None else said(measure.numerator) + over


def code_lists_of(expressions: Iterable[Expression]) -> tuple[CodeList, ...]:
    """The code lists that expressions ask for, each once, by name."""
    lists = {fact.codes for each in expressions for fact in facts_in(each) if fact.codes is not None}
    return tuple(sorted(lists, key=lambda codes: codes.name))


def tables_read(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The event tables behind facts: contacts asked for by diagnosis with the codes that they carry, and those that are
    followed with what follows them."""
    tables: dict[str, None] = {}
    for fact in facts:
        tables[fact.table] = None
        if fact.table == "activity" and (fact.codes is not None or fact.score is not None):
            tables["activity_code"] = None
        if fact.followed is not None:
            tables |= dict.fromkeys(tables_read([fact.followed.by]))
    return tuple(tables)
