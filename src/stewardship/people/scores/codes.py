"""The codes of the scores as code lists, in which the language asks for them."""

from collections.abc import Iterable

from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.rules.scores.score import Code, Score
from stewardship.rules.scores.tables import codes_of, title_of

VERSION = "2026-11-22"
SOURCE = "stewardship.rules.scores"


def code_list(name: str, title: str, codes: Iterable[Code], unit: str = "") -> CodeList:
    """Codes as a list. unit: for a measured quantity, the unit in which values are compared."""
    rules = tuple(CodeRule(system, code, match) for system, code, match in codes)
    return CodeList(name, title, VERSION, rules, unit, SOURCE)


def condition(*names: str) -> CodeList:
    """The codes of conditions of the table `conditions`, together."""
    title = " or ".join(title_of(name) for name in names)
    return code_list("-or-".join(names), title, codes_of(*names))


def group(score: Score, name: str) -> CodeList:
    """The codes of one group of a score."""
    title, _, _ = name.partition(" (")
    return code_list(f"{score.key}: {name}", title, score.group(name).codes)
