"""Who is compared with whom: exactly alike in a few things, as likely to have had the event, and nearest in the rest.

Sources: Rosenbaum and Rubin 1985 (nearest within calipers of the propensity); Austin 2011 (a caliper of 0.2 standard
deviations of its logit); Stuart 2010 (several controls, and controls used again).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree
from sklearn.linear_model import LogisticRegression

from stewardship.evaluation.pool import Flags, Numbers, Pool, Whole

CONTROLS = 5  # of a case, at most
CALIPER = 0.2  # standard deviations of the logit of the propensity
LEAST_CALIPER = (
    0.1  # of that logit: where all are about as likely, odds 10% apart are no reason to keep people apart
)
_LOOKED_AT = 100  # nearest in the same stratum, among which those within the caliper are taken
_TIE = 1e-3  # standard deviations, below which two are just as near
_LOT = 20261122
_STEPS = 1000  # of the fit of the propensity, at most


@dataclass(frozen=True)
class Sets:
    """Matched sets: a case, which had the event, and its controls, which had not. One entry a member.

    number: which set, from 0 by rising position of its case. member: position in the pool. case: whether it is the
    set's case. weight: 1 of a case; the controls of a set count together as one. incomplete: events of which something
    is unknown, or that are not counted. without_like: cases for whom nobody alike was found.
    """

    number: Whole
    member: Whole
    case: Flags
    weight: Numbers
    incomplete: Flags
    without_like: Whole

    def __len__(self) -> int:
        return int(self.case.sum())

    def only(self, kept: Flags) -> "Sets":
        """The sets without members that are not kept; a set without its case or any control is left out whole."""
        has_case = np.isin(self.number, self.number[kept & self.case])
        has_control = np.isin(self.number, self.number[kept & ~self.case])
        own = kept & has_case & has_control
        return Sets(
            number=self.number[own],
            member=self.member[own],
            case=self.case[own],
            weight=_weights(self.number[own], self.case[own]),
            incomplete=self.incomplete,
            without_like=self.without_like,
        )


def matched(pool: Pool, counted: Flags) -> Sets:
    """The matched sets of those of a pool that are counted; the same whatever the order of its rows.

    Up to CONTROLS controls a case, nearest first, from the same stratum and within the caliper. One may be the control
    of several cases, but nobody is their own control, or twice in a set.
    """
    known = pool.known & counted
    order = np.lexsort((*reversed(_sorted_by(pool)), pool.index, pool.person))
    order = order[known[order]]
    cases, others = order[pool.exposed[order]], order[~pool.exposed[order]]
    pairs = _pairs(pool, order, cases, others)
    number = np.unique(pairs[0])
    case = np.concatenate([np.ones(len(number), bool), np.zeros(len(pairs[0]), bool)])
    of = np.searchsorted(number, np.concatenate([number, pairs[0]]))
    member = np.concatenate([number, pairs[1]])
    found = np.lexsort((pool.index[member], pool.person[member], ~case, of))
    return Sets(
        number=of[found],
        member=member[found],
        case=case[found],
        weight=_weights(of[found], case[found]),
        incomplete=~known,
        without_like=np.setdiff1d(cases, number),
    )


def propensity_logit(pool: Pool, rows: Whole) -> Numbers:
    """For each of the rows, the logit of how likely it was to be exposed, by all that was known before.

    All zeros where there are only exposed or only others. Ridge regression, so that a thing that tells the two apart
    wholly does not run away.
    """
    exposed = pool.exposed[rows]
    if exposed.all() or not exposed.any():
        return np.zeros(len(rows))
    features = np.column_stack([_standardised(pool.alike_in[rows]), *_levels(pool, rows)])
    if not features.shape[1]:
        return np.zeros(len(rows))
    fit = LogisticRegression(max_iter=_STEPS).fit(features, exposed)
    return np.asarray(fit.decision_function(features), dtype=np.float64)


def _pairs(pool: Pool, order: Whole, cases: Whole, others: Whole) -> tuple[Whole, Whole]:
    """Positions of cases and of their controls."""
    none = np.zeros(0, dtype=np.int64)
    if not len(cases) or not len(others):
        return none, none
    logit = np.zeros(len(pool))
    logit[order] = propensity_logit(pool, order)
    spread = np.sqrt((logit[cases].var() + logit[others].var()) / 2)
    place = np.zeros((len(pool), 2 + len(pool.near)))
    place[order] = _places(pool, order)
    distance, nearest = cKDTree(place[others]).query(place[cases], k=range(1, _LOOKED_AT + 1))
    there = np.isfinite(distance)
    found = others[np.where(there, nearest, 0)]
    same_stratum = place[found, 0] == place[cases, 0][:, None]
    apart = max(CALIPER * spread, LEAST_CALIPER)
    close = np.abs(logit[found] - logit[cases][:, None]) <= apart
    mine = pool.person[found] == pool.person[cases][:, None]
    wanted = _first_of_each_person(there & same_stratum & close & ~mine, pool.person[found])
    wanted &= np.cumsum(wanted, axis=1) <= CONTROLS
    return np.repeat(cases, wanted.sum(axis=1)), found[wanted]


def _first_of_each_person(wanted: npt.NDArray[np.bool_], person: Whole) -> npt.NDArray[np.bool_]:
    """Those wanted, without anybody who is wanted already further to the left of the same row."""
    kept = wanted.copy()
    for place in range(1, wanted.shape[1]):
        before = (person[:, :place] == person[:, [place]]) & kept[:, :place]
        kept[:, place] &= ~before.any(axis=1)
    return kept


def _places(pool: Pool, rows: Whole) -> Numbers:
    """Where events stand: one stratum far from the next, and within it as far apart as they are unlike.

    Of people just as near the lot decides, the same each time; else the first few would serve everybody.
    """
    scaled = _standardised(pool.alike_in[rows])
    if scaled.shape[1]:
        shared = np.atleast_2d(np.cov(scaled, rowvar=False, bias=True))
        values, vectors = np.linalg.eigh(shared)
        strength = np.where(
            values > 1e-9, values, np.inf
        )  # a number that follows from the others adds nothing
        scaled = (scaled @ vectors) / np.sqrt(strength)
    furthest = 2 * np.sqrt((scaled**2).sum(axis=1)).max(initial=0) + 1
    lot = np.random.default_rng(_LOT).random(len(rows)) * _TIE
    return np.column_stack([_strata(pool)[rows] * furthest, lot, scaled])


def _strata(pool: Pool) -> Whole:
    """The number of the stratum of each event: the same for who is the same in everything that has to be."""
    stratum = np.zeros(len(pool), dtype=np.int64)
    for column in pool.exact.values():
        own = _numbered(column)
        stratum = np.unique(stratum * (own.max(initial=0) + 1) + own, return_inverse=True)[1]
    return stratum


def _levels(pool: Pool, rows: Whole) -> list[Numbers]:
    """Each value that has to be the same but the first of its column, as 0 and 1."""
    columns = (_numbered(column)[rows] for column in pool.exact.values())
    return [
        (column[:, None] == np.arange(1, column.max(initial=0) + 1)).astype(np.float64) for column in columns
    ]


def _numbered(column: npt.NDArray[np.generic]) -> Whole:
    return np.unique(column.astype(str), return_inverse=True)[1].astype(np.int64)


def _standardised(numbers: Numbers) -> Numbers:
    if not len(numbers):
        return numbers
    spread = numbers.std(axis=0)
    return np.asarray((numbers - numbers.mean(axis=0)) / np.where(spread > 0, spread, 1))


def _sorted_by(pool: Pool) -> list[npt.NDArray[np.generic]]:
    """All that settles the order of the events of one person on one day."""
    return [pool.exposed, *(_numbered(column) for column in pool.exact.values()), *pool.near.values()]


def _weights(number: Whole, case: Flags) -> Numbers:
    many = np.bincount(number[~case], minlength=number.max(initial=-1) + 1)
    return np.where(case, 1.0, 1 / np.maximum(many, 1)[number])
