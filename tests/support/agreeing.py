"""Whether an engine gives grown expressions the meaning that the plain evaluator gives them."""

from collections.abc import Sequence
from pathlib import Path

from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Facts, facts_in
from stewardship.people.expressions import Answer, Quantity
from stewardship.people.periods import years_ending
from stewardship.people.table import people_table
from stewardship.records.engines import ExpressionEngine
from support.evaluator import answer, number
from support.grown import AS_OF, tables_of
from support.small_records import opened, write_records


def assert_agrees(
    engine: ExpressionEngine,
    folder: Path,
    grown: Sequence,
    asked: Sequence[Answer],
    wanted: Sequence[Quantity],
) -> None:
    """Ask the engine and the evaluator every answer and number, of every grown resident and year."""
    tables, people = tables_of(grown)
    periods = years_ending(AS_OF)
    write_records(folder / "records", tables)
    records = opened(folder, engine)
    kept = engine.keep("people", people_table(records, periods))
    facts = Facts(records, [fact for x in [*asked, *wanted] for fact in facts_in(x)], periods)
    row = with_facts(kept, facts, [*asked, *wanted])
    columns = {f"answer_{i}": row.asked(x) for i, x in enumerate(asked)}
    columns |= {f"number_{i}": row.number(x) for i, x in enumerate(wanted)}
    table = engine.ibis.to_pyarrow(row.table.select("period", "person_id", **columns)).to_pylist()
    seen = set()
    for line in table:
        who = people[line["person_id"] + 1]
        on = periods[line["period"]].end
        last_day = min(on, who.death["date"]) if who.death else on
        seen.add((line["period"], line["person_id"]))
        for i, x in enumerate(asked):
            assert line[f"answer_{i}"] == answer(x, who, on, last_day), (x, on)
        for i, x in enumerate(wanted):
            assert line[f"number_{i}"] == number(x, who, on, last_day), (x, on)
    assert seen == {
        (period, person_id - 1)
        for period, year in enumerate(periods)
        for person_id, who in enumerate(people)
        if not (who.death and who.death["date"] < year.start)
    }
