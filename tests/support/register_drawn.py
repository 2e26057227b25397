"""Calls to the advice line drawn by chance, and what would be published of them."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from stewardship.measures.cancer.grid import Spans
from stewardship.measures.cancer.reading import Pathways
from stewardship.measures.frailty.calls_bed_days import bed_days_table
from stewardship.measures.frailty.calls_counted import Placed, calls_table, outcomes_table
from stewardship.measures.frailty.calls_judged import judge_calls
from stewardship.measures.frailty.calls_published import write_frailty
from stewardship.measures.frailty.calls_read import Calls, weekday
from stewardship.measures.frailty.register_counted import drawn_up
from stewardship.people.periods import Period
from stewardship.rules.frailty.calls import Since, Stay

PERIODS = [Period(date(year, 4, 1), date(year + 1, 3, 31)) for year in (2024, 2025)]
CALLERS = np.array(["Urgent community response", "GP", "Care home", "Ambulance"])
REASONS = np.array(["Falls", "Delirium", "Pain"])
INTENDED = np.array(["Convey", "Admit", "Stay with GP", "Unsure"])
ADVICE = np.array(["Stay at home with plan", "Virtual ward", "Direct admission"])
NETWORKS = np.array(["N1", "N2", "N3", "N4"])


def drawn_calls(many: int = 3000, seed: int = 5) -> Calls:
    """Calls about half as many people, about one in six of whom is admitted within some days."""
    random = np.random.default_rng(seed)
    first, last = PERIODS[0].start, PERIODS[-1].end
    person = random.integers(0, many // 2, many)
    days = np.sort(random.integers(0, (last - first).days + 1, many))
    on = [first + timedelta(days=int(day)) for day in days]
    table = pa.table({
        "person_id": pa.array(person, pa.int64()), "start": pa.array(on, pa.date32()),
        "referred_by": random.choice(CALLERS, many, p=[0.72, 0.1, 0.1, 0.08]).tolist(),
        "reason": random.choice(REASONS, many).tolist(), "intended": random.choice(INTENDED, many).tolist(),
        "outcome": random.choice(ADVICE, many, p=[0.5, 0.35, 0.15]).tolist(),
    })  # fmt: skip
    since = {}
    for who in np.unique(person).tolist():
        stays, attended = [Stay(start=first - timedelta(days=90), end=first - timedelta(days=82))], []
        for at in np.flatnonzero(person == who):
            if random.random() < 0.25:
                begun = on[at] + timedelta(days=int(random.integers(0, 30)))
                stays.append(Stay(start=begun, end=begun + timedelta(days=int(random.integers(1, 15)))))
                attended.append(begun)
        died = on[np.flatnonzero(person == who)[-1]] + timedelta(days=5) if random.random() < 0.15 else None
        since[who] = Since(stays=tuple(stays), attended=tuple(attended), died=died, known_to=last)
    return Calls(Pathways(table, table, {}), since)


def write_register_drawn(folder: Path, calls: Calls | None = None) -> None:
    """Publish the figures of drawn calls in a results folder."""
    calls = drawn_calls() if calls is None else calls
    random = np.random.default_rng(1)
    spans, many = Spans.of(PERIODS), len(calls)
    named = {
        "main caller": calls.main_caller,
        "caller": calls.caller, "reason": calls.reason,
        "weekday": np.array([weekday(day) for day in calls.on], object),
        "network": np.where(np.arange(many) < many - 5, random.choice(NETWORKS[:3], many), NETWORKS[3]).astype(object),
        "deprivation fifth": random.integers(1, 6, many).astype(str).astype(object),
    }  # fmt: skip
    year = spans.year(calls.day)
    judged = judge_calls(calls)
    of_index = {by: named[by][judged.row] for by in ("main caller", "deprivation fifth")}
    of_calls = {by: names for by, names in named.items() if by != "main caller"}
    index = Placed.of(year[judged.row], calls.person[judged.row], of_index)
    outcomes = outcomes_table(index, judged, spans)
    write_frailty(folder, "calls", calls_table(Placed.of(year, calls.person, of_calls), calls.day, spans))
    write_frailty(folder, "outcomes", outcomes)
    write_frailty(folder, "bed-days", bed_days_table(calls, outcomes, spans))
    since = np.sort(random.integers(PERIODS[0].start.toordinal(), PERIODS[1].end.toordinal(), 900)) - 719163
    reviewed = np.where(random.random(900) < 0.7, since + 400, np.iinfo(np.int64).max)
    fifth = random.integers(1, 6, 900).astype(str).astype(object)
    write_frailty(folder, "register", drawn_up(since, reviewed, fifth, PERIODS[-1], spans))
