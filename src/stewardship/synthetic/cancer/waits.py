"""How long pathways take, in days: drawn within the published bands, given whether each standard is met.

Source of the bands: as in `months.csv`, all months together.
"""

import numpy as np
import numpy.typing as npt

from stewardship.synthetic.cancer.published import NO_CLOCK, SCREENING, UPGRADE, URGENT
from stewardship.synthetic.lives import Flags, Share

Positions = npt.NDArray[np.int64]
Bands = tuple[tuple[int, int, float], ...]
# First and last day of each band, and its share.
TOLD_IN_TIME: Bands = ((1, 6, 0.09), (7, 14, 0.244), (15, 28, 0.338))
TOLD_LATE: Bands = ((29, 42, 0.158), (43, 62, 0.095))
TOLD_LATEST = (63, 0.075, 26.0)  # first day, share, and mean of the days beyond it
TREATED_IN_TIME: dict[int, Bands] = {
    URGENT: ((10, 31, 0.085), (32, 38, 0.049), (39, 48, 0.083), (49, 62, 0.185)),
    SCREENING: ((14, 31, 0.035), (32, 38, 0.048), (39, 48, 0.179), (49, 62, 0.278)),
    UPGRADE: ((3, 31, 0.405), (32, 38, 0.076), (39, 48, 0.081), (49, 62, 0.131)),
}
TREATED_LATE: Bands = ((63, 76, 0.137), (77, 90, 0.1), (91, 104, 0.081))
TREATED_LATEST = (105, 0.191, 32.0)
STARTED_LATE: Bands = ((32, 38, 0.056), (39, 48, 0.051), (49, 62, 0.035))
STARTED_LATEST = (63, 0.03, 14.0)
LONGEST = 270  # days
LEAST_LEFT = (
    32  # days to live or to stay after being told, or after a decision, with which people are treated
)
TOLD_SOON = (0.25, 0.95)  # of the time before the decision to treat, the part before being told


def told_after(random: np.random.Generator, in_time: Flags) -> Positions:
    """Days from the clock's start to being told, of those told in 28 days and the others."""
    late = _with_tail(random, TOLD_LATE, TOLD_LATEST, len(in_time))
    return np.where(in_time, _in_bands(random, TOLD_IN_TIME, len(in_time)), late)


def started_after(random: np.random.Generator, in_time: Flags) -> Positions:
    """Days from the decision to treat to the start of treatment, of those within 31 days and the others."""
    soon = np.floor(31.999 * random.random(len(in_time)) ** 1.3).astype(np.int64)
    return np.where(in_time, soon, _with_tail(random, STARTED_LATE, STARTED_LATEST, len(in_time)))


def treated_after(
    random: np.random.Generator, route: Positions, in_time: Flags, from_decision: Positions
) -> tuple[Positions, Positions, Positions]:
    """Days to being told, from then to the decision, and from that to treatment: together within 62 days, or not.

    from_decision: days from decision to treatment as drawn; shortened where the whole would not be in time.
    """
    many = len(route)
    soon = np.select(
        [route == way for way in TREATED_IN_TIME],
        [_in_bands(random, bands, many) for bands in TREATED_IN_TIME.values()],
        _in_bands(random, TREATED_IN_TIME[URGENT], many),
    )
    late = _with_tail(random, TREATED_LATE, TREATED_LATEST, many)
    whole = np.where(in_time, soon, np.maximum(late, from_decision + 10))
    treatment = np.where(in_time, np.minimum(from_decision, whole * 6 // 10), from_decision)
    before = whole - treatment
    without_clock = route == NO_CLOCK
    before = np.where(without_clock, 2 + np.floor(random.exponential(9, many)).astype(np.int64), before)
    low, high = TOLD_SOON
    told = np.ceil(before * (low + (high - low) * random.random(many))).astype(np.int64)
    return told, before - told, treatment


def _with_tail(
    random: np.random.Generator, bands: Bands, tail: tuple[int, float, float], many: int
) -> Positions:
    first, share, mean = tail
    beyond = random.random(many) < share / (share + sum(band[2] for band in bands))
    far = np.minimum(first + np.floor(random.exponential(mean, many)).astype(np.int64), LONGEST)
    return np.where(beyond, far, _in_bands(random, bands, many))


def _in_bands(random: np.random.Generator, bands: Bands, many: int) -> Positions:
    """Whole days, evenly within bands that are drawn by their shares."""
    first, last, share = (np.array(column) for column in zip(*bands, strict=True))
    band = drawn_from(random, np.broadcast_to(share, (many, len(bands))))
    return np.asarray(first[band] + np.floor(random.random(many) * (last - first + 1)[band]), dtype=np.int64)


def within_life(
    left: Positions, told: Positions, decision: Positions, treatment: Positions
) -> tuple[Positions, Positions, Positions]:
    """Days to being told, to the decision and to treatment of people with so many days left once they are told.

    Together they are as many as before: what no longer fits in comes before being told. So whether people are treated
    in time does not decide whether they live to be treated; with at least `LEAST_LEFT` days neither standard changes.
    """
    sooner = np.minimum(treatment, left)
    decided = np.minimum(decision, left - sooner)
    return told + decision - decided + treatment - sooner, decided, sooner


def drawn_evenly(random: np.random.Generator, day: npt.NDArray[np.integer], chance: Share) -> Flags:
    """Which of some events are drawn, each with its chance: in any stretch of days as many as are expected, but for
    one or two, so that shares come out near their chances however few events there are."""
    order = np.argsort(day, kind="stable")
    found = np.empty(len(day), dtype=bool)
    found[order] = np.diff(np.floor(random.random() + np.cumsum(chance[order])), prepend=0) >= 1
    return found


def drawn_from(random: np.random.Generator, weights: Share) -> Positions:
    """One of the columns for each row, by the row's weights."""
    upto = np.cumsum(weights, axis=1)
    return np.asarray((upto < random.random((len(weights), 1)) * upto[:, -1:]).sum(axis=1), dtype=np.int64)
