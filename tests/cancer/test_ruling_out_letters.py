"""The letters of a ruling out say who they are for, what was found, and nothing that was not decided."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from stewardship.cancer.letters import (
    CLINICAL,
    NO_ADDRESS,
    PLAIN,
    PROTECTED,
    Addressed,
    RuledOut,
    suspected,
    to_patient,
    to_practice,
)
from stewardship.rules.cancer.codes import REFERRAL_TYPES
from stewardship.vault.letters import pdf

SAID = RuledOut(
    suspected="bowel cancer",
    group="suspected lower gastrointestinal cancer",
    came="You were referred to us",
    provider="Sampleton Hospital",
    referred_on=date(2026, 2, 4),
    told_on=date(2026, 3, 4),
    told_how="by telephone",
    told_whom="The patient",
    advice="Repeat the stool test in eight weeks.",
    signed_by="A. Tracker",
    written_on=date(2026, 3, 5),
)


def whom(**changed):
    known = {
        "name": "MOCKMAN, Arthur",
        "nhs_number": "999 000 1057",
        "born": "12 March 1953",
        "address": ("1 Quay Street", "ZZ99 1ZZ"),
        "practice": "P81001",
    }
    return Addressed(**{**known, **changed})


def words_of(*letters):
    pages = PdfReader(BytesIO(pdf(letters, 1_700_000_000))).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_a_letter_names_its_person_by_name_birth_date_and_number_and_says_what_was_found():
    (said,) = words_of(to_patient(whom(), SAID))
    for words in (
        "MOCKMAN, Arthur", "Born 12 March 1953, NHS number 999 000 1057", "We did not find cancer", "1 Quay Street",
        "You were told this by telephone on 4 March 2026", "eight weeks", "If this letter is not for you",
    ):  # fmt: skip
        assert words in said


def test_the_practice_has_a_letter_of_its_own_on_a_page_of_its_own():
    patient, practice = words_of(to_patient(whom(), SAID), to_practice(whom(), SAID))
    assert "see your GP" in patient and "see your GP" not in practice
    assert (
        "P81001" in practice
        and "NHS number 999 000 1057" in practice
        and "Cancer has been ruled out" in practice
    )


@pytest.mark.parametrize(("address", "said"), [(None, PROTECTED), ((), NO_ADDRESS)])
def test_a_protected_or_unknown_address_is_never_guessed(address, said):
    (words,) = words_of(to_patient(whom(address=address), SAID))
    assert said in words and "Quay" not in words


def test_what_was_typed_is_set_as_it_is_and_never_run():
    typed = '#panic("x") *bold* $x$ #read("letter.typ")'
    (words,) = words_of(to_patient(whom(name=typed), SAID))
    assert '#panic("x") *bold* $x$' in words


def test_the_same_letter_has_the_same_bytes():
    letter = to_patient(whom(), SAID)
    assert pdf([letter], 1_700_000_000) == pdf([letter], 1_700_000_000)


def test_every_kind_of_referral_has_words_that_a_patient_reads_and_words_that_a_doctor_reads():
    assert set(PLAIN) == set(REFERRAL_TYPES) and set(CLINICAL) < set(REFERRAL_TYPES)
    assert suspected("07") == ("bowel cancer", "suspected lower gastrointestinal cancer")
    assert suspected("16")[1] == "breast symptoms, cancer not suspected"
    for code in REFERRAL_TYPES:
        plain, clinical = suspected(code)
        assert not {"suspected", "other"} & set(plain.split()) and "," not in clinical.replace(
            "symptoms, cancer", ""
        )


def test_the_patient_s_letter_asks_about_the_cancer_and_not_about_the_suspicion_of_one():
    letter = to_patient(whom(), replace(SAID, told_how="by letter, as agreed with them"))
    (said,) = words_of(letter)
    assert "to find out whether you have bowel cancer. We did not find cancer." in said
    assert "You were told this by letter, as we agreed with you, on 4 March 2026." in said
