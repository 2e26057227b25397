"""Reading `system.toml`: the whole of it is judged before any data are touched, and all mistakes are told at once."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from stewardship.records.quality.keys import CHECK_KEYS
from stewardship.system.boundaries import boundaries
from stewardship.system.cancer import CancerSettings, cancer
from stewardship.system.cancer_waits import published_cancer_waits
from stewardship.system.engine_named import engine_named
from stewardship.system.lines import lines_of
from stewardship.system.made_up import made_with
from stewardship.system.mistakes import Mistake, SettingsError
from stewardship.system.rulings import opt_outs, uses
from stewardship.system.section import IN_SINGLE, Notes, Section
from stewardship.system.settings import (
    ComparatorPlace,
    KeyVariables,
    PlacesSettings,
    System,
    Threshold,
)
from stewardship.system.sources import sources

SETTINGS = "system.toml"


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


def read_cancer(folder: Path) -> CancerSettings:
    """How the nightly files of the tracking list are written, whatever else the settings say.

    Raises SettingsError, with every mistake in [cancer] and its line.
    """
    text = _text(folder)
    notes = Notes(lines_of(text) if (values := _parsed(text)) else {})
    settings = cancer(Section(values, (), notes, folder.resolve()))
    if notes.mistakes:
        raise SettingsError(sorted(notes.mistakes))
    return settings


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
    engine_name, master = engine_named(engine)
    system = System(
        folder=top.folder,
        name=top.text("name"),
        workspace=_workspace(folders),
        sources=sources(top),
        uses=uses(top, basis),
        opt_outs=opt_outs(top, basis),
        anonymised=basis,
        places=_places(top),
        finance=_folder_of(top, "finance"),
        published_figures=_folder_of(top, "published_figures"),
        comparator=_comparator(top),
        boundaries=boundaries(top),
        cancer_waits=published_cancer_waits(top),
        as_of=top.day("as_of", needed=False),
        engine=engine_name,
        master=master,
        memory=engine.memory("memory"),
        threads=engine.whole("threads", 0, 1, 1024) or None,
        care_areas=_own(folders, "care_areas"),
        code_lists=_own(folders, "code_lists"),
        areas=top.texts("areas"),
        children_first=top.yes("children_first"),
        thresholds=_thresholds(top),
        keep_snapshots=top.whole("keep_snapshots", 3, 1, 1000),
        cancer=cancer(top),
        notes=top.texts("notes"),
        keys=_keys(top),
        demonstration=top.yes("demonstration"),
    )
    if system.demonstration:
        _refuse_real(top, system)
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


def _comparator(top: Section) -> ComparatorPlace | None:
    section = top.inner("comparator")
    if section is None:
        return None
    place = ComparatorPlace(section.text("place"), section.text("name"))
    section.end()
    return place


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


def _refuse_real(top: Section, system: System) -> None:
    """Nobody's choice about their data may be at stake in a demonstration.

    Either its data count as anonymised, or all of it, the list of opt-outs too, stands in one folder that
    `stewardship synthesise` made.
    """
    if "opt_outs" not in top.values:
        nobodys = "anonymised" in top.values
    else:
        listed = system.opt_outs
        nobodys = listed is not None and bool(made_with(_around(listed.file)))
    if not nobodys:
        top.wrong(
            "demonstration",
            "a demonstration shows invented or anonymised people only: take this line away, and make the system "
            "with `stewardship init`.",
        )
    elif system.opt_outs is not None and (elsewhere := _elsewhere(system, system.opt_outs.file)):
        top.wrong(
            "demonstration",
            f"a demonstration with opt-outs shows one made-up system and nothing else, but {elsewhere[0]} is not in "
            "the folder of its opt-outs: take this line away, and make the system with `stewardship init`.",
        )


def _elsewhere(system: System, listed: Path) -> list[Path]:
    """Folders that do not stand, with links followed, where a made-up system's list of opt-outs does."""
    folders = [*(source.folder for source in system.sources), *system.places.folders]
    waits = None if system.cancer_waits is None else system.cancer_waits.folder
    folders += [each for each in (system.finance, system.published_figures, waits) if each is not None]
    made_up = _around(listed)
    try:
        return [each for each in folders if not each.resolve().is_relative_to(made_up)]
    except (OSError, ValueError, RuntimeError):  # a name that no file can have
        return folders


def _around(listed: Path) -> Path:
    """The folder in which a made-up system's list of opt-outs stands, in a folder of its own."""
    try:
        return listed.resolve().parent.parent
    except (OSError, ValueError, RuntimeError):  # a name that no file can have
        return listed.parent.parent
