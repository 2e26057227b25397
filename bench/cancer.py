"""Time the rules of cancer waiting times: `python bench/cancer.py`.

200,000 pathways of every kind, judged one after the other on one core, beside a floor of the same run: of the same
pathways, nothing but the three differences of dates. Seconds of the processor; the best of three runs.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from stewardship.rules.cancer.codes import Route
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.pathway import Pathway, Treatment

PATHWAYS = 200_000
AIM_SECONDS = 10
AS_OF = date(2026, 3, 31)
ROUTES = (Route.URGENT,) * 16 + (Route.BREAST_SYMPTOMATIC, Route.SCREENING, Route.UPGRADE, Route.NONE)


def pathways(many: int) -> list[Pathway]:
    """Made-up pathways of two years; one in six is found to be cancer, and some wait, or have booked dates."""
    chance = random.Random(20260331)
    first = AS_OF - timedelta(730)
    return [_pathway(chance, first + timedelta(chance.randrange(731))) for _ in range(many)]


def _pathway(chance: random.Random, received: date) -> Pathway:
    def later(low: int, high: int) -> date:
        return received + timedelta(chance.randint(low, high))

    cancer, missed = chance.random() < 1 / 6, chance.random() < 0.05
    route = chance.choice(ROUTES)
    return Pathway(
        route=route,
        referral_type="07",
        received=received,
        upgraded=later(5, 20) if route is Route.UPGRADE else None,
        missed=later(5, 8) if missed else None,
        rebooked=later(8, 12) if missed else None,
        first_seen=later(12, 20),
        first_seen_provider="RZ901",
        told=later(20, 45),
        end_reason="01" if cancer else "02",
        diagnosis="C18.7" if cancer else "",
        investigating_provider="RZ901",
        transferred=later(25, 45) if cancer else None,
        treatment=_treatment(chance, later) if cancer else None,
    )


def _treatment(chance: random.Random, later: Callable[[int, int], date]) -> Treatment:
    paused = chance.random() < 0.1
    return Treatment(
        decided=later(30, 50),
        started=later(70, 110),
        event_type="01",
        modality="23",
        pause_from=later(51, 55) if paused else None,
        pause_to=later(56, 65) if paused else None,
        pause_reason="8" if paused else "",
        provider=chance.choice(("RZ901", "RZ801")),
    )


def judged(made: Sequence[Pathway]) -> None:
    """All the rules on each."""
    for pathway in made:
        judge(pathway, as_of=AS_OF)


def subtracted(made: Sequence[Pathway]) -> None:
    """The floor: three differences of dates, with no rule at all."""
    for pathway in made:
        treatment = pathway.treatment
        received, told = pathway.received, pathway.told
        _ = (told - received).days if told and received else None
        if treatment and treatment.started and treatment.decided:
            _ = (treatment.started - treatment.decided).days
            _ = (treatment.started - received).days if received else None


def best(run: Callable[[Sequence[Pathway]], None], made: Sequence[Pathway]) -> float:
    """Seconds of the processor in the fastest of three runs."""
    times = []
    for _ in range(3):
        before = time.process_time()
        run(made)
        times.append(time.process_time() - before)
    return min(times)


def main() -> None:
    """Print what making, judging and merely subtracting took."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else PATHWAYS
    before = time.process_time()
    made = pathways(many)
    making = time.process_time() - before
    ours, floor = best(judged, made), best(subtracted, made)
    print(f"{many:,} pathways made            {making:8.2f} s")
    print(f"{many:,} pathways judged          {ours:8.2f} s   aim: under {AIM_SECONDS} s")
    print(f"{many:,} pathways subtracted only {floor:8.2f} s   {ours / floor:.0f} times less")


if __name__ == "__main__":
    main()
