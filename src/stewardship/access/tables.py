"""Tables of an app that are made together.

Django works out anew, for every table that a migration makes, all models that it is related to: with a hundred of
them that takes a dozen seconds. Where several tables are made by one operation, it is done once.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation


class MakeTables(Operation):
    """Make tables, each after those that it refers to."""

    serialization_expand_args: ClassVar = ["tables"]

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        self.tables = list(tables)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Say which models there are from now on."""
        state.__dict__.pop("apps", None)  # as Django drops it: it is worked out when it is next asked for
        for each in self.tables:
            each.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the tables."""
        for each in self.tables:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the tables away, the last first."""
        for each in reversed(self.tables):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What is done, in words."""
        return f"Make {len(self.tables)} tables"
