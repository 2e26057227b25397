"""What the tests of the gate share."""

import pytest

from stewardship.records.engine import Engine


@pytest.fixture
def engine(tmp_path):
    engine = Engine(scratch=tmp_path / "scratch", memory="1GB", threads=2)
    yield engine
    engine.close()
