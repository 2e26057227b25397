"""Cancer pathways drawn by chance, and what would be published of them: enough for a page, in well under a second."""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from stewardship.measures.cancer.courses import NEVER, Courses, days_of
from stewardship.measures.cancer.found import conversion, early_stage, emergency
from stewardship.measures.cancer.grid import Spans
from stewardship.measures.cancer.judging import Waits
from stewardship.measures.cancer.performance import Elsewhere, of_groups_elsewhere, performance
from stewardship.measures.cancer.published import CASE_FINDING, write_cancer
from stewardship.measures.cancer.reading import MILESTONES, REGISTERED, Pathways
from stewardship.measures.cancer.steps import steps
from stewardship.measures.cancer.weekly import backlog, weeks_of
from stewardship.people.periods import Period
from stewardship.rules.cancer.judgement import Standard

PERIODS = [Period(date(year, 4, 1), date(year + 1, 3, 31)) for year in (2023, 2024, 2025)]
FIRST, LAST = days_of(PERIODS[0].start), days_of(PERIODS[-1].end)
TUMOURS = np.array(["Breast", "Lower GI", "Lung", "Sarcoma", "Skin", "Urological"], object)
CODES = {"Breast": "01", "Lower GI": "07", "Lung": "03", "Sarcoma": "14", "Skin": "08", "Urological": "11"}
ICD = {
    "Breast": "C50",
    "Lower GI": "C18",
    "Lung": "C34",
    "Sarcoma": "C49",
    "Skin": "C43",
    "Urological": "C61",
}
PROVIDERS = np.array(["ZZ101", "ZZ202"], object)
DIP = (0.3, 0.45)  # the part of the time in which being told takes longer


class Drawn:
    """Pathways of a system about as large as 250,000 residents."""

    def __init__(self, many: int = 30_000, seed: int = 7) -> None:
        random = np.random.default_rng(seed)
        self.start = np.sort(random.integers(FIRST - 120, LAST, many))
        self.tumour = random.choice(TUMOURS, many, p=[0.25, 0.25, 0.06, 0.004, 0.29, 0.146])
        self.cancer = random.random(many) < 0.08
        through = (self.start - FIRST) / (LAST - FIRST)
        slow = 1 + 1.1 * ((through > DIP[0]) & (through < DIP[1])) + 0.3 * (self.tumour == "Lower GI")
        self.triaged = self.start + random.integers(0, 4, many)
        self.seen = self.triaged + random.integers(3, 12, many)
        self.tested = self.seen + random.integers(0, 9, many)
        self.told = self.tested + (random.gamma(1.6, 9.0, many) * slow).astype(np.int64)
        self.told += (random.random(many) < 0.04 * slow) * random.integers(20, 120, many)
        self.decided = self.told + random.integers(2, 25, many)
        self.treated = self.decided + random.integers(1, 40, many)
        self.provider = random.choice(PROVIDERS, many, p=[0.96, 0.04])
        self.fifth = random.integers(1, 6, many)
        self.stage = random.integers(1, 5, many).astype(str).astype(object)

    def __len__(self) -> int:
        return len(self.start)

    @property
    def courses(self) -> Courses:
        """Their courses, as they are on the last day."""
        ended = np.where(self.cancer, self.treated, self.told)
        return Courses(
            start=self.start, seen=_known(self.seen), tested=_known(self.tested),
            told=np.where(self.cancer, _known(self.told), NEVER),
            decided=np.where(self.cancer, _known(self.decided), NEVER), ended=_known(ended),
            cancer=self.cancer & (self.told <= LAST),
            headline=np.ones(len(self), np.bool_), tumour=self.tumour, provider=self.provider,
            route=np.full(len(self), "Urgent suspected cancer", object), person=np.arange(len(self)),
        )  # fmt: skip

    def waits(self, standard: Standard) -> Waits:
        """What a standard counts of them."""
        start, stop, limit, of = {
            Standard.FASTER_DIAGNOSIS: (self.start, self.told, 28, np.ones(len(self), np.bool_)),
            Standard.DECISION_TO_TREATMENT: (self.decided, self.treated, 31, self.cancer),
            Standard.REFERRAL_TO_TREATMENT: (self.start, self.treated, 62, self.cancer),
        }[standard]
        row = np.flatnonzero(of & (stop <= LAST) & (stop >= FIRST))
        days = (stop - start)[row]
        whole = np.full(len(row), 2)
        return Waits(
            row=row, stopped=stop[row], days=days, within=days <= limit,
            suspected=np.array([CODES[each] for each in self.tumour[row]], object), tumour=self.tumour[row],
            route=np.full(len(row), "Urgent suspected cancer", object), ruled_out=~self.cancer[row],
            of=np.arange(len(row)), provider=self.provider[row], patients=whole, met=whole * (days <= limit),
        )  # fmt: skip

    @property
    def pathways(self) -> Pathways:
        """The rows that their milestones, stages and reasons stand in."""
        days = {
            "REF": self.start, "TRI": self.triaged, "FSEEN": self.seen, "TEST": self.tested, "BX": None, "MDT": None,
            "RULEOUT": np.where(self.cancer, NEVER, self.told), "TOLD": np.where(self.cancer, self.told, NEVER),
            "STAGE": None, "IPT": None, "DTT": np.where(self.cancer, self.decided, NEVER),
            "FDT": np.where(self.cancer, self.treated, NEVER),
        }  # fmt: skip
        rows = {name: _dates(days[name], len(self)) for name in MILESTONES}
        rows |= {name: _dates(None, len(self)) for name in REGISTERED}
        rows["stage"] = pa.array(np.where(self.cancer, self.stage, ""), pa.string())
        rows["told_reason"] = pa.array(np.where(self.cancer, "01", "02"), pa.string())
        rows["diagnosis"] = pa.array([ICD[each] for each in self.tumour], pa.string())
        return Pathways(pa.table(rows), pa.table({}), {})


