"""The site of this test run, and a log of its own for a test, on either database."""

import pytest

from support.site import workspace

workspace()


@pytest.fixture(scope="session")
def postgresql_server():
    """A PostgreSQL server, where the machine has one."""
    pytest.importorskip("psycopg")
    from support.logs import running_server

    running = running_server()
    try:
        address = running.__enter__()
    except SystemExit as error:
        pytest.skip(str(error))
    yield address
    running.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def log(request, tmp_path):
    """An empty log on a new database."""
    from support.logs import file_in, log_on, on_server

    sqlite = request.param == "sqlite"
    database = file_in(tmp_path) if sqlite else on_server(request.getfixturevalue("postgresql_server"))
    with log_on(database, tmp_path) as made:
        yield made


@pytest.fixture
def file_log(tmp_path):
    """An empty log in a SQLite file."""
    from support.logs import file_in, log_on

    with log_on(file_in(tmp_path), tmp_path) as made:
        yield made
