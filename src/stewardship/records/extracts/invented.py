"""Whether partners' files name made-up people alone: their NHS numbers begin with 9, as no real person's does."""

from collections.abc import Sequence
from pathlib import Path

from stewardship.records.codes import define_snomed_check
from stewardship.records.engine import Engine
from stewardship.records.extracts.kinds import kind_of
from stewardship.records.files import files_of, open_table
from stewardship.records.withheld import define_withheld


def names_somebody_else(folder: Path, source_kind: str, column: str, engine: Engine) -> str | None:
    """The name of the first file of a partner with an NHS number that does not begin with 9; None where none has one.

    column: the heading of who somebody is. Every heading that tells a number is looked at, in every file that would be
    read. Of Parquet, what the file itself says of the least and greatest value spares most of the reading. Raises
    SourceError for a file that cannot be read.
    """
    define_snomed_check(engine)
    define_withheld(engine)
    for place, path in enumerate(files_of(folder)):
        kind = kind_of(path, source_kind)
        if kind is not None:
            told = [
                each for heading in kind.headings if heading.kind == "person" for each in heading.headings
            ]
            if _holds_others(f"sent_{place}", path, [column.lower(), *told], engine):
                return path.name
    return None


def _holds_others(name: str, path: Path, headings: Sequence[str], engine: Engine) -> bool:
    """Whether any value under the headings is an NHS number, however it is written, that does not begin with 9."""
    file = open_table(name, path, engine)
    if file is None:
        return False
    there = [f"{file.columns[each][1]}::VARCHAR" for each in headings if each in file.columns]
    return any(engine.rows(_OTHERS.format(written=each, relation=file.relation)) for each in there)


_OTHERS = r"""
SELECT 1 FROM (
    SELECT regexp_replace(regexp_replace({written}, '\.0+\s*$', ''), '[^0-9]', '', 'g') AS n
    FROM {relation} WHERE {written} < '9' OR {written} >= ':'
) WHERE CASE WHEN length(n) = 10 THEN is_nhs_number(n) AND left(n, 1) <> '9' ELSE false END LIMIT 1
"""
