"""The press: bounded in time, one paper at a time, and honest when it fails."""

import json
import logging
import threading
import time
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.packs import views
from stewardship.packs.blocks import Pack, Picture, Section, Words
from stewardship.packs.press import NotMadeError, Press, typeset
from stewardship.site.roles import Steward
from support.packs_read import pdf, said_by_pdf
from support.site import signed_in

MADE = datetime(2026, 4, 14, tzinfo=UTC)
EMPTY = Pack("A", "b", "c", "d", "e", "f", MADE, (), (Words("more", "A finding"),), (), ())


def test_a_paper_that_takes_too_long_is_stopped():
    began = time.monotonic()
    with pytest.raises(NotMadeError, match="longer than 0 seconds"):
        Press(patience=0.0).pdf(EMPTY)
    assert time.monotonic() - began < 5


def test_who_waits_too_long_for_others_is_told():
    press = Press(patience=0.1)
    with press._lock, pytest.raises(NotMadeError, match="Other packs are being made"):
        press.pdf(EMPTY)


def test_papers_asked_for_at_once_are_all_made():
    press, made = Press(), []
    readers = [threading.Thread(target=lambda: made.append(press.pdf(EMPTY))) for _ in range(3)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    assert len(set(made)) == 1
    assert len(made) == 3


def test_a_paper_that_cannot_be_set_says_so_and_the_next_one_is_made():
    press = Press()
    broken = Picture("A chart", "what", "<svg", "words", "read", "", "")
    with pytest.raises(NotMadeError, match="could not be set") as told:
        press.pdf(replace(EMPTY, sections=(Section("Charts", (broken,)),)))
    assert "Typst" in told.value.detail
    assert "A finding more" in said_by_pdf(press.pdf(EMPTY))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_whatever_a_name_is_a_paper_is_made(name):
    picture = Picture(name, name, "", name, name, name, name)
    pack = replace(EMPTY, title=name, place=name, sections=(Section(name, (picture,)),))
    assert typeset(json.dumps(asdict(pack), default=str), 0).startswith(b"%PDF-")


@pytest.mark.parametrize("name, claims", [("Bryn Gŵyl, Ślęża", True), ("日本", False), ("a\x00b", False)])
def test_a_letter_that_the_font_lacks_costs_the_claim_and_not_the_paper(name, claims):
    paper = typeset(json.dumps(asdict(replace(EMPTY, place=name)), default=str), 0)
    assert (b"pdfuaid" in pdf(paper).trailer["/Root"]["/Metadata"].get_data()) == claims
    assert pdf(paper).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_pack_that_cannot_be_made_leads_back_to_the_page(monkeypatch, caplog):
    def never(pack):
        raise NotMadeError("It took longer than 30 seconds.")

    monkeypatch.setattr(views.PRESS, "pdf", never)
    with caplog.at_level(logging.WARNING):
        answer = signed_in(Steward).get("/care-areas/diabetes/pack.pdf?place=N4")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "It took longer than 30 seconds. The same figures are on the page and in the workbook." in page
    assert 'href="/care-areas/diabetes/?place=N4"' in page
    assert "The pack of diabetes was not made" in caplog.text
