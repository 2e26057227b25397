import os
from collections.abc import Callable
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.fixture(scope="session")
def public_folder() -> Callable[[str], Path]:
    """A folder of public data beside the checkout; missing is a failure where CI is set, else a skip."""

    def find(name: str) -> Path:
        folder = SHARED / name
        if not folder.is_dir():
            (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no folder {name} beside the checkout")
        return folder

    return find
