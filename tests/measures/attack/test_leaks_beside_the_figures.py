"""Leaks are planted in what stands beside the figures: months, budgets and derived files; the attack finds each."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stewardship.measures.attack import attack
from stewardship.measures.budget_published import BudgetFigure, write_budget
from stewardship.measures.derived import write_derived
from stewardship.measures.months import MONTHS, months_file, write_months
from stewardship.measures.published import FIGURES
from support.published_by_hand import HIDDEN, LAST, PERIODS, card, figure, publish

YEAR = [date(2025 + (month > 12), (month - 1) % 12 + 1, 1) for month in range(4, 16)]
STAYS = card("stays", "amount", "stays", top="events:1:e")
NOTHING = dict.fromkeys(range(12), 0)


def recovered(published, **more):
    """By way, place and period (or fifth): the bounds found."""
    report = attack([published], seconds=0, **more)
    return {(r.way, r.place, r.group, r.period): (r.low, r.high) for r in report.recovered}, report


# Months


def months(place, counts, measure="stays"):
    """The latest year's months of a place by their number, from April; None is hidden."""
    return [
        dict(zip(MONTHS.names, (measure, place, YEAR[number], count, "suppressed" if count is None else "shown", ""),
                 strict=True))
        for number, count in counts.items()
    ]  # fmt: skip


def with_months(folder, years, rows, cards=(STAYS,)):
    """Published results of a year by place, with months beside them."""
    published = publish(
        folder, list(cards), [figure("stays", place, count) for place, count in years.items()]
    )
    write_months(folder, "made", pa.Table.from_pylist(rows, schema=MONTHS))
    return published


def of_month(place, month):
    return "hidden months", place, "everyone", month


def test_a_month_that_is_all_that_its_year_has_is_told_by_the_year(tmp_path):
    published = with_months(tmp_path / "r", {"P1": 20}, months("P1", NOTHING | {2: HIDDEN}))
    found, report = recovered(published)
    assert found == {of_month("P1", "2025-06"): (18, 22)}
    assert report.recovered[0].steps == "months added up"


def test_a_month_beside_others_that_are_rounded_is_not_told(tmp_path):
    rows = months("P1", NOTHING | {2: HIDDEN, 3: 10})
    assert recovered(with_months(tmp_path / "r", {"P1": 20}, rows))[0] == {}


def test_a_hidden_year_is_told_by_its_months(tmp_path):
    found, _ = recovered(with_months(tmp_path / "r", {"P1": HIDDEN}, months("P1", NOTHING | {2: 10})))
    assert found == {of_month("P1", "2026-03-31"): (8, 12)}


def test_two_hidden_months_of_a_hidden_year_are_not_told(tmp_path):
    rows = months("P1", NOTHING | {2: HIDDEN, 3: HIDDEN})
    assert recovered(with_months(tmp_path / "r", {"P1": HIDDEN}, rows))[0] == {}


def test_a_month_of_a_place_is_told_by_the_places_beside_it(tmp_path):
    rows = [row for place, count in {"N": 20, "P1": HIDDEN, "P2": 0, "P3": 0}.items()
            for row in months(place, {2: count})]  # fmt: skip
    found, report = recovered(with_months(tmp_path / "r", {}, rows))
    assert found == {of_month("P1", "2025-06"): (18, 22)}
    assert report.tried["hidden months"] == 1


def test_two_hidden_places_of_a_month_are_not_told(tmp_path):
    rows = [row for place, count in {"N": 20, "P1": HIDDEN, "P2": HIDDEN, "P3": 0}.items()
            for row in months(place, {2: count})]  # fmt: skip
    assert recovered(with_months(tmp_path / "r", {}, rows))[0] == {}


def test_a_place_that_is_not_told_of_in_a_month_may_have_any_number(tmp_path):
    rows = [
        row for place, count in {"N": 20, "P1": HIDDEN, "P2": 0}.items() for row in months(place, {2: count})
    ]
    assert recovered(with_months(tmp_path / "r", {}, rows))[0] == {}


@pytest.mark.parametrize(
    "everyone_is_placed, told", [(True, {of_month("N", "2025-06"): (18, 22)}), (False, {})]
)
def test_networks_come_to_the_system_where_everybody_is_placed(tmp_path, everyone_is_placed, told):
    rows = months("SYS", {2: 20}) + months("N", {2: HIDDEN})
    published = with_months(tmp_path / "r", {}, rows)
    assert recovered(published, everyone_is_placed=everyone_is_placed)[0] == told


