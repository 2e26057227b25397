"""Time the statistics beside PHStatsMethods, in one run: `python bench/measures_statistics.py`.

Random counts, two pairs of limits (95% and 99.8%) in every call; the best of three runs.
"""

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
GROUPS = 4800
BANDS = 19


def best(run: Callable[[], object]) -> float:
    """Seconds of the fastest of three runs, with whatever is printed thrown away."""
    times = []
    for _ in range(3):
        with contextlib.redirect_stdout(io.StringIO()):
            start = time.perf_counter()
            run()
            times.append(time.perf_counter() - start)
    return min(times)


def line(what: str, seconds: float, beside: float | None = None) -> None:
    """Print a time and how many times faster it is than the one beside it."""
    ratio = "" if beside is None else f"{beside:10.3f} s {beside / seconds:8.0f} x"
    print(f"{what:58}{seconds:9.4f} s{ratio}")


def by_age(random: np.random.Generator, groups: int) -> tuple[np.ndarray, np.ndarray]:
    """Events and people of groups x bands."""
    people = random.integers(50, 5000, (groups, BANDS))
    return random.poisson(people * 0.004), people


def main() -> None:
    """Print every figure."""
    random = np.random.default_rng(1)
    print(f"{'':58}{'this':>11}{'PHStatsMethods':>16}{'ratio':>6}")

    n = random.integers(1, 5000, GROUPS)
    x, o = random.binomial(n, 0.3), 1 + random.poisson(20, GROUPS)
    frame = pd.DataFrame({"x": x, "n": n, "o": o})
    theirs = best(lambda: ph_proportion(frame, "x", "n", confidence=BOTH))
    line(f"proportions, {GROUPS:,} groups", best(lambda: st.proportions(x, n)), theirs)
    theirs = best(lambda: ph_rate(frame, "o", "n", confidence=BOTH))
    line(f"rates, {GROUPS:,} groups", best(lambda: st.rates(o, n)), theirs)

    events, people = by_age(random, GROUPS)
    rows = pd.DataFrame(list(product(range(GROUPS), st.AGE_BANDS)), columns=["group", "ageband"]).assign(
        o=events.ravel(), n=people.ravel(), w=np.tile(st.standard_weights(), GROUPS)
    )
    options = {"group_cols": ["group"], "confidence": BOTH, "euro_standard_pops": False}
    theirs = best(lambda: ph_dsr(rows, "o", "n", "w", **options))
    group, band = (codes.ravel() for codes in np.indices(events.shape))
    dense = best(lambda: st.directly_standardised(events, people))
    line(f"standardised rates, {GROUPS:,} x {BANDS}, dense", dense, theirs)
    long = best(
        lambda: st.directly_standardised_rows(group, band, events.ravel(), people.ravel(), groups=GROUPS)
    )
    line(f"standardised rates, {GROUPS:,} x {BANDS}, rows", long, theirs)

    n = random.integers(1, 5000, 1_000_000)
    x = random.binomial(n, 0.3)
    line("proportions, 1,000,000 groups", best(lambda: st.proportions(x, n)))
    o = random.poisson(20, 100_000)
    line("rates, 100,000 groups", best(lambda: st.rates(o, n[:100_000])))
    events, people = by_age(random, 100_000)
    line(
        f"standardised rates, 100,000 x {BANDS}, dense",
        best(lambda: st.directly_standardised(events, people)),
    )

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


if __name__ == "__main__":
    main()
