"""What tells a row from every other: its own number, and the numbers by which other rows name it."""

from stewardship.records.engine import Engine, quoted
from stewardship.records.extracts.sent import Sent, as_number
from stewardship.records.extracts.shape import THE_PERSON, Heading

APART = 16  # kinds that fill one table: see `FileKind.apart`
_SMALL = 2**50  # of whole numbers that leave room for what tells them apart


def key_headings(sent: Sent) -> list[Heading]:
    """The headings of the file that tell a row from every other: see `FileKind.key`."""
    kind = sent.kind
    by_name = {each.name: each for each in sent.headings}
    if sent.person:
        by_name[THE_PERSON] = sent.person
    has_other = kind.other_key and all(name in sent.types for name in kind.other_key)
    parts = [by_name[name] for name in (kind.other_key if has_other else kind.key)]
    return [each for each in parts if each.name in sent.types]


def keys_of(sent: Sent) -> str:
    """SQL of source_row and event_id of every row."""
    return f"SELECT s.source_row, {event_id(sent)} AS event_id FROM {sent.only(*key_headings(sent))} s"


def whole_number(sent: Sent) -> Heading | None:
    """The heading whose whole numbers, sent as such, tell a row from every other by themselves, if there is one."""
    parts = key_headings(sent)
    return parts[0] if len(parts) == 1 and as_number(sent, parts[0]) else None


def event_id(sent: Sent) -> str:
    """SQL of the row's own number."""
    parts = key_headings(sent)
    if not parts:
        return "NULL::BIGINT"
    texts = [sent.text(each) for each in parts]
    joined = hashed(sent.kind.name, *texts)
    if len(parts) == 1 and parts[0].kind == "event":
        return _own_number(sent, parts[0], texts[0], joined)
    return joined


def _own_number(sent: Sent, heading: Heading, text: str, otherwise: str) -> str:
    """A whole number as it stands, or told apart from those of other kinds; `otherwise` where it is none, or passes
    for somebody's NHS number."""
    as_sent = whole_number(sent) is not None
    whole = f"{sent.at(heading)}::BIGINT" if as_sent else f"TRY_CAST({text} AS BIGINT)"
    when = [f"NOT is_nhs_number_whole({whole})"]
    if not as_sent:
        when.append(f"{whole}::VARCHAR = {text}")
    if sent.kind.apart:
        when.append(f"{whole} BETWEEN 0 AND {_SMALL}")
        whole = f"{whole} * {APART} + {sent.kind.apart}"
    return f"CASE WHEN {' AND '.join(when)} THEN {whole} ELSE {otherwise} END"


def number_of(kind: str, heading: str) -> str:
    """SQL of the `event_id` of the row of that kind whose own number stands under the heading; null where none does.

    As in `FileKind.key`: a whole number as it stands, and anything else a number of 63 bits.
    """
    whole = f"TRY_CAST({heading} AS BIGINT)"
    plain = f"{whole}::VARCHAR = {heading} AND NOT is_nhs_number_whole({whole})"
    return f"CASE WHEN {plain} THEN {whole} ELSE {hashed(kind, heading)} END"


def of_a_code(place: str = "place") -> str:
    """SQL of the number of a code of a row: of the row's own number, and the code's place in the row, below 64."""
    small, large = f"event_id * 64 + {place}", f"((event_id >> 7) << 7) + {place}"
    return f"(CASE WHEN event_id < {APART * _SMALL} THEN {small} ELSE {large} END)"


def hashed(kind: str, *texts: str) -> str:
    """SQL of a number of 63 bits that stands for some texts; null where the last is. See `define_standing_for`."""
    joined = " || chr(31) || ".join(
        [quoted(kind), *(f"coalesce({text}, '')" for text in texts[:-1]), texts[-1]]
    )
    return f"standing_for({joined})"


def define_standing_for(engine: Engine, secret: str) -> None:
    """Give the engine `standing_for(text)`: a number of 63 bits that nobody without the secret can make, as an NHS
    number may be in the text."""
    engine.run(
        "CREATE OR REPLACE MACRO standing_for(t) AS "
        f"(md5_number_upper({quoted(secret)} || chr(31) || t) >> 1)::BIGINT"
    )
