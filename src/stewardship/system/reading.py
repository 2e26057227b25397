"""Reading `system.toml`: the whole of it is judged before any data are touched, and all mistakes are told at once."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args

from stewardship.records.decisions import DECISIONS, LONGEST_DAYS, USES, Decision, Use
from stewardship.records.newest_list import lists_there
from stewardship.records.quality.keys import CHECK_KEYS
from stewardship.system.lines import lines_of
from stewardship.system.mistakes import Mistake, SettingsError
from stewardship.system.section import IN_SINGLE, Notes, Section
from stewardship.system.settings import (
    NHS_NUMBERS,
    Identifier,
    IdentifierKind,
    KeyVariables,
    OptOutSettings,
    PlacesSettings,
    SourceKind,
    SourceSettings,
    System,
    Threshold,
    UseSettings,
)

SETTINGS = "system.toml"
COLUMNS = {
    "nhs number": "person_source_value",
    "pseudonym": "person_id",
}  # where OMOP keeps them, if nothing is said
PLANNING = "planning-results"  # the use that a build is for
ANONYMISED_ROW = 6

Ruling = Literal["", "applies", "does not apply"]


def read_system(folder: Path, *, anonymised: str = "", files_there: bool = True) -> System:
    """The system whose settings stand in that folder.

    anonymised: a basis stated from outside, as if `system.toml` stated it. files_there: whether the files and
    folders that it names have to be there, as for a build, and opt-outs or a basis be stated. Raises SettingsError,
    with every mistake and its line, if the settings cannot be used.
    """
    text = _text(folder)
    notes = Notes(lines_of(text) if (values := _parsed(text)) else {}, there=files_there)
    settings = Section(values, (), notes, folder.resolve())
    system = _system(settings, anonymised.strip())
    if notes.mistakes:
        raise SettingsError(sorted(notes.mistakes))
    return system


def read_thresholds(folder: Path) -> tuple[Threshold, ...]:
    """The thresholds alone, whatever else the settings say: they are applied where results are read.

    Raises SettingsError, with every mistake in a threshold and its line.
    """
    text = _text(folder)
    notes = Notes(lines_of(text) if (values := _parsed(text)) else {})
    thresholds = _thresholds(Section(values, (), notes, folder.resolve()))
    if notes.mistakes:
        raise SettingsError(sorted(notes.mistakes))
    return thresholds


def _text(folder: Path) -> str:
    path = folder / SETTINGS
    if not path.is_file():
        raise SettingsError(
            [
                f"There is no {SETTINGS} in {folder}: name a system's folder with --system, or make one with "
                "`stewardship init FOLDER`."
            ]
        )
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsError(
            [Mistake(line, "this line holds a character that is not UTF-8. Save the file as UTF-8.")]
        ) from None


def _parsed(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([_syntax(text, str(error))]) from None


def _syntax(text: str, said: str) -> Mistake:
    """What the parser said, with the line, in the words of somebody who edits a file."""
    what, _, place = said.partition(" (at ")
    number = place.removeprefix("line ").split(",")[0]
    line = int(number) if number.isdigit() else text.count("\n") + 1
    if "Cannot overwrite" in what or "Cannot declare" in what or "Cannot mutate" in what or "twice" in what:
        return Mistake(line, "this is set a second time. Keep one of the two.")
    if "'\\'" in what or "Invalid hex" in what or "escape" in what.lower():
        return Mistake(line, IN_SINGLE)
    return Mistake(line, f'this cannot be read ({what[:1].lower()}{what[1:]}). Write it as: name = "value".')


def _system(top: Section, anonymised: str) -> System:
    folders = top.inner("folders") or Section({}, ("folders",), top.notes, top.folder)
    engine = top.inner("engine") or Section({}, ("engine",), top.notes, top.folder)
    basis = top.text("anonymised", "") or anonymised
    opt_outs = _opt_outs(top, basis)
    system = System(
        folder=top.folder,
        name=top.text("name"),
        workspace=_workspace(folders),
        sources=_sources(top),
        uses=_uses(top, basis),
        opt_outs=opt_outs,
        anonymised=basis,
        places=_places(top),
        as_of=top.day("as_of", needed=False),
        memory=engine.memory("memory", "4GB"),
        threads=engine.whole("threads", 0, 1, 1024) or None,
        care_areas=_own(folders, "care_areas"),
        code_lists=_own(folders, "code_lists"),
        thresholds=_thresholds(top),
        keep_snapshots=top.whole("keep_snapshots", 3, 1, 1000),
        notes=top.texts("notes"),
        keys=_keys(top),
        demonstration=_demonstration(top),
    )
    for section in (folders, engine, top):
        section.end()
    return system


def _sources(top: Section) -> tuple[SourceSettings, ...]:
    sections = top.each("source")
    if not sections and "source" not in top.values:
        top.wrong("source", "no source is named. Add a table [[source]] for each partner's feed.")
    sources = tuple(_source(section) for section in sections)
    for number, (section, source) in enumerate(zip(sections, sources, strict=True)):
        if source.key and source.key in [other.key for other in sources[:number]]:
            section.wrong("key", f'two sources have the key "{source.key}". Give one of them another.')
        if source.folder != section.folder and _resolved(source) in map(_resolved, sources[:number]):
            section.wrong(
                "folder", "another source has this folder too. Correct one, or take one source away."
            )
    return sources


def _resolved(source: SourceSettings) -> Path:
    """Where a source stands, however its folder is written; as it is written, where no file can have that name."""
    try:
        return source.folder.resolve()
    except (OSError, ValueError, RuntimeError):
        return source.folder


def _source(section: Section) -> SourceSettings:
    source = SourceSettings(
        key=section.key_name("key"),
        reader=cast("object", section.choice("reader", ("omop",), "omop")),  # type: ignore[arg-type]
        folder=section.path("folder", is_there=Path.exists),
        kind=cast(SourceKind, section.choice("kind", get_args(SourceKind))),
        identifier=_identifier(section),
        future_days=section.whole("future_days", 31, 0, 36_500),
        unlinked_at_most=section.share("unlinked_at_most", 0.0),
    )
    section.end()
    return source


def _identifier(around: Section) -> Identifier:
    section = around.inner("identifier")
    if section is None:
        if "identifier" not in around.values:
            around.wrong(
                "identifier",
                'identifier is missing. Add identifier = { kind = "nhs number" }, or a pseudonym and its namespace.',
            )
        return Identifier("pseudonym", "", "")
    kind = cast(IdentifierKind, section.choice("kind", get_args(IdentifierKind)))
    namespace = section.text("namespace", NHS_NUMBERS if kind == "nhs number" else None)
    if (kind == "nhs number") != (namespace == NHS_NUMBERS) and kind and namespace:
        section.wrong(
            "namespace",
            f'NHS numbers, and nothing else, have the namespace "{NHS_NUMBERS}". '
            + ("Leave namespace out." if kind == "nhs number" else "Choose another name."),
        )
    identifier = Identifier(kind, namespace, section.text("column", COLUMNS.get(kind, "person_id")))
    section.end()
    return identifier


def _uses(top: Section, anonymised: str) -> tuple[UseSettings, ...]:
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


def _opt_outs(top: Section, anonymised: str) -> OptOutSettings | None:
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
    opt_outs = OptOutSettings(
        file=(file := section.path("file", is_there=_is_a_list)),
        as_of=_day_of_list(section, file),
        oldest_days=section.whole("oldest_days", LONGEST_DAYS, 1, LONGEST_DAYS),
        identifier=_identifier(section),
        rows=section.whole("rows", 0, 0, 10**9) if "rows" in section.values else None,
    )
    section.asked.append("rows")
    section.end()
    return opt_outs


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


def _places(top: Section) -> PlacesSettings:
    section = top.inner("places")
    if section is None:
        return PlacesSettings()
    seed = section.whole("spread_seed", -1, 0, 2**31 - 1)
    places = PlacesSettings(section.folders("folders"), None if seed < 0 else seed)
    section.end()
    return places


def _workspace(folders: Section) -> Path:
    """A folder that a build makes if it is not there."""
    written = folders.text("workspace", "workspace")
    workspace = folders.folder / written
    try:
        wrong = workspace.is_file()
    except (OSError, ValueError):  # a name that no file can have
        wrong = True
    if wrong:
        folders.wrong(
            "workspace", "workspace is not a folder, and none of that name can be made. Name another."
        )
    return workspace


def _own(folders: Section, key: str) -> Path | None:
    """A folder of the system's own; the usual one need not be there."""
    usual = folders.folder / key
    if key not in folders.values:
        folders.asked.append(key)
        return usual if usual.is_dir() else None
    return folders.path(key, is_there=Path.is_dir)


