"""Time the statistics beside PHStatsMethods, in one run: `python bench/statistics.py`.

Random counts; two pairs of limits (95% and 99.8%) wherever there are limits; the best of three runs, but one run of
PHStatsMethods where it takes minutes. Seconds by the clock, and of processors in brackets, which stay the same when the
machine has other work; the ratio is of those. Where there is an aim it is printed beside: benches do not pass or fail.
"""

import importlib.util
import sys
from importlib.machinery import PathFinder
from pathlib import Path

# This folder is first on the path of every bench, and the standard library has a module of this file's name, which the
# product and its libraries import. So the folder leaves the path here; and where another bench imports
# `statistics` and finds this file, it gets the standard library's.
ELSEWHERE = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]

if __name__ == "statistics":
    found = PathFinder.find_spec(__name__, ELSEWHERE)
    sys.modules[__name__] = importlib.util.module_from_spec(found)
    found.loader.exec_module(sys.modules[__name__])
else:
    sys.path[:] = ELSEWHERE
    import contextlib
    import io
    import time
    from collections.abc import Callable
    from itertools import product

    import numpy as np
    import pandas as pd
    from PHStatsMethods import ph_dsr, ph_proportion, ph_rate

    from stewardship.measures import statistics as st
    from stewardship.measures.disclosure import Partition, control_counts, control_proportions

BOTH = [0.95, 0.998]
FEW, MANY = 4800, 100_000
BANDS = 19


def best(run: "Callable[[], object]", *, of: int = 3) -> tuple[float, float]:
    """Seconds of the fastest of so many runs, by the clock and of processors; whatever is printed is thrown away."""
    times = []
    for _ in range(of):
        with contextlib.redirect_stdout(io.StringIO()):
            clock, worked = time.perf_counter(), time.process_time()
            run()
            times.append((time.perf_counter() - clock, time.process_time() - worked))
    clocks, processors = zip(*times, strict=True)
    return min(clocks), min(processors)


def line(
    what: str, ours: tuple[float, float], theirs: tuple[float, float] | None = None, aim: str = ""
) -> None:
    """Print both times and how many times faster the first is."""
    beside = "" if theirs is None else f"{theirs[0]:9.2f} s ({theirs[1]:7.2f}) {theirs[1] / ours[1]:6.0f} x"
    print(f"{what:57}{ours[0]:8.4f} s ({ours[1]:7.4f}){beside:32}  {aim}".rstrip(), flush=True)


def by_age(random: "np.random.Generator", groups: int) -> "tuple[np.ndarray, np.ndarray]":
    """Events and people of groups x bands."""
    people = random.integers(50, 5000, (groups, BANDS))
    return random.poisson(people * 0.004), people


def standardised(random: "np.random.Generator", groups: int, *, theirs_of: int) -> None:
    """Standardised rates with limits, dense and from rows, beside the same of PHStatsMethods."""
    events, people = by_age(random, groups)
    rows = pd.DataFrame(list(product(range(groups), st.AGE_BANDS)), columns=["group", "ageband"]).assign(
        o=events.ravel(), n=people.ravel(), w=np.tile(st.standard_weights(), groups)
    )
    options = {"group_cols": ["group"], "confidence": BOTH, "euro_standard_pops": False}
    theirs = best(lambda: ph_dsr(rows, "o", "n", "w", **options), of=theirs_of)
    group, band = (codes.ravel() for codes in np.indices(events.shape))
    o, n = events.ravel(), people.ravel()
    dense = best(lambda: st.directly_standardised(events, people))
    line(f"standardised rates, {groups:,} x {BANDS}, dense", dense, theirs, "40 x")
    long = best(lambda: st.directly_standardised_rows(group, band, o, n, groups=groups))
    line(f"standardised rates, {groups:,} x {BANDS}, rows", long, theirs, "40 x")


