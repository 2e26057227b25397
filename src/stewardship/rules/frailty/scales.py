"""Scores of the register: their ranges, the ages they are meant for, and what a value is called.

Sources: eFI, Clegg 2016 (cut-points as NHS systems use them); eFI2, published cut-points of its research code; HFRS,
Gilbert 2018; Clinical Frailty Scale, levels and names alone, as its pictures and descriptors need a licence of
Dalhousie University. Ranges and bands of the other scales are general knowledge, to be confirmed locally.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import exp

from stewardship.rules.scores.electronic_frailty import DEFICITS, ELECTRONIC_FRAILTY, band_of_share
from stewardship.rules.scores.hospital_frailty import HOSPITAL_FRAILTY

Value = Decimal | int


class ScaleError(ValueError):
    """A value that the scale cannot have; the message says what it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A score of some tool.

    lowest, highest: both can be had. places: decimals that a value may have. youngest: the age in years that it is
    meant from. bands: where each begins, the lowest first, and what it is called; none where nothing is called.
    """

    key: str
    title: str
    lowest: Decimal
    highest: Decimal
    places: int = 0
    youngest: int = 0
    bands: tuple[tuple[Decimal, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A value on its scale. band: what it is called, "" where nothing is. doubt: why it tells less, in words, or ""."""

    scale: Scale
    value: Decimal
    band: str
    doubt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A value by one version of one scale, on a day."""

    scale: str
    version: str
    on: date
    value: Decimal


CFS_NAMES: Mapping[int, str] = {
    1: "very fit", 2: "fit", 3: "managing well", 4: "living with very mild frailty", 5: "mild", 6: "moderate",
    7: "severe", 8: "very severe", 9: "terminally ill",
}  # fmt: skip
CFS_GROUPS: tuple[tuple[int, str], ...] = (
    (1, "not frail"), (4, "watch"), (5, "mild"), (6, "moderate"), (7, "severe"), (9, "end of life"),
)  # fmt: skip
"""From which level each group of a list begins (general knowledge)."""


def _scale(
    key: str,
    title: str,
    lowest: str,
    highest: str,
    *bands: tuple[str, str],
    places: int = 0,
    youngest: int = 0,
) -> Scale:
    return Scale(
        key=key, title=title, lowest=Decimal(lowest), highest=Decimal(highest), places=places, youngest=youngest,
        bands=tuple((Decimal(start), name) for start, name in bands),
    )  # fmt: skip


SCALES: Mapping[str, Scale] = {
    scale.key: scale
    for scale in (
        _scale("cfs", "Clinical Frailty Scale", "1", "9",
               *((str(level), name) for level, name in CFS_GROUPS), youngest=65),
        _scale("efi", "Electronic frailty index", "0", "1",
               ("0", "fit"), ("0.12", "mild"), ("0.24", "moderate"), ("0.36", "severe"), places=4, youngest=65),
        _scale("efi2", "Electronic frailty index 2", "0", "1",
               ("0", "fit"), ("0.0857", "mild"), ("0.1624", "moderate"), ("0.2392", "severe"), places=4, youngest=65),
        _scale("hfrs", "Hospital Frailty Risk Score", "0", str(Decimal(HOSPITAL_FRAILTY.most) / HOSPITAL_FRAILTY.scale),
               ("0", "low"), ("5", "intermediate"), ("15.1", "high"), places=1, youngest=75),
        _scale("4at", "4AT", "0", "12",
               ("0", "delirium unlikely"), ("1", "possible cognitive impairment"), ("4", "possible delirium")),
        _scale("amt", "Abbreviated Mental Test", "0", "10", ("0", "cognitive impairment likely"), ("8", "normal")),
        _scale("6cit", "6-item Cognitive Impairment Test", "0", "28",
               ("0", "normal"), ("8", "mild cognitive impairment"), ("10", "cognitive impairment")),
        _scale("must", "Malnutrition Universal Screening Tool", "0", "6",
               ("0", "low risk"), ("1", "medium risk"), ("2", "high risk")),
        _scale("waterlow", "Waterlow", "0", "64",
               ("0", "not at risk"), ("10", "at risk"), ("15", "high risk"), ("20", "very high risk")),
        _scale("falls-risk", "Falls Risk Assessment Tool", "0", "5", ("0", "lower risk"), ("3", "higher risk")),
        _scale("barthel", "Barthel index", "0", "20"),
        _scale("eq5d", "EQ-5D index", "-0.594", "1", places=3),
        _scale("ipos", "Integrated Palliative care Outcome Scale", "0", "68"),
        _scale("loneliness", "Three-item loneliness scale", "3", "9", ("3", "not lonely"), ("6", "lonely")),
    )
}  # fmt: skip
"""Every scale that the register holds, by its key."""

_EFI2_OF_TWO_PLACES = ((Decimal("0.24"), "severe"), (Decimal("0.16"), "moderate"), (Decimal("0.09"), "mild"))


def scale_named(key: str) -> Scale:
    """The scale of that key; ScaleError if there is none."""
    if key not in SCALES:
        raise ScaleError(f"There is no scale called {key}. The scales are: {', '.join(SCALES)}.")
    return SCALES[key]


def reading(key: str, value: Value, *, age: int | None, two_places: bool = False) -> Reading:
    """A value on its scale. ScaleError for one that it cannot have.

    age: in years on the day of the score; None: not known. Below the age that a scale is meant for a value is kept, but
    called nothing. two_places: it came rounded to two decimals, so that the bands of eFI2 begin at 0.09, 0.16 and
    0.24. Those of the eFI begin at their cut-points either way: a rounded 0.36 may be 13 of 36, which is severe.
    """
    scale, number = scale_named(key), Decimal(value)
    _can_be(scale, number)
    if age is None and scale.youngest:
        return Reading(scale=scale, value=number, band="", doubt="the age is not known")
    if age is not None and age < scale.youngest:
        doubt = f"meant from the age of {scale.youngest}, and the person was {age}"
        return Reading(scale=scale, value=number, band="", doubt=doubt)
    return Reading(scale=scale, value=number, band=_band(scale, number, two_places), doubt="")


def reading_of_deficits(deficits: int, *, age: int | None) -> Reading:
    """The eFI of so many of the 36 deficits: the count decides, wherever it is known. ScaleError outside 0 to 36."""
    if not 0 <= deficits <= DEFICITS:
        raise ScaleError(f"The eFI counts 0 to {DEFICITS} deficits, and {deficits} is none of them.")
    found = reading("efi", (Decimal(deficits) / DEFICITS).quantize(Decimal("0.0001")), age=age)
    if found.doubt:
        return found
    band = [each.name for each in ELECTRONIC_FRAILTY.bands if deficits >= each.at_least][-1]
    return Reading(scale=found.scale, value=found.value, band=band, doubt="")


def cfs_name(level: int) -> str:
    """The name of a level of the Clinical Frailty Scale; ScaleError outside 1 to 9."""
    _can_be(SCALES["cfs"], Decimal(level))
    return CFS_NAMES[level]


def yearly_risk(efi2: Value) -> float:
    """About how likely the composite outcome of eFI2 is within a year, from 0 to 1. Source: eFI2 research code."""
    _can_be(SCALES["efi2"], Decimal(efi2))
    return min(1.0, 0.0151 * exp(8.429 * float(efi2)))


def trends(scores: Iterable[Scored]) -> Mapping[tuple[str, str], tuple[Scored, ...]]:
    """Scores that may be drawn as one line: of one scale and version, by day. eFI and eFI2 never share one."""
    lines: dict[tuple[str, str], list[Scored]] = {}
    for each in sorted(scores, key=lambda each: (each.scale, each.version, each.on, each.value)):
        lines.setdefault((each.scale, each.version), []).append(each)
    return {line: tuple(found) for line, found in lines.items()}


def _can_be(scale: Scale, value: Decimal) -> None:
    what = f"a number with at most {scale.places} decimals" if scale.places else "a whole number"
    if (
        not value.is_finite()
        or not scale.lowest <= value <= scale.highest
        or value != round(value, scale.places)
    ):
        raise ScaleError(
            f"{scale.title} is {what} from {scale.lowest} to {scale.highest}, and {value} is none."
        )


def _band(scale: Scale, value: Decimal, two_places: bool) -> str:
    if scale.key == "efi":
        return band_of_share(float(value)).name
    if scale.key == "efi2" and two_places:
        return next((name for start, name in _EFI2_OF_TWO_PLACES if value >= start), "fit")
    return next((name for start, name in reversed(scale.bands) if value >= start), "")
