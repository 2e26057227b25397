"""Special causes on a control chart: the tests of Making Data Count.

Source: NHS England, Making Data Count; as applied by the R package NHSRplotthedots.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.statistics.estimates import Array, Flags, Words

Signs = NDArray[np.int8]  # 1 above (or rising), -1 below (or falling), 0 no signal

RUN = 7  # points in a row, of a trend or on one side

CAUSES = ("outside the limits", "trend", "two of three", "shift")
"""Special causes, the first that applies to a point being named."""


@dataclass(frozen=True)
class Signals:
    """Which points of each series show a special cause, arrays of series x points of 1, -1 or 0.

    outside: beyond a limit. trend: one of seven in a row, each higher (lower) than the one before. two_of_three:
    one of at least two points beyond two thirds of the way to the limit, but inside it, among three in a row on one
    side of the centre. shift: one of seven in a row on one side; a point on the centre ends the run.
    """

    outside: Signs
    trend: Signs
    two_of_three: Signs
    shift: Signs

    def in_order(self) -> tuple[Signs, Signs, Signs, Signs]:
        """The four tests, the strongest first, as in `CAUSES`."""
        return self.outside, self.trend, self.two_of_three, self.shift

    @property
    def sign(self) -> Signs:
        """Of each point's first special cause: 1 high or rising, -1 low or falling, 0 common cause."""
        sign = np.zeros(self.outside.shape, np.int8)
        for test in reversed(self.in_order()):
            sign = np.where(test != 0, test, sign)
        return sign

    @property
    def cause(self) -> Words:
        """Of each point the first special cause in words, '' for common cause."""
        words = np.full(self.outside.shape, "", dtype=object)
        for name, test in reversed(list(zip(CAUSES, self.in_order(), strict=True))):
            words[test != 0] = name
        return words


def signals(values: Array, centre: Array, lower: Array, upper: Array) -> Signals:
    """The special causes of each series.

    values: series x points in the order of time; NaN points are passed over, as if the next came right after. centre,
    lower, upper: of the same shape.
    """
    order = np.argsort(np.isnan(values), axis=1, kind="stable")
    x, middle, low, high = (np.take_along_axis(a, order, axis=1) for a in (values, centre, lower, upper))
    above, below = x > middle, x < middle
    tests = (
        _signed(x > high, x < low),
        _signed(_trend(x, 1), _trend(x, -1)),
        _signed(
            _two_of_three(above, (x > middle + (high - middle) * 2 / 3) & (x <= high)),
            _two_of_three(below, (x < middle - (middle - low) * 2 / 3) & (x >= low)),
        ),
        _signed(_in_run(above, RUN), _in_run(below, RUN)),
    )
    return Signals(*(_put_back(test, order) for test in tests))


def _signed(high: Flags, low: Flags) -> Signs:
    return np.where(high, 1, np.where(low, -1, 0)).astype(np.int8)


def _put_back(test: Signs, order: NDArray[np.int64]) -> Signs:
    back = np.empty_like(test)
    np.put_along_axis(back, order, test, axis=1)
    return back


def _in_run(flag: Flags, length: int) -> Flags:
    """Which points are in an unbroken run of at least so many."""
    return np.asarray(_run_so_far(flag) + _run_so_far(flag[:, ::-1])[:, ::-1] - 1 >= length) & flag


def _run_so_far(flag: Flags) -> NDArray[np.int64]:
    at = np.broadcast_to(np.arange(flag.shape[1]), flag.shape)
    return np.asarray(at - np.maximum.accumulate(np.where(flag, -1, at), axis=1))


def _trend(x: Array, sign: int) -> Flags:
    steps = _in_run(np.diff(x, axis=1) * sign > 0, RUN - 1)
    flagged = np.zeros(x.shape, np.bool_)
    flagged[:, 1:] |= steps
    flagged[:, :-1] |= steps
    return flagged


def _two_of_three(side: Flags, near: Flags) -> Flags:
    flagged = np.zeros(side.shape, np.bool_)
    if side.shape[1] < 3:
        return flagged
    points = side.shape[1] - 2
    windows = [slice(shift, shift + points) for shift in range(3)]
    together = np.logical_and.reduce([side[:, w] for w in windows])
    together &= sum(near[:, w].astype(np.int8) for w in windows) >= 2
    for window in windows:
        flagged[:, window] |= together
    return flagged & near
