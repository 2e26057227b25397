"""What partners send of who people are and what they have: true to the people, and readable."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pyarrow.csv as pa_csv
import pytest

from stewardship.records.identity import Identities, Naming
from stewardship.records.model import CHARACTERISTICS, OPT_OUT_KINDS
from stewardship.records.opt_out_files import read_opt_outs
from stewardship.rules.nhs_number import nhs_number
from stewardship.synthetic.extracts import nhs_numbers
from stewardship.synthetic.lives import NEVER
from stewardship.synthetic.lives_sent import records_of_lives
from stewardship.synthetic.places import places_of
from stewardship.synthetic.planted_lives import planted_in_lives
from stewardship.synthetic.use.rates import dies_in_hospital
from support.synthetic_lives import FULL, SMALL, batch


@pytest.fixture(scope="module")
def sent():
    """The extracts of the first batch of a small system, by kind."""
    return {each.kind: each for each in records_of_lives(SMALL, places_of(SMALL), *batch(SMALL, 0))}


def _rows(sent, kind):
    return sent[kind].rows.to_pylist()


def test_everybody_ever_registered_is_a_patient_under_a_right_number(sent):
    people, _ = batch(SMALL, 0)
    rows = _rows(sent, "patients")
    numbers = [row["NHSNumber"] for row in rows]
    assert len(set(numbers)) == len(numbers)
    assert all(nhs_number(number) == number and number.startswith("9") for number in numbers[:500])
    newest = [row for row in rows if row["SupersededBy"] is None]
    assert len(newest) == len(people)
    assert {row["Sex"] for row in rows} == {"F", "M"}


def test_registrations_of_one_number_follow_each_other_and_end_as_people_leave(sent):
    people, _ = batch(SMALL, 0)
    spells = {}
    for row in _rows(sent, "registrations"):
        spells.setdefault(row["NHSNumber"], []).append(
            (row["RegistrationStartDate"], row["RegistrationEndDate"])
        )
    for own in spells.values():
        own.sort()
        assert all(end is None or start <= end for start, end in own)
        assert all(before[1] == after[0] - timedelta(days=1) for before, after in pairwise(own))
    ends = {own[-1][1] for number in nhs_numbers(people.number[:50]).to_pylist() for own in [spells[number]]}
    told = {None if end == NEVER else date(1970, 1, 1) + timedelta(days=int(end)) for end in people.end[:50]}
    assert ends == told


def test_a_sixth_moved_within_the_system_and_addresses_follow_each_other(sent):
    rows = _rows(sent, "addresses")
    people, _ = batch(SMALL, 0)
    assert 1.08 < len(rows) / len(people) < 1.3
    areas = set(places_of(SMALL).areas.code)
    assert {row["LSOA21"] for row in rows} <= areas
    homes = {}
    for row in rows:
        if row["AddressEndDate"] is None and row["CareHome"] == "N":
            homes.setdefault(row["HouseholdPseudonym"], set()).add(row["LSOA21"])
    assert all(len(found) == 1 for found in homes.values())


def test_people_of_the_practice_that_closed_were_with_it_until_it_did(sent):
    practices = places_of(SMALL).practices
    (closed,) = np.flatnonzero(practices.closed < NEVER)
    last = date(1970, 1, 1) + timedelta(days=int(practices.closed[closed]))
    rows = [row for row in _rows(sent, "registrations") if row["PracticeCode"] == practices.code[closed]]
    assert len(rows) > 30
    assert all(row["RegistrationEndDate"] == last for row in rows)


def test_characteristics_are_those_that_are_known_and_none_is_of_most_people(sent):
    rows = _rows(sent, "characteristics")
    assert {row["Characteristic"] for row in rows} <= set(CHARACTERISTICS)
    assert 0.03 < len(rows) / len(batch(SMALL, 0)[0]) < 0.15


def test_problems_are_about_nine_a_resident_and_every_condition_is_among_them(sent):
    people, health = batch(SMALL, 0)
    problems = sent["problems"]
    assert problems.rows.num_rows / 20_000 == pytest.approx(9.2, rel=0.05)
    lasting = sum(int((onset <= np.minimum(people.end, SMALL.last)).sum()) for onset in health.onset.values())
    assert sum(row is None for row in problems.rows["EndDate"].to_pylist()) >= lasting
    assert (problems.sent <= SMALL.last).all()
    assert len(set(problems.rows["EventID"].to_pylist())) == problems.rows.num_rows


def test_a_problem_begins_before_it_ends_and_is_recorded_no_earlier(sent):
    columns = [
        sent["problems"].rows[name].cast("int32").to_numpy(zero_copy_only=False)
        for name in ("OnsetDate", "RecordedDate", "EndDate")
    ]
    onset, recorded, end = columns
    assert (onset <= recorded).all()
    assert not (end < onset).any()


def test_the_dead_are_told_with_cause_and_place_as_their_last_stay_says(sent):
    people, _ = batch(SMALL, 0)
    rows = _rows(sent, "deaths")
    dead = people.death <= SMALL.last
    assert len(rows) == dead.sum()
    in_hospital = dies_in_hospital(SMALL, people)[dead]
    assert [row["PlaceOfDeath"] == "Hospital" for row in rows] == in_hospital.tolist()
    assert all(row["UnderlyingCauseICD10"] for row in rows)
    assert not any(row["UnderlyingCauseICD10"][:3] == (row["ContributoryCause_01"] or "")[:3] for row in rows)


def test_opt_outs_are_of_published_shares_and_of_known_kinds():
    lists = [
        next(
            each
            for each in records_of_lives(FULL, places_of(FULL), *batch(FULL, number))
            if each.partner == "opt-outs"
        )
        for number in range(2)
    ]
    kinds = np.concatenate([each.rows["kind"].to_pylist() for each in lists])
    people = sum(len(batch(FULL, number)[0]) for number in range(2))
    assert set(kinds) == set(OPT_OUT_KINDS)
    assert (kinds == "type 1").sum() / people == pytest.approx(0.030, rel=0.1)
    assert (kinds == "national").sum() / people == pytest.approx(0.054, rel=0.1)
    assert lists[0].kind == "opt-outs-2026-03-31"


def test_people_registered_twice_are_told_with_both_numbers_and_both_are_sent(sent):
    planted = planted_in_lives(SMALL, places_of(SMALL), *batch(SMALL, 0))
    pairs = next(each for each in planted if each.key == "registered-twice").realised["pairs"]
    marked = {
        f"{row['NHSNumber']} superseded by {row['SupersededBy']}"
        for row in _rows(sent, "patients")
        if row["SupersededBy"]
    }
    assert set(pairs) == marked
    assert len(pairs) == pytest.approx(0.002 * len(batch(SMALL, 0)[0]), rel=0.6)
    registered = {row["NHSNumber"] for row in _rows(sent, "registrations")}
    assert all(pair.split()[0] in registered for pair in pairs)


def test_what_is_sent_is_the_same_whenever_it_is_made(sent):
    again = records_of_lives(SMALL, places_of(SMALL), *batch(SMALL, 0))
    assert all(each.rows.equals(sent[each.kind].rows) for each in again)


def test_the_list_of_opt_outs_can_be_read(tmp_path, sent):
    rows = sent["opt-outs-2026-03-31"].rows
    pa_csv.write_csv(rows, tmp_path / "opt-outs.csv")
    identities = Identities(b"a key of a test")
    naming = Naming(identities, "nhs-number", "NHSNumber", "nhs number")
    read = read_opt_outs(tmp_path / "opt-outs.csv", identities, naming)
    assert read.num_rows == rows.num_rows
