"""Finding a person on the pages: nothing that identifies is in an address, a title or a message."""

import re
from datetime import date, timedelta

import pytest

from stewardship.rules.nhs_number import as_shown
from stewardship.vault.words import aged
from support.people import NEW_KEY, events, load, number, ring, row_of, written
from support.site import signed_in

ME = row_of(0, number(0)) | {
    "family_name": "O'Brien",
    "given_names": "Áine Mary",
    "birth_date": "1950-04-03",
    "address": "17 Verysingular Passage",
    "postcode": "ZZ99 9XX",
    "phone": "01632 960777",
}
HIDDEN = ME | {"nhs_number": number(20), "family_name": "Hidden", "sensitive": "yes"}
ELSEWHERE = ME | {"nhs_number": number(40), "family_name": "Elsewhere", "practice": "P81002"}
IDENTIFYING = [number(0), "O&#39;Brien", "O'Brien", "Áine", "1950", "Verysingular", "ZZ99", "960777"]


@pytest.fixture
def browser(vault, tmp_path):
    """Somebody of the practice P81001, and three people."""
    from stewardship.site.roles import PracticeUser

    load(written(tmp_path / "people.csv", [ME, HIDDEN, ELSEWHERE]))
    return signed_in(PracticeUser)


def handle_of(answer):
    return re.search(r"/people/([\w-]{22})/", answer.content.decode())[1]


