"""Judge the matched comparison on synthetic systems: `python bench/matched.py [--seeds 400] [--residents 1200000]`.

For each seed a system is drawn as `stewardship synthesise --panel-only` draws it, and once more with a planted change
that prevents nothing. Printed: how often the 95% interval held the planted effect (aim: 92 to 98%), how often the
effect was found (aim: at least 80%), how often one was claimed where there is none, what before and after alone would
have said, and how often the range of bed days held those that were prevented.

Each study is a line of the file `--lines`; those that stand there are not made again, so that a run may be stopped.
"""

import argparse
import json
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from stewardship.evaluation.advice_line import after_calls, index_crises
from stewardship.evaluation.coordinated_care import after_enrolment
from stewardship.evaluation.followed import Stays, began_within
from stewardship.evaluation.matched import Comparison
from stewardship.evaluation.pool import days_of
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.panel import NOTHING, Panel, Prevented, worlds
from stewardship.synthetic.use.changes import PREVENTED_BY_COORDINATION, change_day

LAST_DAY = date(2026, 3, 31)
STUDIES: tuple[Prevented, ...] = ("advice line", "coordination")
HELD = (0.92, 0.98)
POWER = 0.80

Line = dict[str, Any]


def told(found: Comparison) -> Line:
    """What a study found, as numbers."""
    naive, effect = found.result.naive, found.result.effect
    return {
        "effect": [effect.value, effect.low, effect.high] if effect else None,
        "naive": [naive[0].value, naive[0].low, naive[0].high] if naive else None,
        "sets": found.flow.sets,
        "furthest": max((abs(line.difference_after) for line in found.balance), default=None),
        "grade": found.result.grade.name,
    }


def of_advice_line(made: Panel, without: Panel) -> list[Line]:
    """The study of the line where it prevents something and where it does not, and what it truly prevented."""
    (first, _), (idle, _) = (
        after_calls(each.crises, each.stays, known_to=LAST_DAY) for each in (made, without)
    )
    truth = made.planted["advice-line"].realised
    beds = first.bed_days
    planted = {
        **told(first.admissions),
        "truth": 100 * (share_admitted(made) - share_admitted(without)),
        "beds": [beds.days, beds.least, beds.most] if beds else None,
        "beds_truth": truth["bed_days_prevented"] / max(truth["calls"], 1) * first.admissions.flow.sets,
    }
    return [planted, told(idle.admissions)]


def share_admitted(made: Panel) -> float:
    """Share of calls after which somebody was admitted within a week: of the same calls, whatever they prevent."""
    person, day, first = (
        made.crises["person"].to_numpy(), days_of(made.crises["day"]), days_of(made.stays["first_day"])
    )  # fmt: skip
    stays = Stays(made.stays["person"].to_numpy(), first, days_of(made.stays["last_day"]))
    calls = index_crises(made.crises) & made.crises["called"].to_numpy()
    return float(began_within(stays, person, day, day + 7)[calls].mean())


def of_coordination(made: Panel, without: Panel, plan: Plan) -> list[Line]:
    """The study of coordinated care, with the share that it truly prevented by truth.json."""
    planted, idle = (
        told(after_enrolment(enrolled_and_others(each.people, change_day(plan)), each.person_months))
        for each in (made, without)
    )
    truth = made.planted["service-change"].realised
    share = truth["admissions_prevented"] / max(truth["later_admissions_without_it"], 1)
    return [{**planted, "truth": 1 - share}, idle]


def enrolled_and_others(people: pa.Table, change: int) -> pa.Table:
    """Each person of the table once, with the day of enrolment, or of the change."""
    _, row = np.unique(people["person"].to_numpy(), return_index=True)
    once = people.take(np.sort(row))
    chosen, before = (pa.scalar(day, pa.int32()).cast(pa.date32()) for day in (change, change - 1))
    once = once.append_column("index", once["enrolled_on"].fill_null(chosen))
    return once.append_column("known_until", pa.array([before.as_py()] * once.num_rows, pa.date32()))


def studied(seed: int, study: Prevented, residents: int, years: int) -> Line:
    """One study of one system, and of the same system where nothing is prevented."""
    began = time.process_time()
    plan = Plan(residents, years, seed, LAST_DAY)
    made, without = worlds(plan, [NOTHING, frozenset({study})])
    planted, idle = (
        of_advice_line(made, without) if study == "advice line" else of_coordination(made, without, plan)
    )
    return {
        "study": study, "seed": seed, "residents": residents, "years": years, "planted": planted, "idle": idle,
        "seconds": round(time.process_time() - began, 2),
    }  # fmt: skip


