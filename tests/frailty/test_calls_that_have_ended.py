"""After a call: matched, followed up, put forward for the register, and its summaries sent to nobody's dead patient."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from support.advice_calls import (
    SOMEBODY,
    about,
    answers,
    call_at,
    consultant,
    ends,
    follows,
    page,
    people,
)


@pytest.fixture
def line(vault, tmp_path):
    people(tmp_path)
    return consultant()


def ended(line, *, person=True, **changed):
    """A call that has ended, about somebody unless said otherwise."""
    call = answers(line)
    if person:
        about(line, call)
    return call_at(ends(line, call, **changed))


def does(line, call, what, **sent):
    """What the page of a call says after something was done there."""
    call.refresh_from_db()
    answer = line.post(f"/advice/calls/{call.pk}/{what}/", {"version": call.version, **sent})
    return page(line, follows(answer))


def letter_words(line, call, to):
    answer = line.get(f"/advice/calls/{call.pk}/letter/{to}/")
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().split())


def has_died(call):
    """The register hears that the person of a call has died."""
    from stewardship.frailty.models import Entry

    call.refresh_from_db()
    Entry.objects.update_or_create(
        person_id=call.person_id,
        defaults={"died_on": timezone.localdate(), "made_at": timezone.now(), "made_by": call.consultant},
    )


def test_a_call_without_a_number_is_matched_later_by_number_and_read_back(line):
    call = ended(line, person=False, told_as="Aine O'Brien, Harbourmouth", not_given="no_time")
    assert [one.to for one in call.letters.all()] == ["caller"]
    where = follows(line.post(f"/advice/calls/{call.pk}/find/", {"nhs_number": SOMEBODY}))
    words = page(line, where)
    assert "Read back: is this the person?" in words
    word = words.split('name="word" value="')[1].split('"')[0]
    words = page(line, follows(line.post(f"/advice/calls/{call.pk}/match/", {"word": word, "at": "0"})))
    assert "O'BRIEN" in words and "The call is matched with this person." in words
    assert sorted(one.to for one in call.letters.all()) == ["caller", "practice"]
    assert "To match with a person (0)" in page(line, "/advice/")


def test_a_match_that_was_wrong_is_undone_and_the_practice_s_letter_with_it(line):
    call = ended(line)
    words = does(line, call, "not-this-person")
    assert "list of those to match" in words and "O'BRIEN" not in words
    assert [one.to for one in call.letters.all()] == ["caller"]


def test_the_summary_says_who_it_is_about_what_was_advised_and_what_follows(line):
    call = ended(
        line, said="Bloods today, fluids overnight.", follow_up="call_back", follow_up_when="tomorrow 10:00",
        also=["tests"], cfs="7",
    )  # fmt: skip
    for to in ("caller", "practice"):
        words = letter_words(line, call, to)
        for said in (
            "O'BRIEN, Áine Mary", "Born 3 April 1950, NHS number 999 000 0018", "urine or confusion, dehydration",
            "Advice: virtual ward; also: tests", "Bloods today, fluids overnight.", "Clinical Frailty Scale 7", "10:00",
        ):  # fmt: skip
            assert said in words
    assert "Sam Fictitious" in letter_words(line, call, "caller") and "P81001" in letter_words(
        line, call, "practice"
    )


def test_a_summary_about_somebody_not_matched_says_so(line):
    call = ended(line, person=False, told_as="Edith Dummy, 88")
    words = letter_words(line, call, "caller")
    assert "Edith Dummy, 88" in words and "not identified yet" in words
    assert line.get(f"/advice/calls/{call.pk}/letter/practice/").status_code == 404


def test_that_a_summary_was_sent_is_said_with_its_time(line):
    call = ended(line)
    assert "The summary is marked as sent." in does(line, call, "letter/practice/sent")
    assert call.letters.get(to="practice").sent_at and call.letters.get(to="caller").sent_at is None
    assert "sent already" in does(line, call, "letter/practice/sent")


def test_no_letter_goes_out_about_somebody_who_has_died_since_it_was_made(line):
    call = ended(line)
    assert letter_words(line, call, "practice")
    has_died(call)
    assert "has died" in does(line, call, "letter/practice/sent")
    assert "has died" in page(line, follows(line.get(f"/advice/calls/{call.pk}/letter/practice/")))
    assert call.letters.filter(sent_at=None).count() == 2
    assert list(ended(line).letters.all()) == []


def test_a_follow_up_stands_on_the_worklist_until_it_is_done(line):
    call = ended(line, follow_up="visit", follow_up_when="tomorrow 10:00")
    assert call.follow_up_owner == line.who
    assert "Visit: O'BRIEN" in page(line, "/advice/") and "tomorrow at 10:00" in page(line, "/advice/")
    type(call).objects.filter(pk=call.pk).update(follow_up_at=timezone.now() - timedelta(days=3, minutes=1))
    assert "3 days overdue" in page(line, "/advice/")
    assert "Say what the follow-up came to" in does(line, call, "followed-up", came_to=" ")
    assert "Better, eating." in does(line, call, "followed-up", came_to="Better, eating.")
    assert "Nothing was promised that is not done." in page(line, "/advice/")


def test_a_follow_up_is_owned_by_somebody_who_answers_the_line(line):
    colleague, stranger = consultant("colleague").who, consultant("stranger", "RZ9").who
    call = answers(line)
    about(line, call)
    promised = {"follow_up": "call_back", "follow_up_when": "tomorrow 10:00"}
    assert "choose somebody" in page(line, ends(line, call, **promised, follow_up_who=str(stranger.pk)))
    assert call_at(ends(line, call, **promised, follow_up_who=str(colleague.pk))).follow_up_owner == colleague


def test_one_step_puts_somebody_forward_for_the_register_and_never_onto_it(line):
    from stewardship.frailty.words import Route, State

    call = ended(line, cfs="7")
    assert "An entry of the register is made" in does(line, call, "register")
    call.refresh_from_db()
    assert call.entry_made and call.entry.state == State.TO_CONFIRM and call.entry.practice == "P81001"
    (found,) = call.entry.identifications.all()
    assert (found.route, found.degree) == (Route.ADVICE_LINE, "severe")
    again = ended(line)
    assert again.entry == call.entry and not again.entry_made


def test_what_we_know_is_not_shown_against_an_objection_to_sharing(line):
    first = ended(line, cfs="6")
    does(line, first, "register")
    first.refresh_from_db()
    call = answers(line)
    about(line, call)
    assert "To confirm" in page(line, call)
    entry = first.entry
    entry.objects_to_sharing = True
    entry.save()
    assert "To confirm" not in page(line, call)


def test_calls_of_another_line_are_not_there(line):
    call = ended(line)
    other = consultant("other", "RZ9")
    for what in ("", "letter/caller/", "find/"):
        assert other.get(f"/advice/calls/{call.pk}/{what}").status_code == 404
    for what in ("match/", "not-this-person/", "register/", "followed-up/", "letter/caller/sent/"):
        assert other.post(f"/advice/calls/{call.pk}/{what}", {"version": 1}).status_code == 404
    assert "O'BRIEN" not in page(other, "/advice/")


def test_names_are_shown_for_a_week_and_while_something_is_still_to_do(line):
    call = ended(line)
    old = timezone.now() - timedelta(days=8)
    type(call).objects.filter(pk=call.pk).update(ended_at=old)
    assert "O'BRIEN" in page(line, f"/advice/calls/{call.pk}/")
    call.letters.update(sent_at=old, sent_by=call.consultant)
    words = page(line, f"/advice/calls/{call.pk}/")
    assert "O'BRIEN" not in words and "not in hand any more" in words
    assert line.get(f"/advice/calls/{call.pk}/letter/caller/").status_code == 404


def test_a_stale_page_of_a_call_changes_nothing(line):
    call = ended(line, follow_up="visit", follow_up_when="tomorrow 10:00")
    does(line, call, "letter/caller/sent")
    answer = line.post(f"/advice/calls/{call.pk}/followed-up/", {"version": 1, "came_to": "Well."})
    words = page(line, follows(answer))
    assert "someone else changed this first" in words and "Well." in words
    call.refresh_from_db()
    assert call.follow_up_done_at is None


def test_a_call_records_the_signs_with_their_score(line):
    signs = {"breaths": "20", "oxygen": "95", "systolic": "108", "pulse": "96", "temperature": "37.9"}
    call = ended(line, **signs, alertness="confusion")
    assert (call.news2, call.temperature_tenths) == (6, 379)
    assert "37.9 °C" in page(line, f"/advice/calls/{call.pk}/")
    assert ended(line, **signs).news2 is None


def test_every_change_of_a_call_is_kept_with_its_author(line):
    call = ended(line)
    does(line, call, "letter/caller/sent")
    kept = [(each.version, each.history_change_reason) for each in call.history.order_by("version")]
    assert kept == [(1, "ended"), (2, "summary sent to caller")]


def test_what_was_left_out_is_added_later_and_the_call_leaves_those_to_finish(line):
    call = ended(line)
    assert "To finish:" in page(line, "/advice/")
    words = does(line, call, "add", location="care_home", said="Fluids overnight.", cfs="7")
    assert "It is saved." in words and "Care home" in words and "Fluids overnight." in words
    assert "To finish:" not in page(line, "/advice/")
    words = does(line, call, "add", location="care_home", said="Fluids overnight.", cfs="17")
    assert "whole number from 1 to 9" in words and 'value="17"' in words
    call.refresh_from_db()
    assert (call.cfs, call.version) == (7, 2)


def test_what_the_caller_would_have_done_is_not_changed_after_the_call(line):
    from django.core.exceptions import ValidationError

    from stewardship.access.log import Actor
    from stewardship.frailty.actions_call_later import add_to_call

    call = ended(line)
    by = Actor(member_id=line.who.pk, name="x", role="advice-line-consultant", organisation="RZ1")
    with pytest.raises(ValidationError):
        add_to_call(call_id=call.pk, fields={"intended": "admit"}, by=by, seen_version=1, now=timezone.now())
    does(line, call, "add", intended="admit", advice="ED", location="own_home")
    call.refresh_from_db()
    assert (call.intended, call.advice, call.location) == ("ED", "virtual ward", "own_home")


def test_what_the_caller_thought_is_kept(line):
    call = ended(line)
    assert "Say whether" in does(line, call, "feedback", text="Calm and clear")
    words = does(line, call, "feedback", useful="yes", before="2", after="4", text="Calm and clear")
    assert "Useful; how sure of what to do, 1 to 5: 2 before, 4 after. Calm and clear" in words
