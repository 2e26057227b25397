"""What a measure lacks: why it cannot be made, and what would unlock it, in words for whoever can mend it."""

import re
from dataclasses import dataclass
from enum import IntEnum


class Effort(IntEnum):
    """How much has to change for a lack to end, the least first."""

    COLUMN = 1  # something more in rows that are sent already
    CODES = 2  # something recorded or coded that is not yet, in a table that is sent
    TABLE = 3  # rows that nobody sends, which a reader would read
    SUPPLY = 4  # data that no measure is made of yet


@dataclass(frozen=True)
class Lack:
    """One thing that keeps a measure from being made.

    reason: a clause in small letters. unlock: what would end it, from its first word on ("Sending units with …").
    what: which column, codes or unit is meant, a sentence for the sender's own technician. table: the canonical
    table concerned; empty where there is none yet.
    """

    reason: str
    unlock: str
    effort: Effort
    what: str = ""
    table: str = ""


def without_supply(because: str) -> Lack:
    """The lack of a measure that no data can make yet; because: such as "no register of carers has been sent"."""
    named = re.fullmatch(r"no (.+) (?:has|have) been (?:sent|supplied)", because)
    needed = re.fullmatch(r"it needs (.+), and no measure .+", because)
    later = re.fullmatch(r"it needs (.+), which (?:is|are) not in this version yet", because)
    if later:
        return Lack(
            because, f"A later version, with {later[1]}", Effort.SUPPLY, "Nothing more has to be sent."
        )
    if named or needed:
        unlock = f"Supplying {needed[1] if needed else _with_article(named[1], because)}"  # type: ignore[index]
    else:
        unlock = f"Mending that {because}"
    return Lack(because, unlock, Effort.SUPPLY, "No measure is made of such data yet.")


def _with_article(noun: str, clause: str) -> str:
    if " have been " in clause:
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
