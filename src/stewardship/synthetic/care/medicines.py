"""The medicines that residents get: which, for what, how often, at what price. Read from two tables beside this file.

`medicines.csv`: what is repeated. Of the medicines of one group a person gets one at most: `share` of those with one of
the conditions `who` (anyone if empty) and none of `unless`, of that age and sex, every so many days.
`acute_medicines.csv`: what is issued now and then. `a_year`: items a person of that age and sex, in relation to each
other; `with_age`: times as many with each 20 years beyond 40.
Codes: the first nine characters are the chemical substance's (or the appliance's) in the British National Formulary
as NHSBSA uses it; the rest always the plain generic. Prices are in pence an item, near those of the Drug Tariff of
2024, and stand in relation to each other: what an item costs on average is set by `COST_OF_AN_ITEM`. Shares are
shaped on treatment indicators of the Quality and Outcomes Framework 2024/25 (a statin in diabetes with arterial
disease 85 per cent, anticoagulation in atrial fibrillation 91 per cent) and otherwise plausible, not measured.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ITEMS_A_YEAR = (
    19.6  # a person: about 1.2 thousand million items a year, 63.67 million people registered in England
)
COST_OF_AN_ITEM = (
    900.0  # pence; Prescription Cost Analysis, England, 2023/24: about 9 GBP net ingredient cost
)


@dataclass(frozen=True)
class Medicine:
    """A medicine and who may get it. every: days between items; 0 for what is issued now and then."""

    key: str
    bnf: str
    quantity: int
    pence: int
    ages: tuple[int, int]
    sex: str
    group: str = ""
    every: int = 0
    who: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    share: float = 0.0
    a_year: float = 0.0
    with_age: float = 1.0


@cache
def repeated() -> tuple[Medicine, ...]:
    """The medicines of `medicines.csv`, in its order."""
    return tuple(_medicine(row) for row in _rows("medicines.csv"))


@cache
def acute() -> tuple[Medicine, ...]:
    """The medicines of `acute_medicines.csv`, in its order."""
    return tuple(_medicine(row) for row in _rows("acute_medicines.csv"))


@cache
def medicines() -> tuple[Medicine, ...]:
    """All of them; a medicine is known by its position here."""
    return repeated() + acute()


def _medicine(row: dict[str, str]) -> Medicine:
    return Medicine(
        key=row["key"], bnf=row["bnf"], quantity=int(row["quantity"]), pence=int(row["pence"]),
        ages=(int(row["from_age"]), int(row["to_age"])), sex=row["sex"], group=row.get("group", ""),
        every=int(row.get("every", 0)), who=_names(row.get("who", "")), unless=_names(row.get("unless", "")),
        share=float(row.get("share", 0)), a_year=float(row.get("a_year", 0)), with_age=float(row.get("with_age", 1)),
    )  # fmt: skip


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _rows(name: str) -> list[dict[str, str]]:
    text = files("stewardship.synthetic.care").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
