"""The letters of a ruling out: to the patient, in plain words, and to the practice.

What a letter says is decided here, once; `letter.typ` only sets it. A letter carries name, birth date and NHS number,
so that one put into the wrong envelope is seen to be wrong.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Literal

from stewardship.rules.cancer.codes import REFERRAL_TYPES, Route

FOLDER = Path(str(files("stewardship.cancer")))
FONTS = Path(str(files("stewardship"))) / "site" / "static" / "vendor" / "fonts"
STANDARD: Literal["ua-1"] = "ua-1"  # the accessible PDF: tagged and titled
REFUSED = "PDF/UA-1 error"  # how Typst begins to say that a letter of a name is in none of the fonts
PROTECTED = "Address protected: hand over, or send through the practice"
CAME = {
    Route.SCREENING: "After your screening test you were referred to us",
    Route.UPGRADE: "A hospital doctor asked us to see you quickly",
}
REFERRED = "You were referred to us"
PLAIN = {
    "01": "breast cancer", "02": "cancer", "03": "lung cancer", "04": "a cancer of the blood", "05": "leukaemia",
    "06": "cancer of the gullet, stomach, liver, gall bladder or pancreas", "07": "bowel cancer", "08": "skin cancer",
    "09": "a cancer of the womb, ovaries, cervix or vulva", "10": "a brain tumour",
    "11": "cancer of the prostate, kidney or bladder", "12": "testicular cancer", "13": "a cancer of the head or neck",
    "14": "a sarcoma, a cancer of the bones or soft parts of the body", "15": "cancer",
    "16": "a cancer that could explain your breast symptoms", "17": "a cancer that could explain your symptoms",
}  # fmt: skip
"""What may have been suspected, by the code of the referral, in words that a patient reads."""
CLINICAL = {
    "02": "suspected cancer of a child or young person", "04": "suspected haematological cancer",
    "05": "suspected acute leukaemia", "10": "suspected cancer of the brain or central nervous system",
    "11": "suspected urological cancer", "14": "suspected sarcoma", "15": "suspected cancer",
    "16": "breast symptoms, cancer not suspected", "17": "non-specific symptoms that could be cancer",
}  # fmt: skip
NO_ADDRESS = "Address not known here: take it from the hospital’s own record"


@dataclass(frozen=True, repr=False)
class Addressed:
    """Whom the letters are about. address: lines; None where it is protected, empty where it is not known."""

    name: str
    nhs_number: str
    born: str
    address: tuple[str, ...] | None
    practice: str


@dataclass(frozen=True, repr=False)
class RuledOut:
    """What was found and told. suspected: in plain words, as in "bowel cancer". group: as doctors say it, as in
    "suspected lower gastrointestinal cancer". came: how the patient came, as in "Your GP referred you to us".

    told_how: as in "by telephone". advice: what to watch for or do next; may be empty.
    """

    suspected: str
    group: str
    came: str
    provider: str
    referred_on: date
    told_on: date
    told_how: str
    told_whom: str
    advice: str
    signed_by: str
    written_on: date


@dataclass(frozen=True, repr=False)
class Letter:
    """One letter, ready to be set: every part in words."""

    title: str
    sender: tuple[str, ...]
    to: tuple[str, ...]
    date: str
    about: tuple[str, ...]
    heading: str
    paragraphs: tuple[str, ...]
    signed: tuple[str, ...]
    copies: str
    footer: str


def suspected(referral_type: str) -> tuple[str, str]:
    """What a referral asked about, in a patient's words and in a doctor's."""
    known = REFERRAL_TYPES.get(referral_type, "")
    clinical = CLINICAL.get(referral_type, f"suspected {known} cancer" if known else "suspected cancer")
    return PLAIN.get(referral_type, "cancer"), clinical


def to_patient(whom: Addressed, said: RuledOut) -> Letter:
    """The letter that tells somebody, again and on paper, that cancer was not found."""
    lines = (PROTECTED,) if whom.address is None else whom.address or (NO_ADDRESS,)
    return Letter(
        title="Your test results: we did not find cancer",
        sender=(said.provider,),
        to=(whom.name, *lines),
        date=written(said.written_on),
        about=_about(whom),
        heading="We did not find cancer",
        paragraphs=(
            f"{said.came} on {written(said.referred_on)} to find out whether you have {said.suspected}. "
            "We did not find cancer.",
            f"{_told(said)} This letter confirms it.",
            *((said.advice,) if said.advice else ()),
            "If your symptoms do not go away, come back or change, or if you have new ones, please see your GP, and "
            "tell them about this letter. You can be referred again.",
        ),
        signed=("Yours sincerely", said.signed_by, said.provider),
        copies=f"Copy to your GP practice, {whom.practice}." if whom.practice else "",
        footer="If this letter is not for you, please tell us and destroy it.",
    )


def to_practice(whom: Addressed, said: RuledOut) -> Letter:
    """The letter to the general practice."""
    return Letter(
        title="Outcome of a suspected-cancer referral: cancer ruled out",
        sender=(said.provider,),
        to=("General practice", whom.practice or "of whoever is their GP"),
        date=written(said.written_on),
        about=_about(whom),
        heading="Outcome of the suspected-cancer referral: cancer ruled out",
        paragraphs=(
            f"Referred or upgraded {written(said.referred_on)}: {said.group}. Cancer has been ruled out, and this "
            "pathway is closed.",
            f"{said.told_whom} was told {said.told_how} on {written(said.told_on)}.",
            *((f"Advice given: {said.advice}",) if said.advice else ()),
            "Please review persisting or new symptoms. A new referral starts a new pathway.",
        ),
        signed=(said.signed_by, said.provider),
        copies="A letter in plain words goes to the patient.",
        footer="If this letter is not for your practice, please tell us and destroy it.",
    )


def pdf(letters: Sequence[Letter], when: int) -> bytes:
    """Letters as one PDF, each from a new page. when: the time that it bears, in seconds of Unix.

    Only the fonts of the package are used and nothing is fetched. A letter is a page of plain words from a template
    of our own: it is set where it is asked for, in a tenth of a second.
    """
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
    content = json.dumps([asdict(one) for one in letters])
    compiler = typst.Compiler(
        FOLDER / "letter.typ", root=FOLDER, font_paths=fonts, sys_inputs={"letters": content}
    )
    try:
        made = compiler.compile(pdf_standards=[STANDARD], timestamp=when)
    except typst.TypstError as refused:
        if not refused.message.startswith(REFUSED):
            raise
        made = compiler.compile(timestamp=when)
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no PDF.")
    return made


def written(when: date) -> str:
    """16 April 2026."""
    return f"{when.day} {when:%B %Y}"


def _about(whom: Addressed) -> tuple[str, ...]:
    return (whom.name, f"Born {whom.born}, NHS number {whom.nhs_number}")


def _told(said: RuledOut) -> str:
    who = "You were" if said.told_whom == "The patient" else f"{said.told_whom} was"
    how = said.told_how.replace("as agreed with them", "as we agreed with you")
    return f"{who} told this {how}{',' if ',' in how else ''} on {written(said.told_on)}."
