"""What is wrong with real extracts, put into made ones at stated rates, and counted as it lies in the files.

Rates are small, of the order found in national data-quality reports (SUS and MHSDS data quality maturity indices: valid
NHS numbers above 99.5 per cent, valid ethnic category about 90 to 95 per cent in hospital data), so that every check of
a reader finds something and no figure moves visibly. Nothing else of an extract changes: rows keep their order, and
what is added stands at the end.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.synthetic.columns_spoilt import coded_anew, dated_anew, emptied, written_as_text
from stewardship.synthetic.extracts import Extract, nhs_numbers
from stewardship.synthetic.lives import NEVER, Days, Flags, People, Whole

DUPLICATED = 0.001  # rows sent twice: a feed that is sent again after an interruption
INVALID_NHS_NUMBER = 0.0008  # typed by hand, or not traced on arrival
UNTRACED_URGENTLY = 0.003  # of ambulance and 111 records, which are made before anybody is identified
NO_ETHNICITY = {"general-practice": 0.04, "hospital": 0.06}  # not asked, or not passed on
CODE_OUT_OF_LIST = 0.0005  # local codes that were not mapped, codes of older versions
LATE, LATE_BY = 0.01, (35, 95)  # coded after the month was sent; by so many days
IMPOSSIBLE_DATE = 0.0002  # placeholders of systems, and slips of the century
STRAY_TEXT = 0.004  # remarks typed into a number's field
AFTER_DEATH = 0.02  # of those who died: an admission entered for the wrong person, or a wrong date of death
SERVICES = ("hospital", "community", "mental-health", "social-care")
IMPOSSIBLE = ("1801-01-01", "2099-12-31")  # a placeholder of HES, and a slip
OUT_OF_LIST = {
    ("hospital", "apc"): (("AdmissionMethodHospitalProviderSpell", "7Q"), ("PatientClassification", "9")),
    ("hospital", "op"): (("AttendedOrDidNotAttend", "8"), ("TreatmentFunctionCode", "ZZ9")),
    ("hospital", "ecds"): (("DepartmentType", "77"),),
    ("general-practice", "appointments"): (("Status", "Walked out"),),
    ("cancer", "pathways"): (("TreatmentModality", "44"),),
}
DATED = {
    ("hospital", "apc"): "DischargeDateFromHospitalProviderSpell",
    ("hospital", "op"): "ReferralRequestReceivedDate",
    ("general-practice", "readings"): "EventDate",
    ("general-practice", "problems"): "OnsetDate",
    ("community", "contacts"): "CareContactDate",
}
_OWN_DAY_IMPOSSIBLE = (("hospital", "apc"), ("community", "contacts"))  # by which a row is sent
REMARKS = ("not done", "see letter", "12?", "refused", "approx. 5")
INVALID, NO_GROUP, UNKNOWN_CODE = "invalid NHS numbers", "without ethnic category", "codes out of their list"
IMPOSSIBLE_DAY, REMARK, TWICE, LATER = "impossible dates", "text in a number", "duplicates", "late"
AFTER_DYING = "admissions after death"
Counts = dict[str, int]
Spoiling = Callable[[pa.Table], tuple[pa.Table, Flags]]
_ETHNICITY = {"general-practice": "EthnicCategory", "hospital": "EthnicGroup"}
_SPELL_DATES = (
    "StartDateHospitalProviderSpell", "DischargeDateFromHospitalProviderSpell", "StartDateConsultantEpisode",
    "EndDateConsultantEpisode",
)  # fmt: skip
_SPELL = "HospitalProviderSpellNumber"


@dataclass(frozen=True)
class Spoilt:
    """What is sent of one kind, and what is wrong with it.

    came_from: of each row, its position among the rows before any was sent twice. due: the day each row would decide
    its file by if none were late; None where days decide nothing. wrong: of each kind of wrong, which rows have it.
    """

    extract: Extract
    came_from: Whole
    due: Days | None
    wrong: tuple[tuple[str, Flags], ...]

    def counts(self, ends: Days) -> Counts:
        """How much of each kind of wrong stands in the files. ends: the last day of each file's period.

        Late is a row in a later file than the one of its own day, unless that very day has become an impossible one.
        """
        sent = self.extract.sent
        there = np.ones(len(self.came_from), dtype=bool) if sent is None else sent <= ends[-1]
        counts = Counts()
        for kind, rows in self.wrong:
            found = rows & there
            number = self._spells(found & ~self._any(INVALID)) if kind == AFTER_DYING else int(found.sum())
            counts[kind] = counts.get(kind, 0) + number
        if self.extract.partner in SERVICES:
            counts[TWICE] = int(there.sum()) - len(np.unique(self.came_from[there]))
        if self.due is not None and sent is not None and self.extract.partner in SERVICES:
            later = there & (np.searchsorted(ends, sent) > np.searchsorted(ends, self.due))
            if (self.extract.partner, self.extract.kind) in _OWN_DAY_IMPOSSIBLE:
                later &= ~self._any(IMPOSSIBLE_DAY)
            counts[LATER] = int(later.sum())
        return counts

    def _any(self, kind: str) -> Flags:
        found = np.zeros(len(self.came_from), dtype=bool)
        for name, rows in self.wrong:
            found |= rows & (name == kind)
        return found

    def _spells(self, rows: Flags) -> int:
        return len(np.unique(self.extract.rows[_SPELL].to_numpy(zero_copy_only=False)[rows]))


def spoilt(extract: Extract, people: People, random: np.random.Generator) -> Spoilt:
    """An extract with what is wrong in real ones. Medicines are left as they are.

    random: a stream of this extract's own.
    """
    key = (extract.partner, extract.kind)
    wrong: list[tuple[str, Flags]] = []
    if key == ("hospital", "apc"):
        extract, dead = _after_death(extract, people, random)
        wrong.append((AFTER_DYING, dead))
    if key != ("general-practice", "medications"):
        rows = extract.rows
        for kind, spoiling in _spoilings(extract, random):
            rows, which = spoiling(rows)
            wrong.append((kind, which))
        extract = replace(extract, rows=rows)
    came_from = np.arange(len(extract.rows))
    if extract.partner not in SERVICES:
        return Spoilt(extract, came_from, extract.sent, tuple(wrong))
    came_from = np.concatenate([came_from, np.flatnonzero(random.random(len(came_from)) < DUPLICATED)])
    due = None if extract.sent is None else extract.sent[came_from]
    extract = replace(extract, rows=extract.rows.take(pa.array(came_from)), sent=_late(due, random))
    return Spoilt(extract, came_from, due, tuple((kind, rows[came_from]) for kind, rows in wrong))


def _spoilings(extract: Extract, random: np.random.Generator) -> Iterator[tuple[str, Spoiling]]:
    """What is to be done to the rows of an extract, one after another, with the kind of wrong that it is."""
    key, partner = (extract.partner, extract.kind), extract.partner
    if partner in (*SERVICES, "urgent-care"):
        share = UNTRACED_URGENTLY if partner == "urgent-care" else INVALID_NHS_NUMBER
        yield INVALID, lambda rows: coded_anew(rows, "NHSNumber", _invalid(random), share, random)
    if _ETHNICITY.get(partner, "") in extract.rows.column_names:
        yield NO_GROUP, lambda rows: emptied(rows, _ETHNICITY[partner], NO_ETHNICITY[partner], random)
    for column, code in OUT_OF_LIST.get(key, ()):
        yield (
            UNKNOWN_CODE,
            partial(_coded, column=column, codes=[code], random=random),
        )
    if key in DATED:
        days = [int(np.datetime64(day, "D").astype(np.int64)) for day in IMPOSSIBLE]
        yield IMPOSSIBLE_DAY, lambda rows: dated_anew(rows, DATED[key], days, IMPOSSIBLE_DATE, random)
    if key == ("general-practice", "assessments"):
        yield REMARK, lambda rows: written_as_text(rows, "Score", REMARKS, STRAY_TEXT, random)


def _coded(
    rows: pa.Table, column: str, codes: list[str], random: np.random.Generator
) -> tuple[pa.Table, Flags]:
    return coded_anew(rows, column, codes, CODE_OUT_OF_LIST, random)


def _invalid(random: np.random.Generator) -> list[str]:
    """Numbers that cannot be: wrong check digits, too short, or what is typed when none is known."""
    right = nhs_numbers(random.integers(1, 9_000_000, 20)).to_pylist()
    wrong = [
        number[:9] + str((int(number[9]) + 1 + position % 8) % 10) for position, number in enumerate(right)
    ]
    return [*wrong, *(number[:9] for number in right[:5]), "9999999999", "0000000000"]


def _late(due: Days | None, random: np.random.Generator) -> Days | None:
    """The day each row is sent by: some are later than their month; the rows themselves stay."""
    if due is None:
        return None
    late = random.random(len(due)) < LATE
    return np.where(late, due + random.integers(*LATE_BY, len(due)), due).astype(np.int32)


def _after_death(extract: Extract, people: People, random: np.random.Generator) -> tuple[Extract, Flags]:
    """The last stay of some who died is dated after their death, with all its episodes, and sent then."""
    rows = extract.rows
    who = _persons(rows, people)
    start = _whole(rows, _SPELL_DATES[0])
    death = np.where(who >= 0, people.death[who], NEVER).astype(np.int64)
    chosen = np.flatnonzero((people.death < NEVER) & (random.random(len(people)) < AFTER_DEATH))
    later = dict(zip(chosen.tolist(), random.integers(3, 40, len(chosen)).tolist(), strict=True))
    candidates = np.flatnonzero(np.isin(who, chosen) & (start < death))
    last = {int(who[row]): row for row in candidates[np.argsort(start[candidates], kind="stable")]}
    spells = rows[_SPELL].to_numpy(zero_copy_only=False)
    shift = np.zeros(len(rows), dtype=np.int64)
    for person, row in last.items():
        of_spell = candidates[(who[candidates] == person) & (spells[candidates] == spells[row])]
        shift[of_spell] = death[row] + later[person] - start[row]
    for name in _SPELL_DATES:
        moved = pc.add(rows[name].cast(pa.int32()), pa.array(shift.astype(np.int32))).cast(pa.date32())
        rows = rows.set_column(rows.column_names.index(name), name, moved)
    sent = None if extract.sent is None else (extract.sent + shift).astype(np.int32)
    return replace(extract, rows=rows, sent=sent), shift > 0


def _persons(rows: pa.Table, people: People) -> npt.NDArray[np.int64]:
    """The position of each row's person; -1 for a number that is nobody's."""
    found = pc.fill_null(pc.index_in(rows["NHSNumber"].cast(pa.string()), nhs_numbers(people.number)), -1)
    return np.asarray(found.to_numpy(), dtype=np.int64)


def _whole(rows: pa.Table, name: str) -> Days | npt.NDArray[np.int64]:
    return np.asarray(pc.fill_null(rows[name].cast(pa.int32()), NEVER).to_numpy(), dtype=np.int64)
