"""The Cambridge Multimorbidity Score: twenty conditions, weighted by what they mean for use of care and survival.

Weights: the general-outcome set of the 20-condition form, table `cambridge.csv`.
Source: Payne RA, Mendonca SC, Elliott MN and others, Development and validation of the Cambridge Multimorbidity Score,
CMAJ 2020;192:E107-E114. The weights agree in two public implementations (OpenSAFELY; research code on COPD).
The codes are this project's own, see `tables.codes_of`; the paper's are Read codes.
"""

from stewardship.rules.scores.score import Code, Group, Score
from stewardship.rules.scores.tables import codes_of, rows_of

SCALE = 100

CAMBRIDGE = Score(
    key="cambridge",
    title="Cambridge Multimorbidity Score",
    edition="20 conditions, general-outcome weights, 2020",
    source="Payne and others, CMAJ 2020;192:E107-E114",
    scale=SCALE,
    groups=tuple(
        Group(row["group"], round(float(row["weight"]) * SCALE), codes_of(*row["conditions"].split()))
        for row in rows_of("cambridge")
    ),
)

COUNTED_WHEN = {row["group"]: row["counted_when"] for row in rows_of("cambridge")}
"""What besides the codes of a group says whether somebody has it, in words."""


def _bnf(*codes: str) -> tuple[Code, ...]:
    return tuple(("BNF", code, "prefix") for code in codes)


# Chapters of the British National Formulary as NHSBSA classifies prescribing (the frozen "legacy" structure).
LAXATIVES = _bnf("0106")
ANTISPASMODICS = _bnf("0102")
ASTHMA_MEDICINES = _bnf("0301", "0302", "0303")
ANXIOLYTICS_HYPNOTICS = _bnf("0401")
ANTIDEPRESSANTS = _bnf("040302", "040303", "040304")
"""Without tricyclics: the dose, which tells those for pain apart, is not in the records."""
LITHIUM = _bnf("0402030K0", "0402030P0")
ANTIEPILEPTICS = _bnf("0408")
ANALGESICS = _bnf("0407010F0", "0407010N0", "040702")
"""On prescription only: opioids, and paracetamol with codeine or dihydrocodeine."""
GABAPENTINOIDS = _bnf("0408010AE", "0408010G0")
ITEMS = 4
"""From how many items in twelve months a medicine tells of a condition."""
