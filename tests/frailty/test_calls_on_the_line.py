"""A call on the line: its draft is its owner's alone, nothing typed is lost, and its person is never guessed."""

import pytest

from support.advice_calls import (
    HIDDEN,
    SOMEBODY,
    TYPED,
    about,
    answers,
    call_at,
    consultant,
    draft_of,
    ends,
    follows,
    page,
    people,
    saves,
    typed,
)


@pytest.fixture
def line(vault, tmp_path):
    """Somebody who answers the line, with people in the vault."""
    people(tmp_path)
    return consultant()


def test_each_field_is_saved_as_it_is_left_and_read_only_by_its_owner(line):
    call = answers(line)
    told = saves(line, call, caller_name="Sam Fictitious").json()
    assert told["version"] == 2 and told["elsewhere"] == {} and told["waiting"] == []
    assert 'value="Sam Fictitious"' in page(line, call)
    other = consultant("another")
    assert other.get(call).status_code == 404
    assert saves(other, call, caller_name="Thief").status_code == 404
    assert typed(call) == {"caller_name": "Sam Fictitious"}


def test_what_is_typed_of_a_person_is_sealed_until_the_call_ends(line):
    call = answers(line)
    saves(line, call, told_as="Edith Dummy of Specimen Lodge, 88", question="Is Edith to come in?")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT typed FROM frailty_call_draft")
        drafts = cursor.fetchall()
        cursor.execute("SELECT words FROM frailty_call_typing")
        assert "Edith" not in repr([*drafts, *cursor.fetchall()])


def test_advice_is_not_saved_before_the_caller_was_asked_what_they_would_do(line):
    call = answers(line)
    told = saves(line, call, advice="virtual ward", said="Fluids overnight").json()
    assert told["unasked"] == ["advice", "said"] and "Ask first" in told["ask_first"]
    assert typed(call) == {}
    assert saves(line, call, intended="ED").json()["unasked"] == []
    assert saves(line, call, advice="virtual ward").json()["unasked"] == []
    assert typed(call) == {"intended": "ED", "advice": "virtual ward"}
    assert saves(line, call, intended="").json()["unasked"] == ["intended"]


def test_without_script_the_same_rule_holds_and_what_was_typed_comes_back(line):
    call = answers(line)
    sent = {"version": 1, "caller_name": "Sam", "said": "Fluids overnight"}
    words = page(line, follows(line.post(f"{call}save/", sent)))
    assert "Not everything is saved" in words and "Fluids overnight" in words and 'value="Sam"' in words
    assert typed(call) == {"caller_name": "Sam"}


def test_two_tabs_of_one_call_are_brought_together_and_lose_nothing(line):
    call = answers(line)
    saves(line, call, version=1, question="Should she come in?")
    told = saves(line, call, version=1, call_back="07700 900123").json()
    assert told["elsewhere"] == {"question": "Should she come in?"} and told["version"] == 3
    answer = saves(line, call, version=1, question="Fluids at home?")
    assert answer.status_code == 409
    (both,) = answer.json()["waiting"]
    assert (both["now"], both["mine"]) == ("Should she come in?", "Fluids at home?")
    words = page(line, call)
    assert "another page of this call changed it first" in words and "Fluids at home?" in words
    assert "choose which" in page(line, ends(line, call, question="Should she come in?"))
    assert follows(line.post(both["address"], {"take": "mine"})) == call
    assert typed(call)["question"] == "Fluids at home?" and "another page" not in page(line, call)
    kept = [(one.name, one.taken) for one in draft_of(call).typings.filter(name="question")]
    assert kept == [("question", True), ("question", False), ("question", True)]


def test_a_call_ends_with_the_four_things_and_waits_to_be_matched(line):
    call = answers(line)
    where = ends(line, call, told_as="Edith Dummy, Specimen Lodge", not_given="not_known")
    made = call_at(where)
    assert (made.person_id, made.not_given, made.intended, made.advice) == (
        None,
        "not_known",
        "ED",
        "virtual ward",
    )
    assert made.reasons == "urine|dehydration" and "Edith" not in made.told_as
    assert made.intended_at <= made.advised_at and not made.intended_changed
    words = page(line, "/advice/")
    assert "Edith Dummy, Specimen Lodge" in words and "To match with a person (1)" in words
    assert (
        line.get(call).status_code == 404
        and follows(line.post(f"{call}end/", {"version": 1})) == where.split("?")[0]
    )


