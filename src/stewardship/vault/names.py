"""Names as they are looked for: the same person is found however the name is written, within limits said here.

Case, accents, apostrophes, hyphens, spaces, full stops and the order of the parts of a name do not matter; Mc and
Mac are one. A double-barrelled name is found by each part of it. What is not known: nicknames (Bill for William),
spellings that sound alike (Stephen, Steven), and other scripts or ways of writing one in Latin letters (Müller is found
as Muller, not as Mueller; Мария is not found as Maria).
"""

import unicodedata

APOSTROPHES = str.maketrans("", "", "'’‘ʼʻ`´′")
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
NOT_ALONE = {
    "al", "ap", "bin", "bint", "da", "das", "de", "del", "dela", "della", "den", "der", "di", "dos",
    "du", "el", "ibn", "la", "le", "mac", "mc", "o", "san", "st", "ter", "van", "von",
}  # fmt: skip
MOST_PARTS = 6


def parts(name: str) -> list[str]:
    """The parts of a name in the order written, in small plain letters."""
    folded = unicodedata.normalize("NFKD", name.translate(APOSTROPHES).casefold()).translate(PLAIN_LETTERS)
    letters = (letter if letter.isalpha() else " " for letter in folded if not unicodedata.combining(letter))
    return "".join(letters).split()[:MOST_PARTS]


def family_asked(name: str) -> set[str]:
    """What a family name that somebody types is looked for as."""
    found = parts(name)
    return {_mc("".join(found)), _mc("".join(sorted(found)))} - {""}


def family_kept(name: str) -> set[str]:
    """What a recorded family name is found by: the whole of it, and each part that is a name by itself."""
    return family_asked(name) | {_mc(part) for part in parts(name) if part not in NOT_ALONE}


def given_asked(names: str) -> set[str]:
    """What given names that somebody types are looked for as: all of them as one, or the first."""
    found = parts(names)
    return {"".join(found), *found[:1]} - {""}


def given_kept(names: str) -> set[str]:
    """What recorded given names are found by: each of them, or all as one."""
    found = parts(names)
    return {"".join(found), *found} - {""}


def _mc(part: str) -> str:
    """Mac before two letters or more is Mc."""
    return "mc" + part[3:] if part.startswith("mac") and len(part) >= 5 else part
