"""What is wrong with real extracts, put into made ones at stated rates, and counted.

Rates are small, of the order found in national data-quality reports (SUS and MHSDS data quality maturity indices: valid
NHS numbers above 99.5 per cent, valid ethnic category about 90 to 95 per cent in hospital data), so that every check of
a reader finds something and no figure moves visibly. Nothing else of an extract changes: rows keep their order, and
what is added stands at the end.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.synthetic.columns_spoilt import coded_anew, dated_anew, emptied, written_as_text
from stewardship.synthetic.extracts import Extract, nhs_numbers
from stewardship.synthetic.lives import NEVER, Days, People
from stewardship.synthetic.truth import Planted

DUPLICATED = 0.001  # rows sent twice: a feed that is sent again after an interruption
INVALID_NHS_NUMBER = 0.0008  # typed by hand, or not traced on arrival
UNTRACED_URGENTLY = 0.003  # of ambulance and 111 records, which are made before anybody is identified
NO_ETHNICITY = {"general-practice": 0.04, "hospital": 0.06}  # not asked, or not passed on
CODE_OUT_OF_LIST = 0.0005  # local codes that were not mapped, codes of older versions
LATE, LATE_BY = 0.01, (35, 95)  # coded after the month was sent; by so many days
IMPOSSIBLE_DATE = 0.0002  # placeholders of systems, and slips of the century
STRAY_TEXT = 0.004  # remarks typed into a number's field
AFTER_DEATH = 0.02  # of those who died: an admission entered for the wrong person, or a wrong date of death
RESENT_CHANGED, RESENT_ADDED, RESENT_LEFT_OUT = 0.02, 0.005, 0.003  # of a month that is sent again
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
REMARKS = ("not done", "see letter", "12?", "refused", "approx. 5")
Counts = dict[str, int]
_ETHNICITY = {"general-practice": "EthnicCategory", "hospital": "EthnicGroup"}
_SPELL_DATES = (
    "StartDateHospitalProviderSpell", "DischargeDateFromHospitalProviderSpell", "StartDateConsultantEpisode",
    "EndDateConsultantEpisode",
)  # fmt: skip
_SPELL = "HospitalProviderSpellNumber"


def spoilt(extract: Extract, people: People, random: np.random.Generator) -> tuple[Extract, Counts]:
    """An extract with what is wrong in real ones, and how many rows of each kind of wrong there are.

    Medicines are left as they are. random: a stream of this extract's own.
    """
    key, counts = (extract.partner, extract.kind), Counts()
    if key == ("general-practice", "medications"):
        return extract, counts
    if key == ("hospital", "apc"):
        extract = _after_death(extract, people, random, counts)
    rows = extract.rows
    if extract.partner in (*SERVICES, "urgent-care"):
        share = UNTRACED_URGENTLY if extract.partner == "urgent-care" else INVALID_NHS_NUMBER
        rows = _counted(
            counts, "invalid NHS numbers", coded_anew(rows, "NHSNumber", _invalid(random), share, random)
        )
    if _ETHNICITY.get(extract.partner, "") in rows.column_names:
        column, share = _ETHNICITY[extract.partner], NO_ETHNICITY[extract.partner]
        rows = _counted(counts, "without ethnic category", emptied(rows, column, share, random))
    for column, code in OUT_OF_LIST.get(key, ()):
        rows = _counted(
            counts, "codes out of their list", coded_anew(rows, column, [code], CODE_OUT_OF_LIST, random)
        )
    if key in DATED:
        days = [int(np.datetime64(day, "D").astype(np.int64)) for day in IMPOSSIBLE]
        rows = _counted(
            counts, "impossible dates", dated_anew(rows, DATED[key], days, IMPOSSIBLE_DATE, random)
        )
    if key == ("general-practice", "assessments"):
        rows = _counted(
            counts, "text in a number", written_as_text(rows, "Score", REMARKS, STRAY_TEXT, random)
        )
    extract = replace(extract, rows=rows)
    if extract.partner in SERVICES:
        extract = _late(_twice(extract, random, counts), random, counts)
    return extract, counts


def resubmitted(
    extract: Extract, first: int, last: int, random: np.random.Generator
) -> tuple[Extract, Counts]:
    """What is sent again of the days from first to last, changed: some rows left out, some with other costs, some new.

    extract: one whose rows are sent by days. Costs are those of a column `CostPence`; without one none change.
    """
    if extract.sent is None:
        raise ValueError(f"{extract.kind} is not sent by months, so no month of it can be sent again.")
    there = np.flatnonzero((extract.sent >= first) & (extract.sent <= last))
    kept = there[random.random(len(there)) >= RESENT_LEFT_OUT]
    new = np.flatnonzero((extract.sent > last) & (random.random(len(extract.sent)) < RESENT_ADDED))
    new = new[extract.sent[new] <= last + LATE_BY[1]]
    positions = np.concatenate([kept, new])
    rows, changed = extract.rows.take(pa.array(positions)), 0
    if "CostPence" in rows.column_names:
        which = random.random(len(rows)) < RESENT_CHANGED
        times = random.uniform(0.8, 1.25, len(rows))
        cost = rows["CostPence"].combine_chunks()
        other = pc.cast(pc.round(pc.multiply(pc.cast(cost, pa.float64()), pa.array(times))), pa.int64())
        place = rows.column_names.index("CostPence")
        rows = rows.set_column(place, "CostPence", pc.if_else(pa.array(which), other, cost))
        changed = int(which.sum())
    sent = np.clip(extract.sent[positions], first, last).astype(np.int32)
    counts = {"left out": len(there) - len(kept), "with another cost": changed, "new": len(new)}
    return Extract(extract.partner, extract.kind, sent, rows), counts


def planted_dirt(extract: Extract, counts: Mapping[str, int]) -> Planted:
    """The entry of the truth on what is wrong with the rows of one kind."""
    return Planted(
        key="dirt",
        words="What is wrong with real extracts, put in at stated rates.",
        parameters={
            "duplicated": DUPLICATED, "invalid_nhs_number": INVALID_NHS_NUMBER,
            "untraced_urgently": UNTRACED_URGENTLY, "no_ethnicity": NO_ETHNICITY, "code_out_of_list": CODE_OUT_OF_LIST,
            "late": LATE, "impossible_date": IMPOSSIBLE_DATE, "stray_text": STRAY_TEXT, "after_death": AFTER_DEATH,
        },
        where=[],
        who="anybody, by chance",
        when="throughout",
        realised={f"{extract.partner}/{extract.kind}: {kind}": number for kind, number in counts.items()},
        check="The quality page: rows set aside, with their reasons.",
    )  # fmt: skip


def _counted(counts: Counts, kind: str, spoiling: tuple[pa.Table, int]) -> pa.Table:
    rows, number = spoiling
    counts[kind] = counts.get(kind, 0) + number
    return rows


def _invalid(random: np.random.Generator) -> list[str]:
    """Numbers that cannot be: wrong check digits, too short, or what is typed when none is known."""
    right = nhs_numbers(random.integers(1, 9_000_000, 20)).to_pylist()
    wrong = [
        number[:9] + str((int(number[9]) + 1 + position % 8) % 10) for position, number in enumerate(right)
    ]
    return [*wrong, *(number[:9] for number in right[:5]), "9999999999", "0000000000"]


def _twice(extract: Extract, random: np.random.Generator, counts: Counts) -> Extract:
    again = np.flatnonzero(random.random(len(extract.rows)) < DUPLICATED)
    counts["duplicates"] = len(again)
    if not len(again):
        return extract
    rows = pa.concat_tables([extract.rows, extract.rows.take(pa.array(again))]).combine_chunks()
    sent = None if extract.sent is None else np.concatenate([extract.sent, extract.sent[again]])
    return replace(extract, rows=rows, sent=sent)


def _late(extract: Extract, random: np.random.Generator, counts: Counts) -> Extract:
    """Some rows are sent later than their month; the rows themselves stay."""
    if extract.sent is None:
        return extract
    late = random.random(len(extract.sent)) < LATE
    counts["late"] = int(late.sum())
    by = random.integers(*LATE_BY, len(extract.sent))
    return replace(extract, sent=np.where(late, extract.sent + by, extract.sent).astype(np.int32))


def _after_death(extract: Extract, people: People, random: np.random.Generator, counts: Counts) -> Extract:
    """The last stay of some who died is dated after their death, with all its episodes."""
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
    counts["admissions after death"] = len(last)
    for name in _SPELL_DATES:
        moved = pc.add(rows[name].cast(pa.int32()), pa.array(shift.astype(np.int32))).cast(pa.date32())
        rows = rows.set_column(rows.column_names.index(name), name, moved)
    return replace(extract, rows=rows)


def _persons(rows: pa.Table, people: People) -> npt.NDArray[np.int64]:
    """The position of each row's person; -1 for a number that is nobody's."""
    found = pc.fill_null(pc.index_in(rows["NHSNumber"].cast(pa.string()), nhs_numbers(people.number)), -1)
    return np.asarray(found.to_numpy(), dtype=np.int64)


def _whole(rows: pa.Table, name: str) -> Days | npt.NDArray[np.int64]:
    return np.asarray(pc.fill_null(rows[name].cast(pa.int32()), NEVER).to_numpy(), dtype=np.int64)
