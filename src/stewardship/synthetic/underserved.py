"""The under-served group: more of every long-term condition than others like them, and less planned care."""

import numpy as np

from stewardship.synthetic.lives import ETHNIC_CATEGORIES, Flags, People

CATEGORIES = ("J", "K", "M", "N")  # Pakistani, Bangladeshi, Caribbean, African
FIFTHS = (1, 2)
WHO = "residents of the two most deprived fifths whose ethnic category is Pakistani, Bangladeshi, Caribbean or African"


def is_underserved(people: People) -> Flags:
    """Who belongs to the group."""
    categories = [ETHNIC_CATEGORIES.index(code) for code in CATEGORIES]
    return np.asarray(np.isin(people.ethnicity, categories) & np.isin(people.fifth, FIFTHS))
