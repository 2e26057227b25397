"""Back-ups of a system, and putting one back."""

from stewardship.backup.files import BackupError
from stewardship.backup.making import back_up
from stewardship.backup.restoring import restore

__all__ = ["BackupError", "back_up", "restore"]
