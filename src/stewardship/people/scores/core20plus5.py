"""Core20PLUS5 as answers of the language: which parts somebody belongs by."""

from functools import reduce
from operator import or_

from stewardship.people.code_lists import CodeList
from stewardship.people.expressions import Answer
from stewardship.people.language import (
    aged,
    contacts,
    has,
    in_fifth,
    in_group,
    latest,
    of_ethnic_group,
    procedures,
)
from stewardship.people.periods import EVER, YEAR, until
from stewardship.people.scores.codes import code_list, condition
from stewardship.people.scores.segments import LONG_TERM_CONDITIONS
from stewardship.rules.scores.core20plus5 import ADULT, ADULTS, CHILDREN, CORE20, PLUS, Kind

SEVERAL = 4
"""Long-term conditions from which they are several; a system may say two."""
CANCER = condition("cancer", "metastatic_cancer")
TEETH_TAKEN_OUT = code_list(
    "teeth-taken-out", "teeth taken out in hospital", [("OPCS4", code, "prefix") for code in ("F09", "F10")]
)


def _pressure(name: str, *codes: tuple[str, str]) -> CodeList:
    meant = [(system, code, "exact") for system, code in codes]
    return code_list(name, name.replace("-", " "), meant, unit="mm[Hg]")  # type: ignore[arg-type]  # all exact


SYSTOLIC = _pressure(
    "systolic-pressure", ("SNOMED", "271649006"), ("SNOMED", "72313002"), ("LOINC", "8480-6")
)
DIASTOLIC = _pressure(
    "diastolic-pressure", ("SNOMED", "271650006"), ("SNOMED", "1091811000000102"), ("LOINC", "8462-4")
)

_IN_GROUPS: dict[str, Answer] = {
    "homeless": in_group("homeless or insecurely housed"),
    "migrant": in_group("vulnerable migrant"),
    "traveller": in_group("Gypsy, Roma or Traveller"),
    "sex_worker": in_group("sex worker"),
    "justice": in_group("contact with the justice system"),
    "modern_slavery": in_group("victim of modern slavery"),
    "young_carer": in_group("young carer"),
    "care_leaver": in_group("looked-after child or care leaver"),
    "unpaid_carer": in_group("unpaid carer"),
    "veteran": in_group("veteran"),
    "digitally_excluded": in_group("digitally excluded"),
    "other_language": in_group("main language not English"),
}
_PLUS: dict[str, Answer] = {
    "ethnic_minority": of_ethnic_group("Asian", "Black", "Mixed", "Other"),
    "several_conditions": LONG_TERM_CONDITIONS >= SEVERAL,
    "learning_disability": has(condition("learning_disability")) | in_group("learning disability"),
    "autism": has(condition("autism")) | in_group("autism"),
    "dependence": has(condition("drug_dependence", "alcohol_problems"))
    | in_group("drug or alcohol dependence"),
} | _IN_GROUPS
_ADULTS: dict[str, Answer] = {
    "maternity": has(condition("pregnancy"), YEAR)
    | contacts(point_of_delivery="maternity_admission").any(YEAR),
    "mental_illness": has(condition("psychosis_bipolar")),
    "respiratory": has(condition("copd")),
    "cancer": has(CANCER, YEAR) & ~has(CANCER, until(12)),
    "hypertension": has(condition("hypertension"))
    | (latest(SYSTOLIC, EVER) >= 140)
    | (latest(DIASTOLIC, EVER) >= 90),
}
_CHILDREN: dict[str, Answer] = {
    "child_asthma": has(condition("asthma")),
    "child_diabetes": has(condition("diabetes")),
    "child_epilepsy": has(condition("epilepsy")),
    "child_oral_health": aged(0, 9)
    & (procedures(TEETH_TAKEN_OUT).any(YEAR) | contacts(specialty=("142",)).any(YEAR)),
    "child_mental_health": contacts(point_of_delivery="mental_health").any(YEAR),
}


def _of_ages(kind: Kind, answer: Answer) -> Answer:
    return answer & (aged(ADULT) if kind == "adults" else aged(0, ADULT - 1))


HELD: dict[str, Answer] = (
    {CORE20.key: in_fifth(1)}
    | {part.key: _PLUS[part.key] for part in PLUS}
    | {part.key: _of_ages("adults", _ADULTS[part.key]) for part in ADULTS}
    | {part.key: _of_ages("children", _CHILDREN[part.key]) for part in CHILDREN}
)
"""Whether somebody is of each part, by its key."""

BELONGS = reduce(or_, (HELD[part.key] for part in (CORE20, *PLUS)))
"""Whether somebody belongs to Core20PLUS, by any part."""
