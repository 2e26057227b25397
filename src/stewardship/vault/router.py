"""The vault's tables stand in a database of their own, and no others do."""

from django.db.models import Model

ALIAS = "vault"


class VaultRouter:
    """Sends the vault's models to the connection "vault", and keeps every other model out of it."""

    def db_for_read(self, model: type[Model], **_hints: object) -> str | None:
        """The vault's connection for its models; None leaves others to other routers."""
        return ALIAS if model._meta.app_label == ALIAS else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool | None:
        """Whether an app's tables are made through a connection."""
        if app_label == ALIAS:
            return db == ALIAS
        return False if db == ALIAS else None
