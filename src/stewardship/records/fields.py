"""How a value as sent becomes a whole number, a number, a day or a text: SQL, and what to say when it cannot.

A value that may identify someone is described by its pattern ("9 digits"), never shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["integer", "number", "day", "text", "code", "sent", "identity", "identity check"]
"""sent: as it was written, whatever it is, for a step that keeps nothing of it. text: as it was written, but for a text
that holds an NHS number. code: such a text that may be a code, in one short word. identity, identity check: an
identifier that becomes a number at once, by the engine's functions `person_number` and `person_check`, so that it is
written nowhere."""

EXACT_DOUBLE = (
    2**53
)  # the largest number below which every whole number written as a decimal fraction is exact
INTEGERS = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
)
FRACTIONS = ("FLOAT", "DOUBLE", "DECIMAL")

EXPECTED: dict[Kind, str] = {
    "integer": "a whole number",
    "number": "a number",
    "day": "a day: write it as 2020-02-28",
    "text": "text",
    "code": "a code",
    "sent": "text",
    "identity": "an NHS number",
    "identity check": "text",
}


@dataclass(frozen=True)
class SourceColumn:
    """A column that a reader uses.

    needed: the file cannot be read without it. aliases: other headings it goes by. identifying: see
    `records.model`. heading: the only heading it goes by, where that is not its name.
    """

    name: str
    kind: Kind
    needed: bool = False
    aliases: tuple[str, ...] = ()
    identifying: bool = False
    heading: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings it may go by, the likeliest first; a partner knows it by that."""
        return (self.heading,) if self.heading else (self.name, *self.aliases)


def as_text(column: str, engine_type: str) -> str:
    """The value as trimmed text; null where it is empty, NULL or \\N, or no number among numbers."""
    if engine_type.startswith(FRACTIONS):
        whole = f"{column} = floor({column}) AND abs({column}) < {EXACT_DOUBLE}"
        return (
            f"CASE WHEN NOT isfinite({column}::DOUBLE) THEN NULL "
            f"WHEN {whole} THEN {column}::BIGINT::VARCHAR ELSE {column}::VARCHAR END"
        )
    if engine_type == "VARCHAR":
        trimmed = f"trim({column})"  # blanks only: any other set of characters takes three times as long
        return f"CASE WHEN {trimmed} NOT IN ('', 'NULL', '\\N') THEN {trimmed} END"
    return f"{column}::VARCHAR"


def _integer(text: str) -> str:
    """Whole numbers of 64 bits. "123.0" is 123 while it is below 2^53; beyond, such a fraction has lost
    digits."""
    fraction = f"regexp_extract({text}, '^([+-]?[0-9]+)\\.0+$', 1)"
    exact = f"abs(TRY_CAST(nullif({fraction}, '') AS BIGINT)) < {EXACT_DOUBLE}"
    return (
        f"CASE WHEN TRY_CAST({text} AS BIGINT)::VARCHAR = {text} THEN TRY_CAST({text} AS BIGINT) "
        f"WHEN regexp_full_match({text}, '[+-]?[0-9]+') THEN TRY_CAST({text} AS BIGINT) "
        f"WHEN {exact} THEN TRY_CAST({fraction} AS BIGINT) END"
    )


def _number(text: str) -> str:
    return f"CASE WHEN isfinite(TRY_CAST({text} AS DOUBLE)) THEN TRY_CAST({text} AS DOUBLE) END"


def _day(text: str) -> str:
    """A day, or the day of a time: 2020-02-28, 20200228, 2020-02-28 09:30:00."""
    time = "([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?( ?(Z|[+-][0-9]{2}(:?[0-9]{2})?))?)?"
    return (
        f"CASE WHEN regexp_full_match({text}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{time}') "
        f"THEN TRY_CAST(left({text}, 10) AS DATE) "
        f"WHEN regexp_full_match({text}, '[0-9]{{8}}') THEN TRY_STRPTIME({text}, '%Y%m%d')::DATE END"
    )


_PARSERS: dict[Kind, Callable[[str], str]] = {
    "integer": _integer,
    "number": _number,
    "day": _day,
    "text": lambda text: f"CASE WHEN NOT holds_nhs_number({text}) THEN {text} END",
    "code": lambda text: f"CASE WHEN NOT (is_no_code({text}) OR holds_nhs_number({text})) THEN {text} END",
    "sent": lambda text: text,
    "identity": lambda text: f"person_number({text})",
    "identity check": lambda text: f"person_check({text})",
}


def parsed(kind: Kind, column: str, engine_type: str, text: str) -> str:
    """SQL of the value, null where it is empty or not of its kind. text: SQL of the same value as text."""
    if kind == "integer" and engine_type in INTEGERS:
        return f"TRY_CAST({column} AS BIGINT)"
    if kind == "number" and engine_type in INTEGERS:
        return f"{column}::DOUBLE"
    if kind == "number" and engine_type.startswith(FRACTIONS):
        return f"CASE WHEN isfinite({column}::DOUBLE) THEN {column}::DOUBLE END"
    if kind == "day" and (engine_type == "DATE" or engine_type.startswith("TIMESTAMP")):
        return f"TRY_CAST({column} AS DATE)"
    return _PARSERS[kind](text)


def pattern(text: str) -> str:
    """SQL that says what a text looks like without showing it: "9 digits", "12 characters"."""
    return (
        f"CASE WHEN regexp_full_match({text}, '[0-9]+') THEN length({text}) || ' digits' "
        f"ELSE length({text}) || ' characters' END"
    )


def shown(text: str) -> str:
    """SQL that shows how a short date or number was written, each digit as a 9, and anything else by its pattern.

    A row whose columns have slipped may hold anything anywhere, a date of birth among visits, so no value is shown.
    """
    short = (
        f"length({text}) <= 10 AND regexp_full_match({text}, '[0-9/.:-]+') "
        f"AND NOT regexp_full_match({text}, '[0-9]{{9,}}')"
    )
    form = f"regexp_replace({text}, '[0-9]', '9', 'g')"
    return f"CASE WHEN {short} THEN '(written ' || {form} || ')' ELSE '(' || {pattern(text)} || ')' END"


def misread(column: SourceColumn, text: str) -> str:
    """SQL of the sentence about a value that is not of its kind."""
    if column.kind == "identity":
        return f"'the NHS number is none: ' || {_number_pattern(text)}"
    subject = f"'(' || {pattern(text)} || ')'" if column.identifying else shown(text)
    noun = "date" if column.kind == "day" else "value"
    return f"'the {noun} ' || {subject} || ' is not {EXPECTED[column.kind]}'"


def _number_pattern(text: str) -> str:
    """SQL that says what is wrong with an NHS number, without showing it."""
    digits = f"regexp_replace({text}, '[ -]|[.]0+$', '', 'g')"
    return (
        f"CASE WHEN regexp_full_match({digits}, '[0-9]{{10}}') THEN "
        f"CASE WHEN {digits} = repeat(left({digits}, 1), 10) THEN 'one digit repeated' "
        f"ELSE '10 digits, wrong check digit' END ELSE {pattern(digits)} END"
    )
