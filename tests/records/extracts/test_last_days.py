"""The day at which a source's figures stand: by the people seen, or by the months that its files name."""

from datetime import date
from pathlib import Path

import pytest

from stewardship.records.extracts.kinds import kind_of, last_day_named, period_of
from stewardship.records.files import SourceError
from support.extract_feed import rows_of

EVENTS = "EventID | NHSNumber | Event_Type | Event_Start_Date\n"


def seen_on(*days):
    """One event of one person on each day, after a week in which many were seen."""
    busy = [(place, f"2026-05-{place % 5 + 1:02}") for place in range(20)]
    rows = [*busy, *((100, day) for day in days)]
    return rows_of(
        EVENTS + "\n".join(f"{nth} | #{who} | Review | {day}" for nth, (who, day) in enumerate(rows))
    )


@pytest.mark.parametrize(
    "name, days, last",
    [
        ("events_2026-05_2026-05", ["2026-05-27"], date(2026, 5, 31)),
        ("events_2025-06_2026-05", ["2026-05-27"], date(2026, 5, 31)),
        ("events_2026-05_2026-05", ["2026-05-24"], date(2026, 5, 5)),  # sent before the month was over
        ("events", ["2026-05-27"], date(2026, 5, 5)),  # of no month in particular
        ("events_2026-05_2026-07", ["2026-07-30"], date(2026, 5, 5)),  # July has not been yet
    ],
)
def test_a_file_that_reaches_the_end_of_its_months_stands_at_it(feed, name, days, last):
    care = feed("social care")
    care.write(name, seen_on(*days))
    assert care.read().last_day == last


def test_what_few_people_have_in_the_last_days_of_a_month_is_loaded(feed):
    care = feed("social care", future_days=7)
    care.write("events_2026-05_2026-05", seen_on("2026-05-20", "2026-05-29"))
    care.read()
    assert care.counts() == {"events_2026-05_2026-05.csv": (22, 22, 0)}


@pytest.mark.parametrize(
    "name, last",
    [
        ("apc_2025-04_2026-02.parquet", date(2026, 2, 28)),
        ("apc_2023-12_2023-12.csv.gz", date(2023, 12, 31)),
        ("apc.parquet", None),
        ("artificial_hes_apc_2001-02.csv.gz", None),  # financial years
        ("apc_1998-99.csv", None),
        ("apc_1999-00.csv", None),
        ("apc_2011-12.csv", None),
        ("apc_2011-12_2011-12.csv", date(2011, 12, 31)),
        ("apc_2024-02.csv", date(2024, 2, 29)),
        ("apc_2025-04_2026-02_v2.csv", date(2026, 2, 28)),
    ],
)
def test_the_name_of_a_file_tells_its_last_day(name, last):
    assert last_day_named(name) == last


@pytest.mark.parametrize("name", ["apc_2023-12_2023-13.csv", "apc_2024-00.csv", "apc_2025-04_2025-03.csv"])
def test_months_that_there_are_not_or_that_run_backwards_are_refused(name):
    with pytest.raises(SourceError, match=f"{name} does not name months that follow each other"):
        last_day_named(name)


@pytest.mark.parametrize(
    "earlier, later",
    [
        ("apc_2025-01_2025-01.csv", "apc_2025-01_2025-01_v2.csv"),
        ("apc_2025-01_2025-01.parquet", "apc_2025-01_2025-01_v2.csv"),
        ("apc_2025-01_2025-01.csv", "apc_2025-02.csv"),
        ("apc.csv", "apc_2025-02.csv"),
        ("apc_2025-02_v1.csv", "apc_2025-02_v2.csv"),
        ("apc_2025-02_v2.csv", "apc_2025-02_v10.csv"),
        ("apc_2025-02_V2.csv", "APC_2025-02_v10.csv"),
        ("apc_2025-02_v9.csv", "apc_2025-02_2025-02_v10.csv"),
        ("apc_2025-02_2025-02_v9.csv", "apc_2025-02_v10.csv"),
        ("apc_v2_2025-02.csv", "2025-02_apc_v10.csv"),
        ("apc_v2.csv", "apc_v10.csv"),
        ("apc_v10.csv", "apc_v10_2.csv"),
        ("apc_2022-23_v2.csv", "apc_2023-24_v1.csv"),
        ("apc_1.csv", "apc_\u0662.csv"),  # a figure of another script is a letter here
        ("apc_v10.csv", "apc_2025-02_v2.csv"),  # months count before versions
    ],
)
def test_a_correction_comes_after_what_it_corrects(earlier, later):
    assert period_of(Path(earlier)) < period_of(Path(later))
    assert not period_of(Path(later)) < period_of(Path(earlier))
    kinds = {getattr(kind_of(Path(name), "hospital"), "name", None) for name in (earlier, later)}
    assert kinds == {"apc"}
