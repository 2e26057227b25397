"""The tables of weights and codes that stand beside the scores as CSV."""

import csv
from functools import cache
from pathlib import Path

from stewardship.rules.scores.score import Code

FOLDER = Path(__file__).parent


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a table, by its name without `.csv`."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _conditions() -> dict[str, tuple[Code, ...]]:
    found: dict[str, tuple[Code, ...]] = {}
    for row in rows_of("conditions"):
        code: Code = (row["system"], row["code"], row["match"])  # type: ignore[assignment]  # as the file is tested to be
        found[row["condition"]] = (*found.get(row["condition"], ()), code)
    return found


def condition_names() -> tuple[str, ...]:
    """The names of all conditions that codes are known of."""
    return tuple(_conditions())


def title_of(condition: str) -> str:
    """A condition as it is written in a sentence."""
    return _TITLES.get(condition, condition.replace("_", " "))


_TITLES = {
    "copd": "COPD",
    "hiv": "HIV infection",
    "parkinsonism": "tremor or other parkinsonism",
    "parkinsons_disease": "Parkinson's disease",
    "psychosis_bipolar": "schizophrenia, bipolar disorder or other psychosis",
    "end_stage_kidney_disease": "kidney disease of stage 5",
    "end_stage_liver_disease": "failure of the liver",
    "stroke_tia": "stroke or TIA",
    "hypotension_syncope": "low blood pressure or syncope",
    "chronic_kidney_disease": "chronic kidney disease of stages 3 to 5",
}


def codes_of(*conditions: str, system: str = "") -> tuple[Code, ...]:
    """The codes of these conditions together, each once; of one system if it is named. KeyError for an unknown one.

    SNOMED CT for what general practice records, ICD-10 (fifth edition, WHO, as the NHS uses it) for hospitals and
    for records that are mapped to it. The SNOMED codes are those of the care areas' code lists where there is one,
    which a test holds, and else a short list of codes in common use that are known for certain: the national
    reference sets (NHS England, primary care domain reference sets) hold more.
    """
    codes = [code for name in conditions for code in _conditions()[name]]
    return tuple(dict.fromkeys(code for code in codes if system in ("", code[0])))


def icd10(text: str) -> tuple[Code, ...]:
    """Codes of ICD-10 written one after another, each with all below it."""
    return tuple(("ICD10", code, "prefix") for code in text.split())
