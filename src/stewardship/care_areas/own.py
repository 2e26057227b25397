"""What the care areas of a system's own folder use: `from stewardship.care_areas.own import code_list`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from stewardship.care_areas.vocabulary import CODE_LISTS
from stewardship.people.code_lists import CodeList, CodeListError, CodeListFolder

_OWN: ContextVar[CodeListFolder | None] = ContextVar("code lists of the system", default=None)


def code_list(name: str) -> CodeList:
    """The code list of that name: the system's own or the package's; CodeListError if there is none."""
    own = _OWN.get()
    if own is None or name in CODE_LISTS.names():
        return CODE_LISTS.get(name)
    if name not in own.names():
        raise CodeListError(
            f'There is no code list "{name}" among the system\'s own ({", ".join(own.names()) or "none yet"}), '
            f"nor in the package ({', '.join(CODE_LISTS.names())})."
        )
    return own.get(name)


@contextmanager
def with_code_lists(folder: Path | None) -> Iterator[None]:
    """While care areas are read: `code_list` looks in that folder too. One with a name of the package's is refused."""
    own = CodeListFolder(folder) if folder is not None else None
    if own and (both := sorted(set(own.names()) & set(CODE_LISTS.names()))):
        raise CodeListError(
            f'codelists.toml: "{both[0]}" is also the name of a code list of the package. Give yours another, so '
            "that nobody takes one for the other."
        )
    token = _OWN.set(own)
    try:
        yield
    finally:
        _OWN.reset(token)
