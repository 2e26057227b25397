"""Names of places that nobody can take for real ones: each is made of a word for what does not exist."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from stewardship.synthetic.lives import Small

_UNREAL = (
    "Mirage", "Figment", "Fable", "Nonesuch", "Supposing", "Perhaps", "Pretend", "Sample", "Mock", "Dummy", "Template",
    "Fiction", "Phantom", "Notional", "Fancy", "Hypothesis", "Conjecture", "Daydream", "Makebelieve", "Nowhere",
    "Elsewhere", "Imagined", "Unreal", "Pseudo", "Standin", "Specimen", "Invented", "Placeholder", "Blank", "Whatif",
)  # fmt: skip
_ENDINGS = ("bridge", "ham", "ford", "wick", "stead", "bourne", "ley", "thorpe", "combe", "mere")
_PRACTICES = (
    "Imaginary Lane Surgery", "Invented Road Practice", "Example Street Surgery", "Fictional Health Centre",
    "Not a Real Surgery", "Makeshift Medical Centre", "Sample Green Surgery", "Once Upon Road Practice",
    "If Only Surgery", "Might Be Medical Centre", "Blank Lane Surgery", "Nonesuch Surgery",
)  # fmt: skip
_AUTHORITIES = (
    "Upper Notional", "Lower Notional", "Notional Marshes", "Mockbourne", "Figment", "Fablequay", "Pretend Point",
    "Hypothetical Vale", "Mirage-on-Sea",
)  # fmt: skip


def network_names(many: int) -> list[str]:
    """Names of networks, up to as many as there are words."""
    return [f"{word} and District" for word in _UNREAL[:many]]


def neighbourhood_names(many: int) -> list[str]:
    """Names of neighbourhoods; beyond 300 they are numbered."""
    names = [word + ending for ending, word in product(_ENDINGS, _UNREAL)]
    return [
        names[number % 300] + (f" {number // 300 + 1}" if number >= 300 else "") for number in range(many)
    ]


def area_names(neighbourhoods: Sequence[str], of: Small) -> list[str]:
    """Names of small areas: their neighbourhood's, and a letter."""
    return [
        f"{neighbourhoods[place]} {chr(ord('A') + before)}"
        for place, before in zip(of, _earlier(of), strict=True)
    ]


def authority_names(many: int) -> list[str]:
    """Names of local authorities."""
    return list(_AUTHORITIES[:many])


def practice_names(network: Small) -> list[str]:
    """Names of practices by the position of their network; beyond twelve in one they are numbered."""
    names = []
    for of, before in zip(network, _earlier(network), strict=True):
        again = f" {before // len(_PRACTICES) + 1}" if before >= len(_PRACTICES) else ""
        names.append(f"{_UNREAL[of]} {_PRACTICES[(before + 5 * int(of)) % len(_PRACTICES)]}{again}")
    return names


def _earlier(network: Small) -> list[int]:
    """How many of the same network come before each."""
    return [int(np.count_nonzero(network[:number] == of)) for number, of in enumerate(network)]
