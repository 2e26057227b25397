"""The codes that the invented records use, as OMOP concepts numbered from two thousand million."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

OWN_CONCEPTS = 2_000_000_000
UNITS = OWN_CONCEPTS + 1_000
FEMALE, MALE = 8532, 8507
OUTPATIENT_VISIT, INPATIENT_VISIT, EMERGENCY_VISIT = 9202, 9201, 9203
PRIMARY_DIAGNOSIS, SECONDARY_DIAGNOSIS = 32902, 32908
RECORDED = 32817  # type concept "EHR"
STANDARD = (
    (FEMALE, "Gender", "Gender", "F", "FEMALE"),
    (MALE, "Gender", "Gender", "M", "MALE"),
    (INPATIENT_VISIT, "Visit", "Visit", "IP", "Inpatient Visit"),
    (OUTPATIENT_VISIT, "Visit", "Visit", "OP", "Outpatient Visit"),
    (EMERGENCY_VISIT, "Visit", "Visit", "ER", "Emergency Room Visit"),
    (PRIMARY_DIAGNOSIS, "Condition Status", "Condition Status", "OMOP4976972", "Primary diagnosis"),
    (SECONDARY_DIAGNOSIS, "Condition Status", "Condition Status", "OMOP4976978", "Secondary diagnosis"),
    (RECORDED, "Type Concept", "Type Concept", "OMOP4976890", "EHR"),
)

Text = npt.NDArray[np.object_]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Concept:
    """One code. unit: UCUM, for readings; pence: indicative price of one item, for medicines."""

    id: int
    vocabulary: str
    domain: str
    code: str
    name: str
    unit: str
    pence: int


@cache
def concepts() -> dict[str, Concept]:
    """Every code that is used, by our short name for it."""
    with Path(__file__).with_name("concepts.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["key"]: Concept(
                id=OWN_CONCEPTS + number,
                vocabulary=row["vocabulary"],
                domain=row["domain"],
                code=row["code"],
                name=row["name"],
                unit=row["unit"],
                pence=int(row["pence"] or 0),
            )
            for number, row in enumerate(csv.DictReader(file), start=1)
        }


def ids(keys: Text) -> Whole:
    """Concept number of each short name."""
    known = concepts()
    return np.array([known[key].id for key in keys], dtype=np.int64)


def source_values(keys: Text) -> Text:
    """The code of each short name as a source sends it, without dots."""
    known = concepts()
    return np.array([known[key].code.replace(".", "") for key in keys], dtype=object)


@cache
def units() -> dict[str, int]:
    """Concept number of each unit."""
    names = sorted({concept.unit for concept in concepts().values()} - {""})
    return {name: UNITS + number for number, name in enumerate(names, start=1)}


def concept_rows() -> list[dict[str, object]]:
    """The rows of CONCEPT."""
    ours: list[Sequence[object]] = [
        (each.id, each.domain, each.vocabulary, each.code, each.name) for each in concepts().values()
    ]
    named = [*STANDARD, *ours, *((number, "Unit", "UCUM", name, name) for name, number in units().items())]
    return [
        {"concept_id": number, "domain_id": domain, "vocabulary_id": vocabulary, "concept_code": code,
         "concept_name": name, "concept_class_id": "Undefined", "standard_concept": "S"}
        for number, domain, vocabulary, code, name in named
    ]  # fmt: skip
