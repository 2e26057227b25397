"""Where a resident's year belongs, packed into one whole number: it is grouped by and carried cheaply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

BITS = 62


@dataclass(frozen=True)
class Packed:
    """Whole numbers from 0 in the bits of one; a number that is not known is null, and stands as a 0 in its bits.

    sizes: of each name, how many numbers there may be.
    """

    sizes: Mapping[str, int]

    def __post_init__(self) -> None:
        if sum(self._width(name) for name in self.sizes) > BITS:
            raise ValueError(
                f"{', '.join(self.sizes)} do not fit into one number: there are too many of them."
            )

    def pack(self, values: Mapping[str, Any]) -> Any:
        """The number of columns by their names; those not given are not known."""
        parts = [
            (value.cast("int64") + 1).fill_null(0) * ibis.literal(1 << self._offset(name), "int64")
            for name, value in values.items()
        ]
        return sum(parts[1:], parts[0])

    def unpack(self, packed: Any, names: Sequence[str]) -> dict[str, Any]:
        """The columns of those names, -1 where not known."""
        return {
            name: ((packed >> self._offset(name)) & ((1 << self._width(name)) - 1)).cast("int64") - 1
            for name in names
        }

    def _width(self, name: str) -> int:
        return self.sizes[name].bit_length()

    def _offset(self, name: str) -> int:
        before = list(self.sizes)[: list(self.sizes).index(name)]
        return sum(self._width(each) for each in before)
