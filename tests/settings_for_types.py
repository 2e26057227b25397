"""The site's settings for mypy, which has to load the models but has no workspace of its own."""

import os
from pathlib import Path

_workspace = Path(".mypy_cache") / "workspace"
_workspace.mkdir(parents=True, exist_ok=True)
os.environ.setdefault("STEWARDSHIP_WORKSPACE", str(_workspace))

from stewardship.site.settings import *  # noqa: E402, F403
