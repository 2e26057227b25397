"""The privacy officer's pages, asked as a browser would ask them."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from stewardship.access.chain import Event
from stewardship.access.log import Action, Actor, query_of, record, written_ids, written_moment
from stewardship.access.models import AccessEvent
from stewardship.access.people import NobodyMeantError, people_meant, register_finder
from stewardship.access.site_log import site_log
from stewardship.access.watching import AlertError, close_alert, raise_alerts, standing
from stewardship.records.identity import Identities
from stewardship.site.roles import Administrator, PracticeUser, PrivacyOfficer, Steward
from stewardship.system.environment import new_key, pseudonym_key
from stewardship.system.settings import KeyVariables
from support.rollback import site  # noqa: F401
from support.site import client, member, signed_in

NUMBER = "999 000 0018"
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
DOCTOR = Actor(member_id=41, name="Dr B. Reader", role="practice-user", organisation="P81001")


@pytest.fixture(autouse=True)
def pseudonyms(monkeypatch):
    monkeypatch.setenv("STEWARDSHIP_PSEUDONYM_KEY", new_key())


@pytest.fixture
def person():
    """The pseudonym of a person whom nobody has looked at before."""
    import secrets

    return secrets.randbits(62) + 1


def person_of(number):
    key = pseudonym_key(KeyVariables())
    return Identities(key).person_ids("nhs-number", [number.replace(" ", "")])[0]


def page(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def rows(html):
    """The cells of a page's first table, as text."""
    body = html.split("<tbody", 1)[1].split("</tbody>", 1)[0] if "<tbody" in html else ""
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")[:-1]]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def asked(officer, who):
    """The address of the page about a record, after asking for it."""
    answer = officer.post("/access/", {"who": str(who)})
    assert answer.status_code == 302
    return answer.headers["Location"]


def looked(officer, who):
    """The page about a record."""
    return officer.get(asked(officer, who))


def last_event():
    return list(site_log().events())[-1]


def written(event, *, at=NOW):
    """An event of another day than today."""
    log = site_log()
    return log.append(Event(**vars(event) | {"at": written_moment(at)}))


def seen(person, *, member=41, did=Action.VIEW, result="allowed"):
    return Event(
        0, "", member, f"Dr {member}", "practice-user", "P81001", "", "", did.value, written_ids([person]), "", 1, "",
        result, "page", "",
    )  # fmt: skip


def test_everybody_who_looked_is_listed_newest_first_with_role_and_reason(person):
    record(by=DOCTOR, did=Action.LIST, about=[person, 5, 6], shown=3, reason="Weekly list round")
    record(by=DOCTOR, did=Action.VIEW, about=[person], shown=1, reason="Asked by Mrs Example")
    record(by=DOCTOR, did=Action.VIEW, about=[person + 1], shown=1)
    record(by=DOCTOR, did=Action.RE_IDENTIFY, about=[person], shown=0, result="refused")
    html = page(looked(signed_in(PrivacyOfficer), person))
    found = rows(html)
    assert [row[3] for row in found] == ["Re-identify: refused", "View", "List with 2 others"]
    assert found[1][0].startswith("Dr B. Reader")
    assert found[1][1:3] == ["Practice user", "P81001"]
    assert found[1][5] == "Asked by Mrs Example"


def test_a_person_is_found_by_nhs_number_which_goes_nowhere_else():
    record(by=DOCTOR, did=Action.VIEW, about=[person_of(NUMBER)])
    answer = looked(signed_in(PrivacyOfficer), NUMBER)
    assert len(rows(page(answer))) == 1
    for kept in (answer.content.decode(), str(answer.headers), str(last_event())):
        assert "9990000018" not in kept.replace(" ", "")
    assert last_event().query == query_of(number="9990000018")


def test_reading_the_log_is_an_event_of_it_and_seen_by_the_next_who_reads(person):
    officer = signed_in(PrivacyOfficer)
    looked(officer, person)
    event = last_event()
    assert (event.did, event.about, event.role) == ("read the access log", f",{person},", "privacy-officer")
    assert [row[3] for row in rows(page(looked(officer, person)))] == ["Read the access log"]


def test_pages_go_back_without_missing_or_repeating_an_event(person):
    written = [record(by=DOCTOR, did=Action.VIEW, about=[person]) for _ in range(120)]
    officer, found, before = signed_in(PrivacyOfficer), [], ""
    address = asked(officer, person)
    for _ in range(3):
        html = page(officer.get(address, {"before": before}))
        numbers = [int(re.search(r"event ([\d,]+)", row[0])[1].replace(",", "")) for row in rows(html)]
        found += [number for number in numbers if number in written]
        before = str(numbers[-1])
    assert found == sorted(written, reverse=True)
    assert "Older events" not in html
    record(by=DOCTOR, did=Action.VIEW, about=[person])