@pytest.mark.parametrize("lacking", list(TYPED))
def test_a_call_cannot_end_without_one_of_them_and_keeps_the_rest(line, lacking):
    call = answers(line)
    words = page(line, ends(line, call, **{lacking: ""}, question="Should she come in?"))
    assert "Should she come in?" in words and f'href="#{lacking}"' in words
    assert draft_of(call).ended_at is None


def test_the_database_too_refuses_advice_that_came_before_the_question(line):
    from datetime import timedelta

    from django.db import IntegrityError, transaction

    made = call_at(ends(line, answers(line)))
    for changed in ({"intended": ""}, {"intended_at": made.advised_at + timedelta(seconds=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(made).objects.filter(pk=made.pk).update(**changed)


def test_an_answer_that_is_changed_after_the_advice_is_told_as_such(line):
    call = answers(line)
    saves(line, call, intended="ED")
    saves(line, call, advice="virtual ward")
    saves(line, call, intended="admit")
    made = call_at(ends(line, call, intended="admit"))
    assert made.intended_changed and "changed after advice" in page(line, f"/advice/calls/{made.pk}/")


def test_a_person_is_opened_by_number_and_read_back(line):
    call = answers(line)
    assert about(line, call) == call
    words = page(line, call)
    assert "Advice call: O'BRIEN, Áine Mary" in words and "999 000 0018" in words
    assert "born 3 April 1950" in words and "Not this person?" in words and "What we know" in words
    line.post(f"{call}not-this-person/")
    assert draft_of(call).person_id is None and "no person yet" in page(line, call)


def test_a_name_alone_finds_nobody_and_with_the_birth_date_both_twins_are_read_back(line):
    call = answers(line)
    alone = {"family_name": "Featherstonehaugh-Cholmondeley"}
    words = page(line, follows(line.post(f"{call}find/", alone)))
    assert "Enter the date of birth" in words and "Yes, this is about" not in words
    born = {"day": "3", "month": "2", "year": "1990"}
    words = page(line, follows(line.post(f"{call}find/", alone | born)))
    assert words.count("Yes, this is about") == 2 and "Anna" in words and "Berta" in words
    assert draft_of(call).person_id is None


def test_nobody_is_chosen_who_was_not_found_for_this_call(line):
    call, other = answers(line), answers(line)
    where = follows(line.post(f"{call}find/", {"nhs_number": SOMEBODY}))
    word = page(line, where).split('name="word" value="')[1].split('"')[0]
    for address, at in ((other, "0"), (call, "1"), (call, "x")):
        assert line.post(f"{address}about/", {"word": word, "at": at}).status_code == 404
    assert draft_of(other).person_id is None and draft_of(call).person_id is None


def test_where_a_protected_person_lives_is_on_no_page_of_a_call(line):
    call = answers(line)
    about(line, call, HIDDEN)
    assert "Verysingular" not in page(line, call)


def test_each_look_at_a_person_is_an_event_of_the_access_log(line):
    from stewardship.access.models import AccessEvent

    call = answers(line)
    about(line, call)
    events = AccessEvent.objects.using("access")
    before = events.count()
    page(line, call)
    last = events.order_by("-sequence").first()
    assert events.count() == before + 1
    assert (last.did, last.about) == ("view", f",{draft_of(call).person_id},")


def test_a_draft_that_is_no_call_is_set_aside_with_a_reason_and_kept(line):
    call = answers(line)
    assert "Say why" in page(line, follows(line.post(f"{call}set-aside/", {"because": " "})))
    assert follows(line.post(f"{call}set-aside/", {"because": "Wrong number"})).startswith("/advice/")
    assert draft_of(call).set_aside_because == "Wrong number" and line.get(call).status_code == 404


def test_a_call_that_was_left_is_found_again_on_the_first_page(line):
    call = answers(line)
    saves(line, call, caller_name="Sam Fictitious")
    words = page(line, "/advice/")
    assert "Your calls to finish (1)" in words and "Sam Fictitious" in words and call in words
