"""Figures of every care area, and the places they are published for."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stewardship.care_areas.area import CareArea
from stewardship.measures.by_month import ByMonth, by_month, facts_by_month, told_by_month
from stewardship.measures.cancer.declared import of_waits
from stewardship.measures.cancer.figures import CancerWaits
from stewardship.measures.chosen import Chosen
from stewardship.measures.columns import Laid
from stewardship.measures.coverage import Coverage
from stewardship.measures.facts import Facts, FactsByMonth, facts_in
from stewardship.measures.figures import figures_together, lay_out, missing_figures
from stewardship.measures.frailty.line import AREA as AGEING_WELL
from stewardship.measures.frailty.line import AdviceLine
from stewardship.measures.layout import Layout
from stewardship.measures.ledgers import ledger_figures, spending
from stewardship.measures.life_figures import life_figures
from stewardship.measures.life_tables import lives_of
from stewardship.measures.measure import Measure
from stewardship.measures.months import MONTHS
from stewardship.measures.published import PlaceCard
from stewardship.measures.published_figures import (
    counted_as,
    figures_against_expected,
    figures_as_published,
    supplied,
)
from stewardship.measures.sums import Batch, add_up, asked_of, batches, each_measure
from stewardship.measures.together import ExactBefore
from stewardship.people.periods import Period
from stewardship.people.table import PLACE_COLUMNS, People
from stewardship.records.engines import ExpressionEngine
from stewardship.records.opened import Records
from stewardship.records.places import memberships
from stewardship.records.progress import Progress, silent


@dataclass(frozen=True)
class Made:
    """Published figures (FIGURES) and events by month (MONTHS) of each care area, by its key, and why measures are
    missing. cancer and frailty make the figures of cancer pathways and of the advice line, by the names of their files:
    they ask the engine nothing."""

    figures: dict[str, pa.Table]
    months: dict[str, pa.Table]
    missing: dict[Measure, str]
    cancer: Callable[[], dict[str, pa.Table]]
    frailty: Callable[[], dict[str, pa.Table]]


def figures(
    people: People,
    records: Records,
    areas: Sequence[CareArea],
    periods: Sequence[Period],
    places: Sequence[PlaceCard],
    *,
    beside: Executor | None = None,
    exact_before: ExactBefore | None = None,
    progress: Progress = silent,
) -> Made:
    """Every care area's published figures, and why measures are missing.

    people: the people table, kept in the engine. Each event table is read once for the measures of all areas.
    beside: may do meanwhile what asks the engine nothing. exact_before: exact totals that are on line already; see
    `control_together`.
    """
    coverage = Coverage(records)
    wanted = list(dict.fromkeys(measure for area in areas for _, measure in area.measures()))
    missing = {measure: reason for measure in wanted if (reason := coverage.missing(measure))}
    sent = supplied(
        records, [each for measure in wanted for each in (measure.figure, measure.expected) if each]
    )
    told = [measure for measure in wanted if measure not in missing]
    of_life = [measure for measure in told if measure.of_life]
    of_pathways = [measure for measure in told if of_waits(measure)]
    apart = {*of_life, *of_pathways}
    made = [counted_as(each) for each in told if not (each.programme or each.figure or each in apart)]
    layout = Layout(len(periods), places)
    progress("Gathering facts", 0.0)
    waits = CancerWaits(records, people, layout, periods) if of_pathways else None
    forecast = beside.submit(waits.forecast).result if waits and beside else waits and waits.forecast
    facts = Facts(records, _facts_of([*made, *of_life]), periods)
    found = {measure: missing_figures(measure, why, layout, periods) for measure, why in missing.items()}
    found |= _of_ledgers([measure for measure in told if measure.programme], records, layout, periods)
    found |= {
        each: figures_as_published(each, sent[each.figure], layout, periods) for each in told if each.figure
    }
    chosen = Chosen(people, facts, [*made, *of_life], records.engine)
    laid = _laid_out(batches(made), chosen, facts, layout, records.engine, progress)
    lives = lives_of(of_life, chosen, facts, layout, records.engine)
    found |= {each: life_figures(each, lives[each.who], layout, periods) for each in of_life}
    if waits is not None:
        laid |= waits.laid(of_pathways)
    of_line = any(area.key == AGEING_WELL for area in areas)
    line = AdviceLine(records, people, layout, periods) if of_line else None
    # Last, because facts by month take the places of those by year in the engine.
    for measure, its_months in _by_month(made, chosen, facts, layout, records).items():
        laid[measure] = replace(laid[measure], by_month=its_months)
    progress("Adding up measures", 1.0)
    progress("Controlling disclosure", 0.0)
    of_years, of_months = figures_together(laid, layout, periods, exact_before)
    found |= of_years
    of_waiting = {each: found[each] for each in of_pathways}
    cancer = partial(waits.tables, of_waiting, forecast) if waits and forecast else dict
    found |= {
        each: figures_against_expected(each, found[counted_as(each)], sent[each.expected], layout, periods)
        for each in told
        if each.expected
    }
    progress("Controlling disclosure", 1.0)
    months = {
        area.key: pa.concat_tables(
            [MONTHS.empty_table(), *(of_months[m] for _, m in area.measures() if m in of_months)]
        )
        for area in areas
    }
    tables = {area.key: _table(area, found, records) for area in areas}
    return Made(tables, months, missing, cancer, dict if line is None else line.tables)


def _laid_out(
    several: Sequence[Batch],
    chosen: Chosen,
    facts: Facts,
    layout: Layout,
    engine: ExpressionEngine,
    progress: Progress,
) -> dict[Measure, Laid]:
    """The true sums of every measure: the engine adds up a batch while what is asked of the next is put together, and
    while the one before is laid out."""

    def lay_each(lowest: Future[pa.Table], batch: Batch) -> dict[Measure, Laid]:
        sums = each_measure(lowest.result(), batch, chosen.names)
        return {measure: lay_out(measure, each, layout) for measure, each in sums.items()}

    facts.read()  # before: the engine answers one question at a time
    with ThreadPoolExecutor(1) as adding, ThreadPoolExecutor(1) as laying:
        laid = []
        for batch in several:
            lowest = adding.submit(add_up, asked_of(chosen, facts, batch), engine)
            laid.append(laying.submit(lay_each, lowest, batch))
        for number, each in enumerate(laid):
            progress("Adding up measures", 0.2 + 0.8 * number / len(several))
            each.result()
        return {measure: its for each in laid for measure, its in each.result().items()}


def _by_month(
    measures: Sequence[Measure], chosen: Chosen, facts: Facts, layout: Layout, records: Records
) -> dict[Measure, ByMonth]:
    told = [measure for measure in measures if told_by_month(measure)]
    return by_month(chosen, FactsByMonth(facts, facts_by_month(told)), told, layout, records.engine)


def _table(area: CareArea, found: Mapping[Measure, pa.Table], records: Records) -> pa.Table:
    """A care area's figures.

    Where no source records who is in an inclusion group, that nobody is in one would be no figure.
    """
    table = pa.concat_tables([found[measure] for _, measure in area.measures()])
    told = "characteristic" in records.present
    return table if told else table.filter(pc.not_equal(table["by"], "inclusion health"))


def _of_ledgers(
    measures: Sequence[Measure], records: Records, layout: Layout, periods: Sequence[Period]
) -> dict[Measure, pa.Table]:
    """Figures of spending, for the system alone."""
    months = spending(records, [measure.programme for measure in measures]) if measures else {}
    return {
        measure: ledger_figures(measure, months[measure.programme], layout, periods) for measure in measures
    }


def place_cards(place: pa.Table, *, as_of: date, linked: Collection[str] = PLACE_COLUMNS) -> list[PlaceCard]:
    """The places that figures are published for, the system first: those that people are counted in.

    linked: the levels that anybody is linked to; the others have no cards. Small areas are too small to
    publish. Alliances are counted by practice where anybody is linked to one, else by home.
    """
    rows = [row for row in memberships(place, as_of) if row["level"] in ("system", *linked)]
    by_practice = any(row["level"] == "practice" for row in rows)
    chosen: dict[str, PlaceCard] = {}
    for row in sorted(rows, key=lambda row: (_LEVELS.index(row["level"]), row["name"], row["code"])):
        if row["level"] == "alliance" and (row["hierarchy"] == "registration") != by_practice:
            continue
        basis = {"registration": "by GP practice", "residence": "by home"}[row["hierarchy"]]
        card = PlaceCard(row["code"], row["name"], row["level"], row["parent"] or "", basis)
        chosen.setdefault(row["code"], card if row["level"] != "system" else replace(card, basis=""))
    return list(chosen.values())


_LEVELS = ("system", "alliance", "network", "practice", "local_authority", "neighbourhood")


def _facts_of(measures: Sequence[Measure]) -> list[Any]:
    return [fact for m in measures for expression in m.expressions for fact in facts_in(expression)]