def page(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_person_is_found_by_number_with_spaces_and_opened(browser):
    answer = browser.post("/people/", {"nhs_number": as_shown(number(0))}, follow=True)
    assert answer.status_code == 200 and "1 person found" in page(answer)
    opened = page(browser.get(f"/people/{handle_of(answer)}/"))
    for shown in (
        "O&#39;BRIEN, Áine Mary",
        "3 April 1950",
        as_shown(number(0)),
        "17 Verysingular Passage",
        "ZZ99 9XX",
    ):
        assert shown in opened


def test_people_found_are_a_table_to_a_screen_reader_even_where_they_are_shown_as_cards(browser):
    found = page(browser.post("/people/", {"nhs_number": number(0)}, follow=True))
    assert not re.findall(r"<(?:table|thead|tbody|tr|th|td)(?! role=)[ >]", found)


def test_a_person_is_found_by_name_and_birth_date(browser):
    answer = browser.post(
        "/people/", {"family_name": "obrien", "day": "3", "month": "4", "year": "1950"}, follow=True
    )
    assert "1 person found" in page(answer)


def test_nothing_that_identifies_is_in_an_address_or_a_title(browser):
    answer = browser.post("/people/", {"nhs_number": number(0)}, follow=True)
    opened = browser.get(f"/people/{handle_of(answer)}/")
    for one in (answer, opened):
        title = re.search(r"<title>(.*?)</title>", page(one))[1]
        addresses = " ".join(re.findall(r'(?:href|src|action)="([^"]*)"', page(one)))
        assert not any(word.lower() in (title + addresses).lower() for word in IDENTIFYING)
        assert "no-store" in one.headers["Cache-Control"]
        assert "localStorage" not in page(one) and "<script>" not in page(one)
        assert not one.cookies or all(word not in str(one.cookies) for word in IDENTIFYING)


def test_what_is_typed_is_never_asked_for_in_an_address(browser):
    answer = browser.get("/people/", {"nhs_number": number(0)})
    assert number(0) not in page(answer) and "found" not in page(answer)
    assert 'method="post"' in page(answer) and page(answer).count('autocomplete="off"') >= 6


def test_where_somebody_with_the_sensitive_flag_lives_is_not_on_the_page(browser):
    answer = browser.post("/people/", {"nhs_number": number(20)}, follow=True)
    opened = page(browser.get(f"/people/{handle_of(answer)}/"))
    assert "HIDDEN" in opened and "Protected." in opened
    assert not any(word in opened for word in ("Verysingular", "ZZ99", "960777", "P81001</dd>"))


def test_somebody_elsewhere_and_nobody_are_answered_with_the_same_page(browser):
    from stewardship.vault.models import Identity

    answers = [
        browser.post("/people/", {"nhs_number": each}, follow=True) for each in (number(40), number(900))
    ]
    handle = Identity.objects.get(practice="P81002").handle
    opened = [browser.get(f"/people/{each}/") for each in (handle, "x" * 22)]
    assert "Nobody found" in page(answers[0])
    for one, other, asked in (*[(*answers, (number(40), number(900)))], (*opened, (handle, "x" * 22))):
        assert one.status_code == other.status_code
        assert plain(one, asked) == plain(other, asked)
    assert opened[0].status_code == 404


def plain(answer, asked):
    """A page without what was typed and what differs each time."""
    text = re.sub(r'(nonce|value)="[\w+/=-]{20,}"', "", page(answer))
    for each in asked:
        text = text.replace(each, "")
    return re.sub(r"<footer.*?</footer>|\d\d:\d\d", "", text)  # until when one stays signed in, and the time


def test_looking_is_logged_with_the_role_and_the_organisation(browser):
    browser.post("/people/", {"nhs_number": number(0)}, follow=True)
    event = events()[-1]
    assert (event.did, event.role, event.organisation) == ("search", "practice-user", "P81001")


WRONG = [
    ({}, "Enter an NHS number, or a family name and date of birth"),
    ({"nhs_number": "999 000 0019"}, "That is not an NHS number. Check its ten digits"),
    ({"nhs_number": "9999999999"}, "That is not an NHS number. Check its ten digits"),
    ({"family_name": "Wolfe"}, "Enter the date of birth, such as 3 4 1950"),
    ({"family_name": "Wolfe", "day": "31", "month": "2", "year": "1950"}, "Enter the date of birth"),
    ({"family_name": "Wolfe", "day": "3", "month": "4", "year": "2999"}, "must not be after today"),
    ({"family_name": "Wolfe", "day": "3", "month": "4", "year": "50"}, "Enter the year with four digits"),
    ({"day": "3", "month": "4", "year": "1950"}, "Enter the family name"),
    ({"family_name": "N" * 101}, "at most 100 characters"),
]


@pytest.mark.parametrize("typed, said", WRONG)
def test_what_is_missing_or_wrong_is_said_at_its_field_and_nothing_is_looked_for(browser, typed, said):
    before = len(events())
    answer = browser.post("/people/", typed, follow=True)
    assert answer.status_code == 200
    assert page(answer).count(said) == 2  # in the summary and at the field
    assert "<title>Problem: Find a person" in page(answer)
    assert len(events()) == before


def test_nobody_but_who_may_find_people_comes_near(vault):
    from stewardship.site.roles import ROLES

    for role in ROLES.values():
        if not any(permission.key == "find-people" for permission in role.may):
            assert signed_in(role).post("/people/", {"nhs_number": number(0)}).status_code == 403


@pytest.mark.parametrize("path", ["/people/", f"/people/{'x' * 22}/"])
def test_a_locked_vault_is_told_on_its_pages_and_the_rest_works(browser, path):
    ring(NEW_KEY)
    answer = browser.get(path)
    assert answer.status_code == 503
    assert "Nobody can be shown now" in page(answer) and "is locked" in page(answer)
    assert browser.get("/account/").status_code == 200


def test_without_a_log_the_pages_of_people_are_closed_and_the_rest_works(browser, monkeypatch):
    from stewardship.access.log import AccessLogError

    def full(**_event):
        raise AccessLogError("full")

    monkeypatch.setattr("stewardship.vault.door.record", full)
    answer = browser.post("/people/", {"nhs_number": number(0)}, follow=True)
    assert answer.status_code == 503
    assert "the access log cannot be written" in page(answer) and "O&#39;B" not in page(answer)
    assert browser.get("/account/").status_code == 200


def test_too_many_questions_are_answered_with_a_page_that_says_so(browser, monkeypatch):
    monkeypatch.setattr("stewardship.vault.pace.MOST", 1)
    browser.post("/people/", {"nhs_number": number(900)}, follow=True)
    answer = browser.post("/people/", {"nhs_number": number(0)}, follow=True)
    assert answer.status_code == 429 and "Wait ten minutes" in page(answer)


@pytest.mark.parametrize(
    "born, today, words",
    [
        (date(1950, 4, 3), date(2026, 6, 1), "76 years"),
        (date(1950, 4, 3), date(2026, 4, 2), "75 years"),
        (date(1950, 4, 3), date(2026, 4, 3), "76 years"),
        (date(2004, 2, 29), date(2026, 2, 28), "21 years"),
        (date(2004, 2, 29), date(2026, 3, 1), "22 years"),
        (date(2024, 6, 2), date(2026, 6, 1), "23 months"),
        (date(2024, 6, 1), date(2026, 6, 1), "2 years"),
        (date(2026, 4, 20), date(2026, 6, 1), "1 month"),
        (date(2026, 6, 1), date(2026, 6, 1), "0 months"),
    ],
)
def test_an_age_is_in_whole_years_and_in_months_before_the_second_birthday(born, today, words):
    assert aged(born, today) == words


def test_a_form_opened_for_one_practice_looks_for_nobody_in_another(browser):
    from stewardship.site.models import Member, RoleHolding

    holding = re.search(r'name="holding" value="(\d+)"', page(browser.get("/people/")))[1]
    typed = {"nhs_number": number(0), "holding": holding}
    found = browser.post("/people/", typed)
    assert "1 person found" in page(browser.get(found.headers["Location"]))
    other = RoleHolding.objects.create(
        member=Member.objects.get(), role="practice-user", organisation="P81002", given_by=None
    )
    browser.post("/account/role/", {"holding": other.pk})
    before = len(events())
    for answer in (browser.post("/people/", typed), browser.get(found.headers["Location"])):
        assert answer.status_code == 409
        assert "You switched role after this page was opened" in page(answer) and "P81002" in page(answer)
    assert len(events()) == before
    assert "Nobody found" in page(browser.post("/people/", {"nhs_number": number(0)}, follow=True))


def test_what_was_asked_is_counted_for_as_long_as_it_is_to_count(vault):
    from django.db import connection
    from django.utils import timezone

    from stewardship.access.log import Actor
    from stewardship.vault.pace import MINUTES, too_often

    for _ in range(3):
        assert not too_often(Actor(member_id=1, name="Dr A. Steward"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(expires) FROM site_cache")
        until = str(cursor.fetchone()[0])[:19]
    assert until > f"{timezone.now().replace(tzinfo=None) + timedelta(minutes=MINUTES - 1)}"[:19]
