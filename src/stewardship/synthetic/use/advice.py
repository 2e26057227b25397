"""Calls to the advice line about people with frailty."""

import numpy as np
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers
from stewardship.synthetic.lives import Flags
from stewardship.synthetic.use.changes import Crises
from stewardship.synthetic.use.columns import Columns, picked, unit_cost
from stewardship.synthetic.use.emergencies import PREVENTED_BY_ADVICE, Emergencies
from stewardship.synthetic.use.rates import Expected
from stewardship.synthetic.use.times import Positions

# Who calls: British Geriatrics Society abstract on the hotline in Mid and South Essex; the rest shared out.
_CALLERS = (
    "Urgent community response", "GP", "Care home", "Ambulance", "Community hospital", "Hospice",
    "Emergency department",
)  # fmt: skip
_CALLER_SHARES = (0.72, 0.092, 0.08, 0.04, 0.03, 0.018, 0.02)
_REASONS = (
    "Falls", "Breathlessness or chest infection", "Urinary infection or confusion", "Delirium", "Dehydration",
    "Heart failure", "Pain", "Reduced mobility", "Abnormal bloods", "End of life", "Catheter", "Other",
)  # fmt: skip
_REASON_SHARES = (0.17, 0.19, 0.13, 0.09, 0.06, 0.07, 0.05, 0.07, 0.06, 0.05, 0.02, 0.04)
_INTENTIONS = ("Convey", "Admit", "Emergency department", "Same-day emergency care", "Stay with GP", "Unsure")
_INTENDED = (
    (0.10, 0.10, 0.08, 0.08, 0.34, 0.30),
    (0.34, 0.26, 0.14, 0.06, 0.05, 0.15),
)  # the second: to be admitted
_ADVICE = (
    "Stay at home with plan", "Start treatment at home", "Virtual ward", "Urgent community response",
    "Medication change", "Tests", "Hospice or palliative care", "Same-day emergency care", "Emergency department",
    "Direct admission",
)  # fmt: skip
_HOME = (0.20, 0.15, 0.41, 0.08, 0.06, 0.04, 0.03, 0.03, 0.0, 0.0)
_IN = (0.08, 0.05, 0.12, 0.0, 0.0, 0.05, 0.02, 0.18, 0.30, 0.20)


def advice_line(
    expected: Expected, columns: Columns, crises: Crises, emergencies: Emergencies
) -> list[Extract]:
    """Calls of a batch, sent by their day."""
    rng = stream(expected.plan.seed, expected.people.batch, "calls for advice")
    called = np.flatnonzero(crises.called)
    who, day, admission = crises.who[called], crises.day[called], crises.admission[called]
    leading = admission >= 0
    admitted = leading & (emergencies.prevented[admission] != PREVENTED_BY_ADVICE)
    many = len(called)
    table = {
        "CallID": identifiers(expected.people.batch, many),
        "NHSNumber": columns.nhs_number(who),
        "CallDate": days(day),
        "CallerType": chosen(_CALLERS, picked(rng, _CALLER_SHARES, many)),
        "Reason": chosen(_REASONS, picked(rng, _REASON_SHARES, many)),
        "IntendedAction": chosen(_INTENTIONS, _either(rng, leading, *_INTENDED)),
        "AdviceType": chosen(_ADVICE, _either(rng, admitted, _HOME, _IN)),
        "CostPence": unit_cost("advice_line", many),
    }
    return [Extract("urgent-care", "advice-line", day, pa.table(table))]


def _either(
    rng: np.random.Generator, those: Flags, others: tuple[float, ...], of_those: tuple[float, ...]
) -> Positions:
    many = len(those)
    return np.where(those, picked(rng, of_those, many), picked(rng, others, many)).astype(np.int32)
