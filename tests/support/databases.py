"""Which databases a workspace under test keeps its accounts and its vault in: its own files, or new ones of the
PostgreSQL server that STEWARDSHIP_TEST_POSTGRESQL names."""

import os
import secrets

SERVER = os.environ.get("STEWARDSHIP_TEST_POSTGRESQL", "")


def databases() -> dict[str, str]:
    """The settings that name new, empty databases; none where files of the workspace are meant."""
    if not SERVER:
        return {}
    import psycopg

    names = {
        "STEWARDSHIP_DATABASE_URL": f"site_{secrets.token_hex(6)}",
        "STEWARDSHIP_VAULT_DATABASE_URL": f"vault_{secrets.token_hex(6)}",
    }
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        for name in names.values():
            connection.execute(f"CREATE DATABASE {name}")
    return {setting: f"{SERVER}/{name}" for setting, name in names.items()}
