"""The engine gives every expression the meaning that the plain evaluator gives it."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Facts, facts_in
from stewardship.people.periods import years_ending
from stewardship.people.table import people_table
from support.evaluator import answer, number
from support.grown import AS_OF, answers, numbers, residents, tables_of
from support.small_records import open_records


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    st.lists(residents(), min_size=1, max_size=6),
    st.lists(answers, min_size=1, max_size=4),
    st.lists(numbers, min_size=1, max_size=3),
)
def test_grown_expressions_mean_the_same_in_the_engine(grown, asked, wanted):
    tables, people = tables_of(grown)
    periods = years_ending(AS_OF)
    with tempfile.TemporaryDirectory() as folder:
        records = open_records(Path(folder), tables)
        kept = records.engine.keep("people", people_table(records, periods))
        facts = Facts(records, [fact for x in [*asked, *wanted] for fact in facts_in(x)], periods)
        row = with_facts(kept, facts, [*asked, *wanted])
        columns = {f"answer_{i}": row.asked(x) for i, x in enumerate(asked)}
        columns |= {f"number_{i}": row.number(x) for i, x in enumerate(wanted)}
        table = row.table.mutate(**columns).to_pyarrow().to_pylist()
        records.engine.close()
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
