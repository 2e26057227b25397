"""What of a file's codes, texts and numbers must not be kept: judged by the values that occur, before any is."""

import re
from dataclasses import replace

from stewardship.records.engine import Engine, quoted
from stewardship.records.extracts.sent import BLANK, NOTHING, Sent
from stewardship.records.extracts.shape import Heading
from stewardship.records.extracts.typed import WITHHELD, is_number_of_person, one_of, read_as_kind
from stewardship.records.fields import as_text

LONGEST_TEXT = 100


def judged(sent: Sent, engine: Engine) -> tuple[Sent, dict[str, tuple[int, int]]]:
    """Judge codes, texts and numbers by the values that occur. The rows, knowing which headings are clean; and of each
    heading with values that must not be kept, how many hold an NHS number and how many are no code. `WITHHELD` holds
    those that are texts."""
    sent, found = _judged_texts(sent, engine)
    return sent, found | _judged_numbers(sent, engine)


def _judged_numbers(sent: Sent, engine: Engine) -> dict[str, tuple[int, int]]:
    """How many different NHS numbers stand in each heading of numbers that has any."""
    numbers = [each for each in sent.found if each.kind in ("integer", "number")]
    if not numbers:
        return {}
    counts = ", ".join(_numbers_of_people(sent, each) for each in numbers)
    (found,) = engine.rows(f"SELECT {counts} FROM {sent.only(*numbers)} s")
    return {each.name: (count, 0) for each, count in zip(numbers, found, strict=True) if count}


def _numbers_of_people(sent: Sent, heading: Heading) -> str:
    """SQL of how many different NHS numbers stand in a heading. Texts are read as numbers only where they are long."""
    value, text = read_as_kind(sent, heading), sent.text(heading)
    if sent.types[heading.name] == "VARCHAR":
        value = f"CASE WHEN length({text}) >= 10 OR contains(lower({text}), 'e') THEN {value} END"
    return f"count(DISTINCT {value}) FILTER ({is_number_of_person(value)})"


def _judged_texts(sent: Sent, engine: Engine) -> tuple[Sent, dict[str, tuple[int, int]]]:
    engine.run(f"CREATE OR REPLACE TEMP TABLE {WITHHELD} (heading VARCHAR, value VARCHAR, numbered BOOLEAN)")
    worded = [each for each in sent.found if each.values or each.kind in ("code", "text")]
    texts = [each for each in worded if sent.types[each.name] == "VARCHAR"]
    repeated = [each for each in texts if _REPEATED.search(each.name)]
    parts = [_values_of(sent, each) for each in worded if each not in repeated]
    if repeated:
        parts.append(_values_of_all(sent, repeated))
    if not parts:
        return sent, {}
    engine.run(f"CREATE OR REPLACE TEMP TABLE looked_at AS {' UNION ALL '.join(parts)}")
    unclean = engine.rows("SELECT DISTINCT heading FROM looked_at WHERE unclean")
    spoilt = {heading for (heading,) in unclean} | {each.name for each in texts if each.unknown}
    sent = replace(sent, clean=frozenset(each.name for each in texts if each.name not in spoilt))
    if not engine.rows("SELECT 1 FROM looked_at WHERE kind <> 'listed' LIMIT 1"):
        return sent, {}
    too_long = f"CASE WHEN kind = 'text' THEN length(v) > {LONGEST_TEXT} ELSE is_no_code(v) END"
    says = " AND ".join(f"v <> {quoted(each)}" for each in (*BLANK, *NOTHING))
    engine.run(
        f"INSERT INTO {WITHHELD} SELECT heading, v, numbered FROM (SELECT heading, v, holds_nhs_number(v) AS numbered, "
        f"{too_long} AS unfit FROM looked_at WHERE kind <> 'listed' AND {says}) WHERE numbered OR unfit"
    )
    found = engine.rows(
        f"SELECT heading, count(*) FILTER (numbered), count(*) FILTER (NOT numbered) FROM {WITHHELD} "
        "GROUP BY heading ORDER BY heading"
    )
    return sent, {heading: (numbered, words) for heading, numbered, words in found}


def _values_of(sent: Sent, heading: Heading) -> str:
    """SQL of the different values of a heading that have to be looked at: heading, kind, v and whether they cannot
    stay as they are."""
    kind, column = sent.sent_as[heading]
    values = f"SELECT DISTINCT {column if kind == 'VARCHAR' else as_text(column, kind)} AS v FROM {sent.base}"
    told = "listed" if heading.values else heading.kind
    unclean = f"NOT {one_of('v', heading.values)}" if heading.values else _UNCLEAN
    worth = unclean if heading.values else f"({_UNCLEAN} OR {_WORTH[heading.kind]})"
    return (
        f"SELECT {quoted(heading.name)} AS heading, {quoted(told)} AS kind, trim(v) AS v, {unclean} AS unclean "
        f"FROM ({values}) WHERE {worth}"
    )


def _values_of_all(sent: Sent, headings: list[Heading]) -> str:
    """The same of repeated headings, in one pass over all of them."""
    named = ", ".join(quoted(each.name) for each in headings)
    columns = ", ".join(sent.sent_as[each][1] for each in headings)
    return (
        f"SELECT DISTINCT heading, 'code' AS kind, trim(v) AS v, {_UNCLEAN} AS unclean FROM (SELECT "
        f"unnest([{named}]) AS heading, unnest([{columns}]) AS v FROM {sent.base}) "
        f"WHERE {_UNCLEAN} OR {_WORTH['code']}"
    )


_REPEATED = re.compile("_[0-9]{2}$")
_UNCLEAN = "(" + " OR ".join(["trim(v) <> v", *(f"v = {quoted(each)}" for each in (*BLANK, *NOTHING))]) + ")"
# A text of fewer than ten characters can hold no NHS number.
_WORTH = {
    "code": "(length(v) >= 10 OR contains(v, ' ') OR contains(v, chr(9)))",
    "text": "length(v) >= 10",
}
