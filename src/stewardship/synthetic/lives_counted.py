"""Residents, registers, households and deaths of a made system, counted from the rows that are sent of a batch.

Whoever is registered twice is one person: what is told under the older number is taken to be told of the newer one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.synthetic.care.kinds import kinds
from stewardship.synthetic.care.readings import SMOKING
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.health.conditions import CONDITIONS, NON_DIABETIC_HYPERGLYCAEMIA
from stewardship.synthetic.lives import ETHNIC_CATEGORIES, NEVER, Days, Flags, Plan, Share, Small, Whole
from stewardship.synthetic.places import Places
from stewardship.synthetic.planted_lives import deaths_and_years
from stewardship.synthetic.problems import KINDS, code_of
from stewardship.synthetic.tables import published

AGES, LARGEST_HOUSEHOLD = 111, 6
RECORDED = "{} recorded"  # of whom it is known whether they are on a register, where that is not everybody
OBESITY, NON_DIABETIC = "obesity", NON_DIABETIC_HYPERGLYCAEMIA.key
_YEAR = 365.25
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


@dataclass(frozen=True)
class _Told:
    """Who is told of, one entry an NHS number: of an older number only that it stands for a newer one.

    newest: the position of the number that each now goes by. start, end: first and last day registered here.
    """

    number: pa.Array
    newest: Whole
    birth: Days
    female: Flags
    ethnicity: Small
    fifth: Small
    start: Days
    end: Days
    death: Days

    def of(self, rows: pa.Table) -> Whole:
        """Position of the person whom each row is about."""
        column = rows["NHSNumber"].combine_chunks()
        if isinstance(column, pa.DictionaryArray):
            place = _place(self.number, column.dictionary)[column.indices.to_numpy()]
        else:
            place = _place(self.number, column)
        return np.asarray(self.newest[place])


def count_lives(plan: Plan, places: Places, extracts: Sequence[Extract]) -> CountedLives:
    """A batch counted. extracts: of general practice and of deaths, at least; without readings nobody's smoking."""
    rows = {f"{extract.partner}/{extract.kind}": extract.rows for extract in extracts}
    told = _told(places, rows)
    here = (told.end == NEVER) & (told.newest == np.arange(len(told.newest)))
    age = np.clip(np.floor((plan.last - told.birth) / _YEAR).astype(np.int64), 0, AGES - 1)
    cell = (told.female.astype(np.int64) * 5 + told.fifth - 1) * AGES + age
    deaths, years = deaths_and_years(plan, told)
    return CountedLives(
        residents=np.bincount(cell[here], minlength=10 * AGES).reshape(2, 5, AGES),
        registers={
            register: np.bincount(age[here & on], minlength=AGES)
            for register, on in _registers(told, rows).items()
        },
        ethnicity=np.bincount(told.ethnicity[here], minlength=len(ETHNIC_CATEGORIES)),
        households=_households(rows["general-practice/addresses"], told),
        deaths=deaths,
        years=years,
    )


def _told(places: Places, rows: Mapping[str, pa.Table]) -> _Told:
    patients, numbers = (
        rows["general-practice/patients"],
        _texts(rows["general-practice/patients"], "NHSNumber"),
    )
    after = _place(numbers, _texts(patients, "SupersededBy"))
    newest = np.where(after >= 0, after, np.arange(len(numbers)))
    codes = pa.array(ETHNIC_CATEGORIES, pa.string())
    many = len(numbers)
    none = np.full(many, NEVER, dtype=np.int32)
    told = _Told(
        number=numbers,
        newest=newest,
        birth=_days(patients, "DateOfBirth"),
        female=np.asarray(pc.equal(_texts(patients, "Sex"), "F")),
        ethnicity=_place(codes, _texts(patients, "EthnicCategory")).astype(np.int16),
        fifth=np.ones(many, dtype=np.int16),
        start=none.copy(),
        end=np.full(many, -NEVER, dtype=np.int32),
        death=none.copy(),
    )
    registrations, died = rows["general-practice/registrations"], rows["deaths/deaths"]
    who = told.of(registrations)
    np.minimum.at(told.start, who, _days(registrations, "RegistrationStartDate"))
    np.maximum.at(told.end, who, _days(registrations, "RegistrationEndDate"))
    told.death[told.of(died)] = _days(died, "DateOfDeath")
    addresses = rows["general-practice/addresses"]
    since = np.argsort(_days(addresses, "AddressStartDate"), kind="stable")
    areas = _place(pa.array(places.areas.code, pa.string()), _texts(addresses, "LSOA21"))
    told.fifth[told.of(addresses)[since]] = places.areas.fifth[areas[since]]
    return told


