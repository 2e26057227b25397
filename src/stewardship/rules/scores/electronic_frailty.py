"""The electronic frailty index: how many of 36 deficits general practice has recorded, as a share of 36.

A deficit does not end once it is recorded. Meant for people of 65 and over; it finds people, and is no diagnosis.
Deficits: table `electronic_frailty.csv`. The published index has about 2,171 codes (CTV3); the SNOMED CT codes here
are this project's own short lists, see `tables.codes_of`, so that fewer deficits are found than by the index of a
practice's own system. Activity limitation has no code that is known for certain here, and is never found.
Source: Clegg A and others, Development and validation of an electronic frailty index, Age and Ageing 2016;45:353-360
(deficits, quartiles, hazards); cut-points as NHS systems use them.
"""

from stewardship.rules.scores.score import Band, Group, Score
from stewardship.rules.scores.tables import codes_of, rows_of

DEFICITS = 36

ELECTRONIC_FRAILTY = Score(
    key="electronic_frailty",
    title="Electronic frailty index",
    edition="36 deficits, 2016",
    source="Clegg and others, Age and Ageing 2016;45:353-360",
    scale=DEFICITS,
    groups=tuple(
        Group(row["group"], 1, codes_of(*row["conditions"].split())) for row in rows_of("electronic_frailty")
    ),
    bands=(
        Band("fit", 0, "up to 4 deficits"),
        Band("mild", 5, "5 to 8 deficits; 1.92 times the deaths in a year of people who are fit"),
        Band("moderate", 9, "9 to 12 deficits; 3.10 times the deaths in a year"),
        Band("severe", 13, "13 deficits and over; 4.52 times the deaths in a year"),
    ),
    youngest=65,
)

POLYPHARMACY = "Polypharmacy"
MEDICINES = 5
"""From how many kinds of medicine at a time it is a deficit (general knowledge; the abstract does not tell)."""

KINDS_OF_MEDICINE = Score(
    key="kinds_of_medicine",
    title="Kinds of medicine",
    edition="sections and paragraphs taken for long, as of 2026",
    source="British National Formulary, as NHSBSA classifies prescribing",
    scale=1,
    groups=tuple(
        Group(row["kind"], 1, (("BNF", row["code"], "prefix"),)) for row in rows_of("kinds_of_medicine")
    ),
)
"""How many kinds of medicine that people take for long. Two medicines of one kind count once, so that polypharmacy is
met a little later than by counting medicines."""


def share(deficits: int) -> float:
    """The index: deficits found as a share of 36."""
    return ELECTRONIC_FRAILTY.value(deficits)


def band_of_share(index: float) -> Band:
    """The band of an index that came from elsewhere as a number, which may have been rounded to two places.

    A rounded 0.36 may be 13 of 36 (0.3611), which is severe: so a band begins at its cut-point, not above it.
    ValueError for what cannot be an index.
    """
    if not 0 <= index <= 1:
        raise ValueError("A frailty index is a share from 0 to 1.")
    cuts = zip(ELECTRONIC_FRAILTY.bands, (0.0, 0.12, 0.24, 0.36), strict=True)
    return [band for band, cut in cuts if index >= cut][-1]
