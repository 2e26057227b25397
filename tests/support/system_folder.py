"""System folders of a test, with two feeds, a list of opt-outs, and settings that are sound."""

import os
from pathlib import Path

import pytest

SETTINGS = """\
name = "Exampleshire"
keep_snapshots = 2
areas = ["diabetes"]
notes = ["Figures are provisional."]

[[source]]
key = "practices"
reader = "omop"
folder = "feeds/practices"
kind = "general practice"
identifier = { kind = "nhs number", column = "person_source_value" }

[[source]]
key = "hospital"
folder = "feeds/hospital"
kind = "hospital"
identifier = { kind = "nhs number" }
future_days = 7

[uses.planning-results]
row = 5
basis = "Section 251 approval"
ruled_by = "A. Name, lead for information governance"
ruled_on = 2026-03-31

[opt_outs]
file = "opt-outs.csv"
as_of = 2026-06-25
oldest_days = 14
identifier = { kind = "nhs number", column = "identifier" }

[[threshold]]
check = "nobody"
source = "hospital"
at_most = 0.02
author = "A. Name"
reason = "Known fault of the extract"
date = 2026-03-31

[engine]
memory = "2GB"
threads = 2
"""


def system_folder(folder: Path, settings: str = SETTINGS) -> Path:
    """A system's folder with the files that the settings name, empty."""
    for feed in ("practices", "hospital"):
        (folder / "feeds" / feed).mkdir(parents=True, exist_ok=True)
    (folder / "opt-outs.csv").write_text("identifier,kind,start,end\n", encoding="utf-8")
    (folder / "system.toml").write_text(settings, encoding="utf-8")
    return folder


def without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a system is set in the environment, and whatever a test sets there is undone."""
    usual = {
        f"STEWARDSHIP_{name}"
        for name in ("PSEUDONYM_KEY", "VAULT_KEYS", "LOG_KEY", "DEMONSTRATION", "SYSTEM")
    }
    for name in usual | {name for name in os.environ if name.startswith("STEWARDSHIP_")}:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
