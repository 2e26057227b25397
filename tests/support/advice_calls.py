"""Invented people and consultants of an advice line, and calls to it, through the pages."""

from html import unescape

from support.people import load as load_people
from support.people import number, shown, written
from support.site import client, member, sign_in_as

LINE = "RZ1"
SOMEBODY = "9990000018"  # O'Brien, Áine Mary, born 3 April 1950
TYPED = {
    "caller_name": "Sam Fictitious",
    "caller_type": "ucrt",
    "reasons": ["urine", "dehydration"],
    "intended": "ED",
    "advice": "virtual ward",
}
HIDDEN = number(140)


def people(tmp_path):
    """Everybody of `support.people.shown` in the vault."""
    load_people(written(tmp_path / "people.csv", shown()))


def consultant(username="consultant", line=LINE):
    """A client signed in as somebody who answers a line."""
    from stewardship.site.roles import AdviceLineConsultant

    browser = client()
    browser.who = member(AdviceLineConsultant, username=username, organisation=line)
    sign_in_as(browser, browser.who)
    return browser


def page(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status, answer.status_code
    return unescape(answer.content.decode())


def follows(answer):
    """Where an answer leads."""
    assert answer.status_code == 302, answer.status_code
    return answer.headers["Location"]


def answers(browser):
    """The address of a call that was answered."""
    return follows(browser.post("/advice/answer/"))


def draft_of(address):
    from stewardship.frailty.models import Draft

    return Draft.objects.get(pk=int(address.strip("/").split("/")[-1]))


def saves(browser, address, version=None, **fields):
    """What the script is told of saving these fields."""
    sent = {
        "version": draft_of(address).version if version is None else version,
        "only": list(fields),
        **fields,
    }
    return browser.post(f"{address}save/", sent, headers={"accept": "application/json"})


def typed(address):
    from stewardship.frailty.actions_draft import opened

    return opened(draft_of(address).typed)


def about(browser, address, nhs_number=SOMEBODY):
    """Let a call be about somebody found by number."""
    where = follows(browser.post(f"{address}find/", {"nhs_number": nhs_number}))
    words = page(browser, where)
    word = words.split('name="word" value="')[1].split('"')[0]
    return follows(browser.post(f"{address}about/", {"word": word, "at": "0"}))


def ends(browser, address, **changed):
    """Where ending a call leads."""
    sent = {"version": draft_of(address).version, **TYPED, **changed}
    return follows(browser.post(f"{address}end/", sent))


def call_at(where):
    from stewardship.frailty.models import AdviceCall

    return AdviceCall.objects.get(pk=int(where.split("?")[0].strip("/").split("/")[-1]))
