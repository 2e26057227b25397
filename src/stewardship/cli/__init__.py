"""The `stewardship` command."""

from typing import NoReturn

from stewardship import printed
from stewardship.access.keys import AccessLogError
from stewardship.ask import AskError
from stewardship.backup import BackupError
from stewardship.cancer.nightly.errors import FileError
from stewardship.care_areas.area import CareAreaError
from stewardship.cli import (
    asking,
    attacking,
    backing_up,
    building,
    cancer,
    checking,
    frailty,
    logbook,
    setting_up,
    showing,
    synthesising,
    tracking,
    vaulting,
)
from stewardship.cli.app import DayError, app
from stewardship.cli.cancer import PathwaysError
from stewardship.cli.frailty import LevelError, WithdrawnError
from stewardship.cli.setting_up import AdministratorError
from stewardship.people.code_lists import CodeListError
from stewardship.people.expressions import ExpressionError
from stewardship.records.engines import EngineError, NoRoomError, why
from stewardship.records.gate import GateError
from stewardship.records.omop import SourceError
from stewardship.records.opt_out_files import OptOutError
from stewardship.records.places import PlacesError
from stewardship.records.snapshot import BuildInProgressError, SnapshotError
from stewardship.site.serve import AddressError
from stewardship.synthetic.asked import PlanError
from stewardship.system.mistakes import SettingsError
from stewardship.vault.errors import VaultError

COMMANDS = (
    setting_up,
    building,
    checking,
    showing,
    synthesising,
    logbook,
    backing_up,
    vaulting,
    asking,
    attacking,
    cancer,
    tracking,
    frailty,
)  # modules whose import adds commands

MISTAKES = (
    DayError,
    SourceError,
    PlacesError,
    SnapshotError,
    BuildInProgressError,
    CareAreaError,
    CodeListError,
    AddressError,
    SettingsError,
    AccessLogError,
    BackupError,
    AdministratorError,
    GateError,
    OptOutError,
    VaultError,
    AskError,
    ExpressionError,
    PlanError,
    PathwaysError,
    LevelError,
    WithdrawnError,
    FileError,
)


def main() -> None:
    """Run the command line. A user's mistake ends with one plain sentence and the exit code 2."""
    try:
        app()
    except MISTAKES as mistake:
        _stop(str(mistake))
    except NoRoomError:
        _stop("The work stopped: there is no room on the disk. Make room, then try again.")
    except EngineError as error:
        _stop(f"The work stopped: {why(error)}.")
    except OSError as error:
        _stop(_of_file(error))
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _stop(sentence: str) -> NoReturn:
    printed.mistake(sentence)
    raise SystemExit(2)


def _of_file(error: OSError) -> str:
    """A file or the disk that failed, where nobody knew more of it."""
    what, why_not = error.filename or "The disk", error.strerror or "it cannot be read or written"
    return f"{what} cannot be used ({why_not}). See that it is there, and that this account may use it."
