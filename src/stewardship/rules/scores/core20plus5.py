"""Core20PLUS5: who is meant, and which parts somebody belongs by.

Core20 is who lives in the most deprived fifth of England; PLUS are groups that a system chooses; 5 are clinical areas,
five of adults and five of children and young people.
Source: NHS England, Core20PLUS5: an approach to reducing healthcare inequalities (adults 2021; children and young
people 2022). Who is of a clinical area is this project's reading of its published focus: people whom its
measures count.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Kind = Literal["core", "plus", "adults", "children"]
ADULT = 18


@dataclass(frozen=True)
class Part:
    """One part of the approach. who: whom it takes in, in words."""

    key: str
    kind: Kind
    title: str
    who: str


NOT_OF_THE_SOURCE = ("unpaid_carer", "veteran", "digitally_excluded", "other_language")
"""Groups of PLUS that systems choose besides those that NHS England names."""

CORE20 = Part(
    "core20",
    "core",
    "Core20",
    "people of the most deprived fifth of England by the index of multiple deprivation",
)
PLUS = (
    Part("ethnic_minority", "plus", "Ethnic minority", "of the Asian, Black, Mixed or Other ethnic group, as recorded"),
    Part("several_conditions", "plus", "Several conditions", "four or more long-term conditions"),
    Part("learning_disability", "plus", "Learning disability", "recorded by general practice or as a characteristic"),
    Part("autism", "plus", "Autism", "recorded by general practice or as a characteristic"),
    Part("homeless", "plus", "Homeless or insecurely housed", "recorded as a characteristic"),
    Part("dependence", "plus", "Drug or alcohol dependence", "recorded by general practice or as a characteristic"),
    Part("migrant", "plus", "Vulnerable migrant", "recorded as a characteristic"),
    Part("traveller", "plus", "Gypsy, Roma or Traveller", "recorded as a characteristic"),
    Part("sex_worker", "plus", "Sex worker", "recorded as a characteristic"),
    Part("justice", "plus", "Contact with the justice system", "recorded as a characteristic"),
    Part("modern_slavery", "plus", "Victim of modern slavery", "recorded as a characteristic"),
    Part("young_carer", "plus", "Young carer", "recorded as a characteristic"),
    Part("care_leaver", "plus", "Looked-after child or care leaver", "recorded as a characteristic"),
    Part("unpaid_carer", "plus", "Unpaid carer", "recorded as a characteristic"),
    Part("veteran", "plus", "Veteran", "recorded as a characteristic"),
    Part("digitally_excluded", "plus", "Digitally excluded", "recorded as a characteristic"),
    Part("other_language", "plus", "Main language not English", "recorded as a characteristic"),
)  # fmt: skip
ADULTS = (
    Part("maternity", "adults", "Maternity", "a pregnancy, or a stay in hospital for one, in the last year"),
    Part("mental_illness", "adults", "Severe mental illness", "schizophrenia, bipolar disorder or other psychosis"),
    Part("respiratory", "adults", "Chronic respiratory disease", "chronic obstructive pulmonary disease"),
    Part("cancer", "adults", "Early cancer diagnosis", "a first cancer in the last year"),
    Part("hypertension", "adults", "Hypertension case-finding",
         "hypertension, or a latest blood pressure of 140/90 or over"),
)  # fmt: skip
CHILDREN = (
    Part("child_asthma", "children", "Asthma", "asthma"),
    Part("child_diabetes", "children", "Diabetes", "diabetes of either type"),
    Part("child_epilepsy", "children", "Epilepsy", "epilepsy"),
    Part("child_oral_health", "children", "Oral health",
         "under 10, with teeth taken out in hospital or an appointment in paediatric dentistry in the last year"),
    Part("child_mental_health", "children", "Mental health", "a contact with a mental health service in the last year"),
)  # fmt: skip
PARTS = (CORE20, *PLUS, *ADULTS, *CHILDREN)


def belongs_by(parts: Collection[str]) -> tuple[Part, ...]:
    """By which parts somebody belongs to Core20PLUS: of Core20 and the groups alone.

    The clinical areas say where care is to be mended, and take nobody in by themselves.
    """
    return tuple(part for part in (CORE20, *PLUS) if part.key in parts)
