"""Facts read only for the people whom a measure is about give the same numbers as facts read for everyone."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stewardship.measures.chosen import Chosen
from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Facts, facts_in
from stewardship.measures.measure import Measure
from stewardship.people.periods import years_ending
from stewardship.people.table import people_of
from support.evaluator import answer, number
from support.grown import AS_OF, answers, numbers, residents, tables_of
from support.small_records import open_records

PERIODS = years_ending(AS_OF)
measures = st.lists(st.tuples(answers, answers | numbers), min_size=1, max_size=4).map(
    lambda pairs: [Measure(f"{n}", "mean", who, what) for n, (who, what) in enumerate(pairs)]
)


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(residents(), min_size=1, max_size=6), measures)
def test_each_measure_has_its_people_and_their_numbers(grown, wanted):
    """Also where one measure asks of some people what another asks of others, or chooses its people by."""
    tables, people = tables_of(grown)
    with tempfile.TemporaryDirectory() as folder:
        records = open_records(Path(folder), tables)
        kept = people_of(records, PERIODS).kept(records.engine)
        parts = [part for measure in wanted for part in (measure.who, measure.numerator)]
        facts = Facts(records, [fact for part in parts for fact in facts_in(part)], PERIODS)
        chosen = Chosen(kept, facts, wanted, records.engine)
        for measure in wanted:
            row = with_facts(chosen.of(measure.who), facts, [measure.numerator])
            table = row.table.select("period", "person_id", added=row.added(measure.numerator))
            found = records.engine.ibis.to_pyarrow(table).to_pylist()
            assert {(line["period"], line["person_id"]): line["added"] for line in found} == by_hand(
                people, measure
            )
        records.engine.close()


def by_hand(people, measure):
    """What each chosen resident adds in each year, by the plain evaluator."""
    added = {}
    for person_id, who in enumerate(people, start=-1):
        for period, year in enumerate(PERIODS):
            if who.death and who.death["date"] < year.start:
                continue
            last_day = min(year.end, who.death["date"]) if who.death else year.end
            if answer(measure.who, who, year.end, last_day):
                ask = number if hasattr(measure.numerator, "between") else answer
                value = ask(measure.numerator, who, year.end, last_day)
                # a reading of 41.5 is added as 42, and so is 42.5: halves go to the even number
                added[period, person_id] = None if value is None else round(value)
    return added
