"""Tables for studies over many seeds: what is naive overstates, and a matched comparison comes near the truth."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from stewardship.synthetic.lives import Plan
from stewardship.synthetic.panel import NOTHING, panel, worlds, write_panel
from stewardship.synthetic.use.changes import ENROLLING_DAYS, PREVENTED_BY_COORDINATION, change_day

LAST_DAY = date(2026, 3, 31)
SEEDS, RESIDENTS, YEARS = 60, 40_000, 3


def plan(seed, residents=RESIDENTS):
    return Plan(residents, YEARS, seed, LAST_DAY)


def rates(made, change):
    """Emergency admissions and days before, the same after: of the enrolled, and of their controls.

    A year before the change, and all months from the end of enrolling on. The controls of a set count for one person.
    """
    months = {name: made.person_months[name].to_numpy() for name in made.person_months.column_names}
    month = months["month"].astype("datetime64[D]").astype(int)
    when = ((month >= change - 366) & (month < change - 27), month > change + ENROLLING_DAYS)
    who, row = np.unique(months["person"], return_inverse=True)
    sums = np.stack([
        np.bincount(row[those], months[name][those], minlength=len(who))
        for those in when for name in ("emergency_admissions", "days")
    ], axis=1)  # fmt: skip
    of, person, enrolled = (made.people[name].to_numpy() for name in ("matched_set", "person", "enrolled"))
    _, number, size = np.unique(of, return_inverse=True, return_counts=True)
    weight = np.where(enrolled, 1.0, 1 / (size[number] - 1))
    weighted = sums[np.searchsorted(who, person)] * weight[:, None]
    return np.stack([weighted[enrolled].sum(axis=0), weighted[~enrolled].sum(axis=0)])


@pytest.fixture(scope="module")
def studies():
    """The sums of many systems, of which one would be one study."""
    change = change_day(plan(1))
    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(lambda seed: rates(panel(plan(seed)), change), range(1, SEEDS + 1)))


def ratios(studies):
    """Rate after over rate before: of the enrolled, of their controls."""
    return (studies[:, 2] / studies[:, 3]) / (studies[:, 0] / studies[:, 1])


def test_before_and_after_of_people_chosen_for_high_use_overstates(studies):
    enrolled, controls = ratios(studies)
    assert 1 - enrolled > 1.3 * PREVENTED_BY_COORDINATION
    assert controls < 0.9, "with no change at all, those who were chosen the same way use less"


def test_the_difference_from_matched_controls_is_near_what_was_planted(studies):
    enrolled, controls = ratios(studies)
    assert abs((1 - enrolled / controls) - PREVENTED_BY_COORDINATION) < 0.1


def test_enrolled_and_controls_are_alike_before(studies):
    before = studies[:, 0] / studies[:, 1]
    assert abs(before[0] / before[1] - 1) < 0.08


def test_the_tables_are_the_same_whatever_the_threads_and_are_written_with_the_truth(tmp_path):
    folders = [tmp_path / "1", tmp_path / "2"]
    for threads, folder in enumerate(folders, 1):
        folder.mkdir()
        written = write_panel(plan(1), folder, threads=threads)
    names = {
        "practice-months",
        "matched-people",
        "matched-person-months",
        "exposure",
        "crises",
        "crisis-stays",
    }
    assert set(written.rows) == names
    for name in names:
        one, two = (pq.read_table(folder / f"{name}.parquet") for folder in folders)
        assert one.equals(two)
    assert (folders[0] / "truth.json").read_bytes() == (folders[1] / "truth.json").read_bytes()


def test_practices_have_every_month_and_more_frail_days_than_none():
    made = panel(plan(1, residents=20_000)).practices.to_pydict()
    assert len(made["month"]) == len(set(made["practice"])) * 12 * YEARS
    assert 0 < sum(made["days_of_people_with_frailty"]) < 0.1 * sum(made["days"])
    assert 0 < sum(made["emergency_admissions_of_people_with_frailty"]) < sum(made["emergency_admissions"])


def test_a_world_where_something_prevents_nothing_is_else_the_same():
    made, no_line, no_care = worlds(
        plan(1), [NOTHING, frozenset({"advice line"}), frozenset({"coordination"})], threads=2
    )
    assert made == panel(plan(1))
    keys = ("advice-line", "service-change")
    prevented = [
        [each.planted[key].realised["admissions_prevented"] for key in keys]
        for each in (made, no_line, no_care)
    ]
    assert [[count > 0 for count in own] for own in prevented] == [[True, True], [False, True], [True, False]]
    for name in ("person", "day", "called"):
        assert made.crises[name].equals(no_line.crises[name])
    assert no_line.stays.num_rows > made.stays.num_rows
    assert no_care.person_months["emergency_admissions"].to_numpy().sum() > 0


def test_crises_are_told_with_what_was_known_the_day_before():
    made = panel(plan(1))
    crises, stays = made.crises.to_pandas(), made.stays.to_pandas()
    assert (crises["known_until"] < crises["day"]).all()
    assert set(crises["called"]) == {True, False}
    own = crises.iloc[len(crises) // 2]
    first = stays.loc[stays["person"] == own["person"], "first_day"]
    back = (pd.Timestamp(own["day"]) - pd.to_datetime(first)).dt.days
    assert own["emergency_admissions_year_before"] == ((back > 0) & (back <= 365)).sum()
    assert own["emergency_admissions_month_before"] == ((back > 0) & (back <= 30)).sum()