def beside_phstatsmethods(random: "np.random.Generator") -> None:
    """What both can do."""
    n = random.integers(1, 5000, FEW)
    x, o = random.binomial(n, 0.3), 1 + random.poisson(20, FEW)
    frame = pd.DataFrame({"x": x, "n": n, "o": o})
    theirs = best(lambda: ph_proportion(frame, "x", "n", confidence=BOTH))
    line(f"proportions, {FEW:,} groups", best(lambda: st.proportions(x, n)), theirs, "40 x")
    theirs = best(lambda: ph_rate(frame, "o", "n", confidence=BOTH))
    line(f"rates, {FEW:,} groups", best(lambda: st.rates(o, n)), theirs, "40 x")
    standardised(random, FEW, theirs_of=3)
    standardised(random, MANY, theirs_of=1)
    n = random.integers(1, 5000, 1_000_000)
    x = random.binomial(n, 0.3)
    frame = pd.DataFrame({"x": x, "n": n})
    theirs = best(lambda: ph_proportion(frame, "x", "n", confidence=BOTH), of=1)
    line("proportions, 1,000,000 groups", best(lambda: st.proportions(x, n)), theirs, "40 x, 1 s")


def alone(random: "np.random.Generator") -> None:
    """What only this library does."""
    people = random.integers(300, 3000, (MANY, 20))
    deaths = random.binomial(people, np.linspace(0.002, 0.2, 20))
    line(f"life expectancy, {MANY:,} areas", best(lambda: st.life_expectancy(deaths, people)), aim="1 s")
    well = st.healthy_life_expectancy
    line(f"healthy life expectancy, {MANY:,} areas", best(lambda: well(deaths, people, 0.8, 200)))

    for parts in (5, 10):
        value, size = random.uniform(50, 80, (10_000, parts)), random.integers(100, 9000, (10_000, parts))
        limits = {"lower95": value * 0.95, "upper95": value * 1.05}
        for kind in ("mean", "rate"):
            seconds = best(lambda k=kind, v=value, s=size, c=limits: st.slope_index(v, s, kind=k, **c), of=1)
            line(f"slope index of {kind}s, 10,000 places x {parts}, 10,000 draws", seconds)
    x = random.poisson(40, (MANY, 5))
    n = random.integers(1000, 9000, (MANY, 5))
    line(f"excess events, {MANY:,} places x 5", best(lambda: st.attributable(x, n)))
    series = random.normal(50, 5, (MANY, 36))
    line(f"control charts, {MANY:,} series x 36", best(lambda: st.xmr(series)))
    x, n = random.binomial(900, 0.3, (2000, 140)), np.full((2000, 140), 900)
    line("overdispersed funnels, 2,000 x 140", best(lambda: st.overdispersed(x, n, of="proportion")))
    group, wait = random.integers(0, 5000, 1_000_000), random.exponential(60, 1_000_000)
    line(
        "92nd percentile, 1,000,000 waits of 5,000 groups",
        best(lambda: st.waits_of_rows(group, wait, groups=5000, share=0.92)),
    )
    few, seen = group[:200_000] // 10, random.random(200_000) < 0.7
    curves = best(lambda: st.survival(few, wait[:200_000], seen, at=[30, 90], groups=500), of=1)
    line("Kaplan-Meier, 200,000 people of 500 groups", curves)


def disclosure(random: "np.random.Generator") -> None:
    """Disclosure control of what the statistics are made from."""
    n = random.integers(0, 2000, (300_000, 6))
    n[:, 5] = n[:, :5].sum(axis=1)
    x = random.binomial(n, 0.03)
    x[:, 5] = x[:, :5].sum(axis=1)
    cell = np.arange(n.size).reshape(n.shape)
    fifths = [Partition(cell[:, :5].ravel(), np.repeat(cell[:, 5], 5))]
    x, n = x.ravel(), n.ravel()
    line("disclosure, 1,800,000 counts", best(lambda: control_counts(n)))
    line("disclosure, 1,800,000 proportions", best(lambda: control_proportions(x, n)))
    line("disclosure, 1,800,000 counts with their sums", best(lambda: control_counts(x, fifths)))
    line("disclosure, 1,800,000 proportions with their sums", best(lambda: control_proportions(x, n, fifths)))


def main() -> None:
    """Print every figure."""
    random = np.random.default_rng(1)
    print(f"{'':57}{'this':>20}{'PHStatsMethods':>22}{'ratio':>9}  aim")
    beside_phstatsmethods(random)
    alone(random)
    disclosure(random)


if __name__ == "__main__":
    main()
