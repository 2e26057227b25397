"""How likely people die, by age, sex and deprivation, so that life expectancy is as published in each fifth.

Rates by age are published for each fifth; each fifth's are multiplied by one number a sex, which brings its life
expectancy at birth to the published one.
"""

from functools import cache

import numpy as np

from stewardship.synthetic.lives import Days, Flags, Share, Small
from stewardship.synthetic.tables import published

BANDS = np.array([0, 1, *range(5, 95, 5)])
_OLDEST = 130
_FIFTHS = range(1, 6)


def life_expectancy(rates: Share) -> float:
    """Life expectancy at birth in years from yearly death rates in the bands 0, 1-4, 5-9 ... 85-89, 90 and over.

    Source: Chiang 1968, the abridged life table of ONS and Fingertips; who dies in the first year lives a tenth of it.
    """
    width = np.append(np.diff(BANDS), 1).astype(np.float64)
    lived = np.full(len(BANDS), 0.5)
    lived[0] = 0.1
    dying = width * rates / (1 + width * (1 - lived) * rates)
    dying[-1] = 1.0
    alive = np.concatenate([[1.0], np.cumprod(1 - dying)[:-1]])
    years = width * alive * (1 - dying) + lived * width * alive * dying
    years[-1] = alive[-1] / rates[-1]
    return float(years.sum())


def error_of_life_expectancy(deaths: Share, years: Share) -> float:
    """Standard error in years: of deaths and years lived in each band, as far as deaths in them are left to chance."""
    rates = np.maximum(deaths, 0.5) / np.maximum(years, 1e-9)
    found = life_expectancy(rates)
    bands = np.eye(len(rates))
    change = np.array([life_expectancy(rates * (1 + 0.01 * band)) for band in bands]) - found
    return float(np.sqrt(((change / 0.01) ** 2 / np.maximum(deaths, 0.5)).sum()))


def targets() -> Share:
    """Published life expectancy at birth by sex (1 women) and fifth, an array of 2 and 5."""
    rows = published("life_expectancy")
    return np.array([[float(row[sex]) for row in rows] for sex in "MF"])


@cache
def death_rates() -> Share:
    """Yearly death rates by sex (1 women), fifth and age band: an array of 2, 5 and 20."""
    rows = published("mortality")
    found = (
        np.array(
            [
                [[float(row[f"fifth_{fifth}"]) for row in rows if row["sex"] == sex] for fifth in _FIFTHS]
                for sex in "MF"
            ]
        )
        / 100_000
    )
    wanted = targets()
    for sex, fifth in np.ndindex(2, 5):
        found[sex, fifth] *= _factor(found[sex, fifth], float(wanted[sex, fifth]))
    return found


def _factor(rates: Share, wanted: float) -> float:
    """What rates are to be multiplied by for a life expectancy, by halving."""
    low, high = 0.25, 4.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if life_expectancy(rates * middle) > wanted else (low, middle)
    return (low + high) / 2


@cache
def _added_up() -> Share:
    """Deaths expected from birth to each whole year of age: an array of 2, 5 and 131."""
    band = np.searchsorted(BANDS, np.arange(_OLDEST), side="right") - 1
    yearly = death_rates()[:, :, band]
    return np.concatenate([np.zeros((2, 5, 1)), np.cumsum(yearly, axis=2)], axis=2)


def hazard_until(age: Share, female: Flags, fifth: Small) -> Share:
    """Deaths expected from birth to an exact age in years, as a cumulative hazard."""
    table = _added_up()
    whole = np.clip(np.floor(age), 0, _OLDEST - 1).astype(np.int64)
    sex, of = female.astype(np.int64), fifth.astype(np.int64) - 1
    low = table[sex, of, whole]
    return np.asarray(low + (table[sex, of, whole + 1] - low) * (age - whole))


def age_at(hazard: Share, female: Flags, fifth: Small) -> Share:
    """The exact age by which so many deaths are expected: the other way round."""
    table, found = _added_up(), np.empty(len(hazard))
    for sex, of in np.ndindex(2, 5):
        here = (female == bool(sex)) & (fifth == of + 1)
        found[here] = np.interp(hazard[here], table[sex, of], np.arange(_OLDEST + 1))
    return found


def band_of(age: Days) -> Small:
    """Position of an age in whole years among the bands of a life table."""
    return np.asarray(np.searchsorted(BANDS, age, side="right") - 1, dtype=np.int16)
