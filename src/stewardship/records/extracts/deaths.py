"""What the civil register of deaths sends: who died, when, where and of what.

Source: field names of the project's list of data sources, section 1, row "Deaths"; causes are ICD-10 codes.
"""

from stewardship.records.extracts.shape import THE_PERSON, FileKind, Fills, code, day, text
from stewardship.records.extracts.words import icd10

DEATHS = (
    FileKind(
        "deaths", ("deaths", "linked"),
        (
            day("DateOfDeath", needed=True, becomes="date"),
            code("UnderlyingCauseICD10", becomes="underlying cause"),
            code("ContributoryCause_01", becomes="contributory cause"),
            code("ContributoryCause_02", becomes="contributory cause"),
            text("PlaceOfDeath", becomes="place"),
        ),
        (
            Fills(
                "death",
                {
                    "date": "DateOfDeath",
                    "system": "CASE WHEN UnderlyingCauseICD10 IS NOT NULL THEN 'ICD10' END",
                    "code": icd10("UnderlyingCauseICD10"),
                    "contributory_1": icd10("ContributoryCause_01"),
                    "contributory_2": icd10("ContributoryCause_02"),
                    "place": "PlaceOfDeath",
                },
            ),
        ),
        key=(THE_PERSON,),
    ),
)  # fmt: skip
