"""What is said of groups and places set side by side: no more than was tested."""

import pytest

from stewardship.measures.published import Figure, PlaceCard
from stewardship.profiles.charts import category_chart
from stewardship.profiles.differences import by_chance, groups_said, places_said
from stewardship.profiles.drawings import Drawing, Point
from stewardship.profiles.lines import Line
from support.snapshots import PERIODS, card

SHARE = card("s", "outcomes", "proportion", "%", "higher")
COUNT = card("c", "population", "count", "people")


def figure(value, lower=None, upper=None, **more):
    empty = dict.fromkeys(Figure.__dataclass_fields__)
    state = {"state": "shown" if value is not None else "missing", "reason": "", "compared": "", "change": ""}
    return Figure(**{**empty, **state, "value": value, "lower95": lower, "upper95": upper, **more})


def lines(card, figures):
    place = PlaceCard("P", "Place", "network", "SYS", "by home")
    return [Line(card, place, "sex", name, PERIODS[-1], one) for name, one in figures.items()]


@pytest.mark.parametrize(
    "figures, said",
    [
        # far from each other, and neither from everyone
        ({"a": (45, 40, 51), "b": (55, 49, 60)}, "none differs from everyone beyond chance"),
        ({"a": (40, 35, 45), "b": (50, 45, 55)}, "A lower than everyone, beyond chance"),
        ({"a": (40, 35, 45), "b": (60, 55, 65)}, "A lower and B higher than everyone, beyond chance"),
        (dict.fromkeys("abcd", (40, 35, 45)), "4 groups lower than everyone, beyond chance"),
        ({"a": (40, 35, 45)}, "too few groups are shown to compare"),
    ],
)
def test_groups_are_compared_with_everyone(figures, said):
    held = lines(SHARE, {name: figure(*values) for name, values in figures.items()})
    assert groups_said(SHARE, figure(50, 48, 52), held, "sex") == said


def test_counts_say_where_most_are_and_nothing_of_chance():
    held = lines(COUNT, {"a": figure(40), "b": figure(60)})
    assert groups_said(COUNT, figure(100), held, "sex") == "most in B, 60 people"


def test_hidden_places_are_not_among_those_compared():
    held = lines(
        SHARE, {"a": figure(1, 0, 2, compared="worse"), "b": figure(3, 2, 4, compared="similar"), "c": None}
    )
    assert places_said(SHARE, held) == "of 2 shown, 1 is worse than the whole system beyond chance"


@pytest.mark.parametrize("count, said", [(5, ""), (12, "about one apart"), (40, "about two apart")])
def test_many_comparisons_say_how_many_chance_would_set_apart(count, said):
    assert said in by_chance(count)
    assert bool(by_chance(count)) == bool(said)


def test_groups_of_nobody_are_in_the_table_and_not_in_the_picture():
    names = ["Female", "Male", "Unknown"]
    nobody = figure(None, reason="No figure: no one in the group")
    held = lines(SHARE, dict(zip(names, [figure(40, 35, 45), figure(50, 45, 55), nobody], strict=True)))
    chart = category_chart(
        key="sex", heading="", what="", card=SHARE, lines=held, names=names, column="Sex", among="groups"
    )
    assert [point.name for point in chart.drawing.points] == names[:2]
    assert [row[0] for row in chart.table.rows] == names
    assert chart.read.endswith("1 group with no one in it is left out.")


@pytest.mark.parametrize("lower, starts", [(None, 0.0), (285.0, 284.0)])
def test_years_without_intervals_are_drawn_from_0(lower, starts):
    points = tuple(Point(str(year), value, lower=lower) for year, value in enumerate((290.0, 280.0 + 10)))
    assert Drawing("trend", points, "admissions").span()[0] == pytest.approx(starts, abs=1)


def test_a_group_that_stands_alone_is_beside_everyone():
    place = PlaceCard("P", "Place", "network", "SYS", "by home")
    alone = [
        Line(COUNT, place, by, group, PERIODS[-1], figure(value))
        for by, group, value in (
            ("inclusion health", "recorded in an inclusion group", 40), ("everyone", "everyone", 100),
        )
    ]  # fmt: skip
    assert groups_said(COUNT, figure(100), alone, "inclusion health") == "40 people; everyone 100 people"
