"""The `stewardship` command."""

from stewardship import printed
from stewardship.access.keys import AccessLogError
from stewardship.ask import AskError
from stewardship.backup import BackupError
from stewardship.care_areas.area import CareAreaError
from stewardship.cli import (
    asking,
    attacking,
    backing_up,
    building,
    checking,
    logbook,
    setting_up,
    showing,
    vaulting,
)
from stewardship.cli.app import DayError, app
from stewardship.cli.setting_up import AdministratorError
from stewardship.people.code_lists import CodeListError
from stewardship.people.expressions import ExpressionError
from stewardship.records.gate import GateError
from stewardship.records.omop import SourceError
from stewardship.records.opt_out_files import OptOutError
from stewardship.records.places import PlacesError
from stewardship.records.snapshot import BuildInProgressError, SnapshotError
from stewardship.site.serve import AddressError
from stewardship.system.mistakes import SettingsError
from stewardship.vault.errors import VaultError

COMMANDS = (
    setting_up,
    building,
    checking,
    showing,
    logbook,
    backing_up,
    vaulting,
    asking,
    attacking,
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
)


def main() -> None:
    """Run the command line. A user's mistake ends with one plain sentence and the exit code 2."""
    try:
        app()
    except MISTAKES as mistake:
        printed.mistake(str(mistake))
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
