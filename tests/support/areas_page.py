"""The page of the care areas, made of their files; `cd tests && python -m support.areas_page`."""

from pathlib import Path

from stewardship.care_areas.registry import care_areas

PAGE = Path(__file__).parents[2] / "docs" / "care-areas.md"
THIRTEENTH = Path(__file__).with_name("epilepsy_area.py")

OPENING = """\
# The care areas

<!-- Made of the care areas by tests/support/areas_page.py. Change words there, areas in their files. -->

Each care area is one file in `src/stewardship/care_areas`, written in [the language of care areas](language.md) so that
a clinician can read it: who it is about, what care they have, how they fare. A system has all of them, or those that
its settings name: `areas = ["diabetes", "stroke"]` in `system.toml`.
"""

AFTER = """\
## A thirteenth

A care area more is a file more: in the system's own folder `care_areas`, or beside the others. Nothing else has to be
told; the next build makes its figures, its page and its place among all areas. This whole file is one:

```python
{file}```

What care areas ask alike, such as what all care of their people cost, is a phrase of
`stewardship.care_areas.phrases`: the name and the words that go with it are written once, and mean the same in every
area.

A mistake in the file is told with its line before any data are touched. Its code lists may be the package's or the
system's own (`code_lists`, see [code lists](code-lists.md)). `claims=` says which care and which money are primarily
the area's own; without it its people are counted, and no care is taken from the other areas.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([OPENING, _table(), "", AFTER.format(file=THIRTEENTH.read_text(encoding="utf-8"))])


def _table() -> str:
    rows = ["| key | care area | phase | who it is about | measures |", "|---|---|--:|---|--:|"]
    for area in care_areas():
        who = area.definition.rstrip(".")
        rows.append(f"| `{area.key}` | {area.name} | {area.phase} | {who} | {len(area.measures())} |")
    return "\n".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
