"""The files of a folder read several at a time, each by a thread with statements of its own.

One file's statements seldom keep every processor busy: a month of one kind is a few hundred thousand rows.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from stewardship.records.extracts.parts import Part, Reader, read_part, recalled
from stewardship.records.extracts.shape import FileKind
from stewardship.records.extracts.shelf import Shelf
from stewardship.records.progress import Progress

_MOST = 4  # files at a time: each holds rows in memory until a group of them is written


def several_at_once(
    files: Sequence[tuple[Path, FileKind, str]],
    reader: Reader,
    shelf: Shelf,
    progress: Progress,
) -> Iterator[Part]:
    """The part of each file, with its kind and key, in their order.

    What the first file in order that cannot be read raises is raised, whichever thread was the first to stop.
    """
    with _threads(reader, min(len(files), reader.engine.threads, _MOST)) as (pool, readers):
        futures = [pool.submit(_part, *file, readers, shelf) for file in files]
        for done, ((path, _, _), future) in enumerate(zip(files, futures, strict=True)):
            progress(f"Reading {path.name}", done / len(files))
            part, made = future.result()
            if made:
                shelf.parsed.append(path.name)
            yield part


@contextmanager
def _threads(reader: Reader, several: int) -> Iterator[tuple[ThreadPoolExecutor, "SimpleQueue[Reader]"]]:
    """Threads, and as many readers for them. Whatever stops the reading stops them all."""
    with ExitStack() as engines, ThreadPoolExecutor(several) as pool:
        readers: SimpleQueue[Reader] = SimpleQueue()
        own = [engines.enter_context(reader.engine.beside()) for _ in range(several)]
        for place, engine in enumerate(own):
            engines.enter_context(engine.own_schema(f"thread-{place}"))
            scratch = reader.scratch / f"thread-{place}"
            scratch.mkdir()
            readers.put(replace(reader, engine=engine, scratch=scratch))
        try:
            yield pool, readers
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for engine in own:
                engine.interrupt()
            raise


def _part(
    path: Path, kind: FileKind, key: str, readers: "SimpleQueue[Reader]", shelf: Shelf
) -> tuple[Part, bool]:
    reader = readers.get()
    try:
        folder, made = shelf.made(key, partial(_read_one, path, kind, reader))
    finally:
        readers.put(reader)
    return Part(path.name, kind, key, folder, recalled(folder)), made


def _read_one(path: Path, kind: FileKind, reader: Reader, making: Path) -> None:
    read_part(path, kind, reader, making)
