"""Finds what a measure needs: the canonical tables that it reads, and what the records lack."""

from stewardship.measures.cancer.declared import of_waits
from stewardship.measures.coverage import Coverage
from stewardship.measures.explained import tables_read
from stewardship.measures.facts import facts_in
from stewardship.measures.measure import Measure
from stewardship.measures.needs import Need


def need_of(area: str, measure: Measure, coverage: Coverage) -> Need:
    """What a measure of a care area (its key) needs."""
    return Need(area, measure.key, tables_of(measure), coverage.lacks(measure))


def tables_of(measure: Measure) -> tuple[str, ...]:
    """The canonical tables that a measure reads; none for one that no source can carry yet."""
    if measure.unavailable:
        return ()
    if measure.programme:
        return ("spend",)
    if measure.figure:
        return ("published_figure",)
    if of_waits(measure):
        return ("person", "registration", "pathway_event")
    facts = [fact for part in measure.expressions for fact in facts_in(part)]
    expected = ["published_figure"] if measure.expected else []
    return tuple(dict.fromkeys(["person", "registration", *tables_read(facts), *expected]))
