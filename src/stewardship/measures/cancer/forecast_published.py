"""Forecasts of the backlog over 62 days as they are published: of the whole system, as things are and changed.

They are made in a build, from exact weekly counts that nobody is shown. What is published is rounded: the middle to
the nearest five people, limits outwards to the next five, and whatever is under 20 is "fewer than 20", as in the
national cancer waits rule of `schemes`. Where the backlog of the latest week is hidden there is no forecast.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.measures.cancer.courses import NEVER, Courses
from stewardship.measures.cancer.forecast import LEAST_HISTORY, WEEKS, Forecast, summed_up
from stewardship.measures.cancer.forecast_changes import AS_TODAY, KINDS, Planned, every_change
from stewardship.measures.cancer.forecast_fit import Fitted, fitted
from stewardship.measures.cancer.forecast_run import NO_CHANGE, Change, Draws
from stewardship.measures.cancer.forecast_weeks import Days, PathwayDays, WeeklyMoves, Whole, weekly_moves
from stewardship.measures.cancer.published import FORECAST
from stewardship.measures.cancer.weekly import OVER
from stewardship.measures.published import EVERYONE
from stewardship.measures.schemes import NATIONAL_CANCER_WAITS

HISTORY = 156
"""Weeks of the past that a forecast is made from, at most."""
DRAWS = 300
SEED = 62
ROUNDED_TO = 5
SMALLEST = NATIONAL_CANCER_WAITS.fewest
FEW = f"fewer than {SMALLEST} people are over 62 days"


def forecast_table(courses: Courses, weeks: Days, *, shown: bool) -> pa.Table:
    """The forecasts of all changes (FORECAST). weeks: the Sundays that are known. shown: the backlog of the last."""
    if not shown:
        return _nothing("suppressed", FEW, weeks)
    if len(weeks) < LEAST_HISTORY:
        return _nothing(
            "missing", f"only {len(weeks)} weeks of pathways are known, and it takes {LEAST_HISTORY}", weeks
        )
    headline = courses.taken(courses.headline)
    made = _all_forecasts(headline, weeks[-HISTORY:])
    return pa.concat_tables([_rows(planned, forecast) for planned, forecast in made.items()])


def latest_is_shown(backlog: pa.Table) -> bool:
    """Whether the backlog over 62 days of the latest week is shown, in what is published of it (BACKLOG)."""
    latest = pc.max(backlog["week"])
    rows = backlog.filter(
        (pc.field("week") == latest) & (pc.field("by") == EVERYONE) & (pc.field("band") == OVER)
    )
    return bool(rows["state"].to_pylist() == ["shown"])


def moves_of(courses: Courses, weeks: Days) -> WeeklyMoves:
    """The weekly moves of pathways: a decision to treat counts as having been told."""
    never = np.full(len(courses), NEVER)
    told = np.minimum(courses.told, courses.decided)
    return weekly_moves(PathwayDays(courses.start, courses.tested, never, told, courses.ended), weeks)


def _all_forecasts(courses: Courses, weeks: Days) -> Mapping[Planned, Forecast]:
    """Every change together: what more tests of a kind do to the pathways they are for is added to the whole."""
    past = fitted(moves_of(courses, weeks))
    days = past.last + 7 * np.arange(1, WEEKS + 1, dtype=np.int64)
    several = {"": past} | {
        kind.key: fitted(moves_of(courses.taken(np.isin(courses.tumour.astype(str), kind.groups)), weeks))
        for kind in KINDS
    }
    draws = {key: Draws(each, days, draws=DRAWS, seed=SEED) for key, each in several.items()}

    @cache
    def drawn(kind: str, change: Change) -> Whole:
        return draws[kind].over_62(change)

    made = {}
    for planned in every_change():
        over = drawn("", _without_tests(planned, past))
        if planned.tests:
            more = Change(planned.from_week, tests=planned.tests)
            over = np.maximum(over + drawn(planned.kind, more) - drawn(planned.kind, NO_CHANGE), 0)
        made[planned] = summed_up(days, over)
    return made


def _without_tests(planned: Planned, past: Fitted) -> Change:
    if not (planned.treatments or planned.fewer_referrals):
        return NO_CHANGE
    fewer = -past.referred * planned.fewer_referrals / 100
    return Change(planned.from_week, treatments=planned.treatments, referrals=fewer)


def _rows(planned: Planned, forecast: Forecast) -> pa.Table:
    weeks = len(forecast.weeks)
    lower = {name: np.floor(getattr(forecast, name) / ROUNDED_TO) for name in ("lower50", "lower80")}
    upper = {name: np.ceil(getattr(forecast, name) / ROUNDED_TO) for name in ("upper50", "upper80")}
    numbers = {"middle": np.rint(forecast.middle / ROUNDED_TO), **lower, **upper}
    rounded = {name: (ROUNDED_TO * steps).astype(np.int64) for name, steps in numbers.items()}
    return pa.table({
        **{name: [value] * weeks for name, value in vars(planned).items()},
        "week": pa.array(forecast.weeks.astype("datetime64[D]")),
        **{name: pa.array(steps, mask=steps < SMALLEST) for name, steps in rounded.items()},
        "state": ["shown"] * weeks,
        "reason": [""] * weeks,
    }).select(FORECAST.names).cast(FORECAST)  # fmt: skip


def _nothing(state: str, reason: str, weeks: Days) -> pa.Table:
    """One row of the last week that is known, which says why nothing is forecast."""
    last = np.datetime64(int(weeks[-1]), "D").astype(object)
    row = {**vars(AS_TODAY), "week": last, "state": state, "reason": reason}
    return pa.table({name: [row.get(name)] for name in FORECAST.names}, schema=FORECAST)
