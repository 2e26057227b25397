"""The `stewardship` command."""

from stewardship import printed
from stewardship.access.keys import AccessLogError
from stewardship.backup import BackupError
from stewardship.care_areas.area import CareAreaError
from stewardship.cli import backing_up, checking, logbook, showing
from stewardship.cli.app import DayError, app
from stewardship.people.code_lists import CodeListError
from stewardship.records.omop import SourceError
from stewardship.records.places import PlacesError
from stewardship.records.snapshot import BuildInProgressError, SnapshotError
from stewardship.site.serve import AddressError
from stewardship.system.mistakes import SettingsError

COMMANDS = (showing, checking, logbook, backing_up)  # modules whose import adds commands

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
