"""Figures after disclosure control: what is shown, and in which words the rest is not."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.differencing import Flags

HIDDEN_WORDS = "Hidden: small numbers"
MISSING_WORDS = "Not known"
CAUTION_WORDS = "Small numbers: rounding may move this by several points"
ROUNDED_TO = 5
CAUTION_UNDER = 50
NO_VALUE = int(np.iinfo(np.int64).min)

Counts = NDArray[np.int64]
Words = NDArray[np.object_]

SHOWN, SUPPRESSED, MISSING = 0, 1, 2
_STATES = np.array(["shown", "suppressed", "missing"], dtype=object)
_REASONS = np.array(["", HIDDEN_WORDS, MISSING_WORDS], dtype=object)


@dataclass(frozen=True)
class Controlled:
    """Counts, or pence, after control; one a row.

    value: rounded, NO_VALUE where it is not shown. code: 0 shown, 1 suppressed, 2 missing.
    """

    value: Counts
    code: NDArray[np.int8]

    @property
    def state(self) -> Words:
        """shown, suppressed or missing."""
        return _STATES[self.code]

    @property
    def reason(self) -> Words:
        """Why a value is not shown, in words for a page; '' where it is."""
        return _REASONS[self.code]

    @property
    def shown(self) -> Flags:
        """Where there is a value to show."""
        return np.equal(self.code, SHOWN).astype(np.bool_)

    @property
    def numbers(self) -> NDArray[np.float64]:
        """The values for arithmetic, NaN where not shown."""
        return np.where(self.shown, self.value, np.nan)


@dataclass(frozen=True)
class ControlledPair:
    """What a figure is divided from, after control. The figure may be shown where both are.

    numerator: people, events or pence; denominator: the people of the group. months: the numerator of everyone by
    month, where it is told: years x places x 12, flat.
    """

    numerator: Controlled
    denominator: Controlled
    months: Controlled | None = None

    @property
    def figure(self) -> NDArray[np.int8]:
        """State of the figure itself: 0 shown, 1 suppressed, 2 missing."""
        codes = self.numerator.code, self.denominator.code
        missing = (codes[0] == MISSING) | (codes[1] == MISSING)
        suppressed = (codes[0] == SUPPRESSED) | (codes[1] == SUPPRESSED)
        return np.select([suppressed, missing], [SUPPRESSED, MISSING], SHOWN).astype(np.int8)

    @property
    def state(self) -> Words:
        """State of the figure: shown, suppressed or missing."""
        return _STATES[self.figure]

    @property
    def reason(self) -> Words:
        """Why the figure is not shown, in words for a page; '' where it is."""
        return _REASONS[self.figure]

    @property
    def nothing(self) -> Flags:
        """Groups too small for anything about them to be shown."""
        return np.equal(self.denominator.code, SUPPRESSED).astype(np.bool_)

    @property
    def caution(self) -> Words:
        """Words beside a shown figure of fewer than 50 people after rounding, else ''."""
        few = self.denominator.shown & (self.denominator.value > 0) & (self.denominator.value < CAUTION_UNDER)
        words: Words = np.array(["", CAUTION_WORDS], dtype=object)
        return words[(few & self.numerator.shown).astype(np.int8)]


def rounded(values: Counts, to: int = ROUNDED_TO) -> Counts:
    """Whole numbers rounded to the nearest multiple, halves away from zero."""
    sign = np.where(values < 0, -1, 1)
    return (np.abs(values) + to // 2) // to * to * sign


def controlled(value: Counts, hidden: Flags, known: Flags) -> Controlled:
    """Values as they are shown, and which of them are not: hidden, or not known."""
    code = np.where(hidden, SUPPRESSED, np.where(known, SHOWN, MISSING)).astype(np.int8)
    return Controlled(np.where(code == SHOWN, value, NO_VALUE), code)