def test_a_month_of_a_few_that_nobody_hid(tmp_path):
    found, _ = recovered(with_months(tmp_path / "r", {"P1": 20}, months("P1", {2: 4})))
    assert found == {("shown as it is", "P1", "everyone", "2025-06"): (4, 4)}


def test_what_one_measure_hides_by_month_another_may_not_show(tmp_path):
    rate = card("rate", "rate", "per 1,000", top="events:1:e", below="person-years:1:f")
    rows = months("P1", NOTHING | {2: HIDDEN}) + months("P1", {2: 10}, "rate")
    found, _ = recovered(with_months(tmp_path / "r", {}, rows, (STAYS, rate)))
    assert found == {}, "nobody can tell why it is hidden, and it is shown: its bounds come of no sum"
    rows = months("P1", NOTHING | {2: HIDDEN}) + months("P1", {2: 10}, "rate")
    found, _ = recovered(with_months(tmp_path / "s", {"P1": HIDDEN}, rows, (STAYS, rate)))
    assert found == {of_month("P1", "2026-03-31"): (8, 12)}


def test_a_year_that_begins_within_a_month_has_days_that_no_month_tells(tmp_path):
    published = with_months(tmp_path / "r", {"P1": 20}, months("P1", NOTHING | {2: HIDDEN}))
    shifted = [(start.replace(day=10), end.replace(month=4, day=9)) for start, end in PERIODS]
    rows = published.table("made").to_pylist()
    for row in rows:
        row["period_start"], row["period_end"] = shifted[-1]
    pq.write_table(pa.Table.from_pylist(rows, schema=FIGURES), tmp_path / "r" / "made.parquet")
    published.snapshot = replace(published.snapshot, periods=tuple(shifted))
    assert recovered(published)[0] == {}


# Budgets


def money(area, value, *, what="spending", place="SYS", fifth="everyone", unit="£", **more):
    state = "shown" if value is not None else "suppressed"
    return BudgetFigure(area, what, place, *LAST, unit, value, state, fifth, **more)


def with_budget(folder, rows):
    published = publish(folder, [STAYS], [figure("stays", "SYS", 100)])
    write_budget(folder, rows)
    return published


def of_money(place="SYS", group="everyone"):
    return "hidden money of budgets", place, group, "2026-03-31"


FIFTHS = [
    money("heart", value, fifth=fifth) for fifth, value in zip("345", (20_000, 20_000, 20_000), strict=True)
]
AREAS = [money("all", 90_000), money("lungs", 30_000), *(
    money(area, 1.0, what="share of people", unit="%") for area in ("heart", "lungs")
)]  # fmt: skip
OWN = [money(area, None, what="share of money", unit="%") for area in ("heart", "lungs", "unallocated")]
LINES = [money("heart", 50_000), money("heart", 30_000, what="line", organisation="T1")]
HEADS = [money("lungs", 100_000), money("lungs", 50.0, what="per head", unit="£ a head")]


@pytest.mark.parametrize("rows, place, group, bounds", [
    ([money("heart", 90_000), money("heart", 10_000, fifth="2"), *FIFTHS, money("heart", None, fifth="1")],
     "SYS", "1", (17_500, 22_500)),
    ([*AREAS, *OWN, money("unallocated", 20_000), money("heart", None)], "SYS", "everyone", (38_500, 41_500)),
    ([money("heart", 60_000, place="N"), money("heart", 20_000, place="P2"), money("heart", 20_000, place="P3"),
      money("heart", None, place="P1")], "P1", "everyone", (18_500, 21_500)),
    ([*LINES, money("heart", None, what="line", organisation="T2")], "SYS", "everyone", (19_000, 21_000)),
    ([money("heart", None), money("heart", 20_000, what="line"), money("heart", 30_000, what="line")],
     "SYS", "everyone", (49_000, 51_000)),
    ([money("heart", None), money("heart", 500.0, what="one per cent")], "SYS", "everyone", (49_500, 50_500)),
    ([money("heart", None), money("heart", 50_000, what="cost of care", programme="10")],
     "SYS", "everyone", (49_500, 50_500)),
    ([*AREAS, money("heart", 50.0, what="share of money", unit="%"), money("heart", None)],
     "SYS", "everyone", (44_455, 45_545)),
    ([*HEADS, money("heart", None), money("heart", 10.0, what="per head", unit="£ a head")],
     "SYS", "everyone", (19_488, 20_512)),
])  # fmt: skip
def test_hidden_money_that_what_is_shown_tells_is_found(tmp_path, rows, place, group, bounds):
    found, _ = recovered(with_budget(tmp_path / "r", rows))
    assert list(found) == [of_money(place, group)]
    assert found[of_money(place, group)] == pytest.approx(bounds, abs=1)


