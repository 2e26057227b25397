"""Expressions as an analyst writes them, read without running them.

Only the words of the language, the names given, numbers, text and the signs `& | ~ < <= > >= +` mean anything
here: whatever else Python could do is refused, so that a question can do nothing but ask.
"""

import ast
import difflib
import operator
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from stewardship.people import language, periods
from stewardship.people.events import Contacts, Followed
from stewardship.people.expressions import (
    Answer,
    Events,
    Expression,
    ExpressionError,
    Quantity,
    describe_grain,
)

WORDS: dict[str, object] = {
    **{
        word: getattr(language, word)
        for word in (
            "has", "recorded", "aged", "of_sex", "of_ethnic_group", "in_fifth", "in_group", "latest", "counted",
            "weighted", "points", "contacts", "admitted", "procedures", "prescriptions", "deaths", "EVERYONE",
            "ADMISSIONS",
        )
    },
    **{word: getattr(periods, word) for word in ("months", "years", "until", "EVER", "YEAR")},
}  # fmt: skip

_SIGNS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.BitAnd: operator.and_, ast.BitOr: operator.or_, ast.Add: operator.add,
    ast.GtE: operator.ge, ast.LtE: operator.le, ast.Gt: operator.gt, ast.Lt: operator.lt,
}  # fmt: skip
_METHODS: dict[type[Expression], tuple[str, ...]] = {
    Quantity: ("between",),
    Contacts: ("any", "count", "cost", "nights", "response_minutes", "followed_by"),
    Followed: ("any", "count", "cost", "nights"),
    Events: ("any", "count", "cost"),
}
_LONGEST = 10_000


def written(text: str, names: Mapping[str, object]) -> Answer:
    """The answer that a text asks for, such as `has(DIABETES) & aged(65)`.

    names: what stands behind further names, such as the code lists of a vocabulary. Raises ExpressionError, in
    words for who wrote it, for a text that is no expression or whose expression is no answer.
    """
    if len(text) > _LONGEST:
        raise ExpressionError(f"The expression has {len(text):,} characters; {_LONGEST:,} are the most.")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ExpressionError(
            f"{_short(text)} is no expression. Write one, such as has(DIABETES) & aged(65)."
        ) from None
    try:
        found = _Reader({**names, **WORDS}).value(tree.body)
    except TypeError as error:  # a word given what it does not take
        raise ExpressionError(f"{_short(text)}: {_plainly(error)}.") from None
    except RecursionError:
        raise ExpressionError(
            "The expression has too many parts within parts. Write it more simply."
        ) from None
    if not isinstance(found, Answer):
        raise ExpressionError(f"A question wants an answer, yes or no, but this {describe_grain(found)}.")
    return found


class _Reader:
    def __init__(self, names: Mapping[str, object]) -> None:
        self._names = names

    def value(self, node: ast.expr) -> Any:
        match node:  # what is none of these means nothing
            case ast.Name(id=name):
                return self._named(name)
            case ast.Constant(value=bool() | int() | float() | str() | None as constant):
                return constant
            case ast.UnaryOp(op=ast.Invert(), operand=part):
                return self._not(self.value(part))
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _SIGNS:
                return self._joined(sign, left, right)
            case ast.Compare(left=left, ops=[sign], comparators=[right]) if type(sign) in _SIGNS:
                return self._joined(sign, left, right)
            case ast.Tuple(elts=parts):
                return tuple(self.value(part) for part in parts)
            case ast.Call(func=word, args=given, keywords=named):
                return self._called(word, given, named)
            case _:
                return _refuse(node)

    def _named(self, name: str) -> object:
        if name in self._names:
            return self._names[name]
        near = difflib.get_close_matches(name, self._names, n=1, cutoff=0.6) or difflib.get_close_matches(
            name.upper(), self._names, n=1, cutoff=0.6
        )
        hint = (
            f"Did you mean {near[0]}?" if near else "`stewardship count --words` lists what can be written."
        )
        raise ExpressionError(f"There is no {name} in the language or among the code lists. {hint}")

    def _not(self, part: object) -> object:
        if not isinstance(part, Expression):
            raise ExpressionError(f"`~` wants an answer, yes or no, but this {describe_grain(part)}.")
        return ~part

    def _joined(self, sign: ast.AST, left: ast.expr, right: ast.expr) -> object:
        first, second = self.value(left), self.value(right)
        if not isinstance(first, Expression):
            raise ExpressionError(f"`{ast.unparse(left)}` {describe_grain(first)}.")
        return _SIGNS[type(sign)](first, second)

    def _called(self, word: ast.expr, given: list[ast.expr], named: list[ast.keyword]) -> object:
        called = self._word(word)
        if any(isinstance(each, ast.Starred) for each in given) or any(each.arg is None for each in named):
            _refuse(word)
        return called(
            *(self.value(each) for each in given), **{str(each.arg): self.value(each.value) for each in named}
        )

    def _word(self, word: ast.expr) -> Callable[..., object]:
        if isinstance(word, ast.Attribute):
            return self._method(self.value(word.value), word)
        if isinstance(word, ast.Name):
            found = self._named(word.id)
            if callable(found):
                return found
            raise ExpressionError(f"{word.id} takes no brackets: write it alone.")
        return _refuse(word)

    def _method(self, of: object, word: ast.Attribute) -> Callable[..., object]:
        for grain, methods in _METHODS.items():
            if isinstance(of, grain) and word.attr in methods:
                method: Callable[..., object] = getattr(of, word.attr)
                return method
        methods = next((methods for grain, methods in _METHODS.items() if isinstance(of, grain)), ())
        can = [f".{method}(…)" for method in methods]
        rather = f" It can be asked {' or '.join(can)}." if can else ""
        raise ExpressionError(f"`{ast.unparse(word.value)}` cannot be asked .{word.attr}.{rather}")


def _refuse(node: ast.AST) -> NoReturn:
    said = {
        ast.BoolOp: "Write `&` for and, `|` for or, and put brackets around each side.",
        ast.Not: "Write `~` for not.",
        ast.Compare: "Compare two things at a time; a range is `.between(42, 47)`, one number `.between(8, 8)`.",
    }
    hint = next((words for kind, words in said.items() if isinstance(node, kind)), None)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        hint = said[ast.Not]
    rest = hint or "Write only words of the language, code lists, numbers and `& | ~ < <= > >= +`."
    raise ExpressionError(f"`{_short(ast.unparse(node))}` means nothing here. {rest}")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}…"


def _plainly(error: TypeError) -> str:
    said = str(error).replace("positional ", "").replace("argument", "value")
    return said.split(".", 1)[-1] if said.startswith(("Quantity", "Events")) else said
