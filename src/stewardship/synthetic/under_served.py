"""The under-served group: more of every long-term condition than others like them, and less planned care."""

from functools import cache

import numpy as np

from stewardship.synthetic.homes import category_shares_by_fifth
from stewardship.synthetic.lives import ETHNIC_CATEGORIES, Flags, People, Share

CATEGORIES = ("J", "K", "M", "N")  # Pakistani, Bangladeshi, Caribbean, African
FIFTHS = (1, 2)
WHO = "residents of the two most deprived fifths whose ethnic category is Pakistani, Bangladeshi, Caribbean or African"


def is_under_served(people: People) -> Flags:
    """Who belongs to the group."""
    categories = [ETHNIC_CATEGORIES.index(code) for code in CATEGORIES]
    return np.asarray(np.isin(people.ethnicity, categories) & np.isin(people.fifth, FIFTHS))


@cache
def under_served_shares() -> Share:
    """Share of the residents of each deprivation fifth who belong to the group."""
    shares = category_shares_by_fifth()[:, [ETHNIC_CATEGORIES.index(code) for code in CATEGORIES]].sum(axis=1)
    return np.where(np.isin(np.arange(1, 6), FIFTHS), shares, 0.0)
