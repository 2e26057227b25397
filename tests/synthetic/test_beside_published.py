"""A made system beside the published figures, and the page that shows them."""

import os
import re
from pathlib import Path

import pytest

from stewardship.synthetic.asked import LAST_DAY
from stewardship.synthetic.beside_published import beside_published
from stewardship.synthetic.compared import BY_CHANCE
from stewardship.synthetic.lives import Plan

PAGE = Path(__file__).parents[2] / "docs" / "synthetic-data.md"
BATCHES = 4


@pytest.fixture(scope="module")
def rows():
    return beside_published(Plan(1_200_000, 5, 1, LAST_DAY), batches=BATCHES, threads=min(2, os.cpu_count()))


def test_every_figure_is_within_what_is_allowed_or_three_standard_errors_of_so_few_people(rows):
    assert {row.figure: (round(row.apart, 3), row.error) for row in rows if not row.near} == {}


def test_every_figure_has_a_standard_error_and_those_of_most_are_small(rows):
    assert [row.figure for row in rows if not row.error > 0] == []
    within = [BY_CHANCE * row.error / (row.published if row.relative else 1) <= row.tolerance for row in rows]
    assert sum(within) > 0.4 * len(rows), "these are held to what is allowed and nothing more"


def told():
    """Topic, figure, made, apart and allowed of each row of the page."""
    topic, found = "", []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            topic = line.removeprefix("### ")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 6 and re.fullmatch(r"[-+][\d.]+%?", cells[3]):
            found.append((topic, cells[0], float(cells[2].replace(",", "")), cells[3], cells[4]))
    return found


def test_the_page_shows_the_same_figures_and_what_was_made_of_them(rows):
    page = told()
    assert [(topic, figure) for topic, figure, *_ in page] == [(row.topic, row.figure) for row in rows]
    off = {
        row.figure: (made, row.made)
        for row, (_, _, made, _, _) in zip(rows, page, strict=True)
        if abs(made - row.made)
        > max(row.tolerance * (row.published if row.relative else 1), BY_CHANCE * row.error)
    }
    assert off == {}


def test_every_figure_on_the_page_is_within_what_is_allowed():
    def number(cell):
        return abs(float(cell.strip("%")))

    assert [line for line in told() if number(line[3]) > number(line[4]) + 0.05] == []
