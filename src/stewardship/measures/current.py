"""Which published results are shown: the latest snapshot that was published whole."""

from functools import lru_cache
from pathlib import Path

from stewardship.measures.published import Published


def current(snapshots: Path) -> Published | None:
    """The latest published results, or None before the first build. A new one is picked up at once."""
    folder = latest(snapshots)
    return _opened(folder) if folder else None


def latest(snapshots: Path) -> Path | None:
    """The results folder of the snapshot whose name sorts last, among those that are complete."""
    if not snapshots.is_dir():
        return None
    complete = [
        folder / "results"
        for folder in snapshots.iterdir()
        if not folder.name.startswith(".") and (folder / "results" / "snapshot.json").is_file()
    ]
    return max(complete, default=None, key=lambda results: results.parent.name)


@lru_cache(maxsize=4)
def _opened(results: Path) -> Published:
    return Published(results)
