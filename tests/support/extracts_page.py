# ruff: noqa: E501  # the page has lines of 150 characters, as other pages have
"""The page on extracts, with every heading as it is declared; `cd tests && python -m support.extracts_page`."""

import re
from collections.abc import Iterator
from pathlib import Path

from stewardship.records.extracts.kinds import KINDS
from stewardship.records.extracts.pooled import INTO
from stewardship.records.extracts.shape import FileKind, Heading

PAGE = Path(__file__).parents[2] / "docs" / "extracts.md"

OPENING = """\
# How partners' own extracts are read

<!-- The tables are made of the declarations by tests/support/extracts_page.py. Change the words there. -->

A partner may send its own files instead of OMOP: in `system.toml`, `reader = "extracts"` and the kind of source. This page is for whoever
prepares such files. One folder holds the files of one partner, as CSV (plain or gzip, any of the usual delimiters) or Parquet.

## Names of files

A file's name is its kind, or has it among its words, which `_`, spaces and dots divide: `patients.csv`, `sus_apc_2025-04_extract.csv.gz`. Letter case
does not count. Files of no kind below are named in what `stewardship check` says, and nothing of them is used; a file that may be of two kinds is not
read, and the sentence says which.

- **Months.** Where there is more than one file of a kind, the name says which months a file covers, anywhere in it: the first and the last joined by
  `_`, as in `apc_2025-04_2026-03.parquet`, or one month, as in `op_2026-04.csv.gz`. A file that holds anything of the last week of its months
  tells that the data reach to their end.
- **Financial years** are no months: `apc_2023-24.csv` covers none in particular, and neither does `2011-12`, which may be either. For December
  2011 write `2011-12_2011-12`. Days, as in `apc_2025-04-01.csv`, are no months either.
- **What can be no month**, as `2024-13`, and months that run backwards stop the reading: a sentence names the file, and what it may be called.
- **The later of two files** is the one that covers the later last month; of the same, the one that begins later; of the same months, the one with
  the later name, in which numbers count as numbers: `_v10` comes after `_v2`, and both after the name without a version. Files whose names
  say no months come before all that do, in the order of their names.
- **Months skipped**, as where the files of a kind cover January and March and none covers February, are named in what `stewardship check` says.

## Rules that hold for every kind

- **Headings** may stand in any order and letter case; others than those below are not read. A file without a heading that is marked *needed* is not
  read at all. A row in which such a heading is empty is set aside.
- **Who somebody is** stands under `NHSNumber`, or under the heading that `identifier.column` names. An NHS number is checked, and hashed with the
  system's key; what is none is set aside, and its pattern alone is told. A person whom no other file knows is kept: their rows are theirs, and
  where the rows tell a date of birth, sex and ethnic group, those are who the person is. People whom no practice has registered belong to no
  denominator.
- **Days** are `2020-02-28`, `20200228`, or the day of such a time. 1 January of 1800, 1801 and 1802 mean "not known". A month and year of birth,
  `MMYYYY`, is the first of that month; an age gives the one 1 July on which the person can have been born.
- **Nothing** is an empty field, `NULL`, `\\N`, `&` or `-`.
- **Codes** are one word of at most 20 characters. A longer one, several words, and whatever holds an NHS number are not kept, and counted. ICD-10 and
  OPCS-4 stand without dots; the filler of `I10X` and the marks of dagger and asterisk are left out. A value outside a closed list is counted
  and read as not known.
- **Rows set aside** are counted by file and reason; of each file, rows read are rows loaded and rows set aside.
- **The same row twice in a file**: the first is kept. **Sent again in a later file**, with the same key: the later row counts, and the earlier is set
  aside. So a resubmission may be the month's file anew, or a later file with those rows. A file that comes again under its name with more than 5%
  fewer rows than before is a finding of the build.
- **The future**: a day that lies more than `future_days` after the source's last day is set aside, until a build finds that it has come.
- **Superseded numbers**: a patient row that names a newer number says that both are one person. The records of both, in every source, are those
  of the newer; so are the choices to opt out.
- **What is unchanged is not read again**: each file is kept as it was read, by the hash of its bytes.

## Hospital stays

The episodes of one stay, of whatever files, become one activity: it starts on the day of admission and ends on that of discharge; how it began, its
provider, specialty and cost are those of its first episode. Episodes belong together by provider and spell number; without a spell number by
person, provider and day of admission. The stay keeps the diagnoses and procedures of all its episodes: position 1 is the primary diagnosis,
or the main procedure, of the first; those of the next follow from 25.

| first that holds | point of delivery |
|---|---|
| patient classification 3 or 4 | regular attender |
| admission method 21 to 25, 28, 2A to 2D | emergency admission |
| patient classification 2 | day case |
| admission method 11 to 13 | planned admission |
| any other: maternity (31, 32, 82, 83), transfers (81), not known | unclassified admission, with its method where that is known |

The small area of a hospital's row is not read: homes are those that general practice sends.

## Kinds of files
"""


def page() -> str:
    """The whole page."""
    return "\n".join([OPENING, *(line for kind in KINDS for line in _of(kind))])


def _of(kind: FileKind) -> Iterator[str]:
    names = ", ".join(f"`{each}`" for each in (kind.name, *kind.also))
    yield f"### {kind.of[0].capitalize()}: {names}\n"
    tables = dict.fromkeys(INTO.get(each.table, each.table) for each in kind.fills)
    yield f"Becomes {', '.join(f'`{each}`' for each in tables)}.{_key(kind)}\n"
    yield "| heading | other names | what becomes of it |"
    yield "|---|---|---|"
    if kind.of_person:
        yield "| NHSNumber, *needed* | as `identifier.column` says | the person |"
    for heading in _first_of_each(kind.headings):
        yield _row(heading)
    yield ""
    for counted in kind.counted:
        yield f"Counted: {counted.check[:1].lower()}{counted.check[1:]}. {counted.consequence}\n"


def _key(kind: FileKind) -> str:
    if not kind.key:
        return ""
    return f" A row is told from others by {' and '.join(kind.key)}."


def _first_of_each(headings: tuple[Heading, ...]) -> list[tuple[Heading, int]]:
    """Each heading, repeated ones once, with how often."""
    counts: dict[str, list[Heading]] = {}
    for heading in headings:
        counts.setdefault(re.sub("_[0-9]{2}$", "_", heading.name), []).append(heading)
    return [(same[0], len(same)) for same in counts.values()]


def _row(told: tuple[Heading, int]) -> str:
    heading, times = told
    name = heading.name if times == 1 else f"{heading.name} to _{times:02}"
    needed = ", *needed*" if heading.needed else ""
    listed = f" One of: {', '.join(heading.values)}." if 0 < len(heading.values) <= 8 else ""
    becomes = heading.becomes or (
        "known; of no use yet" if heading.kind != "event" else "tells rows from others"
    )
    return f"| {name}{needed} | {', '.join(heading.aliases)} | {becomes}.{listed} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
