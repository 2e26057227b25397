"""Every kind of file that is read, and how a file's name tells its kind."""

import re
from datetime import date, timedelta
from pathlib import Path

from stewardship.records.extracts.assessments import ASSESSMENTS
from stewardship.records.extracts.cancer import CANCER
from stewardship.records.extracts.deaths import DEATHS
from stewardship.records.extracts.general_practice import GENERAL_PRACTICE
from stewardship.records.extracts.hospital import HOSPITAL
from stewardship.records.extracts.services import COMMUNITY, MENTAL_HEALTH
from stewardship.records.extracts.shape import FileKind
from stewardship.records.extracts.social_care import SOCIAL_CARE
from stewardship.records.extracts.urgent_care import URGENT_CARE
from stewardship.records.files import SourceError, table_name

KINDS: tuple[FileKind, ...] = (
    *GENERAL_PRACTICE, ASSESSMENTS, *HOSPITAL, *COMMUNITY, *MENTAL_HEALTH, *SOCIAL_CARE, *CANCER, *URGENT_CARE, *DEATHS,
)  # fmt: skip

_MONTHS = re.compile(r"(?<![0-9-])([0-9]{4}-[0-9]{2})(?:_([0-9]{4}-[0-9]{2}))?(?![0-9-])")


def kind_of(path: Path, source_kind: str) -> FileKind | None:
    """The kind of a partner's file by its name; None for a file of no kind that such a source sends.

    A name is the kind's own (`apc_2021-04_2022-03.parquet`), or has it, or a word of `also`, among its words.
    SourceError where it may be of two kinds.
    """
    name = table_name(path)
    if name is None:
        return None
    plain, those = _plain(name), [kind for kind in KINDS if source_kind in kind.of]
    found = [kind for kind in those if plain == kind.name] or [
        kind for kind in those if {kind.name, *kind.also} & set(re.split(r"[_ .]", plain))
    ]
    if len(found) > 1:
        raise SourceError(
            f"{path.name} may hold {' or '.join(f'{each.name} of {each.of[0]}' for each in found)}: give each "
            "partner a source of its own."
        )
    return found[0] if found else None


def holds_extracts(folder: Path) -> bool:
    """Whether a folder holds files with the names of kinds, and none with that of OMOP's table of people."""
    if not folder.is_dir():
        return False
    names = {_plain(name) for path in folder.iterdir() if (name := table_name(path)) is not None}
    return "person" not in names and bool(names & {kind.name for kind in KINDS})


def _plain(name: str) -> str:
    """A file's name without its months."""
    return _MONTHS.sub("", name).strip("_")


def months_named(name: str) -> tuple[date, date] | None:
    """The first days of the first and last of the months that the name of a file says it covers, wherever it says so;
    None for a file that names none. SourceError for months that there are not, or that run backwards."""
    found = _MONTHS.search(table_name(Path(name)) or "")
    if found is None or (not found[2] and int(found[1][:4]) % 100 + 1 == (int(found[1][5:]) or 100)):
        return None  # a financial year, as in 2023-24, is no month
    try:
        first, last = (date.fromisoformat(f"{month}-01") for month in (found[1], found[2] or found[1]))
    except ValueError:
        first, last = date.max, date.min
    if first > last:
        raise SourceError(
            f"{name} does not name months that follow each other: name it by its first and last month, as in "
            "apc_2021-04_2022-03."
        )
    return first, last


def last_day_named(name: str) -> date | None:
    """The last day of the months that the name of a file says it covers; None for a file that names none."""
    months = months_named(name)
    return months and (months[1] + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def period_of(path: Path) -> tuple[date, date, tuple[str | int, ...], str]:
    """What files of a kind are ordered by, the later last: the last month of a file, its first, and the words of its
    name beside them, whose numbers count as numbers: version 10 comes after version 2."""
    months, name = months_named(path.name), table_name(path) or path.name
    first, last = months or (date.min, date.min)
    words = re.split("([0-9]+)", " ".join(re.findall("[^_ .]+", _plain(name) if months else name)))
    return last, first, tuple(int(each) if re.fullmatch("[0-9]+", each) else each for each in words), name
