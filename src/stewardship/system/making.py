"""Making a system's folder: whole, or not at all."""

import json
import os
import shutil
import signal
import tempfile
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template

from stewardship.system.environment import ENVIRONMENT, OF_SITE, key_of_demonstration, new_key
from stewardship.system.mistakes import SettingsError
from stewardship.system.reading import SETTINGS
from stewardship.system.settings import (
    CancerWaitsSettings,
    ComparatorPlace,
    KeyVariables,
    PlacesSettings,
    SourceSettings,
)

_TEMPLATE = files("stewardship.system") / "template"


@contextmanager
def new_system(folder: Path) -> Iterator[Path]:
    """A folder with settings to fill in, new keys, and room for what is the system's own.

    It is made beside `folder` and takes its name when the block ends without an error; else nothing is left.
    Raises SettingsError if something is there already.
    """
    with made_beside(folder) as made:
        (made / SETTINGS).write_text(_template("system.toml"), encoding="utf-8")
        write_the_rest(made)
        yield made


@contextmanager
def made_beside(folder: Path) -> Iterator[Path]:
    """An empty folder for its owner alone, which takes the name `folder` when the block ends without an error.

    Else nothing is left of it, nor where the process is asked to end (SIGTERM). Raises SettingsError if something is
    there already.
    """
    folder = folder.resolve()
    refuse_if_taken(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise SettingsError(
            [f"{folder} cannot be made ({error.strerror}). Name a folder that can be written to."]
        ) from error
    with _ending_in_order():
        try:
            yield made
            _move(made, folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Meanwhile the process ends as after Ctrl and C if it is asked to, once: a second time finds it clearing away."""

    def end(*_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise SystemExit(128 + signal.SIGTERM)

    if threading.current_thread() is not threading.main_thread():  # signals are heard there alone
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


@dataclass(frozen=True)
class Shown:
    """What a demonstration shows.

    sources: in the order they are believed in. anonymised: why the data are nobody's, where there is no list of
    opt-outs. opt_outs: the list that is applied, of people who were made up; None for none. finance,
    published_figures: folders of them; None for none. comparator: the place whose published figures stand beside those
    made here; None for none. cancer_waits: published ones, and whose are shown; None for none. seed: of what is left to
    chance, pseudonyms among it.
    """

    sources: tuple[SourceSettings, ...]
    anonymised: str
    seed: int
    today: date
    places: PlacesSettings
    as_of: date | None
    notes: tuple[str, ...]
    opt_outs: Path | None = None
    finance: Path | None = None
    published_figures: Path | None = None
    comparator: ComparatorPlace | None = None
    cancer_waits: CancerWaitsSettings | None = None


def demonstration(folder: Path, shown: Shown) -> None:
    """Make a folder a demonstration of this, or change what is shown in one that is a demonstration already.

    SettingsError for a folder that holds anything else: nobody's own system can become a demonstration.
    """
    if not _is_demonstration(folder):
        refuse_if_taken(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{SETTINGS}.new").write_text(_of_demonstration(shown), encoding="utf-8")
        (folder / f"{SETTINGS}.new").replace(folder / SETTINGS)
        write_the_rest(folder, pseudonyms=key_of_demonstration(shown.seed))
    except OSError as error:
        raise SettingsError(
            [f"{folder} cannot be made ({error.strerror}). Name a folder that can be written to."]
        ) from error


def _is_demonstration(folder: Path) -> bool:
    try:
        settings = tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return False
    return settings.get("demonstration") is True


def _of_demonstration(shown: Shown) -> str:
    seed = shown.places.spread_seed
    lines = {
        "anonymised": f"anonymised = {_words(shown.anonymised)}" if shown.anonymised else "",
        "sources": "\n\n".join(map(source_lines, shown.sources)),
        "ruling": (_ANONYMISED if shown.opt_outs is None else _UNDER_OPT_OUTS).strip(),
        "case_finding": "" if shown.opt_outs is None else _case_finding(shown.today),
        "opt_outs": "" if shown.opt_outs is None else _opt_outs(shown.opt_outs, shown.today),
        "finance": _folder("finance", shown.finance),
        "published_figures": _folder("published_figures", shown.published_figures),
        "comparator": "" if shown.comparator is None else comparator_lines(shown.comparator),
        "cancer_waits": "" if shown.cancer_waits is None else cancer_waits_lines(shown.cancer_waits),
        "today": shown.today.isoformat(),
        "places": _words([str(place) for place in shown.places.folders]),
        "spread_seed": "" if seed is None else f"spread_seed = {seed}",
        "as_of": "" if shown.as_of is None else f"as_of = {shown.as_of.isoformat()}",
        "notes": _words(shown.notes),
    }
    return Template(_template("demonstration.toml")).substitute(lines)


def source_lines(source: SourceSettings) -> str:
    """A source as its table stands in settings."""
    named = source.identifier
    namespace = "" if named.kind == "nhs number" else f"namespace = {_words(named.namespace)}, "
    return f"""[[source]]
key = {_words(source.key)}
reader = {_words(source.reader)}
folder = {_words(str(source.folder))}
kind = {_words(source.kind)}
identifier = {{ kind = {_words(named.kind)}, {namespace}column = {_words(named.column)} }}
future_days = {source.future_days}"""


def comparator_lines(comparator: ComparatorPlace) -> str:
    """The place that figures are held against, as its table stands in settings."""
    return f"[comparator]\nplace = {_words(comparator.place)}\nname = {_words(comparator.name)}\n"


def cancer_waits_lines(waits: CancerWaitsSettings) -> str:
    """Published cancer waits, and whose are shown, as their table stands in settings."""
    shown = {name: codes for name, codes in asdict(waits.shown).items() if codes}
    codes = "".join(f"{name} = {_words(each)}\n" for name, each in shown.items())
    return f"[published_cancer_waits]\nfolder = {_words(str(waits.folder))}\n{codes}"


_ANONYMISED = """
row = 6
basis = "A demonstration: no real people's data are used"
"""
_UNDER_OPT_OUTS = """
row = 5
basis = "A demonstration of planning under section 251 support: everybody in it was made up, so nobody gave any"
"""


def _case_finding(today: date) -> str:
    return f"""[uses.case-finding]
row = 4
basis = "A demonstration of individual care: everybody in it was made up"
ruled_by = "Whoever ran `stewardship demo` on these data"
ruled_on = {today.isoformat()}
national_opt_out = "does not apply"
"""


def _opt_outs(file: Path, today: date) -> str:
    return f"""# The choices of people who were made up are true on any day.
[opt_outs]
file = {_words(str(file))}
as_of = {today.isoformat()}
identifier = {{ kind = "nhs number", column = "NHSNumber" }}
"""


def _folder(name: str, folder: Path | None) -> str:
    return "" if folder is None else f"[{name}]\nfolder = {_words(str(folder))}\n"


def _words(value: object) -> str:
    """Text, or a list of texts, as TOML: they are written as in JSON."""
    return json.dumps(value, ensure_ascii=False)


def refuse_if_taken(folder: Path) -> None:
    """SettingsError unless there is nothing there, or an empty folder."""
    if (folder / SETTINGS).exists():
        raise SettingsError([f"{folder} holds a system already. Nothing was changed; name another folder."])
    if folder.exists() and not folder.is_dir():
        raise SettingsError([f"{folder} is a file. Nothing was changed; name a new folder."])
    if folder.exists() and any(folder.iterdir()):
        raise SettingsError([f"{folder} is not empty. Nothing was changed; name a new folder."])


def write_the_rest(folder: Path, *, pseudonyms: str = "") -> None:
    """Whatever a system needs beside its settings, and does not have yet: keys, and folders of its own."""
    for name in ("care_areas", "code_lists"):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "README.md").write_text(_template(f"{name}.md"), encoding="utf-8")
    (folder / "workspace").mkdir(exist_ok=True, mode=0o700)
    if not (folder / ENVIRONMENT).exists():
        names = KeyVariables()
        lines = {
            "pseudonyms": f"{names.pseudonyms}={pseudonyms or new_key()}",
            "vault": f"{names.vault}={new_key()}",
            "log": f"{names.log}={new_key()}",
            "site": f"{OF_SITE}={new_key()}",
        }
        write_secret(folder / ENVIRONMENT, Template(_template(ENVIRONMENT)).substitute(lines))


def write_secret(path: Path, text: str) -> None:
    """A new file that only its owner can read, as far as the system knows owners."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _template(name: str) -> str:
    return (_TEMPLATE / name).read_text(encoding="utf-8")


def _move(made: Path, folder: Path) -> None:
    refuse_if_taken(folder)
    with suppress(FileNotFoundError):
        folder.rmdir()  # it is empty
    made.rename(folder)