def printed(lines: Sequence[Line], study: Prevented) -> None:
    """Print how well a study did."""
    none = 0.0 if study == "advice line" else 1.0
    planted, idle = (
        [line[world] for line in lines if line[world]["effect"]] for world in ("planted", "idle")
    )
    print(f"\n{study}: {len(lines)} systems, of which {len(lines) - len(planted)} studies were refused")
    if not planted:
        return
    effects, naive = (np.array([line[name] for line in planted]) for name in ("effect", "naive"))
    realised = np.array([line["truth"] for line in planted])
    truth = 1 - PREVENTED_BY_COORDINATION if study == "coordination" else float(realised.mean())
    held = ((effects[:, 1] <= truth) & (truth <= effects[:, 2])).mean()
    own = ((effects[:, 1] <= realised) & (realised <= effects[:, 2])).mean()
    power = (effects[:, 2] < none).mean()
    unit = "percentage points" if study == "advice line" else "times as many admissions"
    print(f"  {np.mean([line['sets'] for line in planted]):.0f} matched sets a study")
    print(f"  planted effect {truth:.3f} {unit}; estimated {effects[:, 0].mean():.3f} on average")
    print(
        f"  95% interval held it in {held:.1%} (aim {HELD[0]:.0%} to {HELD[1]:.0%}); the effect on the people of"
    )
    print(f"    that very system in {own:.1%}; mean width {(effects[:, 2] - effects[:, 1]).mean():.3f}")
    print(f"  effect found in {power:.1%} (aim at least {POWER:.0%})")
    wrong = ((naive[:, 1] > truth) | (truth > naive[:, 2])).mean()
    print(
        f"  before and after alone: {naive[:, 0].mean():.3f} on average, {naive[:, 0].mean() - truth:+.3f} off;"
    )
    print(f"    its interval left the planted effect out in {wrong:.1%}")
    if idle:
        found = np.array([line["effect"] for line in idle])
        claimed = (found[:, 2] < none).mean(), (found[:, 1] > none).mean()
        print(
            f"  no effect planted, {len(idle)} systems: a benefit claimed in {claimed[0]:.1%}, harm in {claimed[1]:.1%}"
        )
        seen = np.array([line["naive"] for line in idle])
        print(f"    before and after alone: {seen[:, 0].mean():.3f} on average")
    furthest = [line["furthest"] for line in planted]
    print(f"  furthest apart after matching: {np.mean(furthest):.3f} standard deviations on average")
    grades = [line["grade"] for line in planted]
    print(f"  grades: {grades.count('B')} of B, {grades.count('C')} of C")
    if study == "advice line":
        beds = np.array([line["beds"] for line in planted])
        true = np.array([line["beds_truth"] for line in planted])
        within = ((beds[:, 1] <= true) & (true <= beds[:, 2])).mean()
        print(
            f"  bed days: {beds[:, 0].mean():.0f} on average, truly {true.mean():.0f}; range held in {within:.1%}"
        )


def wanted(asked: argparse.Namespace, done: Iterable[Line]) -> list[tuple[int, Prevented]]:
    """The studies that are not made yet."""
    there = {(line["seed"], line["study"]) for line in done}
    every = [(seed, study) for seed in range(1, asked.seeds + 1) for study in asked.studies]
    return [each for each in every if each not in there]


def kept(path: Path, asked: argparse.Namespace) -> list[Line]:
    """Lines of systems of the same size, that a run before made."""
    lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    same = (asked.residents, asked.years)
    return [
        line for line in lines if (line["residents"], line["years"]) == same and line["seed"] <= asked.seeds
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=400)
    parser.add_argument("--residents", type=int, default=60_000)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--studies", nargs="+", choices=STUDIES, default=STUDIES)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--lines", type=Path, default=Path("matched-lines.jsonl"))
    asked = parser.parse_args()
    lines = kept(asked.lines, asked)
    study = partial(studied, residents=asked.residents, years=asked.years)
    with (
        ProcessPoolExecutor(asked.processes, mp_context=get_context("spawn")) as pool,
        asked.lines.open("a") as out,
    ):
        making = [pool.submit(study, *each) for each in wanted(asked, lines)]
        for made in as_completed(making):
            lines.append(made.result())
            out.write(json.dumps(lines[-1]) + "\n")
            out.flush()
    print(f"{asked.residents:,} residents, {asked.years} years, seeds 1 to {asked.seeds}")
    for each in asked.studies:
        printed([line for line in lines if line["study"] == each], each)
    print(f"\n{sum(float(line['seconds']) for line in lines):.0f} s of the processor")


if __name__ == "__main__":
    main()
