"""Tumour groups: of what is suspected, by referral type, and of what is found, by diagnosis.

Source: the reporting groups of the national cancer waiting times statistics, as the project's page on the rules lists
them (docs/cancer-waiting-times.md, section 8; ICD-10 ranges are general knowledge, to be verified).
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Names = NDArray[np.object_]

OTHER, NOT_KNOWN = "Other", "Not known"
SUSPECTED: Mapping[str, str] = {
    "01": "Breast", "02": "Children's", "03": "Lung", "04": "Haematological", "05": "Haematological", "06": "Upper GI",
    "07": "Lower GI", "08": "Skin", "09": "Gynaecological", "10": "Brain and central nervous system",
    "11": "Urological", "12": "Testicular", "13": "Head and neck", "14": "Sarcoma", "15": OTHER,
    "16": "Breast symptoms", "17": "Non-specific symptoms",
}  # fmt: skip
"""Group of each referral type: what was suspected."""
_FOUND: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    ("Head and neck", (("C00", "C14"), ("C30", "C32"), ("C73", "C73"))),
    ("Upper GI", (("C15", "C16"), ("C22", "C25"))),
    ("Lower GI", (("C17", "C21"), ("C26", "C26"))),
    ("Lung", (("C33", "C34"), ("C37", "C39"), ("C45", "C45"))),
    ("Sarcoma", (("C40", "C41"), ("C46", "C49"))),
    ("Skin", (("C43", "C44"),)),
    ("Breast", (("C50", "C50"), ("D05", "D05"))),
    ("Gynaecological", (("C51", "C58"),)),
    ("Prostate", (("C61", "C61"),)),
    ("Other urological", (("C60", "C60"), ("C62", "C68"))),
    ("Brain and central nervous system", (("C69", "C72"),)),
    ("Haematological", (("C81", "C96"),)),
)


def suspected(types: Names) -> Names:
    """The group of each referral type; not known where none is given."""
    return _of(types, lambda code: SUSPECTED.get(code, OTHER) if code else NOT_KNOWN)


def diagnosed(codes: Names) -> Names:
    """The group of each ICD-10 code without dots; not known where none is given."""
    return _of(codes, _group)


def _group(code: str) -> str:
    if not code:
        return NOT_KNOWN
    first = code[:3].upper()
    return next((name for name, spans in _FOUND if any(low <= first <= high for low, high in spans)), OTHER)


def _of(codes: Names, group: Callable[[str], str]) -> Names:
    known, which = np.unique(codes.astype(str), return_inverse=True)
    return np.array([group(str(code)) for code in known], object)[which]
