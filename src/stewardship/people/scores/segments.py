"""Bridges to Health as answers of the language: in order, and the first that holds is somebody's segment."""

from functools import reduce
from operator import or_

from stewardship.people.expressions import Answer
from stewardship.people.language import EVERYONE, admitted, aged, contacts, counted, has, in_group
from stewardship.people.periods import EVER, YEAR, months, years
from stewardship.people.scores.codes import condition
from stewardship.people.scores.frailty import HIGH_RISK, SEVERELY_FRAIL
from stewardship.rules.scores.electronic_frailty import ELECTRONIC_FRAILTY
from stewardship.rules.scores.hospital_frailty import HOSPITAL_FRAILTY
from stewardship.rules.scores.segments import DEFAULT, LONG_TERM, SEGMENTS, Segment


def known(*names: str) -> Answer:
    """A condition that general practice or a hospital has recorded, ever."""
    codes = condition(*names)
    return has(codes) | admitted(codes, EVER)


COPD = condition("copd")
EMERGENCIES = contacts(point_of_delivery=("emergency_admission", "emergency_department"))
COPD_ATTACKS = contacts(point_of_delivery="emergency_admission", diagnosis=COPD)
LONG_TERM_CONDITIONS = counted(*(has(condition(name)) for name in LONG_TERM))
"""How many long-term conditions general practice has recorded."""

ANSWERS: dict[str, Answer] = {
    "frailty_dementia": known("dementia")
    | has(condition("severe_frailty"))
    | (aged(ELECTRONIC_FRAILTY.youngest) & SEVERELY_FRAIL)
    | (aged(HOSPITAL_FRAILTY.youngest) & HIGH_RISK)
    | (aged(65) & has(condition("care_home"))),
    "organ_failure": known("heart_failure")
    | (has(COPD) & (COPD_ATTACKS.count(years(2)) >= 2))
    | known("end_stage_kidney_disease", "end_stage_liver_disease", "motor_neurone_disease"),
    "incurable_cancer": known("metastatic_cancer") | (known("cancer") & known("palliative_care")),
    "disability": known(
        "learning_disability", "paralysis", "sight_impairment", "brain_injury", "cerebral_palsy"
    )
    | in_group("learning disability"),
    "long_term_conditions": LONG_TERM_CONDITIONS >= 1,
    "acutely_ill": EMERGENCIES.any(months(3)),
    "maternal_infant": aged(0, 0)
    | (
        aged(10, 59)
        & (
            has(condition("pregnancy"), months(21))
            | contacts(point_of_delivery="maternity_admission").any(YEAR)
        )
    ),
    DEFAULT.key: EVERYONE,
}
"""Whom each segment may take in, by its key. A code of pregnancy stands from its beginning: it tells of nine months and
of twelve after birth."""

IN_ORDER: tuple[tuple[Segment, Answer], ...] = tuple(
    (segment, ANSWERS[segment.key]) for segment in SEGMENTS if not segment.overlay
)
"""Segments with their answers; somebody is in the first that holds."""

ACUTELY_ILL = ANSWERS["acutely_ill"] & ~reduce(
    or_, (answer for segment, answer in IN_ORDER if segment != DEFAULT)
)
"""The overlay: somebody otherwise generally well, with an emergency in the last three months."""
