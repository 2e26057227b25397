"""Prostate case finding as a primary care programme sends it: who was invited, and how far each went.

Source: targeted prostate health checks (BJUI Compass 2024): of 1,549 invited 544 consented, 485 were tested, 68 had a
raised result and 18 had cancer. Black men consent less often here: that is planted, so that figures have it to find.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import days, identifiers, nhs_numbers
from stewardship.synthetic.lives import ETHNIC_CATEGORIES, NEVER, Days, Flags, People, Plan
from stewardship.synthetic.truth import Planted

INVITED = 0.5  # of those who may be, in the last year told
CONSENTED, TESTED, RAISED, REFERRED, FOUND = 544 / 1549, 485 / 544, 68 / 485, 0.95, 18 / 68
LESS_OFTEN = 0.6  # times as often do Black men consent
AGES, FROM_IF_BLACK = (50, 70), 45
BLACK = tuple(ETHNIC_CATEGORIES.index(code) for code in ("M", "N", "P"))
YEAR, LONGEST = 365, 120  # days: of inviting, and to the end of the last step


NAMES = ("InvitedDate", "ConsentedDate", "TestedDate", "RaisedDate", "ReferredDate", "FoundDate")


def case_finding(plan: Plan, people: People) -> tuple[Days, pa.Table]:
    """The day each row is sent by, and the rows: one a man invited in the last year told."""
    who, known = _days(plan, people, LESS_OFTEN)
    rows = pa.table({
        "CaseFindingID": identifiers(people.batch, len(who)),
        "NHSNumber": nhs_numbers(people.number[who]),
        **{name: days(day) for name, day in zip(NAMES, known, strict=True)},
    })  # fmt: skip
    return np.maximum(known[0], plan.first).astype(np.int32), rows


def planted_gap(plan: Plan, people: People) -> Planted:
    """What was planted: how many consented, and how many would have, did all consent alike."""
    who, made = _days(plan, people, LESS_OFTEN)
    _, alike = _days(plan, people, 1.0)
    black = np.isin(people.ethnicity, BLACK)[who]

    def counted(of: Flags) -> dict[str, int]:
        return {"Black": int((of & black).sum()), "others": int((of & ~black).sum())}

    return Planted(
        key="prostate-case-finding",
        words="Fewer of the Black men who are invited to prostate case finding consent to be tested.",
        parameters={"consent": round(CONSENTED, 4), "of_black_men_times": LESS_OFTEN},
        where=[],
        who="Black men invited to prostate case finding",
        when="the last year told",
        realised={
            "invited": counted(np.ones(len(who), bool)),
            "consented": counted(made[1] < NEVER),
            "consented_without_it": counted(alike[1] < NEVER),
        },
        check="In the files of case finding, rows with a ConsentedDate among all rows of Black men, and of others.",
    )  # fmt: skip


def _days(plan: Plan, people: People, less_often: float) -> tuple[npt.NDArray[np.int64], list[Days]]:
    """Who is invited, and the day of each step of theirs that has come by the last day."""
    random = stream(plan.seed, people.batch, "prostate case finding")
    black = np.isin(people.ethnicity, BLACK)
    chosen = random.random(len(people)) < INVITED
    invited_on = plan.last - random.integers(0, YEAR, len(people))
    share = random.random((5, len(people)))
    steps = np.cumsum(random.integers(3, LONGEST // 5, (5, len(people))), axis=0)
    who = np.flatnonzero(chosen & _eligible(plan, people, black))
    likely = (np.where(black, less_often, 1.0) * CONSENTED, TESTED, RAISED, REFERRED, FOUND)
    gone_on: Flags = np.cumprod([share[n] < likely[n] for n in range(5)], axis=0).astype(bool)
    dates = [invited_on, *(np.where(gone_on[n], invited_on + steps[n], NEVER) for n in range(5))]
    return who, [np.where(day > plan.last, NEVER, day)[who].astype(np.int32) for day in dates]


def _eligible(plan: Plan, people: People, black: Flags) -> Flags:
    """Men of the ages, registered all of the last year."""
    age = people.age(plan.last)
    lowest = np.where(black, FROM_IF_BLACK, AGES[0])
    there = (people.start <= plan.last - YEAR) & (people.end == NEVER) & (people.death == NEVER)
    return np.asarray(~people.female & (age >= lowest) & (age <= AGES[1]) & there)
