"""Who the residents are and what they have, beside what is published: counted batch by batch, then compared.

Counted of the residents themselves, from whom the rows of registers, addresses and deaths are made.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stewardship.synthetic.compared import Compared
from stewardship.synthetic.health.conditions import CONDITIONS, shares_of
from stewardship.synthetic.health.consequences import first_of
from stewardship.synthetic.homes import GROUPS, category_shares_by_fifth, groups_of_categories
from stewardship.synthetic.lives import NEVER, Days, Flags, Health, People, Plan, Share
from stewardship.synthetic.mortality import life_expectancy, targets
from stewardship.synthetic.places import fifth_shares
from stewardship.synthetic.planted_lives import deaths_and_years
from stewardship.synthetic.population import population_shares
from stewardship.synthetic.tables import published, source_of

REGISTERS, BY_AGE, LIVES, PEOPLE = "Registers", "Registers by age", "Life expectancy", "Residents"
WITHIN, WITHIN_BAND, WITHIN_YEARS, WITHIN_PEOPLE = 0.05, 0.10, 0.5, 0.03
AGE_BANDS = ((0, 17), (18, 39), (40, 59), (60, 74), (75, 110))
LEAST_OF_A_BAND = 0.003  # of residents: below it, chance alone takes a register by age beyond what is allowed
_LARGEST_HOUSEHOLD = 6
_NAMES = {"copd": "COPD", "stroke_and_tia": "Stroke and TIA"}
_AGES = 111
_Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CountedLives:
    """Counts of residents of the last day, which add up over batches.

    residents: by sex (1 women), fifth and age. registers: of each register, by age. ethnicity: by category.
    households: of one person, two ... six and over; care homes apart. deaths, years: by sex, fifth and age band.
    """

    residents: _Counts
    registers: Mapping[str, _Counts]
    ethnicity: _Counts
    households: _Counts
    deaths: Share
    years: Share

    def __add__(self, other: "CountedLives") -> "CountedLives":
        """Both counted together."""
        return CountedLives(
            self.residents + other.residents,
            {key: of + other.registers[key] for key, of in self.registers.items()},
            self.ethnicity + other.ethnicity,
            self.households + other.households,
            self.deaths + other.deaths,
            self.years + other.years,
        )


def count_lives(plan: Plan, people: People, health: Health) -> CountedLives:
    """A batch counted."""
    here = people.end == NEVER
    age = np.clip(people.age(plan.last), 0, _AGES - 1)
    cell = (people.female.astype(np.int64) * 5 + people.fifth - 1) * _AGES + age
    sizes = np.unique(people.household[here & ~people.care_home], return_counts=True)[1]
    deaths, years = deaths_and_years(plan, people)
    return CountedLives(
        residents=np.bincount(cell[here], minlength=10 * _AGES).reshape(2, 5, _AGES),
        registers={
            row["register"]: np.bincount(age[here & _on(row["register"], plan, health)], minlength=_AGES)
            for row in published("registers")
        },
        ethnicity=np.bincount(people.ethnicity[here], minlength=17),
        households=np.bincount(np.minimum(sizes, _LARGEST_HOUSEHOLD), minlength=_LARGEST_HOUSEHOLD + 1)[1:],
        deaths=deaths,
        years=years,
    )


def _on(register: str, plan: Plan, health: Health) -> Flags:
    """Who is on a register on the last day."""
    if register == "smoking":
        return np.asarray(health.smoking == 2)
    has = np.asarray(_since(register, health) <= plan.last)
    if register == "non_diabetic_hyperglycaemia":
        has &= _since("diabetes", health) > plan.last
    return has


def _since(register: str, health: Health) -> Days:
    if register == "stroke_and_tia":
        return np.minimum(health.onset["stroke"], health.onset["transient_ischaemic_attack"])
    return first_of(health.onset, register)


def compare_lives(counted: CountedLives) -> list[Compared]:
    """What was counted beside what is published."""
    return [*_registers(counted), *_by_age(counted), *_expectancies(counted), *_residents(counted)]


def _registers(counted: CountedLives) -> list[Compared]:
    by_age = counted.residents.sum(axis=(0, 1))
    rows = []
    for row in published("registers"):
        youngest, name = int(row["youngest"]), _name(row["register"])
        share = counted.registers[row["register"]][youngest:].sum() / by_age[youngest:].sum()
        figure = f"{name}, % of {youngest} and over" if youngest else f"{name}, % of all"
        made = 100 * float(share)
        rows.append(
            Compared(REGISTERS, figure, float(row["per_cent"]), made, WITHIN, True, _of(row["source"]))
        )
    return rows


def _by_age(counted: CountedLives) -> list[Compared]:
    """Registers of one condition by age beside the shares they were drawn by, where enough people are expected."""
    people, residents = population_shares(), counted.residents.sum(axis=(0, 1))
    of_age = people.sum(axis=(0, 1))
    rows = []
    for key in (row["register"] for row in published("registers") if row["register"] in CONDITIONS):
        expected = (shares_of(key) * people).sum(axis=(0, 1)) / np.maximum(of_age, 1e-12)
        for youngest, oldest in AGE_BANDS:
            band = slice(max(youngest, CONDITIONS[key].youngest), oldest + 1)
            if (expected[band] * of_age[band]).sum() < LEAST_OF_A_BAND:
                continue
            wanted = float((expected[band] * residents[band]).sum())
            here = residents[band].sum()
            of = f"{band.start} to {oldest}" if oldest < AGE_BANDS[-1][1] else f"{band.start} and over"
            figure = f"{_name(key)}, % of {of}"
            made = 100 * float(counted.registers[key][band].sum() / here)
            asked = 100 * wanted / float(here)
            rows.append(Compared(BY_AGE, figure, asked, made, WITHIN_BAND, True, _SHAPES, asked_for=True))
    return rows


_SHAPES = "Not published: the register as above, in a shape by age that is general knowledge (published/conditions.csv)"


def _expectancies(counted: CountedLives) -> list[Compared]:
    rates = counted.deaths / np.maximum(counted.years, 1e-9)
    source = source_of("life_expectancy").rpartition("Source: ")[2]
    return [
        Compared(
            LIVES, f"{name} of fifth {fifth + 1}{' (most deprived)' * (fifth == 0)}, years at birth",
            float(targets()[sex, fifth]), life_expectancy(rates[sex, fifth]), WITHIN_YEARS, False, source,
        )
        for sex, name in enumerate(("Men", "Women"))
        for fifth in range(5)
    ]  # fmt: skip


def _residents(counted: CountedLives) -> list[Compared]:
    people = population_shares()
    total = counted.residents.sum()
    ages, area, census = (_source(name) for name in ("age_structure", "deprivation", "ethnic_groups"))
    shares = [
        *(
            (f"{low} to {high}" if high < 110 else f"{low} and over", people[:, :, low : high + 1].sum(),
             counted.residents[:, :, low : high + 1].sum() / total, ages)
            for low, high in AGE_BANDS
        ),
        ("women", people[1].sum(), counted.residents[1].sum() / total, ages),
        *(
            (f"fifth {fifth + 1}", fifth_shares()[fifth], counted.residents[:, fifth].sum() / total, area)
            for fifth in range(5)
        ),
        *_ethnic_groups(counted, census),
    ]  # fmt: skip
    rows = [
        Compared(
            PEOPLE,
            f"{name}, % of residents",
            100 * float(share),
            100 * float(made),
            _allowed(name),
            True,
            source,
        )
        for name, share, made, source in shares
    ]
    return [*rows, *_households(counted)]


def _allowed(name: str) -> float:
    if name in GROUPS and name != "White":
        return 0.10
    return 0.05 if name.startswith("fifth") else WITHIN_PEOPLE


def _ethnic_groups(counted: CountedLives, source: str) -> list[tuple[str, float, float, str]]:
    wanted = groups_of_categories(fifth_shares() @ category_shares_by_fifth())
    made = groups_of_categories(counted.ethnicity.astype(np.float64))
    return [
        (group, float(one), float(other), source)
        for group, one, other in zip(GROUPS, wanted / wanted.sum(), made / made.sum(), strict=True)
    ]


def _households(counted: CountedLives) -> list[Compared]:
    found = 100 * counted.households / counted.households.sum()
    return [
        Compared(
            PEOPLE, f"households of {row['people']}{' and over' * (row['people'] == '6')}, % of all",
            float(row["per_cent"]), float(made), 2.0, False, _source("household_sizes"),
        )
        for row, made in zip(published("household_sizes"), found, strict=True)
    ]  # fmt: skip


def _name(register: str) -> str:
    said = register.replace("_", " ").replace("non diabetic", "non-diabetic")
    return _NAMES.get(register, said[0].upper() + said[1:])


def _of(source: str) -> str:
    if source == "QOF":
        return "QOF 2024/25, Mid and South Essex (NHS England)"
    return "QOF, England, around 2024/25 (general knowledge)"


def _source(name: str) -> str:
    return source_of(name).rpartition("Source: ")[2]
