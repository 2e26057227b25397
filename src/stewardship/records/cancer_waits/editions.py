"""Which publication of a month counts: a final one before a provisional one, and the latest revision of either."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from stewardship.records.cancer_waits.figures import PublishedWait
from stewardship.records.files import SourceError

Key = tuple[date, str]


def newest(waits: Iterable[PublishedWait]) -> tuple[list[PublishedWait], int]:
    """The rows of the publication that counts of each month and basis; and how many publications do not.

    The same publication in two files counts once. SourceError where two files have the same edition of a month, and
    do not say the same.
    """
    editions: dict[Key, dict[tuple[object, ...], list[PublishedWait]]] = {}
    for wait in waits:
        of_month = editions.setdefault((wait.month, wait.basis), {})
        of_month.setdefault((wait.status == "final", wait.revision, wait.file), []).append(wait)
    chosen: list[PublishedWait] = []
    for key, of_month in sorted(editions.items()):
        first, *others = sorted(of_month, reverse=True)
        for other in others:
            if other[:2] == first[:2]:
                _refuse_different(key, of_month[first], of_month[other])
        chosen += of_month[first]
    return chosen, sum(map(len, editions.values())) - len(editions)


def _refuse_different(key: Key, one: Sequence[PublishedWait], other: Sequence[PublishedWait]) -> None:
    if _told(one) != _told(other):
        names = " and ".join(sorted((one[0].file, other[0].file)))
        raise SourceError(
            f"The files of cancer waits {names} both hold {key[0]:%B %Y} by {key[1]}, as the same edition, and do not "
            "say the same: take one of them away, or write v2 into the name of the later, then try again."
        )


def _told(waits: Sequence[PublishedWait]) -> set[PublishedWait]:
    return {replace(wait, file="", changed=None, source="") for wait in waits}
