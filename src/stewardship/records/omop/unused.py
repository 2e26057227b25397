"""What came with a feed and is not read, said so that nobody thinks it was."""

from pathlib import Path

from stewardship.records.files import Listing, slipped
from stewardship.records.findings import Finding, fails
from stewardship.records.omop import cdm
from stewardship.records.omop.reading import Work


def unused(work: Work, listing: Listing) -> list[Finding]:
    """Tables and files that nothing is read from."""
    return [*_unused(listing), *_not_registrations(work, listing)]


def _unused(listing: Listing) -> list[Finding]:
    """Tables and files that nothing is read from; those of the model are still looked at for slipped
    columns."""
    labels = {name: w.name if isinstance(w, Path) else name for name, w in listing.tables.items()}
    of_model = sorted(name for name in labels if name in cdm.NOT_USED)
    others = [
        *listing.others,
        *(labels[name] for name in labels if name not in cdm.READ and name not in of_model),
    ]
    found = [
        Finding(
            check,
            source,
            "not applicable",
            len(names),
            len(labels),
            f"Nothing was read from {', '.join(names)}.",
        )
        for check, source, names in (
            (
                "Tables of the common data model that are not used",
                "OMOP",
                [labels[name] for name in of_model],
            ),
            ("Files that are no table of the common data model", "OMOP", sorted(others)),
        )
        if names
    ]
    for name in of_model:
        where = listing.tables[name]
        seen = slipped(where) if isinstance(where, Path) and where.suffix.lower() != ".parquet" else None
        if seen:
            headings, widest, wide, rows = seen
            check = f"Rows with {widest} fields under {headings} headings"
            found.append(fails(check, labels[name], wide, rows, "Nothing was read from the file."))
    return found


def _not_registrations(work: Work, listing: Listing) -> list[Finding]:
    where = listing.tables.get("observation_period")
    if work.options.registers or where is None:
        return []
    label = where.name if isinstance(where, Path) else "observation_period"
    return [
        Finding("Periods of observation of a feed that registers nobody", label, "not applicable",
                consequence="Only feeds of general practice, and linked ones, say who is registered.")
    ]  # fmt: skip
