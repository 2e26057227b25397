"""A figure that was made, beside the published one."""

import pytest

from stewardship.synthetic.compared import Compared, error_of_share, table_of


@pytest.mark.parametrize(
    "made, tolerance, relative, within",
    [
        (10.4, 0.05, True, True),  # 4 per cent above
        (9.4, 0.05, True, False),
        (10.4, 0.5, False, True),  # 0.4 of the unit
        (10.6, 0.5, False, False),
    ],
)
def test_a_tolerance_is_a_share_or_in_the_unit(made, tolerance, relative, within):
    assert Compared("Topic", "figure", 10.0, made, tolerance, relative, "source").within == within


@pytest.mark.parametrize(
    "made, tolerance, error, near",
    [
        (10.4, 0.05, 0.0, True),  # within what is allowed, whatever the error
        (10.6, 0.05, 0.1, False),  # so many people that chance leaves less
        (10.6, 0.05, 0.21, True),  # so few that three standard errors are more than that
        (9.4, 0.05, 0.19, False),
    ],
)
def test_a_figure_of_few_people_is_held_to_three_standard_errors(made, tolerance, error, near):
    assert Compared("Topic", "figure", 10.0, made, tolerance, True, "source", error).near == near


def test_a_percentage_of_people_has_the_standard_error_of_drawing_them_one_by_one():
    assert error_of_share(20.0, 400) == pytest.approx(2.0)  # points: the root of 0.2 times 0.8 over 400


def test_the_table_has_a_part_for_each_topic_and_a_row_for_each_figure():
    rows = [
        Compared("Registers", "diabetes", 0.075, 0.0761, 0.05, True, "QOF 2024/25"),
        Compared("Length of life", "most deprived, years", 75.2, 75.0, 0.5, False, "OHID"),
        Compared("Registers", "asthma", 0.065, 0.066, 0.05, True, "QOF 2024/25"),
    ]
    lines = table_of(rows).splitlines()
    assert [line for line in lines if line.startswith("#")] == ["### Registers", "### Length of life"]
    assert "| diabetes | 0.075 | 0.0761 | +1.5% | 5% | 1 |" in lines
    assert [line for line in lines if line.startswith("1.")] == ["1. QOF 2024/25", "1. OHID"]
    assert "| most deprived, years | 75.2 | 75.0 | -0.20 | 0.5 | 1 |" in lines


@pytest.mark.parametrize("asked_for, heading", [(True, "Asked for"), (False, "Published")])
def test_what_nobody_publishes_is_not_called_published(asked_for, heading):
    row = Compared(
        "Registers by age", "asthma of 6 to 17", 5.7, 5.8, 0.1, True, "its shape", asked_for=asked_for
    )
    assert table_of([row]).splitlines()[2] == f"| Figure | {heading} | Made | Apart | Allowed | Source |"