def _thresholds(top: Section) -> tuple[Threshold, ...]:
    keys = [source.get("key") for source in top.values.get("source", []) if isinstance(source, Mapping)]  # type: ignore[attr-defined]
    return tuple(_threshold(section, keys) for section in top.each("threshold"))


def _threshold(section: Section, sources: list[object]) -> Threshold:
    source = section.text("source", "")
    if source and source not in sources:
        section.wrong("source", f'source is "{source}", but no [[source]] has that key.')
    threshold = Threshold(
        check=section.choice("check", CHECK_KEYS),
        source=source,
        at_most=section.share("at_most"),
        author=section.text("author"),
        reason=section.text("reason"),
        date=section.day("date", needed=True),  # type: ignore[arg-type]
    )
    section.end()
    return threshold


def _keys(top: Section) -> KeyVariables:
    section = top.inner("keys")
    if section is None:
        return KeyVariables()
    usual = KeyVariables()
    keys = KeyVariables(
        section.text("pseudonyms", usual.pseudonyms),
        section.text("vault", usual.vault),
        section.text("log", usual.log),
    )
    section.end()
    return keys


def _demonstration(top: Section) -> bool:
    """Whether it is one: nobody's choice about their data may be at stake in it."""
    demonstration = top.yes("demonstration")
    if demonstration and ("opt_outs" in top.values or "anonymised" not in top.values):
        top.wrong(
            "demonstration",
            "a demonstration shows invented or anonymised people only: take this line away, and make the system "
            "with `stewardship init`.",
        )
    return demonstration
