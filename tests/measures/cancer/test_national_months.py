"""Published waits read month by month: what changed is told, what differs by chance is not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.measures.cancer.national_months import TOO_SHORT, read_months
from stewardship.measures.statistics.other_charts import laney
from stewardship.records.cancer_waits.figures import PublishedWait

EVEN = [70, 68, 71, 69, 72, 70, 67, 71, 70, 69, 72, 68]


def wait(number, within, total=100.0, **fields):
    """The wait of a month, counted from October 2023."""
    month = date(2023 + (9 + number) // 12, (9 + number) % 12 + 1, 1)
    told = {
        "month": month, "basis": "provider", "standard": "62-day", "route": "ALL", "stage": "", "cancer": "ALL",
        "modality": "ALL", "organisation": "ZZT01", "name": "NOTIONAL NHS TRUST", "level": "provider",
        "total": float(total), "within": float(within), "after": float(total - within), "share": within / total,
        "bands": (), "status": "final", "revision": 0, "source": "NHS England", "file": "made.xlsx", "changed": None,
        "belongs": "own",
    }  # fmt: skip
    return PublishedWait(**{**told, **fields})


def series(within, **more):
    return read_months([wait(number, each) for number, each in enumerate(within)], **more)


@pytest.mark.parametrize(
    "within, cause, reading",
    [
        (EVEN, "", "common cause"),
        ([*EVEN, 40], "outside the limits", "worsening"),
        ([*EVEN, 95], "outside the limits", "improving"),
        ([60, 70, 60, 70, 60, 70, 71, 72, 71, 72, 71, 72, 71], "shift", "improving"),
        ([*[60, 70] * 4, 58, 60, 62, 64, 66, 68, 70], "trend", "improving"),
    ],
)
def test_the_latest_month_reads_by_the_tests_of_making_data_count(within, cause, reading):
    found = series(within)
    assert (found.months[-1].cause, found.months[-1].reading, found.reading) == (cause, reading, reading)
    assert found.reason == ""


def test_limits_are_those_of_laneys_chart():
    found = series(EVEN)
    chart = laney([EVEN], [[100] * 12])
    assert [m.lower for m in found.months] == pytest.approx(chart.lower[0])
    assert found.months[0].centre == pytest.approx(sum(EVEN) / 1200)


def test_fewer_than_twelve_months_are_not_read():
    found = series(EVEN[:11], target=0.85)
    assert (found.reading, found.assurance, found.reason) == ("", "", TOO_SHORT)
    assert {month.reading for month in found.months} == {""}
    assert read_months([]).reason == TOO_SHORT


def test_a_month_that_was_not_published_is_a_gap_and_is_passed_over():
    found = read_months(wait(number, each) for number, each in enumerate([*EVEN, 70]) if number != 3)
    assert [month.month for month in found.months][2:5] == [
        date(2023, 12, 1),
        date(2024, 1, 1),
        date(2024, 2, 1),
    ]
    gap = found.months[3]
    assert (gap.wait, gap.lower, gap.upper, gap.reading) == (None, None, None, "")
    assert found.reading == "common cause"


@pytest.mark.parametrize(
    "target, said",
    [(0.85, "consistently fails"), (0.7, "hit and miss"), (0.5, "consistently passes"), (None, "")],
)
def test_whether_a_target_will_be_met_if_nothing_changes(target, said):
    assert series(EVEN, target=target).assurance == said


def test_several_series_and_first_appointments_have_no_chart():
    for other in ({"organisation": "ZZT02"}, {"route": "USC"}):
        with pytest.raises(ValueError, match="several series"):
            read_months([wait(0, 70), wait(1, 70, **other)])
    with pytest.raises(ValueError, match="several series"):
        read_months([wait(0, 70), wait(0, 71)])
    with pytest.raises(ValueError, match="first appointment"):
        read_months([wait(0, 70, standard="cancer-first-seen", after=None, share=None)])


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=12, max_size=30), st.randoms())
def test_limits_are_shares_and_the_order_of_months_given_changes_nothing(halves, random):
    waits = [wait(n, a / 2, (a + b) / 2) for n, (a, b) in enumerate(halves) if a + b]
    found = read_months(waits)
    for month in found.months:
        if month.lower is not None:
            assert 0 <= month.lower <= month.centre <= month.upper <= 1
    random.shuffle(waits)
    assert read_months(waits) == found
