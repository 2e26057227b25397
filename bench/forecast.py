"""Judge the forecast of the cancer backlog on synthetic systems: `python bench/forecast.py [--residents 100000]`.

For each seed a system is made and forecast from some of its weeks, drawn at random: calm ones, and those about the dip
in capacity that nobody could foresee. Printed: how often the 50 and 80 per cent intervals held, all 26 weeks together
and by how far ahead, and how wide they were beside those of the simple guess that the backlog stays as it is. The
forecast's assumptions were set on seeds 1 to 50, so these begin at 51.
"""

import argparse
import time
from collections.abc import Sequence
from datetime import date

import numpy as np

from stewardship.measures.cancer.forecast import WEEKS, forecast
from stewardship.measures.cancer.forecast_fit import fitted
from stewardship.measures.cancer.forecast_judged import Trial, past_moves, tried, walked, widths_of_guess
from stewardship.measures.cancer.forecast_weeks import PathwayDays, WeeklyMoves, sundays, weekly_moves
from stewardship.synthetic.cancer.backlog import dip_of
from stewardship.synthetic.cancer.studied import studied
from stewardship.synthetic.lives import NEVER, Plan

LAST_DAY = date(2026, 3, 31)
FIRST_SEED = 51
EARLIEST = 40  # weeks of history of the first week from which anything is forecast


def moves_of(plan: Plan) -> WeeklyMoves:
    """The weekly moves of a system."""
    made = studied(plan)
    never = np.full(len(made.started), NEVER)
    days = PathwayDays(made.started, made.tested, never, made.told, made.ended)
    return weekly_moves(days, sundays(plan.first + 7, plan.last))


def trials_of(seed: int, asked: argparse.Namespace) -> list[tuple[Trial, bool]]:
    """Forecasts from some weeks of one system, and whether the dip touches any of the weeks that are forecast."""
    plan = Plan(asked.residents, asked.years, seed, LAST_DAY)
    moves, dip = moves_of(plan), dip_of(plan)
    weeks = np.random.default_rng(seed).choice(
        np.arange(EARLIEST, len(moves.weeks) - WEEKS), asked.weeks, replace=False
    )
    made = [tried(moves, int(week), draws=asked.draws, seed=seed) for week in np.sort(weeks)]
    return [
        (each, bool(each.forecast.weeks[-1] >= dip.first and each.forecast.weeks[0] <= dip.over))
        for each in made
    ]


def told(trials: Sequence[Trial]) -> None:
    """Print how well the forecasts foretold."""
    held80, held50 = (np.stack([getattr(each, name) for each in trials]) for name in ("held80", "held50"))
    width = np.stack([each.width80 for each in trials])
    wrong = np.stack([each.forecast.middle - each.came for each in trials])
    wrong_guess = np.stack([each.known[-1] - each.came for each in trials])
    print(
        f"pairs of seed and week: {len(trials)}; mean backlog {np.mean([each.came for each in trials]):.1f}"
    )
    print(f"80% intervals held in {held80.mean():.1%}, 50% intervals in {held50.mean():.1%}")
    print(f"mean error {np.abs(wrong).mean():.1f} people; of the last value {np.abs(wrong_guess).mean():.1f}")
    print(f"mean width of 80% intervals: {width.mean():.1f} people")
    guesses = {}
    for name, spread in (("what it moved before", past_moves), ("random walk", walked)):
        spreads = [spread(each.known) for each in trials]
        guesses[name] = widths_of_guess(trials, spreads, 0.8)
        as_often = widths_of_guess(trials, spreads, held80.mean()).mean()
        print(
            f"  last value, {name}: {guesses[name].mean():.1f} made to hold in 80.0%, {as_often:.1f} in as many"
        )
    best = min(guesses.values(), key=lambda each: float(each.mean()))
    print("weeks ahead   held 80%   held 50%   width   last value's")
    for week in range(WEEKS):
        columns = (
            held80[:, week].mean(),
            held50[:, week].mean(),
            width[:, week].mean(),
            best[:, week].mean(),
        )
        print("{:11d} {:10.1%} {:10.1%} {:7.1f} {:14.1f}".format(week + 1, *columns))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=60)
    parser.add_argument("--first-seed", type=int, default=FIRST_SEED)
    parser.add_argument("--weeks", type=int, default=5, help="weeks of each system from which it is forecast")
    parser.add_argument("--residents", type=int, default=100_000)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--draws", type=int, default=500)
    asked = parser.parse_args()
    began = time.perf_counter()
    trials = [
        each
        for seed in range(asked.first_seed, asked.first_seed + asked.seeds)
        for each in trials_of(seed, asked)
    ]
    told([each for each, _ in trials])
    for name, about in (("about the dip in capacity", True), ("calm", False)):
        held = [each.held80.mean() for each, touched in trials if touched is about]
        print(f"{name}: {len(held)} pairs, 80% intervals held in {np.mean(held):.1%}")
    print(f"made and forecast in {time.perf_counter() - began:.0f} s")
    past = fitted(moves_of(Plan(asked.residents, asked.years, 1, LAST_DAY)))
    began = time.perf_counter()
    forecast(past)
    print(f"one forecast of 26 weeks with 1,000 draws: {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()
