"""What is coded of a stay: diagnoses beside the first, from what the person has, and procedures."""

from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stewardship.synthetic.extracts import chosen
from stewardship.synthetic.lives import Days, Flags, Health, People
from stewardship.synthetic.use.conditions import since
from stewardship.synthetic.use.lists import rows
from stewardship.synthetic.use.reasons import reasons
from stewardship.synthetic.use.spells import KINDS
from stewardship.synthetic.use.times import Positions

DIAGNOSES, PROCEDURES = 12, 8
BANDS = (65, 80)
_DEPTH = {
    "emergency": 2.1, "elective": 1.85, "day_case": 1.6, "regular": 1.3, "maternity": 1.0, "birth": 0.1,
}  # fmt: skip
_CHILD = 0.35  # of the codes of an adult
_MORE_PROCEDURES = {
    "emergency": 0.6, "elective": 1.2, "day_case": 0.4, "regular": 0.3, "maternity": 0.5, "birth": 0.1,
}  # fmt: skip
# Sites, methods and imaging that are coded beside procedures, and X-rays and scans of who is not operated on.
BESIDE = ("Z942", "Y981", "Z943", "Y534", "U051", "U212", "Y973", "Y821", "U201", "Z286", "Y803", "X384")
Codes = npt.NDArray[np.int16]


@cache
def first_codes(column: str) -> tuple[pa.Array, Codes]:
    """Codes of all reasons of all kinds in one list, and where each kind begins in it."""
    of = [getattr(reasons(kind), column) for kind in KINDS]
    begins = np.cumsum([0, *(len(codes) for codes in of)])[:-1]
    return pa.array([code for codes in of for code in codes], pa.string()), begins.astype(np.int16)


def code_column(column: str, kind: Positions, reason: Positions, those: Flags | None = None) -> pa.Array:
    """A code of the reason of each stay; nothing but for `those`."""
    codes, begins = first_codes(column)
    index = begins[kind] + reason
    return chosen(codes, index if those is None else np.where(those, index, -1))


def secondary(
    rng: np.random.Generator, people: People, health: Health, kind: Positions, who: Positions, day: Days
) -> tuple[pa.Array, Codes]:
    """Diagnoses beside the first: the codes, and for each stay up to 11 positions among them in a row, -1 for none."""
    table = rows("codes")
    age = (day - people.birth[who]) / 365.25
    band = np.digitize(age, BANDS)
    depth = np.array([_DEPTH[each] for each in KINDS], dtype=np.float32)[kind] * np.where(age < 18, _CHILD, 1)
    frailty = np.clip(people.frailty[who], -2.5, 3).astype(np.float32)
    drawn = rng.random((len(table), len(who)), dtype=np.float32)
    for number, row in enumerate(table):
        share = np.array([float(row[name]) for name in ("under_65", "under_80", "from_80")])[band] * depth
        if float(row["frailty"]):
            share = share * np.exp(float(row["frailty"]) * frailty)
        if row["condition"]:
            share = share * (since(health, row["condition"])[who] <= day)
        if row["sex"]:
            share = share * (people.female[who] == (row["sex"] == "F"))
        drawn[number] = np.where(drawn[number] < share, drawn[number], 2.0)
    return pa.array([row["code"] for row in table], pa.string()), _first(drawn.T)


def _first(drawn: npt.NDArray[np.float32]) -> Codes:
    """Of each row, the positions of up to 11 that are below 2, in the order of what was drawn."""
    most = DIAGNOSES - 1
    order = np.argpartition(drawn, most, axis=1)[:, :most]
    of = np.take_along_axis(drawn, order, axis=1)
    again = np.argsort(of, axis=1)
    order = np.take_along_axis(order, again, axis=1).astype(np.int16)
    order[np.take_along_axis(of, again, axis=1) >= 2.0] = -1
    return np.asarray(order, dtype=np.int16)


def diagnosis_columns(
    first: pa.Array, external: pa.DictionaryArray, beside: tuple[pa.Array, Codes]
) -> dict[str, pa.Array]:
    """The twelve columns of diagnoses. The external cause of an injury comes second."""
    codes, positions = beside
    has_cause = external.is_valid().to_numpy(zero_copy_only=False)
    columns = {"DiagnosisICD_01": first}
    both = pa.concat_arrays([codes, external.dictionary.cast(pa.string())])
    causes = external.indices.fill_null(0).to_numpy() + len(codes)
    shifted = np.where(has_cause[:, None], np.column_stack([causes, positions[:, :-1]]), positions)
    for number in range(DIAGNOSES - 1):
        columns[f"DiagnosisICD_{number + 2:02}"] = chosen(both, shifted[:, number])
    return columns


def procedure_columns(
    rng: np.random.Generator, kind: Positions, reason: Positions, first_episode: Flags
) -> dict[str, pa.Array]:
    """The eight columns of procedures, without gaps: what was done in the first episode, then what goes with it."""
    own, begins = first_codes("procedure")
    further = first_codes("further")[0]
    every = pa.concat_arrays([own, further, pa.array(BESIDE, pa.string())])
    index = begins[kind] + reason
    done, beside = (codes.is_valid().to_numpy(zero_copy_only=False)[index] for codes in (own, further))
    more = rng.poisson(np.array([_MORE_PROCEDURES[each] for each in KINDS])[kind])
    start = rng.integers(0, len(BESIDE), len(kind))
    slots = np.full((len(kind), PROCEDURES), -1, dtype=np.int32)
    filled = np.zeros(len(kind), dtype=np.int64)
    for has, codes in ((done & first_episode, index), (beside & first_episode, index + len(own))):
        slots[np.flatnonzero(has), filled[has]] = codes[has]
        filled += has
    for step in range(PROCEDURES):
        has = (step < more) & (filled < PROCEDURES)
        slots[np.flatnonzero(has), filled[has]] = (len(own) + len(further) + (start + step) % len(BESIDE))[
            has
        ]
        filled += has
    return {f"ProcedureOPCS_{number + 1:02}": chosen(every, slots[:, number]) for number in range(PROCEDURES)}
