"""The log's tables are used through a connection of their own, so that an event outlives what is rolled back."""

from django.db import connections
from django.db.models import Model

ALIAS = "access"


class AccessRouter:
    """Sends the log's models to the connection "access", and keeps every other model out of it.

    Where that connection leads to the same PostgreSQL database as the default one, the tables are made through
    the default one: both share one record of the migrations that were applied.
    """

    def db_for_read(self, model: type[Model], **_hints: object) -> str | None:
        """The log's own connection for its models; None leaves others to other routers."""
        return ALIAS if model._meta.app_label == ALIAS else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool | None:
        """Whether an app's tables are made through a connection."""
        if app_label == ALIAS:
            return db == _where_tables_are_made()
        return False if db == ALIAS != _where_tables_are_made() else None


def _where_tables_are_made() -> str:
    return "default" if connections[ALIAS].vendor == "postgresql" else ALIAS
