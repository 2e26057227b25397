"""The manual of the language, made of its worked cases; `cd tests && python -m support.language_page`."""

from pathlib import Path

from support.language_cases import AS_OF, Case, Idea, ideas, read

PAGE = Path(__file__).parents[2] / "docs" / "language.md"

OPENING = """\
# The language of care areas

<!-- Made from tests/people/language by tests/support/language_page.py. Change it there. -->

This page is for whoever writes or checks a care area: a clinician first of all. A care area says who it is
about, what is counted and which way is good, in the words of the field; it says nothing of tables and
nothing of computers. Every example below is also a test: what this page says is what the software does.

Three kinds of things can be said of residents:

| kind | what it is | for example |
|---|---|---|
| an answer | yes or no for each resident | `has(DIABETES)`, `aged(65)` |
| a number | one number for each resident, or none | `latest(HBA1C)`, `contacts().count()` |
| events | things that happened, many for one resident | `contacts(…)`, `procedures(AMPUTATION)` |

Events become a number with `.count()`, `.cost()` or `.nights()`, a number becomes an answer when it is compared, and
answers are joined with `&` (and), `|` (or) and `~` (not). A measure takes answers for its people, and
events for its rates.

Everything is asked of a year of twelve months, the last of which ends on the date at the top of a page. In
the examples years are calendar years unless something else is said. Each example draws what is recorded,
then what is asked, then the answer for each person and year.
"""

BESIDE = {
    "person": "Residents",
    "registration": "Registered with a practice",
    "condition": "Recorded conditions",
    "observation": "Readings and findings",
    "medication": "Items issued",
    "activity": "Contacts and stays",
    "activity_code": "Diagnoses and procedures",
    "death": "Deaths",
    "characteristic": "Characteristics",
    "address": "Homes",
    "small_area": "Small areas",
}


def page() -> str:
    """The whole page as Markdown."""
    found = ideas()
    contents = "\n".join(f"- [{idea.title}](#{_anchor(idea.title)})" for idea in found)
    parts = [OPENING, contents, _code_lists(), *(_idea(idea) for idea in found), _mistakes()]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _idea(idea: Idea) -> str:
    return "\n\n".join([f"## {idea.title}", idea.meaning.strip(), *(_case(case) for case in idea.cases)])


def _case(case: Case) -> str:
    tables = [f"{BESIDE[name]}:\n\n{_table(text)}" for name, text in case.tables.items()]
    answers = _table(case.expected)
    when = "" if case.as_of == AS_OF else f" (years end on {case.as_of.day} {case.as_of:%B})"
    asked = f"```python\n{case.expression}\n```"
    return "\n\n".join(
        [
            f"### {case.title}",
            case.meaning.strip(),
            *tables,
            f"Asked{when}:\n\n{asked}",
            f"Answers:\n\n{answers}",
        ]
    )


def _code_lists() -> str:
    drawn = read("00-code-lists")
    lists = [
        f"`{name}`"
        + (f", in {drawn['units'][name]}" if name in drawn["units"] else "")
        + f":\n\n{_table(text)}"
        for name, text in drawn["lists"].items()
    ]
    scores = [f"`{name}`, a score:\n\n{_table(text)}" for name, text in drawn["scores"].items()]
    return "\n\n".join([f"## {drawn['title']}", drawn["meaning"].strip(), *lists, *scores])


def _in_unit(unit: str | None) -> str:
    return "" if unit is None else f", compared in {unit}"


def _mistakes() -> str:
    told = read("mistakes")
    lines = [f"| `{_cell(mistake['written'])}` | {_cell(mistake['says'])} |" for mistake in told["mistake"]]
    table = "\n".join(["| written | what is said |", "|---|---|", *lines])
    return "\n\n".join([f"## {told['title']}", told["meaning"].strip(), table])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _table(text: str) -> str:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    rows.insert(1, ["---"] * len(rows[0]))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _anchor(title: str) -> str:
    kept = "".join(letter for letter in title.lower() if letter.isalnum() or letter in " _-")
    return kept.replace(" ", "-")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
