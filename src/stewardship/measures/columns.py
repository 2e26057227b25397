"""The counts behind all measures, each once, with what the rule hides in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.by_month import ByMonth
from stewardship.measures.controlled import rounded
from stewardship.measures.differencing import ANY_NUMBER, VALUES_LEFT, Cells, Flags, Rows
from stewardship.measures.disclosure import FEWEST_STANDARDISED_EVENTS, POUNDS_ROUNDED_TO, People
from stewardship.measures.layout import MONTHS, Layout
from stewardship.measures.measure import Measure
from stewardship.measures.published import SHARES
from stewardship.measures.quantities import Quantity, denominator_of, numerator_of
from stewardship.measures.schemes import Scheme, strictest

DAYS_A_YEAR = 365.25
THOUSAND_POUNDS = 100 * POUNDS_ROUNDED_TO  # in pence

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Laid:
    """A measure's true sums on the grid, pooled.

    numerator: people, events or pence; denominator: people, or person-years in whole years; days: those of the
    person-years. people: who stands behind them. By age if asked, groups x bands. by_month: the numerator's months.
    """

    numerator: Counts
    denominator: Counts
    days: Counts
    people: People
    numerator_by_age: Counts | None = None
    denominator_by_age: NDArray[np.float64] | None = None
    by_month: ByMonth | None = None


@dataclass(frozen=True)
class Column:
    """One quantity in every cell of the grid.

    counts: true; people, events, pence, or days for person-years. hidden: what is not shown. published: where the
    quantity stands on some page, shown or hidden. among: of what it is counted a part. fewest: the smallest number
    above 0 that is shown. exact: cells that are shown unrounded. months: those of its years, where it has any.
    """

    quantity: Quantity
    counts: Counts
    hidden: Flags
    published: Flags
    scheme: Scheme
    fewest: int
    among: tuple[Quantity, ...] = ()
    exact: Flags | None = None
    months: "MonthlyColumn | None" = None

    @property
    def numbers(self) -> Counts:
        """Whole people, events, years or pence."""
        if self.quantity.kind == "person-years":
            return np.asarray(np.rint(self.counts / DAYS_A_YEAR).astype(np.int64))
        return self.counts

    @property
    def shown(self) -> Counts:
        """The numbers as they are shown wherever they are."""
        to = THOUSAND_POUNDS if self.quantity.kind == "pence" else self.scheme.rounded_to
        as_rounded = rounded(self.numbers, to)
        return as_rounded if self.exact is None else np.where(self.exact, self.numbers, as_rounded)

    @property
    def rounds(self) -> bool:
        """Whether the scheme rounds at all."""
        return self.scheme.rounded_to > 1

    def has_rest(self, among: Quantity) -> bool:
        """Whether those not counted can be had by subtraction."""
        return (
            self.quantity.kind == among.kind
            and among.kind in ("people", "people-in-year", "events")
            and self.quantity.years == among.years == 1
            and self.quantity != among
        )

    def cells(self, found: Mapping[Quantity, "Column"], *, told: bool) -> Cells:
        """What each cell says by itself. found: the columns of `among`, controlled.

        A hidden count is at least 1, unless its whole group is hidden: then it may be none. told: to one who is told
        which hidden counts are the few, and which are hidden for the sake of others.
        """
        unknown_group = self._unknown_group(found)
        if self.quantity.kind == "pence":
            return self._money(unknown_group)
        shown, number = self.shown, self.numbers
        away = np.where(self.exact, 0, self._away) if self.exact is not None else self._away
        few = told & (number < self.fewest)
        half, unit = (0.5, DAYS_A_YEAR) if self.quantity.kind == "person-years" else (0.0, 1.0)
        lowest = self.fewest if self.scheme.few_of_many else 1
        low = np.where(shown > 0, np.maximum(shown - away, np.minimum(lowest, shown)) - half, 0.0)
        return Cells(
            low=low * unit,
            high=np.where(shown > 0, shown + away + half, half) * unit,
            hidden_low=np.where(unknown_group | (told & (number == 0)) | (half > 0), 0.0, 1.0) * unit,
            hidden_high=np.where(few, (self.fewest - 1 + half) * unit, ANY_NUMBER),
            hidden=self.hidden | (unknown_group & self.published),
            published=self.published,
            zero=shown == 0,
            width=(VALUES_LEFT - 1) * unit,
            nothing=half * unit,
        )

    def _unknown_group(self, found: Mapping[Quantity, "Column"]) -> Flags:
        unknown = np.zeros(len(self.counts), np.bool_)
        for among in self.among:
            unknown |= found[among].hidden if among in found else False
        return unknown

    @property
    def _away(self) -> int:
        return self.scheme.rounded_by

    def _money(self, unknown_group: Flags) -> Cells:
        unsigned = (self.counts >= 0).all()
        shown = self.shown.astype(np.float64)
        low = np.where(unsigned, np.maximum(shown - THOUSAND_POUNDS / 2, 0), shown - THOUSAND_POUNDS / 2)
        return Cells(
            low=low,
            high=shown + THOUSAND_POUNDS / 2,
            hidden_low=np.full(len(shown), 0.0 if unsigned else -ANY_NUMBER),
            hidden_high=np.full(len(shown), ANY_NUMBER),
            hidden=self.hidden | (unknown_group & self.published),
            published=self.published,
            zero=np.zeros(len(shown), np.bool_),
            width=float(VALUES_LEFT * THOUSAND_POUNDS),
            from_below=np.ones(len(shown), np.bool_),
            guarded=self.hidden | unknown_group,
        )


@dataclass(frozen=True)
class MonthlyColumn(Column):
    """The months of a quantity: years x places x 12 in place of the grid's cells.

    year: the cell of the grid that each is a part of.
    """

    year: Rows = field(default_factory=lambda: np.zeros(0, np.int64))

    def _unknown_group(self, found: Mapping[Quantity, Column]) -> Flags:
        unknown = np.zeros(len(self.counts), np.bool_)
        for among in self.among:
            unknown |= found[among].hidden[self.year] if among in found else False
        return unknown


def columns_of(laid: Mapping[Measure, Laid], layout: Layout) -> dict[Quantity, Column]:
    """Every quantity that any of the measures shows, with what the rule hides for the reasons of each."""
    schemes, fewest = _schemes(laid)
    found: dict[Quantity, Column] = {}
    for measure, sums in laid.items():
        numerator, denominator = numerator_of(measure), denominator_of(measure)
        published = _published(measure, layout)
        few = _few_of(measure, sums, layout, fewest)

        def column(
            quantity: Quantity, counts: Counts, hidden: Flags, among: tuple[Quantity, ...] = ()
        ) -> Column:
            scheme = schemes[quantity.kind, quantity.of]
            least = fewest[quantity.kind, quantity.of]
            return Column(quantity, counts, hidden & published, published, scheme, least, among)  # noqa: B023

        counts = sums.days if denominator.kind == "person-years" else sums.denominator
        _put(found, column(denominator, counts, few[1]))
        if numerator != denominator:
            # A ratio or mean of events is not of a part of them: the others cannot be had by subtraction.
            among = () if measure.statistic in ("ratio of events", "mean of events") else (denominator,)
            of_year = column(numerator, sums.numerator, few[0], among)
            _put(found, replace(of_year, months=_months_of(of_year, sums.by_month, layout)))
    return found


def _months_of(of_year: Column, by_month: ByMonth | None, layout: Layout) -> MonthlyColumn | None:
    """A month is hidden where there are few events in it, or few people behind them."""
    if by_month is None:
        return None
    counts, behind = by_month.counts.reshape(-1), by_month.behind.reshape(-1)
    if not np.array_equal(
        counts.reshape(-1, MONTHS).sum(axis=1), of_year.counts[layout.everyone.reshape(-1)]
    ):
        raise ValueError(f"The months of {of_year.quantity.name} do not add up to its years.")
    year = np.repeat(layout.everyone.reshape(-1), MONTHS)
    published = of_year.published[year]
    hidden = (_few(counts, of_year.fewest) | _few(behind, of_year.fewest)) & published
    about = of_year.quantity, counts, hidden, published, of_year.scheme, of_year.fewest, of_year.among
    return MonthlyColumn(*about, year=year)


Identity = tuple[str, frozenset[str]]


def _schemes(laid: Mapping[Measure, Laid]) -> tuple[dict[Identity, Scheme], dict[Identity, int]]:
    """The scheme that each quantity follows, and the smallest number above 0 that is shown of it."""
    under: dict[Identity, list[Scheme]] = {}
    events = set()
    for measure in laid:
        for quantity in (numerator_of(measure), denominator_of(measure)):
            under.setdefault((quantity.kind, quantity.of), []).append(measure.scheme)
        if measure.statistic == "standardised rate":
            events.add((numerator_of(measure).kind, numerator_of(measure).of))
    schemes = {each: strictest(those) for each, those in under.items()}
    fewest = {each: scheme.fewest for each, scheme in schemes.items()}
    return schemes, fewest | {each: max(fewest[each], FEWEST_STANDARDISED_EVENTS) for each in events}


def _published(measure: Measure, layout: Layout) -> Flags:
    """Where the measure has figures: not before enough years, and not by age if its rate is standardised for it."""
    cells = layout.published(by_age=measure.statistic != "standardised rate")
    cells[: measure.pool - 1] = False
    return cells.reshape(-1)


def _few_of(
    measure: Measure, laid: Laid, layout: Layout, fewest: Mapping[Identity, int]
) -> tuple[Flags, Flags]:
    """Where numerators and denominators are hidden by the rule itself."""
    numerator, denominator = numerator_of(measure), denominator_of(measure)
    least, least_there = (fewest[each.kind, each.of] for each in (numerator, denominator))
    x, n = laid.numerator, laid.denominator
    there = _few(n, least_there)
    if measure.statistic == "count":
        return there, there
    if measure.statistic != "proportion":
        there = there | _few(laid.people.of_group, least_there)
    if numerator.kind == "pence":
        nobody = (laid.people.of_group < least_there) & (x != 0)
        return there | nobody | _few(laid.people.behind, least), there
    if not measure.scheme.few_of_many:
        return there, there
    hidden = there | _few(x, least)
    if measure.statistic in SHARES:
        hidden = hidden | ((x <= n) & _few(n - x, least))
    if measure.statistic == "proportion":
        return hidden, there
    hidden = hidden | _few(laid.people.behind, least)
    if measure.statistic == "standardised rate":
        hidden = hidden | _few_left(x, layout, least)
    return hidden, there


def _few_left(events: Counts, layout: Layout, least: int) -> Flags:
    """Where all but a few of the events of everyone, or of the place above, are counted: a rate beside the
    total's rate would tell of the others."""
    hidden = np.zeros(len(events), np.bool_)
    for sums in layout.partitions(events):
        hidden[sums.part] |= _few(events[sums.total] - events[sums.part], least)
    return hidden


def _few(counts: Counts, least: int) -> Flags:
    return np.asarray((counts > 0) & (counts < least))


def _put(found: dict[Quantity, Column], column: Column) -> None:
    """Add a column, or its reasons to hide to those of the same quantity."""
    there = found.get(column.quantity)
    if there is None:
        found[column.quantity] = column
        return
    months = there.months or column.months
    if months is not None and column.months is not None:
        months = replace(months, hidden=months.hidden | column.months.hidden)
    both = there.published & column.published  # a standardised rate counts nothing by age
    if not np.array_equal(there.counts[both], column.counts[both]):
        raise ValueError(
            f"Two measures count {column.quantity.name} and differ. The same words mean the same people."
        )
    found[column.quantity] = replace(
        there,
        counts=np.where(there.published, there.counts, column.counts),
        hidden=there.hidden | column.hidden,
        published=there.published | column.published,
        among=(among := tuple(dict.fromkeys((*there.among, *column.among)))),
        months=None if months is None else replace(months, among=among),
    )
