"""Diagnoses that only one sex can have, by code.

Sources: WHO ICD-10, volume 1: blocks whose headings name the organs or the pregnancy (C51-C58 and C60-C63 female
and male genital organs, N40-N51, N70-N98, O00-O99), the single categories of those organs in other blocks, and
Q50-Q56 without Q56 (indeterminate sex); volume 2 lists the same categories as limited to one sex. SNOMED CT: concepts
of those organs and of pregnancy.

Certain: the organ or the pregnancy. Not certain: that `sex` is the sex of the organs, for a person may have
changed what is recorded; so such rows are counted, never set aside, and a few are put up with.
"""

from collections.abc import Iterator

FEMALE_ICD10 = (
    "C51-C58", "D06-D06", "D25-D28", "D39-D39", "E28-E28", "N70-N77", "N80-N98", "O00-O99", "Q50-Q52",
    "Z32-Z36", "Z39-Z39",
)  # fmt: skip
MALE_ICD10 = ("C60-C63", "D29-D29", "D40-D40", "E29-E29", "N40-N51", "Q53-Q55")

FEMALE_SNOMED = {
    "363354003": "Malignant tumour of cervix",
    "363443007": "Malignant tumour of ovary",
    "129103003": "Endometriosis",
    "77386006": "Pregnant",
    "72892002": "Normal pregnancy",
    "47200007": "High risk pregnancy",
    "79586000": "Tubal pregnancy",
    "398254007": "Pre-eclampsia",
    "198992004": "Eclampsia in pregnancy",
    "11687002": "Gestational diabetes mellitus",
    "19169002": "Miscarriage in first trimester",
    "85116003": "Miscarriage in second trimester",
    "156073000": "Complete miscarriage",
}
MALE_SNOMED = {
    "399068003": "Malignant tumour of prostate",
    "126906006": "Neoplasm of prostate",
    "92691004": "Carcinoma in situ of prostate",
    "314994000": "Metastasis from malignant tumour of prostate",
    "266569009": "Benign prostatic hyperplasia",
    "363449006": "Malignant tumour of testis",
}


def one_sex_codes() -> Iterator[tuple[str, str, str]]:
    """System, code and the sex that can have it; an ICD-10 code is a category of three characters."""
    for sex, ranges, concepts in (
        ("female", FEMALE_ICD10, FEMALE_SNOMED),
        ("male", MALE_ICD10, MALE_SNOMED),
    ):
        for each in ranges:
            letter, first, last = each[0], int(each[1:3]), int(each[5:7])
            yield from (("ICD10", f"{letter}{number:02}", sex) for number in range(first, last + 1))
        yield from (("SNOMED", code, sex) for code in concepts)
