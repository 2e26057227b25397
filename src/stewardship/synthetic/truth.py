"""The truth about a synthetic system: what was planted in it, and what that really changed.

Each batch tells its part, and the parts are added up; what is a quotient of sums is worked out once they are whole.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

Realised: TypeAlias = int | float | list[str] | Mapping[str, "Realised"]
"""Something counted, which is added up; people or rows by name, which are strung together; or several of those."""


@dataclass(frozen=True)
class Planted:
    """One thing that was planted, as far as it is known: of one batch, or of the whole system.

    key: such as `service-change`. words: what it is, in one or two sentences. parameters: what was planted, as it was
    set. where: codes of the places it is true of; empty for everywhere. who: of which residents, in words. when: from
    when to when, in words or days. realised: what it really changed, beside the same draws without it.
    check: how the data that were sent show it. finish: what is worked out of `realised` once it is whole.
    """

    key: str
    words: str
    parameters: Mapping[str, object]
    where: Sequence[str]
    who: str
    when: str
    realised: Mapping[str, Realised]
    check: str
    finish: Callable[[Mapping[str, Realised]], Mapping[str, Realised]] = field(default=dict, compare=False)

    def __add__(self, other: "Planted") -> "Planted":
        """The same thing in two groups of residents. ValueError where it is not the same thing."""
        if self != replace(other, realised=self.realised):
            raise ValueError(f"Two batches tell different things of what was planted as {self.key}.")
        return replace(self, realised=_added(self.realised, other.realised))


def together(planted: Iterable[Planted]) -> dict[str, Planted]:
    """All parts of each thing added up, by its key, in the order they are first told of."""
    found: dict[str, Planted] = {}
    for each in planted:
        found[each.key] = found[each.key] + each if each.key in found else each
    return found


def write_truth(file: Path, told: Mapping[str, object], planted: Mapping[str, Planted]) -> None:
    """Write truth.json. told: what the whole system was made with."""
    entries = [_entry(each) for each in planted.values()]
    text = json.dumps(
        {"made_with": dict(told), "planted": entries}, indent=2, ensure_ascii=False, default=str
    )
    file.write_text(text + "\n", encoding="utf-8")


def _entry(planted: Planted) -> dict[str, object]:
    return {
        "key": planted.key,
        "words": planted.words,
        "parameters": dict(planted.parameters),
        "where": list(planted.where),
        "who": planted.who,
        "when": planted.when,
        "realised": {**planted.realised, **planted.finish(planted.realised)},
        "check": planted.check,
    }


def _added(one: Mapping[str, Realised], other: Mapping[str, Realised]) -> dict[str, Realised]:
    return {key: _sum(one, other, key) for key in (*one, *(key for key in other if key not in one))}


def _sum(one: Mapping[str, Realised], other: Mapping[str, Realised], key: str) -> Realised:
    if key not in one or key not in other:
        return one[key] if key in one else other[key]
    first, second = one[key], other[key]
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return _added(first, second)
    if isinstance(first, list) and isinstance(second, list):
        return first + second
    if isinstance(first, int | float) and isinstance(second, int | float):
        return first + second
    raise ValueError(f"{key} is a number in one batch and something else in another.")
