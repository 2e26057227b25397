"""The Charlson index: seventeen conditions, weighted by what they mean for survival.

Weights: the original ones of 1987, and those that Quan and others found anew in 2011; table `charlson.csv`.
ICD-10 codes: Quan and others 2005, in the same table (as in the packages pycomorb and comorbidipy, MIT). SNOMED CT
codes beside them, for what general practice records, are this project's own, see `tables.codes_of`.
A severe form counts instead of the mild one: liver disease, diabetes, cancer.
Sources: Charlson ME and others, J Chronic Dis 1987;40:373-383; Quan H and others, Med Care 2005;43:1130-1139; Quan H
and others, Am J Epidemiol 2011;173:676-682; with age: Charlson M and others, J Clin Epidemiol 1994;47:1245-1251.
"""

from stewardship.rules.scores.score import Group, Score
from stewardship.rules.scores.tables import codes_of, icd10, rows_of


def _groups(weight: str) -> tuple[Group, ...]:
    return tuple(
        Group(
            row["group"],
            int(row[weight]),
            (*icd10(row["icd10"]), *codes_of(*row["conditions"].split(), system="SNOMED")),
            row["of_class"],
        )
        for row in rows_of("charlson")
    )


CHARLSON = Score(
    key="charlson",
    title="Charlson index",
    edition="weights of 1987, ICD-10 codes of 2005",
    source="Charlson and others, J Chronic Dis 1987;40:373-383; Quan and others, Med Care 2005;43:1130-1139",
    scale=1,
    groups=_groups("weight_1987"),
)

CHARLSON_2011 = Score(
    key="charlson_2011",
    title="Charlson index, updated",
    edition="weights of 2011, ICD-10 codes of 2005",
    source="Quan and others, Am J Epidemiol 2011;173:676-682",
    scale=1,
    groups=_groups("weight_2011"),
)

OLDEST_COUNTED = 80


def with_age(points: int, age: int) -> int:
    """The index with one point for each ten years of age from 50, at most four.

    Source: Charlson and others 1994, who add it to the weights of 1987; no such points go with those of 2011.
    """
    return points + max(0, (min(age, OLDEST_COUNTED) - 40) // 10)