@pytest.mark.parametrize("rows", [
    [money("heart", 90_000), money("heart", None, fifth="2"), *FIFTHS, money("heart", None, fifth="1")],
    [*AREAS, *OWN, money("unallocated", None), money("heart", None)],
    [money("heart", 60_000, place="N"), money("heart", None, place="P2"), money("heart", 20_000, place="P3"),
     money("heart", None, place="P1")],
    [*LINES, money("heart", None, what="line"), money("heart", None, what="line", organisation="T2")],
    [*HEADS, money("heart", None), money("heart", None, what="per head", unit="£ a head")],
    [money("heart", 61_000, place="N"), money("heart", 60_000, place="P2"), money("heart", 0, place="P3"),
     money("heart", None, place="P1")],  # little at most, and perhaps nothing
])  # fmt: skip
def test_money_that_is_well_hidden_is_not_found(tmp_path, rows):
    found, report = recovered(with_budget(tmp_path / "r", rows))
    assert found == {}
    assert report.tried["hidden money of budgets"] >= 1


def test_an_overlay_is_no_part_of_everything(tmp_path):
    rows = [*AREAS, *OWN, money("heart", 30_000), money("unallocated", 30_000), money("frailty", None)]
    assert recovered(with_budget(tmp_path / "r", rows))[0] == {}


# Derived figures


@pytest.fixture
def derived(tmp_path):
    """A proportion of three practices and their fifths, with what follows from it."""
    of = card("share", "proportion", "%", top="people:1:b", below="people:1:a")
    limits = {"lower95": 30.0, "upper95": 50.0, "lower99_8": 25.0, "upper99_8": 55.0}
    rows = [
        figure("share", place, 40 * times, denominator=100 * times, value=40.0, **limits)
        for place, times in {"SYS": 3, "N": 3, "P1": 1, "P2": 1, "P3": 1}.items()
    ]
    published = publish(tmp_path / "r", [of], rows)
    write_derived(tmp_path / "r", published.area("made"), published.table("made"), published.snapshot)
    return published


def test_derived_figures_that_follow_from_the_published_ones_tell_nothing(derived):
    report = attack([derived], seconds=0)
    assert report.safe
    assert report.tried["derived figures made anew"] > 10


@pytest.mark.parametrize("file, column, value", [
    ("made-variation", "value", 41.3), ("made-variation", "size", 97.0), ("made-inequality", "absolute_gap", 3.0),
])  # fmt: skip
def test_a_derived_figure_that_does_not_follow_is_found(derived, file, column, value):
    path = derived.folder / f"{file}.parquet"
    rows = pq.read_table(path).to_pylist()
    at = next(
        n for n, row in enumerate(rows) if row["place"] in ("P1", "SYS") and row["period_end"] == LAST[1]
    )
    rows[at][column] = value
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(path)), path)
    (found,) = attack([derived], seconds=0).recovered
    assert (found.place, found.low) == (rows[at]["place"], value)
    assert found.measure == f"share, {column.replace('_', ' ')}"
    assert found.steps == "it does not follow from the published figures"


def test_a_row_of_a_place_that_is_not_published_is_found(derived):
    path = derived.folder / "made-variation.parquet"
    rows = pq.read_table(path).to_pylist()
    rows.append(rows[0] | {"place": "P9", "size": 3.0})
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(path)), path)
    assert [found.place for found in attack([derived], seconds=0).recovered] == ["P9"]


def test_nothing_beside_the_figures_is_nothing_to_try(tmp_path):
    report = attack([publish(tmp_path / "r", [STAYS], [figure("stays", "SYS", 100)])], seconds=0)
    assert not months_file(tmp_path / "r", "made").exists()
    assert report.safe
    assert report.tried["hidden money of budgets"] == report.tried["hidden months"] == 0
