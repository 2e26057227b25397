"""Who the residents are and what they have, as counted of the rows that are sent, beside what is published."""

import numpy as np

from stewardship.synthetic.compared import Compared, error_of_share
from stewardship.synthetic.health.conditions import CONDITIONS, shares_of
from stewardship.synthetic.homes import GROUPS, category_shares_by_fifth, groups_of_categories
from stewardship.synthetic.lives_counted import RECORDED, CountedLives
from stewardship.synthetic.mortality import error_of_life_expectancy, life_expectancy, targets
from stewardship.synthetic.places import fifth_shares
from stewardship.synthetic.population import population_shares
from stewardship.synthetic.tables import published, source_of

REGISTERS, BY_AGE, LIVES, PEOPLE = "Registers", "Registers by age", "Life expectancy", "Residents"
WITHIN, WITHIN_BAND, WITHIN_YEARS, WITHIN_PEOPLE = 0.05, 0.10, 0.5, 0.03
AGE_BANDS = ((0, 17), (18, 39), (40, 59), (60, 74), (75, 110))
LEAST_OF_A_BAND = 0.003  # of residents: below it, chance alone takes a register by age beyond what is allowed
_NAMES = {"copd": "COPD", "stroke_and_tia": "Stroke and TIA"}


def compare_lives(counted: CountedLives) -> list[Compared]:
    """What was counted beside what is published."""
    return [*_registers(counted), *_by_age(counted), *_expectancies(counted), *_residents(counted)]


def _registers(counted: CountedLives) -> list[Compared]:
    rows = []
    for row in published("registers"):
        key, youngest = row["register"], int(row["youngest"])
        if key not in counted.registers:
            continue
        told = counted.registers.get(RECORDED.format(key))
        of = (counted.residents.sum(axis=(0, 1)) if told is None else told)[youngest:].sum()
        share = 100 * float(counted.registers[key][youngest:].sum() / of)
        whose = f"{youngest} and over" if youngest else "all"
        figure = f"{_name(key)}, % of {whose}{' of whom it is recorded' * (told is not None)}"
        error = error_of_share(share, float(of))
        wanted, source = float(row["per_cent"]), _of(row["source"])
        rows.append(Compared(REGISTERS, figure, wanted, share, WITHIN, True, source, error))
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
            error = error_of_share(made, float(here))
            rows.append(
                Compared(BY_AGE, figure, asked, made, WITHIN_BAND, True, _SHAPES, error, asked_for=True)
            )
    return rows


_SHAPES = "Not published: the register as above, in a shape by age that is general knowledge (published/conditions.csv)"


def _expectancies(counted: CountedLives) -> list[Compared]:
    rates = counted.deaths / np.maximum(counted.years, 1e-9)
    source = source_of("life_expectancy").rpartition("Source: ")[2]
    return [
        Compared(
            LIVES, f"{name} of fifth {fifth + 1}{' (most deprived)' * (fifth == 0)}, years at birth",
            float(targets()[sex, fifth]), life_expectancy(rates[sex, fifth]), WITHIN_YEARS, False, source,
            error_of_life_expectancy(counted.deaths[sex, fifth], counted.years[sex, fifth]),
        )
        for sex, name in enumerate(("Men", "Women"))
        for fifth in range(5)
    ]  # fmt: skip


def _residents(counted: CountedLives) -> list[Compared]:
    people = population_shares()
    total, homes = counted.residents.sum(), counted.households.sum()
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
            error_of_share(100 * float(made), float(homes if name in GROUPS else total)),
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
            error_of_share(float(made), float(counted.households.sum())),
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
