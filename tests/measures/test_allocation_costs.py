"""Unit costs: a table with its source, taken from the system's folder where one stands there, mistakes told by row."""

import pytest

from stewardship.measures.allocation_costs import FILE, UnitCost, UnitCostError, unit_costs

HEADINGS = "point_of_delivery,nights_from,nights_to,attendance,department,component,per,pounds,source"


def written(folder, *rows, headings=HEADINGS):
    (folder / FILE).write_text("\n".join(["# ours", headings, *rows]), encoding="utf-8")
    return folder


def test_the_package_has_unit_costs_each_with_its_source():
    costs = unit_costs()
    assert all(cost.source and cost.pence > 0 for cost in costs)
    assert (
        UnitCost("emergency_admission", 85_000, 0, 1, source=costs_source(costs, "emergency_admission"))
        in costs
    )


def costs_source(costs, point):
    return next(cost.source for cost in costs if cost.point_of_delivery == point)


def test_a_table_of_the_systems_own_takes_the_place_of_the_packages(tmp_path):
    assert unit_costs(tmp_path) == unit_costs()
    own = unit_costs(written(tmp_path, "outpatient,,,first,,,each,199.99,Local costs of patients 2025/26"))
    assert own == (
        UnitCost("outpatient", 19_999, attendance="first", source="Local costs of patients 2025/26"),
    )


@pytest.mark.parametrize("row", [
    "clinic,,,,,,each,1,x", "outpatient,,,second,,,each,1,x", "outpatient,,,,,,day,1,x", "outpatient,,,,,,each,-1,x",
    "outpatient,,,,,,each,,x", "outpatient,a,,,,,each,1,x", "outpatient",
])  # fmt: skip
def test_a_row_that_cannot_be_used_is_named(tmp_path, row):
    with pytest.raises(UnitCostError, match=r"unit_costs\.csv, row 2: a row needs a point of delivery"):
        unit_costs(written(tmp_path, "outpatient,,,,,,each,1,x", row))


def test_other_headings_are_refused(tmp_path):
    with pytest.raises(UnitCostError, match="its first line has to name these columns: point_of_delivery"):
        unit_costs(written(tmp_path, headings="point,pounds"))
