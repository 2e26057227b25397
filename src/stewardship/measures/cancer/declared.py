"""Measures of waits on cancer pathways, as a care area declares them."""

from typing import Any

from stewardship.measures.measure import Measure
from stewardship.measures.schemes import NATIONAL_CANCER_WAITS
from stewardship.people.pathways import CancerPathways, WaitingOver, Which
from stewardship.rules.cancer.judgement import Standard


def share_of_pathways(
    name: str,
    *,
    standard: Standard,
    over_in_words: str,
    that: Which = "within",
    suspected: str = "",
    **card: Any,
) -> Measure:
    """Of the pathways that a standard counts in a year, the share within it, or on which cancer was ruled out.

    suspected: the code of the referral's cancer type, such as "08" for skin; empty: any.
    """
    part, whole = (CancerPathways(standard, each, suspected) for each in (that, "counted"))
    about = {"unit": "%", "per": 100, "scheme": NATIONAL_CANCER_WAITS, "over_in_words": over_in_words, **card}
    return Measure(name, "share of events", numerator=part, over=whole, **about)


def people_waiting(name: str, *, over_days: int, **card: Any) -> Measure:
    """How many people wait on an open cancer pathway for more than so many days, at the end of the year."""
    return Measure(name, "count", WaitingOver(over_days), **{"scheme": NATIONAL_CANCER_WAITS, **card})


def of_waits(measure: Measure) -> bool:
    """Whether a measure is about waits on cancer pathways, and counted from them alone."""
    return isinstance(measure.over, CancerPathways) or isinstance(measure.who, WaitingOver)
