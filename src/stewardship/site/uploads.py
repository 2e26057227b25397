"""Where a large file lies while it is sent: on the disk under no name. Nothing of it stays if the site is killed."""

from pathlib import Path
from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler


class NamelessFileUploadHandler(TemporaryFileUploadHandler):
    """Files above what is kept in memory. The system frees them when they are closed, however that comes about."""

    def new_file(self, *args: Any, **named: Any) -> None:
        """Begin a file, and take its name away at once: whoever has it open goes on."""
        super().new_file(*args, **named)
        Path(self.file.temporary_file_path()).unlink()
