"""Items prescribed: repeats of what a person's conditions call for, and what is issued now and then.

One practice prescribes strong opioids more often than it would: every item of theirs there is, with a known chance,
issued twice. What was added is counted, so that the excess is known to the item.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from stewardship.synthetic.care.courses import acute_rates, courses, items_expected, items_of
from stewardship.synthetic.care.medicines import COST_OF_AN_ITEM, ITEMS_A_YEAR, acute, medicines
from stewardship.synthetic.care.stays import Positions, stay_of
from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers, nhs_numbers, numbers
from stewardship.synthetic.lives import Days, Health, People, Plan, Share
from stewardship.synthetic.truth import Planted, Realised

UNUSUAL_CLASS = "040702"  # BNF section of opioid analgesics
UNUSUAL_FACTOR = 1.8  # items of that class in the unusual practice, times what they would be
PARTNER, KIND = "general-practice", "medications"


@dataclass(frozen=True)
class Prescribing:
    """Worked out once for a run. acute: times the relative rates of acute items; price: times the tables' prices."""

    acute: float
    price: float


def prescribing(plan: Plan, people: People, health: Health) -> Prescribing:
    """What makes items and their cost per head those published, worked out from a batch of any residents.

    Expected acute items fill what repeats leave of `ITEMS_A_YEAR`; prices are scaled to `COST_OF_AN_ITEM`.
    """
    stay = stay_of(plan, people)
    repeats = items_expected(plan, people, health, stay)
    number, price = repeats.sum(), (repeats * _prices(np.arange(len(repeats)))).sum()
    rates = acute_rates(people, stay) * stay.years
    wanted = ITEMS_A_YEAR * stay.years.sum() - number
    acutely = np.maximum(wanted, 0) / max(rates.sum(), 1e-9)
    offset = len(medicines()) - len(acute())
    price += acutely * (rates.sum(axis=1) * _prices(np.arange(offset, len(medicines())))).sum()
    return Prescribing(
        float(acutely), float(COST_OF_AN_ITEM * (number + acutely * rates.sum()) / max(price, 1e-9))
    )


def medications(
    plan: Plan, people: People, health: Health, set_to: Prescribing, unusual: int, code: str
) -> tuple[Extract, Planted]:
    """All items of a batch, and what was planted in them.

    unusual: position of the practice whose prescribing is unusual; code: its code.
    """
    stay = stay_of(plan, people)
    repeats = courses(plan, people, health, stay)
    who, day, medicine = items_of(plan, people, stay, repeats, set_to.acute)
    usual, again = _issued_again(plan, people, who, medicine, unusual)
    if len(again):
        who, medicine = np.concatenate([who, who[again]]), np.concatenate([medicine, medicine[again]])
        day = np.concatenate([day, day[again]])
    rows = _rows(people, who, day, medicine, set_to.price)
    return Extract(PARTNER, KIND, day, rows), _planted(code, usual, len(again))


def _rows(people: People, who: Positions, day: Days, medicine: Positions, price: float) -> pa.Table:
    known = medicines()
    quantity = np.array([each.quantity for each in known])
    pence = np.maximum(np.rint(_prices(np.arange(len(known))) * price), 1).astype(np.int64)
    return pa.table({
        "IssueID": identifiers(people.batch, len(who)),
        "NHSNumber": chosen(nhs_numbers(people.number), who),
        "IssueDate": days(day),
        "BNFCode": chosen([each.bnf for each in known], medicine),
        "Quantity": numbers(quantity[medicine]),
        "NetIngredientCostPence": numbers(pence[medicine]),
    })  # fmt: skip


def _prices(medicine: Positions) -> Share:
    return np.array([each.pence for each in medicines()], dtype=np.float64)[medicine]


def _issued_again(
    plan: Plan, people: People, who: Positions, medicine: Positions, practice: int
) -> tuple[int, Positions]:
    """How many items of the unusual class the unusual practice issues, and the positions of those it issues twice."""
    there = people.practice == practice
    if not there.any():
        return 0, np.zeros(0, dtype=np.int64)
    of_class = np.array([each.bnf.startswith(UNUSUAL_CLASS) for each in medicines()])
    found = np.flatnonzero(of_class[medicine] & there[who])
    drawn = stream(plan.seed, people.batch, "unusual prescribing").random(len(found))
    return len(found), found[drawn < UNUSUAL_FACTOR - 1]


def _planted(practice: str, usual: int, extra: int) -> Planted:
    return Planted(
        key="unusual-prescribing",
        words="One practice issues opioid analgesics more often than its residents' conditions call for.",
        parameters={"bnf_section": UNUSUAL_CLASS, "factor": UNUSUAL_FACTOR},
        where=[practice],
        who="everyone registered there",
        when="throughout",
        realised={"items_without_it": usual, "items_added": extra},
        check="Opioid items (BNF 0407 02) a resident of the practice, beside practices of like age and need.",
        finish=_factor,
    )


def _factor(sums: Mapping[str, Realised]) -> Mapping[str, Realised]:
    usual, added = sums["items_without_it"], sums["items_added"]
    assert isinstance(usual, int) and isinstance(added, int)
    return {"factor": round(1 + added / max(usual, 1), 3)}
