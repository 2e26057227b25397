"""The Hospital Frailty Risk Score: 109 diagnoses of hospital stays that go with frailty.

Each ICD-10 code of three characters counts once, however often it is recorded, in the emergency admissions of two
years, in any position. Meant for people of 75 and over. It tells nothing of who was not admitted, and better coding
raises it without more frailty.
Weights: table `hospital_frailty.csv`, as in the packages pycomorb and hfrs.
Source: Gilbert T and others, Development and validation of a Hospital Frailty Risk Score, Lancet 2018;391:1775-1782.
"""

from stewardship.rules.scores.score import Band, Group, Score
from stewardship.rules.scores.tables import icd10, rows_of

SCALE = 10

HOSPITAL_FRAILTY = Score(
    key="hospital_frailty",
    title="Hospital Frailty Risk Score",
    edition="109 codes, 2018",
    source="Gilbert and others, Lancet 2018;391:1775-1782",
    scale=SCALE,
    groups=tuple(
        Group(row["code"], round(float(row["weight"]) * SCALE), icd10(row["code"]))
        for row in rows_of("hospital_frailty")
    ),
    bands=(
        Band("low", 0, "below 5"),
        Band("intermediate", 5 * SCALE, "5 to 15"),
        Band("high", 15 * SCALE + 1, "above 15"),
    ),
    youngest=75,
)

MEANINGS = {row["code"]: row["meaning"] for row in rows_of("hospital_frailty")}
"""What each group, named by its code, stands for."""
