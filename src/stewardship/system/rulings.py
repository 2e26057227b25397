"""Reading what was ruled out of a system's settings: its uses by the decision table, and its list of opt-outs."""

from datetime import date
from pathlib import Path
from typing import Literal, cast

from stewardship.records.decisions import DECISIONS, LONGEST_DAYS, USES, Decision, Use
from stewardship.records.newest_list import lists_there
from stewardship.system.section import Section
from stewardship.system.settings import OptOutSettings, UseSettings
from stewardship.system.sources import identifier

PLANNING = "planning-results"  # the use that a build is for
ANONYMISED_ROW = 6

Ruling = Literal["", "applies", "does not apply"]


def uses(top: Section, anonymised: str) -> tuple[UseSettings, ...]:
    """The uses with their rulings. anonymised: on what basis the data are; "" for none."""
    around = top.inner("uses") or Section({}, ("uses",), top.notes, top.folder)
    if PLANNING not in around.values:
        top.wrong(
            "uses",
            f"[uses.{PLANNING}] is missing: without a ruling on that use no figures can be made. Add it with its row "
            "of the decision table, its lawful basis, and who ruled so and when.",
        )
    for key in around.values:
        around.choice_of_name(key, USES)
    return tuple(
        _use(section, USES[section.name], anonymised) for section in around.tables() if section.name in USES
    )


def _use(section: Section, use: Use, anonymised: str) -> UseSettings:
    row = section.whole("row", None, 1, len(DECISIONS))
    if section.values.get("row") == row and row not in use.rows:
        section.wrong(
            "row", f"row {row} is not for this use. {use.words}: row {' or '.join(map(str, use.rows))}."
        )
    settings = UseSettings(
        use=use.key,
        row=row,
        basis=section.text("basis"),
        ruled_by=section.text("ruled_by"),
        ruled_on=section.day("ruled_on", needed=True),  # type: ignore[arg-type]
        national_opt_out=_ruling(section, DECISIONS[row]),
    )
    if row == ANONYMISED_ROW and not anonymised and section.notes.there:
        section.wrong(
            "row",
            f"row {row} is for data that were anonymised before they came. State on what basis they are, as "
            'anonymised = "…" above the first table, or with --anonymised.',
        )
    section.end()
    return settings


def _ruling(section: Section, decision: Decision) -> Ruling:
    """Whether the national opt-out applies, where the row leaves it to a ruling."""
    if decision.national == "by ruling":
        if "national_opt_out" not in section.values:
            section.wrong(
                "national_opt_out",
                f'national_opt_out is missing: row {decision.row} asks "{decision.ruling}" Add national_opt_out = '
                '"applies", or "does not apply", as it was ruled.',
            )
        return cast(Ruling, section.choice("national_opt_out", ("applies", "does not apply"), ""))
    if "national_opt_out" in section.values:
        section.wrong(
            "national_opt_out", f"row {decision.row} leaves nothing to a ruling. Take this line away."
        )
    section.asked.append("national_opt_out")
    return ""


def opt_outs(top: Section, anonymised: str) -> OptOutSettings | None:
    """The list of opt-outs; it may be absent where the data are anonymised."""
    section = top.inner("opt_outs")
    if section is None:
        stated = bool(anonymised) or bool({"opt_outs", "anonymised"} & top.values.keys())
        if top.notes.there and not stated:
            top.wrong(
                "opt_outs",
                'no list of opt-outs is named. Add a table [opt_outs], or state with anonymised = "…" on what '
                "basis the data were anonymised before they came.",
            )
        return None
    listed = OptOutSettings(
        file=(file := section.path("file", is_there=_is_a_list)),
        as_of=_day_of_list(section, file),
        oldest_days=section.whole("oldest_days", LONGEST_DAYS, 1, LONGEST_DAYS),
        identifier=identifier(section),
        rows=section.whole("rows", 0, 0, 10**9) if "rows" in section.values else None,
    )
    section.asked.append("rows")
    section.end()
    return listed


def _is_a_list(file: Path) -> bool:
    return bool(lists_there(file)) if "*" in file.name else file.is_file()


def _day_of_list(section: Section, file: Path) -> date | None:
    """The day that is written; None where each list has its own in its name."""
    if "*" not in file.name:
        return section.day("as_of", needed=True)
    section.asked.append("as_of")
    if "as_of" in section.values:
        section.wrong(
            "as_of",
            "with * in the name of the file, each list's own name tells its day. Take this line away, or name one "
            "file.",
        )
    return None
