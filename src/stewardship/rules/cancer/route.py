"""The route of a pathway from the coded fields of the upload record.

Source: table 2.1 of docs/cancer-waiting-times.md, from a cancer alliance's implementation of the published measures.
"""

from stewardship.rules.cancer.codes import BREAST_SYMPTOMS, SCREENING_PROGRAMME, Route

URGENT_SUSPECTED = "3"
URGENT = "2"


def route_of(*, priority: str, source_of_referral: str, referral_type: str, upgraded: bool) -> Route:
    """The route; NONE where the fields give none, which leaves 28 and 62 days out and keeps the 31 days."""
    if source_of_referral == SCREENING_PROGRAMME:
        return Route.SCREENING if priority == URGENT else Route.NONE
    if upgraded:
        return Route.UPGRADE
    if priority != URGENT_SUSPECTED:
        return Route.NONE
    return Route.BREAST_SYMPTOMATIC if referral_type == BREAST_SYMPTOMS else Route.URGENT
