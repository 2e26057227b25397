"""Which provider a 62-day wait is counted for (R8), in halves of a patient.

Source: section 4 of docs/cancer-waiting-times.md; national cancer breach allocation guidance, 2016.
"""

import re
from typing import NamedTuple

from stewardship.rules.cancer.judgement import Allocation, Clock, Method, Result, Share, Why
from stewardship.rules.cancer.pathway import Pathway
from stewardship.rules.cancer.standards import Limits

SITE_OF_A_TRUST = re.compile(r"[A-Z0-9]{5,9}")
INVENTED_TRUST = re.compile(r"ZZT\d\d")
"""How the code of a trust of the synthetic system begins: there are two of them, and sites have two digits more."""


class Case(NamedTuple):
    """A row of the national table: patients and breaches of the investigating and of the treating provider."""

    number: int
    investigating: tuple[float, float]
    treating: tuple[float, float]


CASES = {
    (True, True, True): Case(1, (0.5, 0), (0.5, 0)),
    (True, True, False): Case(2, (0.5, 0), (0.5, 0)),
    (True, False, True): Case(3, (0, 0), (1, 0)),
    (False, True, False): Case(4, (0, 0), (1, 1)),
    (False, False, True): Case(5, (1, 1), (0, 0)),
    (False, False, False): Case(6, (0.5, 0.5), (0.5, 0.5)),
}
"""By whether the wait, the investigating and the treating phase were within their limits; no other three can be."""

STILL_OPEN = Allocation(Method.OPEN, (Why("R8", "shared out once the 62 days have ended"),))
NOT_COUNTED = Allocation(Method.NOT_APPLICABLE, (Why("R8", "no 62-day wait to share out"),))


def trust_of(provider: str) -> str:
    """The trust of a site's code: its first three characters. Anything that is no such code stands for itself."""
    if invented := INVENTED_TRUST.match(provider):
        return invented.group()
    return provider[:3] if SITE_OF_A_TRUST.fullmatch(provider) else provider


def allocate(pathway: Pathway, wait: Clock, limits: Limits) -> Allocation:
    """Share one patient, and a breach if it is one, over the provider that investigated and the one that treated.

    Where it is not known which provider is accountable for investigating, it is the one that upgraded, else the one
    that saw the person first; then, and where no transfer is recorded, each has half.
    """
    if wait.result is Result.OPEN:
        return STILL_OPEN
    if wait.result not in (Result.MET, Result.BREACH):
        return NOT_COUNTED
    breach = float(wait.result is Result.BREACH)
    treating = pathway.treatment.provider if pathway.treatment else ""
    known = pathway.investigating_provider
    investigating = known or pathway.upgrade_provider or pathway.first_seen_provider
    if not treating or not investigating or trust_of(treating) == trust_of(investigating):
        return _solo(investigating or treating, breach)
    if not known:
        return _shared(investigating, treating, breach, "the accountable investigating provider is not known")
    if pathway.transferred is None:
        return _shared(investigating, treating, breach, "no transfer is recorded")
    return _by_case(pathway, wait, limits, Providers(investigating, treating))


class Providers(NamedTuple):
    """The two providers of a pathway."""

    investigating: str
    treating: str


def _solo(provider: str, breach: float) -> Allocation:
    return Allocation(
        Method.SOLO,
        (Why("R8", "one provider"),),
        investigating=Share(provider, 1, breach),
        treating=Share(provider, 0, 0),
    )


def _shared(investigating: str, treating: str, breach: float, because: str) -> Allocation:
    return Allocation(
        Method.SHARED,
        (Why("R8", f"half each: {because}"),),
        investigating=Share(investigating, 0.5, breach / 2),
        treating=Share(treating, 0.5, breach / 2),
    )


def _by_case(pathway: Pathway, wait: Clock, limits: Limits, providers: Providers) -> Allocation:
    before, after = phases(pathway, wait)
    in_time = (wait.result is Result.MET, before <= limits.investigating, after <= limits.treating)
    case = CASES[in_time]
    words = (
        f"case {case.number}: {before} days of investigation (limit {limits.investigating}), "
        f"{after} of treatment (limit {limits.treating})"
    )
    return Allocation(
        Method.SIX_SCENARIO,
        (Why("R8", words),),
        case.number,
        Share(providers.investigating, *case.investigating),
        Share(providers.treating, *case.treating),
        before,
        after,
    )


def phases(pathway: Pathway, wait: Clock) -> tuple[int, int]:
    """Days of investigation and of treatment; they add up to the wait, and neither is below 0.

    The missed appointment comes off the first and the pause off the second, and what is more than a phase has off
    the other one.
    """
    assert wait.start is not None and wait.days is not None and pathway.transferred is not None
    missed = sum(each.days for each in wait.adjustments if each.why.rule == "R4")
    before = (pathway.transferred - wait.start).days - missed
    before = min(max(before, 0), wait.days)
    return before, wait.days - before
