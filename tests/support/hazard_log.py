"""The hazard log, read from docs/clinical-safety, and the page made of it.

Write the page anew with: cd tests && python -m support.hazard_log
"""

import ast
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "clinical-safety"
PAGE = FOLDER / "hazard-log.md"


@dataclass(frozen=True)
class Control:
    """What is done about a hazard: by the maker (design), shown by tests; or by whoever deploys it."""

    kind: str
    by: str
    words: str
    shown_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Risk:
    """Severity and likelihood; the level follows from the matrix."""

    severity: str
    likelihood: str

    @cached_property
    def level(self) -> int:
        matrix = risk_matrix()
        return int(matrix["likelihoods"][self.likelihood][matrix["severities"].index(self.severity)])

    def __str__(self) -> str:
        meaning = risk_matrix()["levels"][str(self.level)]
        return f"{self.severity}, {self.likelihood} likelihood: {self.level} ({meaning})"


@dataclass(frozen=True)
class Hazard:
    """One line of the log."""

    id: str
    name: str
    description: str
    causes: tuple[str, ...]
    effect: str
    harm: str
    where: str
    status: str
    initial: Risk
    residual: Risk | None
    controls: tuple[Control, ...]


def read() -> tuple[str, list[Hazard]]:
    """The version of the log, and its hazards."""
    told = tomllib.loads((FOLDER / "hazards.toml").read_text(encoding="utf-8"))
    return told["version"], [_hazard(each) for each in told["hazard"]]


def _hazard(told: dict) -> Hazard:
    return Hazard(
        **{
            **told,
            "causes": tuple(told["causes"]),
            "initial": Risk(*told["initial"]),
            "residual": Risk(*told["residual"]) if "residual" in told else None,
            "controls": tuple(
                Control(**{**control, "shown_by": tuple(control.get("shown_by", ()))})
                for control in told.get("controls", ())
            ),
        }
    )


@lru_cache(maxsize=1)
def risk_matrix() -> dict:
    return tomllib.loads((FOLDER / "risk-matrix.toml").read_text(encoding="utf-8"))


def test_exists(name: str) -> bool:
    """Whether `tests/file.py::test_name` names a test that is written."""
    file, _, test = name.partition("::")
    path = ROOT / file
    if not path.is_file():
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == test for node in ast.walk(tree))


def page() -> str:
    """The log as a page."""
    version, hazards = read()
    lines = [
        "# Hazard log",
        "",
        f"Version {version}. Made from `hazards.toml` and `risk-matrix.toml`; what each part means is told in",
        "[README](README.md). Severity and likelihood are the makers' proposal until a clinical safety officer has",
        "set them.",
        "",
        "| id | hazard | initial risk | residual risk | status |",
        "|---|---|---|---|---|",
        *(f"| [{h.id}](#{h.id.lower()}) | {h.name} | {h.initial.level} | {h.residual.level if h.residual else '-'} | "
          f"{h.status} |" for h in hazards),
    ]  # fmt: skip
    for hazard in hazards:
        lines += ["", *_told(hazard)]
    return "\n".join(lines) + "\n"


def _told(hazard: Hazard) -> list[str]:
    lines = [
        f"## {hazard.id}",
        "",
        f"**{hazard.name}.** {hazard.description}",
        "",
        f"- Causes: {'; '.join(hazard.causes)}.",
        f"- Effect: {hazard.effect}",
        f"- Harm: {hazard.harm}",
        f"- Where: `{hazard.where}`",
        f"- Initial risk: {hazard.initial}",
    ]
    if hazard.residual:
        lines.append(f"- Residual risk: {hazard.residual}")
    for control in hazard.controls:
        lines += ["", f"{control.kind.capitalize()} control, by the {control.by}: {control.words}"]
        lines += [f"- `{name}`" for name in control.shown_by]
    return lines


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
