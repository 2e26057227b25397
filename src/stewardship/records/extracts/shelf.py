"""Where what was read of files is kept to be used again, or, where nothing is to be kept, stands for the moment."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from stewardship.records.kept import Kept, key_of


@dataclass
class Shelf:
    """Folders by key. kept: None where nothing is to be kept. hashes: SHA-256 of each file's bytes, by its name; of
    files that are not kept it may lack. used: keys of what was taken or made; parsed: names of the files read."""

    scratch: Path
    kept: Kept | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)
    _found: dict[str, Path | None] = field(default_factory=dict)
    parsed: list[str] = field(default_factory=list)

    def look_up(self, keys: Sequence[str]) -> None:
        """See which of these are there and as they were written, several at a time."""
        if self.kept is not None:
            with ThreadPoolExecutor() as threads:
                self._found.update(zip(keys, threads.map(self.kept.whole, keys), strict=True))

    def made(self, key: str, make: Callable[[Path], None]) -> tuple[Path, bool]:
        """The folder of a key, made if it is not there; and whether it was made now."""
        if self.kept is None:
            folder = self.scratch / key
            folder.mkdir()
            make(folder)
            return folder, True
        self.used.append(key)
        folder_kept = self._found.pop(key, None) or self.kept.whole(key)
        if folder_kept is not None:
            return folder_kept, False
        with self.kept.making(key) as making:
            make(making)
        return self.kept.folder / key, True

    def key(self, path: Path, *depends_on: object) -> str:
        """The key of what is made of one file."""
        return key_of(path.name, self.hashes.get(path.name, str(path)), *depends_on)