@pytest.mark.parametrize(
    "typed", ["", "999 000 0019", "9999999999", "Marigold Example", "0", str(2**63), "1 -2"]
)
def test_what_is_neither_number_nor_pseudonym_is_refused_and_not_repeated(typed):
    html = page(looked(signed_in(PrivacyOfficer), typed))
    assert "There is a problem" in html
    assert not typed.strip("0") or typed not in html
    with pytest.raises(NobodyMeantError):
        people_meant(typed)


def test_a_superseded_number_leads_to_what_was_looked_at_under_it(monkeypatch, person):
    from stewardship.access import people

    monkeypatch.setattr(people, "_finders", [])
    register_finder(lambda number: [person] if number == "9990000018" else [])
    assert people_meant(NUMBER) == sorted([person, person_of(NUMBER)])


def test_the_file_has_every_event_and_is_an_event_of_its_own(person):
    record(by=DOCTOR, did=Action.VIEW, about=[person], reason="=cmd()")
    for _ in range(60):
        record(by=DOCTOR, did=Action.LIST, about=[person])
    officer = signed_in(PrivacyOfficer)
    answer = officer.get(f"{asked(officer, person)}file/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="who-looked.csv"'
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 61
    assert lines[-1]["Reason"] == "'=cmd()"
    assert str(person) not in answer.content.decode()
    assert (last_event().did, last_event().via, last_event().shown) == (
        "export from the access log",
        "download",
        61,
    )


def test_the_answer_for_the_person_names_roles_and_no_staff(person):
    record(by=DOCTOR, did=Action.VIEW, about=[person], reason="Asked by Mrs Example")
    officer = signed_in(PrivacyOfficer)
    looked(officer, person)
    html = page(officer.get(f"{asked(officer, person)}answer/"))
    assert [row[1:] for row in rows(html)] == [["View", "Practice user", "P81001"]]
    for kept_back in ("B. Reader", "Mrs Example", str(person)):
        assert kept_back not in html
    assert last_event().did == "answer a person from the access log"


@pytest.mark.parametrize("path", ["/access/", "/access/records/some-word/", "/access/unusual/"])
@pytest.mark.parametrize("role", [Steward, PracticeUser])
def test_nobody_else_reads_the_log_and_trying_is_an_event(path, role, person):
    browser = signed_in(role)
    assert browser.post(path, {"who": str(person)}).status_code == 403
    event = last_event()
    assert (event.did, event.result, event.role) == ("refused", "refused", role.key)
    assert site_log().keys.opened(event.reason) in {"who-looked", "record-looked-at", "unusual-reading"}
    assert client().post(path, {"who": str(person)}).status_code == 302


def test_what_was_typed_is_for_one_session_and_in_no_address(person):
    officer = signed_in(PrivacyOfficer)
    address = asked(officer, NUMBER)
    assert "999" not in address
    assert str(person) not in asked(officer, person)
    assert client().get(address).status_code == 302
    for _ in range(10):
        asked(officer, person)
    assert officer.get(address).status_code == 404


def test_a_mistyped_own_number_is_said_and_not_repeated():
    doctor = signed_in(PracticeUser)
    answer = doctor.post("/access/own-record/", {"who": "999 000 0019"})
    html = page(doctor.get(answer.headers["Location"]))
    assert "There is a problem" in html
    assert "0019" not in html + answer.headers["Location"]


# unusual reading


@pytest.fixture
def misuse(person):
    """Somebody opened sixty-five people in an hour, of whom we know one."""
    member = person % 10**9 + 1000
    for number in range(65):
        written(seen(person + number, member=member), at=NOW + number * timedelta(seconds=30))
    return member


def raised_about(member):
    raise_alerts(now=NOW + timedelta(hours=2))
    return [one for one in standing()[0] if one.member == member]


def test_an_alert_waits_until_somebody_judges_it(misuse, person):
    (alert,) = raised_about(misuse)
    officer = signed_in(PrivacyOfficer)
    html = page(officer.get("/access/unusual/"))
    assert f"/access/unusual/{alert.key}/" in html
    html = page(officer.get(f"/access/unusual/{alert.key}/"))
    assert str(person) not in html
    answer = officer.post(
        f"/access/unusual/{alert.key}/",
        {
            "outcome": "not justified",
            "words": "The practice manager knows of no reason.",
            "until": alert.until,
        },
    )
    assert answer.status_code == 302
    html = page(officer.get("/access/unusual/"))
    assert f"/access/unusual/{alert.key}/" not in html
    assert "The practice manager knows of no reason." in html
    assert officer.get(f"/access/unusual/{alert.key}/").status_code == 404


def somebody_new_to_the_log(made):
    """The member under a number of which the log, which forgets nothing, has no event of another test."""
    from stewardship.site.models import Member, RoleHolding

    number = 10**6 + made.pk
    Member.objects.filter(pk=made.pk).update(id=number)
    RoleHolding.objects.filter(member_id=made.pk).update(member_id=number)
    return Member.objects.get(pk=number)


def test_an_administrator_who_could_take_an_account_over_or_lets_somebody_read_names_is_seen():
    from stewardship.site.accounts import reset_second_factor
    from stewardship.site.invitations import invite
    from stewardship.site.members import give_role

    by = somebody_new_to_the_log(member(Administrator, username="keeper"))
    one = member(Steward, username="asteward")
    TOTP.activate(one, "A" * 32)
    invite(member_id=one.pk, by=by, seen_version=1, now=timezone.now())
    raise_alerts(now=timezone.now())
    assert "account_opened" not in {alert.rule for alert in raised_about(by.pk)}
    reset_second_factor(member_id=one.pk, why="A lost phone", by=by, seen_version=2, now=timezone.now())
    give_role(
        member_id=one.pk, role=PracticeUser, organisation="P81001", by=by, seen_version=3, now=timezone.now()
    )
    raise_alerts(now=timezone.now())
    assert {alert.rule for alert in raised_about(by.pk)} >= {"account_opened", "care_role_given"}


def test_an_alert_stays_however_long_ago_it_was_raised(misuse):
    raised_about(misuse)
    raise_alerts(now=NOW + timedelta(days=400))
    assert [one for one in standing()[0] if one.member == misuse]


def test_what_was_raised_is_not_raised_again_until_it_grows(misuse, person):
    (alert,) = raised_about(misuse)
    assert [one for one in raise_alerts(now=NOW + timedelta(hours=3)) if one.member == misuse] == []
    written(seen(person + 99, member=misuse), at=NOW + timedelta(minutes=40))
    (grown,) = [one for one in raise_alerts(now=NOW + timedelta(hours=3)) if one.member == misuse]
    assert grown.key == alert.key
    with pytest.raises(AlertError, match="More was read"):
        close_alert(
            key=alert.key, seen_until=alert.until, outcome="justified", words="Asked the doctor.", by=DOCTOR
        )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose justified or not justified"),
        ({"outcome": "justified", "words": "  "}, "Say how you know"),
        ({"outcome": "justified", "words": "fine"}, "Say in a few words"),
    ],
)
def test_an_alert_is_not_closed_without_a_judgement_and_words(misuse, fields, said):
    (alert,) = raised_about(misuse)
    officer = signed_in(PrivacyOfficer)
    answer = officer.post(f"/access/unusual/{alert.key}/", {"until": alert.until, **fields})
    html = page(officer.get(answer.headers["Location"]))
    assert said in html
    assert raised_about(misuse) == [alert]


