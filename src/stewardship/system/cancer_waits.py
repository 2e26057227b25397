"""Reading out of a system's settings where published cancer waiting times stand, and whose are shown."""

import re
from pathlib import Path

from stewardship.records.cancer_waits.figures import Shown
from stewardship.system.section import Section
from stewardship.system.settings import CancerWaitsSettings

CODE = re.compile(r"[A-Z0-9]{3,5}")


def published_cancer_waits(top: Section) -> CancerWaitsSettings | None:
    """The folder and the organisations; None where nothing is said of them."""
    section = top.inner("published_cancer_waits")
    if section is None:
        return None
    folder = section.path("folder", is_there=Path.is_dir)
    shown = Shown(*(_codes(section, key) for key in ("providers", "commissioners", "neighbours")))
    if (
        not shown.providers
        and not shown.commissioners
        and not {"providers", "commissioners"} & {*section.values}
    ):
        section.wrong(
            "providers", 'no organisation is named. Add the codes of yours, such as providers = ["ZZT01"].'
        )
    section.end()
    return CancerWaitsSettings(folder, shown)


def _codes(section: Section, key: str) -> tuple[str, ...]:
    codes = section.texts(key)
    for code in codes:
        if not CODE.fullmatch(code):
            section.wrong(key, f"{key} has {code[:20]!a}, which is no code of an organisation: write 3 to 5 capitals "
                          "and digits, as NHS England does.")  # fmt: skip
    if len(set(codes)) < len(codes):
        section.wrong(key, f"{key} has a code twice. Take one away.")
    return codes
