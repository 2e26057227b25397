"""The Cambridge Multimorbidity Score as a quantity of the language.

Conditions are those that general practice recorded, as in the paper, with what it asks of medicines and dates.
"""

from stewardship.people.expressions import Answer
from stewardship.people.language import has, latest, prescriptions, weighted
from stewardship.people.periods import EVER, YEAR, until, years
from stewardship.people.scores.codes import code_list, condition, group
from stewardship.rules.scores.cambridge import (
    ANALGESICS,
    ANTIDEPRESSANTS,
    ANTIEPILEPTICS,
    ANTISPASMODICS,
    ANXIOLYTICS_HYPNOTICS,
    ASTHMA_MEDICINES,
    CAMBRIDGE,
    GABAPENTINOIDS,
    ITEMS,
    LAXATIVES,
    LITHIUM,
)
from stewardship.rules.scores.score import Code

FILTRATION_RATE = code_list(
    "filtration-rate",
    "estimated glomerular filtration rate",
    [
        ("SNOMED", code, "exact")
        for code in (
            "80274001", "857971000000104", "963621000000102", "1011481000000105", "1011491000000107",
            "1020291000000106", "1107411000000104",
        )
    ]
    + [("LOINC", code, "exact") for code in ("33914-3", "48642-3", "48643-1", "62238-1", "77147-7", "98979-8")],
    unit="mL/min/{1.73_m2}",
)  # fmt: skip
LOWEST_NORMAL_RATE = 60


def _recorded(name: str) -> Answer:
    return has(group(CAMBRIDGE, name))


def _often(name: str, medicines: tuple[Code, ...]) -> Answer:
    """Four items or more in twelve months."""
    return prescriptions(code_list(name, name.replace("-", " "), medicines)).count(YEAR) >= ITEMS


def _taken(name: str, medicines: tuple[Code, ...]) -> Answer:
    return prescriptions(code_list(name, name.replace("-", " "), medicines)).any(YEAR)


ANXIETY_OR_DEPRESSION = group(CAMBRIDGE, "Anxiety or depression")
CANCER = group(CAMBRIDGE, "Cancer (new in last 5 years)")

HELD: dict[str, Answer] = {each.name: _recorded(each.name) for each in CAMBRIDGE.groups if each.codes} | {
    "Anxiety or depression": has(ANXIETY_OR_DEPRESSION, YEAR)
    | _often("anxiolytics-and-hypnotics", ANXIOLYTICS_HYPNOTICS)
    | _often("antidepressants", ANTIDEPRESSANTS),
    "Painful condition": _often("prescribed-analgesics", ANALGESICS)
    | (_often("gabapentinoids", GABAPENTINOIDS) & ~has(condition("epilepsy"))),
    "Irritable bowel syndrome": _recorded("Irritable bowel syndrome")
    | _often("antispasmodics", ANTISPASMODICS),
    "Asthma (currently treated)": _recorded("Asthma (currently treated)")
    & _taken("asthma-medicines", ASTHMA_MEDICINES),
    "Chronic kidney disease": _recorded("Chronic kidney disease")
    | (latest(FILTRATION_RATE) < LOWEST_NORMAL_RATE),
    "Constipation (treated)": _often("laxatives", LAXATIVES),
    "Cancer (new in last 5 years)": has(CANCER, years(5)) & ~has(CANCER, until(60)),
    "Schizophrenia or bipolar disorder": _recorded("Schizophrenia or bipolar disorder")
    | prescriptions(code_list("lithium", "lithium", LITHIUM)).any(EVER),
    "Epilepsy (currently treated)": _recorded("Epilepsy (currently treated)")
    & _taken("antiepileptics", ANTIEPILEPTICS),
}
"""When somebody has each of the twenty, by its name."""

POINTS = weighted(*((HELD[each.name], each.points) for each in CAMBRIDGE.groups))
"""A hundred times the score."""
