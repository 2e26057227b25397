"""Stays in hospital as SUS has them: a row for each episode of a consultant's care."""

import numpy as np
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers, numbers
from stewardship.synthetic.lives import Days, Share, Whole
from stewardship.synthetic.use.coding import (
    code_column,
    diagnosis_columns,
    first_codes,
    procedure_columns,
    secondary,
)
from stewardship.synthetic.use.columns import Columns, picked
from stewardship.synthetic.use.rates import Expected, dies_in_a_stay
from stewardship.synthetic.use.spells import KINDS, Spells
from stewardship.synthetic.use.times import Positions, repeated

EPISODES = 1.2  # a spell; HES admitted patient care
MOST_EPISODES = 6
_CLASSIFICATION = ("1", "1", "2", "3", "1", "1")  # of each kind: ordinary, day case, regular attender
# How people are admitted: emergencies by department, practice, clinic, other; planned ones; births.
_EMERGENCY = ("21", "22", "23", "24", "2A", "2B", "28")
_EMERGENCY_SHARES = (0.66, 0.12, 0.01, 0.03, 0.10, 0.03, 0.05)
_PLANNED, _PLANNED_SHARES = ("11", "12", "13"), (0.55, 0.12, 0.33)
_PREGNANT, _NEWBORN = ("31", "32"), "82"
_METHODS = (*_EMERGENCY, *_PLANNED, *_PREGNANT, _NEWBORN)
# The specialty of the consultant where the treatment function is none.
_MAIN = {
    "328": "300", "104": "100", "107": "100", "108": "110", "191": "190", "173": "170", "172": "170",
    "303": "823", "307": "302", "424": "420", "422": "420", "370": "370", "103": "100", "171": "171",
}  # fmt: skip
_HOME, _CARE_HOME, _HOSPITAL, _DIED = "19", "54", "51", "79"


def admissions(expected: Expected, columns: Columns, spells: Spells) -> list[Extract]:
    """The episodes of the stays that happened, sent in the month of discharge.

    Whoever is in hospital on the last day is not among them: hospitals send SUS finished episodes, and a stay with its
    cost when it is over (NHS Data Dictionary, Commissioning Data Sets; HES counts finished consultant episodes).
    """
    of = np.flatnonzero(spells.over(expected.plan.last))
    rng = stream(expected.plan.seed, expected.people.batch, "episodes")
    many = _episodes(rng, spells, of)
    spell = of[repeated(many)]
    number = np.arange(len(spell)) - np.repeat(np.cumsum(many) - many, many) + 1
    who, kind, reason = spells.who[spell], spells.kind[spell], spells.reason[spell]
    begin, end = spells.day[spell], spells.day[spell] + spells.nights[spell]
    last = number == many[repeated(many)]
    site, sites, trusts = columns.hospital(rng, spells.who)
    within = _within(spells.nights[spell], number, many[repeated(many)])
    rows = {
        **columns.of_hospital(who),
        "PracticeCodeOfRegisteredGP": columns.practice(who),
        "OrganisationCodeProvider": chosen(trusts, site[spell]),
        "SiteCodeOfTreatment": chosen(sites, site[spell]),
        "HospitalProviderSpellNumber": identifiers(expected.people.batch, len(spells)).take(pa.array(spell)),
        "EpisodeNumber": numbers(number),
        "LastEpisodeInSpellIndicator": chosen(["2", "1"], last.astype(np.int32)),
        "PatientClassification": chosen(_CLASSIFICATION, kind),
        "AdmissionMethodHospitalProviderSpell": chosen(_METHODS, _methods(rng, spells)[spell]),
        "StartDateHospitalProviderSpell": days(begin),
        "DischargeDateFromHospitalProviderSpell": days(end),
        **_discharge(rng, expected, spells, spell),
        "StartDateConsultantEpisode": days(begin + within[0]),
        "EndDateConsultantEpisode": days(begin + within[1]),
        **_specialties(kind, reason, number, (begin - expected.people.birth[who]) / 365.25),
        "SpellCoreHRG": code_column("group", kind, reason),
        "CostPence": numbers(spells.pence[spell], number > 1),
        **diagnosis_columns(
            code_column("diagnosis", kind, reason),
            code_column("external", kind, reason),
            secondary(rng, expected.people, expected.health, kind, who, begin),
        ),
        **procedure_columns(rng, kind, reason, number == 1),
    }
    return [Extract("hospital", "apc", end.astype(np.int32), pa.table(rows))]


def _episodes(rng: np.random.Generator, spells: Spells, of: Positions | Whole) -> Whole:
    """How many episodes each stay has: more than one only where there are nights."""
    long = spells.nights[of] >= 1
    more = (EPISODES - 1) * len(of) / max(int(np.count_nonzero(long)), 1)
    room = np.minimum(spells.nights[of], MOST_EPISODES - 1)
    return np.asarray(
        1 + np.where(long, np.minimum(rng.poisson(more * 1.09, len(of)), room), 0), dtype=np.int64
    )


def _within(nights: Days, number: Whole, many: Whole) -> tuple[Days, Days]:
    """First and last day of each episode, counted from admission: the stay is shared out evenly."""
    return (nights * (number - 1) // many).astype(np.int32), (nights * number // many).astype(np.int32)


def _methods(rng: np.random.Generator, spells: Spells) -> Positions:
    emergency = picked(rng, _EMERGENCY_SHARES, len(spells))
    planned = len(_EMERGENCY) + picked(rng, _PLANNED_SHARES, len(spells))
    pregnant = len(_EMERGENCY) + len(_PLANNED) + (rng.random(len(spells)) < 0.1)
    is_kind = [spells.kind == KINDS.index(kind) for kind in ("emergency", "maternity", "birth")]
    return np.select(is_kind, [emergency, pregnant, len(_METHODS) - 1], planned).astype(np.int32)


def _discharge(
    rng: np.random.Generator, expected: Expected, spells: Spells, spell: Positions | Whole
) -> dict[str, pa.Array]:
    """How and to where people leave; who dies in hospital on the last day of a stay has died in it.

    Others who die on that day went home first, and the register of deaths has them die there.
    """
    people = expected.people
    end = spells.day + spells.nights
    in_a_stay = dies_in_a_stay(expected.plan, people)[spells.who]
    died = in_a_stay & (people.death[spells.who] == end) & (spells.kind == 0)
    drawn = rng.random(len(spells))
    method = np.select([died, drawn < 0.012], [2, 1], 0)
    home = np.where(people.care_home[spells.who], 1, np.where(drawn > 0.985, 2, 0))
    destination = np.where(died, 3, home)
    return {
        "DischargeMethod": chosen(["1", "2", "4"], method[spell]),
        "DischargeDestination": chosen([_HOME, _CARE_HOME, _HOSPITAL, _DIED], destination[spell]),
    }


def _specialties(kind: Positions, reason: Positions, number: Whole, age: Share) -> dict[str, pa.Array]:
    """Treatment function of the episode, and the specialty of its consultant; later ones of the old are geriatric."""
    codes, begins = first_codes("specialty")
    distinct = sorted({*codes.to_pylist(), "430", "420"})
    of = np.array([distinct.index(code) for code in codes.to_pylist()], dtype=np.int32)[begins[kind] + reason]
    general = of == distinct.index("300")
    of = np.where(general & (number > 1) & (age >= 75), distinct.index("430"), of)
    of = np.where(general & (age < 17), distinct.index("420"), of)
    return {
        "MainSpecialtyCode": chosen([_MAIN.get(code, code) for code in distinct], of),
        "TreatmentFunctionCode": chosen(distinct, of),
    }
