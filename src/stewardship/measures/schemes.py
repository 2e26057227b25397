"""Schemes of disclosure control: which counts are hidden, and how the others are rounded.

Each measure declares its scheme; `disclosure.py` and `together.py` carry it out. A count that stands in
measures of several schemes follows the strictest of them in all, so that one cannot be laid over the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Scheme:
    """One scheme.

    name, version: as they stand with every figure. words: the rule in one sentence, for a page. largest_hidden:
    counts from 1 to this are hidden. rounded_to: the others are rounded to the nearest multiple of it; 1: as
    they are. few_of_many: whether a small number among many is hidden too, and all but a small number; without
    it only the people of the group are looked at. source: where the rule comes from, and how sure that is.
    """

    name: str
    version: str
    words: str
    largest_hidden: int
    rounded_to: int
    few_of_many: bool = True
    source: str = ""

    @property
    def fewest(self) -> int:
        """The smallest count above 0 that is shown."""
        return self.largest_hidden + 1

    @property
    def rounded_by(self) -> int:
        """How far a shown count may be from the true one."""
        return self.rounded_to // 2

    @property
    def in_words(self) -> str:
        """The rule with its name and version, as it stands beside a figure."""
        return f"{self.words} ({self.name}, version {self.version})"


HOSPITAL_STATISTICS = Scheme(
    name="hospital statistics rule",
    version="2",
    words="Counts of 1 to 7 are hidden and others rounded to 5; only the whole system's headline count of people "
    "is exact",
    largest_hidden=7,
    rounded_to=5,
    source="NHS England, Hospital Episode Statistics disclosure control below national level. Here at every level, "
    "with secondary suppression, because rounding alone gives some hidden counts away.",
)
"""The rule of every measure that declares no other."""

SENSITIVE = Scheme(
    name="sensitive topics rule",
    version="1",
    words="Counts of 1 to 9 are hidden and others rounded to 5",
    largest_hidden=9,
    rounded_to=5,
    source="Public health profiles hide counts under 10 where the topic is sensitive, with secondary suppression "
    "(general knowledge). Rounding is added.",
)
"""For topics that harm a person if they become known, such as abortion, HIV, abuse or suicide."""

NATIONAL_CANCER_WAITS = Scheme(
    name="national cancer waits rule",
    version="1",
    words="Counts are exact, as in the national cancer waiting times statistics; groups of fewer than 20 people "
    "are hidden",
    largest_hidden=19,
    rounded_to=1,
    few_of_many=False,
    source="England's monthly cancer waiting times statistics publish each provider's counts as they are (general "
    "knowledge, to be verified); Northern Ireland's do not show groups under 20. The stricter of the two "
    "for groups, because a system's figures are of smaller places than the national ones.",
)
"""For figures that stand beside the national cancer waiting times statistics, and have to agree with them."""

ORGANISATIONS_MONEY = Scheme(
    name="organisations' money rule",
    version="1",
    words="Spending in organisations' ledgers is about no person: it is rounded to £1,000, and none of it is hidden",
    largest_hidden=0,
    rounded_to=1,
    few_of_many=False,
    source="Ledgers hold no person and no count of people. Their money is rounded as all other money is here.",
)
"""For money that no resident stands behind; nothing of people follows it."""

PUBLISHED_ALREADY = Scheme(
    name="published figures rule",
    version="1",
    words="Figures that somebody else has published stand as they were published: they are public already",
    largest_hidden=0,
    rounded_to=1,
    few_of_many=False,
    source="Whoever publishes a figure has controlled what it may tell; no count behind it is known here.",
)
"""For figures of other publishers; nothing that is counted here follows it."""

LIFE_TABLES = Scheme(
    name="life tables rule",
    version="1",
    words="No count of a life table is shown. Years of life are rounded so that one death more or less, at whatever "
    "age, moves them by less than the step: to a tenth of a year, a half or a whole one. They are hidden where that is "
    "not so, and where fewer than 100 people died, in the group or among all others of the place",
    largest_hidden=0,
    rounded_to=1,
    few_of_many=False,
    source="The rule is the project's own; see docs/decisions/0034.",
)
"""For life expectancy, which no single count can be worked back from."""

SCHEMES = (HOSPITAL_STATISTICS, SENSITIVE, NATIONAL_CANCER_WAITS)


def strictest(schemes: Iterable[Scheme]) -> Scheme:
    """The scheme that a count follows which stands under several: rounded before exact, then what hides most."""
    return max(schemes, key=lambda scheme: (scheme.rounded_to, scheme.largest_hidden))
