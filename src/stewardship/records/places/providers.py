"""Whoever gives care and is no place: the names by which pages call hospitals, councils and other providers."""

from collections.abc import Collection
from typing import Any

from stewardship.records.places.files import ORGANISATIONS, Folders, Row
from stewardship.records.places.places import PlacesError
from stewardship.records.places.registration import titled


def providers(folders: Folders, known: Collection[str], source: str) -> list[dict[str, Any]]:
    """The listed organisations as rows of `organisation`, but for those known already; none without such a file.

    PlacesError where two rows have one code.
    """
    first: dict[str, Row] = {}
    for row in folders.rows_if_there(ORGANISATIONS):
        code = row.text("OrganisationCode")
        if first.setdefault(code, row) is not row:
            raise PlacesError(
                f"Row {row.number:,} of {row.file} repeats the organisation {code} of row {first[code].number:,}; take "
                "one of them out."
            )
    return [
        {"code": code, "name": titled(row.text("OrganisationName")), "role": "provider", **row.origin(source)}
        for code, row in first.items()
        if code not in known
    ]
