"""Code systems: what vocabularies call themselves, how codes are written here, and what a SNOMED CT
identifier is."""

from stewardship.records.engine import Engine, quoted

SYSTEMS = {
    "SNOMED": "SNOMED",
    "ICD10": "ICD10",
    "ICD10CM": "ICD10",
    "ICD10GM": "ICD10",
    "OPCS4": "OPCS4",
    "LOINC": "LOINC",
    "RXNORM": "RXNORM",
    "RXNORM EXTENSION": "RXNORM",
    "DM+D": "DMD",
    "BNF": "BNF",
    "CVX": "CVX",
    "ATC": "ATC",
    "READ": "READ",
}
WITHOUT_DOTS = ("ICD10", "OPCS4")
LOCAL = "LOCAL"

# The dihedral group D5 and the permutation of the check-digit scheme of SNOMED CT identifiers, row by row.
# Source: Verhoeff 1969; SNOMED International, Release File Specifications, "Check-digit computation".
_GROUP = (
    "0123456789123406789523401789563401289567401239567859876043216598710432765982104387659321049876543210"
)
_TURNS = "01234567891576283094580379614289160435279453126870428657390127938064157046913258"


def system_of(vocabulary: str) -> str:
    """SQL of the code system that a vocabulary's name stands for."""
    cases = " ".join(f"WHEN {quoted(name)} THEN {quoted(system)}" for name, system in SYSTEMS.items())
    return f"CASE upper({vocabulary}) {cases} ELSE upper(replace({vocabulary}, ' ', '')) END"


def code_as_written_here(system: str, code: str) -> str:
    """SQL of a code as canonical tables write it: ICD-10 and OPCS-4 in capitals without dots, others as they
    are."""
    systems = ", ".join(quoted(name) for name in WITHOUT_DOTS)
    return f"CASE WHEN {system} IN ({systems}) THEN upper(replace({code}, '.', '')) ELSE {code} END"


def define_snomed_check(engine: Engine) -> None:
    """Give the engine `is_snomed_concept(text)`: 6 to 18 digits, a concept's partition, a true check
    digit."""
    digit = "ascii(t[length(t) - i]) - 48"
    turned = f"ascii({quoted(_TURNS)}[(i % 8) * 10 + {digit} + 1]) - 48"
    summed = f"ascii({quoted(_GROUP)}[c * 10 + d + 1]) - 48"
    engine.run(
        "CREATE OR REPLACE MACRO is_snomed_concept(t) AS CASE "
        "WHEN regexp_full_match(t, '[1-9][0-9]{2,14}[01]0[0-9]') "
        f"THEN list_reduce(list_transform(range(length(t)), lambda i: {turned}), lambda c, d: {summed}, "
        "0) = 0 "
        "ELSE false END"
    )
