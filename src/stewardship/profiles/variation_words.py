"""What is said of places in a funnel: who is outside and on which side, never who comes before whom."""

from collections.abc import Sequence

from stewardship.measures.derived import InFunnel
from stewardship.measures.published import SHARES, Card
from stewardship.profiles import words
from stewardship.profiles.differences import by_chance
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.variation import AS_EXPECTED, MANY, ONE, outside, placed


def side(row: InFunnel) -> str:
    """Better, worse, higher or lower; similar for one as expected; empty for one without a position."""
    if row.position in ("", AS_EXPECTED):
        return "similar" if row.position else ""
    return row.position.removeprefix("much ").removesuffix(" than expected")


def found(rows: tuple[InFunnel, ...], level: str) -> str:
    """2 networks are better than expected and 1 is worse; or that none differs."""
    named = [side(row) for row in outside(rows)]
    if not named:
        return f"no {ONE[level]} differs from the whole system by more than is expected"
    counts = {word: named.count(word) for word in dict.fromkeys(sorted(named))}
    parts: list[str] = []
    for word, count in counts.items():
        of = f" {ONE[level] if count == 1 else MANY[level]}" if not parts else ""
        than = " than expected" if not parts else ""
        parts.append(f"{count}{of} {'is' if count == 1 else 'are'} {word}{than}")
    return words.and_list(parts)


def named(figures: AreaFigures, card: Card, rows: tuple[InFunnel, ...], level: str) -> str:
    """Each place outside with its value and what was expected, by side; then of how many nothing can be told."""
    sides: dict[str, list[str]] = {}
    for row in outside(rows):
        sides.setdefault(row.position, []).append(f"{_name(figures, row)} ({_value(card, row)})")
    said = [
        f"{position[0].upper()}{position[1:]}: {words.and_list(sides[position])}."
        for position in sorted(sides)
    ]
    if not said:
        said = [f"None of {len(placed(rows))} {MANY[level]} is outside what is expected."]
    return " ".join([*said, *_without(rows, level)])


def _without(rows: Sequence[InFunnel], level: str) -> list[str]:
    """How many have no position, by why."""
    reasons = [row.reason for row in rows if not row.position]
    counts = {reason: reasons.count(reason) for reason in dict.fromkeys(reasons)}
    return [
        f"{reason} ({count} {ONE[level] if count == 1 else MANY[level]})." for reason, count in counts.items()
    ]


def _name(figures: AreaFigures, row: InFunnel) -> str:
    return figures.published.place(row.place).name


def _value(card: Card, row: InFunnel) -> str:
    return f"{words.number(row.value or 0, card.unit)}, expected {expected(card, row)}"


def expected(card: Card, row: InFunnel) -> str:
    """The 95% limits of the funnel for a place of its size: 60.1 to 66.2%."""
    if row.lower95 is None or row.upper95 is None:
        return ""
    low, high = (words.number(end, card.unit) for end in (row.lower95, row.upper95))
    return f"{low.removesuffix('%')} to {high}"


def limits_words(rows: tuple[InFunnel, ...], level: str) -> str:
    """Whether limits are widened, by how much places differ anyway."""
    one = next(iter(placed(rows)), None)
    if one is None:
        return ""
    if one.adjusted:
        return (
            f" Limits are widened: {MANY[level]} differ {one.dispersion or 0:.1f} times as much as chance alone "
            "explains, for reasons such as age, need and coding."
        )
    if one.places < 10:
        return f" Limits allow for chance alone: with fewer than ten {MANY[level]} nothing more can be told."
    return f" Limits allow for chance alone: {MANY[level]} differ no more than that."


def read_words(rows: tuple[InFunnel, ...], level: str, scale: str) -> str:
    """How to read a funnel, in a few sentences."""
    return (
        f"each mark is a {ONE[level]}, and the dashed line the whole system. Inside the darker band (broken edge, 95%) "
        "a difference is as expected; outside the paler band (full edge, 99.8%) it is much more. The order inside the "
        f"bands means nothing.{limits_words(rows, level)}{by_chance(len(placed(rows)))} {scale}"
    )


def counted_in(card: Card) -> str:
    """What the size of a place is counted in."""
    if card.statistic == "proportion":
        return "People"
    if card.statistic in SHARES:
        return "Events"
    return "Person-years" if card.statistic == "rate" else "Person-years, as if of the standard ages"
