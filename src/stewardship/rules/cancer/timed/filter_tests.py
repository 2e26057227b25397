"""The filter tests of non-specific symptoms, and which of them are missing.

Source: `filter_tests.toml`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from stewardship.rules.cancer.timed.configured import configured


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterTest:
    """A filter test. sex: "1" male or "2" female where only they have it, else empty."""

    code: str
    words: str
    sex: str


@cache
def filter_tests() -> tuple[FilterTest, ...]:
    """All filter tests, in the order in which they are shown."""
    rows = configured("filter_tests")["tests"].items()
    return tuple(FilterTest(code=code, words=row["words"], sex=row.get("sex", "")) for code, row in rows)


def missing_filter_tests(done: Collection[str], sex: str) -> tuple[FilterTest, ...]:
    """The tests that somebody should have had and has not.

    done: codes. sex: as in the national record; who is neither "1" nor "2" is asked for no test of one sex, which the
    clinician decides. ValueError for a code that is no filter test.
    """
    unknown = set(done) - {test.code for test in filter_tests()}
    if unknown:
        raise ValueError(
            f"No filter test: {', '.join(sorted(unknown))}. Use the codes of the list of filter tests."
        )
    return tuple(test for test in filter_tests() if test.sex in ("", sex) and test.code not in done)
