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

FOLDER = Path(str(files("stewardship.cancer")))
FONTS = Path(str(files("stewardship"))) / "site" / "static" / "vendor" / "fonts"
STANDARD: Literal["ua-1"] = "ua-1"  # the accessible PDF: tagged and titled
REFUSED = "PDF/UA-1 error"  # how Typst begins to say that a letter of a name is in none of the fonts
PROTECTED = "Address protected: hand over, or send through the practice"
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
    """What was found and told. group: as in "suspected lower gastrointestinal cancer". told_how: as in "by telephone".

    advice: what to watch for or do next; may be empty.
    """

    group: str
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
            f"Your GP referred you to us on {written(said.referred_on)} to find out whether you have {said.group}. "
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
            f"Referral received {written(said.referred_on)} for {said.group}. Cancer has been ruled out, and this "
            "pathway is closed.",
            f"{said.told_whom} was told {said.told_how} on {written(said.told_on)}.",
            *((f"Advice given: {said.advice}",) if said.advice else ()),
            "Please review persisting or new symptoms. A new referral starts a new pathway.",
        ),
        signed=(said.signed_by, said.provider),
        copies="The patient has been sent a letter in plain words.",
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
    return f"{who} told this {said.told_how} on {written(said.told_on)}."
