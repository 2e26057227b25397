# ruff: noqa: E501  # the page has lines of 120 characters, and tables longer ones
"""The page on the nightly files, with every column as it is declared; `cd tests && python -m support.nightly_page`.

It writes the templates beside the page, too.
"""

from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "cancer-nightly-files.md"
TEMPLATES = {
    "pathways": DOCS / "templates" / "cancer-pathways.csv",
    "events": DOCS / "templates" / "cancer-events.csv",
}

OPENING = """\
# The two nightly files of the cancer tracking list

<!-- The tables are made of the declarations by tests/support/nightly_page.py. Change the words there. -->

Each night a provider sends two CSV files: its pathways, and what happened on them. This page is for whoever prepares
them. Templates: [pathways](templates/cancer-pathways.csv), [events](templates/cancer-events.csv); the page **Load the
nightly files** offers the same.

## How they are written

- **CSV, UTF-8**, with a head, commas, and double quotation marks where a field holds a comma. The last line ends with a
  line break. Order of columns does not matter, and other columns are left out.
- **Every pathway that is open**, and those that ended since the night before. Whoever is open and is not in the file
  counts as vanished. All files carry the whole of what is known, not only what changed.
- **Days** are written CCYY-MM-DD, or DD/MM/CCYY where the settings say so. Days, never times.
- **Codes** are those of the national cancer waiting times record. A nought that a spreadsheet took away (7 for 07) is put
  back.
- **One row a pathway.** A pathway with several treatments has a row for each, alike but for its treatment columns.
- **The end.** Where the settings say `end_line = true`, the last line of each file is `END,` and the number of its rows:
  then a file that was cut off between two lines is noticed, too.
- Headings of your own are mapped in `system.toml`:

```toml
[cancer]
days = "day/month/year"
end_line = true
vanished_at_most = 0.1       # a file that lacks more of the open pathways than this is taken for a broken one

[cancer.pathways]            # on the left the name from the table below, on the right your heading
nhs_number = "NHSNo"

[cancer.events]
milestone = "EventCode"
```
"""

AFTER = """\
## What is done with them

```sh
stewardship cancer load pathways.csv events.csv            # shows what would change
stewardship cancer load pathways.csv events.csv --apply    # loads them
```

| shown as | what it is |
|---|---|
| new | a pathway that is not on the list |
| changed | one of which a field differs from the night before; its old value stays in the history |
| leaving the list | ruled out, treated with a diagnosis, all treatment declined, an interval scan, or excluded |
| vanished | open, in the files before and not in this one, without a reason: a worklist of its own |
| back in the file | one that had vanished |
| differs | the file says something new of what somebody had corrected by hand |
| set aside | a row that cannot be used, with its number, column and reason; nothing of the person is said |

The files are loaded whole or not at all, and loading the same files twice changes nothing. Who the people are goes to the
identity vault and nowhere else. On one core, 20,000 new pathways with their milestones took 54 seconds of processor time to
load; as a night's files, of which a twentieth had changed, 6 seconds to look at and 9 to load (SQLite). A web server waits
for half a minute, so **the first load of a large provider is best made with the command**; should a page not answer, the
loading goes on, and the page of the nightly files says when it is done. While a load is written, SQLite lets nobody else
save for as long; use PostgreSQL where people work at that hour.

A pathway that another provider has received does not count as vanished when its first provider leaves it out.

- **Treated without a diagnosis** stays on the list, and so does a pathway with a further treatment that was decided on and
  has not begun.
- **Patient status 03 without an end date** means that cancer was ruled out and the person does not know: the pathway goes
  onto the worklist of those who are ruled out and not notified.
- **A row that is set aside** takes nothing away: the pathway stays as it was, and does not count as vanished.

## Corrections made by hand

Three values of a field are compared: what the file said the last time, what it says now, and what stands on the list.

| the file says | on the list stands | what happens |
|---|---|---|
| what it said before | anything | nothing: a correction stays |
| something new | what the file said before | the file's value is taken |
| something new | the same | they agree; from then on the file is followed again |
| something new | a correction | the correction stays, and somebody settles the difference on the pathway's page |

## What is refused

| what was sent | what happens |
|---|---|
| a file that ends in the middle of a line, is empty, is not UTF-8, is no CSV, or lacks a column | nothing of either file is loaded |
| a file without its line END, or with another number in it | nothing is loaded |
| a file larger than 100 MB or of more than 500,000 rows | nothing is loaded |
| files of an earlier day than those loaded last, or the very files of an earlier night | nothing is loaded |
| more than half of the rows of a file, and more than ten, would be set aside | nothing is loaded: it is written otherwise than the settings say, as when a spreadsheet saved it |
| fields with semicolons or tabs between them | nothing is loaded |
| on the page, pathways that another provider issued | nothing is loaded, and nothing is shown of what is known of them |
| more open pathways missing than `vanished_at_most`, and more than ten | nothing is loaded, unless `--vanished` gives their number |
| as large a share of the milestones missing | nothing is loaded |
| an unknown code, a day that is none, an NHS number whose check digit is wrong | the row is set aside |
| an impossible order of days, such as treatment before the referral | the row is set aside |
| something marked as done or reported on a day that has not come | the row is set aside |
| a pathway twice | every row of it is set aside |
| a pathway under another person's NHS number than before | the row is set aside, every night, until a superseded number comes with the crosswalk, or somebody says under *The NHS number was wrong* whose pathway it is |
| a milestone of a pathway that is not in the file of pathways | the row is set aside |

Meanings that are only general knowledge, to be checked against the national guidance before use: the codes of pauses, of
care settings and of reasons for delay, and the heading names of milestones and of the first appointment's two days, which
are this project's own.
"""


def table(columns) -> list[str]:
    from stewardship.cancer.nightly.columns import MAY_BE_ABSENT

    rows = ["| heading | name in the settings | what is in it | |", "|---|---|---|---|"]
    for one in columns:
        needed = "needed" if one.needed or one.key == "family_name" else ""
        needed = "column may be left out" if one.key in MAY_BE_ABSENT else needed
        rows.append(f"| {one.heading} | `{one.key}` | {one.words} | {needed} |")
    return rows


def page() -> str:
    from stewardship.cancer.nightly.columns import EVENTS, PATHWAYS

    parts = [OPENING, "## Pathways\n", *table(PATHWAYS), "", "## Events\n", *table(EVENTS), "", AFTER]
    return "\n".join(parts)


def templates() -> dict[Path, str]:
    from stewardship.cancer.nightly.columns import EVENTS, PATHWAYS
    from stewardship.cancer.nightly.reading import template

    return {TEMPLATES["pathways"]: template(PATHWAYS), TEMPLATES["events"]: template(EVENTS)}


if __name__ == "__main__":
    from support.site import workspace

    workspace()
    PAGE.write_text(page(), encoding="utf-8")
    for path, text in templates().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
