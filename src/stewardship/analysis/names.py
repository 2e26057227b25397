"""What an analyst's expression may name: the vocabulary that care areas share, and the system's own code lists."""

from pathlib import Path

from stewardship.care_areas import vocabulary
from stewardship.people.code_lists import CodeList, CodeListFolder
from stewardship.people.expressions import Expression


def names(own_code_lists: Path | None) -> dict[str, object]:
    """Names as they are written in an expression: DIABETES, ON_A_STATIN, or MY_LIST for an own list `my-list`."""
    shared: dict[str, object] = {
        name: meant
        for name, meant in vars(vocabulary).items()
        if name.isupper() and isinstance(meant, CodeList | Expression | str)
    }
    if own_code_lists is None or not (own_code_lists / "codelists.toml").is_file():
        return shared
    own = CodeListFolder(own_code_lists)
    return shared | {name.upper().replace("-", "_"): own.get(name) for name in own.names()}
