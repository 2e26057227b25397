"""The care-area budget: pooled resources of each area, reconciled to the ledgers, per head, and beside its burden.

Heads are residents' person-years, to the nearest 5. Weighted heads count each resident as what people of their age and
sex cost in the last year beside the average of this system: its own cost curve, for want of national weights that are
certain. They tell differences of age and sex, and not of need beyond them.

What an area spends is what is allocated to it (`allocation`); an overlay looks at care of other areas, never added.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.allocation import Allocated
from stewardship.measures.budget_burden import Burden, burden_of
from stewardship.measures.budget_control import Fit, fit_to_show
from stewardship.measures.budget_ledgers import Compared, Ledger, by_organisation, by_programme, ledgers_of
from stewardship.measures.budget_lines import Line, every_line, lines_of
from stewardship.measures.budget_published import BudgetFigure, What
from stewardship.measures.budget_totals import FIFTHS, Rows, Totals, members_of, totals_of
from stewardship.measures.controlled import HIDDEN_WORDS
from stewardship.measures.disclosure import POUNDS_ROUNDED_TO, control_counts
from stewardship.measures.partitions import Partition
from stewardship.measures.published import PlaceCard
from stewardship.people.periods import Period
from stewardship.people.table import People
from stewardship.records.opened import Records

OF_RECORDS = "Costs sent with each contact, and unit costs where none were sent"
OF_LEDGERS = "Organisations' ledgers"
OF_BOTH = "Costs of care and organisations' ledgers"
OF_DEATHS = "Registered deaths, by underlying cause"
OF_PEOPLE = "Residents in the care area"
OWN_CURVE = "Heads are weighted by what people of each age and sex cost in this system in the last year"


@dataclass(frozen=True)
class _Made:
    """What a budget is made of."""

    rows: Rows
    places: Sequence[PlaceCard]
    periods: Sequence[Period]
    totals: Totals
    fit: Fit
    every_line: Sequence[Line]
    lines: Sequence[Line]
    ledgers: Sequence[Ledger]
    burden: Burden
    names: Mapping[str, str]  # of organisations, by their codes
    members: NDArray[np.int64]  # residents of each year (rows) and row of the budget: one may be in several

    def name_of(self, organisation: str) -> str:
        """The name of an organisation by its code; what is no code of one that is known stays as it is."""
        return self.names.get(organisation, organisation)

    @property
    def system(self) -> str:
        """The code of the whole system."""
        return self.places[0].code

    def figure(
        self, row: int, what: What, year: int, value: float | None, unit: str = "£", **more: str
    ) -> BudgetFigure:
        """A figure of the system, unless another place is named: hidden where it has no value, unless it says why."""
        period = self.periods[year]
        state = {"state": "shown"} if value is not None else {"state": "suppressed", "reason": HIDDEN_WORDS}
        told = {"place": self.system, "source": OF_RECORDS, **state, **more}
        return BudgetFigure(
            self.rows.keys[row], what, period_start=period.start, period_end=period.end, unit=unit, value=value,
            **told,
        )  # fmt: skip

    def pounds(self, row: int, year: int) -> float | None:
        """What the system spends on a row, fit to be shown."""
        shown = self.fit.shown[year, 0, 0, row]
        return _pounds(int(self.totals.pence[year, 0, 0, row])) if shown else None


def budget(
    allocated: Allocated,
    people: People,
    records: Records,
    places: Sequence[PlaceCard],
    periods: Sequence[Period],
) -> list[BudgetFigure]:
    """Every figure of the budgets of the care areas, fit to be published.

    places: those that figures are published for, the system first. people: the table that was allocated by.
    """
    rows, every = Rows(allocated.areas), every_line(allocated)
    totals = totals_of(allocated, places, people, records.engine, years=len(periods))
    made = _Made(
        rows, places, periods, totals, fit_to_show(totals, places, rows),
        every, lines_of(allocated, every), ledgers_of(records, periods),
        burden_of(records, allocated.areas, periods), _names(records), members_of(allocated, len(periods)),
    )  # fmt: skip
    return [
        figure
        for part in (_spending, _lines, _organisations, _programmes, _shares, _one_per_cent)
        for figure in part(made)
    ]


def _names(records: Records) -> dict[str, str]:
    organisation = records.table("organisation").select("code", "name", "start")
    rows = records.engine.ibis.to_pyarrow(organisation).to_pylist()
    return {row["code"]: row["name"] for row in sorted(rows, key=lambda row: str(row["start"] or ""))}


def _spending(made: _Made) -> Iterator[BudgetFigure]:
    """Spending of each place and fifth, and for each head: everyone's everywhere, fifths' of larger places."""
    by_head = (
        ("per head", made.fit.heads, OF_RECORDS),
        ("per weighted head", made.fit.weighted_heads, f"{OF_RECORDS}. {OWN_CURVE}"),
    )
    for year, place, fifth, row in np.argwhere(made.fit.published).tolist():
        shown = made.fit.shown[year, place, fifth, row]
        pounds = _pounds(int(made.totals.pence[year, place, fifth, row])) if shown else None
        told = {"place": made.places[place].code, "fifth": FIFTHS[fifth]}
        yield made.figure(row, "spending", year, pounds, **told)
        for what, heads, source in by_head:
            there = float(heads[year, place, fifth])
            each = round(pounds / there, 2) if pounds is not None and there > 0 else None
            yield made.figure(row, what, year, each, "£ a head", **told, source=source)  # type: ignore[arg-type]


def _lines(made: _Made) -> Iterator[BudgetFigure]:
    for line in made.lines:
        hidden = line.few or made.pounds(line.row, line.year) is None
        yield made.figure(
            line.row, "line", line.year, None if hidden else _pounds(line.pence),
            organisation=made.name_of(line.organisation), point_of_delivery=line.point, basis=", ".join(line.bases),
        )  # fmt: skip


def _organisations(made: _Made) -> Iterator[BudgetFigure]:
    for year, ledger in enumerate(made.ledgers):
        if not ledger.by_organisation:
            continue
        lines = [line for line in made.every_line if line.year == year]
        whole = made.pounds(made.rows.whole, year)
        for compared in by_organisation(lines, ledger):
            told = {"organisation": made.name_of(compared.name), "point_of_delivery": compared.point}
            hidden = compared.few or whole is None
            yield from _beside(made, made.rows.whole, year, replace(compared, few=hidden), ledger, told)


def _programmes(made: _Made) -> Iterator[BudgetFigure]:
    for year, ledger in enumerate(made.ledgers):
        if not ledger.by_organisation:
            continue
        pence = [int(each) for each in made.totals.pence[year, 0, 0]]
        for row, compared in zip(made.rows.own, by_programme(pence, made.rows.areas, ledger), strict=True):
            if made.pounds(row, year) is None:
                continue
            told = {"programme": compared.point}
            yield from _beside(made, row, year, compared, ledger, told)


def _beside(
    made: _Made, row: int, year: int, compared: Compared, ledger: Ledger, told: dict[str, str]
) -> Iterator[BudgetFigure]:
    """Cost of care, ledger and difference; missing where the ledgers do not hold the year."""
    basis = {"basis": ", ".join(compared.bases)}
    cost = None if compared.few else _pounds(compared.cost or 0)
    yield made.figure(row, "cost of care", year, cost, **told, **basis)
    if not ledger.whole:
        lacking = f"Missing: the ledgers hold {ledger.months} of the year's 12 months"
        for what in ("ledger", "difference"):
            yield made.figure(row, what, year, None, **told, state="missing", reason=lacking)
        return
    estimated = {compared.name, *compared.point.split(", ")} & ledger.estimated
    caution = {"caution": "Estimated in part: accounts were not closed"} if estimated else {}
    spent = _pounds(compared.ledger or 0)
    yield made.figure(row, "ledger", year, spent, **told, source=OF_LEDGERS, **caution)
    difference = None if cost is None else spent - cost
    yield made.figure(row, "difference", year, difference, **told, source=OF_BOTH, **caution)


def _shares(made: _Made) -> Iterator[BudgetFigure]:
    """Each area's share of the money, of deaths and years of life lost under 75, and of residents, in per cent."""
    parts = made.rows.own
    people = control_counts(made.members.reshape(-1)).numbers.reshape(made.members.shape)
    deaths = control_counts(made.burden.deaths.reshape(-1), [_of_all(made)])
    told = deaths.shown.reshape(made.burden.deaths.shape)
    shown = deaths.numbers.reshape(made.burden.deaths.shape)
    for year in range(len(made.periods)):
        whole = made.pounds(made.rows.whole, year)
        lost = made.burden.half_years[year]
        for row in parts:
            pounds = made.pounds(row, year)
            share = 100 * pounds / whole if pounds is not None and whole else None
            yield made.figure(row, "share of money", year, _rounded(share), "%")
            seen = bool(told[year, row] and told[year, made.rows.whole] and shown[year, made.rows.whole])
            of_deaths = 100 * shown[year, row] / shown[year, made.rows.whole] if seen else None
            yield made.figure(
                row, "share of deaths under 75", year, _rounded(of_deaths), "%", source=OF_DEATHS
            )
            of_years = 100 * lost[row] / lost[made.rows.whole] if seen and lost[made.rows.whole] else None
            yield made.figure(
                row, "share of years of life lost under 75", year, _rounded(of_years), "%", source=OF_DEATHS
            )
        for row in range(len(made.rows.areas)):
            of_people = 100 * people[year, row] / people[year, made.rows.whole]
            seen = not np.isnan(of_people)
            yield made.figure(
                row, "share of people", year, _rounded(of_people) if seen else None, "%", source=OF_PEOPLE
            )


def _of_all(made: _Made) -> Partition:
    """Deaths of all areas, and nobody's, come to all deaths."""
    number = np.arange(made.burden.deaths.size).reshape(made.burden.deaths.shape)
    own = number[:, made.rows.own]
    return Partition(own.reshape(-1), np.repeat(number[:, made.rows.whole], own.shape[1]))


def _one_per_cent(made: _Made) -> Iterator[BudgetFigure]:
    """What one per cent of a row's money is, in the last year."""
    year = len(made.periods) - 1
    for row in range(len(made.rows.keys)):
        pounds = made.pounds(row, year)
        yield made.figure(row, "one per cent", year, None if pounds is None else pounds / 100)


def _rounded(share: float | None) -> float | None:
    """A share to a tenth of a per cent."""
    return None if share is None else round(float(share), 1)


def _pounds(pence: int) -> float:
    """Whole thousands of pounds."""
    return float(round(pence / (100 * POUNDS_ROUNDED_TO)) * POUNDS_ROUNDED_TO)
