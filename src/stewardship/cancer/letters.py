"""The letters of a ruling out: to the patient, in plain words, and to the practice.

What a letter says is decided here, once; `stewardship.vault.letters` only sets it.
"""

from dataclasses import dataclass
from datetime import date

from stewardship.rules.cancer.codes import REFERRAL_TYPES, Route
from stewardship.vault.letters import Letter, written

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


def _about(whom: Addressed) -> tuple[str, ...]:
    return (whom.name, f"Born {whom.born}, NHS number {whom.nhs_number}")


def _told(said: RuledOut) -> str:
    who = "You were" if said.told_whom == "The patient" else f"{said.told_whom} was"
    how = said.told_how.replace("as agreed with them", "as we agreed with you")
    return f"{who} told this {how}{',' if ',' in how else ''} on {written(said.told_on)}."
