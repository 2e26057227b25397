"""Where the patients of each practice live, carried from small areas of 2011 to those of 2021."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from stewardship.records.places.files import LSOA11_TO_21, REGISTRATIONS, Folders
from stewardship.records.places.places import PATIENTS
from stewardship.records.places.residence import residents21

Registered = dict[tuple[str, str | None], int]


def registered_patients(folders: Folders, *, homes: bool) -> pa.Table:
    """Patients by practice and small area of 2021.

    An area of 2011 that was split shares its patients out in proportion to residents at the census, in whole
    people that add up. Homes outside the system, unknown, or all of them if homes are not read, have none.
    """
    became = _became(folders) if homes else {}
    people = residents21(folders) if homes else {}
    found: Registered = defaultdict(int)
    for row in folders.rows(REGISTRATIONS):
        practice, patients = row.text("practice_code"), row.whole("patients") or 0
        areas = became.get(row.text("lsoa11_code"), ())
        if not areas:
            found[practice, None] += patients
        for area, share in zip(areas, shared(patients, [people.get(area, 0) for area in areas]), strict=True):
            found[practice, area] += share
    return patients_table(found)


def _became(folders: Folders) -> dict[str, tuple[str, ...]]:
    became: dict[str, tuple[str, ...]] = {}
    for row in folders.rows(LSOA11_TO_21):
        code = row.text("lsoa11_code")
        became[code] = (*became.get(code, ()), row.text("lsoa21_code"))
    return became


def patients_table(found: Registered) -> pa.Table:
    """Counts by practice and small area as a table, in order, without the empty ones."""
    ordered = sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or ""))
    rows = [
        {"practice": practice, "small_area": area, "patients": patients}
        for (practice, area), patients in ordered
        if patients
    ]
    return pa.Table.from_pylist(rows, schema=PATIENTS)


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """A whole number shared out in proportion to weights, in whole parts that add up to it.

    The largest remainders are rounded up, the first of equal ones first; equal parts if all weights are 0.
    """
    if not weights:
        return []
    parts = np.array(weights, dtype=np.int64)
    if parts.sum() == 0:
        parts = np.ones_like(parts)
    exact = total * parts
    whole, remainder = exact // parts.sum(), exact % parts.sum()
    short = total - int(whole.sum())
    whole[np.argsort(-remainder, kind="stable")[:short]] += 1
    return [int(part) for part in whole]
