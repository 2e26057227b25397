"""The page of scores, made of their declarations; `cd tests && python -m support.scores_page`."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from stewardship.people.said import said
from stewardship.people.scores import cambridge
from stewardship.rules.scores.cambridge import CAMBRIDGE, COUNTED_WHEN
from stewardship.rules.scores.charlson import CHARLSON, CHARLSON_2011
from stewardship.rules.scores.core20plus5 import ADULTS, CHILDREN, CORE20, NOT_OF_THE_SOURCE, PLUS
from stewardship.rules.scores.electronic_frailty import (
    ELECTRONIC_FRAILTY,
    KINDS_OF_MEDICINE,
    MEDICINES,
    POLYPHARMACY,
)
from stewardship.rules.scores.hospital_frailty import HOSPITAL_FRAILTY, MEANINGS
from stewardship.rules.scores.score import Score
from stewardship.rules.scores.segments import LONG_TERM, SEGMENTS
from stewardship.rules.scores.tables import codes_of, condition_names, rows_of, title_of
from support import scores_words as words

PAGE = Path(__file__).parents[2] / "docs" / "scores.md"
SCORES = (CAMBRIDGE, CHARLSON, CHARLSON_2011, HOSPITAL_FRAILTY, ELECTRONIC_FRAILTY)


def page() -> str:
    """The whole page as Markdown."""
    parts = [
        words.OPENING, _overview(), _cambridge(), _charlson(), _hospital(), _electronic(), _segments(), _core20plus5(),
        _conditions(), words.SHOWN,
    ]  # fmt: skip
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _overview() -> str:
    rows = (
        (s.title, s.edition, s.source, str(len(s.groups)), f"{s.value(s.most):g}", _bands(s)) for s in SCORES
    )
    return _table(("score", "edition of the weights", "source", "groups", "at most", "bands"), rows)


def _bands(score: Score) -> str:
    told = "; ".join(f"{band.name}: {band.meaning}" for band in score.bands)
    return f"from {score.youngest} years: {told}" if told else "none"


def _cambridge() -> str:
    rows = (
        (
            group.name,
            f"{CAMBRIDGE.value(group.points):.2f}",
            COUNTED_WHEN[group.name],
            said(cambridge.HELD[group.name]),
        )
        for group in CAMBRIDGE.groups
    )
    return "## Cambridge Multimorbidity Score\n\n" + _table(
        ("condition", "weight", "counted in the paper when", "asked here"), rows
    )


def _charlson() -> str:
    rows = (
        (
            row["group"], row["weight_1987"], row["weight_2011"], row["of_class"], row["icd10"],
            _names(row["conditions"].split()),
        )
        for row in rows_of("charlson")
    )  # fmt: skip
    return words.ABOUT_CHARLSON + _table(
        ("group", "1987", "2011", "class", "ICD-10, each with all below it", "SNOMED CT of"), rows
    )


def _hospital() -> str:
    rows = (
        (group.name, MEANINGS[group.name], f"{HOSPITAL_FRAILTY.value(group.points):g}")
        for group in HOSPITAL_FRAILTY.groups
    )
    return words.ABOUT_HOSPITAL + _table(("ICD-10", "meaning", "weight"), rows)


def _electronic() -> str:
    kinds = "; ".join(group.name for group in KINDS_OF_MEDICINE.groups)
    found = {POLYPHARMACY: f"{MEDICINES} kinds of medicine or more, issued in three months"}
    rows = (
        (
            row["group"],
            found.get(row["group"])
            or _names(row["conditions"].split())
            or "never: no code is known for certain",
        )
        for row in rows_of("electronic_frailty")
    )
    return words.ABOUT_ELECTRONIC + _table(("deficit", "found by"), rows) + f"\n\nKinds of medicine: {kinds}."


def _segments() -> str:
    rows = (
        (
            str(segment.number), segment.title, segment.description,
            "overlay" if segment.overlay else "{:g} to {:g}".format(*segment.expected),
        )
        for segment in SEGMENTS
    )  # fmt: skip
    table = _table(("", "segment", "who", "expected, % of residents"), rows)
    return f"{words.ABOUT_SEGMENTS}{table}\n\nLong-term conditions: {_names(LONG_TERM)}."


def _core20plus5() -> str:
    rows = [
        (kind, part.title, part.who + (" *" if part.key in NOT_OF_THE_SOURCE else ""))
        for kind, parts in (
            ("Core20", (CORE20,)),
            ("PLUS", PLUS),
            ("5, adults", ADULTS),
            ("5, children", CHILDREN),
        )
        for part in parts
    ]
    not_named = "\\* not named by NHS England; systems choose it. Who lives at the coast is named, and not known here."
    return f"{words.ABOUT_CORE20PLUS5}{_table(('part', '', 'who'), rows)}\n\n{not_named}"


def _conditions() -> str:
    rows = (
        (title_of(name), ", ".join(_listed(name, "ICD10")), str(len(_listed(name, "SNOMED"))))
        for name in sorted(condition_names())
    )
    return words.ABOUT_CODES + _table(("condition", "ICD-10", "SNOMED CT: how many"), rows)


def _listed(name: str, system: str) -> list[str]:
    return [code for _, code, _ in codes_of(name, system=system)]


def _names(conditions: Iterable[str]) -> str:
    return ", ".join(title_of(name) for name in conditions)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', ' ') for cell in line)} |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
