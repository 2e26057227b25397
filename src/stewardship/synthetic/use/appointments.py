"""Appointments in general practice."""

import numpy as np
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers, numbers
from stewardship.synthetic.use.columns import Columns, picked, pounds
from stewardship.synthetic.use.rates import Expected

ATTENDED, NOT_ATTENDED = 0.90, 0.05  # of appointments; the others are cancelled. NHS England, 2023-24
WITH_GP = 0.46  # NHS England, appointments in general practice 2023-24
SAME_DAY = 0.44
MEAN_WAIT = 9.0  # days, of those not seen on the same day


def appointments(expected: Expected, columns: Columns) -> list[Extract]:
    """Appointments of a batch, sent by their own day; to those attended a practice's system applies a unit cost."""
    people = expected.people
    rng = stream(expected.plan.seed, people.batch, "appointments")
    found = expected.drawn(rng, "appointment")
    many = len(found)
    drawn = rng.random(many, dtype=np.float32)
    waited = rng.standard_exponential(many, dtype=np.float32) * np.float32(MEAN_WAIT)
    wait = np.where(rng.random(many, dtype=np.float32) < SAME_DAY, 0, waited.astype(np.int32) + 1)
    with_others = picked(rng, (WITH_GP, 1 - WITH_GP), many)
    pence = np.array([pounds()["gp"], pounds()["nurse"]])[with_others] * 100
    begin = np.maximum(people.start, people.birth)[found.who]
    table = pa.table(
        {
            "AppointmentID": identifiers(people.batch, many),
            "NHSNumber": columns.nhs_number(found.who),
            "PracticeCode": columns.practice(found.who),
            "BookedDate": days(np.maximum(found.day - wait, begin)),
            "StartDate": days(found.day),
            "Status": chosen(
                ["Attended", "Did not attend", "Cancelled"],
                (drawn >= ATTENDED).astype(np.int8) + (drawn >= ATTENDED + NOT_ATTENDED),
            ),
            "StaffGroup": chosen(["GP", "Other"], with_others),
            "CostPence": numbers(np.where(drawn < ATTENDED, pence, 0)),
        }
    )
    return [Extract("general-practice", "appointments", found.day, table)]
