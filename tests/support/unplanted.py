"""The maker of synthetic systems with nothing planted in it, in a process of its own: what is planted are constants.

`python -m support.unplanted FOLDER RESIDENTS YEARS SEED`, from the tests' folder. The same draws are made, but nobody's
care differs by them, no practice is unusual, and all fifths live equally long.
"""

import sys
from pathlib import Path

import numpy as np

from stewardship.synthetic import mortality
from stewardship.synthetic.cancer import backlog, case_finding
from stewardship.synthetic.care import medications
from stewardship.synthetic.health import conditions
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.synthesise import synthesise
from stewardship.synthetic.use import rates, spells
from support.made_records import LAST_DAY

YEARS_OF_LIFE = {"M": 79.0, "F": 83.0}


def plant_nothing() -> None:
    """Every factor at 1, and one life expectancy for all fifths. Holds for this whole process."""
    medications.UNUSUAL_FACTOR = 1.0
    backlog.LOST, case_finding.LESS_OFTEN = 0.0, 1.0
    conditions.UNDER_SERVED_TIMES = 1.0
    rates.UNDER_SERVED_SHARE = spells.UNDER_SERVED_SHARE = 1.0
    alike, of_a_fifth = mortality.published("life_expectancy"), mortality.published("mortality")
    told = {"life_expectancy": [row | {sex: str(y) for sex, y in YEARS_OF_LIFE.items()} for row in alike]}
    told["mortality"] = [row | _mean(row) for row in of_a_fifth]
    mortality.published = lambda name: told[name]


def _mean(row: dict[str, str]) -> dict[str, str]:
    fifths = [name for name in row if name.startswith("fifth_")]
    return dict.fromkeys(fifths, str(np.mean([float(row[name]) for name in fifths])))


if __name__ == "__main__":
    into, residents, years, seed = sys.argv[1:]
    plant_nothing()
    synthesise(Plan(int(residents), int(years), int(seed), LAST_DAY), Path(into), threads=2)