def _known(day: np.ndarray) -> np.ndarray:
    return np.where(day <= LAST, day, NEVER)


def _dates(day: np.ndarray | None, many: int) -> pa.Array:
    if day is None:
        return pa.nulls(many, pa.date32())
    return pa.array(np.minimum(day, 2**31 - 1).astype("datetime64[D]"), mask=day > LAST).cast(pa.date32())


def write_cancer_drawn(results: Path, *, case_finding: bool = True) -> None:
    """Write figures of drawn pathways into a results folder."""
    drawn, spans = Drawn(), Spans.of(PERIODS)
    made = {each: performance(each, drawn.waits(each), spans, Elsewhere()) for each in Standard}
    told = made[Standard.FASTER_DIAGNOSIS]
    groups = [of_groups_elsewhere(_by_fifth(drawn, each), each, _days(drawn, each)) for each in Standard]
    write_cancer(results, "standards", pa.concat_tables([*made.values(), *groups]))
    weeks = weeks_of(PERIODS[0].start, PERIODS[-1].end)
    write_cancer(results, "backlog", backlog(drawn.courses, weeks))
    write_cancer(results, "steps", steps(drawn.pathways, drawn.courses, PERIODS[-1].start, PERIODS[-1].end))
    waits = drawn.waits(Standard.FASTER_DIAGNOSIS)
    years = told.filter(pa.array(np.isin(told["period"].to_pylist(), ["year"])))
    years = years.filter(pa.array([by in ("everyone", "tumour group") for by in years["by"].to_pylist()]))
    cancers, total = _cancers(drawn, waits, years)
    found = [
        conversion(years, cancers, total),
        early_stage(drawn.pathways, waits, spans.year(waits.stopped), spans.years),
        emergency(spans.years),
    ]
    write_cancer(results, "found", pa.concat_tables(found))
    if case_finding:
        write_cancer(results, "case-finding", CASE)


def _cancers(drawn: Drawn, waits: Waits, years: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    part, total = [], []
    for row in years.to_pylist():
        inside = (waits.stopped >= days_of(row["start"])) & (waits.stopped <= days_of(row["end"]))
        inside &= (waits.tumour == row["group"]) | (row["by"] == "everyone")
        total.append(int(inside.sum()))
        part.append(int((inside & drawn.cancer[waits.row]).sum()))
    return np.array(part), np.array(total)


def _by_fifth(drawn: Drawn, standard: Standard) -> pa.Table:
    """The last year by fifth, as a measure would show it."""
    waits = drawn.waits(standard)
    rows = []
    for fifth in range(1, 6):
        inside = (waits.stopped >= days_of(PERIODS[-1].start)) & (drawn.fifth[waits.row] == fifth)
        many, within = int(inside.sum()), int((inside & waits.within).sum())
        share = 100 * within / many
        rows.append({
            "by": "deprivation fifth", "group": str(fifth), "period_start": PERIODS[-1].start,
            "period_end": PERIODS[-1].end, "numerator": within, "denominator": many, "value": share,
            "lower95": share - 2, "upper95": share + 2, "lower99_8": share - 3, "upper99_8": share + 3,
            "state": "shown", "reason": "",
        })  # fmt: skip
    return pa.Table.from_pylist(rows)


def _days(drawn: Drawn, standard: Standard) -> pa.Table:
    rows = [
        {"by": "deprivation fifth", "group": str(fifth), "end": PERIODS[-1].end, "median_days": 20.0 + fifth,
         "ninetieth_days": 45.0}
        for fifth in range(1, 6)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows)


def _case(step: str, by: str, group: str, count: int | None, of: int | None) -> dict:
    share = None if count is None or of is None else 100 * count / of
    return {
        "step": step, "start": PERIODS[-1].start, "end": PERIODS[-1].end, "by": by, "group": group, "count": count,
        "of": of, "value": share, "lower95": share and share - 3, "upper95": share and share + 3,
        "lower99_8": share and share - 4, "upper99_8": share and share + 4,
        "state": "shown" if count is not None else "suppressed",
        "reason": "" if count is not None else "Hidden: small numbers",
    }  # fmt: skip


YIELD = {"invited": 1550, "consented": 545, "tested": 485, "raised": 70, "referred": 65, "found": 20}
"""Near the yield of targeted prostate health checks (BJUI Compass 2024)."""
CASE = pa.Table.from_pylist(
    [
        _case(step, by, group, None if part < 1 and step == "found" else int(count * part), of and int(of * part))
        for by, group, part in [
            ("everyone", "everyone", 1.0), *(("deprivation fifth", str(fifth), 0.2) for fifth in range(1, 6)),
            ("ethnic group", "Black", 0.3), ("ethnic group", "White", 0.6), ("ethnic group", "Asian", 0.1),
        ]
        for (step, count), of in zip(YIELD.items(), [None, *list(YIELD.values())[:-1]], strict=True)
    ],
    schema=CASE_FINDING,
)  # fmt: skip
