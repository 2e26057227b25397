"""The page of all numbered measures, made of the care areas; `cd tests && python -m support.measures_page`."""

from pathlib import Path

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.registry import care_areas, strategy
from stewardship.measures.card import card_of
from stewardship.measures.measure import Measure

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"

OPENING = """\
# The numbered measures

<!-- Made of the care areas by tests/support/measures_page.py. Change words there, measures in their files. -->

Every measure of the reference list has a number and stands in one care area, or with the strategy. It is one of three:

- **from records**: worked out from what partners send of people;
- **published**: read from a file of published figures (`published_figure` in the
  [data dictionary](data-dictionary.md)), by the id given here, for each place and period that the file tells of;
- **missing**: no figure can be made, for the reason that stands here and on the page.

A comparator is the published figure of another place, such as England, that stands beside ours. It is shown with its
date where a file of published figures holds it, and nowhere else. Where ours is only near the reference list's
measure, its source says how. Which way is good: higher, lower, or neither.
"""


def page() -> str:
    """The whole page as Markdown."""
    areas = [area for area in (*care_areas(), strategy()) if numbered(area)]
    parts = [OPENING, _summary(areas), *(_area(area) for area in areas)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def numbered(area: CareArea) -> list[tuple[str, Measure]]:
    """The measures of an area that have a number, in its order, each with the part that it stands in."""
    found = [(part, measure) for part, measure in area.measures() if measure.id]
    return sorted(found, key=lambda each: each[1].id)


def made_from(measure: Measure) -> str:
    """Which of the three it is: from records, published, or missing."""
    if measure.unavailable:
        return "missing"
    return "published" if measure.figure else "from records"


def _summary(areas: list[CareArea]) -> str:
    rows = ["| care area | from records | published | missing |", "|---|--:|--:|--:|"]
    total = dict.fromkeys(("from records", "published", "missing"), 0)
    for area in areas:
        made = [made_from(measure) for _, measure in numbered(area)]
        counts = {how: made.count(how) for how in total}
        total = {how: total[how] + counts[how] for how in total}
        rows.append(f"| {area.name} | {' | '.join(map(str, counts.values()))} |")
    return "\n".join([*rows, f"| **together** | {' | '.join(map(str, total.values()))} |"])


def _area(area: CareArea) -> str:
    rows = ["| number | measure | made | unit | good is | comparator |", "|---|---|---|---|---|---|"]
    rows += [_row(measure) for _, measure in numbered(area)]
    cards = [_card(area, part, measure) for part, measure in numbered(area)]
    return "\n".join([f"## {area.name}", "", *rows, "", *cards])


def _row(measure: Measure) -> str:
    made = made_from(measure)
    if measure.figure:
        made += f", `{measure.figure}`"
    if measure.expected:
        made += f", against `{measure.expected}`"
    comparator = f"`{measure.comparator}`" if measure.comparator else ""
    return f"| {measure.id} | {measure.name} | {made} | {measure.unit} | {measure.better} | {comparator} |"


def _card(area: CareArea, part: str, measure: Measure) -> str:
    card = card_of(measure, care_area=area.key, part=part, missing="")
    missing = f" Missing: {measure.unavailable}." if measure.unavailable else ""
    source = f" *{_sentence(card.source)}*" if card.source else ""
    return f"- **{measure.id}** {card.definition} {_sentence(card.why)}{missing}{source}"


def _sentence(words: str) -> str:
    capital = words[:1].upper() + words[1:]
    return capital if capital.endswith(".") else f"{capital}."


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
