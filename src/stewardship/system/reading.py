"""Reading `system.toml`: the whole of it is judged before any data are touched, and all mistakes are told at once."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from stewardship.records.quality.keys import CHECK_KEYS
from stewardship.system.engine_named import engine_named
from stewardship.system.lines import lines_of
from stewardship.system.mistakes import Mistake, SettingsError
from stewardship.system.rulings import opt_outs, uses
from stewardship.system.section import IN_SINGLE, Notes, Section
from stewardship.system.settings import (
    KeyVariables,
    OptOutSettings,
    PlacesSettings,
    System,
    Threshold,
)
from stewardship.system.sources import sources

SETTINGS = "system.toml"
TRUTH = "truth.json"


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
    listed = opt_outs(top, basis)
    engine_name, master = engine_named(engine)
    system = System(
        folder=top.folder,
        name=top.text("name"),
        workspace=_workspace(folders),
        sources=sources(top),
        uses=uses(top, basis),
        opt_outs=listed,
        anonymised=basis,
        places=_places(top),
        finance=_folder_of(top, "finance"),
        published_figures=_folder_of(top, "published_figures"),
        as_of=top.day("as_of", needed=False),
        engine=engine_name,
        master=master,
        memory=engine.memory("memory", "4GB"),
        threads=engine.whole("threads", 0, 1, 1024) or None,
        care_areas=_own(folders, "care_areas"),
        code_lists=_own(folders, "code_lists"),
        thresholds=_thresholds(top),
        keep_snapshots=top.whole("keep_snapshots", 3, 1, 1000),
        notes=top.texts("notes"),
        keys=_keys(top),
        demonstration=_demonstration(top, listed),
    )
    for section in (folders, engine, top):
        section.end()
    return system


def _places(top: Section) -> PlacesSettings:
    section = top.inner("places")
    if section is None:
        return PlacesSettings()
    seed = section.whole("spread_seed", -1, 0, 2**31 - 1)
    places = PlacesSettings(section.folders("folders"), None if seed < 0 else seed)
    section.end()
    return places


def _folder_of(top: Section, name: str) -> Path | None:
    """The folder that a table of that name names; None where there is no such table."""
    section = top.inner(name)
    if section is None:
        return None
    folder = section.path("folder", is_there=Path.is_dir)
    section.end()
    return folder


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


def _demonstration(top: Section, listed: OptOutSettings | None) -> bool:
    """Whether it is one: nobody's choice about their data may be at stake in it."""
    demonstration = top.yes("demonstration")
    nobodys = _made_up(listed) if "opt_outs" in top.values else "anonymised" in top.values
    if demonstration and not nobodys:
        top.wrong(
            "demonstration",
            "a demonstration shows invented or anonymised people only: take this line away, and make the system "
            "with `stewardship init`.",
        )
    return demonstration


def _made_up(listed: OptOutSettings | None) -> bool:
    """Whether a list is of people who were made up: `stewardship synthesise` tells the truth beside it."""
    return listed is not None and (listed.file.parent.parent / TRUTH).is_file()
