"""The sheet for an ambulance crew: what stands first, what is said where nothing is known, and that it is one sheet."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from hypothesis import given, settings
from pypdf import PdfReader

from stewardship.frailty.exchange.blocks import Limits
from stewardship.frailty.exchange.crew import crew_page, texts
from stewardship.frailty.exchange.papers import pdf
from support.summaries import DAY, LONG, PERSON, WITHDRAWN, grown, nothing_known, summary, too_long


def read(one):
    """How many pages, and their words."""
    pages = PdfReader(BytesIO(pdf(one))).pages
    return len(pages), " ".join(" ".join(each.extract_text() for each in pages).split())


def blocks(one):
    page = crew_page(one)
    return {
        each.title: [each_said.text for each_said in each.said]
        for each in (*page.first, *page.left, *page.right)
    }


def test_the_sheet_says_everything_a_crew_asks_for():
    many, words = read(summary())
    assert many == 1
    for said in (
        "O'BRIEN, Áine Mary", "Born 3 April 1940 (86 years)", "NHS number 999 000 0018", "17 Verysingular Passage",
        "Penicillin: rash; Codeine", "My garden & my <cat>", "Signed 3 May 2026", "Attempts not recommended",
        "Ceiling of care: Hospital ward, no intensive care", "Frailty, severe: since 3 May 2026", "Dementia",
        "version 2.0", "9 medicines", "Key safe. Its code is not kept here: ask team FT1", "Lives alone",
        "01632 960002, Sam Fictitious (daughter)", "May be out of date: 16 months old",
        "Made 1 June 2026 at 09:05 by C. Oordinator, Care coordinator, FT1", "ReSPECT form by Dr S. Igner",
        "Handle as a patient record", "13 of 36 deficits", "Harbour Care", "Cook again", "In the blue box",
    ):  # fmt: skip
        assert said in words, said
    assert "Shortened" not in words


def test_allergies_and_resuscitation_stand_before_everything_else():
    assert [each.title for each in crew_page(summary()).first] == [
        "Allergies", "What matters to me", "ReSPECT and resuscitation",
    ]  # fmt: skip


def test_what_is_not_known_is_said_and_never_left_blank():
    many, words = read(nothing_known())
    assert many == 1
    for said in (
        "nobody has said here whether there are allergies. Ask", "No ReSPECT form holds. Resuscitation: not decided",
        "Ceiling of care: Not recorded", "No condition of the register is confirmed", "Count not recorded",
        "Nobody is recorded", "No plan of care", "Restricted: your role does not see it", "Address not known here",
    ):  # fmt: skip
        assert said in words, said


def test_the_form_that_counts_has_its_date_in_large_and_a_later_withdrawn_one_is_marked():
    (part,) = (each for each in crew_page(summary()).first if each.title.startswith("ReSPECT"))
    assert [(each.text, each.kind) for each in part.said[:3]] == [
        (
            "WITHDRAWN on 12 May 2026: the form signed on 10 May 2026. Signed for another. "
            "It was signed later than the form below: ask which holds.",
            "old",
        ),
        ("Signed 3 May 2026", "big"),
        ("Attempts not recommended", "big"),
    ]
    only = blocks(summary(respect=None))["ReSPECT and resuscitation"]
    assert "WITHDRAWN on 12 May 2026" in only[0] and "No ReSPECT form holds" in only[1]


def test_a_form_withdrawn_before_the_one_that_counts_is_no_news():
    earlier = replace(WITHDRAWN, signed_on=date(2025, 1, 1))
    assert "WITHDRAWN" not in " ".join(texts(crew_page(summary(withdrawn=(earlier,)))))


def test_what_may_be_out_of_date_is_said_in_words_and_marked():
    (plan,) = (each for each in crew_page(summary()).right if each.title == "Plan of care")
    assert [each.text for each in plan.said if each.kind == "old"] == ["May be out of date: 16 months old"]
    old = replace(summary().respect, old=True, stands="May be out of date: 20 months old")
    assert "May be out of date: 20 months old" in blocks(summary(respect=old))["ReSPECT and resuscitation"]


def test_death_and_objection_stand_at_the_head():
    page = crew_page(summary(died_on=DAY, died_at="hospice", objects=True, on_register=False))
    assert page.banners == (
        "This person has died: 3 May 2026, hospice. What follows is a record, not for treatment",
        "This person objects to sharing. For RZ1 alone: do not hand it on",
    )
    _, words = read(summary(died_on=DAY, died_at="hospice"))
    assert words.index("This person has died") < words.index("Allergies")


def test_who_is_not_on_the_register_is_said_not_to_be():
    page = crew_page(
        summary(on_register=False, stands="Not on the frailty register: no clinician has confirmed it yet")
    )
    assert page.banners == ("Not on the frailty register: no clinician has confirmed it yet",)


def test_where_a_person_with_the_national_flag_lives_is_not_on_it():
    hidden = replace(PERSON, address="", postcode="", phone="", hidden=True)
    assert crew_page(summary(person=hidden)).facts[2:] == ("Address and phone are not shown",)


def test_it_is_one_sheet_even_with_the_longest_texts_and_says_what_it_shortened():
    many, words = read(too_long())
    assert many == 1
    assert "Shortened so that this is one page" in words and "The rest is on the frailty register" in words
    assert words.count("Penicillin: a rash all over") == 36, "allergies are never cut"
    assert "Attempts not recommended" in words and "more characters" in words
    assert "And 39 more" in words


def test_what_is_cut_says_how_much_more_there_is():
    plan = replace(summary().plan, contingency=LONG[:1000])
    page = crew_page(summary(plan=plan), Limits(text=100, rows=10, vital=200))
    (told,) = (each.text for part in page.right for each in part.said if each.label == "What to do if")
    kept, more = told.split(" […] ")
    assert LONG.startswith(kept) and len(kept) <= 200
    assert more == f"{1000 - len(kept):,} more characters"
    assert (
        page.shortened
        == "Shortened so that this is one page: What to do if. The rest is on the frailty register."
    )


@given(grown())
@settings(max_examples=8, deadline=None)
def test_whatever_is_missing_it_is_one_sheet(one):
    assert len(PdfReader(BytesIO(pdf(one))).pages) == 1


@given(grown())
@settings(max_examples=60, deadline=None)
def test_the_same_parts_stand_on_every_sheet(one):
    page = crew_page(one)
    parts = (*page.first, *page.left, *page.right)
    assert len(parts) == 9 and all(each.said for each in parts)
