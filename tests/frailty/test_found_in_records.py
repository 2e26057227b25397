"""What records gave is brought to the register: to be confirmed, once, and again with new evidence alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from stewardship.rules.frailty.candidates import Found, reasons
from stewardship.rules.frailty.conditions import Coded
from support.people import number, somebody
from support.register import CLINICIAN, NOW, PRACTICE, TODAY, again, ago, entry, proposed, told

FELL = Found(age=80, falls=(ago(300), ago(40)), codes=(Coded(ago(400), "SNOMED", "925831000000107"),))


@pytest.fixture
def people(vault):
    """The pseudonyms of three people in the vault."""
    from stewardship.vault.person import Person, Who
    from stewardship.vault.writing import write_identity

    who = [Who(number(place), "Madeup", "Mary", date(1940, 1, 2)) for place in (200, 220, 240)]
    return [write_identity(Person(one, practice=PRACTICE), by=somebody()) for one in who]


def bring(*found, as_of=TODAY, now=NOW):
    """Each found as (person_id, what records hold)."""
    from stewardship.frailty.finding import OfRecords
    from stewardship.frailty.finding import bring as brought

    rows = [OfRecords(one, PRACTICE, "N01", "A01", reasons(held, as_of)) for one, held in found]
    return brought(found=rows, as_of=as_of, by=somebody(), now=now)


def the_entry(person_id):
    from stewardship.frailty.models import Entry

    return Entry.objects.get(person_id=person_id)


def reject(person_id):
    from stewardship.frailty.actions_entry import reject as rejected

    one = the_entry(person_id)
    rejected(**told(one, clinician=CLINICIAN, reason="Fit on examination", decided_on=TODAY))


def test_somebody_found_waits_for_a_clinician_with_each_reason_and_its_evidence(people):
    done = bring((people[0], FELL))
    one = the_entry(people[0])
    assert (done.proposed.new, one.state, one.conditions.count()) == (1, "to_confirm", 0)
    assert (one.practice, one.network, one.alliance) == (PRACTICE, "N01", "A01")
    kept = {row.route: row for row in one.identifications.all()}
    assert kept["codes"].reason.startswith("Moderate frailty has been recorded, first on")
    assert (kept["codes"].condition, kept["codes"].degree) == ("frailty", "moderate")
    assert kept["falls"].seen_on == ago(40)
    assert kept["falls"].evidence == {
        "found": [
            {"what": "fall", "code": "", "on": ago(300).isoformat()},
            {"what": "fall", "code": "", "on": ago(40).isoformat()},
        ]
    }


def test_finding_again_doubles_nothing(people):
    bring((people[0], FELL), (people[1], FELL))
    done = bring((people[0], FELL), (people[1], FELL))
    assert (done.proposed.new, done.proposed.again, done.proposed.more, done.proposed.known) == (0, 0, 0, 2)
    assert [the_entry(each).identifications.count() for each in people[:2]] == [2, 2]


def test_a_rejected_one_stays_rejected_unless_the_evidence_is_new(people):
    bring((people[0], FELL))
    reject(people[0])
    later = NOW + timedelta(days=100)
    # the first of the falls is over a year ago by then: less is found than before, and nothing new
    less = replace(FELL, falls=(ago(40), ago(30)))
    assert bring((people[0], replace(FELL, falls=(ago(300),))), now=later).proposed.again == 0
    assert the_entry(people[0]).state == "rejected"
    assert bring((people[0], less), now=later).proposed.again == 1
    assert the_entry(people[0]).state == "to_confirm"
    reject(people[0])
    assert bring((people[0], less), (people[0], FELL), now=later).proposed.again == 0


def test_somebody_whom_the_vault_does_not_know_is_counted_and_not_proposed(people):
    done = bring((people[0], FELL), (123_456_789, FELL))
    assert (done.not_in_vault, done.proposed.new) == (1, 1)


def test_a_number_that_was_superseded_leads_to_who_it_stands_for_now(people, monkeypatch):
    from stewardship.frailty import finding

    monkeypatch.setattr(finding, "standing_for", lambda ids: {7: people[0]} if 7 in ids else {})
    bring((7, FELL))
    assert the_entry(people[0]).state == "to_confirm"


def test_evidence_that_a_merged_entry_told_is_not_told_again(people):
    from stewardship.frailty.actions_merge import merge_entries
    from stewardship.frailty.models import Identification

    kept = entry(people[0])
    bring((people[1], FELL))
    duplicate = the_entry(people[1])
    merge_entries(
        duplicate_id=duplicate.pk, duplicate_version=duplicate.version, reason="One person, two addresses",
        **told(kept),
    )  # fmt: skip
    before = Identification.objects.count()
    done = bring((people[1], FELL))
    assert (done.proposed.new, done.proposed.more, Identification.objects.count()) == (0, 0, before)


def test_a_care_home_that_somebody_wrote_down_is_not_wiped_by_records(people):
    one = entry(people[0], care_home="HOME1", care_home_since=ago(50))
    bring((people[0], FELL))
    found = again(one)
    assert (found.care_home, found.care_home_since, found.state) == ("HOME1", ago(50), "on_register")


def test_what_was_told_by_hand_is_no_reason_that_records_gave(people):
    from stewardship.frailty.finding import reason_of

    by_hand = entry(people[0]).identifications.get()
    assert reason_of(by_hand) is None


def test_evidence_is_told_in_words_each_thing_once(people):
    from stewardship.frailty.finding import evidence_in_words

    bring((people[0], FELL))
    told_of = {row.route: evidence_in_words(row) for row in the_entry(people[0]).identifications.all()}
    assert told_of == {
        "codes": ["moderate frailty (925831000000107), 27 April 2025"],
        "falls": ["fall, 22 April 2026 and 1 earlier"],
    }
    assert evidence_in_words(entry(people[1]).identifications.get()) == []


def withdraw(done):
    from stewardship.frailty import withdrawing

    gone = withdrawing.waiting_without(done.people)
    return withdrawing.withdraw(entries=gone, by=somebody(), now=NOW)


def test_who_is_found_no_longer_waits_no_longer_and_comes_back_when_found_again(people):
    bring((people[0], FELL), (people[1], FELL))
    assert withdraw(bring((people[1], FELL))) == 1
    one = the_entry(people[0])
    assert (one.state, one.ended_because, one.ended_on) == ("ended", "not_found", TODAY)
    assert (
        one.decisions.first().reason == "Records give no reason any more."
    )  # and not whether they opted out
    assert the_entry(people[1]).state == "to_confirm"
    done = bring((people[0], FELL), (people[1], FELL))
    assert (done.back, the_entry(people[0]).state) == (1, "to_confirm")
    assert withdraw(done) == 0


def test_whom_somebody_confirmed_rejected_or_told_of_by_hand_is_not_withdrawn(people):
    entry(people[0])
    bring((people[1], FELL))
    reject(people[1])
    proposed(people[2])
    assert withdraw(bring()) == 0
    assert [the_entry(each).state for each in people] == ["on_register", "rejected", "to_confirm"]


def test_many_are_withdrawn_only_where_somebody_says_how_many(people, monkeypatch):
    from stewardship.frailty import withdrawing

    bring((people[0], FELL), (people[1], FELL))
    assert withdrawing.too_many(2, None) == ""
    monkeypatch.setattr(withdrawing, "AT_LEAST", 1)
    assert "2 of 2 who wait to be confirmed are found no longer" in withdrawing.too_many(2, None)
    assert "--withdrawn 2" in withdrawing.too_many(2, 1)
    assert withdrawing.too_many(2, 2) == ""