def test_nobody_closes_an_alert_about_themselves(misuse):
    (alert,) = raised_about(misuse)
    with pytest.raises(AlertError, match="somebody else"):
        close_alert(
            key=alert.key, seen_until=alert.until, outcome="justified", words="It was my own list round.",
            by=Actor(member_id=misuse, name="Dr Self"),
        )  # fmt: skip


def test_a_member_who_told_their_own_record_is_noticed_when_they_open_it(person):
    doctor = signed_in(PracticeUser)
    assert doctor.post("/access/own-record/", {"who": NUMBER}).status_code == 302
    told = last_event()
    assert told.did == "tell which record is one's own"
    assert str(person_of(NUMBER)) not in str(told)
    written(seen(person_of(NUMBER), member=told.member))
    assert "own_record" in {one.rule for one in raised_about(told.member)}


# when the log cannot be written


def test_where_the_log_cannot_be_written_there_is_no_answer_and_the_rest_works(person, settings_without_key):
    officer = signed_in(PrivacyOfficer)
    before = AccessEvent.objects.count()
    with settings_without_key:
        answer = officer.post("/access/", {"who": str(person)})
        assert answer.status_code == 503
        assert "This cannot be shown now" in answer.content.decode()
        assert officer.get("/account/").status_code == 200
        assert officer.get("/members/").status_code == 403
    assert AccessEvent.objects.count() == before


@pytest.fixture
def settings_without_key():
    from django.test import override_settings

    return override_settings(ACCESS_LOG_KEYS="")


@pytest.mark.parametrize(
    "address, text",
    [("/access/", "Who has looked"), ("/access/unusual/", "Unusual reading")],
)
def test_the_menu_marks_the_one_page_that_one_is_on(address, text):
    marked = re.findall(r'aria-current="(\w+)">([^<]+)<', page(signed_in(PrivacyOfficer).get(address)))
    assert [words for how, words in marked if how == "page"] == [text]
    assert len([words for _, words in marked if words in {"Who has looked", "Unusual reading"}]) == 1