@cache
def _codes() -> dict[str, frozenset[str]]:
    """The SNOMED codes that put people on each register, but that of smoking."""
    own = {key: {code_of(key), *KINDS.get(key, ())} for key in (*CONDITIONS, OBESITY, NON_DIABETIC)}
    several = {
        "diabetes": ("type_1_diabetes", "type_2_diabetes"),
        "stroke_and_tia": ("stroke", "transient_ischaemic_attack"),
        "cancer": tuple(key for key in CONDITIONS if key.startswith("cancer_")),
    }
    registers = [row["register"] for row in published("registers") if row["register"] != "smoking"]
    return {
        key: frozenset(code for each in several.get(key, (key,)) for code in own[each]) for key in registers
    }


def _registers(told: _Told, rows: Mapping[str, pa.Table]) -> dict[str, Flags]:
    """Who is on each register."""
    recorded = rows["general-practice/problems"]
    who, code = told.of(recorded), recorded["SNOMEDConceptID"].combine_chunks()
    found = {}
    for register, codes in _codes().items():
        of = np.isin(np.array(code.dictionary.to_pylist()), list(codes))
        found[register] = _any(len(told.number), who[of[code.indices.to_numpy()]])
    found[NON_DIABETIC] &= ~found["diabetes"]
    if "general-practice/readings" in rows:
        found |= _smoking(told, rows["general-practice/readings"])
    return found


def _smoking(told: _Told, read: pa.Table) -> dict[str, Flags]:
    """Who is recorded to smoke, and of whom it is recorded whether they do."""
    who, code = told.of(read), read["SNOMEDConceptID"].combine_chunks()
    asked = [each.code for each in kinds() if each.key in SMOKING]
    smokes = [each.code for each in kinds() if each.key == SMOKING[-1]]
    texts, of = np.array(code.dictionary.to_pylist()), code.indices.to_numpy()
    return {
        key: _any(len(told.number), who[np.isin(texts, codes)[of]])
        for key, codes in (("smoking", smokes), (RECORDED.format("smoking"), asked))
    }


def _households(addresses: pa.Table, told: _Told) -> _Counts:
    """How many homes have so many residents, from one to six and over, of those that are no care homes."""
    whose = _place(told.number, _texts(addresses, "NHSNumber"))
    own = told.newest[whose] == whose
    now = (
        own
        & (_days(addresses, "AddressEndDate") == NEVER)
        & np.asarray(pc.equal(_texts(addresses, "CareHome"), "N"))
    )
    homes = addresses["HouseholdPseudonym"].combine_chunks().indices.to_numpy()[now]
    sizes = np.unique(homes, return_counts=True)[1]
    return np.bincount(np.minimum(sizes, LARGEST_HOUSEHOLD), minlength=LARGEST_HOUSEHOLD + 1)[1:]


def _any(people: int, who: Whole) -> Flags:
    found = np.zeros(people, dtype=bool)
    found[who] = True
    return found


def _place(among: pa.Array, values: pa.Array) -> Whole:
    """Position of each value among some, -1 where it is not there."""
    return np.asarray(
        pc.fill_null(pc.index_in(values, among), -1).to_numpy(zero_copy_only=False), dtype=np.int64
    )


def _texts(rows: pa.Table, column: str) -> pa.Array:
    return pc.cast(rows[column].combine_chunks(), pa.string())


def _days(rows: pa.Table, column: str) -> Days:
    """Days of a column, NEVER where there is none."""
    return np.asarray(
        pc.fill_null(pc.cast(rows[column].combine_chunks(), pa.int32()), NEVER).to_numpy(), dtype=np.int32
    )
