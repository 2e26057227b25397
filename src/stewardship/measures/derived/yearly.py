"""The yearly pattern of months: winters that come every year are no change."""

import numpy as np
from scipy.special import betaincc

from stewardship.measures.derived.shown import Flags, Numbers

YEARS_OF_A_PATTERN = 3
BY_CHANCE = 0.001  # how often chance alone would make as much of a pattern


def yearly_pattern(count: Numbers) -> Numbers:
    """By how much each month usually differs from its year's mean; 0 throughout a series where no pattern can be told.

    count: series x months, known in an unbroken row up to the last, NaN before. Whole years up to the last month are
    set side by side, at least three. A series that rises or falls all the time, or once at the turn of a year, has no
    yearly pattern: of what is found with and without a slope through the years, the less counts.
    """
    pattern, months = np.zeros(count.shape), count.shape[1]
    whole_years = np.sum(~np.isnan(count), axis=1) // 12
    for years in range(YEARS_OF_A_PATTERN, months // 12 + 1):
        rows = np.flatnonzero(whole_years == years)
        blocks = count[rows, months - 12 * years :].reshape(len(rows), years, 12)
        mean = blocks.mean(axis=2)
        level = blocks - mean[..., None]
        usual, told = _usual_year(level)
        other, also = _usual_year(level - _slope(mean)[:, None, None] * (np.arange(12) - 5.5))
        less = np.sum(other**2, axis=1) < np.sum(usual**2, axis=1)
        both = told & also
        pattern[rows[both]] = np.where(less[:, None], other, usual)[both][
            :, (np.arange(months) - months) % 12
        ]
    return pattern


def _usual_year(blocks: Numbers) -> tuple[Numbers, Flags]:
    """The mean of each calendar month of blocks, series x years x 12, and whether it is more than chance makes.

    F of the calendar months over what is left: two-way analysis of variance without replication (Fisher 1925).
    """
    years, usual = blocks.shape[1], blocks.mean(axis=1)
    explained, whole = years * np.sum(usual**2, axis=1), np.sum(blocks**2, axis=(1, 2))
    share = np.divide(explained, whole, out=np.zeros(len(blocks)), where=whole > 0)
    # the same as F, and known where the pattern explains all: a share of squares is of the beta distribution
    return usual, betaincc(11 / 2, 11 * (years - 1) / 2, np.minimum(share, 1)) < BY_CHANCE


def _slope(mean: Numbers) -> Numbers:
    """By how much the means of years, series x years, rise from month to month."""
    year = np.arange(mean.shape[1]) - (mean.shape[1] - 1) / 2
    return np.asarray((mean * year).sum(axis=1) / np.sum(year**2) / 12)
