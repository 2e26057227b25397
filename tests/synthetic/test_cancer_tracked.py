"""A made-up system's extracts as nightly files: today's days, names that nobody has, and a next step for who waits."""

from datetime import date, timedelta
from functools import partial

import pytest

from stewardship.synthetic.cancer.tracked import FAMILIES, night
from support.cancer_extracts import LAST, ROWS, sent, write_extracts

TODAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path):
    return partial(write_extracts, tmp_path)


def test_days_are_moved_so_that_the_last_is_today(folder):
    made = night(folder(ROWS), today=TODAY)
    received = {row["pathway_identifier"]: row["received"] for row in made.pathways}
    assert received["1"] == (TODAY - timedelta(days=40)).isoformat()
    assert max(each["done"] for each in made.events if "done" in each) == TODAY.isoformat()


def test_the_same_folder_and_day_give_the_same_night(folder):
    assert night(folder(ROWS), today=TODAY) == night(folder(ROWS), today=TODAY)


def test_names_are_made_of_words_for_what_does_not_exist(folder):
    for row in night(folder(ROWS), today=TODAY).pathways:
        assert row["family_name"].startswith(FAMILIES)
        assert row["nhs_number"].startswith("9")


def test_who_waits_has_a_next_step_and_who_was_told_has_none(folder):
    steps = {
        each["pathway_identifier"]: each
        for each in night(folder(ROWS), today=TODAY).events
        if "done" not in each
    }
    assert set(steps) == {"1", "3"}
    assert steps["1"]["milestone"] == "TEST1"
    assert not steps["1"]["booked"] or steps["1"]["booked"] > TODAY.isoformat()


def test_a_row_that_was_sent_again_stands_in_place_of_the_first(folder):
    again = sent(3, LAST - timedelta(days=5), DateFirstSeen=LAST)
    made = night(folder([*ROWS, again]), today=TODAY)
    assert [row["first_seen"] for row in made.pathways if row["pathway_identifier"] == "3"] == [
        TODAY.isoformat()
    ]


def test_no_more_than_were_asked_for_the_newest_first(folder):
    assert [row["pathway_identifier"] for row in night(folder(ROWS), today=TODAY, most=2).pathways] == [
        "3",
        "1",
    ]


def test_a_number_that_may_be_somebodys_is_refused(folder):
    with pytest.raises(ValueError, match="may be somebody's"):
        night(folder([*ROWS, sent(4, LAST, NHSNumber="4010232137")]), today=TODAY)


def test_each_invented_trust_tracks_its_own_pathways_and_transfers_to_the_other_stand(folder):
    elsewhere = sent(4, LAST - timedelta(days=30), FirstSeenProvider="ZZT02")
    moved = sent(
        5, LAST - timedelta(days=60), TransferDate=LAST - timedelta(days=9), TreatmentProvider="ZZT02"
    )
    made = {
        row["pathway_identifier"]: row
        for row in night(folder([*ROWS, elsewhere, moved]), today=TODAY).pathways
    }
    assert {number: row["issuer"] for number, row in made.items()} == {
        "1": "ZZT01", "2": "ZZT01", "3": "ZZT01", "4": "ZZT02", "5": "ZZT01",
    }  # fmt: skip
    assert (made["5"]["referring_site"], made["5"]["receiving_site"]) == ("ZZT01", "ZZT02")
