"""The abridged life table of each group: Chiang's method II with Silcocks's variance.

Sources: Chiang 1984 (The life table and its applications); Silcocks, Jenner and Reza 2001 (Journal of
Epidemiology and Community Health 55:38); bands, guards and fractions as used for England's public health profiles.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import Array, Flags, Words, divide

LIFE_BAND_STARTS = (0, 1, *range(5, 95, 5))
LIFE_BANDS = ("0", "1-4", *(f"{start}-{start + 4}" for start in range(5, 90, 5)), "90+")
"""The 20 age bands of a life table: under one, 1 to 4, then five years each to 90 and over."""

FEWEST_PERSON_YEARS = 5000  # a life table of so many or fewer is not given
BORN = 100_000.0  # the imagined people who are followed from birth

_WIDTH = np.diff(np.array([*LIFE_BAND_STARTS, 95], np.float64))
_LIVED = np.array([0.1] + [0.5] * 19)  # of the band's years, by those who die in it


@dataclass(frozen=True)
class LifeTable:
    """The life table of each group, arrays of groups x the 20 bands; NaN throughout where there is a reason.

    dying: probability of dying in the band for those who enter it (q). variance: of that probability (Silcocks).
    alive: how many of 100,000 born enter the band (l). years: those that they live in it (L). remaining: years
    of life that one who enters it can expect (e). reason: one a group, '' where there is a table.
    """

    dying: Array
    variance: Array
    alive: Array
    years: Array
    remaining: Array
    reason: Words


def life_table(deaths: ArrayLike, population: ArrayLike) -> LifeTable:
    """The life table of each group.

    deaths, population: groups x the 20 bands of `LIFE_BANDS`; population in people, or in person-years where
    years are put together. With M = D/P, h the width of a band and a the part of it lived by those who die in it
    (0.1 under one year, else 0.5): q = M h / (1 + M h (1 - a)), at most 1, and 1 at 90 and over; l follows from
    100,000; L = h (l' + a (l - l')), and l/M at 90 and over; e is the sum of L from the band on, over l.
    var q = q^2 (1 - q) / D, 0 without deaths; at 90 and over 4 / (D M^2).

    No table, with the reason, where a number is not known or below 0, a band has nobody or more deaths than
    people, nobody died at 90 and over, or the person-years are 5,000 or fewer. Ages that nobody is expected to
    reach have NaN years of life remaining. Raises ValueError where there are not 20 bands.
    """
    d, p = np.asarray(deaths, np.float64), np.asarray(population, np.float64)
    if d.ndim != 2 or d.shape != p.shape or d.shape[1] != len(LIFE_BANDS):
        raise ValueError(
            f"The deaths and people of a life table have shapes {d.shape} and {p.shape}. "
            f"Give groups x {len(LIFE_BANDS)} bands: 0, 1-4, 5-9 to 85-89, 90+."
        )
    reason = _reasons(d, p)
    kept = (reason == "")[:, None]
    d, p = np.where(kept, d, np.nan), np.where(kept, p, np.nan)
    mortality = d / p
    exposed = mortality * _WIDTH
    dying = np.minimum(exposed / (1 + exposed * (1 - _LIVED)), 1)
    dying[:, -1] = np.where(kept[:, 0], 1, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.where(d == 0, 0, dying**2 * (1 - dying) / d)
        variance[:, -1] = 4 / (d[:, -1] * mortality[:, -1] ** 2)
    alive = np.empty_like(dying)
    alive[:, 0] = np.where(kept[:, 0], BORN, np.nan)
    np.cumprod(1 - dying[:, :-1], axis=1, out=alive[:, 1:])
    alive[:, 1:] *= BORN
    after = np.concatenate([alive[:, 1:], np.zeros((len(d), 1))], axis=1)
    years = _WIDTH * (after + _LIVED * (alive - after))
    years[:, -1] = alive[:, -1] / mortality[:, -1]
    return LifeTable(dying, variance, alive, years, divide(from_here_on(years), alive), reason)


def from_here_on(values: Array) -> Array:
    """Sums over this band and every older one."""
    return np.cumsum(values[:, ::-1], axis=1)[:, ::-1]


def variance_of_years(table: LifeTable, worth: ArrayLike = 1.0) -> Array:
    """The part of the variance of years remaining that comes of chance in who died, groups x bands.

    worth: what part of a year in each band counts (1 for years of life, the part in good health for years
    of good health). The sum over this band and older of var(q) l^2 ((1 - a) h w + e')^2, over l^2, with e' the years
    that count which remain at the next band; the last term is (l w / 2)^2 var.
    """
    counted = np.broadcast_to(np.asarray(worth, np.float64), table.years.shape)
    remaining = divide(from_here_on(table.years * counted), table.alive)
    after = np.concatenate([np.nan_to_num(remaining[:, 1:]), np.zeros((len(remaining), 1))], axis=1)
    lost = (1 - _LIVED) * _WIDTH * counted + after
    lost[:, -1] = counted[:, -1] / 2
    return divide(from_here_on(table.variance * (table.alive * lost) ** 2), table.alive**2)


def band_of_age(age: int) -> int:
    """The position of the band that starts at an age. Raises ValueError where none does."""
    if age not in LIFE_BAND_STARTS:
        raise ValueError(f"No band of a life table starts at {age}. Use 0, 1, or a multiple of 5 up to 90.")
    return LIFE_BAND_STARTS.index(age)


def _reasons(d: Array, p: Array) -> Words:
    reason = np.full(len(d), "", dtype=object)
    reason[p.sum(axis=1) <= FEWEST_PERSON_YEARS] = f"{FEWEST_PERSON_YEARS:,} person-years or fewer"
    reason[d[:, -1] == 0] = "no deaths at 90 and over"
    _name_band(reason, d > p, "more deaths than people in ages {}")
    _name_band(reason, p == 0, "no one in ages {}")
    reason[((d < 0) | (p < 0)).any(axis=1)] = "a count is below zero"
    reason[np.isnan(d).any(axis=1)] = "deaths not known"
    reason[np.isnan(p).any(axis=1)] = "population not known"
    return reason


def _name_band(reason: Words, wrong: Flags, words: str) -> None:
    groups = np.flatnonzero(wrong.any(axis=1))
    reason[groups] = [words.format(LIFE_BANDS[band]) for band in wrong[groups].argmax(axis=1)]
