"""The workspace folder: where the site keeps its database, its key and its charts, and finds snapshots."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Workspace:
    """One folder that holds everything of one installation."""

    folder: Path

    @property
    def database(self) -> Path:
        """The site's own database, when no other is set."""
        return self.folder / "stewardship.sqlite3"

    @property
    def access_log(self) -> Path:
        """Who looked at whom, when no other database is set."""
        return self.folder / "access.sqlite3"

    @property
    def access_log_head(self) -> Path:
        """The sealed last event of the access log, outside its table."""
        return self.folder / "access-log.head"

    @property
    def vault(self) -> Path:
        """Who the people are, when no other database is set."""
        return self.folder / "vault.sqlite3"

    @property
    def snapshots(self) -> Path:
        """One folder a build."""
        return self.folder / "snapshots"

    @property
    def charts(self) -> Path:
        """Pictures already drawn."""
        return self.folder / "charts"

    def make_vault(self) -> None:
        """Make an empty file for the vault of a new site, readable by its owner only, where there is none."""
        self.vault.touch(mode=0o600)

    def secret_key(self) -> str:
        """The site's key where no setting says it, made on first use and readable by its owner only."""
        path = self.folder / "secret.key"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="utf-8").strip()
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            key = secrets.token_urlsafe(64)
            file.write(key)
        return key
