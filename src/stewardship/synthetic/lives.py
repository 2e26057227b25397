"""The residents of one batch: who they are, how ill, and how long each was there. Every array has one entry a person.

Days are whole days since 1 January 1970, as in Arrow's `date32`; NEVER is later than any of them.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

NEVER = 2**30
Whole = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]
Small = npt.NDArray[np.int16]
Share = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Plan:
    """What is asked for: residents registered on the last day, and the years of records that end with it."""

    residents: int
    years: int
    seed: int
    last_day: date

    @property
    def last(self) -> int:
        """The last day of all data."""
        return (self.last_day - date(1970, 1, 1)).days

    @property
    def first(self) -> int:
        """The first day of all events that are told; conditions and registrations go further back."""
        year = self.last_day.year - self.years
        start = (
            date(year, 3, 1)
            if (self.last_day.month, self.last_day.day) == (2, 29)
            else self.last_day.replace(year=year)
        )
        return (start - date(1970, 1, 1)).days + 1


@dataclass(frozen=True)
class People:
    """Who the people of a batch are.

    number: 1 and up over the whole system, never twice. batch: which batch this is. birth, start, end, death: days.
    start, end: first and last day registered within the system; end is NEVER for who is registered on the last day.
    death: NEVER for the living; who dies has end = death. area, practice: positions in the places' lists.
    fifth: of deprivation, 1 the most deprived. ethnicity: position in ETHNIC_CATEGORIES. household: 1 and up, over the
    whole system. care_home: lives in one.
    frailty: standard normal among the living of an age and sex; those who die have more of it. Illness and use rise
    with it.
    """

    batch: int
    number: Whole
    household: Whole
    birth: Days
    female: Flags
    ethnicity: Small
    area: Small
    fifth: Small
    practice: Small
    start: Days
    end: Days
    death: Days
    care_home: Flags
    frailty: Share

    def __len__(self) -> int:
        return len(self.number)

    def age(self, day: int | Days) -> Days:
        """Whole years of age on a day; below 0 before birth."""
        return np.asarray(np.floor((day - self.birth) / 365.25), dtype=np.int32)


# Ethnic categories as the NHS codes them (2001 census; Z not stated), in the order of `People.ethnicity`.
ETHNIC_CATEGORIES = ("A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "S", "Z")


@dataclass(frozen=True)
class Health:
    """What the people of a batch have.

    onset: for each condition, by its key, the day it is first recorded; NEVER where it is not. smoking: 0 never,
    1 used to, 2 does. deficits: of the 36 of the electronic frailty index, on the last day. body_mass_index: kg/m2.
    cause: underlying cause of death as an ICD-10 code without dot; empty for the living.
    """

    onset: dict[str, Days]
    smoking: Small
    deficits: Small
    body_mass_index: Share
    cause: npt.NDArray[np.str_]

    def has(self, condition: str, day: int | Days) -> Flags:
        """Who has the condition on a day."""
        return np.asarray(self.onset[condition] <= day)
