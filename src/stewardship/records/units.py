"""Units: one spelling (UCUM), and the few conversions that let a value be compared.

Each conversion names its source. A value whose unit is not known is kept without one and is compared nowhere.
"""

from dataclasses import dataclass

from stewardship.records.engine import Engine, quoted

SPELLINGS: dict[str, tuple[str, ...]] = {
    "%": ("percent", "per cent", "% (ngsp)", "%{hba1c}", "%hb", "%{hb}"),
    "mmol/mol": ("mmol/mol hb", "mmol/mol{hb}", "mmol per mol"),
    "mmol/L": ("mmol per litre", "millimol/l"),
    "umol/L": ("µmol/l", "μmol/l", "micromol/l", "mcmol/l"),
    "mg/mmol": ("mg/mmol{creat}", "mg/mmol creatinine"),
    "mg/g": ("mg/g{creat}", "mg/g creatinine"),
    "mg/dL": (),
    "mm[Hg]": ("mmhg", "mm hg"),
    "kg/m2": ("kg/m^2", "kg/m²", "kg/sq.m", "kg/m*m"),
    "mL/min/{1.73_m2}": (
        "ml/min/1.73m2", "ml/min/1.73 m2", "ml/min/1.73m^2", "ml/min/1.73 m²", "ml/min/{1.73m2}",
    ),
    "kg": ("kgs", "kilograms"),
    "cm": ("centimetres",),
    "/min": ("bpm", "beats/min", "{beats}/min", "breaths/min", "{breaths}/min"),
    "g/L": (),
    "10*9/L": ("10^9/l", "x10^9/l"),
    "10*12/L": ("10^12/l", "x10^12/l"),
    "Cel": ("°c", "degc", "degrees c"),
}  # fmt: skip


@dataclass(frozen=True)
class Conversion:
    """value in `to` = value in `sent` × factor + offset, rounded to `places`, for these codes only."""

    family: str
    codes: tuple[tuple[str, str], ...]
    sent: str
    to: str
    factor: float
    offset: float
    places: int


HBA1C = tuple(("LOINC", code) for code in ("4548-4", "17856-6", "4549-2")) + tuple(
    ("SNOMED", code)
    for code in (
        "43396009", "313835008", "371981000000106", "999791000000106", "1003671000000109", "1019431000000105",
        "1049301000000100", "1049321000000109",
    )
)  # fmt: skip
CHOLESTEROL = (
    *(("LOINC", code) for code in ("2093-3", "2085-9", "18262-6", "13457-7")),
    *(("SNOMED", code) for code in ("121868005", "412808005", "994351000000103", "1005671000000105")),
)
TRIGLYCERIDE = (("LOINC", "2571-8"),)
ALBUMIN_TO_CREATININE = (
    ("LOINC", "14959-1"), ("LOINC", "9318-7"), ("SNOMED", "271075006"), ("SNOMED", "1023491000000104"),
)  # fmt: skip
CREATININE = (("LOINC", "2160-0"), ("LOINC", "38483-4"))
GLUCOSE = (("LOINC", "2339-0"), ("LOINC", "2345-7"))

CONVERSIONS = (
    # IFCC master equation: mmol/mol = 10.93 × NGSP % - 23.50; laboratories report whole numbers.
    # Source: Hoelzel and others, Clinical Chemistry 2004;50:166-74; ngsp.org/ifcc.asp.
    Conversion("HbA1c", HBA1C, "%", "mmol/mol", 10.93, -23.50, 0),
    # Molar masses (g/mol): cholesterol 386.65, triolein 885.4 as its usual stand-in, creatinine 113.12,
    # glucose 180.16. Source: PubChem; the factors are those of the UK Association for Laboratory Medicine.
    Conversion("Cholesterol", CHOLESTEROL, "mg/dL", "mmol/L", 1 / 38.67, 0, 2),
    Conversion("Triglyceride", TRIGLYCERIDE, "mg/dL", "mmol/L", 1 / 88.57, 0, 2),
    Conversion("Albumin to creatinine ratio", ALBUMIN_TO_CREATININE, "mg/g", "mg/mmol", 1 / 8.84, 0, 2),
    Conversion("Creatinine", CREATININE, "mg/dL", "umol/L", 88.4, 0, 0),
    Conversion("Glucose", GLUCOSE, "mg/dL", "mmol/L", 1 / 18.016, 0, 2),
)

# Measured quantities that are compared somewhere, so that a missing unit of one is worth saying.
FAMILIES: dict[str, tuple[tuple[str, str], ...]] = {
    **{conversion.family: conversion.codes for conversion in CONVERSIONS},
    "Blood pressure": (
        ("LOINC", "8480-6"), ("LOINC", "8462-4"), ("SNOMED", "271649006"), ("SNOMED", "271650006"),
        ("SNOMED", "72313002"), ("SNOMED", "1091811000000102"),
    ),
    "Body mass index": (("LOINC", "39156-5"), ("SNOMED", "60621009")),
    "Filtration rate": (("LOINC", "33914-3"), ("LOINC", "77147-7"), ("LOINC", "62238-1")),
}  # fmt: skip


def define_units(engine: Engine) -> None:
    """Give the engine the tables `unit_spelling` (sent, unit), `unit_conversion` and `unit_family` (system,
    code, family)."""
    spellings = {unit.lower(): unit for unit in SPELLINGS} | {
        sent: unit for unit, ways in SPELLINGS.items() for sent in ways
    }
    _table(engine, "unit_spelling (sent, unit)", [(quoted(s), quoted(u)) for s, u in spellings.items()])
    _table(
        engine,
        "unit_conversion (system, code, sent, unit, factor, shift, places)",
        [
            (quoted(s), quoted(k), quoted(c.sent), quoted(c.to), f"{c.factor!r}::DOUBLE",
             f"{c.offset!r}::DOUBLE", f"{c.places}")
            for c in CONVERSIONS
            for s, k in c.codes
        ],
    )  # fmt: skip
    _table(
        engine,
        "unit_family (system, code, family)",
        [(quoted(s), quoted(k), quoted(family)) for family, codes in FAMILIES.items() for s, k in codes],
    )


def _table(engine: Engine, shape: str, rows: list[tuple[str, ...]]) -> None:
    name, columns = shape.split(" ", 1)
    values = ", ".join("(" + ", ".join(row) + ")" for row in rows)
    engine.run(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM (VALUES {values}) AS t {columns}")
