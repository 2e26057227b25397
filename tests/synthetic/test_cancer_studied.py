"""Cancer pathways by themselves are those of the files, and their backlog is the one the truth tells of."""

from datetime import date

import numpy as np

from stewardship.synthetic.batches import Making
from stewardship.synthetic.cancer.backlog import dip_of, sundays
from stewardship.synthetic.cancer.studied import studied
from stewardship.synthetic.lives import NEVER, Plan
from support.cancer_weeks import moves_of

PLAN = Plan(4_000, 3, 3, date(2026, 3, 31))


def test_the_backlog_of_pathways_by_themselves_is_the_one_that_the_truth_tells_of():
    made = Making.of(PLAN).made(0)
    truth = next(each for each in made.planted if each.key == "cancer-backlog").realised["over_62_days"]
    moves = moves_of(PLAN)
    weeks = [str(np.datetime64(int(day), "D")) for day in moves.weeks]
    assert moves.over_62.tolist() == [truth[week] for week in weeks]
    assert set(truth) - set(weeks) == {str(np.datetime64(int(sundays(PLAN)[0]), "D"))}


def test_tests_of_pathways_by_themselves_are_those_of_the_files():
    rows = next(
        each for each in Making.of(PLAN).made(0).extracts if (each.partner, each.kind) == ("cancer", "events")
    ).rows
    sent = rows.filter(np.array(rows["EventType"].to_pylist()) == "TEST1")
    tested = studied(PLAN).tested
    in_files = np.sort(sent["EventDate"].cast("int32").to_numpy())
    assert np.isin(tested[tested < NEVER], in_files).all()
    assert (tested < NEVER).sum() <= len(in_files) < 1.05 * (tested < NEVER).sum()


def test_without_a_dip_fewer_wait_over_62_days_in_it():
    dip = dip_of(PLAN)
    inside = slice(*((day - PLAN.first) // 7 for day in (dip.first + 40, dip.last)))
    without = moves_of(PLAN, type(dip)(10**7, 10**7 + 1, 10**7 + 2))
    assert moves_of(PLAN).over_62[inside].sum() > without.over_62[inside].sum()
