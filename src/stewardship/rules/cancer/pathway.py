"""The dated facts of one pathway, as the rules read them. Who it is about is not among them.

A date later than the day that a pathway is judged on is a booked one: it has not happened yet, and gives the
will-be values. So one record can be judged on any day of its past.
"""

from dataclasses import dataclass
from datetime import date

from stewardship.rules.cancer.codes import Leaving, Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """One decision to treat and what came of it; codes as in `codes`, empty where not recorded.

    `decided` is the decision to treat, or the earliest clinically appropriate date. The pause is from the declined
    offer to the day the person is available again. `provider` is that of the treatment (a trust's or a site's code).
    """

    decided: date | None = None
    started: date | None = None
    event_type: str = ""
    modality: str = ""
    care_setting: str = ""
    pause_from: date | None = None
    pause_to: date | None = None
    pause_reason: str = ""
    provider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """What happened, or is booked to happen, to one referral and one of its treatments; None or empty is not recorded.

    - `received`: receipt of the referral. `upgraded`: the consultant's upgrade.
    - `missed`: the first appointment that was not attended, without notice. `rebooked`: the day a new one was made.
    - `told`: the day the 28-day pathway ended: told, or excluded; `end_reason` as in `EndReason`.
    - `transferred`: receipt of the minimum dataset by the treating provider. `investigating_provider`: the accountable
      one of those that investigated. Providers are codes of trusts or of their sites.
    - `left`: the day somebody left the pathway without treatment, and `left_because`.
    - `diagnosis`: ICD-10. `basal_cell`: a carcinoma of basal cells, which is not counted.

    Further treatments of the same referral are judged as pathways of their own, with no route.
    """

    route: Route = Route.NONE
    referral_type: str = ""
    received: date | None = None
    upgraded: date | None = None
    upgrade_provider: str = ""
    missed: date | None = None
    rebooked: date | None = None
    first_seen: date | None = None
    first_seen_provider: str = ""
    told: date | None = None
    end_reason: str = ""
    exclusion_reason: str = ""
    left: date | None = None
    left_because: Leaving = Leaving.OTHER
    diagnosis: str = ""
    basal_cell: bool = False
    investigating_provider: str = ""
    transferred: date | None = None
    treatment: Treatment | None = None
